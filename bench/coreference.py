"""Scores pointers against GUM: does a pronoun, or a definite noun, lead to the right name?

    python -m bench.coreference DATA/nlp [--read MODULE:FUNCTION] [--genres news,interview] [--misses]

Counted are third-person pronouns (he, she, it, they in all cases; gold tag PRON) that stand in a gold cluster with a
mention whose head is tagged PROPN and stands before the pronoun ("before"), or anywhere in the document ("anywhere").
Right: the answer is a name whose head word heads a mention of the same cluster. `accuracy` is right / counted, `precision`
right / answered. A pronoun whose cluster has no name, or that is in no cluster, should get no answer: `false` counts
those that do. Nouns ("the group") likewise, where they head a mention with a definite article.
"""

from __future__ import annotations

import argparse
import importlib
import lzma
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from onrecord.reading.coreference import pointers
from onrecord.reading.names import settled
from onrecord.reading.spots import DEFINITE, PRONOUNS
from onrecord.records import Named, Pointer, Sentence, Word

Floats = npt.NDArray[np.float32]
Read = Callable[[list[list[str]]], list[tuple[Sentence, Floats]]]
Spot = tuple[int, int]  # sentence, word
TYPES = {"person": "person", "organization": "organisation", "place": "place"}
JOINING = frozenset("of for and the de von van".split())
SHARES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.01)


@dataclass(frozen=True, slots=True)
class Document:
    """One text with its gold clusters: head word of each mention -> cluster, and the heads that are proper names."""

    name: str
    sentences: tuple[Sentence, ...]  # offsets into `text`
    vectors: tuple[Floats, ...]
    text: str
    clusters: dict[Spot, int]
    proper: frozenset[Spot]

    @property
    def genre(self) -> str:
        """ "news" of "GUM_news_nasa"."""
        return self.name.split("_")[1]


def conllu(path: Path) -> Iterator[tuple[str, list[list[list[str]]]]]:
    """Name, and sentences of token rows, of each document of an xz-compressed CoNLL-U file."""
    name, held = "", list[list[list[str]]]()
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            cells = line.rstrip("\n").split("\t")
            if line.startswith("# newdoc id"):
                if held:
                    yield name, held
                name, held = line.split("=")[1].strip(), []
            elif cells[0].isdigit():
                if cells[0] == "1":
                    held.append([])
                held[-1].append(cells)
    yield name, held


def documents(path: Path, read: Read) -> Iterator[Document]:
    """Every document with its gold tags, heads and names; only the vectors are the reading's."""
    for name, held in conllu(path):
        clusters, proper, names = _gold(held)
        sentences, start = [], 0
        for k, rows in enumerate(held):
            sentence = _sentence(rows, names[k], start)
            sentences.append(sentence)
            start = sentence.end + 1
        vectors = tuple(v for _, v in read([[row[1] for row in rows] for rows in held]))
        text = "\n".join(" ".join(row[1] for row in rows) for rows in held)
        yield Document(name, tuple(sentences), vectors, text, clusters, proper)


def reread(document: Document, read: Read) -> Document:
    """The same document with tags, heads and names as the reading sees them, on the gold's words."""
    made, start = [], 0
    for sentence, _ in read([[w.text for w in s.words] for s in document.sentences]):
        made.append(moved(sentence, start))
        start = made[-1].end + 1
    return replace(document, sentences=settled(made, document.text))


def moved(sentence: Sentence, by: int) -> Sentence:
    """The sentence with all its offsets `by` characters further on."""
    return replace(
        sentence,
        start=sentence.start + by,
        end=sentence.end + by,
        words=tuple(replace(w, start=w.start + by, end=w.end + by) for w in sentence.words),
        names=tuple(replace(n, start=n.start + by, end=n.end + by) for n in sentence.names),
    )


def _sentence(rows: list[list[str]], names: list[tuple[int, int, str]], start: int) -> Sentence:
    made, at = [], start
    for row in rows:
        made.append(
            Word(start=at, end=at + len(row[1]), text=row[1], lemma=row[2], tag=row[3], features=row[5],
                 head=int(row[6]) - 1, relation=row[7])
        )  # fmt: skip
        at += len(row[1]) + 1
    named = tuple(Named(start=made[a].start, end=made[b].end, type=t, confidence=1.0) for a, b, t in names)
    return Sentence(start=start, end=at - 1, words=tuple(made), names=named)


