"""Interview turns: lines that open with the label of who speaks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from onrecord.passages.furniture import credit, is_furniture
from onrecord.records import Span

LABEL = re.compile(
    r"(?P<label>(?:[A-Z][\w.'’-]*|[A-Z]{1,6})(?:[ ](?:[A-Z][\w.'’-]*|al|bin|de|van|von)){0,3})\s?:\s+(?=\S)"
)
# One "X: ..." line is a headline or a list; an interview has a question and an answer at least.
FEWEST_TURNS = 3


def labels(text: str, lines: Sequence[Span]) -> dict[int, Span]:
    """Line number to label span, for a report that is an interview; empty for any other."""
    found: dict[int, Span] = {}
    for k, line in enumerate(lines):
        match = LABEL.match(text, line.start, min(line.end, line.start + 80))
        if match is not None and not is_furniture(line.of(text)) and credit(line.of(text)) is None:
            found[k] = Span(match.start("label"), match.end("label"))
    names = Counter(span.of(text) for span in found.values())
    recurring = {name for name, count in names.items() if count >= 2}
    if len(found) < FEWEST_TURNS or len(names) < 2 or not recurring:
        return {}
    first = min(k for k, span in found.items() if span.of(text) in recurring)
    last = max(k for k, span in found.items() if span.of(text) in recurring)
    return {k: s for k, s in found.items() if s.of(text) in recurring or first <= k <= last + 1}


def askers(text: str, turns: dict[int, Span], lines: Sequence[Span], outlet: str | None) -> frozenset[str]:
    """The labels whose turns are questions: most of them end in a question mark, or the label is the outlet."""
    asked: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for k, label in turns.items():
        name = label.of(text)
        total[name] += 1
        asked[name] += lines[k].of(text).rstrip().endswith("?")
    own = (outlet or "").lower()
    return frozenset(n for n in total if asked[n] * 2 > total[n] or n.lower() == own or n in ("Q", "Question"))
