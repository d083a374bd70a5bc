"""What became of those counted, by the words around a figure: "14 people | were killed", "a toll of | 29"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from onrecord.text.tables import table

AFTER, BEFORE = 120, 100  # characters on either side that can say it
# "40, six of them women, were killed"; "40 (six of them women) were killed".
ASIDE = r"(?:\s*,[^,;.]{0,80},|\s*\([^)]{0,80}\))?"
WHO = r"(?:\s+(?:who|that|which))?"
BE = (
    r"(?:were|was|are|is|have\s+been|had\s+been|has\s+been|being|been|got|lay|reported|feared|confirmed|presumed|left)"
    r"(?:\s+(?:also|reportedly|confirmed|feared|since|then|believed|presumed|now|either|being|all|[a-z]+ly))*"
    r"(?:\s+(?:to\s+be|to\s+have\s+been|as|among\s+(?:the|those)))?"
)
MAY = r"(?:\s+(?:have|has|had|will|would|could|may|might|must|should))?(?:\s+(?:also|since|already|reportedly))?"
FILLERS = r"(?:\s+(?:up|all|the|another|also|its|their|his|some|an|additional|further|more|instantly|there|least|at))*"
REACHED = (
    r"(?:\b(?:to|at|of|was|is|were|reached|reaching|than|stands|exceeded|exceeds|topped|passed|hit|climbed|rose)|:|,)"
    r"\s*(?:a\s+total\s+of\s+)?"
)
# Patterns with the kind of word of `words/harm.tsv` that stands in them as `(?P<w>)`; those after a figure start at its end.
RIGHT_AFTER = (
    rf"{ASIDE}\s+(?:(?:[a-z]+ly|reported|confirmed|feared|others?|people|more)\s+)*(?P<w>)\b",
    "participle",
)
AMONG = (
    rf"{ASIDE}(?:\s+[\w'’-]+){{0,4}}?\s+(?:were|was|are)\s+among\s+[^.;:,]{{0,40}}?\b(?P<w>)\b",
    "participle",
)
LATER = (
    (rf"{ASIDE}{WHO}(?:\s+[\w'’-]+){{0,6}}?\s+{BE}\s+(?P<w>)\b", "participle"),
    (rf"{ASIDE}{WHO}(?:\s+(?!have\b|had\b)[\w'’-]+){{0,3}}?{MAY}\s+(?P<w>)\b", "went"),
)
AFTER_LEFT = (r"[^.;:]{0,60}?\b(?P<w>)\b", "participle")
AHEAD = (
    (rf"\b(?P<w>){FILLERS}\s+[\"“]?$", "active"),
    (r"\b(?P<w>)\s+(?:along|together)\s+with\s+$", "participle"),
    (
        r"\b(?:those|people|dead)\s+(?P<w>)\b[^.;:]{0,60}?\b(?:include[ds]?|including|were|are|numbered)\s*$",
        "participle",
    ),
    (r"\b(?P<w>)\s+$", "toll"),
    (rf"\b(?P<w>)\b(?:(?!\b(?:wounded|injured|hurt|missing)\b)[^.;:]){{0,60}}?{REACHED}$", "toll"),
)
# A participle with an object of its own is a verb: "40 fighters killed two villagers".
OBJECT = re.compile(
    r"\s+(?:an?|the|at\s+least|more|about|some|dozens|hundreds|\d|one|two|three|four|five|six|seven|eight|nine|ten|"
    r"him|her|them|his|their)\b",
    re.I,
)
# What stands between a figure and a verb of somebody else.
OTHERS = re.compile(r"\d|\b(?:and|by|said|but|while|most|others|many)\b")
LEFT = re.compile(r"\b(?:left|leaves|leaving|leave)\s+$", re.I)
FORCED = re.compile(
    r"(?:\s+(?!and\b|but\b|while\b)[^\W\d][\w'’-]*){0,4}?\s+(?:forced|made|obliged|compelled|ordered|driven)\s+"
    r"(?:to\s+(?:flee|leave|evacuate|abandon)|from|out)\b",
    re.I,
)
LIVES, LOST = re.compile(r"\blives$"), re.compile(r"\b(?:claim(?:ed|s|ing)?|cost(?:s|ing)?|took|taken|lost)\s+$", re.I)
CLAUSE = re.compile(r"[.;:!?](?=\s|$)")

Found = tuple[str, str]
Pattern = tuple[str, str]


@cache
def classes(kind: str) -> dict[str, str]:
    """Words of harm of one kind to the class they make."""
    return {row["word"]: row["class"] for row in table("harm") if row["kind"] == kind}


@cache
def _compiled(pattern: Pattern) -> re.Pattern[str]:
    written, kind = pattern
    found = sorted(classes(kind), key=lambda w: (-len(w), w))
    words = "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in found)
    return re.compile(written.replace("(?P<w>)", f"(?P<w>{words})"), re.I)


def _said(pattern: Pattern, match: re.Match[str], where: str) -> Found:
    word = " ".join(match["w"].lower().split())
    return classes(pattern[1])[word], f"{match['w']} {where}"


def by_words(text: str, start: int, end: int) -> Found | None:
    """Class and evidence of what became of those counted in text[start:end]; None where no word near says."""
    if LIVES.search(text, start, end) is not None:
        return ("killed", "lives lost") if LOST.search(text[max(0, start - BEFORE) : start]) else None
    return _after(text, end) or _left(text, start, end) or _before(text, start)


def _after(text: str, end: int) -> Found | None:
    stop = CLAUSE.search(text, end, end + AFTER)
    clause = text[end : stop.start() if stop else end + AFTER]
    direct = _compiled(RIGHT_AFTER).match(clause)
    if direct is not None and not OBJECT.match(clause, direct.end()):
        return _said(RIGHT_AFTER, direct, "after it")
    if FORCED.match(clause) is not None:
        return "displaced", "forced to leave"
    if (among := _compiled(AMONG).match(clause)) is not None:
        return _said(AMONG, among, "after it")
    for pattern in LATER:
        match = _compiled(pattern).match(clause)
        if match is not None and not OTHERS.search(clause[: match.start("w")].split(",")[-1]):
            return _said(pattern, match, "after it")
    return None


def _left(text: str, start: int, end: int) -> Found | None:
    """ "left 35 people, 22 children among them, dead"."""
    if LEFT.search(text[max(0, start - BEFORE) : start]) is None:
        return None
    match = _compiled(AFTER_LEFT).match(text, end)
    return _said(AFTER_LEFT, match, "left") if match is not None else None


def _before(text: str, start: int, patterns: Sequence[Pattern] = AHEAD) -> Found | None:
    before = text[max(0, start - BEFORE) : start]
    found = ((p, _compiled(p).search(before)) for p in patterns)
    return next((_said(p, match, "before it") for p, match in found if match is not None), None)
