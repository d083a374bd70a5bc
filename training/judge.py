"""Scores of a model in training, on gold words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import torch
from torch import Tensor
from training.batches import Item, batches, collate
from training.data import Tagged, Tree
from training.network import Reader
from training.score import Names, shares, tally

from onrecord.reading import lemmas
from onrecord.reading.decode import labels as best_labels
from onrecord.reading.decode import spans, tree
from onrecord.reading.pieces import Pieces

JUDGED_BATCH = 3000


def _words(
    model: Reader, found: Sequence[Tree] | Sequence[Tagged], pieces: Pieces
) -> Iterator[tuple[list[int], Tensor]]:
    """Batches of sentences as their positions and their word vectors."""
    items = [Item(pieces.encode(sentence.words), source=k) for k, sentence in enumerate(found)]
    for batch in batches(items, JUDGED_BATCH, None):
        tensors = collate(batch)
        states = model.encoder(tensors.pieces, tensors.cases, tensors.mask)
        yield [item.source for item in batch], model.words(states, tensors.first, tensors.last)


@torch.no_grad()
def judge_trees(model: Reader, found: Sequence[Tree], labels: dict[str, list[str]], pieces: Pieces) -> dict[str, float]:
    """Shares of words with the right tag, lemma, head (uas), head and universal relation (las), in percent."""
    right: Counter[str] = Counter()
    for places, words in _words(model, found, pieces):
        arcs = model.arcs(words).numpy()
        sizes = [len(found[k].words) + 1 for k in places]
        heads = torch.zeros(words.shape[:2], dtype=torch.long)
        for row, n in enumerate(sizes):
            heads[row, 1:n] = torch.tensor(tree(arcs[row, :n, :n]))
        best = {name: head(words).argmax(-1) for name, head in model.tags.items()}
        best["rel"] = model.relations(words, heads).argmax(-1)
        for row, (k, n) in enumerate(zip(places, sizes, strict=True)):
            said = {name: [labels[name][i] for i in table[row, 1:n].tolist()] for name, table in best.items()}
            said["lemma"] = list(map(lemmas.apply, found[k].words, said["lemma"]))
            right.update(tally(found[k], said, heads[row, 1:n].tolist()))
    return shares(right)


@torch.no_grad()
def judge_names(
    model: Reader, found: Sequence[Tagged], labels: dict[str, list[str]], pieces: Pieces
) -> dict[str, float]:
    """F1 of names, all and by type, in percent."""
    counts = Names()
    for places, words in _words(model, found, pieces):
        scores = torch.log_softmax(model.names(words), -1).numpy()
        for row, k in enumerate(places):
            path = best_labels(scores[row, 1 : len(found[k].words) + 1], labels["ner"])
            counts.add(spans([labels["ner"][i] for i in path]), spans(found[k].tags))
    return counts.f1()
