"""Which spot of a report may stand for which, and what can be seen of the two together.

What the scorer sees is a row of codes per pair of spots, one code per line of `LOOKS`; training and use both read them
from here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from onrecord.reading.spots import HE, IT, NAME, NOUN, ORGANISATION, PERSON, PLACE, PRONOUN, SHE, Codes, Spots
from onrecord.records import Sentence, Word

NEAR, FAR = 5, 14  # sentences: how far back a noun or pronoun, and a name, may stand
MOST = 70  # candidates for one anaphor, the nearest kept
MOST_FAR = 8  # entities named before all of these, each by its last mention


def candidates(seen: Spots, anaphor: int) -> Codes:
    """What an anaphor may stand for, in text order: spots before it within reach, names further back, names after it
    in its own sentence ("In his speech, Vel ...")."""
    here = seen.sentence[anaphor]
    behind = np.arange(anaphor)
    distance = here - seen.sentence[:anaphor]
    is_name = seen.kind[:anaphor] == NAME
    fits = ~_clash(seen.asks[anaphor], seen, behind)
    near = behind[fits & ((distance <= NEAR) | (is_name & (distance <= FAR)))][-MOST:]
    far: dict[int, int] = {}
    for k in behind[fits & is_name & (distance > FAR)][::-1]:
        if len(far) == MOST_FAR:
            break
        far.setdefault(int(seen.entity[k]), int(k))
    after = np.arange(anaphor + 1, len(seen))[:20]
    after = after[
        (seen.sentence[after] == here) & (seen.kind[after] == NAME) & ~_clash(seen.asks[anaphor], seen, after)
    ]
    merged: Codes = np.concatenate([np.sort(np.fromiter(far.values(), dtype=np.int64)), near, after]).astype(np.int64)
    return merged


def _clash(asks: int, seen: Spots, others: Codes) -> npt.NDArray[np.bool_]:
    """Pairs that can never be one: "she" and an organisation, "it" and a person, "he" and "she"."""
    sort, kind, other = seen.sort[others], seen.kind[others], seen.asks[others]
    clash = (kind == PRONOUN) & (other != asks) & (asks <= IT) & (other <= IT)
    if asks in (HE, SHE):
        clash |= np.isin(sort, (ORGANISATION, PLACE)) | ((seen.plural[others] == 2) & (kind == NOUN))
        clash |= seen.gender[others] == (2 if asks == HE else 1)
    if asks == IT:
        clash |= (sort == PERSON) | ((seen.plural[others] == 2) & (kind == NOUN)) | (seen.gender[others] > 0)
    return np.asarray(clash, dtype=np.bool_)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Anaphors against candidates, one row a pair; `rank` counts fitting candidates that stand between."""

    spots: Spots
    anaphor: Codes
    candidate: Codes
    rank: Codes
    tie: Codes

    def of(self, column: str, which: str = "candidate") -> Codes:
        """A column of the spots at one end of each pair."""
        value: Codes = getattr(self.spots, column)[self.anaphor if which == "anaphor" else self.candidate]
        return value


def pairs(sentences: Sequence[Sentence], seen: Spots) -> Pairs:
    """Every pair that may be one, grouped by anaphor in text order."""
    left: list[Codes] = []
    right: list[Codes] = []
    ranks: list[Codes] = []
    ties: list[int] = []
    for a in seen.anaphors:
        found = candidates(seen, int(a))
        left.append(np.full(len(found), a, dtype=np.int64))
        right.append(found)
        ranks.append(np.maximum(np.searchsorted(found, a) - 1 - np.arange(len(found)), 0))
        chain = _ancestors(sentences[int(seen.sentence[a])].words, int(seen.word[a]))
        ties += [_tie(sentences, seen, int(a), int(c), chain) for c in found]
    empty = np.zeros(0, dtype=np.int64)
    return Pairs(
        spots=seen, anaphor=np.concatenate([empty, *left]), candidate=np.concatenate([empty, *right]),
        rank=np.concatenate([empty, *ranks]), tie=np.array(ties, dtype=np.int64),
    )  # fmt: skip


def _ancestors(row: Sequence[Word], k: int) -> list[int]:
    chain: list[int] = []
    while 0 <= row[k].head < len(row) and len(chain) < 30:
        k = row[k].head
        chain.append(k)
    return chain


