"""What a number counts: its noun, by the sentence's tree where there is one and by the words after it where there is none.

Classes are data: `words/counted.tsv` (nouns), `words/classes.tsv` (which classes a reader of the ledger wants).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.claims.quantities.ages import age_end
from onrecord.claims.quantities.sight import Sight, tail
from onrecord.claims.trees import Tree
from onrecord.text.amounts import Amount
from onrecord.text.tables import table, words
from onrecord.text.units import Unit

LEAD = re.compile(
    r"\s*(?:of\s+)?[\"“”'‘’]?\s*"
    r"(?:(?:the|its|their|his|her|our|my|your|these|those|such|other|more|most|additional|further)\s+)*",
    re.I,
)
WORD = re.compile(r"\s*(?:-\s*)?(#?[^\W\d_][\w'’.-]*)")
# "Interior | and Border guards", "Tesh | and Ardin vehicles": names joined before one noun.
CAPITALS_JOINED = re.compile(r"(?<=[\w])\s+and\s+[A-Z][\w'’-]*\s+(?:[A-Z][\w'’-]*\s+)*[a-z]+s\b")
INITIALS = re.compile(r"(?:[A-Za-z]\.)+")  # "three U.S. soldiers"
STOPS = ("preposition", "auxiliary", "subordinator", "relative", "pronoun", "negation", "day", "month", "opener")
MOST_WORDS = 6
OF = re.compile(r"\s+of\s+")
PARTS = ("compound", "flat", "nummod")  # how words of one number hang together
# What no counted phrase holds: another number, a mark, a clause.
NO_PHRASE = re.compile(r"[\d;:()\n,]|\b(?:in|and|for|from|who|that|at|on|by|to)\b")
# Participles that say what became of those counted, or what they bear: they outweigh "people".
STATES = frozenset({"killed", "wounded", "displaced", "detained", "missing"})
ARMY = re.compile(r"\b(?:force|army|militia|unit|contingent|garrison|battalion|brigade)\s+of\s+(?:some\s+)?$", re.I)
# "attacked from six sides": the ways an attack comes, not the parties to it.
FRONTS, FROM = frozenset("sides directions fronts axes".split()), re.compile(r"\b(?:from|on|along)\s+$", re.I)


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted; offsets into the sentence, `end` after its last word. `words` None: no noun belongs to it."""

    start: int
    end: int
    words: str | None
    kind: str  # a class of `words/classes.tsv`
    why: str


@cache
def classes() -> dict[str, str]:
    """Nouns, singular and plural, to their class."""
    return {row["word"]: row["kind"] for row in table("counted")}


def counted(sight: Sight, amount: Amount) -> Counted:
    """What an amount counts or measures; kind "bare" where no noun belongs to it."""
    text = sight.text
    if amount.kind == "score":
        return Counted(amount.end, amount.end, None, "score", "two figures of a score")
    if (end := age_end(text, amount)) is not None:
        return Counted(amount.number_end, end, None, "age", "an age")
    if amount.unit is not None:
        return _measured(text, amount, amount.unit)
    found = by_tree(sight, amount) or (None if _verb_follows(sight, amount) else by_words(text, amount))
    if found is None:
        # "hundreds gathered": a vague word alone means people.
        kind = {"part": "share", "vague": "people"}.get(amount.kind, "bare")
        return Counted(amount.end, amount.end, None, kind, "no noun")
    return Counted(found[0], found[1], text[found[0] : found[1]], *_class(text, amount, found))


def _verb_follows(sight: Sight, amount: Amount) -> bool:
    """ "Dozens more | suffered burns": the tree sees that the word after the number is what they did."""
    lead = LEAD.match(sight.text, amount.end)
    place = sight.word(lead.end() if lead else amount.end)
    if place is None or place[0].words[place[1]].tag not in ("VERB", "AUX"):
        return False
    return place[0].words[place[1]].relation not in ("amod", "compound")


def one_of(phrase: str) -> str:
    """A counted phrase in the singular, as dictionaries write it.

    >>> [one_of(p) for p in ("armed men", "families", "boxes", "first-team players", "people")]
    ['armed man', 'family', 'box', 'first-team player', 'people']
    """
    first, blank, last = phrase.rpartition(" ")
    return first + blank + _singular(last)


def _measured(text: str, amount: Amount, unit: Unit) -> Counted:
    """What a measure is of: "12 tons of | wheat", "60 percent of | the homes"."""
    why = f"measured in {unit.name}"
    of = OF.match(text, amount.end) if unit.kind != "duration" else None
    named = by_words(text, amount, amount.end) if of is not None else None
    words = text[named[0] : named[1]] if named is not None else None
    return Counted(amount.end, amount.end, words, unit.kind, why)


def by_tree(sight: Sight, amount: Amount) -> tuple[int, int] | None:
    """The noun that the number hangs on, or that hangs on it by "of", with the words between; None where no tree says."""
    place = sight.word(amount.number_end - 1)
    head = _head_of(*place) if place is not None else None
    if place is None or head is None:
        return None
    lead = LEAD.match(sight.text, amount.end)
    start = max(lead.end() if lead else amount.end, amount.end)
    start += sight.text[start : start + 1] == "-"
    end = min(sight.at(place[0].words[head].end), len(sight.text))
    return (start, end) if start < end and not NO_PHRASE.search(sight.text, start, end) else None


