"""What became of those counted: killed, wounded, displaced, detained, missing, by the verbs around a figure.

The words are data: `words/harm.tsv`. A figure's class is changed only where it counts people in some way (`OPEN`):
captured vehicles stay vehicles.
"""

from __future__ import annotations

import re
from functools import cache

from onrecord.claims.sight import Sight
from onrecord.claims.trees import Tree
from onrecord.text.tables import table

OPEN = frozenset({"people", "fighters", "thing", "bare", "abstract"})
# Prisoners and refugees stay what they are, unless they are killed or wounded.
HELD, WORSE = frozenset({"detained", "displaced"}), frozenset({"killed", "wounded"})
HARM = frozenset({"killed", "wounded", "missing", "displaced", "detained"})
# Small words between a verb and its figure: "killed at least another 12".
FILLERS = r"(?:\s+(?:up|all|the|another|also|its|their|his|some|an|additional|further|more|instantly|there|least|at))*"
AFTER_BE = (
    r"(?:were|was|are|is|have\s+been|had\s+been|has\s+been|being|been|got|lay|reported|feared|confirmed|presumed|left)"
    r"(?:\s+(?:also|reportedly|confirmed|feared|since|then|believed|presumed|now|either|being|all|[a-z]+ly))*"
    r"(?:\s+(?:to\s+be|to\s+have\s+been|as|among\s+(?:the|those)))?"
)
ASIDE = r"(?:\s*,[^,;.]{0,80},|\s*\([^)]{0,80}\))?"
# A participle with an object of its own is a verb: "40 fighters killed two villagers".
OBJECT = re.compile(
    r"\s+(?:an?|the|at\s+least|more|about|some|dozens|hundreds|\d|one|two|three|four|five|six|seven|eight|nine|ten|him|her|them|his|their)\b",
    re.I,
)
LEFT = re.compile(r"\b(?:left|leaves|leaving|leave)\s+$", re.I)
FORCED = re.compile(
    r"(?:\s+(?!and\b|but\b|while\b)[^\W\d][\w'’-]*){0,4}?\s+(?:forced|made|obliged|compelled|ordered|driven)\s+(?:to\s+(?:flee|leave|evacuate|abandon)|from|out)\b",
    re.I,
)
LIVES, LOST = re.compile(r"\blives$"), re.compile(r"\b(?:claim(?:ed|s|ing)?|cost(?:s|ing)?|took|taken|lost)\s+$", re.I)
INCLUDING = re.compile(
    r"(?:\s+(?:others?|more|people))?(?:\s+(?:were|was|(?:have|has|had)\s+been)\s+\w+ed)?(?:,|\s*\()?\s*(?:including|among\s+them|of\s+(?:them|whom)|among\s+whom)\s+(?:at\s+least\s+)?$",
    re.I,
)
LISTED = re.compile(
    r"\s*(?:,|;|(?:,\s*)?\b(?:and|or|plus|as\s+well\s+as|along\s+with)\b)\s*(?:another\s+|a\s+further\s+)?", re.I
)
CLAUSE = re.compile(r"[.;:!?](?=\s|$)")


@cache
def _classes(kind: str) -> dict[str, str]:
    return {row["word"]: row["class"] for row in table("harm") if row["kind"] == kind}


def _class(kind: str, written: str) -> str:
    return _classes(kind)[" ".join(written.lower().split())]


def _any(kind: str) -> str:
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(_classes(kind), key=lambda w: (-len(w), w)))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    written = {
        "right after": rf"{ASIDE}\s+(?:(?:[a-z]+ly|reported|confirmed|feared|others?|people|more)\s+)*(?P<w>{_any('participle')})\b",
        "after": rf"{ASIDE}(?:\s+(?:who|that|which))?(?:\s+[\w'’-]+){{0,6}}?\s+{AFTER_BE}\s+(?P<w>{_any('participle')})\b",
        "left": rf"[^.;:]{{0,60}}?\b(?P<w>{_any('participle')})\b",
        "among": rf"{ASIDE}(?:\s+[\w'’-]+){{0,4}}?\s+(?:were|was|are)\s+among\s+[^.;:,]{{0,40}}?\b(?P<w>{_any('participle')})\b",
        "went": rf"{ASIDE}(?:\s+(?:who|that|which))?(?:\s+(?!have\b|had\b)[\w'’-]+){{0,3}}?(?:\s+(?:have|has|had|will|would|could|may|might|must|should))?(?:\s+(?:also|since|already|reportedly))?\s+(?P<w>{_any('went')})\b",
    }
    before = {
        "active": rf"\b(?P<w>{_any('active')}){FILLERS}\s+[\"“]?$",
        "toll": rf"\b(?P<w>{_any('toll')})\b[^.;:]{{0,60}}?(?:\b(?:to|at|of|was|is|were|reached|reaching|than|stands|exceeded|exceeds|topped|passed|hit|climbed|rose)|:|,)\s*(?:a\s+total\s+of\s+)?$",
        "beside": rf"\b(?P<w>{_any('participle')})\s+(?:along|together)\s+with\s+$",
        "those": rf"\b(?:those|people|dead)\s+(?P<w>{_any('participle')})\b[^.;:]{{0,60}}?\b(?:include[ds]?|including|were|are|numbered)\s*$",
        "toll of": rf"\b(?P<w>{_any('toll')})\s+$",
    }
    return {name: re.compile(p, re.I) for name, p in (written | before).items()}


