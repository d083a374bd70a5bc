"""Lines that are not the report: menus, "READ MORE" lines, share buttons, tags, copyright, credits."""

from __future__ import annotations

import re
from functools import cache

from onrecord.text.tables import words

BULLET = re.compile(r"^\s*(?:[•●▪◦*‣·-]|\d{1,2}[.)])\s+")
CREDIT = re.compile(
    r"^\(?(?:sources?|with inputs? from|with (?:agency|agencies)|credit|agencies)\b\s*:?\s*(?P<who>.{0,120}?)\)?\.?$",
    re.I,
)
TEASER = re.compile(
    r"^(?:(?:READ MORE|ALSO READ|READ ALSO|SEE ALSO|READ|WATCH|LISTEN|RELATED|Read more|Also [Rr]ead|Read also|See also|Watch|Related)"
    r"\s*[:|»>–—-]|(?:Story highlights|STORY HIGHLIGHTS|JUST WATCHED|MUST WATCH)\b)"
)
# A longer line that merely begins with such a word is a sentence of the report.
LONGEST_LABEL = 40
# A notice holds one such phrase; a form that runs on ("Sign up ... Invalid email address ...") holds several.
LONGEST_NOTICE, LONGEST_FORM, FEWEST_IN_FORM = 300, 1500, 2
FEWEST_IN_MENU = 3  # bars between items: "Home | World | Politics | Opinion"


def is_furniture(line: str) -> bool:
    """Whether a whole line is furniture, judged by its opening words, by phrases of notices, or by being but a label.

    >>> is_furniture("READ MORE: What we know"), is_furniture("Read more than one of his letters, and you see why.")
    (True, False)
    """
    stripped = line.strip()
    bullet = BULLET.match(stripped)
    stripped = stripped[bullet.end() :] if bullet else stripped
    folded = stripped.lower().rstrip(":|")
    if TEASER.match(stripped) or folded in words("furniture", "label") or stripped.count(" | ") >= FEWEST_IN_MENU:
        return True
    enough = 1 if len(stripped) < LONGEST_NOTICE else FEWEST_IN_FORM
    if len(stripped) < LONGEST_FORM and _notices(folded) >= enough:
        return True
    opening = _openings().match(folded)
    if opening is None:
        return False
    rest = stripped[opening.end() :].lstrip()
    label = len(stripped) <= LONGEST_LABEL and not stripped.endswith((".", "!", "?", '"', "”"))
    return not rest or rest[0] in ":|»>" or label


@cache
def _openings() -> re.Pattern[str]:
    """The phrases that open a line, longest first."""
    phrases = {word.rstrip(":|") for word in words("furniture", "start")}
    return re.compile("|".join(re.escape(p) for p in sorted(phrases, key=lambda p: (-len(p), p))))


@cache
def _phrases() -> tuple[str, ...]:
    return tuple(sorted(words("furniture", "in")))


def _notices(folded: str) -> int:
    """How many different phrases of notices a line in small letters holds."""
    return sum([phrase in folded for phrase in _phrases()])


def credit(line: str) -> str | None:
    """The agencies that a credit line names ("Source: X and agencies"), or None when it is no credit line."""
    match = CREDIT.match(line.strip())
    if match is None or len(line) > 140:
        return None
    colon = ":" in line or line.strip().startswith("(") or re.match(r"(?i)with ", line.strip()) is not None
    return (match.group("who").strip(" .)") or line.strip()) if colon else None
