"""The bundled model of English: words in, scores out. ONNX Runtime and numpy, one thread, loaded once per process.

Sums in floating point may differ in their last digits with the shape of a batch. Each sentence is therefore run by itself:
what is said of it depends on its words alone, and a copy is not read again. A batch of several was 4 % faster at best
(200 pieces), and slower from 400 on.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime as ort
from threadpoolctl import threadpool_limits

from onrecord.errors import BrokenModel
from onrecord.reading import lemmas
from onrecord.reading.decode import labels as best_labels
from onrecord.reading.decode import spans, tree
from onrecord.reading.pieces import CLOSE, Encoded, Pieces

FOLDER = Path(__file__).parent / "weights"
WEIGHTS, LABELS, PIECES, FORMS = "reader.onnx", "labels.json", "pieces.txt", "forms.tsv"
# Sentences whose reading a process remembers: those of some 35 reports, 25 MB. Likely copies come one after the other
# (`text/likeness.py`); more would find little more.
KEPT = 512
# The encoder knows 512 places; a sentence of more pieces is read to here, and its later words get no reading.
LONGEST = 500
INFLECTED = frozenset({"VERB", "NOUN", "AUX"})
NAME_TYPES = {"PER": "person", "ORG": "organisation", "LOC": "place", "MISC": "other"}

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Read:
    """What the model says of one sentence: a label for each word, names as (first, after last, type, confidence).

    `heads` count words from 0; -1 is the root. `words` has one row of 384 a word, `sense` is one of unit length.
    """

    tags: list[str]
    features: list[str]
    lemmas: list[str]
    heads: list[int]
    relations: list[str]
    names: list[tuple[int, int, str, float]]
    words: Floats
    sense: Floats


class Model:
    """One loaded model. `read` is all that the rest of the house needs."""

    def __init__(self, folder: Path = FOLDER) -> None:
        missing = [name for name in (WEIGHTS, LABELS, PIECES, FORMS) if not (folder / name).exists()]
        if missing:
            raise BrokenModel(f"no {', '.join(missing)}", where=str(folder), hint="install onrecord anew")
        self._pieces = Pieces.load(folder / PIECES)
        self._labels: dict[str, list[str]] = json.loads((folder / LABELS).read_text(encoding="utf-8"))
        self._known = lemmas.known(folder / FORMS)
        self._known_read = lru_cache(maxsize=KEPT)(self._read)
        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1  # two workers on two cores must not fight
        options.log_severity_level = 3
        try:
            self._session = ort.InferenceSession(folder / WEIGHTS, options, providers=["CPUExecutionProvider"])
        except Exception as error:  # ONNX Runtime raises classes of its own, which it does not name in public
            raise BrokenModel(
                f"the weights do not load: {error}", where=str(folder), hint="install onrecord anew"
            ) from error

    def read(self, sentences: Sequence[Sequence[str]]) -> list[Read]:
        """What the model says of some sentences, in their order. Nobody may change what it gives: it may be given again."""
        return [self._known_read(tuple(words)) for words in sentences]

    def _read(self, words: tuple[str, ...]) -> Read:
        """One sentence by itself: what the model says of it depends on nothing else, so a copy need not be read again."""
        outputs = self._session.run(None, _feed(_bounded(self._pieces.encode(words))))
        return self._said(words, [output[0] for output in outputs])

    def _said(self, words: Sequence[str], outputs: list[npt.NDArray[np.generic]]) -> Read:
        """One sentence's labels; `outputs` are its rows of the graph's outputs, in the order of `OUTPUTS`."""
        arcs, relations, upos, feats, rules, ner, vectors, sense = outputs
        n = len(words) + 1
        heads = tree(np.asarray(arcs[:n, :n], dtype=np.float64))
        label = self._labels
        chosen = [int(relations[k, head]) for k, head in enumerate(heads, 1)]
        return Read(
            tags=[label["upos"][int(k)] for k in upos[1:n]],
            features=[label["feats"][int(k)] for k in feats[1:n]],
            lemmas=[self._lemma(*row) for row in zip(words, rules[1:n], upos[1:n], strict=True)],
            heads=[head - 1 for head in heads],
            relations=["root" if head == 0 else label["rel"][k] for head, k in zip(heads, chosen, strict=True)],
            names=self._names(np.asarray(ner[1:n], dtype=np.float64)),
            words=np.asarray(vectors[1:n], dtype=np.float32),
            sense=np.asarray(sense, dtype=np.float32),
        )

    def _lemma(self, word: str, rule: int, tag: int) -> str:
        kind = self._labels["upos"][tag]
        if (form := self._known.get((word.lower(), kind))) is not None:
            return form
        made = lemmas.apply(word, self._labels["lemma"][rule])
        return lemmas.spelled(made, word, self._pieces) if kind in INFLECTED else made

    def _names(self, scores: npt.NDArray[np.float64]) -> list[tuple[int, int, str, float]]:
        path = best_labels(scores, self._labels["ner"])
        found = spans([self._labels["ner"][k] for k in path])
        sure = [float(np.exp(scores[a:b].max(1)).mean()) for a, b, _ in found]
        return [(a, b, NAME_TYPES[kind], round(p, 4)) for (a, b, kind), p in zip(found, sure, strict=True)]


def _bounded(encoded: Encoded) -> Encoded:
    """A sentence longer than the encoder can see: its words beyond stand for its last piece."""
    if len(encoded.pieces) <= LONGEST:
        return encoded
    return Encoded(
        [*encoded.pieces[: LONGEST - 1], CLOSE],
        encoded.cases[:LONGEST],
        [min(k, LONGEST - 1) for k in encoded.first],
        [min(k, LONGEST - 1) for k in encoded.last],
    )


def _feed(row: Encoded) -> dict[str, Integers]:
    """The inputs of the graph: pieces, cases and mask by piece; first and last piece by word."""
    columns = {
        "pieces": row.pieces,
        "cases": row.cases,
        "mask": [1] * len(row.pieces),
        "first": row.first,
        "last": row.last,
    }
    return {name: np.array([values], dtype=np.int64) for name, values in columns.items()}


@cache
def bundled() -> Model:
    """The model that ships with the package, loaded at its first use in a process.

    numpy's own threads are held to one from then on: for matrices as small as ours they spin more than they work (1,830
    words a CPU second with two threads, 7,200 with one), and two workers on two cores would fight.
    """
    threadpool_limits(limits=1, user_api="blas")
    return Model()


@cache
def model_hash(folder: Path = FOLDER) -> str:
    """SHA-256 over the files of a model: the run record names the weights that made a ledger."""
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        if path.suffix in (".onnx", ".json", ".txt", ".tsv", ".npz"):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
