"""Set phrases that report what was said: "according to S", "quoted S as saying", "made it clear that", "put it at 14"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from onrecord.claims.statements import contents, endings, sources
from onrecord.claims.statements.attribution import Attribution, Reach, span_of
from onrecord.claims.statements.cues import cue_at, verbs
from onrecord.records import Span
from onrecord.text.tables import words
from onrecord.text.tokens import Token

PUT = frozenset("put puts putting".split())
# What somebody puts at a figure.
FIGURES = frozenset("number figure toll total strength count share cost losses casualties dead".split())
PASSING = frozenset(("citing", "quoting"))
SAYING = frozenset("saying said stating telling warning adding".split())


OPENING = PUT | frozenset("according in per quoted cited made makes make".split())
Inner = Callable[[tuple[Token, ...]], tuple[Attribution, ...]]


def phrase(row: tuple[Token, ...], i: int, floor: int, found: list[Attribution], inner: Inner) -> Reach | None:
    """The attribution of a set phrase that starts at token i and reaches left to `floor` at most; None when none does.

    Args:
        row: the sentence.
        i: the token where the phrase would start.
        floor: the first token that no earlier attribution has taken.
        found: the attributions before it.
        inner: finds the attributions of a part of the sentence.
    """
    word = row[i].lower
    if word not in OPENING:
        return None
    following = row[i + 1].lower if i + 1 < len(row) else ""
    if word == "according" and following == "to":
        return _according(row, i, floor, found, inner)
    if word == "in" and [t.lower for t in row[i + 1 : i + 4]] == ["the", "words", "of"]:
        return _in_the_words_of(row, i)
    if word == "per" and i > floor and row[i - 1].text == ",":
        return _according_after(
            row, i, floor, found, span_of(row, i + 1, _name_end(row, i + 1)), span_of(row, i, i), i + 1
        )
    if word in ("quoted", "cited"):
        return _quoted_as(row, i, floor, found)
    if word in ("made", "makes", "make"):
        return _made_clear(row, i, floor)
    return _put_at(row, i, floor) if word in PUT else None


def cited(row: tuple[Token, ...], found: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """The attributions of a sentence, those with ", citing S" after them on S's word: "Channel Nine said C, citing officials"."""
    made = list(found)
    for k in range(1, len(row) - 1):
        if row[k].lower not in PASSING or not (row[k - 1].text == "," or cue_at(row, k - 1) is not None):
            continue
        before = [
            m
            for m, f in enumerate(made)
            if f.content and f.source and not f.wraps and f.content[-1].end <= row[k].start
        ]
        if not before or made[before[-1]].kind == "attitude" or not _can_speak(row, k + 1):
            continue
        on = made[before[-1]]
        made = [f for f in made if f.cue is None or f.cue.start != row[k].start]
        named = span_of(row, k + 1, _name_end(row, k + 1))
        made[before[-1]] = replace(on, source=named, relay=on.source, rule=f"{on.rule}, {row[k].lower} its source")
    return tuple(made)


def _can_speak(row: tuple[Token, ...], first: int) -> bool:
    """Whether a phrase names somebody or something with a word to pass on: "citing officials", not "citing fears"."""
    last = _name_end(row, first)
    head = next((k - 1 for k in range(first + 1, last + 1) if row[k].of("preposition")), last)
    return row[first].kind == "word" and (row[head].capital or row[head].stem in words("nouns"))


def _name_end(row: tuple[Token, ...], first: int) -> int:
    """Last token of a source that nothing but a mark ends."""
    last = first
    while last + 1 < len(row) and row[last + 1].kind == "word" and not row[last + 1].of("relative"):
        last += 1
    return last


def _in_the_words_of(row: tuple[Token, ...], i: int) -> Reach | None:
    """ "in the words of S, Q"."""
    quote = next((k for k in range(i + 5, min(len(row), i + 24)) if row[k].kind == "quote"), None)
    if quote is None:
        return None
    last = quote - 1
    while last > i + 4 and row[last].kind == "mark":
        last -= 1
    cue, spans = span_of(row, i, i + 3), (span_of(row, quote, quote),)
    made = Attribution(span_of(row, i + 4, last), cue, spans, "in the words of", "say", "in the words of")
    return Reach(made, quote + 1)


def _put_at(row: tuple[Token, ...], i: int, floor: int) -> Reach | None:
    """ "S puts it at 7,000", "S put the number of dead at 14": an estimate, told by its figure."""
    at = next((k for k in range(i + 2, min(len(row) - 1, i + 10)) if row[k].lower == "at"), None)
    subject = sources.before(row, i, floor)
    if at is None or subject is None or not any(t.text[:1].isdigit() for t in row[at + 1 : at + 4]):
        return None
    counted = row[i + 1 : at]
    if [t.lower for t in counted] != ["it"] and not any(t.lower in FIGURES for t in counted):
        return None
    first = at if len(counted) == 1 else i + 1
    last = endings.closing(row, at + 1, len(row), "noun")
    made = Attribution(
        span_of(row, subject.first, subject.last),
        span_of(row, subject.cue_first, first - 1),
        (span_of(row, first, last),),
        "put",
        "say",
        "put at a figure",
        subject.negated,
    )
    return Reach(made, last + 1)


