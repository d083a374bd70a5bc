"""The spots of one report that may stand for one another: heads of names, nouns that head a phrase, pronouns.

Only third-person pronouns count: who "I" or "you" is, the words around do not say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from onrecord.reading.identities import identities
from onrecord.records import Sentence, Word
from onrecord.text.tables import table, words

Codes = npt.NDArray[np.int64]

NAME, NOUN, PRONOUN = range(3)
PERSON, ORGANISATION, PLACE, OTHER, UNKNOWN = range(5)
SORTS = {"person": PERSON, "organisation": ORGANISATION, "place": PLACE, "other": OTHER}
# What an anaphor asks for: a man, a woman, a thing, several, one thing named by a noun, several named by a noun.
HE, SHE, IT, THEY, ONE, MANY = range(6)
PRONOUNS = {
    form: asks
    for asks, forms in (
        (HE, "he him his himself"),
        (SHE, "she her hers herself"),
        (IT, "it its itself"),
        (THEY, "they them their theirs themselves themself 'em"),
    )
    for form in forms.split()
}
NOMINATIVE, OBLIQUE, POSSESSIVE, REFLEXIVE, NO_CASE = range(5)
CASES = {"he": 0, "she": 0, "they": 0, "it": 0, "him": 1, "them": 1, "'em": 1, "his": 2, "its": 2, "their": 2}
DEFINITE = frozenset("the this that these those both".split())
INDEFINITE = frozenset("a an another some any no each every".split())
RELATIONS = {
    name: code
    for code, names in enumerate(
        ("nsubj", "nsubj:pass", "obj iobj", "obl obl:agent obl:unmarked", "nmod", "nmod:poss", "appos", "conj",
         "root parataxis", "csubj ccomp xcomp advcl acl acl:relcl", "vocative dislocated", "expl"), 1)
    for name in names.split()
}  # fmt: skip
NEVER_HEADS = frozenset("compound flat fixed goeswith amod nummod det case cc mark nmod:desc punct".split())
LONGEST_QUOTE = 400  # words: an opening mark that is not closed by then was never one
OPENING = 2  # sentences that say what a report is about


@dataclass(frozen=True, slots=True)
class Spots:
    """All spots of a report in text order, a column each; `entity` is -1 where nothing is named."""

    start: Codes  # characters of the report
    end: Codes
    sentence: Codes
    word: Codes  # in its sentence
    at: Codes  # in the report
    kind: Codes
    sort: Codes
    asks: Codes
    gender: Codes  # 0 unknown, 1 male, 2 female
    plural: Codes  # 0 unknown, 1 singular, 2 plural
    case: Codes
    relation: Codes
    article: Codes  # 0 none, 1 definite, 2 indefinite, 3 possessed
    joined: Codes  # 1 where "and" ties it to more
    quote: Codes  # 0 outside quotation marks, otherwise the number of the quotation
    speaks: Codes  # 1 for the subject of a verb of saying
    entity: Codes
    named: Codes  # how many mentions of its entity stand before it
    weight: Codes  # how many mentions its entity has in all
    early: Codes  # 1 where its entity is named in the first two sentences
    equated: Codes  # 1 for a noun that the sentence says somebody is: "Vel, a doctor", "Vel is a doctor"
    forms: tuple[frozenset[str], ...]  # words of a name, lower case
    lemma: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.lemma)

    @property
    def anaphors(self) -> Codes:
        """The spots that may lean on others: pronouns, nouns with a definite article, nouns that somebody is said to be."""
        leans = (self.kind == PRONOUN) | ((self.kind == NOUN) & ((self.article == 1) | (self.equated == 1)))
        found: Codes = np.flatnonzero(leans)
        return found

    @property
    def asking(self) -> Codes:
        """Those of the anaphors that stand for somebody in place of a name: not "a doctor"."""
        found: Codes = np.flatnonzero((self.kind == PRONOUN) | ((self.kind == NOUN) & (self.article == 1)))
        return found


@cache
def _speech() -> frozenset[str]:
    return frozenset(r["lemma"] for r in table("cues") if r["part"] == "verb" and r["class"] == "say")


@cache
def _genders() -> dict[tuple[str, str], int]:
    return {(r["use"], r["word"]): 1 if r["kind"] == "male" else 2 for r in table("gender")}


@cache
def _sorts() -> dict[str, int]:
    sorts = dict.fromkeys(words("nouns", "personnoun") | words("nouns", "title"), PERSON)
    sorts |= dict.fromkeys(words("nouns", "org") | words("nouns", "groupnoun"), ORGANISATION)
    return sorts | dict.fromkeys("country city town village province region state district capital".split(), PLACE)


def spots(sentences: Sequence[Sentence], text: str) -> Spots:
    """Every spot of a report, in order."""
    rows: list[tuple[int, ...]] = []
    lemmas: list[str] = []
    before, quote, opened = 0, 0, 0
    for number, sentence in enumerate(sentences):
        named = _named(sentence)
        inside = {k for first, last, _, _ in named.values() for k in range(first, last)}
        children = _children(sentence.words)
        for k, word in enumerate(sentence.words):
            opened, quote = _quoted(word.text, opened, quote, before + k)
            spot = _spot(sentence.words, k, named, inside, children)
            if spot is not None:
                start, end, *rest = spot
                rows.append((start, end, number, k, before + k, *rest, quote if opened else 0))
                lemmas.append(word.lemma.lower())
        before += len(sentence.words)
    return _columns(rows, tuple(lemmas), text)


def _columns(rows: list[tuple[int, ...]], lemmas: tuple[str, ...], text: str) -> Spots:
    grid = np.array(rows, dtype=np.int64).reshape(len(rows), 16)
    start, end, sentence, word, at, kind, sort, asks, gender, plural, case, relation, shape, speaks, equated, quote = (
        grid.T
    )
    entity = np.full(len(rows), -1, dtype=np.int64)
    is_name = np.flatnonzero(kind == NAME)
    entity[is_name] = identities([(text[start[k] : end[k]], int(sort[k])) for k in is_name])
    counted: dict[int, int] = {}
    named = np.zeros(len(rows), dtype=np.int64)
    for k in is_name:
        named[k] = counted.get(int(entity[k]), 0)
        counted[int(entity[k])] = int(named[k]) + 1
    gender = _shared(gender, entity)
    opening = set(entity[(sentence < OPENING) & (kind == NAME)].tolist())
    forms = tuple(
        frozenset(text[s:e].lower().split()) if n == NAME else frozenset()
        for s, e, n in zip(start, end, kind, strict=True)
    )
    return Spots(
        start=start, end=end, sentence=sentence, word=word, at=at, kind=kind, sort=sort, asks=asks, gender=gender,
        plural=plural, case=case, relation=relation, article=shape // 2, joined=shape % 2, quote=quote, speaks=speaks, equated=equated,
        entity=entity, named=named, lemma=lemmas, forms=forms,
        weight=np.array([counted.get(int(e), 0) for e in entity], dtype=np.int64),
        early=np.array([int(e) in opening for e in entity], dtype=np.int64),
    )  # fmt: skip


def _shared(gender: Codes, entity: Codes) -> Codes:
    """The gender of a name is that of the first mention of its entity which shows one: "Vel" after "Ms Vel"."""
    known: dict[int, int] = {}
    for k in np.flatnonzero((entity >= 0) & (gender > 0)):
        known.setdefault(int(entity[k]), int(gender[k]))
    return np.array([known.get(int(e), int(g)) for e, g in zip(entity, gender, strict=True)], dtype=np.int64)


def _named(sentence: Sentence) -> dict[int, tuple[int, int, int, int]]:
    """Head word of each name -> its first word, the word after its last, and what it names twice over (sort, order)."""
    found: dict[int, tuple[int, int, int, int]] = {}
    for order, name in enumerate(sentence.names):
        inside = [k for k, w in enumerate(sentence.words) if w.start >= name.start and w.end <= name.end]
        if inside:
            first, last = inside[0], inside[-1] + 1
            heads = [k for k in inside if not first <= sentence.words[k].head < last]
            found[heads[0] if heads else first] = (first, last, SORTS.get(name.type, OTHER), order)
    return found


def _children(row: Sequence[Word]) -> list[list[int]]:
    children: list[list[int]] = [[] for _ in row]
    for k, word in enumerate(row):
        if 0 <= word.head < len(row):
            children[word.head].append(k)
    return children


def _quoted(mark: str, opened: int, quote: int, at: int) -> tuple[int, int]:
    """State after a word: where the open quotation began (word number plus one, 0 for none), and quotations so far."""
    if opened and at - opened > LONGEST_QUOTE:
        opened = 0
    if mark in ("“", "``", "„") or (mark == '"' and not opened):
        return at + 1, quote + 1
    return (0 if mark in ("”", "''", '"') else opened), quote


def _spot(
    row: Sequence[Word],
    k: int,
    named: dict[int, tuple[int, int, int, int]],
    inside: set[int],
    children: list[list[int]],
) -> tuple[int, ...] | None:
    """What is seen of one word, from its characters to whether it speaks; None where it is no spot."""
    word = row[k]
    form = word.text.lower().replace("’", "'")
    relation = RELATIONS.get(word.relation, RELATIONS.get(word.relation.split(":")[0], 0))
    tail = (
        relation,
        _article(row, children[k]) * 2 + _joined(row, children[k]),
        _speaks(row, k),
        _equated(row, k, children[k]),
    )
    if k in named:
        first, last, sort, _ = named[k]
        forms = [w.text.lower().rstrip(".") for w in row[max(0, first - 1) : last]]
        plural = 2 if "Number=Plur" in word.features else 1
        asks = HE if sort == PERSON else IT
        gender = (
            _name_gender(forms[:-1] if first == 0 else forms[:1], forms[-(last - first) :]) if sort == PERSON else 0
        )
        return row[first].start, row[last - 1].end, NAME, sort, asks, gender, plural, NO_CASE, *tail
    if form in PRONOUNS and word.tag in ("PRON", "DET"):
        case = _case(form, word)
        asks = PRONOUNS[form]
        return word.start, word.end, PRONOUN, UNKNOWN, asks, asks + 1 if asks in (HE, SHE) else 0, 0, case, *tail
    heads = word.tag in ("NOUN", "PROPN") or (tail[1] // 2 == 1 and word.tag in ("ADJ", "NUM", "VERB"))
    if k in inside or not heads or word.relation in NEVER_HEADS:
        return None
    many = "Number=Plur" in word.features
    lemma = word.lemma.lower()
    gender = _genders().get(("noun", lemma), 0)
    sort = PERSON if gender or lemma.endswith(("-old",)) else _sorts().get(lemma, UNKNOWN)
    first = min([k, *(c for c in children[k] if row[c].relation in ("det", "amod", "nummod", "compound", "nmod:poss"))])
    return row[first].start, word.end, NOUN, sort, MANY if many else ONE, gender, 1 + many, NO_CASE, *tail


def _name_gender(before: list[str], forms: list[str]) -> int:
    table_ = _genders()
    for form in (*before, *forms[:-1]):
        if found := table_.get(("title", form), 0):
            return found
    return table_.get(("given", forms[0]), 0) if forms else 0


def _case(form: str, word: Word) -> int:
    if form.endswith(("self", "selves")):
        return REFLEXIVE
    if word.relation.endswith("poss") or "Poss=Yes" in word.features:
        return POSSESSIVE
    return OBLIQUE if "Case=Acc" in word.features else CASES.get(form, NOMINATIVE)


def _article(row: Sequence[Word], children: Sequence[int]) -> int:
    for c in children:
        if row[c].relation.startswith("det"):
            form = row[c].text.lower()
            return 1 if form in DEFINITE else 2 if form in INDEFINITE else 0
        if row[c].relation == "nmod:poss":
            return 3
    return 0


def _joined(row: Sequence[Word], children: Sequence[int]) -> int:
    return int(any(row[c].relation == "conj" for c in children))


def _equated(row: Sequence[Word], k: int, children: Sequence[int]) -> int:
    return int(row[k].relation == "appos" or any(row[c].relation == "cop" for c in children))


def _speaks(row: Sequence[Word], k: int) -> int:
    head = row[k].head
    return int(row[k].relation.startswith("nsubj") and 0 <= head < len(row) and row[head].lemma.lower() in _speech())
