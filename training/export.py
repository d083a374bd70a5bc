"""Makes the shipped files of a trained reader: one ONNX graph in eight-bit weights, its labels and its vocabulary.

python -m training.export DATA OUT src/onrecord/reading/weights
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import onnx
import torch
from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer
from torch import Tensor, nn
from torch.nn import functional
from training.data import NAMES, TREEBANKS, Tree
from training.data import trees as read_trees
from training.network import RELATION, Encoder, Reader

from onrecord.reading import lemmas
from onrecord.reading.model import FORMS, LABELS, PIECES, WEIGHTS

BLOCK = 64  # 32 and 128 read alike; 128 is 0.4 MB smaller and no faster
INT8 = 4  # ONNX Runtime's name for "multiply in eight bits"
INPUTS = ("pieces", "cases", "mask", "first", "last")
OUTPUTS = ("arcs", "relations", "upos", "feats", "lemma", "names", "words", "sense")


class Rows(nn.Module):
    """A table of vectors in eight bits, each row with its own scale."""

    rows: Tensor
    scale: Tensor

    def __init__(self, table: nn.Embedding) -> None:
        super().__init__()
        scale = table.weight.detach().abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("scale", scale)
        self.register_buffer("rows", (table.weight.detach() / scale).round().to(torch.int8))

    def forward(self, at: Tensor) -> Tensor:
        """The rows at these numbers."""
        return self.rows[at].float() * self.scale[at]


class Graph(nn.Module):
    """The reader as it ships: every label chosen inside, so that what is left to do outside is decoding."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, pieces: Tensor, cases: Tensor, mask: Tensor, first: Tensor, last: Tensor) -> tuple[Tensor, ...]:
        """Outputs in the order of `OUTPUTS`; relations are labels for every pair of word and head."""
        reader = self.reader
        states = reader.encoder(pieces, cases, mask)
        words = reader.words(states, first, last)
        of, to = functional.gelu(reader.rel_of(words)), functional.gelu(reader.rel_to(words))
        batch, length, _ = of.shape
        crossed = reader.rel(of).reshape(batch, -1, RELATION) @ to.transpose(1, 2)
        crossed = crossed.reshape(batch, length, -1, length)
        pairs = crossed + reader.rel_of_prior(of).unsqueeze(-1) + reader.rel_to_prior(to).transpose(1, 2).unsqueeze(1)
        chosen = [reader.tags[name](words).argmax(-1).to(torch.int32) for name in ("upos", "feats", "lemma")]
        return (
            reader.arcs(words),
            pairs.argmax(2).to(torch.int32),
            *chosen,
            torch.log_softmax(reader.names(words), -1),
            words,
            reader.senses(states, mask),
        )


def load(out: Path) -> Reader:
    """A trained reader from the files that `training.reader` wrote."""
    labels = json.loads((out / "labels.json").read_text(encoding="utf-8"))
    pieces = (out / "pieces.txt").read_text(encoding="utf-8").count("\n")
    reader = Reader(Encoder(pieces), labels, len(NAMES))
    reader.load_state_dict(torch.load(out / "reader.pt", weights_only=True))
    return reader.eval()


def forms(trees: Sequence[Tree]) -> str:
    """The table of forms whose lemma the treebanks agree on and which no rule of English gives ("was", "children").

    A form is kept when it was seen three times with one lemma and the commonest rule of its tag and ending is another.
    """
    seen: dict[tuple[str, str], Counter[str]] = {}
    endings: dict[tuple[str, str], Counter[str]] = {}
    for tree in trees:
        for word, tag, lemma in zip(tree.words, tree.upos, tree.lemma, strict=True):
            if tag != "PROPN" and word.isalpha():
                seen.setdefault((word.lower(), tag), Counter())[lemma] += 1
                endings.setdefault((word.lower()[-3:], tag), Counter())[lemmas.rule(word, lemma)] += 1
    rows = []
    for (form, tag), counts in sorted(seen.items()):
        lemma, often = counts.most_common(1)[0]
        usual = endings[form[-3:], tag].most_common(1)[0][0]
        if often >= 3 and len(counts) == 1 and lemmas.apply(form, usual) != lemma:
            rows.append(f"{form}\t{tag}\t{lemma}\tUD_English-EWT, GUM")
    return "\n".join(["form\ttag\tlemma\tsource", *rows]) + "\n"


def eight_bits(graph: Path, target: Path) -> None:
    """The graph with its matrices in eight bits, a scale for every `BLOCK` weights, and rows scaled as they come.

    The usual dynamic form scales a whole batch by its largest number. It ran 1.7 times as fast, and cost .2 to .3 LAS and .6
    F1 of names; this one reads within .05 of the full weights, and a sentence's scores do not hang on its neighbours.
    """
    quantiser = MatMulNBitsQuantizer(onnx.load(graph), bits=8, block_size=BLOCK, is_symmetric=True, accuracy_level=INT8)
    quantiser.process()
    quantiser.model.save_model_to_file(str(target), False)


def export(folder: Path, out: Path, target: Path, whole: Path | None) -> None:
    """Writes the shipped files into `target`; `whole` also gets the graph before its weights are cut to eight bits."""
    target.mkdir(parents=True, exist_ok=True)
    by_piece, by_word = {0: "batch", 1: "piece"}, {0: "batch", 1: "word"}
    axes = {name: by_piece if name in INPUTS[:3] else by_word for name in INPUTS}
    axes |= {name: dict(by_word) for name in OUTPUTS}
    axes["arcs"][2] = axes["relations"][2] = "head"
    axes["sense"] = {0: "batch"}
    ids = torch.randint(10, 1000, (2, 12))
    first = torch.tensor([[0, 1, 2, 4, 5]] * 2)
    shape: dict[str, Any] = {
        "input_names": list(INPUTS), "output_names": list(OUTPUTS), "dynamic_axes": axes, "opset_version": 17, "dynamo": False,
    }  # fmt: skip
    sample = (ids, torch.zeros_like(ids), torch.ones_like(ids), first, first)
    with tempfile.TemporaryDirectory() as aside:
        graph = Path(aside) / "graph.onnx"
        reader = load(out)
        if whole is not None:
            whole.mkdir(parents=True, exist_ok=True)
            torch.onnx.export(Graph(reader), sample, str(whole / WEIGHTS), **shape)
        reader.encoder.table = Rows(reader.encoder.table)  # type: ignore[assignment]
        torch.onnx.export(Graph(reader), sample, str(graph), **shape)
        eight_bits(graph, target / WEIGHTS)
    labels = json.loads((out / "labels.json").read_text(encoding="utf-8"))
    trees = [t for name in TREEBANKS for t in read_trees(folder / "ud" / f"{name}.conllu.xz")]
    shipped = {name: row for name, row in labels.items() if name != "xpos"}
    for folder_ in filter(None, (target, whole)):
        (folder_ / LABELS).write_text(json.dumps(shipped, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
        shutil.copy(out / "pieces.txt", folder_ / PIECES)
        (folder_ / FORMS).write_text(forms(trees), encoding="utf-8")
    print(f"{(target / WEIGHTS).stat().st_size / 1e6:.1f} MB")


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("data", type=Path)
    parser.add_argument("trained", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--whole", type=Path, help="also write the graph with its full weights here")
    words = parser.parse_args()
    export(words.data, words.trained, words.target, words.whole)


if __name__ == "__main__":
    main()