def _tie(sentences: Sequence[Sentence], seen: Spots, a: int, c: int, chain: list[int]) -> int:
    """How the grammar of one sentence holds the two together; 0 where they stand in two sentences."""
    if seen.sentence[a] != seen.sentence[c]:
        return 0
    row = sentences[int(seen.sentence[a])].words
    at, other = int(seen.word[a]), int(seen.word[c])
    if row[other].head == at:
        return 1 if row[other].relation == "appos" else 2
    if other in chain:  # inside the candidate's own phrase: its owner, or within a clause that hangs on it
        return 3 if chain[0] == other else 4
    if row[other].head == row[at].head:
        return 5
    if row[other].head in chain:  # an argument of a verb above: its subject more than its object
        return (6 if row[other].relation.startswith("nsubj") else 8) + (chain.index(row[other].head) > 1)
    return 10 if c < a else 11


def _steps(values: Codes, edges: Sequence[int]) -> Codes:
    """Which bucket each value falls in: 0 below the first edge."""
    found: Codes = np.searchsorted(np.array(edges), values, side="right").astype(np.int64)
    return found


def _distance(p: Pairs) -> Codes:
    apart = p.of("sentence", "anaphor") - p.of("sentence")
    return np.where(p.candidate > p.anaphor, 9, _steps(apart, (1, 2, 3, 4, 6, 9, 15, 30)))


def _quotes(p: Pairs) -> Codes:
    a, c = p.of("quote", "anaphor"), p.of("quote")
    spoken = (a > 0) & (c == 0) & (p.of("speaks") == 1) & (p.of("sentence") == p.of("sentence", "anaphor"))
    return np.where(spoken, 5, np.where((a > 0) & (a == c), 4, (a > 0) * 2 + (c > 0)))


def _same_noun(p: Pairs) -> Codes:
    lemma, kinds = p.spots.lemma, p.spots.kind
    same = [
        0 if kinds[a] != NOUN else 3 if lemma[a] in p.spots.forms[c] else 1 + (lemma[a] == lemma[c])
        for a, c in zip(p.anaphor, p.candidate, strict=True)
    ]
    return np.array(same, dtype=np.int64)


Look = tuple[str, int, Callable[[Pairs], Codes]]
ASKS = 6
LOOKS: tuple[Look, ...] = (
    ("sentences between, by anaphor", 10 * ASKS, lambda p: _distance(p) * ASKS + p.of("asks", "anaphor")),
    ("candidates between, by anaphor", 10 * ASKS, lambda p: _steps(p.rank, (1, 2, 3, 4, 6, 8, 12, 20, 40)) * ASKS + p.of("asks", "anaphor")),
    ("words between", 9, lambda p: _steps(np.abs(p.of("at", "anaphor") - p.of("at")), (3, 6, 10, 20, 40, 80, 160, 320))),
    ("what the candidate is, by anaphor", 90, lambda p: (p.of("kind") * 5 + p.of("sort")) * ASKS + p.of("asks", "anaphor")),
    ("what each asks for", 36, lambda p: p.of("asks") * ASKS + p.of("asks", "anaphor")),
    ("gender of each", 9, lambda p: p.of("gender") * 3 + p.of("gender", "anaphor")),
    ("number, by anaphor", 36, lambda p: (p.of("plural") * 2 + p.of("joined")) * ASKS + p.of("asks", "anaphor")),
    ("case of both", 25, lambda p: p.of("case") * 5 + p.of("case", "anaphor")),
    ("place in the clause of both", 169, lambda p: p.of("relation") * 13 + p.of("relation", "anaphor")),
    ("tie within the sentence, by case", 60, lambda p: p.tie * 5 + p.of("case", "anaphor")),
    ("quotation", 6, _quotes),
    ("who speaks", 4, lambda p: p.of("speaks") * 2 + p.of("speaks", "anaphor")),
    ("article", 16, lambda p: p.of("article") * 4 + p.of("article", "anaphor")),
    ("how often named before", 12, lambda p: _steps(p.of("named"), (1, 2, 4, 8, 16)) + 6 * (p.of("kind") == NAME)),
    ("the same noun", 4, _same_noun),
    ("how often named in all, by anaphor", 72, lambda p: (_steps(p.of("weight"), (1, 2, 3, 5, 9)) * 2 + p.of("early")) * ASKS + p.of("asks", "anaphor")),
    ("sort of both", 25, lambda p: p.of("sort") * 5 + p.of("sort", "anaphor")),
)  # fmt: skip
WIDTH = sum(size for _, size, _ in LOOKS)


def codes(p: Pairs) -> Codes:
    """One row a pair, one column a look: positions in a row of `WIDTH` switches."""
    offset, columns = 0, []
    for _, size, look in LOOKS:
        columns.append(look(p) + offset)
        offset += size
    return np.stack(columns, axis=1) if len(p.anaphor) else np.zeros((0, len(LOOKS)), dtype=np.int64)