def _mentions(rows: list[list[str]], still: dict[str, list[tuple[int, str]]]) -> Iterator[tuple[int, int, str, str]]:
    """First word, last word, cluster and type of every mention of a sentence (GUM's Entity= brackets)."""
    for k, row in enumerate(rows):
        entity = re.search(r"(?:^|\|)Entity=([^|]*)", row[9])
        for piece in re.findall(r"\([^()]*\)?|[^()]+\)", entity.group(1) if entity else ""):
            body = piece.strip("()")
            cluster, kind = [*body.split("-"), ""][:2]
            if piece[0] == "(" and piece[-1] == ")":
                yield k, k, cluster, kind
            elif piece[0] == "(":
                still[cluster].append((k, kind))
            elif still[cluster]:
                first, kind = still[cluster].pop()
                yield first, k, cluster, kind


def _gold(held: list[list[list[str]]]) -> tuple[dict[Spot, int], frozenset[Spot], list[list[tuple[int, int, str]]]]:
    clusters: dict[Spot, int] = {}
    proper: set[Spot] = set()
    names: list[list[tuple[int, int, str]]] = []
    for number, rows in enumerate(held):
        found = sorted(_mentions(rows, defaultdict(list)), key=lambda m: m[1] - m[0])
        names.append([])
        for first, last, cluster, kind in found:  # the shortest first: "Anna" before "Anna and Ben" with the same head
            head = next((k for k in range(first, last + 1) if not first <= int(rows[k][6]) - 1 <= last), first)
            if (number, head) in clusters:
                continue
            clusters[number, head] = int(re.sub(r"\D", "", cluster) or 0)
            if rows[head][3] == "PROPN":
                proper.add((number, head))
                if kind != "time":
                    names[-1].append((*_name(rows, first, last, head, found), TYPES.get(kind, "other")))
    return clusters, frozenset(proper), names


def _name(
    rows: list[list[str]], first: int, last: int, head: int, found: list[tuple[int, int, str, str]]
) -> tuple[int, int]:
    """The capitalised stretch around the head of a mention, as a tagger of names would mark it."""
    inner = {k for a, b, *_ in found if b - a < last - first and not a <= head <= b for k in range(a, b + 1)}
    left = right = head
    while left > first and rows[left - 1][3] == "PROPN" and left - 1 not in inner:
        left -= 1
    while right < last:
        step = next((s for s in (1, 2, 3) if right + s <= last and rows[right + s][3] == "PROPN"), 0)
        if not step or any(rows[right + k][1] not in JOINING for k in range(1, step)):
            break
        right += step
    return left, right


Row = tuple[str, str, bool | None, float, str]


def judged(document: Document, found: Sequence[Pointer], names: Sequence[Sentence] = ()) -> Iterator[Row]:
    """Each gold anaphor: its kind, where its cluster has a name (before, after, never), whether the answer is right
    (None: no answer), how sure, and the anaphor with the answer for a person to read.

    Args:
        document: with its gold tags and heads.
        names: the sentences whose names the pointers lead to, where these are not the document's own.
    """
    head_at = {(w.start, w.end): (n, k) for n, s in enumerate(document.sentences) for k, w in enumerate(s.words)}
    ends = {p.end: p for p in found}
    heads = _name_heads(document, names or document.sentences)
    named: dict[int, list[Spot]] = defaultdict(list)
    for spot in document.proper:
        named[document.clusters[spot]].append(spot)
    for (start, end), spot in head_at.items():
        kind = _kind(document, spot)
        if kind is None:
            continue
        where = named.get(document.clusters.get(spot, -1), [])
        state = "before" if any(s < spot for s in where) else "after" if where else "never"
        pointer = ends.get(end)
        right, sure, to = None, 0.0, "-"
        if pointer is not None:
            head = heads[pointer.to_start, pointer.to_end]
            right = state != "never" and document.clusters.get(head) == document.clusters[spot]
            sure, to = pointer.confidence, document.text[pointer.to_start : pointer.to_end]
        yield kind, state, right, sure, f"{document.name} {spot[0]}: {document.text[start:end]} -> {to}"


def _name_heads(document: Document, sentences: Sequence[Sentence]) -> dict[tuple[int, int], Spot]:
    heads = {}
    for n, sentence in enumerate(sentences):
        for name in sentence.names:
            inside = [k for k, w in enumerate(sentence.words) if name.start <= w.start and w.end <= name.end]
            outer = [k for k in inside if sentence.words[k].head not in inside]
            if inside:
                gold = [k for k in (*outer, *inside) if (n, k) in document.clusters]
                heads[name.start, name.end] = (n, (gold or outer or inside)[0])
    return heads


