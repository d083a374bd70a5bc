"""Figures of one sentence: amounts with what they count, what became of it, and what they share with their neighbours.

Everything that counts or measures is a figure here, also what nobody looks for in a ledger ("one thing", "2-0"); which
of them are rows is the business of `wanted`, by the classes of `words/classes.tsv`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.claims.counted import Counted, classes, counted
from onrecord.claims.harm import HARM, INCLUDING, LISTED, OPEN, harm
from onrecord.claims.sight import Sight
from onrecord.claims.trees import Tree
from onrecord.text import hedges
from onrecord.text.amounts import Amount, amounts
from onrecord.text.tables import words
from onrecord.text.units import Unit, rated_noun

# After a figure without a noun that shares the noun before it: "135 killed in Panjshir and 45 | in Kapisa".
SHARES = re.compile(r"\s*(?:[,.;)]|$|\b(?:in|at|from|by|near|on|were|was|are|have|had|others?|more|of\s+them|inside|around|across|who|that|which|to)\b)", re.I)
AGAINST = re.compile(r"\b(?:up|down|rose|fell|compared|against|instead|rather|not|from|than|to)\s*(?:\b(?:from|to|with|than|of|the)\s*)*$", re.I)
HYPHEN_OR = re.compile(r"-\s+(?:or|and|to)\s+")
FROM = re.compile(r"\s*,?\s*(?:(?:up|down|compared)\s+)?(?:from|with|against)\s+(?:just\s+)?", re.I)
HAVE = re.compile(r"\b(?:have|has|had|are|were|is|about|only|with|number|to)\s*$", re.I)
LAST = re.compile(r"\b(?:last|past|next)\s+$", re.I)
YEARS = (1000, 2200)
YEAR_BEFORE = re.compile(r"(?:\b(?:in|by|since|by|until|till|from|of|between|and|to|early|late|mid|before|after|during|through|for|the|that|this|year|back)|[,(–-])\s*$", re.I)
NAME_BEFORE = re.compile(r"(?<![.!?:]\s)(?<!^)\b(?P<w>[A-Z][\w&'’.]*|[a-z]+[A-Z]\w*)\s+$")
DEFINITE = re.compile(r"\b(?:the|these|those|both|all|other|of\s+the|any|every)\s+$", re.I)
SMALL = 12  # "the two sides", "the twelve men" point back at what was named; larger numbers are news


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure; offsets into its sentence. `counted` None: no noun; `kind` is a class of `words/classes.tsv`."""

    start: int
    end: int
    amount: Amount
    unit: Unit | None
    counted: str | None
    counted_start: int
    counted_end: int
    kind: str
    why: str


def figures(sight: Sight, asked: tuple[str, str] | None = None) -> tuple[Figure, ...]:
    """All figures of a sentence, in order.

    Args:
        sight: the sentence.
        asked: noun and class that the question before it asks the number of, in an interview.
    """
    found: list[Figure] = []
    for amount in amounts(sight.text):
        what = counted(sight, amount)
        if _is_year(sight.text, amount, what) or _is_name(sight, amount, what):
            continue
        found.append(_figure(sight, amount, what, _sharer(found), asked))
    return tuple(_listed(sight.text, found))


def _sharer(found: Sequence[Figure]) -> Figure | None:
    """The figure before, or the one before that where only a span of time stands between."""
    spans = ("duration", "age")
    return next((f for f in reversed(found) if f.kind not in spans), found[-1] if found else None)