def _made_clear(row: tuple[Token, ...], i: int, floor: int) -> Reach | None:
    """ "S made it clear (in ...) that C"."""
    k = i + 2 if i + 1 < len(row) and row[i + 1].lower == "it" else i + 1
    if k >= len(row) or row[k].lower not in ("clear", "plain", "known"):
        return None
    subject = sources.before(row, i, floor)
    cue = replace(verbs()["said"][0], lemma="clarify", frames=frozenset({"t", "q"}))
    content = contents.after(row, k, cue, len(row))
    if subject is None or content is None:
        return None
    span = span_of(row, content.first, content.last)
    made = Attribution(
        span_of(row, subject.first, subject.last),
        span_of(row, subject.cue_first, k),
        (span,),
        "make clear",
        "say",
        "made clear that",
    )
    return Reach(made, content.last + 1)


def _quoted_as(row: tuple[Token, ...], i: int, floor: int, found: list[Attribution]) -> Reach | None:
    """ "S was quoted as saying C", "R quoted S as having said that C", "C, R cited him as saying"."""
    k = next((m for m in range(i + 1, min(len(row), i + 16)) if row[m].lower == "as"), None)
    if k is None:
        return None
    end = k + 2 if k + 1 < len(row) and row[k + 1].lower == "having" else k + 1
    if end >= len(row) or row[end].lower not in SAYING:
        return None
    subject = sources.before(row, i, floor)
    relay = None
    if sources.passive(row, i):
        source = span_of(row, subject.first, subject.last) if subject else None
    else:
        source = span_of(row, i + 1, k - 1) if k > i + 1 else None
        relay = span_of(row, subject.first, subject.last) if subject else None
    saying = verbs()["saying"][0]
    content = contents.after(row, end, saying, len(row))
    cue = span_of(row, subject.cue_first if subject else i, end)
    rule = "quoted as saying"
    if content is not None:
        spans: tuple[Span, ...] = (span_of(row, content.first, content.last),)
        return Reach(Attribution(source, cue, spans, "say", "say", rule, relay=relay), content.last + 1)
    lead = contents.trailing(row, subject.first, floor, len(row), end) if subject else None
    if lead is not None and (row[lead.last].kind == "quote" or contents.has_verb(row, lead)):
        lead = contents.only_quote(row, lead)
        spans = (span_of(row, lead.first, lead.last),)
        return Reach(Attribution(source, cue, spans, "say", "say", rule, relay=relay), end + 1)
    if found and relay is not None:
        return Reach(Attribution(relay, cue, (), "quote", "say", rule, wraps=True), end + 1)
    return None


def _according(row: tuple[Token, ...], i: int, floor: int, found: list[Attribution], within: Inner) -> Reach | None:
    """ "According to S, C" and "C, according to S"."""
    first = i + 2
    if first >= len(row):
        return None
    cue = span_of(row, i, i + 1)
    joint = max((k for k in range(i) if row[k].text in (":", ";", "that")), default=-1)
    opens = all(t.kind == "mark" or t.of("opener") for t in row[joint + 1 : i])
    last = _according_source(row, first, opens)
    source = span_of(row, first, last)
    if not opens:
        return _according_after(row, i, floor, found, source, cue, last)
    relay, start = None, last + 1
    if (passed := _passing_on(row, last + 1)) is not None:
        relay, source, start = source, *passed
    while start < len(row) and row[start].kind == "mark":
        start += 1
    inner = within(row[start:]) if start < len(row) else ()
    if inner and inner[0].source is not None and inner[0].source.start <= row[start].start + 40 and inner[0].content:
        made = Attribution(source, cue, (), "according to", "say", "according to, around a statement", wraps=True)
        return Reach(made, start)
    end = endings.closing(row, start, len(row))
    if end < start:
        return None
    spans = (span_of(row, start, end),)
    made = Attribution(source, cue, spans, "according to", "say", "according to, opening", relay=relay)
    return Reach(made, end + 1)


def _passing_on(row: tuple[Token, ...], k: int) -> tuple[Span, int] | None:
    """ "According to R, citing S, C": whom the outlet passes on, and the token after."""
    if k + 2 >= len(row) or row[k].text != "," or row[k + 1].lower not in PASSING:
        return None
    comma = next((m for m in range(k + 3, min(len(row), k + 24)) if row[m].text == ","), None)
    return (span_of(row, k + 2, comma - 1), comma + 1) if comma else None


def _according_after(
    row: tuple[Token, ...], i: int, floor: int, found: list[Attribution], source: Span, cue: Span, last: int
) -> Reach | None:
    end = i - 1
    while end >= floor and row[end].kind == "mark":
        end -= 1
    if end - floor < 2 and (end < floor or row[end].kind != "quote"):
        if not found:
            return None
        return Reach(Attribution(source, cue, (), "according to", "say", "according to, around", wraps=True), last + 1)
    first = floor
    while first < end and (row[first].kind == "mark" or row[first].lower in ("but", "and")):
        first += 1
    made = Attribution(source, cue, (span_of(row, first, end),), "according to", "say", "according to, closing")
    return Reach(made, last + 1)


def _according_source(row: tuple[Token, ...], first: int, opens: bool) -> int:
    """Last token of the source of "according to": to the comma, or past a noun that can speak."""
    k = first
    while k + 1 < len(row) and row[k + 1].kind == "word" and k - first < 24:
        if row[k + 1].of("relative") or (not opens and row[k + 1].of("day")):
            break
        ends = row[k].lower in words("nouns", "accountnoun") and row[k + 1].lower not in words("nouns", "accountnoun")
        if opens and ends and not row[k + 1].of("preposition"):
            break
        k += 1
    apposed = opens and k + 2 < len(row) and row[k + 1].text == "," and row[k + 2].lower in ("a", "an", "the", "who")
    while k > first and (row[k].of("preposition") or row[k].lower in ("published", "posted", "released", "issued")):
        k -= 1
    if apposed and (comma := next((m for m in range(k + 2, len(row)) if row[m].text == ","), None)) is not None:
        return comma - 1
    return k
