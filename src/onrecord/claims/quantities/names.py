"""Numbers that look like counts until one sees what stands around them: years, and numbers that are parts of names."""

from __future__ import annotations

import re

from onrecord.claims.quantities.counted import Counted, one_of
from onrecord.claims.quantities.harm import HARM, harm
from onrecord.claims.quantities.sight import Sight, tail
from onrecord.claims.trees import Tree
from onrecord.text.amounts import Amount
from onrecord.text.tables import words

PLAIN_YEAR = re.compile(r"\d{4}(?!\d|,)")
YEARS, LIKELY = range(1000, 2200), range(1900, 2100)
YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|by|since|until|till|from|of|between|and|to|early|late|mid|before|after|during|through|for|the|that|"
    r"this|year|back)|[,(–-])\s*$",
    re.I,
)
# A word with a capital right before the number, not at the start of a sentence, or one with a capital inside.
NAME_BEFORE = re.compile(r"(?<![.!?:]\s)(?<!^)\b(?P<w>[A-Z][\w&'’.]*|[a-z]+[A-Z]\w*)\s+$")
NAME_GOES_ON = re.compile(r"\s[A-Z]")
NO_NAMES = ("preposition", "auxiliary", "subordinator", "determiner", "pronoun", "opener", "day", "adverb", "month")
ONE_OF = frozenset({"attacks", "weapons", "vehicles", "buildings", "places"})  # classes whose plurals end in "s"
UNKNOWN = frozenset({"thing", "abstract", "bare"})


def is_year(text: str, amount: Amount, what: Counted) -> bool:
    """Four digits that name a year: no comma, no unit, and no noun of a known class that they count."""
    written = text[amount.number_start : amount.number_end]
    if amount.unit is not None or amount.kind != "digits" or not PLAIN_YEAR.match(written) or what.kind == "age":
        return False
    if int(amount.number) not in YEARS or int(amount.most) not in YEARS:
        return False
    likely, dated = int(amount.number) in LIKELY, YEAR_BEFORE.search(tail(text, amount.number_start)) is not None
    if what.words is not None and what.kind not in UNKNOWN:
        several = len(what.words.split()) > 1 or NAME_GOES_ON.match(text, what.end) is not None
        if likely and what.kind in ONE_OF and not what.words.endswith("s") and amount.sign == "":
            return True  # "the 2012 attack"
        return likely and several and (dated or what.words[0].isupper())  # "the 2011 civil war", "2019 Camp Orm Accord"
    if amount.sign and (what.words is not None or not likely):
        return False
    return likely or dated


def is_name(sight: Sight, amount: Amount, what: Counted) -> bool:
    """A number that is part of a name: "the Ardin 500", "Channel Nine", "page 3"."""
    if amount.unit is not None or amount.sign not in ("", "=") or what.kind in ("age", "score", *HARM):
        return False
    place = sight.word(amount.number_end - 1)
    if place is not None and _in_name(*place, hyphen=amount.hyphen, unknown=what.kind in UNKNOWN):
        return True
    if amount.kind == "digits" and what.kind == "thing" and _proper(what.words or ""):
        return harm(sight, amount.start, what.end) is None
    capital = amount.kind == "digits" or (amount.number_start > 0 and sight.text[amount.number_start].isupper())
    if not capital or (what.words is not None and (amount.kind != "digits" or what.kind != "thing")):
        return False
    return _after_name(tail(sight.text, amount.start)) and harm(sight, amount.start, what.end) is None


def _proper(phrase: str) -> bool:
    """ "17 | Harbour Place", "3 | Series Coupe": a name of one thing, of two words or more."""
    found = phrase.split()
    return len(found) > 1 and all(w[0].isupper() for w in found) and one_of(found[-1]) == found[-1]


def _in_name(t: Tree, i: int, *, hyphen: bool, unknown: bool) -> bool:
    """Whether the tree makes the number a part of a name: "phone | 11", "page | 3", "the | 90049 | code"."""
    word = t.words[i]
    flat = word.relation.startswith("flat") and 0 <= word.head < i and t.words[word.head].tag != "NUM"
    return flat or (word.relation == "compound" and word.text.isdigit() and unknown and not hyphen)


def _after_name(before: str) -> bool:
    """Whether the last word of a text can be the start of a name that a number ends."""
    match = NAME_BEFORE.search(before)
    lower = match["w"].lower().rstrip(".'’") if match is not None else ""
    verb = lower.endswith(("ing", "ed")) or lower in words("harm") or lower in ("leaves", "says")
    return match is not None and not verb and not any(lower in words("function", kind) for kind in NO_NAMES)
