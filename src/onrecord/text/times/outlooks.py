"""Which way the words about a time look: a report of Monday that "will meet on Friday" means the Friday to come."""

from __future__ import annotations

import re
from typing import Literal

from onrecord.text.tables import words
from onrecord.text.times.lexicon import SENTENCE_END

Outlook = Literal["past", "future"] | None
BACK, AHEAD = 70, 60  # characters of the sentence looked at before and after the expression
PAST = r"was|were|had|did|(?!need\b|feed\b|speed\b|indeed\b|exceed\b|proceed\b|embed\b|hundred\b)[a-z]{2,}ed"
MEANT = r"(?:(?:is|are|was|were|been) )?(?:expected|scheduled|set|due|plan(?:s|ned|ning)?|agreed|intends?|wants?|hopes?|ordered|ready|asked|told|able|likely) to (?:be )?[a-z]+|(?:is|are) to (?:be )?[a-z]+"
BE = r"(?: not| also| only| [a-z]+ly)?(?: (?:be|have|been) [a-z]+){0,2}"


def _any(kind: str) -> str:
    return "|".join(sorted(words("time_cues", kind), key=lambda w: (-len(w), w)))


CUE = re.compile(
    rf"\b(?:(?P<future>{MEANT}|(?:{_any('future')}){BE})|(?P<plain>(?:is|are|being) [a-z]+)|(?P<past>{_any('past')}|{PAST}))\b"
)
NEXT_TO = re.compile(
    rf"\b(?:{_any('limit')})(?:(?: the| about| around| late| early| end of| [\d:.]+| [ap]\.?m\.?| [A-Z]{{3}}\b| noon| midnight),?)*\s*$",
    re.I,
)
CLAUSE_END = re.compile(rf"{SENTENCE_END.pattern}|;|\s(?:and|but|while|as)\s")
DONE = re.compile(r"\b(?:had|were|was)\b")  # "by Sunday they had taken the town"
SAID = re.compile(rf"\b(?:{_any('said')})(?: \w+){{0,2}}?(?: (?:on|late|early|earlier|here))*\s*$")


def outlook_of(text: str, start: int, end: int) -> Outlook:
    """The way that the words nearest to an expression look, those before it first; None where none of them says."""
    before = text[max(0, start - BACK) : start]
    cut = [m.end() for m in SENTENCE_END.finditer(before)]
    before = before[cut[-1] :] if cut else before
    after = text[end : end + AHEAD]
    stop = CLAUSE_END.search(after)
    after = after[: stop.start() if stop else AHEAD]
    if NEXT_TO.search(before):
        return "past" if DONE.search(after) else "future"
    found = list(CUE.finditer(before))
    if found:
        return _way(found[-1])
    first = CUE.search(after)
    return _way(first) if first else None


def _way(cue: re.Match[str]) -> Outlook:
    """Which way a cue looks; "is heard" says neither."""
    return "future" if cue["future"] else "past" if cue["past"] else None


def said_before(text: str, start: int) -> bool:
    """Whether a verb of saying stands right before an expression: "said on Saturday"."""
    return SAID.search(text[max(0, start - 40) : start]) is not None
