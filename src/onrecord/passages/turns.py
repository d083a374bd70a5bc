"""Interview turns: lines that open with the label of who speaks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from onrecord.passages.furniture import credit, is_furniture
from onrecord.records import Span

LABEL = re.compile(
    r"(?P<label>(?:[A-Z][\w.'’-]*|[A-Z]{1,6})(?:[ ](?:[A-Z][\w.'’-]*|al|bin|de|van|von)){0,3})\s?:\s+(?=\S)"
)
# Questions of an interview whose labels are lost, each with an answer after it; fewer are only an author's questions.
FEWEST_QUESTIONS = 4
LONGEST_QUESTION = 90  # words
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


def unlabelled(text: str, lines: Sequence[Span], prose: Sequence[bool]) -> dict[int, bool]:
    """Line number to whether it asks, for an interview that has lost its labels; empty for any other report.

    Args:
        text: the report's.
        lines: its lines.
        prose: which of them are running text.
    """
    asks = [k for k, line in enumerate(lines) if prose[k] and _asks(line.of(text))]
    answered = [k for k in asks if k + 1 < len(lines) and prose[k + 1] and k + 1 not in asks]
    if len(answered) < FEWEST_QUESTIONS:
        return {}
    longest = max(b - a for a, b in pairwise(asks))
    stop = min(len(lines), asks[-1] + longest)  # the last answer is no longer than the longest before it
    rest = [k for k in range(answered[0], stop) if prose[k]]
    if len(asks) * 6 < len(rest):  # an essay with a question here and there
        return {}
    return {k: k in asks for k in rest}


def _asks(line: str) -> bool:
    """Whether a line is put to somebody: it ends in a question mark and quotes nobody."""
    return line.endswith("?") and line[0] not in "\"“'‘" and len(line.split()) <= LONGEST_QUESTION
