"""One sentence of a report as the rules for figures see it: its text, and its words with their tree where a model read it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.claims.trees import Tree, tree
from onrecord.records import Sheet, Span


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
