"""A report read as English: sentences of words, and what pronouns stand for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One token as the reading of English sees it. Tags, features and relations are Universal Dependencies v2."""

    start: int
    end: int
    text: str  # report.text[start:end]
    lemma: str
    tag: str  # universal part of speech: VERB, PROPN ...
    features: str  # "Number=Sing|Tense=Past", or "_"
    head: int  # position in its sentence of the word it hangs on; -1 for the root
    relation: str  # nsubj, obj, ccomp, obl:agent ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A name that the reading sees in a sentence: what kind of name, and how sure (0 to 1)."""

    start: int
    end: int
    type: str  # person, organisation, place, other
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence as read. Its words lie in text order, do not overlap, and may leave blanks between them."""

    start: int
    end: int
    words: tuple[Word, ...]
    names: tuple[Named, ...] = ()
    vector: bytes | None = None  # what it is about: 384 float16, unit length; None where the reading gives none


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """A pronoun or a common noun ("he", "the group") and the name in the same report that it stands for."""

    start: int
    end: int
    to_start: int  # the name, as it stands in the text
    to_end: int
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One report as read: its sentences in text order, and what its pronouns stand for. Empty where nothing read it."""

    sentences: tuple[Sentence, ...] = ()
    pointers: tuple[Pointer, ...] = ()
