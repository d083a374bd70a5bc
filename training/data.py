"""Reads the training folder: treebanks (CoNLL-U), names (token TAB tag), re3d; all files xz-compressed.

The folder has the shape of the README's table: `ud/`, `ner/`, `coref/`. Files under `ner/eval_only/` are never read here.
"""

from __future__ import annotations

import json
import lzma
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.reading import lemmas
from onrecord.reading.bounds import bounds
from onrecord.reading.decode import spans
from onrecord.reading.tokenise import tokenise

# EWT's development part teaches too: rates and passes were set on GUM's and on Wikipedia's, its own test stays unseen.
TREEBANKS = ("ewt-train", "ewt-dev", "gum_clean-train")
# Sets of names to learn from, each with conventions of its own: the number is the source embedding's row.
NAMES = ("redocred", "crossner_politics", "wikigold", "gum_clean_train", "multiner", "uner_ewt_dev", "re3d_free")
NAME_TYPES = ("PER", "LOC", "ORG", "MISC")
BIO = ("O", *(f"{part}-{kind}" for kind in NAME_TYPES for part in ("B", "I")))
RE3D_TYPES = {
    "Person": "PER", "Organisation": "ORG", "Location": "LOC", "Nationality": "MISC",
    "MilitaryPlatform": "MISC", "Weapon": "MISC", "Vehicle": "MISC",
}  # fmt: skip
LONGEST_NAME = 60  # characters; what is longer in re3d is a description


@dataclass(frozen=True, slots=True)
class Tree:
    """One sentence of a treebank: parallel columns of CoNLL-U. `head` counts words from 1; 0 is the root."""

    words: list[str]
    lemma: list[str]
    upos: list[str]
    xpos: list[str]
    feats: list[str]
    head: list[int]
    rel: list[str]


@dataclass(frozen=True, slots=True)
class Tagged:
    """One sentence with names as BIO tags; "X" is a word whose tag the set does not know."""

    words: list[str]
    tags: list[str]
    source: int


def lines(path: Path) -> Iterator[str]:
    """Lines of a text file, or of one packed with xz, without their ends."""
    with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as file:
        for line in file:
            yield line.rstrip("\n")


def raw_blocks(path: Path) -> Iterator[list[str]]:
    """Runs of lines between blank lines, comments in."""
    block: list[str] = []
    for line in lines(path):
        if line:
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def blocks(path: Path) -> Iterator[list[list[str]]]:
    """Runs of tab-separated lines between blank lines; comments are left out."""
    for block in raw_blocks(path):
        if rows := [line.split("\t") for line in block if not line.startswith("# ")]:
            yield rows


def trees(path: Path) -> list[Tree]:
    """The sentences of one CoNLL-U file; ranges of multiword tokens are left out, their words kept."""
    made = []
    for block in blocks(path):
        rows = [row for row in block if row[0].isdigit()]
        columns = list(zip(*rows, strict=True))
        made.append(
            Tree(*(list(columns[k]) for k in range(1, 6)), [int(h) for h in columns[6]], list(columns[7]))  # type: ignore[arg-type]
        )
    return made


def tagged(path: Path, source: int) -> list[Tagged]:
    """The sentences of one file of names."""
    return [Tagged([r[0] for r in b], [r[1] for r in b], source) for b in blocks(path)]


def names(folder: Path) -> list[Tagged]:
    """All sentences with names that may train shipped weights."""
    found: list[Tagged] = []
    for source, name in enumerate(NAMES):
        path = folder / "ner" / f"{name}.iob.xz"
        found += tagged(path, source) if path.exists() else list(re3d(folder / "ner" / f"{name}.jsonl.xz", source))
    return peoples_of(found)


def peoples_of(found: list[Tagged]) -> list[Tagged]:
    """ "South African" is no place: longer names that end in a word which alone names a people are retagged so.

    Some sets mark "African" as other and "South African" as a place; which words name peoples is read from their own tags.
    """
    alone: dict[str, Counter[str]] = {}
    for sentence in found:
        for start, end, kind in spans(sentence.tags):
            if end == start + 1:
                alone.setdefault(sentence.words[start], Counter())[kind] += 1
    peoples = {word for word, kinds in alone.items() if kinds["MISC"] >= 3 and kinds["MISC"] > 2 * kinds["LOC"]}
    for sentence in found:
        for start, end, kind in spans(sentence.tags):
            if kind == "LOC" and end > start + 1 and sentence.words[end - 1] in peoples:
                sentence.tags[start:end] = ["B-MISC", *["I-MISC"] * (end - start - 1)]
    return found


def re3d(path: Path, source: int) -> Iterator[Tagged]:
    """re3d: names are its innermost entities that open with a capital; "rebels" is an entity there, and no name."""
    for line in lines(path):
        doc = json.loads(line)
        text = doc["text"]
        marked = {}
        for start, end, kind, outer in doc["entities"]:
            start += 4 if text[start:end].lower().startswith("the ") else 0
            named = text[start:end][:1].isupper() and end - start <= LONGEST_NAME
            if named and not outer and kind in RE3D_TYPES:
                marked[start, end] = RE3D_TYPES[kind]
        for paragraph in re.finditer(r"[^\n]+", text):
            for sentence in bounds(text, *paragraph.span()):
                row = tokenise(text, *sentence)
                yield Tagged([text[a:b] for a, b in row], _bio(row, marked), source)


def _bio(row: list[tuple[int, int]], marked: dict[tuple[int, int], str]) -> list[str]:
    tags = ["O"] * len(row)
    for (start, end), kind in sorted(marked.items(), key=lambda item: item[0][0] - item[0][1]):
        inside = [k for k, (a, b) in enumerate(row) if start <= a and b <= end]
        if inside and all(tags[k] == "O" for k in inside):
            for k in inside:
                tags[k] = f"{'B' if k == inside[0] else 'I'}-{kind}"
    return tags


def inventory(train: list[Tree]) -> dict[str, list[str]]:
    """Every label a head can give, commonest first; labels seen less often than the number beside are left out."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in ("upos", "xpos", "feats", "lemma", "rel")}
    for tree in train:
        for name in ("upos", "xpos", "feats", "rel"):
            counts[name].update(getattr(tree, name))
        counts["lemma"].update(map(lemmas.rule, tree.words, tree.lemma))
    least = {"upos": 1, "xpos": 1, "feats": 3, "lemma": 3, "rel": 2}
    made = {name: [label for label, n in count.most_common() if n >= least[name]] for name, count in counts.items()}
    return made | {"ner": list(BIO)}
