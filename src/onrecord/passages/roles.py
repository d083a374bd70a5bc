"""What one line of a report is, judged by itself and its place."""

from __future__ import annotations

import re

from onrecord.passages.furniture import BULLET, credit, is_furniture
from onrecord.records import Role

DATELINE = re.compile(
    r"(?:[A-Z][\w.'’-]+(?:[ /-][A-Z][\w.'’-]+){0,3}|[A-Z]{3,}(?:[ -][A-Z]{2,}){0,3})"
    r"(?:,\s*[A-Z][\w. ]{1,24})?(?:\s*\((?:[A-Z][\w .'’-]{1,30})\))?\s*(?::|—|–|--|-)\s+(?=[\"“'‘A-Z])"
)
BYLINE = re.compile(r"^(?:By|BY)\s+(?P<who>[A-Z][^.!?:]{2,80})$")
CAPTION = re.compile(
    r"(?:\((?:AFP|AP|Reuters|EPA|Getty[^)]{0,20}|File(?: photo)?|[A-Z][\w ]{1,24} (?:photo|via \w+)|Photo[^)]{0,40})\)\s*$)"
    r"|(?:[/|]\s*(?:Image|Photo|Picture)[^.]{0,60}$)|(?:^(?:Photo|Image|Picture|Caption|File photo)\s*[:|])",
    re.I,
)
FINAL = (".", "!", "?", "…", '"', "”", "’", "'", ")", ";", ",")
LONGEST_HEADLINE, LONGEST_WORDS, LONGEST_DECK, LONGEST_CAPTION = 140, 22, 320, 400


def role_of(line: str, *, under_headline: bool) -> tuple[Role, str | None]:
    """The role of a line, and the name it holds where the role has one (byline, credit).

    Args:
        line: the line, trimmed.
        under_headline: the passage before it is a headline, with no body before that.
    """
    if is_furniture(line):
        return "furniture", None
    if (who := credit(line)) is not None:
        return "credit", who
    if (match := BYLINE.match(line)) is not None:
        return "byline", match.group("who").strip()
    if _captioned(line):
        return "caption", None
    if BULLET.match(line):
        return "list", None
    if under_headline and len(line) < LONGEST_DECK and not line.endswith(FINAL):
        return "deck", None
    if _headline(line):
        return "headline", None
    return "body", None


def _captioned(line: str) -> bool:
    """Whether a line is a caption; the signs of one are looked for first, the pattern after."""
    signs = line[-1] == ")" or line[0] in "PICFpicf" or "|" in line or "/" in line
    return signs and len(line) < LONGEST_CAPTION and CAPTION.search(line) is not None


def _headline(line: str) -> bool:
    """A short line without a full stop: the report's headline, or a heading inside it."""
    if len(line) > LONGEST_HEADLINE or len(line.split()) > LONGEST_WORDS or len(line.split()) < 2:
        return False
    quoted_whole = line[:1] in "\"“'‘" and line[-1:] in "\"”'’" and line.count('"') <= 2 and line[-2:-1] not in ".!?,"
    ends_quoting = line[-1:] in "\"”'’" and line[-2:-1].isalnum() and line[:1] not in "\"“'‘«"
    if line.endswith(FINAL) and not ends_quoting and not (quoted_whole and len(line.split()) <= 6):
        return line.endswith("?") and len(line.split()) <= 14 and line.istitle()
    return not re.search(r"[.!?]\s+[A-Z]", line) and line[:1] not in "(["


def dateline(line: str) -> int:
    """Length of the dateline prefix of a paragraph ("New Delhi: "), 0 when there is none."""
    match = DATELINE.match(line[:120])
    if match is None or len(line) - match.end() < 40:
        return 0
    return len(match.group().rstrip())