def _figure(sight: Sight, amount: Amount, what: Counted, last: Figure | None, asked: tuple[str, str] | None) -> Figure:
    text, kind, noun, why = sight.text, what.kind, what.words, what.why
    if kind == "bare" and last is not None and _shares(text, last, amount):
        noun, why = _noun(last), "shares the noun of the figure before"
        kind = last.kind if last.kind not in ("age", "score") else kind
        amount = replace(amount, unit=last.unit) if last.unit else amount
    elif kind == "bare" and asked is not None and HAVE.search(text[: amount.start]):
        noun, kind, why = asked[0], asked[1], "answers a question of how many"
    end = max(what.end, amount.end)
    if (rate := rated_noun(text, end)) is not None and noun is not None and amount.unit is None:
        amount, end = replace(amount, unit=rate), rate.end
    late = hedges.after(text, what.end) if noun and amount.sign in ("", "=") else None
    if late is not None:
        amount, end = _hedged(amount, late), late.end
    if kind in OPEN or why.startswith("shares"):
        if (done := harm(sight, amount.start, what.end)) is not None:
            kind, why = done[0], f"{why}; {done[1]}"
    start = amount.start
    if kind == "duration" and (lead := LAST.search(text, max(0, start - 8), start)) is not None:
        start = lead.start()
    return Figure(start, end, amount, amount.unit if kind != "age" else amount.unit, noun, what.start, what.end, kind, why)


def _hedged(amount: Amount, late: hedges.Hedge) -> Amount:
    low, high, exact = hedges.bounds(late.sign, amount.number, amount.most)
    return replace(
        amount, low=low, high=high, exact=exact, sign=late.sign, modifier=late.text, modifier_start=late.start, modifier_end=late.end
    )


def _noun(last: Figure) -> str | None:
    """The noun that a later figure may share: "12 wounded" has none to give."""
    head = (last.counted or "").lower().split()[-1:]
    return last.counted if head and classes().get(head[0]) not in HARM else None


def _shares(text: str, last: Figure, amount: Amount) -> bool:
    """Whether a figure without a noun counts what the one before it counts."""
    if last.counted is None and last.unit is None and last.kind not in HARM or last.kind == "age":
        return False
    between = text[last.end : amount.start]
    if AGAINST.search(between) and len(between) < 60:
        return last.unit is None or FROM.fullmatch(between) is not None
    if last.unit is not None:
        return False
    linked = re.search(r"(?:\b(?:and|while|but|or|with|plus|another|including|of\s+(?:which|whom|them|those)|among\s+them)|,|;)\s*(?:another\s+|\w+ing\s+|\w+ed\s+)?$", between, re.I)
    return linked is not None and SHARES.match(text, amount.end) is not None


def _listed(text: str, found: Sequence[Figure]) -> list[Figure]:
    """Figures in a list suffer what one of them is said to: "three soldiers and two porters were killed"."""
    rows = list(found)
    for k in range(len(rows) - 2, -1, -1):  # "a 7- or 8-inch pipe"
        one, other = rows[k], rows[k + 1]
        if one.kind == "bare" and other.unit is not None and HYPHEN_OR.fullmatch(text[one.end : other.start]):
            rows[k] = replace(one, unit=other.unit, kind=other.kind, why="shares the unit of the figure after")
    for k in range(1, len(rows)):
        if rows[k - 1].kind == "age" and rows[k].kind == "bare" and re.fullmatch(r"\s*,?\s+(?:and|or|to)\s+", text[rows[k - 1].end : rows[k].start]):
            rows[k] = replace(rows[k], kind="age", why="an age, as the figure before")
    for k in range(1, len(rows)):  # "killing three soldiers and two porters": onwards
        one, other = rows[k - 1], rows[k]
        between = text[one.end : other.start]
        listed = LISTED.fullmatch(between) and "before it" in one.why
        if one.kind in HARM and other.kind in OPEN - {"bare"} and (listed or INCLUDING.fullmatch(between)):
            rows[k] = replace(other, kind=one.kind, why=f"{other.why}; listed with {one.kind}")
    for k in range(len(rows) - 2, -1, -1):  # and back
        one, other = rows[k], rows[k + 1]
        listed = LISTED.fullmatch(text[one.end : other.start]) and "after it" in other.why
        grown = one.kind == "bare" and re.fullmatch(r"\s+to\s+", text[one.end : other.start]) and "before it" in other.why
        if other.kind in HARM and ((one.kind in OPEN - {"bare"} and listed) or grown):
            rows[k] = replace(one, kind=other.kind, why=f"{one.why}; listed with {other.kind}")
    return rows