def harm(sight: Sight, start: int, end: int) -> tuple[str, str] | None:
    """Class and evidence of what became of those counted in text[start:end]; None where no verb near says."""
    if LIVES.search(sight.text[start:end]) is not None:
        return ("killed", "lives lost") if LOST.search(sight.text[max(0, start - 20) : start]) else None
    return (
        _by_tree(sight, end) or _after(sight.text, end) or _left(sight.text, start, end) or _before(sight.text, start)
    )


def _left(text: str, start: int, end: int) -> tuple[str, str] | None:
    """ "left 35 people, 22 children among them, dead"."""
    if LEFT.search(text[max(0, start - 12) : start]) is None:
        return None
    match = _patterns()["left"].match(text, end)
    return (_class("participle", match["w"]), f"left {match['w']}") if match is not None else None


def _after(text: str, end: int) -> tuple[str, str] | None:
    stop = CLAUSE.search(text, end)
    clause = text[end : min(stop.start() if stop else len(text), end + 120)]
    direct = _patterns()["right after"].match(clause)
    if direct is not None and not OBJECT.match(clause, direct.end()):
        return _class("participle", direct["w"]), f"{direct['w']} after it"
    if FORCED.match(clause) is not None:
        return "displaced", "forced to leave"
    among = _patterns()["among"].match(clause)
    if among is not None:
        return _class("participle", among["w"]), f"among the {among['w']} after it"
    for name, kind in (("after", "participle"), ("went", "went")):
        match = _patterns()[name].match(clause)
        if match is not None and not re.search(
            r"\d|\band\b|\bby\b|\bsaid\b|\bbut\b|\bwhile\b|\bmost\b|\bothers\b|\bmany\b",
            clause[: match.start("w")].split(",")[-1],
        ):
            return _class(kind, match["w"]), f"{match['w']} after it"
    return None


def _before(text: str, start: int) -> tuple[str, str] | None:
    before = text[max(0, start - 100) : start]
    for name, kind in (
        ("active", "active"),
        ("beside", "participle"),
        ("those", "participle"),
        ("toll of", "toll"),
        ("toll", "toll"),
    ):
        match = _patterns()[name].search(before)
        if match is not None:
            return _class(kind, match["w"]), f"{match['w']} before it"
    return None


def _by_tree(sight: Sight, end: int) -> tuple[str, str] | None:
    """What the tree says is done to those counted, or what they do: killed them, were killed, died."""
    place = sight.word(end - 1)
    if place is None:
        return None
    t, i = place
    if t.words[i].tag == "NUM" and t.words[i].relation.startswith("nummod"):
        return None
    for k in t.kids[i]:
        if (
            t.words[k].relation.startswith("acl")
            and "Tense=Past|VerbForm=Part" in t.words[k].features
            and t.words[k].relation == "acl"
        ) and (done := _classes("verb").get(t.words[k].lemma)) is not None:
            return done, f"{t.words[k].text} by the tree"
    return _governed(t, i)


def _governed(t: Tree, i: int) -> tuple[str, str] | None:
    while t.words[i].relation == "conj" and t.words[t.words[i].head].tag in ("NOUN", "PROPN", "NUM"):
        i = t.words[i].head
    word = t.words[i]
    if word.head < 0:
        return None
    verb = t.words[word.head]
    undergone = word.relation in ("obj", "nsubj:pass") and verb.tag == "VERB"
    kinds = ("verb",) if undergone else ("subject",) if word.relation == "nsubj" else ()
    for kind in kinds:
        if (done := _classes(kind).get(verb.lemma)) is not None:
            return done, f"{verb.text} by the tree"
    return None