def _head_of(t: Tree, i: int) -> int | None:
    """The noun that the number at word i counts."""
    head = t.words[i].head
    if 0 <= head < i and t.words[head].tag == "NUM" and t.words[i].relation.startswith(PARTS):
        i, head = head, t.words[head].head  # "two hundred": the last word hangs on the first
    counts = t.words[i].relation.startswith("nummod") or t.words[i].relation in ("det", "amod", "compound")
    if not counts or head <= i:
        of = (k for k in t.kids[i] if t.words[k].relation == "nmod" and any(t.lower(c) == "of" for c in t.kids[k]))
        head = next(of, -1)
    near = i < head <= i + MOST_WORDS + 4
    return head if near and t.words[head].tag in ("NOUN", "PROPN", "ADJ") else None


def by_words(text: str, amount: Amount, at: int | None = None) -> tuple[int, int] | None:
    """The noun phrase right after a number by its words alone: up to the first plural or known noun."""
    lead = LEAD.match(text, amount.end if at is None else at)
    start = (lead.end() if lead else amount.end) + amount.hyphen
    found = list(_phrase(text, start))
    head = _head([w for w, _ in found], amount)
    return (start, found[head - 1][1]) if head else None


def _phrase(text: str, at: int) -> Iterator[tuple[str, int]]:
    """Words that can belong to one noun phrase, with where they end."""
    first = at
    for _ in range(MOST_WORDS + 2):
        match = WORD.match(text, at)
        if match is None:
            return
        word = match[1] if INITIALS.fullmatch(match[1]) else match[1].rstrip(".'’")
        lower = word.lower()
        joined = lower == "and" and at > first and CAPITALS_JOINED.match(text, at) is not None
        stops = lower == "including" or any(lower in words("function", kind) for kind in STOPS)
        if stops and lower != "may" and not joined:
            return
        at = match.start(1) + len(word)
        yield word, at
        if text[at : at + 1] not in (" ", "-", "\u00a0", "\n"):
            return


def _head(phrase: Sequence[str], amount: Amount) -> int:
    """How many words of a phrase belong to what is counted; 0 for none."""
    for k, word in enumerate(phrase, 1):
        lower = word.lower().strip("#'’,")
        following = phrase[k].lower() if k < len(phrase) else ""
        if _state(lower) and classes().get(following):
            continue
        if word[0].isupper() and "and" in [w.lower() for w in phrase[k:]]:
            continue
        if lower in classes() or word.startswith("#") or _plural(lower):
            return k + 1 if following in classes() and not _state(following) and lower != following else k
    if not phrase:
        return 0
    if amount.number == 1 or amount.hyphen:
        return 1 if amount.hyphen else min(len(phrase), 3)
    capitals = next((k for k, w in enumerate(phrase) if not w[0].isupper()), len(phrase))
    return capitals if amount.number > 1 else 0


def _state(word: str) -> bool:
    return (classes().get(word) in STATES and not word.endswith("s")) or word == "armed"


def _plural(word: str) -> bool:
    return word.endswith(("s", "men")) and len(word) > 3 and not word.endswith(("ss", "'s", "’s", "ous", "us", "is"))


def _class(text: str, amount: Amount, found: tuple[int, int]) -> tuple[str, str]:
    """The class of a counted phrase and why."""
    if amount.kind == "part":
        return "share", "a part of one"
    own = [w.lower().strip("#'’,") for w in re.findall(r"[#\w'’-]+", text[found[0] : found[1]])]
    known = [classes()[w] for w in own if w in classes()]
    head = classes().get(own[-1]) or classes().get(one_of(own[-1])) if own else None
    states = [k for w, k in ((w, classes().get(w)) for w in own) if k in STATES]
    if head in STATES:
        return head, f"{own[-1]} are {head}"
    if states and head in ("people", "fighters", None):
        return states[-1], f"{states[-1]} {own[-1]}"
    if head == "people" and ("armed" in own or ARMY.search(tail(text, amount.start))):
        return "fighters", "armed people"
    if own and own[-1] in FRONTS and FROM.search(tail(text, amount.start)):
        return "attacks", f"attacked from so many {own[-1]}"
    if head is not None:
        return head, f"{own[-1]} are {head}"
    if known:
        return known[-1], f"{known[-1]} by {own[-1]}"
    return "thing", f"noun {own[-1]}" if own else "no noun"


def _singular(word: str) -> str:
    lower = word.lower()
    if (one := _irregular().get(lower)) is not None:
        return one
    if lower.endswith("men") and len(lower) > 4:
        return word[:-2] + "an"
    if lower.endswith("ies") and len(lower) > 4:
        return word[:-3] + "y"
    if lower.endswith(("xes", "ches", "shes", "sses", "zes")):
        return word[:-2]
    return word[:-1] if _plural(lower) else word


@cache
def _irregular() -> dict[str, str]:
    return {row["word"]: row["one"] for row in table("plurals")}
