"""Whether what a figure counts has happened, or is attempted, threatened, planned, conditional, denied, past or general.

Signs are words (`words/figure_realis.tsv`): marks ("if"), modals ("will"), negations, and verbs that govern the clause
("vowed to send 300 men"). A tree says which of them govern the figure; without one, those of its own clause count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache

from onrecord.claims.quantities.sight import FAR, Sight
from onrecord.claims.trees import NOT, Tree
from onrecord.text.tables import table

# The first sign that fits decides, in this order.
ORDER = ("conditional", "denied", "attempted", "threatened", "planned", "historical", "generic", "actual")
# What hangs on a word of speech is said, not planned: its own verb decides. These relations carry a governor's force down.
CARRIES = frozenset({"xcomp", "ccomp", "obj", "csubj", "acl", "nsubj:pass", "obl"})
PREDICATES = frozenset({"VERB", "AUX"})
LONG_AGO = timedelta(days=366)
CLAUSE = re.compile(
    r"[;:.!?—–](?=\s|$)|,\s(?=(?:and|but|while|said|who|which|after|when|where|as)\b)|\bsince\s|"
    r"\b(?:and|but|while|because|after|that)\s(?=\w+\s(?:has|have|had|was|were|is|are|said|will|would|can|could|did|do|"
    r"does|may|might|must|should)\b)",
    re.I,
)
# A verb and the infinitive or participle that it governs: "plans | to send", "asked them | to send", "denied | holding".
GOVERNS = re.compile(r"\b([a-z]+)(?=\s+(?:to\s+[a-z]+|[a-z]+ing\b|[a-z]+\s+to\s+[a-z]+))")
# Hedges hold words that would read as negations or conditions.
NO_SIGNS = re.compile(r"\b(?:no|not)\s+(?:fewer|less|more|only)\b|\bas\s+if\b|\bor\s+not\b", re.I)


@cache
def _signs(kind: str) -> Mapping[str, str]:
    return {row["word"]: row["realis"] for row in table("figure_realis") if row["kind"] == kind}


def realis(sight: Sight, start: int, end: int, as_of_to: str | None, published: str | None) -> str:
    """The realis of what is counted in text[start:end] of a sentence.

    Args:
        sight: the sentence.
        start, end: the figure, in characters of the sentence.
        as_of_to: ISO day up to which it is counted, where the report dates it.
        published: ISO day of the report; a count that ended a year before is historical.
    """
    place = sight.word(end - 1)
    found = set(_by_tree(*place)) if place is not None else set(_by_words(sight.text, start, end))
    if sight.text[-9:].rstrip("\"”'’ ").endswith("?"):
        found.add("conditional")
    if _long_ago(as_of_to, published):
        found.add("historical")
    return next((r for r in ORDER if r in found), "actual")


def _long_ago(as_of_to: str | None, published: str | None) -> bool:
    try:
        return date.fromisoformat((published or "")[:10]) - date.fromisoformat((as_of_to or "")[:10]) > LONG_AGO
    except ValueError:
        return False


def _by_tree(t: Tree, i: int) -> Iterator[str]:
    """Signs on the predicate of the figure's clause and on what governs it."""
    above, first = t.words[i].head, True
    if t.words[i].relation == "obj" and (sign := _signs("object").get(t.words[above].lemma)) is not None:
        yield sign
    while i >= 0:
        word = t.words[i]
        if word.tag in PREDICATES or word.head < 0 or t.kid(i, "cop") is not None:
            yield from _on(t, i, own=first)
            first = False
            if word.relation not in CARRIES and not word.relation.startswith(("advcl", "conj")):
                return
        elif not first and word.relation not in CARRIES:
            return
        above = word.head
        sign = _signs("verb").get(t.words[above].lemma) if above >= 0 else None
        if sign is not None and not first and word.relation in CARRIES and not _told(t, i, above):
            yield sign
        i = above


def _told(t: Tree, i: int, above: int) -> bool:
    """ "He warned that 300 had fallen": what is told in a finite past clause is not threatened."""
    finite = t.words[i].relation == "ccomp" and "Tense=Past" in t.words[i].features
    return finite and _signs("verb").get(t.words[above].lemma) in ("threatened", "planned")


def _on(t: Tree, i: int, own: bool) -> Iterator[str]:
    """Signs that hang on one predicate."""
    for k in t.kids[i]:
        lower, relation = t.lower(k), t.words[k].relation
        if (relation == "mark" and lower in _signs("mark")) or (
            relation.startswith("advcl") and any(t.lower(m) in ("if", "unless") for m in t.kids[k])
        ):
            yield "conditional"
        elif not own:
            continue
        elif (
            lower in NOT
            and relation in ("advmod", "det")
            and not (k + 1 < len(t.words) and NO_SIGNS.match(f"{lower} {t.lower(k + 1)}"))
        ):
            yield "denied"
        elif relation.startswith("aux") and lower in _signs("modal"):
            yield _modal(lower)
        elif relation == "advmod" and lower in _signs("adverb"):
            yield _signs("adverb")[lower]


def _modal(word: str) -> str:
    """A "would" or "could" without an "if" speaks of what may come: a plan."""
    return "planned" if _signs("modal")[word] == "conditional" else _signs("modal")[word]


def _by_words(text: str, start: int, end: int) -> Iterator[str]:
    """Signs among the words of the figure's own clause."""
    near = max(0, start - FAR)
    breaks, stop = [m.end() for m in CLAUSE.finditer(text, near, start)], CLAUSE.search(text, end, end + FAR)
    clause = NO_SIGNS.sub(
        " ", text[breaks[-1] if breaks else near : start] + " # " + text[end : stop.start() if stop else end + FAR]
    )
    if re.search(r"(?:^|[\s\"“(])(?:if|unless)\b", NO_SIGNS.sub(" ", text[near : end + FAR]), re.I):
        yield "conditional"
    for word in re.findall(r"[\w'’]+", clause.lower()):
        if word in _signs("modal"):
            yield _modal(word)
        elif word in NOT or word.endswith(("n't", "n’t")):
            yield "denied"
        elif (sign := _signs("adverb").get(word)) is not None:
            yield sign
    before = clause.partition("#")[0].lower()
    for governor in GOVERNS.finditer(before):
        if (sign := _signs("verb").get(_lemma(governor[1]))) is not None:
            yield sign
    last = re.findall(r"[a-z]+", before)[-1:]
    if last and (sign := _signs("object").get(_lemma(last[0], "object"))) is not None:
        yield sign
    if re.search(r"\bdeni(?:ed|es)\b|\bdeny(?:ing)?\b", before):
        yield "denied"


def _lemma(word: str, kind: str = "verb") -> str:
    """The form in the table that a form in the text comes from, as far as endings tell."""
    for cut, add in (
        ("ied", "y"),
        ("ies", "y"),
        ("ed", ""),
        ("ed", "e"),
        ("d", ""),
        ("ing", ""),
        ("ing", "e"),
        ("s", ""),
    ):
        if word.endswith(cut) and word.removesuffix(cut) + add in _signs(kind):
            return word.removesuffix(cut) + add
    return word
