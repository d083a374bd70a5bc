"""Figures of one sentence: amounts with what they count, what became of it, and what they share with their neighbours.

Everything that counts or measures is a figure here, also what nobody looks for in a ledger ("one thing", "2-0"); which
of them are rows is the business of `figure.wanted`, by the classes of `words/classes.tsv`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from onrecord.claims.quantities.counted import Counted, classes, counted
from onrecord.claims.quantities.figure import Figure
from onrecord.claims.quantities.harm import HELD, OPEN, WORSE, harm
from onrecord.claims.quantities.names import is_name, is_year
from onrecord.claims.quantities.neighbours import noun_of, other_verb, settled, sharer, shares
from onrecord.claims.quantities.sight import Sight, tail
from onrecord.text import hedges
from onrecord.text.amounts import Amount, amounts
from onrecord.text.units import rated_noun

HAVE = re.compile(r"\b(?:have|has|had|are|were|is|about|only|with|number|to)\s*$", re.I)
OTHERS_AFTER = re.compile(r"\s+(?:others?|more)\b", re.I)
OTHERS = frozenset({"others", "more"})
LAST = re.compile(r"\b(?:last|past|next)\s+$", re.I)
HOW_MANY = re.compile(r"\bhow\s+many\s+(?P<noun>[\w'’-]+(?:\s+[\w'’-]+)?)", re.I)


def figures(sight: Sight, asked: tuple[str, str] | None = None) -> tuple[Figure, ...]:
    """All figures of a sentence, in order.

    Args:
        sight: the sentence.
        asked: noun and class that the question before it asks the number of, in an interview.
    """
    found: list[Figure] = []
    for amount in amounts(sight.text):
        what = counted(sight, amount)
        if not is_year(sight.text, amount, what) and not is_name(sight, amount, what):
            amount, what = _shared(sight.text, amount, what, sharer(found), asked)
            found.append(_figure(sight, amount, what))
    return settled(sight.text, found)


def _shared(
    text: str, amount: Amount, what: Counted, last: Figure | None, asked: tuple[str, str] | None
) -> tuple[Amount, Counted]:
    """The amount and what it counts, with the noun and the unit of the figure before it where it has none of its own."""
    if (what.words or "").lower() in OTHERS and last is not None and last.unit is None and (noun := noun_of(last)):
        kind = classes().get(noun.lower().split()[-1], "thing")
        return amount, replace(what, words=noun, kind=kind, why="others of the figure before")
    if what.words is not None or what.kind not in ("bare", "people"):
        return amount, what
    if last is not None and shares(text, last, amount):
        kind = what.kind if last.kind in ("age", "score") or other_verb(text, last, amount) else last.kind
        why = "shares the noun of the figure before"
        amount = replace(amount, unit=last.unit) if last.unit is not None else amount
        others = OTHERS_AFTER.match(text, what.end)
        return amount, replace(what, end=others.end() if others else what.end, words=noun_of(last), kind=kind, why=why)
    if what.kind == "bare" and asked is not None and HAVE.search(tail(text, amount.start)):
        return amount, replace(what, words=asked[0], kind=asked[1], why="answers a question of how many")
    return amount, what


def _figure(sight: Sight, amount: Amount, what: Counted) -> Figure:
    """The figure that an amount makes with its noun: a rate or a hedge after the noun, what became of those counted."""
    text, kind, noun, why = sight.text, what.kind, what.words, what.why
    end = max(what.end, amount.end)
    if noun is not None and amount.unit is None and (rate := rated_noun(text, end)) is not None:
        amount, end = replace(amount, unit=rate), rate.end
    if noun is not None and amount.sign in ("", "=") and (late := hedges.after(text, what.end)) is not None:
        amount, end = amount.hedged(late), late.end
    shared = why.startswith("shares")
    done = harm(sight, amount.start, what.end) if kind in OPEN | HELD or shared else None
    if done is not None and (kind not in HELD or shared or done[0] in WORSE):
        kind, why = done[0], f"{why}; {done[1]}"
    elif kind == "bare":
        noun, why = None, "no noun"
    lead = LAST.search(text, max(0, amount.start - 8), amount.start) if kind == "duration" else None
    return Figure(lead.start() if lead else amount.start, end, amount, noun, what.end, kind, why)


def question_of(text: str) -> tuple[str, str] | None:
    """Noun and class of "How many fighters do you have?"; None for any other question."""
    match = HOW_MANY.search(text)
    if match is None:
        return None
    noun = next((w for w in match["noun"].split() if w.lower() in classes()), match["noun"].split()[0])
    return noun, classes().get(noun.lower(), "thing")
