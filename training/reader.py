"""Trains the bundled reading of English: one command from the data folder to `reader.pt` and a log.

    python -m training.reader DATA OUT [--passes 11] [--threads 2] [--seed 1] [--blend OUT1 --blend OUT2]

DATA has the shape of `training/README.md`. Everything is seeded. `training/export.py` makes the shipped files of OUT.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional
from training import data, swaps
from training.batches import IGNORED, Batch, Item, batches, collate, noisy, of_names, of_trees
from training.judge import judge_names, judge_trees
from training.network import Encoder, Reader, encoder_folder, pretrained

from onrecord.reading.pieces import Pieces

ENCODER_RATE, HEAD_RATE = 2e-4, 1e-3
WARM_STEPS = 200
BATCH = 1600  # pieces
NAME_SHARE = 0.32  # of the steps; the rest teach grammar
KEPT = 0.998  # of the running mean of weights that ships, a step
# A layer learns at this share of the rate of the one above it: what the encoder knows of the world lies low, and a run
# without it learned the treebanks by heart (arc loss .02) and read unseen news no better than after a fifth of the time.
DEEPER = 0.85
DROP, WORD_DROP = 0.1, 0.33
# Share of both rates where a run starts from trained readers and not from the published encoder.
GENTLE = 0.3
TAG_WEIGHTS = {"upos": 0.5, "xpos": 0.3, "feats": 0.3, "lemma": 0.3}
SENSE_WEIGHT = 2.0


def kept_pieces(folder: Path) -> tuple[list[int], list[str]]:
    """The vocabulary that ships: the four marks, then every piece of Latin letters, figures and signs."""
    published = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")[:-1]
    marks = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
    plain = [p for p in published if p not in marks and not p.startswith("[") and _latin(p.removeprefix("##"))]
    kept = marks + plain + ["["]
    number = {piece: k for k, piece in enumerate(published)}
    return [number[piece] for piece in kept], kept


def _latin(piece: str) -> bool:
    return all(c < "\u0250" or "\u2010" <= c <= "\u2044" or c == "€" for c in piece)


@torch.no_grad()
def teach_senses(items: list[Item], encoder: Encoder) -> list[Item]:
    """Items with the vectors that the untouched encoder gives: what the sentence vector must go on saying."""
    made: list[Item] = []
    for batch in batches(items, 8000, None):
        tensors = collate(batch)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states = encoder(tensors.pieces, torch.zeros_like(tensors.cases), tensors.mask)
        weight = tensors.mask.unsqueeze(-1).float()
        mean = functional.normalize((states[-1].float() * weight).sum(1) / weight.sum(1), dim=-1)
        made += [replace(item, sense=row.half()) for item, row in zip(batch, mean, strict=True)]
    return made


def entropy(scores: Tensor, gold: Tensor) -> Tensor:
    """Cross entropy over the words that have a label."""
    return functional.cross_entropy(scores.float().flatten(0, -2), gold.flatten(), ignore_index=IGNORED)


def loss_of(model: Reader, batch: Batch) -> dict[str, Tensor]:
    """The losses of one batch by name, weighted, ready to be summed."""
    states = model.encoder(batch.pieces, batch.cases, batch.mask, DROP)
    words = functional.dropout(model.words(states, batch.first, batch.last), WORD_DROP, model.training)
    losses: dict[str, Tensor] = {}
    if "ner" in batch.gold:
        known = batch.source * (torch.rand(batch.source.shape) > 0.3)  # "no set" must be learned too
        losses["ner"] = entropy(model.names(words, known), batch.gold["ner"])
    if "head" in batch.gold:
        arcs = model.arcs(words).float().masked_fill(~batch.words.unsqueeze(1), -1e4)
        losses["arc"] = entropy(arcs, batch.gold["head"])
        losses["rel"] = entropy(model.relations(words, batch.gold["head"].clamp(min=0)), batch.gold["rel"])
        for name, weight in TAG_WEIGHTS.items():
            losses[name] = weight * entropy(model.tags[name](words), batch.gold[name])
    if batch.sense is not None:
        senses = model.senses(states, batch.mask).float()
        losses["sense"] = SENSE_WEIGHT * (1 - (senses * batch.sense).sum(-1)).mean()
    return losses


class Feed:
    """An endless stream of batches, made anew each time its sentences have been seen."""

    def __init__(self, make: object, draw: random.Random) -> None:
        self._make, self._draw = make, draw
        self._left: list[list[Item]] = []
        self.passes = 0

    def next(self) -> Batch:
        """The next batch."""
        if not self._left:
            self._left = batches(self._make(), BATCH, self._draw)  # type: ignore[operator]
            self.passes += 1
        return collate([noisy(item, self._draw) for item in self._left.pop()])


class Mean:
    """The running mean of a model's weights: steadier than the last step's, at no cost when reading."""

    def __init__(self, model: nn.Module) -> None:
        self.weights = {name: p.detach().clone() for name, p in model.named_parameters() if p.requires_grad}
        self._steps = 0

    def add(self, model: nn.Module) -> None:
        """Takes in the weights of one step."""
        self._steps += 1
        kept = min(KEPT, self._steps / (self._steps + 10))
        for name, p in model.named_parameters():
            if name in self.weights:
                self.weights[name].lerp_(p.detach(), 1 - kept)


def blended(readers: list[Path]) -> dict[str, Tensor]:
    """Weights to start from: the mean of several runs' encoders, with the heads of the last.

    Encoders that set out from one place stay near each other (cosine .99) and their mean reads better than either; heads
    set out from random numbers and cannot be averaged. Source: model soups, Wortsman et al. 2022.
    """
    states = [torch.load(folder / "reader.pt", weights_only=True) for folder in readers]
    made: dict[str, Tensor] = dict(states[-1])
    for name in made:
        if name.startswith("encoder."):
            made[name] = torch.stack([state[name] for state in states]).mean(0)
    return made


def train(folder: Path, out: Path, passes: float, seed: int, blend: list[Path]) -> None:
    """The whole run; writes `reader.pt`, `labels.json`, `pieces.txt` and prints the log."""
    draw = random.Random(seed)
    torch.manual_seed(seed)
    numbers, vocabulary = kept_pieces(encoder_folder())
    out.mkdir(parents=True, exist_ok=True)
    (out / "pieces.txt").write_text("\n".join(vocabulary) + "\n", encoding="utf-8")
    pieces = Pieces(vocabulary)
    trees = [t for name in data.TREEBANKS for t in data.trees(folder / "ud" / f"{name}.conllu.xz")]
    tagged = data.names(folder)
    labels = data.inventory(trees)
    (out / "labels.json").write_text(json.dumps(labels, ensure_ascii=False, indent=0), encoding="utf-8")
    untouched = pretrained(numbers)
    parsed = teach_senses(of_trees(trees, labels, pieces), untouched)
    names = swaps.pool(tagged)
    model = Reader(untouched, labels, len(data.NAMES))
    if blend:
        model.load_state_dict(blended(blend))
    grammar = Feed(lambda: parsed, draw)
    people = Feed(
        lambda: of_names([swaps.loosened(swaps.swapped(t, names, draw), draw) for t in tagged], labels, pieces), draw
    )
    steps = int(passes * len(batches(parsed, BATCH, None)) / (1 - NAME_SHARE))
    print(
        f"{len(vocabulary)} pieces, {len(parsed)} trees, {len(tagged)} sentences with names, {steps} steps", flush=True
    )
    judged = (folder, labels, pieces)
    mean = run(model, grammar, people, steps, draw, out, judged, GENTLE if blend else 1.0)
    model.load_state_dict(mean.weights, strict=False)
    torch.save(model.state_dict(), out / "reader.pt")
    judge(model, judged)


def by_depth(model: Reader, share: float) -> list[dict[str, Any]]:
    """The weights in groups, each with its rate: heads, then the encoder's layers from the top down, its entrance last."""
    layers = list(model.encoder.layers)
    groups = [
        {"params": [p for n, p in model.named_parameters() if not n.startswith("encoder.")], "lr": share * HEAD_RATE}
    ]
    for depth, layer in enumerate(reversed(layers)):
        groups.append({"params": list(layer.parameters()), "lr": share * ENCODER_RATE * DEEPER**depth})
    inside = {id(p) for layer in layers for p in layer.parameters()}
    entrance = [p for p in model.encoder.parameters() if p.requires_grad and id(p) not in inside]
    return [*groups, {"params": entrance, "lr": share * ENCODER_RATE * DEEPER ** len(layers)}]


