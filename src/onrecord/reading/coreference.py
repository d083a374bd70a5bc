"""For whom "he" or "the group" stands: the name in the same report, how sure, or nothing.

Each anaphor weighs the spots before it against none of them (a small network over word vectors and what `anaphora`
sees). Names stand for themselves; an anaphor stands for what its candidates stand for, each by its weight, worked out
from left to right. So "his" may lean on "he", "he" on "the minister", and all on one name, and the share that ends at
a name is the confidence, mapped to the share that proved right on documents held out (`training/coreference.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from onrecord.reading.anaphora import Pairs, codes, pairs
from onrecord.reading.spots import HE, IT, ORGANISATION, PERSON, PLACE, SHE, Spots, spots
from onrecord.records import Pointer, Sentence

Floats = npt.NDArray[np.float32]
Weights = Mapping[str, Floats]
WEIGHTS = "coreference"
KINDS = (
    "person",
    "person",
    "thing",
    "several",
    "noun",
    "noun",
)  # by what the anaphor asks for; each has its calibration
# Confidence below which nothing is said, chosen on documents held out. A doubtful name for "he" still tells a reader
# more than none, and its confidence says how doubtful; a doubtful name for "the group" misleads.
LEAST = {"person": 0.25, "thing": 0.25, "several": 0.25, "noun": 0.4}
AT_ONCE = 4096  # pairs scored in one step, so that memory stays small
MOST_WORDS = 20_000  # of one report; what comes later points at nothing


@cache
def weights(name: str = WEIGHTS) -> Weights:
    """The trained numbers, loaded once in each process."""
    path = files("onrecord.reading") / "weights" / f"{name}.npz"
    with path.open("rb") as opened, np.load(opened, allow_pickle=False) as arrays:
        return {key: arrays[key].astype(np.float32) for key in arrays.files}


def pointers(sentences: Sequence[Sentence], vectors: Sequence[Floats], text: str) -> tuple[Pointer, ...]:
    """Pronouns and definite nouns of a report that stand for one of its names, in text order.

    Args:
        sentences: of the whole report, in text order; offsets into `text`.
        vectors: one row per word of each sentence, 384 numbers each.
        text: the report's text.

    Returns:
        At most one pointer an anaphor. The name is the last mention before the anaphor; where there is none, the first
        one after it in the same sentence ("In his speech, Vel ...").
    """
    sentences = _capped(sentences)
    seen = spots(sentences, text)
    if not len(seen) or not (seen.entity >= 0).any():
        return ()
    found = pairs(sentences, seen)
    numbers = weights()
    table = beliefs(found, *scores(found, codes(found), words_of(seen, vectors), numbers))
    return tuple(answered(seen, table, numbers))


def _capped(sentences: Sequence[Sentence]) -> Sequence[Sentence]:
    total = 0
    for k, sentence in enumerate(sentences):
        total += len(sentence.words)
        if total > MOST_WORDS:
            return sentences[:k]
    return sentences


def words_of(seen: Spots, vectors: Sequence[Floats]) -> Floats:
    """The vector of each spot's word."""
    rows = [vectors[s][w] for s, w in zip(seen.sentence, seen.word, strict=True)]
    return np.asarray(rows, dtype=np.float32).reshape(len(rows), -1)


def anaphor_codes(seen: Spots) -> npt.NDArray[np.int64]:
    """What is seen of each spot alone, for the weight of "none of them": positions in a row of 40 switches."""
    columns = (seen.asks, 6 + seen.relation, 19 + seen.case, 24 + seen.article, 28 + (seen.quote > 0), 30 + seen.sort)
    return np.stack(columns, axis=1)