def _kind(document: Document, spot: Spot) -> str | None:
    row = document.sentences[spot[0]].words
    word = row[spot[1]]
    if word.text.lower().replace("’", "'") in PRONOUNS and word.tag == "PRON":
        return "pronoun"
    definite = any(w.head == spot[1] and w.relation == "det" and w.text.lower() in DEFINITE for w in row)
    return "noun" if spot in document.clusters and spot not in document.proper and definite else None


def figures(rows: Sequence[Row], kind: str) -> dict[str, float]:
    """The measures of one kind of anaphor."""
    count: Counter[str] = Counter()
    for what, state, right, _, _ in rows:
        if what == kind:
            count[state] += 1
            count[f"{state} right"] += right is True
            count[f"{state} answered"] += right is not None
    named = count["before"] + count["after"]
    answered = sum(count[f"{s} answered"] for s in ("before", "after", "never"))
    right = count["before right"] + count["after right"]
    return {
        "counted": count["before"],
        "accuracy": round(count["before right"] / max(1, count["before"]), 3),
        "precision": round(count["before right"] / max(1, count["before answered"]), 3),
        "anywhere": round(right / max(1, named), 3),
        "precision of all": round(right / max(1, answered), 3),
        "no name": count["never"],
        "false": count["never answered"],
    }


def reliability(rows: Sequence[Row]) -> list[tuple[str, int, float, float]]:
    """Answers in five bins of confidence: how many, mean confidence, share right."""
    made = []
    for low, high in pairwise(SHARES):
        held = [(sure, right) for _, _, right, sure, _ in rows if right is not None and low <= sure < high]
        if held:
            made.append((f"{low:.1f}-{min(high, 1):.1f}", len(held), *np.mean(held, axis=0).round(3).tolist()))
    return made


def bundled(sentences: list[list[str]]) -> list[tuple[Sentence, Floats]]:
    """Sentences given as words, read by the bundled model, each with its word vectors; offsets into " ".join(words)."""
    from onrecord.reading import model

    made = []
    for words, said in zip(sentences, model.bundled().read(sentences), strict=True):
        starts = np.cumsum([0, *(len(w) + 1 for w in words)]).tolist()
        columns = zip(starts, words, said.lemmas, said.tags, said.features, said.heads, said.relations, strict=False)
        row = tuple(
            Word(
                start=at,
                end=at + len(word),
                text=word,
                lemma=lemma,
                tag=tag,
                features=features,
                head=head,
                relation=relation,
            )
            for at, word, lemma, tag, features, head, relation in columns
        )
        names = tuple(
            Named(start=row[a].start, end=row[b - 1].end, type=kind, confidence=sure) for a, b, kind, sure in said.names
        )
        made.append((Sentence(start=0, end=row[-1].end, words=row, names=names), said.words))
    return made


def function(named: str) -> Read:
    """The function that "module:function" names."""
    module, _, name = named.partition(":")
    found: Read = getattr(importlib.import_module(module), name)
    return found


def main() -> None:
    """The figures of the shipped weights, on gold and on predicted tags, heads and names."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--read", default="bench.coreference:bundled")
    parser.add_argument("--genres", default="news,interview")
    parser.add_argument("--misses", action="store_true")
    given = parser.parse_args()
    read = function(given.read)
    for part in ("dev", "test"):
        held = list(documents(given.folder / "ud" / f"gum_clean-{part}.conllu.xz", read))
        held = [d for d in held if given.genres == "all" or d.genre in given.genres.split(",")]
        for source in ("gold", "read"):
            rows: list[Row] = []
            for d in held:
                seen = d if source == "gold" else reread(d, read)
                rows += judged(d, pointers(seen.sentences, seen.vectors, seen.text), seen.sentences)
            for kind in ("pronoun", "noun"):
                print(part, source, kind, figures(rows, kind))
                print("   sure, answers, mean, right:", *reliability([r for r in rows if r[0] == kind]))
            if given.misses:
                print(*(r[4] for r in rows if r[0] == "pronoun" and r[1] != "never" and r[2] is not True), sep="\n")


if __name__ == "__main__":
    main()
