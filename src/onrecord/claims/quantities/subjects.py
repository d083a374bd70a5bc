"""Whose a figure is: "hundreds of its fighters", "40 soldiers of the front", "the front has 9,000 men", "we have ..." """

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.claims.quantities.figure import Figure
from onrecord.claims.quantities.harm import HARM
from onrecord.claims.quantities.sight import FAR, Sight, starting, tail
from onrecord.claims.trees import Tree
from onrecord.records import Mention, Sheet, Statement

OWNED = frozenset({"fighters", "people", "vehicles", "weapons", *HARM})
OF = re.compile(
    r"\s+(?:of|from|belonging\s+to|loyal\s+to|affiliated\s+(?:with|to)|allied\s+(?:with|to)|fighting\s+for)\s+(?:the\s+)?",
    re.I,
)
POSSESSIVE = re.compile(r"\b(?P<w>its|their|his|her|our|my)\b", re.I)
# Verbs whose subject has, leads or has lost what stands after them.
HAVE = frozenset(
    "have command lead number muster field boast lose deploy send mobilise mobilize train gather amass recruit possess "
    "own operate control dispatch assemble raise rally keep maintain station".split()
)
HAS = re.compile(
    r"\b(?P<who>[\w'’-]+)\s+(?:now\s+|still\s+|also\s+|already\s+|currently\s+)?(?:(?:has|have|had)\s+)?"
    r"(?:has|have|had|commands?|leads?|led|numbers?|musters?|fields?|boasts?|lost|deployed|sent|mobili[sz]ed|amassed|"
    r"gathered|assembled|raised|rallied)\s+"
    r"(?:an?\s+(?:\w+\s+)?(?:force|army|total)\s+of\s+|another\s+|also\s+|now\s+)*$",
    re.I,
)
ARMIES = frozenset("force army militia unit group contingent garrison total number".split())
SPEAKS_FOR = re.compile(r",?\s+(?:an?\s+|the\s+)?(?:[\w-]+\s+){0,4}?(?:of|for|with|from)\s+(?:the\s+)?", re.I)
POINTER_SURE = 0.85
LONGEST_NAME = 160  # characters of a name
FIRST_PERSON = frozenset("we our us ours i my".split())


def whose(sheet: Sheet, sight: Sight, figure: Figure, holder: Statement | None) -> str | None:
    """The name of the group (or person) whose people or things are counted, as the report gives it; None where unsure."""
    if figure.kind not in OWNED:
        return None
    start, end = sight.start + figure.start, sight.start + figure.end
    inside = next((m for m in _groups(sheet, start, end) if m.end <= end), None)
    after = OF.match(sight.text, figure.end)
    named = _at(sheet, sight.start + after.end()) if after else None
    if (found := inside or (named if named is not None and named.start >= end else None)) is not None:
        return found.name
    own = POSSESSIVE.search(sight.text, max(0, figure.start - 10), figure.end)
    if own is not None:
        return _pronoun(sheet, sight, own["w"].lower(), own.start(), holder)
    return _haver(sheet, sight, figure, holder)


def _groups(sheet: Sheet, start: int, end: int) -> Iterator[Mention]:
    """Named groups that start in report.text[start:end]."""
    return (m for m in starting(sheet.mentions, start, end) if m.type == "group" and m.name)


def _at(sheet: Sheet, offset: int, kinds: Sequence[str] = ("group",)) -> Mention | None:
    """The named group (or one of `kinds`) that holds a character of the report."""
    near = starting(sheet.mentions, offset - LONGEST_NAME, offset + 1)
    return next((m for m in near if m.name and m.type in kinds and m.start <= offset < m.end), None)


def _pronoun(sheet: Sheet, sight: Sight, word: str, at: int, holder: Statement | None) -> str | None:
    """Whom a pronoun at character `at` of the sentence stands for, where that is sure."""
    if word in FIRST_PERSON:
        return side(sheet, holder)
    offset = sight.start + at
    for pointer in sheet.reading.pointers:
        if pointer.start == offset and pointer.confidence >= POINTER_SURE:
            found = _at(sheet, pointer.to_start, ("group", "person"))
            return found.name if found else None
    before = {m.name for m in _groups(sheet, max(sight.start, offset - FAR), offset)}
    return before.pop() if len(before) == 1 and word in ("its", "their", "it", "they") else None


def _whose_words(sheet: Sheet, holder: Statement | None) -> Statement | None:
    """The statement whose very words stand there: in "The ministry says we have 1,500", told in an answer, "we" is who answers."""
    while holder is not None and holder.kind == "indirect" and holder.parent_statement is not None:
        holder = next((s for s in sheet.statements if s.statement_id == holder.parent_statement), None)
    return holder


def side(sheet: Sheet, holder: Statement | None) -> str | None:
    """The party that a speaker's "we" means: the speaker, or the group that the report says the speaker speaks for."""
    holder = _whose_words(sheet, holder)
    if holder is None or holder.speaker is None:
        return None
    text = sheet.report.text
    for mention in sheet.mentions:
        if mention.type == "person" and mention.name == holder.speaker:
            role = SPEAKS_FOR.match(text, mention.end)
            if role is not None and (group := _at(sheet, role.end())) is not None:
                return group.name
    return holder.speaker


def _haver(sheet: Sheet, sight: Sight, figure: Figure, holder: Statement | None) -> str | None:
    """Who has them: the subject of "has", by the tree, else the word before the verb."""
    place = sight.word(max(figure.counted_end, figure.end) - 1)
    if place is not None and (subject := _subject(*place)) is not None:
        t, k = place[0], subject
        lower, offset = t.lower(k), t.words[k].start
        if t.words[k].tag == "PRON":
            return _pronoun(sheet, sight, lower, sight.at(offset), holder)
        found = _at(sheet, offset, ("group", "person"))
        return found.name if found else None
    before = tail(sight.text, figure.start)
    match, skipped = HAS.search(before) if place is None else None, figure.start - len(before)
    if match is None:
        return None
    if match["who"].lower() in FIRST_PERSON | {"it", "they"}:
        return _pronoun(sheet, sight, match["who"].lower(), skipped + match.start("who"), holder)
    found = _at(sheet, sight.start + skipped + match.end("who") - 1, ("group", "person"))
    return found.name if found else None


def _subject(t: Tree, i: int) -> int | None:
    """The subject of the verb of having that a figure's noun is the object of."""
    if t.words[i].tag == "NUM" and t.words[i].relation.startswith("nummod"):
        i = t.words[i].head
    while t.words[i].relation == "conj" or (
        t.words[i].relation in ("nmod", "appos") and t.words[t.words[i].head].lemma in ARMIES
    ):
        i = t.words[i].head
    word = t.words[i]
    if word.relation not in ("obj", "obl") or word.head < 0 or t.words[word.head].lemma not in HAVE:
        return None
    verb = word.head
    subject = t.kid(verb, "nsubj")
    while subject is None and t.words[verb].relation in ("conj", "xcomp") and t.words[verb].head >= 0:
        verb = t.words[verb].head
        subject = t.kid(verb, "nsubj")
    return subject
