"""Frames: which words name an event, under what conditions, and which parts of the sentence say who did it to whom.

The table is `words/frames.tsv`, one line a frame: words in their dictionary form, the part of speech, what must stand
beside the word (`needs`), PLOVER type and mode, and roles. Roles read "subj>against/obj": actors stand left of ">",
recipients right; "/" is "or, if the first is missing", "+" is "and". `docs/codebook.md` explains every sign.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from onrecord.text.tables import table

Functions = tuple[tuple[str, ...], bool]  # the functions in order, and whether all of them count


@dataclass(frozen=True, slots=True)
class Frame:
    """One way in which a word names an event."""

    needs: tuple[str, ...]
    type: str  # a PLOVER type, or "none": the word names no event here
    mode: str | None
    actors: Functions
    recipients: Functions
    flags: frozenset[str]

    def is_a(self, flag: str) -> bool:
        """Whether the frame has a flag of the table."""
        return flag in self.flags


@cache
def frames() -> dict[tuple[str, str], tuple[Frame, ...]]:
    """Frames by dictionary form and part of speech (verb, noun, adj), those that ask for most first."""
    found: dict[tuple[str, str], list[Frame]] = {}
    for row in table("frames"):
        actors, _, recipients = row["roles"].partition(">")
        frame = Frame(
            tuple(row["needs"].split()),
            row["type"],
            row["mode"] or None,
            _functions(actors),
            _functions(recipients),
            frozenset(row["flags"].split()),
        )
        for word in row["words"].split("|"):
            found.setdefault((word, row["part"]), []).append(frame)
    return {
        key: tuple(sorted(rows, key=lambda f: -sum(2 if ":" in n or "+" in n else 1 for n in f.needs)))
        for key, rows in found.items()
    }


LATER: Functions = (("obj@", "to@", "with", "against", "on@", "from@", "for@", "owner", "deep"), False)


@cache
def second() -> dict[str, tuple[Frame, ...]]:
    """Frames of verbs from an open dictionary, asked where ours have none; roles are the usual ones."""
    found: dict[str, list[Frame]] = {}
    for row in table("cameo"):
        if row["needs"]:
            frame = Frame((row["needs"],), row["type"], None, (("subj",), False), LATER, frozenset({"dictionary"}))
            found.setdefault(row["word"], []).append(frame)
    return {word: tuple(rows) for word, rows in found.items()}


@cache
def known_words() -> frozenset[str]:
    """Dictionary forms that any frame asks about."""
    governing = (row["word"] for row in table("realis"))
    return frozenset((*(word for word, _ in frames()), *second(), *governing))


def _functions(cell: str) -> Functions:
    every = "+" in cell
    return tuple(f for f in cell.split("+" if every else "/") if f), every


@cache
def classes() -> dict[str, frozenset[str]]:
    """Word classes that `needs` asks for ("@armed"), by word."""
    found: dict[str, set[str]] = {}
    for row in table("actor_classes"):
        found.setdefault(row["word"], set()).add(row["kind"])
    return {word: frozenset(kinds) for word, kinds in found.items()}


def is_of(lemma: str, kind: str) -> bool:
    """Whether a dictionary form is of a class.

    >>> is_of("soldier", "armed"), is_of("village", "armed")
    (True, False)
    """
    return kind in classes().get(lemma, ())
