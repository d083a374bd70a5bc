"""Scores the bundled reading on public treebanks and sets of names.

    python -m bench.reading FOLDER [--weights DIR]

FOLDER has the shape that `training/README.md` tells: `ud/*.conllu.xz`, `ner/*.iob.xz`, `ner/eval_only/*.iob.xz`.
Prints gold-token scores, names, speed in words a CPU second (one thread, everything from words to trees and names) and
memory. Give another folder of weights, such as the graph before quantisation, to compare.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from training.data import Tagged, Tree, blocks, raw_blocks, tagged, trees
from training.score import Names, shares, tally

from bench.raw import gold_tokens
from onrecord.reading.bundled import sentence
from onrecord.reading.decode import spans
from onrecord.reading.model import FOLDER, NAME_TYPES, Model, Read
from onrecord.reading.names import settled
from onrecord.reading.tokenise import tokenise

TREEBANKS = ("ewt-dev", "ewt-test", "gum_clean-dev", "gum_clean-test", "pud_news-test")
NAME_SETS = ("gum_news_devtest", "uner_ewt_test", "eval_only/test-eww", "eval_only/test-gmb66k")
SHORT = {long: short for short, long in NAME_TYPES.items()}
# Sentences given to the model at once: about one report.
REPORT = 25


def read_all(model: Model, rows: Sequence[Sequence[str]]) -> Iterator[Read]:
    """The sentences read as if they came report by report."""
    for at in range(0, len(rows), REPORT):
        yield from model.read(rows[at : at + REPORT])


def score_trees(model: Model, found: Sequence[Tree]) -> dict[str, float]:
    """Percent of words right by column."""
    right: Counter[str] = Counter()
    for gold, read in zip(found, read_all(model, [t.words for t in found]), strict=True):
        said = {"upos": read.tags, "feats": read.features, "lemma": read.lemmas, "rel": read.relations}
        right.update(tally(gold, said, [head + 1 for head in read.heads]))
    return shares(right)


def score_names(model: Model, found: Sequence[Tagged]) -> tuple[dict[str, float], dict[str, float]]:
    """F1 of names in percent: each sentence by itself, and settled over lots of `REPORT` sentences as over a report."""
    alone, together = Names(), Names()
    for at in range(0, len(found), REPORT):
        lot = found[at : at + REPORT]
        text, rows = joined([t.words for t in lot])
        sentences = [
            sentence(text, row, said) for row, said in zip(rows, model.read([t.words for t in lot]), strict=True)
        ]
        for counts, made in ((alone, sentences), (together, settled(sentences, text))):
            for gold, row, one in zip(lot, rows, made, strict=True):
                place = {edge: k for k, span in enumerate(row) for edge in span}
                said_names = [(place[n.start], place[n.end] + 1, SHORT[n.type]) for n in one.names]
                counts.add(said_names, spans(gold.tags))
    return alone.f1(), together.f1()


def score_raw(model: Model, path: Path) -> dict[str, float]:
    """F1 in percent of words, tags and arcs from raw text, sentence by sentence, as the CoNLL 2018 shared task counts them.

    A word is right when its span is; an arc, when both its ends' spans and its universal relation are.
    """
    right: Counter[str] = Counter()
    texts, golds = [], []
    for block, tree in zip(raw_blocks(path), trees(path), strict=True):
        surface = next(line[9:] for line in block if line.startswith("# text = ")).strip()
        texts.append(surface)
        golds.append((gold_tokens(surface, block), tree))
    cuts = [tokenise(text, 0, len(text)) for text in texts]
    read = read_all(model, [[t[a:b] for a, b in row] for t, row in zip(texts, cuts, strict=True)])
    for (spans_, tree), row, said in zip(golds, cuts, read, strict=True):
        right["words"] += len(tree.words) + len(row)
        place = {span: k for k, span in enumerate(row)}
        if len(spans_) != len(tree.words):
            continue  # a contraction that cannot be cut into its words: its sentence counts as wrong
        for k, span in enumerate(spans_):
            if (at := place.get(span)) is None:
                continue
            over, ours = tree.head[k], said.heads[at]
            hung = ours == -1 if over == 0 else ours >= 0 and row[ours] == spans_[over - 1]
            right["tokens"] += 2
            right["upos"] += 2 * (said.tags[at] == tree.upos[k])
            right["uas"] += 2 * hung
            right["las"] += 2 * (hung and said.relations[at].split(":")[0] == tree.rel[k].split(":")[0])
    return shares(right)


def joined(rows: Sequence[Sequence[str]]) -> tuple[str, list[list[tuple[int, int]]]]:
    """Words as one text with a blank between, and where each word stands in it."""
    text, spans_ = "", []
    for words in rows:
        row = []
        for word in words:
            row.append((len(text), len(text) + len(word)))
            text += word + " "
        spans_.append(row)
    return text, spans_


def speed(model: Model, found: Sequence[Tree]) -> float:
    """Words a CPU second, median of three."""
    rows = [t.words for t in found]
    taken = []
    for _ in range(3):
        begun = time.process_time()
        for _ in read_all(model, rows):
            pass
        taken.append(time.process_time() - begun)
    return sum(map(len, rows)) / sorted(taken)[1]


def own(path: Path) -> dict[str, float]:
    """Figures of the bundled reading on the example pile's own gold, as shares: what a floor can be pinned to.

    `path` is a CoNLL-U file with names as `Name=B-person` in the last column.
    """
    model = Model()
    figures = {
        name: round(share / 100, 4) for name, share in score_trees(model, trees(path)).items() if name != "feats"
    }
    rows = list(blocks(path))
    counts = Names()
    for row, said in zip(rows, model.read([[cells[1] for cells in row] for row in rows]), strict=True):
        tags = [next((c[5:] for c in cells[9].split("|") if c.startswith("Name=")), "O") for cells in row]
        counts.add([name[:3] for name in said.names], spans(tags))
    return figures | {"names": round(counts.f1()["all"] / 100, 4)}


def main() -> None:
    """Reads the command line and prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--weights", type=Path, default=FOLDER)
    words = parser.parse_args()
    begun = time.process_time()
    model = Model(words.weights)
    print(f"loaded in {time.process_time() - begun:.2f} s of CPU")
    for name in TREEBANKS:
        print(name, score_trees(model, trees(words.folder / "ud" / f"{name}.conllu.xz")), flush=True)
    for name in TREEBANKS[1::2] + TREEBANKS[-1:]:
        print(name, "raw", score_raw(model, words.folder / "ud" / f"{name}.conllu.xz"), flush=True)
    for name in NAME_SETS:
        alone, together = score_names(model, tagged(words.folder / "ner" / f"{name}.iob.xz", 0))
        print(name, together, "each sentence alone", alone["all"], flush=True)
    news = trees(words.folder / "ud" / "pud_news-test.conllu.xz")
    print(f"{speed(model, news):.0f} words a CPU second on PUD news")
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most")


if __name__ == "__main__":
    main()
