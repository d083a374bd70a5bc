"""Sentence bounds of one passage, as the treebanks set them: a quotation of two sentences is two sentences.

Every gap between two chunks of text (a chunk: characters without a blank) that could be a bound gets readable features,
"a stop after a lower-case word, a capital next"; each has a weight in weights/bounds.tsv, made by training/bounds.py from
open treebanks; a bound is where they add up to more than nothing. Headings that run on into the next sentence without
a stop are found the same way. A line end is always a bound, and no sentence is longer than MOST tokens.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from onrecord.reading.tokenise import listed, tokenise
from onrecord.text.tables import table
from onrecord.text.tables import words as shared

# Tokens of the longest sentence: what reads a sentence afterwards costs its length squared. Of 18,475 training sentences 2 are longer.
MOST = 120
# Where a sentence over MOST is cut, best first; only in its second half, so that no stub is left.
CUTS = (frozenset({";"}), frozenset({"—", "–", "--", ":"}), frozenset({","}))

# How much more must speak for a bound where no stop stands: most line ends are there, and a name cut in two costs more
# than a heading left on its sentence.
BARE = 1.0

CHUNK = re.compile(r"[^\s]++")
# A stop with no blank after it: "the end.The next"; never inside addresses.
GLUED = re.compile(r"(?<=[a-z]{2})[.!?]{1,3}[\"”’)]{0,2}(?=[\"“]?[A-Z][a-z])|(?<=\d{4})\.(?=[A-Z][a-z]{2})")
ADDRESS = re.compile(r"[/@\\]|www\.|\.\w+\.")
CLOSERS, OPENERS = "\"'”’)]»*", "\"'“‘([«*"
STOPS = ".!?…:;,"
MARK = re.compile(r"[\"“”«»]")
DATE = re.compile(
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day, )?"
    r"(?:(?:january|february|march|april|may|june|july|august|september|october|november|december) \d{1,2}, \d{4}"
    r"|\d{1,2} (?:january|february|march|april|may|june|july|august|september|october|november|december),? \d{4})\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Characters without a blank, and their parts: opening marks, word, stops, closing marks."""

    start: int
    end: int
    opener: str
    word: str
    stop: str
    closer: str

    @property
    def lower(self) -> str:
        """The word in lower case."""
        return self.word.lower()


