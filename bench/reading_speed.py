"""Words a CPU second of the bundled reading, beside a spaCy CNN of the same tasks, in one run on the same words.

    python -m bench.reading_speed TREEBANK.conllu.xz [RUNS]

spaCy's pipeline has the shape that `en_core_web_sm` has (tok2vec of width 96, depth 4; tagger, morphologizer, lemmatizer,
parser, names) and is not trained: what it says is worthless, what it costs is not. Both are given words, one thread,
sentences in lots of 25 as reports have them; runs alternate, because the machine is shared.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from training.data import Tree, trees

from bench.reading import read_all
from onrecord.reading.model import bundled

Rows = Sequence[Sequence[str]]


def spacy_cnn(found: Sequence[Tree]) -> Any:
    """An untrained pipeline that knows the labels of these trees."""
    import spacy
    from spacy.tokens import Doc
    from spacy.training import Example

    nlp = spacy.blank("en")
    for name in ("tok2vec", "tagger", "morphologizer", "trainable_lemmatizer"):
        nlp.add_pipe(name)
    nlp.add_pipe("parser", config={"min_action_freq": 1})
    nlp.add_pipe("ner").add_label("PER")
    examples = []
    for tree in found[:400]:
        heads = [k if head == 0 else head - 1 for k, head in enumerate(tree.head)]
        gold = Doc(
            nlp.vocab, words=tree.words, tags=tree.xpos, pos=tree.upos, morphs=["" if f == "_" else f for f in tree.feats],
            lemmas=tree.lemma, heads=heads, deps=["ROOT" if r == "root" else r for r in tree.rel],
            ents=["B-PER", *["O"] * (len(tree.words) - 1)],
        )  # fmt: skip
        examples.append(Example(Doc(nlp.vocab, words=tree.words), gold))
    nlp.initialize(lambda: examples)
    return nlp


def timed(work: Callable[[], None]) -> float:
    """CPU seconds of one run."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def main(path: Path, runs: int) -> None:
    """Prints words a CPU second of both and their ratio."""
    found = trees(path)
    rows: Rows = [tree.words for tree in found]
    words = sum(map(len, rows))
    model = bundled()
    ours = lambda: [None for _ in read_all(model, rows)] and None  # noqa: E731 - a local shorthand
    ours()
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most with the model loaded and used")
    from spacy.tokens import Doc

    nlp = spacy_cnn(found)
    theirs = lambda: [None for _ in nlp.pipe([Doc(nlp.vocab, words=list(r)) for r in rows], batch_size=25)] and None  # noqa: E731
    theirs()
    taken = [(timed(ours), timed(theirs)) for _ in range(runs)]
    mine, peer = (words / median(row) for row in zip(*taken, strict=True))
    print(f"bundled {mine:.0f}, spaCy CNN {peer:.0f} words a CPU second; ratio {mine / peer:.2f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 5)
