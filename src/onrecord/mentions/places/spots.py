"""Which stretches of a report may name places: what the reading calls places, and what the gazetteer is sure of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.mentions.places.candidates import AFTER, Spot, candidates, cues, large, spot
from onrecord.records import Sheet
from onrecord.text.gazetteer import Gazetteer, spelled
from onrecord.text.tables import words

SILENT = frozenset({"furniture", "credit", "byline"})
# A capitalised word, with inner marks: "Pul-e-Khumri", "St.", "U.S.", "d'Ivoire".
WORD = r"(?:[A-Z]\.(?:[A-Z]\.)+|St\.|[A-ZÀ-ÖØ-ÞŠŽḤ][\w]*(?:['’‘-]\w+)*)"
JOIN = r"(?:[ \u00a0](?:of|e|and|the|de|la|al|el|du|do|da)(?=[ \u00a0][A-Z])|-(?=[A-Z]))?"
RUN = re.compile(rf"{WORD}(?:{JOIN}[ \u00a0]?{WORD})*")
PIECE = re.compile(rf"{WORD}|[a-z]+")
MOST_WORDS = 5
PLACE_BEFORE = re.compile(
    r"\b(?:in|at|near|from|to|of|around|outside|inside|towards?|across|into|over|through|between|leaving|reached|entered) (?:the )?$"
)


def spots(sheet: Sheet, known: Gazetteer) -> list[Spot]:
    """Stretches in text order, none overlapping; `sure` where the reading or the words around say place."""
    text = sheet.report.text
    named = [] if not sheet.reading.sentences else [n for s in sheet.reading.sentences for n in s.names]
    found: list[Spot] = []
    for passage in sheet.passages:
        if passage.role in SILENT:
            continue
        inside = [n for n in named if passage.start <= n.start and n.end <= passage.end]
        found += _read(text, [(n.start, n.end) for n in inside if n.type == "place"], known)
        taken = [(one.start, one.end) for one in found if one.start >= passage.start]
        people = [(n.start, n.end) for n in inside if n.type == "person"]
        found += _known(text, passage.start, passage.end, taken + people, known, bool(sheet.reading.sentences))
    return sorted(found, key=lambda one: one.start)


def _read(text: str, spans: Sequence[tuple[int, int]], known: Gazetteer) -> Iterator[Spot]:
    """Names that the reading calls places, each word of a list apart: "Kessa, Ouro" is two."""
    for start, end in spans:
        start += 4 if text[start : start + 4].lower() == "the " else 0
        end -= 2 if text[start:end].endswith(("'s", "’s")) else 0
        if start < end:
            yield spot(known, text, start, end, sure=True, short_forms=text[max(0, start - 2) : start] == ", ")


def _known(
    text: str, start: int, end: int, taken: Sequence[tuple[int, int]], known: Gazetteer, read: bool
) -> Iterator[Spot]:
    """Capitalised names that the gazetteer knows, the longest first, outside stretches already taken."""
    for run in RUN.finditer(text, start, end):
        found = [one for one in _in_run(text, run, known) if not any(a < one.end and one.start < b for a, b in taken)]
        if found:
            yield from filter(None, (_judged(text, one, run.start(), run.end(), read) for one in found))
        elif not read and (one := _told(text, run, known)) is not None:
            yield one


def _in_run(text: str, run: re.Match[str], known: Gazetteer) -> Iterator[Spot]:
    pieces = [(m.start(), m.end()) for m in PIECE.finditer(text, run.start(), run.end())]
    k = 1 if text[run.start() : run.start() + 4] == "The " else 0
    while k < len(pieces):
        one, used = _longest(text, pieces, k, known)
        k += used
        if one is not None:
            yield one


def _told(text: str, run: re.Match[str], known: Gazetteer) -> Spot | None:
    """A name the gazetteer lacks, which the next word calls a place: "Tulmekoy area"."""
    start = run.start() + (4 if run.group().startswith("The ") else 0)
    after = AFTER.match(text, run.end())
    if after is None or after.group(1) not in cues() or _plain_word(text, start, run.end()):
        return None
    return spot(known, text, start, run.end(), sure=True)


def _longest(text: str, pieces: Sequence[tuple[int, int]], k: int, known: Gazetteer) -> tuple[Spot | None, int]:
    start = pieces[k][0]
    if not text[start].isupper():
        return None, 1
    short = text[max(0, start - 2) : start] == ", "
    for last in range(min(len(pieces), k + MOST_WORDS) - 1, k - 1, -1):
        end = pieces[last][1]
        end -= 2 if text[start:end].endswith(("'s", "’s")) else 0
        if last == k and _plain_word(text, start, end):
            break
        if candidates(known, text[start:end], short):
            return spot(known, text, start, end, sure=False, short_forms=short), last - k + 1
    return None, 1


def _plain_word(text: str, start: int, end: int) -> bool:
    """Whether a lone word is one of the language, a month, a title ..., that some village happens to share."""
    word = text[start:end].lower()
    return word in words("function") or word in words("nouns") or word in cues()


LONGEST_CUE = 60  # characters; the words for a kind of place are shorter


def _judged(text: str, one: Spot, start: int, end: int, read: bool) -> Spot | None:
    """Keeps a name that all the world knows, or that the words around it call a place; drops what may be a person."""
    strong = any(c.main and (c.how != "spelled" or c.entry.kind in ("country", "region")) for c in one.candidates)
    if strong:
        return replace(one, sure=True)
    rest = text[one.end : min(end, one.end + LONGEST_CUE)]
    whole = (one.start == start and one.end == end) or spelled(rest.strip()) in cues()
    if read:
        return one if one.start == start and any(large(c.entry) for c in one.candidates if c.main) else None
    if not whole:
        return None
    placed = one.kind is not None or PLACE_BEFORE.search(text, max(0, one.start - 24), one.start)
    return replace(one, sure=True) if placed else one
