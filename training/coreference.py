"""Makes `src/onrecord/reading/weights/coreference.npz` from GUM (news, interviews and seven more genres) and LitBank.

    PYTHONPATH=src python -m training.coreference DATA/nlp [--read MODULE:FUNCTION] [--no-vectors] [--trial]

Seeded and single-threaded: the same data, reading and library versions give the same file. The network is the one of
`onrecord.reading.coreference.scores`, in torch; what it sees is made by `onrecord.reading.anaphora`. Calibration is fitted on
documents held out of three trainings; the shipped weights are then trained on all of the training part. Development
documents chose the settings below; test documents are only reported. `--trial` prints the held-out figures and writes nothing.

Each GUM document is learned twice, with gold tags, heads and names and with those the reading gives, so that the shipped weights
know the reading's faults. Of LitBank (fiction, people and places only) only he, she and they are learned.
"""

from __future__ import annotations

import argparse
import lzma
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from bench.coreference import (
    Document,
    Floats,
    Read,
    Row,
    documents,
    figures,
    function,
    judged,
    moved,
    reliability,
    reread,
)  # fmt: skip

from onrecord.reading import coreference as use
from onrecord.reading.anaphora import WIDTH, Pairs, codes, pairs
from onrecord.reading.spots import IT, NOUN, PRONOUN, PRONOUNS, spots
from onrecord.records import Sentence

OUT = Path(__file__).parents[1] / "src" / "onrecord" / "reading" / "weights" / "coreference.npz"
SEED = 7
EPOCHS = 12
RATE = 2e-3
DECAY = 1e-3
HIDDEN, MIXED, ALONE = 64, 48, 32
WORD_DROPOUT, HIDDEN_DROPOUT, SWITCH_DROPOUT = 0.4, 0.3, 0.1
TOGETHER = 4  # documents a step
FOLDS = 3
NEWS = ("news", "interview")
FICTION_WEIGHT = 0.3
NOUN_WEIGHT = 0.5
MEMBERS = 3  # trainings whose scores are averaged


@dataclass(frozen=True, slots=True)
class Lesson:
    """One document made ready: its pairs, what is seen of them, and which are right."""

    document: Document
    sentences: tuple[Sentence, ...]  # those the pairs were made from
    found: Pairs
    switches: torch.Tensor
    alone: torch.Tensor
    words: torch.Tensor
    same: torch.Tensor
    weight: torch.Tensor  # of each anaphor (one row a spot); 0 where gold says nothing


def lesson(document: Document, seen_as: Document, fiction: bool = False) -> Lesson:
    """Pairs of a document as `seen_as` has them, judged by the gold clusters of `document`."""
    seen = spots(seen_as.sentences, document.text)
    found = pairs(seen_as.sentences, seen)
    cluster = np.array(
        [
            document.clusters.get((int(s), int(w)), -1 - k)
            for k, (s, w) in enumerate(zip(seen.sentence, seen.word, strict=True))
        ],
        dtype=np.int64,
    )
    weight = np.where(seen.kind == NOUN, NOUN_WEIGHT, 1.0)
    if fiction:
        known = (seen.kind == PRONOUN) & (cluster >= 0) & (seen.asks != IT)
        weight = np.where(known, FICTION_WEIGHT, 0.0)
        kept = known[found.anaphor]
        found = Pairs(seen, found.anaphor[kept], found.candidate[kept], found.rank[kept], found.tie[kept])
    same = cluster[found.anaphor] == cluster[found.candidate]
    return Lesson(
        document, seen_as.sentences, found, torch.from_numpy(codes(found)), torch.from_numpy(use.anaphor_codes(seen)),
        torch.from_numpy(use.words_of(seen, document.vectors)), torch.from_numpy(same), torch.from_numpy(weight).float(),
    )  # fmt: skip


def fiction(path: Path, read: Read) -> Iterator[Document]:
    """LitBank: words and clusters; heads of mentions come from the reading."""
    for name, held, spans in _litbank(path):
        made, start, clusters = read(held), 0, {}
        sentences = []
        for sentence, _ in made:
            sentences.append(moved(sentence, start))
            start = sentences[-1].end + 1
        for number, first, last, cluster in sorted(spans, key=lambda s: s[2] - s[1]):
            row = sentences[number].words
            head = next((k for k in range(first, last + 1) if not first <= row[k].head <= last), first)
            clusters.setdefault((number, head), cluster)
        text = "\n".join(" ".join(s) for s in held)
        yield Document(
            f"LitBank_fiction_{name}", tuple(sentences), tuple(v for _, v in made), text, clusters, frozenset()
        )


