"""Sentences as batches of tensors: encoded once, bucketed by length, shuffled by a seed."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import torch
from torch import Tensor
from training.data import Tagged, Tree

from onrecord.reading import lemmas
from onrecord.reading.pieces import LOWER, TITLE, UNKNOWN, UNSURE, Encoded, Pieces

IGNORED = -100
MOST_WORDS, MOST_PIECES = 140, 300
# Batches are cut from pools of so many sentences sorted by length: little padding, still shuffled.
POOL = 2048


@dataclass(frozen=True, slots=True)
class Item:
    """One sentence as numbers; `gold` holds a label a word for each head that it can teach."""

    encoded: Encoded
    gold: dict[str, list[int]] = field(default_factory=dict)
    source: int = 0
    sense: Tensor | None = None  # the untouched encoder's vector of the sentence


def of_trees(found: Sequence[Tree], labels: dict[str, list[str]], pieces: Pieces) -> list[Item]:
    """Treebank sentences that are short enough to train on."""
    index = {name: {label: k for k, label in enumerate(row)} for name, row in labels.items()}
    made = []
    for tree in found:
        encoded = pieces.encode(tree.words)
        if len(tree.words) > MOST_WORDS or len(encoded.pieces) > MOST_PIECES:
            continue
        rows = {name: getattr(tree, name) for name in ("upos", "xpos", "feats", "rel")}
        rows["lemma"] = list(map(lemmas.rule, tree.words, tree.lemma))
        gold = {name: [index[name].get(label, IGNORED) for label in row] for name, row in rows.items()}
        made.append(Item(encoded, gold | {"head": tree.head}))
    return made


def of_names(found: Sequence[Tagged], labels: dict[str, list[str]], pieces: Pieces) -> list[Item]:
    """Sentences with names; long ones are cut where no name is cut."""
    index = {label: k for k, label in enumerate(labels["ner"])}
    made = []
    for sentence in found:
        for start, end in _stretches(sentence):
            encoded = pieces.encode(sentence.words[start:end])
            if len(encoded.pieces) <= MOST_PIECES:
                gold = [index.get(tag, IGNORED) for tag in sentence.tags[start:end]]
                made.append(Item(encoded, {"ner": gold}, sentence.source + 1))
    return made


def _stretches(sentence: Tagged) -> Iterator[tuple[int, int]]:
    at = 0
    while at < len(sentence.words):
        end = min(len(sentence.words), at + MOST_WORDS)
        while end < len(sentence.words) and end > at + 1 and sentence.tags[end].startswith("I"):
            end -= 1
        yield at, end
        at = end


def batches(items: Sequence[Item], most: int, draw: random.Random | None) -> list[list[Item]]:
    """Batches of at most `most` pieces with padding; in order of length where nothing is drawn."""
    order = list(items)
    if draw:
        draw.shuffle(order)
    made: list[list[Item]] = []
    for at in range(0, len(order), POOL):
        batch: list[Item] = []
        for item in sorted(order[at : at + POOL], key=lambda i: len(i.encoded.pieces)):
            if batch and len(item.encoded.pieces) * (len(batch) + 1) > most:
                made.append(batch)
                batch = []
            batch.append(item)
        made.append(batch)
    if draw:
        draw.shuffle(made)
    return made


# Words hidden in training, so that a head is also told by what stands around it, and a name too.
HIDDEN = 0.08


def noisy(item: Item, draw: random.Random) -> Item:
    """The sentence as it might also come: some words unknown; now and then as a headline has it, by its capitals."""
    pieces, cases = list(item.encoded.pieces), item.encoded.cases
    for first, last in zip(item.encoded.first[1:], item.encoded.last[1:], strict=True):
        if draw.random() < HIDDEN:
            pieces[first : last + 1] = [UNKNOWN] * (last + 1 - first)
    roll = draw.random()
    if roll < 0.08:
        case = UNSURE if roll < 0.05 else TITLE if roll < 0.07 else LOWER
        cases = [case] * len(cases)
    return replace(item, encoded=replace(item.encoded, pieces=pieces, cases=cases))


def padded(rows: Sequence[Sequence[int]], value: int = 0) -> Tensor:
    """A matrix of the rows, filled up to the longest."""
    width = max(map(len, rows))
    return torch.tensor([[*row, *[value] * (width - len(row))] for row in rows])


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors of one batch; gold has a column for the root, which teaches nothing."""

    pieces: Tensor
    cases: Tensor
    mask: Tensor
    first: Tensor
    last: Tensor
    words: Tensor  # 1 for words and the root
    source: Tensor
    gold: dict[str, Tensor]
    sense: Tensor | None


def collate(items: Sequence[Item]) -> Batch:
    """Items as tensors."""
    rows = [item.encoded for item in items]
    senses = [item.sense for item in items if item.sense is not None]
    return Batch(
        pieces=padded([r.pieces for r in rows]),
        cases=padded([r.cases for r in rows]),
        mask=padded([[1] * len(r.pieces) for r in rows]),
        first=padded([r.first for r in rows]),
        last=padded([r.last for r in rows]),
        words=padded([[1] * len(r.first) for r in rows]).bool(),
        source=torch.tensor([item.source for item in items]),
        gold={name: padded([[IGNORED, *i.gold[name]] for i in items], IGNORED) for name in items[0].gold},
        sense=torch.stack(senses).float() if len(senses) == len(items) else None,
    )
