"""Quotation marks: which stretches of a paragraph stand inside them.

A state machine over one paragraph that never gives up: straight, curly, angled, single and doubled ('') marks,
apostrophes, elisions, plural possessives, marks that were never closed, paragraphs that open a quotation and leave
closing it to the next one (the press convention).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

OPENING = {"“": "”", "«": "»", "„": "“", "‟": "”"}
DOUBLE = re.compile(r"[“”«»„‟\"]|''|``|[‘’']")
# Single marks that open and close. The mark itself comes first, for `re` leaps to a character and not to what it lacks.
OPENER = re.compile(r"['‘](?<![\w'‘’].)(?=[\w“\"#@])(?!(?:em|til|cause|tis|twas|n)\b)(?!\d0s)")
CLOSER = re.compile(r"['’](?<=[\w.,!?…;:”\")].)(?![\w'])")
# A quotation of fewer words, with no stop of its own inside the marks, is a scare quote, a title or a nickname.
SHORTEST_SPEECH = 4


@dataclass(frozen=True, slots=True)
class Quoted:
    """A stretch inside quotation marks, the marks included; offsets into the text given.

    `closed` is false where the paragraph ends first: the speech goes on in the next paragraph, or a mark is missing.
    """

    start: int
    end: int
    closed: bool
    single: bool

    def words(self, text: str) -> int:
        """How many words stand inside the marks."""
        return len(re.findall(r"\w+", text[self.start : self.end]))

    def is_speech(self, text: str) -> bool:
        """Whether it can be somebody's sentence, and not a scare quote, a title or a nickname."""
        inside = text[self.start : self.end].strip("“”«»„‟\"'`‘’ ")
        return self.words(text) >= SHORTEST_SPEECH or inside.endswith((".", "!", "?", ",", "…"))


@lru_cache(maxsize=256)  # the passages of a report or two: several stages ask for them
def quotations(text: str, start: int = 0, end: int | None = None) -> tuple[Quoted, ...]:
    """The outermost quotations of the paragraph text[start:end], in order.

    >>> [t[q.start:q.end] for t in ['He said "no" and left.'] for q in quotations(t)]
    ['"no"']
    """
    end = len(text) if end is None else end
    found: list[Quoted] = []
    open_at, closer = -1, ""
    singles = _single_marks(text, start, end)
    for match in DOUBLE.finditer(text, start, end):
        mark, at = match.group(), match.start()
        if mark in "‘’'":
            continue
        if open_at < 0:
            if _opens(text, at, match.end(), mark, start, end):
                open_at, closer = at, _closer(mark)
        elif (_is_closer(mark, closer) and not _opens_again(text, at, match.end(), mark, start)) or _turned(
            text, at, match.end(), mark, end
        ):
            found.append(Quoted(open_at, match.end(), True, False))
            open_at = -1
        elif (mark in OPENING and mark != closer) or mark in ('"', "''", "``"):
            found.append(Quoted(open_at, _stop_before(text, open_at, at), False, False))
            open_at, closer = at, _closer(mark)
    if open_at >= 0:
        found.append(Quoted(open_at, _trim(text, open_at, end), False, False))
    return _with_singles(found, singles)


def _closer(mark: str) -> str:
    return OPENING.get(mark, mark)


def _is_closer(mark: str, closer: str) -> bool:
    alike = {"”", '"', "''", "“"} if closer in ("”", '"', "''", "``", "“") else {closer}
    return mark in alike and not (mark == "“" and closer != "“")


def _turned(text: str, at: int, after: int, mark: str, end: int) -> bool:
    """An opening mark that stands where only a closing one can: `“We will stay,“ he said`."""
    right = text[after] if after < end else " "
    return mark == "“" and not text[at - 1].isspace() and not right.isalnum()


def _opens(text: str, at: int, after: int, mark: str, start: int, end: int) -> bool:
    """Whether a mark met outside any quotation opens one: a closing curly mark does only before a word, after a blank."""
    right = text[after] if after < end else " "
    left = text[at - 1] if at > start else " "
    if mark in ("”", "»"):
        return mark == "”" and left.isspace() and right.isalnum()
    if mark in OPENING or mark == "``":
        return True
    if left.isdigit() and not right.isalnum():  # 6'2" and inches
        return False
    return not right.isspace() and (not left.isalnum() or right.isalnum())


def _opens_again(text: str, at: int, after: int, mark: str, start: int) -> bool:
    """Inside a quotation: does this straight mark open a new one (the closing one was forgotten)?"""
    if mark != '"':
        return False
    left = text[at - 1] if at > start else " "
    right = text[after] if after < len(text) else " "
    return left.isspace() and not right.isspace() and (right.isalnum() or right == "'")


def _stop_before(text: str, opened: int, at: int) -> int:
    """Where a quotation that was never closed ends when another one opens: at the last full stop between."""
    stop = max(text.rfind(". ", opened + 1, at), text.rfind("? ", opened + 1, at), text.rfind("! ", opened + 1, at))
    return stop + 1 if stop > opened else max(_trim(text, opened, at), opened + 1)


def _trim(text: str, start: int, end: int) -> int:
    while end > start + 1 and text[end - 1].isspace():
        end -= 1
    return end


def _single_marks(text: str, start: int, end: int) -> list[Quoted]:
    """Quotations in single marks: an opening mark after a blank, a closing one before a blank or a stop."""
    found: list[Quoted] = []
    at = start
    while (opening := OPENER.search(text, at, end)) is not None:
        candidates = list(_first(CLOSER, text, opening.end(), end))
        best = next((m for m in candidates if text[m.start() - 1] in ".,!?…"), None)
        plain = next((m for m in candidates if text[m.start() - 1] not in "sS"), None)
        chosen = min((m for m in (best, plain) if m), key=lambda m: m.start(), default=None) or next(
            iter(candidates), None
        )
        if chosen is None:
            at = opening.end()
            continue
        found.append(Quoted(opening.start(), chosen.end(), True, True))
        at = chosen.end()
    return found


def _first(pattern: re.Pattern[str], text: str, at: int, end: int, most: int = 12) -> list[re.Match[str]]:
    """The first few matches: bounded, so that a page of apostrophes costs no more than a line of them."""
    found = []
    for match in pattern.finditer(text, at, min(end, at + 4000)):
        found.append(match)
        if len(found) == most:
            break
    return found


def _with_singles(found: list[Quoted], singles: list[Quoted]) -> tuple[Quoted, ...]:
    """Doubles win; a single-marked stretch that lies inside or across one of them is dropped."""
    starts = [q.start for q in found]
    kept = list(found)
    for single in singles:
        i = bisect_right(starts, single.end)
        if not any(q.start < single.end and single.start < q.end for q in found[max(0, i - 2) : i + 1]):
            kept.append(single)
    return tuple(sorted(kept, key=lambda q: q.start))