def _litbank(path: Path) -> Iterator[tuple[str, list[list[str]], list[tuple[int, int, int, int]]]]:
    """Name, sentences of words, and mentions (sentence, first word, last word, cluster) of each book."""
    with lzma.open(path, "rt", encoding="utf-8") as opened:
        books = opened.read().split("#end document")
    for book in books[:-1]:
        title, _, body = book.strip("\n").partition("\n")
        held, spans = list[list[str]](), list[tuple[int, int, int, int]]()
        for block in re.split(r"\n\n+", body.strip("\n")):
            rows = [line.split("\t") for line in block.splitlines()]
            held.append([row[3] for row in rows])
            spans += [(len(held) - 1, *found) for found in _bracketed([row[12] for row in rows])]
        yield re.sub(r".*\((\w+)\).*", r"\1", title), held, spans


def _bracketed(cells: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """First word, last word and cluster of mentions written "(7", "7)", "(7)|(8"."""
    still: dict[str, list[int]] = defaultdict(list)
    for k, cell in enumerate(cells):
        for piece in cell.strip("_ ").split("|"):
            cluster = piece.strip("()")
            if piece.startswith("("):
                still[cluster].append(k)
            if piece.endswith(")") and still[cluster]:
                yield still[cluster].pop(), k, int(cluster)


class Network(torch.nn.Module):
    """`onrecord.reading.coreference.scores`, with dropout."""

    def __init__(self, width: int = 384) -> None:
        super().__init__()

        def grid(*shape: int, scale: float = 0.0) -> torch.nn.Parameter:
            return torch.nn.Parameter(torch.randn(*shape) * (scale or shape[0] ** -0.5))

        self.alone, self.alone_word = grid(40, ALONE, scale=0.1), grid(width, ALONE)
        self.alone_bias, self.alone_out = grid(ALONE, scale=1e-3), grid(ALONE)
        self.left, self.right, self.product = grid(width, MIXED), grid(width, MIXED), grid(MIXED, HIDDEN)
        self.anaphor, self.candidate = grid(width, HIDDEN), grid(width, HIDDEN)
        self.switches, self.direct = grid(WIDTH, HIDDEN, scale=0.1), grid(WIDTH, scale=1e-3)
        self.bias, self.out = grid(HIDDEN, scale=1e-3), grid(HIDDEN)

    def forward(self, held: Lesson) -> tuple[torch.Tensor, torch.Tensor]:
        """Scores of pairs, and of "none of them" for each spot."""
        drop, bag = torch.nn.functional.dropout, torch.nn.functional.embedding_bag
        words = drop(held.words, WORD_DROPOUT, self.training)
        alone = self.alone[held.alone].sum(1) + words @ self.alone_word + self.alone_bias
        none = drop(torch.relu(alone), HIDDEN_DROPOUT, self.training) @ self.alone_out
        a, c = torch.from_numpy(held.found.anaphor), torch.from_numpy(held.found.candidate)
        product = (words @ self.left)[a] * (words @ self.right)[c]
        hidden = (words @ self.anaphor)[a] + (words @ self.candidate)[c] + product @ self.product + self.bias
        keep = drop(torch.ones(held.switches.shape), SWITCH_DROPOUT, self.training)
        hidden = hidden + bag(held.switches, self.switches, mode="sum", per_sample_weights=keep)
        pair = drop(torch.relu(hidden), HIDDEN_DROPOUT, self.training) @ self.out
        direct = bag(held.switches, self.direct.unsqueeze(1), mode="sum", per_sample_weights=keep)
        return pair + direct.squeeze(1), none


def loss_of(held: Lesson, pair: torch.Tensor, none: torch.Tensor) -> torch.Tensor:
    """Minus the log share of the right candidates (of "none" where there are none), weighted, summed over anaphors."""
    anaphors = torch.from_numpy(held.found.spots.anaphors)
    a = torch.from_numpy(held.found.anaphor)
    top = torch.full_like(none, -1e9).scatter_reduce(0, a, pair.detach(), "amax").maximum(none.detach())
    weight = torch.exp(pair - top[a])
    alone = torch.exp(none - top)
    right = torch.zeros_like(none).index_add(0, a, weight * held.same)
    total = torch.zeros_like(none).index_add(0, a, weight) + alone
    any_right = torch.zeros_like(none).index_add(0, a, held.same.float()) > 0
    wanted = torch.where(any_right, right, alone)
    each = torch.log(total[anaphors] + 1e-12) - torch.log(wanted[anaphors] + 1e-12)
    return (each * held.weight[anaphors]).sum()


def train(lessons: Sequence[Lesson], seed: int = SEED) -> dict[str, Floats]:
    """The weights after all epochs; calibration is left at the identity."""
    torch.manual_seed(seed)
    order = random.Random(seed)
    network = Network()
    steps = EPOCHS * -(-len(lessons) // TOGETHER)
    optimiser = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps, pct_start=0.1)
    for _ in range(EPOCHS):
        turn = order.sample(list(lessons), len(lessons))
        for k in range(0, len(turn), TOGETHER):
            group = turn[k : k + TOGETHER]
            total = sum((held.weight[held.found.spots.anaphors].sum() for held in group), torch.tensor(0.0))
            loss = torch.stack([loss_of(held, *network(held)) for held in group]).sum() / (total + 1)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
    made = {k: v.detach().numpy().astype(np.float16).astype(np.float32) for k, v in network.named_parameters()}
    return made | {f"calibration_{k}": np.array([1, 0], dtype=np.float32) for k in set(use.KINDS)}


def averaged(members: Sequence[dict[str, Floats]]) -> dict[str, Floats]:
    """One network whose scores are the mean of its members': their hidden units side by side, their last layers shared out."""
    share = 1 / len(members)
    made = {k: np.concatenate([m[k] for m in members], axis=-1) for k in members[0] if not k.startswith("calibration")}
    made["direct"] = np.mean([m["direct"] for m in members], axis=0)
    made["out"], made["alone_out"] = made["out"] * share, made["alone_out"] * share
    made["product"] = np.zeros((len(members) * MIXED, len(members) * HIDDEN), dtype=np.float32)
    for k, member in enumerate(members):
        made["product"][k * MIXED : (k + 1) * MIXED, k * HIDDEN : (k + 1) * HIDDEN] = member["product"]
    return made | {k: v for k, v in members[0].items() if k.startswith("calibration")}


def answers(held: Lesson, weights: dict[str, Floats]) -> list[Row]:
    """What the run-time code makes of a lesson, judged."""
    seen = held.found.spots
    if not (seen.entity >= 0).any():
        return list(judged(held.document, []))
    scored = use.scores(held.found, held.switches.numpy(), held.words.numpy(), weights)
    found = use.answered(seen, use.beliefs(held.found, *scored), weights)
    return list(judged(held.document, found, held.sentences))


def calibration(rows: Sequence[Row]) -> Floats:
    """Slope and height of the line over log odds that makes confidence the share right (Platt), by Newton's steps."""
    kept = [(np.clip(r[3], 1e-4, 1 - 1e-4), bool(r[2])) for r in rows if r[2] is not None]
    odds = np.array([np.log(p / (1 - p)) for p, _ in kept])
    x, y = np.stack([odds, np.ones_like(odds)], axis=1), np.array([r for _, r in kept], dtype=float)
    line = np.array([1.0, 0.0])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ line))
        line += np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + 1e-2 * np.eye(2), x.T @ (y - p))
    return line.astype(np.float32)


