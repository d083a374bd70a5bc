"""What is said by nobody who is named: "reportedly", "it is said that C", "S is believed to C", "45 were reported killed"."""

from __future__ import annotations

from functools import cache

from onrecord.claims.statements import endings, sources
from onrecord.claims.statements.attribution import Attribution, Reach, span_of
from onrecord.records import Span
from onrecord.text.tables import table
from onrecord.text.tokens import Token


def adverb(row: tuple[Token, ...]) -> Attribution | None:
    """A sentence with "reportedly" or "allegedly" is hearsay as a whole."""
    word = next((t for t in row if t.lower in _adverbs()), None)
    if word is None:
        return None
    last = len(row) - 1
    while last > 0 and row[last].kind == "mark":
        last -= 1
    spans = (span_of(row, 0, last),)
    return Attribution(None, Span(word.start, word.end), spans, word.lower, "hearsay", f"hearsay: {word.lower}")


def passive(row: tuple[Token, ...], i: int, floor: int) -> Reach | None:
    """The passive of a verb of saying at token i, with no "by": who said it is left open.

    Args:
        row: the sentence.
        i: the participle ("said", "reported", "believed").
        floor: the first token that no earlier attribution has taken.
    """
    kind = kinds().get(row[i].lower)
    subject = sources.before(row, i, floor)
    k = i + 1
    if kind is None or subject is None or subject.negated or k + 1 >= len(row):
        return None
    said = row[subject.first : subject.last + 1]
    cue = span_of(row, subject.cue_first, i)
    if [t.lower for t in said] == ["it"]:
        start = k + 1 if row[k].lower == "that" else k
        if row[start].kind != "word" or row[start].of("preposition") or row[start].lower == "to":
            return None
        first, subject_too = start, False
    elif row[k].lower == "to" or _participle(row[k]):
        first, subject_too = k, True
    else:
        return None
    last = endings.closing(row, first, len(row))
    rest = span_of(row, first, last)
    content = (span_of(row, subject.first, subject.last), rest) if subject_too else (rest,)
    lemma = row[i].lower
    return Reach(Attribution(None, cue, content, lemma, kind, f"hearsay: is {lemma}"), last + 1)


@cache
def kinds() -> dict[str, str]:
    """Participles that leave the source open, to the kind of what they report."""
    rows = (r for r in table("cues") if r["part"] == "participle")
    return {form: r["class"] for r in rows for form in r["forms"].split()}


@cache
def _adverbs() -> frozenset[str]:
    return frozenset(r["lemma"] for r in table("cues") if r["part"] == "adverb")


def _participle(token: Token) -> bool:
    """ "were reported killed", "was reported missing"."""
    return token.kind == "word" and (token.lower.endswith(("ed", "en")) or token.lower in ("missing", "dead", "hurt"))