def _is_year(text: str, amount: Amount, what: Counted) -> bool:
    """Four digits that name a year: no comma, no unit, no noun that is counted."""
    written = text[amount.number_start : amount.number_end]
    if amount.unit is not None or amount.kind != "digits" or not re.match(r"\d{4}(?!\d|,)", written):
        return False
    if not (YEARS[0] <= amount.number < YEARS[1] and YEARS[0] <= amount.most < YEARS[1]) or what.kind == "age":
        return False
    known = what.words is not None and what.kind not in ("thing", "abstract", "bare")
    likely = 1900 <= amount.number < 2100
    if amount.sign and (what.words is not None or amount.number < 1900):
        return False
    return not known and (likely or YEAR_BEFORE.search(text[: amount.number_start]) is not None)


def _is_name(sight: Sight, amount: Amount, what: Counted) -> bool:
    """A number that is part of a name: "Fortune 100", "Channel Nine", "S&P 500"."""
    if amount.unit is not None or amount.sign not in ("", "=") or what.kind in ("age", "score", *HARM):
        return False
    place = sight.word(amount.number_end - 1)
    if place is not None and _in_name(*place, hyphen=amount.hyphen, thing=what.kind in ("thing", "bare")):
        return True
    before = sight.text[max(0, amount.start - 24) : amount.start]
    match = NAME_BEFORE.search(before if amount.start > 24 else sight.text[: amount.start])
    named = match is not None and match["w"].lower() not in words("function", "month") and _may_name(match["w"])
    if amount.kind == "digits":
        return named and (what.words is None or what.kind == "thing")
    capital = sight.text[amount.number_start].isupper() and amount.number_start > 0
    return named and capital and what.words is None


def _in_name(t: Tree, i: int, *, hyphen: bool, thing: bool) -> bool:
    """Whether the tree makes the number a part of a name: "phone | 11", "page | 3", "the | 90049 | code"."""
    word = t.words[i]
    flat = word.relation.startswith("flat") and 0 <= word.head < i and t.words[word.head].tag != "NUM"
    return flat or (word.relation == "compound" and word.text.isdigit() and thing and not hyphen)


def _may_name(word: str) -> bool:
    lower = word.lower().rstrip(".'’")
    kinds = ("preposition", "auxiliary", "subordinator", "determiner", "pronoun", "opener", "day", "adverb")
    verb = lower.endswith(("ing", "ed", "kills")) or lower in words("harm") or lower in ("kills", "leaves", "says")
    return not verb and not any(lower in words("function", kind) for kind in kinds)


def wanted(text: str, figure: Figure) -> bool:
    """Whether a reader looks for this figure in a ledger: its class says so, and it is no "one day" or "the two men"."""
    if figure.kind not in words("classes", "ledger"):
        return False
    amount = figure.amount
    if figure.kind in HARM:
        return True
    if amount.number == 1 and amount.most == 1 and figure.unit is None or figure.kind == "duration" and amount.number == 1:
        return False
    small = amount.number <= SMALL and amount.kind == "words" and figure.unit is None
    if small and DEFINITE.search(text[: amount.start]):
        return False
    return not (amount.hyphen and figure.kind == "thing")


def question_of(text: str) -> tuple[str, str] | None:
    """Noun and class of "How many fighters do you have?"."""
    match = re.search(r"\bhow\s+many\s+(?P<noun>[\w'’-]+(?:\s+[\w'’-]+)?)", text, re.I)
    if match is None:
        return None
    noun = next((w for w in match["noun"].split() if w.lower() in classes()), match["noun"].split()[0])
    return noun, classes().get(noun.lower(), "thing")
