"""Lines that are not the report: menus, "READ MORE" lines, share buttons, tags, copyright, credits."""

from __future__ import annotations

import re

from onrecord.text.tables import words

BULLET = re.compile(r"^\s*(?:[•●▪◦*‣·-]|\d{1,2}[.)])\s+")
CREDIT = re.compile(
    r"^\(?(?:sources?|with inputs? from|with (?:agency|agencies)|credit|agencies)\b\s*:?\s*(?P<who>.{0,120}?)\)?\.?$",
    re.I,
)
TEASER = re.compile(
    r"^(?:READ MORE|ALSO READ|READ ALSO|SEE ALSO|WATCH|LISTEN|RELATED|Read more|Also [Rr]ead|Read also|See also|Watch|Related)\s*[:|»>–—-]"
)
# A longer line that merely begins with such a word is a sentence of the report.
LONGEST_LABEL = 40


def is_furniture(line: str) -> bool:
    """Whether a whole line is furniture, judged by its opening words or by being nothing but a label.

    >>> is_furniture("READ MORE: What we know"), is_furniture("Read more than one of his letters, and you see why.")
    (True, False)
    """
    stripped = BULLET.sub("", line).strip()
    folded = stripped.lower().rstrip(":|")
    if TEASER.match(stripped) or folded in words("furniture", "label"):
        return True
    if any(phrase in folded for phrase in words("furniture", "in")) and len(stripped) < 240:
        return True
    starts = next((w for w in words("furniture", "start") if folded.startswith(w.rstrip(":|"))), None)
    if starts is None:
        return False
    rest = stripped[len(starts.rstrip(":|")) :].lstrip()
    return (
        not rest
        or rest[0] in ":|»>"
        or (starts.endswith((":", "©")) and rest[:1] == ":")
        or (len(stripped) <= LONGEST_LABEL and not stripped.endswith((".", "!", "?", '"', "”")))
    )


def credit(line: str) -> str | None:
    """The agencies that a credit line names ("Source: X and agencies"), or None when it is no credit line."""
    match = CREDIT.match(line.strip())
    if match is None or len(line) > 140:
        return None
    colon = ":" in line or line.strip().startswith("(") or re.match(r"(?i)with ", line.strip()) is not None
    return (match.group("who").strip(" .)") or line.strip()) if colon else None
