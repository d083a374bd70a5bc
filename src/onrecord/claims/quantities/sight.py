"""One sentence of a report as the rules for figures see it: its text, and its trees where a model read it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from onrecord.claims.trees import Tree, tree
from onrecord.records import Sheet, Span

FAR = 600  # characters on either side of a figure in which a place or a day of its sentence can stand
NEAR = 80  # characters before a figure that can say something of it


class Starts(Protocol):
    """Anything that starts somewhere."""

    @property
    def start(self) -> int:
        """Where it starts, in characters of the report."""


Row = TypeVar("Row", bound=Starts)


@dataclass(frozen=True, slots=True)
class Sight:
    """A sentence; offsets into `text` count from its first character, `start` says where that stands in the report."""

    text: str
    start: int
    trees: Sequence[Tree] = field(default=())

    def at(self, offset: int) -> int:
        """An offset into the report as one into this sentence."""
        return offset - self.start

    def word(self, at: int) -> tuple[Tree, int] | None:
        """The tree and the position in it of the word that holds character `at` of this sentence."""
        offset = self.start + at
        for t in self.trees:
            if t.words[0].start <= offset < t.words[-1].end:
                k = bisect_right(t.words, offset, key=lambda w: w.start) - 1
                return (t, k) if offset < t.words[k].end else None
        return None


def tail(text: str, at: int, width: int = NEAR) -> str:
    """The characters right before `at`: rules look back over a phrase, never over a page."""
    return text[max(0, at - width) : at]


def starting(rows: Sequence[Row], start: int, end: int) -> Sequence[Row]:
    """The rows that start in [start, end), of rows in text order."""
    return rows[bisect_left(rows, start, key=_start) : bisect_left(rows, end, key=_start)]


def _start(row: Starts) -> int:
    return row.start


def sights(sheet: Sheet, spans: Sequence[Span]) -> list[Sight]:
    """The sentences of a report with the trees that lie in them. Both lists run in text order."""
    text, read = sheet.report.text, [s for s in sheet.reading.sentences if s.words]
    starts = [s.start for s in read]
    found = []
    for span in spans:
        first = max(0, bisect_right(starts, span.start) - 1)
        inside = []
        for sentence in read[first:]:
            if sentence.start >= span.end:
                break
            if sentence.end > span.start:
                inside.append(tree(sentence))
        found.append(Sight(span.of(text), span.start, tuple(inside)))
    return found
