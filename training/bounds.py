"""Makes src/onrecord/reading/weights/bounds.tsv: what speaks for and against a sentence bound.

    python -m training.bounds FOLDER        (FOLDER holds ud/*.conllu.xz; only train files are read)

Logistic regression over the features that onrecord.reading.bounds names, on the documents of UD English-EWT and GUM
(free genres) with all line ends taken away. News counts more than web pages. The result is the same on every run.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from bench.raw import Gold, documents
from numpy.typing import NDArray

from onrecord.reading.bounds import Walk, chunked
from onrecord.reading.model import FOLDER

# File, prefix of sentence ids, and how much one gap counts.
SOURCES = (("ewt-train", "", 0.5), ("gum_clean-train", "", 1.0), ("gum_clean-train", "GUM_news", 2.0))
RARE = 8  # a feature seen less often says nothing about texts to come
PENALTY = 1.0
ROUNDS = 300
SOURCE = "UD English-EWT and GUM train"

Example = tuple[tuple[str, ...], bool, float]


def examples(doc: Gold, weight: float) -> Iterator[Example]:
    """Each gap of a document that could be a bound, with whether it is one."""
    ends, starts = {e for _, e in doc.sentences}, {s for s, _ in doc.sentences}
    chunks = chunked(doc.text, 0, len(doc.text))
    walk = Walk(chunks)
    for k in range(len(chunks) - 1):
        features = walk.step(k)
        is_bound = chunks[k].end in ends or chunks[k + 1].start in starts
        if features:
            yield features, is_bound, weight
        if is_bound:
            walk.began = k + 1


def fit(data: list[Example]) -> dict[str, float]:
    """Weights by feature: the least log loss with a quadratic penalty, by accelerated gradient steps."""
    counts = Counter(f for features, _, _ in data for f in features)
    names = sorted(f for f, n in counts.items() if n >= RARE)
    place = {f: k for k, f in enumerate(names)}
    rows = np.array([k for k, (fs, _, _) in enumerate(data) for f in fs if f in place])
    columns = np.array([place[f] for fs, _, _ in data for f in fs if f in place])
    truth = np.array([t for _, t, _ in data], dtype=float)
    share = np.array([w for _, _, w in data])
    return dict(zip(names, descend(rows, columns, truth, share, len(names)).tolist(), strict=True))


def descend(
    rows: NDArray[np.int_], columns: NDArray[np.int_], truth: NDArray[np.float64], share: NDArray[np.float64], size: int
) -> NDArray[np.float64]:
    """Adam on all examples at once; `rows` and `columns` are the places of the ones in a matrix of zeros."""
    weights, mean, square = np.zeros(size), np.zeros(size), np.zeros(size)
    for step in range(1, ROUNDS + 1):
        score = np.bincount(rows, weights[columns], len(truth))
        error = share * (1 / (1 + np.exp(-score)) - truth)
        slope = np.bincount(columns, error[rows], size) + PENALTY * weights
        mean = 0.9 * mean + 0.1 * slope
        square = 0.999 * square + 0.001 * slope**2
        rate = 0.1 * min(1.0, 3 * (1 - step / (ROUNDS + 1)))
        weights -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return weights


def main(folder: Path) -> None:
    """Read, fit, write the table."""
    data = [
        example
        for file, prefix, weight in SOURCES
        for doc in documents(folder / "ud" / f"{file}.conllu.xz", prefix)
        for example in examples(doc, weight)
    ]
    weights = fit(data)
    lines = [f"{name}\t{weight:.2f}\t{SOURCE}" for name, weight in weights.items() if abs(weight) >= 0.1]
    (FOLDER / "bounds.tsv").write_text("\n".join(["feature\tweight\tsource", *lines]) + "\n", encoding="utf-8")
    print(f"{len(data)} gaps, {len(lines)} of {len(weights)} weights kept")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