def run(
    model: Reader, grammar: Feed, people: Feed, steps: int, draw: random.Random, out: Path,
    judged: tuple[Path, dict[str, list[str]], Pieces], share: float,
) -> Mean:  # fmt: skip
    """All steps; returns the running mean of the weights."""
    groups = by_depth(model, share)
    weights = [p for group in groups for p in group["params"]]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda k: min(1.0, (k + 1) / WARM_STEPS) * max(0.01, 1 - k / steps)
    )
    mean = Mean(model)
    model.train()
    begun, sums, pieces_seen = time.time(), dict[str, list[float]](), 0
    for step in range(1, steps + 1):
        batch = (people if draw.random() < NAME_SHARE else grammar).next()
        with torch.autocast("cpu", dtype=torch.bfloat16):
            losses = loss_of(model, batch)
        optimiser.zero_grad()
        sum(losses.values(), torch.zeros(())).backward()
        nn.utils.clip_grad_norm_(weights, 1.0)
        optimiser.step()
        rate.step()
        mean.add(model)
        pieces_seen += int(batch.mask.sum())
        for name, value in losses.items():
            sums.setdefault(name, []).append(float(value.detach()))
        if step % 200 == 0:
            shown = " ".join(f"{name} {sum(v) / len(v):.3f}" for name, v in sorted(sums.items()))
            spent = time.time() - begun
            print(f"step {step} {spent / 60:.1f} min {pieces_seen / spent:.0f} pieces/s {shown}", flush=True)
            sums = {}
        if step % max(1, steps // 8) == 0 and step < steps:
            torch.save(model.state_dict() | mean.weights, out / "reader.pt")
            kept = {k: v.clone() for k, v in model.state_dict().items()}
            model.load_state_dict(mean.weights, strict=False)
            judge(model, judged, quick=True)
            model.load_state_dict(kept)
    return mean


def judge(model: Reader, judged: tuple[Path, dict[str, list[str]], Pieces], quick: bool = False) -> None:
    """Prints the scores on development parts (quick) or on all of them."""
    folder, labels, pieces = judged
    model.eval()
    for name in ("gum_clean-dev", "pud_wiki-test"):
        found = data.trees(folder / "ud" / f"{name}.conllu.xz")[: 400 if quick else None]
        print(f"== {name}", judge_trees(model, found, labels, pieces), flush=True)
    for name in ("gum_news_devtest",):
        found_names = data.tagged(folder / "ner" / f"{name}.iob.xz", 0)
        print(f"== {name}", judge_names(model, found_names, labels, pieces), flush=True)
    model.train()


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--passes", type=float, default=11, help="over the treebanks")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--blend", type=Path, action="append", default=[], help="trained readers to start from")
    words = parser.parse_args()
    torch.set_num_threads(words.threads)
    train(words.data, words.out, words.passes, words.seed, words.blend)


if __name__ == "__main__":
    main()