def scores(found: Pairs, switches: npt.NDArray[np.int64], words: Floats, w: Weights) -> tuple[Floats, Floats]:
    """A score for each pair, and one for "none of them" for each spot. The training network is this, in torch."""
    alone = w["alone"][anaphor_codes(found.spots)].sum(axis=1) + words @ w["alone_word"] + w["alone_bias"]
    none = np.maximum(alone, 0) @ w["alone_out"]
    ends = {key: words @ w[key] for key in ("left", "right", "anaphor", "candidate")}
    pair = np.zeros(len(found.anaphor), dtype=np.float32)
    for k in range(0, len(pair), AT_ONCE):
        part = slice(k, k + AT_ONCE)
        a, c, seen = found.anaphor[part], found.candidate[part], switches[part]
        hidden = ends["anaphor"][a] + ends["candidate"][c] + (ends["left"][a] * ends["right"][c]) @ w["product"]
        hidden += w["bias"]
        for column in seen.T:
            hidden += w["switches"][column]
        pair[part] = np.maximum(hidden, 0) @ w["out"] + w["direct"][seen].sum(axis=1)
    return pair, none.astype(np.float32)


def beliefs(found: Pairs, pair: Floats, none: Floats) -> Floats:
    """For each spot (row) the weight that it stands for each named entity (column); a row adds up to 1 at most."""
    seen = found.spots
    sorts = entity_sorts(seen)
    table = np.zeros((len(seen), len(sorts)), dtype=np.float32)
    named = np.flatnonzero(seen.entity >= 0)
    table[named, seen.entity[named]] = 1.0
    edges = [*np.flatnonzero(np.diff(found.anaphor, prepend=-1)).tolist(), len(found.anaphor)]
    for first, last in pairwise(edges):
        a = int(found.anaphor[first])
        row = np.concatenate([pair[first:last], none[a : a + 1]])
        share = np.exp(row - row.max())
        share /= share.sum()
        table[a] = (share[:-1] @ table[found.candidate[first:last]]) * _agrees(int(seen.asks[a]), sorts)
    return table


def entity_sorts(seen: Spots) -> npt.NDArray[np.int64]:
    """What each named entity is, by most of its mentions, the earliest first among equals."""
    counts = np.zeros((int(seen.entity.max(initial=-1)) + 1, 5))
    for k in np.flatnonzero(seen.entity >= 0):
        counts[seen.entity[k], seen.sort[k]] += 1
    found: npt.NDArray[np.int64] = counts.argmax(axis=1)
    return found


def _agrees(asks: int, sorts: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    if asks in (HE, SHE):
        return ~np.isin(sorts, (ORGANISATION, PLACE))
    return sorts != PERSON if asks == IT else np.ones(len(sorts), dtype=np.bool_)


def answered(seen: Spots, table: Floats, w: Weights) -> list[Pointer]:
    """A pointer for each pronoun and definite noun whose likeliest name is sure enough."""
    made = []
    for a in seen.asking:
        entity = int(table[a].argmax())
        kind = KINDS[seen.asks[a]]
        sure = calibrated(float(table[a, entity]), w[f"calibration_{kind}"])
        name = _name(seen, int(a), entity)
        if sure >= LEAST[kind] and name is not None:
            made.append(
                Pointer(
                    start=int(seen.start[a]), end=int(seen.end[a]), to_start=int(seen.start[name]),
                    to_end=int(seen.end[name]), confidence=round(sure, 4),
                )
            )  # fmt: skip
    return made


def _name(seen: Spots, a: int, entity: int) -> int | None:
    mentions = np.flatnonzero((seen.entity == entity) & _agrees(int(seen.asks[a]), seen.sort))
    before = mentions[mentions < a]
    if len(before):
        return int(before[-1])
    after = mentions[(mentions > a) & (seen.sentence[mentions] == seen.sentence[a])]
    return int(after[0]) if len(after) else None


def calibrated(share: float, line: Floats) -> float:
    """The odds that a share proved right: a line over its log odds (slope, height), fitted on documents held out."""
    held = min(max(share, 1e-4), 1 - 1e-4)
    return float(1 / (1 + np.exp(-(line[0] * np.log(held / (1 - held)) + line[1]))))
