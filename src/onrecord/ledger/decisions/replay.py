"""The state of a log: what stands once every undo is followed. A pure function of the set of its entries."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence

from onrecord.entities.sameness import folded
from onrecord.records import Judgement

VERDICTS = ("accept", "reject", "correct", "unsure")
PAIRS = ("merge", "split")


def in_order(entries: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """Entries once each, in the one order that all copies of a log agree on."""
    known = {e.judgement_id: e for e in entries}
    return tuple(sorted(known.values(), key=lambda e: (e.seq, e.who, e.judgement_id)))


def standing_entries(entries: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """Entries that no undo has taken back, undos among them; an undo that was taken back takes nothing back."""
    gone: set[str] = set()
    kept = []
    for entry in reversed(in_order(entries)):
        if entry.judgement_id in gone:
            continue
        kept.append(entry)
        if entry.act == "undo" and entry.undoes:
            gone.add(entry.undoes)
    return tuple(reversed(kept))


def live(entries: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """The decisions that stand, in order: no undos and nothing undone. All that a build needs to know of a log."""
    return tuple(e for e in standing_entries(entries) if e.act != "undo")


def last_stroke(entries: Iterable[Judgement], who: str) -> list[Judgement]:
    """The last act of a person that still stands, with all of its batch that stands."""
    own = [e for e in live(entries) if e.who == who]
    if not own:
        return []
    return [e for e in own if e.batch == own[-1].batch] if own[-1].batch else own[-1:]


def slots(entry: Judgement, rows: Mapping[str, str | None] | None = None) -> list[Hashable]:
    """What an entry decides; of entries that decide the same, the last stands.

    Args:
        entry: a decision.
        rows: id of an entry to the id of its row as it is now, where extraction has changed since.
    """
    row = (rows or {}).get(entry.judgement_id) or entry.row_id
    if entry.old and entry.new and (entry.act in PAIRS or (entry.act == "unsure" and entry.field == "names")):
        return [("names", *sorted((folded(entry.old), folded(entry.new))))]
    if entry.act == "move":
        return [("move", row, entry.field)]
    verdict: list[Hashable] = [("verdict", entry.row_table, row)]
    return [*verdict, ("field", entry.row_table, row, entry.field)] if entry.act == "correct" else verdict


def standing(entries: Sequence[Judgement], rows: Mapping[str, str | None] | None = None) -> dict[Hashable, Judgement]:
    """The last of the live entries on each thing decided."""
    return {slot: e for e in entries for slot in slots(e, rows)}


def told(entry: Judgement, slot: Hashable) -> tuple[str, str | None]:
    """What two people must agree on to have decided alike."""
    of_value = isinstance(slot, tuple) and slot[0] in ("field", "move")
    return entry.act, entry.new if of_value else None


def disputes(
    entries: Sequence[Judgement], rows: Mapping[str, str | None] | None = None
) -> dict[Hashable, dict[str, Judgement]]:
    """Things on which the last words of two people differ, with the last word of each; settled ones left out."""
    each: dict[Hashable, dict[str, Judgement]] = {}
    last: dict[Hashable, Judgement] = {}
    for entry in entries:
        for slot in slots(entry, rows):
            each.setdefault(slot, {})[entry.who] = last[slot] = entry
    unlike = {slot for slot, said in each.items() if len({told(e, slot) for e in said.values()}) > 1}
    return {slot: said for slot, said in each.items() if slot in unlike and not last[slot].settles}