@cache
def weights() -> Mapping[str, float]:
    """The weight of each feature: above nothing speaks for a bound."""
    text = (files("onrecord.reading") / "weights" / "bounds.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return {row["feature"]: float(row["weight"]) for row in rows}


@cache
def speech_verbs() -> frozenset[str]:
    """Forms of say, tell, ask ...: they make a tag after a closed quotation."""
    return frozenset(form for row in table("cues") if row["part"] == "verb" for form in row["forms"].split())


def bounds(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of text[start:end], trimmed of blanks, in order; together they hold every character but blanks.

    >>> said = "“It is cold. We wait,” said Mr. Oke. “Why?” he asked."
    >>> [said[s:e] for s, e in bounds(said, 0, len(said))]
    ['“It is cold.', 'We wait,” said Mr. Oke.', '“Why?” he asked.']
    """
    known = weights()
    found: list[tuple[int, int]] = []
    for line_start, line_end in _lines(text, start, end):
        chunks = chunked(text, line_start, line_end)
        if not chunks:
            continue
        at = chunks[0].start
        walk = Walk(chunks)
        for k in range(len(chunks) - 1):
            if is_bound(walk.step(k), known):
                found += _capped(text, at, chunks[k].end)
                at = chunks[k + 1].start
                walk.began = k + 1
        found += _capped(text, at, chunks[-1].end)
    return found


def is_bound(features: Sequence[str], known: Mapping[str, float]) -> bool:
    """Whether the features of a gap, weighed, speak for a bound there."""
    if not features:
        return False
    return sum(known.get(f, 0.0) for f in features) > (BARE if features[0].startswith("bare") else 0.0)


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches between line ends."""
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        yield start, stop
        start = stop + 1


def chunked(text: str, start: int, end: int) -> list[Chunk]:
    """The chunks of a line; one that holds a stop without a blank after it is two."""
    found: list[Chunk] = []
    for match in CHUNK.finditer(text, start, end):
        at = match.start()
        if match.end() - at > 6 and not ADDRESS.search(text, at, match.end()):
            for glued in GLUED.finditer(text, at, match.end()):
                found.append(_chunk(text, at, glued.end()))
                at = glued.end()
        found.append(_chunk(text, at, match.end()))
    return found


def _chunk(text: str, start: int, end: int) -> Chunk:
    whole = text[start:end]
    inner = whole.lstrip(OPENERS)
    opener = whole[: len(whole) - len(inner)]
    open_end = inner.rstrip(CLOSERS)
    word = open_end.rstrip(STOPS)
    stop, closer = open_end[len(word) :], inner[len(open_end) :]
    if not stop and closer and (word := open_end.rstrip(STOPS)) != open_end:
        stop = open_end[len(word) :]
    return Chunk(start, end, opener, word, stop, closer)


class Walk:
    """Reads a line chunk by chunk and tells what speaks for a bound after each."""

    def __init__(self, chunks: Sequence[Chunk]) -> None:
        self.chunks = chunks
        self.shapes = [shape(c) for c in chunks]
        self.began = 0  # the first chunk of the sentence we are in
        self.inside = ""  # where the open quotation began: at the "start" of its sentence or "late"; "" outside any

    def step(self, k: int) -> tuple[str, ...]:
        """Features of the gap after chunk `k`; none where no bound can be."""
        here, after = self.chunks[k], self.chunks[k + 1]
        self._quote(k, here)
        stop = _stop_kind(here)
        if not stop and (self._next(k + 1) == "lower" and not after.opener):
            return ()
        if stop == "," or self._never(k, stop):
            return ()
        return self._after_stop(k, stop) if stop in (".", "!", "?", "…") else self._bare(k, stop)

    def _quote(self, k: int, chunk: Chunk) -> None:
        """Follow quotations opened and closed by double marks."""
        for mark in MARK.findall(chunk.opener + chunk.word + chunk.stop + chunk.closer) if _marked(chunk) else ():
            opens = not self.inside if mark == '"' else mark in "“«"
            self.inside = ("start" if k == self.began else "late") if opens else ""

    def _never(self, k: int, stop: str) -> bool:
        """Gaps that are no bound whatever the weights say: rules of the press that web pages in the data blur."""
        here, after = self.chunks[k], self.chunks[k + 1]
        if not stop:
            return not after.word and after.opener == "" and after.start + 1 == after.end  # a dash between blanks
        if self.shapes[k + 1] == "lower":  # "Why?" he asked. Enough! said the crowd.
            return not after.opener and (_marks(here.closer) == "quote" or after.lower in speech_verbs())
        return stop in "?!" and _marks(here.closer) == "quote" and self._tag(k + 1)  # "Why?" Ms. Oke asked.

    def _after_stop(self, k: int, stop: str) -> tuple[str, ...]:
        here, after = self.chunks[k], self.chunks[k + 1]
        left, right, closed = self.shapes[k], self._next(k + 1), _marks(here.closer)
        opened = _marks(after.opener)
        glued = "glued" if here.end == after.start else "blank"
        return (
            f"stop {stop} {left} {right}",
            f"stop {stop} closed={closed} opened={opened} {right}",
            f"stop closed={closed} inside={self.inside} {right}",
            f"stop {glued} {right}",
            f"stop tag={closed != '' and self._tag(k + 1)} {right}",
            f"stop length={_bucket(k + 1 - self.began)} {left}",
            f"stop before={here.lower if left in ('title', 'plain', 'numbered') else ''} {right}",
            f"stop after={after.lower if right == 'capital' else ''} {left}",
            f"stop after={after.lower}",
        )

    def _bare(self, k: int, stop: str) -> tuple[str, ...]:
        here, after = self.chunks[k], self.chunks[k + 1]
        left, right = self.shapes[k], self._next(k + 1)
        opened, closed = _marks(after.opener), _marks(here.closer)
        third = self.shapes[k + 2] if k + 2 < len(self.chunks) and not after.stop else f"end{after.stop[:1]}"
        second = self.shapes[k - 1] if k > self.began else "start"
        capitals = _bucket(
            sum(s in ("capital", "capitals", "number") for s in self.shapes[max(self.began, k - 20) : k + 1])
        )
        length = _bucket(k + 1 - self.began)
        return (
            f"bare {stop} {left} {right}",
            f"bare {stop} closed={closed} opened={opened} inside={self.inside}",
            f"bare {left} {right} {third}",
            f"bare {second} {left} {right}",
            f"bare {stop} length={length} capitals={capitals} {right}",
            f"bare before={here.lower}",
            f"bare after={after.lower}",
            f"bare after={after.lower} {left} {third}",
            f"bare date before={self._date(k, -1)} after={self._date(k + 1, 1)} function={here.lower in shared('function')}",
            f"bare date before={self._date(k, -1)} length={length}",
        )

    def _next(self, k: int) -> str:
        """The shape of the chunk after a gap, where it does not matter that the chunk is an abbreviation."""
        if self.shapes[k] not in ("title", "initial", "dotted", "numbered", "plain"):
            return self.shapes[k]
        return "lower" if self.chunks[k].word[0].islower() else "capital"

    def _date(self, k: int, step: int) -> str:
        """Whether a full date ends (step -1) or begins (step 1) at chunk `k`: "weekday" with its day of the week."""
        for size, kind in ((4, "weekday"), (3, "date")):
            first = k if step > 0 else k - size + 1
            part = self.chunks[max(0, first) : first + size]
            if len(part) == size and first >= self.began and part[-1].word.isdigit():
                words = [c.word + c.stop for c in part[:-1]] + [part[-1].word]
                if DATE.match(" ".join(words)):
                    return kind
        return ""

    def _tag(self, k: int) -> bool:
        """Whether a speaker and a verb of speech stand here: "Oke said", "said Mr. Oke"; "He said" starts a sentence."""
        if self.chunks[k].lower in shared("function") and self.shapes[k] != "lower":
            return False
        for chunk, kind in zip(self.chunks[k : k + 6], self.shapes[k : k + 6], strict=True):
            if chunk.lower in speech_verbs():
                return True
            if chunk.stop and chunk.stop != "," and kind not in ("title", "initial"):
                return False
        return False


def _marked(chunk: Chunk) -> bool:
    return MARK.search(chunk.opener + chunk.closer + chunk.word) is not None


def _stop_kind(chunk: Chunk) -> str:
    """The stop that decides: of "etc.," the comma, of "..." all, of "?!" the first."""
    stop = chunk.stop
    if stop.endswith((",", ";", ":")):
        return stop[-1]
    return "…" if stop.startswith(("..", "…")) else stop[:1]


def _marks(marks: str) -> str:
    """What kinds of marks a chunk opens or closes with."""
    return ("quote" if any(m in "\"'“”‘’«»" for m in marks) else "") + (
        "bracket" if any(m in "()[]" for m in marks) else ""
    )


def _bucket(count: int) -> str:
    return (
        str(count) if count < 4 else "4-6" if count < 7 else "7-12" if count < 13 else "13-25" if count < 26 else "26-"
    )


def shape(chunk: Chunk) -> str:
    """What kind of word a chunk holds."""
    word, stopped = chunk.word, chunk.stop[:1] == "."
    lower = word.lower()
    if not word:
        return "mark"
    if stopped:
        if lower in shared("abbreviations", "title"):
            return "title"
        if len(word) == 1 and word.isupper():
            return "initial"
        if "." in word and len(word) < 8 and word.replace(".", "").isalpha():
            return "dotted"
        if lower in listed("numbered"):
            return "numbered"
        if lower in shared("abbreviations", "plain") or lower in listed("abbreviation"):
            return "plain"
    first = word[0]
    if first.isdigit():
        return "number"
    if not first.isalpha():
        return "mark"
    if first.islower():
        return "lower"
    return "capitals" if len(word) > 1 and word.isupper() else "capital"


def _capped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentence, in parts where it has more than MOST tokens."""
    if end - start <= MOST:  # every token has a character at least
        yield start, end
        return
    tokens = tokenise(text, start, end)
    at = 0
    while len(tokens) - at > MOST:
        cut = _cut(text, tokens, at)
        yield tokens[at][0], tokens[cut - 1][1]
        at = cut
    yield tokens[at][0], end


def _cut(text: str, tokens: Sequence[tuple[int, int]], at: int) -> int:
    """The token before which a sentence that starts at token `at` is cut.

    One place is left free: where "p.m." comes to stand at an end, it is two tokens.
    """
    last = at + MOST - 1
    for marks in CUTS:
        for k in range(last, at + MOST // 2, -1):
            if text[slice(*tokens[k - 1])] in marks:
                return k
    return last