def held_out(gum: Sequence[tuple[Lesson, Lesson]], extra: Sequence[Lesson]) -> dict[str, list[list[Row]]]:
    """Answers of weights that never saw the document, a list of rows each: of the gold reading, of ours."""
    order = random.Random(SEED).sample(range(len(gum)), len(gum))
    made: dict[str, list[list[Row]]] = {"gold": [], "read": []}
    for fold in range(FOLDS):
        out = set(order[fold::FOLDS])
        weights = train([x for k, two in enumerate(gum) if k not in out for x in two] + list(extra), SEED + fold)
        for k in sorted(out):
            made["gold"].append(answers(gum[k][0], weights))
            made["read"].append(answers(gum[k][1], weights))
    return made


def kind_of(row: Row) -> str:
    """The calibration that a row's answer goes through."""
    form = row[4].split(": ", 1)[1].split(" -> ")[0].lower().replace("’", "'")
    return use.KINDS[PRONOUNS[form]] if row[0] == "pronoun" else "noun"


def ruled(rows: Sequence[Row], lines: dict[str, Floats]) -> list[Row]:
    """Answers made without calibration or floor, with both."""
    made = []
    for what, state, right, share, text in rows:
        kind = kind_of((what, state, right, share, text))
        sure = use.calibrated(share, lines[f"calibration_{kind}"]) if right is not None else 0.0
        kept = right is not None and sure >= use.LEAST[kind]
        made.append((what, state, right if kept else None, sure if kept else 0.0, text))
    return made


