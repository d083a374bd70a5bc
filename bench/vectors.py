"""How well sentence vectors find the same story again: the shipped ones beside the untouched encoder's.

    python -m bench.vectors DOCS.jsonl [--untouched]

DOCS holds one report a line with `text` and `cluster` (reports of one event). Each report is stood for by its first
sentence of eight words or more; counted is how often the nearest other report tells the same event. `--untouched` also
runs the encoder as it was published, and needs the extra [train].
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import numpy.typing as npt

from onrecord.reading.bounds import bounds
from onrecord.reading.model import bundled
from onrecord.reading.tokenise import tokenise

Vectors = npt.NDArray[np.float32]
FEWEST_WORDS = 8


def leads(path: Path) -> tuple[list[list[str]], list[str]]:
    """The first full sentence of each report as words, and its cluster."""
    rows, clusters = [], []
    for line in path.read_text(encoding="utf-8").splitlines():
        doc = json.loads(line)
        text = doc["text"]
        sentences = ([text[a:b] for a, b in tokenise(text, *span)] for span in bounds(text, 0, len(text)))
        words = next((s for s in sentences if len(s) >= FEWEST_WORDS), None)
        if words:
            rows.append(words)
            clusters.append(doc["cluster"])
    return rows, clusters


def found_again(vectors: Vectors, clusters: list[str]) -> float:
    """Percent of the reports that have a companion whose nearest other report is of their cluster."""
    near = vectors @ vectors.T
    np.fill_diagonal(near, -1)
    best = near.argmax(1)
    paired = [k for k, c in enumerate(clusters) if clusters.count(c) > 1]
    return 100 * sum(clusters[best[k]] == clusters[k] for k in paired) / len(paired)


def untouched(rows: list[list[str]]) -> Vectors:
    """Vectors of the encoder as published: the mean of its last layer."""
    import torch
    from training.network import encoder_folder, pretrained
    from training.reader import kept_pieces

    from onrecord.reading.pieces import Pieces

    numbers, vocabulary = kept_pieces(encoder_folder())
    pieces, encoder = Pieces(vocabulary), pretrained(numbers).eval()
    made = []
    with torch.no_grad():
        for words in rows:
            ids = torch.tensor([pieces.encode(words).pieces])
            mean = encoder(ids, torch.zeros_like(ids), torch.ones_like(ids))[-1][0].mean(0)
            made.append((mean / mean.norm()).numpy())
    return np.array(made)


def main() -> None:
    """Reads the command line and prints the shares."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("docs", type=Path)
    parser.add_argument("--untouched", action="store_true")
    words = parser.parse_args()
    rows, clusters = leads(words.docs)
    model = bundled()
    shipped = np.array([model.read([row])[0].sense for row in rows])
    print(f"{len(rows)} leads; shipped {found_again(shipped, clusters):.1f} %")
    if words.untouched:
        before = untouched(rows)
        print(f"untouched {found_again(before, clusters):.1f} %; mean cosine {(shipped * before).sum(1).mean():.3f}")


if __name__ == "__main__":
    main()
