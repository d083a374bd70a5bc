"""Sentence bounds inside one paragraph, which respect abbreviations and quotation marks."""

from __future__ import annotations

import re
from functools import lru_cache

from onrecord.records import Span
from onrecord.text.marks import Quoted
from onrecord.text.tables import words

STOP = re.compile(r"[.!?…]+[\"'”’)\]»]*(?=\s|$)|(?<=[a-z]{3})[.!?](?=[A-Z][a-z])|\n")
WORD_BEFORE = re.compile(r"[\w.]+$")
# A speech tag may follow a closed quotation that ends in a stop of its own: '"Why?" he asked.'
TAG = re.compile(
    r"\s*(?:[a-z]|(?:[A-Z][\w.'’-]+\s+){1,4}(?:said|says|asked|told|added|replied|wrote|tweeted|explained)\b|"
    r"(?:said|says|asked|added|wrote|tweeted|told)\b)"
)


# After a full stop such words are a tag only where they tell nothing more: "“We are tired.” She says the war is over."
BARE = re.compile(r"\s*(?:$|[^\w\s]|(?:on|in|at|to|during|last|from|yesterday|earlier)\b|[A-Z])")


@lru_cache(maxsize=256)  # the passages of a report or two: several stages ask for them
def sentences(text: str, start: int, end: int, quoted: tuple[Quoted, ...] = ()) -> tuple[Span, ...]:
    """The sentences of the paragraph text[start:end], trimmed of blanks, in order.

    A stop inside a quotation ends no sentence; the stop at its end does, unless a speech tag follows.
    """
    found: list[Span] = []
    at = start
    quote = 0
    for match in STOP.finditer(text, start, end):
        while quote < len(quoted) and quoted[quote].end < match.start():
            quote += 1
        stop = _stop(text, match, quoted[quote] if quote < len(quoted) else None, end)
        if stop > at:
            _add(found, text, at, stop)
            at = stop
    _add(found, text, at, end)
    return tuple(found)


def _stop(text: str, match: re.Match[str], quote: Quoted | None, end: int) -> int:
    """Where the sentence ends that this stop may end, or -1."""
    if quote is not None and quote.start < match.start() < quote.end:
        if match.end() < quote.end or not quote.is_speech(text):
            return -1
        tag = TAG.match(text, match.end(), end)
        tells = tag is not None and text[tag.start() :].lstrip()[:1].isupper() and match.group()[0] == "."
        if tag is None or (tells and not BARE.match(text, tag.end(), end)):
            return match.end()
        return -1
    return -1 if _abbreviated(text, match, end) else match.end()


def _abbreviated(text: str, match: re.Match[str], end: int) -> bool:
    if match.group()[0] != ".":
        return False
    rest = text[match.end() : match.end() + 2].lstrip()
    before = WORD_BEFORE.search(text, max(0, match.start() - 20), match.start())
    word = before.group() if before else ""
    if word.lower() in words("abbreviations", "title"):
        return True
    initials = (len(word) == 1 and word.isupper()) or re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", word) is not None
    if initials or word.lower() in words("abbreviations", "plain"):
        begins = rest[:1].isupper() or rest[:1] in "\"“‘'"
        return match.end() < end and not (begins and not initials) and bool(rest)
    return rest[:1].islower()


def _add(found: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append(Span(start, end))