def show(title: str, rows: Sequence[Row]) -> None:
    """The figures of a set of answers."""
    for kind in ("pronoun", "noun"):
        print(title, kind, figures(rows, kind), sep="  ", flush=True)
        print("   sure, answers, mean, right:", *reliability([r for r in rows if r[0] == kind]), flush=True)


def prepared(folder: Path, part: str, read: Read, blind: bool = False) -> list[tuple[Lesson, Lesson]]:
    """Each GUM document twice: as gold has it and as the reading sees it."""
    made = []
    for document in documents(folder / "ud" / f"gum_clean-{part}.conllu.xz", read):
        if blind:
            document = replace(document, vectors=tuple(np.zeros_like(v) for v in document.vectors))
        made.append((lesson(document, document), lesson(document, reread(document, read))))
    return made


def report(part: str, gum: Sequence[tuple[Lesson, Lesson]], weights: dict[str, Floats]) -> None:
    """Figures of finished weights on documents."""
    for genres in ("news and interview", "all genres"):
        for source, name in enumerate(("gold", "read")):
            held = [two[source] for two in gum if genres == "all genres" or two[0].document.genre in NEWS]
            show(f"{part}, {genres}, {name}", [row for x in held for row in answers(x, weights)])


def calibrated_on(held: dict[str, list[list[Row]]]) -> dict[str, Floats]:
    """The calibration of each kind of anaphor, from held-out answers."""
    rows = [row for source in held.values() for document in source for row in document]
    return {
        f"calibration_{kind}": calibration([r for r in rows if kind_of(r) == kind]) for kind in sorted(set(use.KINDS))
    }


def main() -> None:
    """Trains, calibrates, reports, writes."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--read", default="bench.coreference:bundled")
    parser.add_argument("--no-vectors", action="store_true", help="to see what the vectors give; implies --trial")
    parser.add_argument("--trial", action="store_true", help="print the figures, write nothing")
    given = parser.parse_args()
    torch.set_num_threads(1)
    read = function(given.read)
    gum = prepared(given.folder, "train", read, given.no_vectors)
    extra = [lesson(d, d, True) for d in fiction(given.folder / "coref" / "litbank.conll.xz", read)]
    if given.no_vectors:
        extra = [replace(x, words=torch.zeros_like(x.words)) for x in extra]
    floors, use.LEAST = use.LEAST, dict.fromkeys(use.LEAST, 0.0)
    held = held_out(gum, extra)
    use.LEAST = floors
    lines = calibrated_on(held)
    for source, found in held.items():
        news = [row for rows in found if rows and rows[0][4].split("_")[1] in NEWS for row in rows]
        show(f"held out, news and interview, {source}", ruled(news, lines))
        show(f"held out, all genres, {source}", ruled([row for rows in found for row in rows], lines))
    members = [train([x for two in gum for x in two] + extra, SEED + 100 + k) for k in range(MEMBERS)]
    weights = averaged(members) | lines
    if not (given.trial or given.no_vectors):
        OUT.parent.mkdir(exist_ok=True)
        np.savez_compressed(OUT, **{k: v.astype(np.float16) for k, v in sorted(weights.items())})
    for part in ("dev", "test"):
        report(part, prepared(given.folder, part, read, given.no_vectors), weights)


if __name__ == "__main__":
    main()
