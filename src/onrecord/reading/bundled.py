"""The reading that ships: our own model of English."""

from __future__ import annotations

import numpy as np

from onrecord.errors import BrokenModel
from onrecord.reading.bounds import bounds
from onrecord.reading.coreference import pointers
from onrecord.reading.model import Read, bundled, model_hash
from onrecord.reading.names import settled
from onrecord.reading.tokenise import tokenise
from onrecord.records import Named, Passage, Reading, Sentence, Word


def load(detail: str = "") -> None:
    """Loads the model, once per process."""
    if detail:
        raise BrokenModel(f"it takes nothing after the colon: {detail!r}", where="--reading", hint="say bundled alone")
    bundled()


def fingerprint(detail: str = "") -> str:
    """SHA-256 over the shipped files."""
    del detail
    return model_hash()


def read(text: str, passages: tuple[Passage, ...], detail: str) -> Reading:
    """The passages given, read.

    Args:
        text: the report's text; all offsets count its code points.
        passages: what is to be read, in text order.
        detail: nothing; other readings are told here which pipeline to load.
    """
    del detail
    rows = [tokenise(text, *span) for p in passages for span in bounds(text, p.start, p.end)]
    rows = [row for row in rows if row]
    found = bundled().read([[text[a:b] for a, b in row] for row in rows])
    made = settled([sentence(text, row, said) for row, said in zip(rows, found, strict=True)], text)
    return Reading(sentences=made, pointers=pointers(made, [said.words for said in found], text))


def sentence(text: str, row: list[tuple[int, int]], said: Read) -> Sentence:
    """What the model says of one sentence as a record; `row` holds the span of each word in `text`."""
    columns = zip(row, said.lemmas, said.tags, said.features, said.heads, said.relations, strict=True)
    words = tuple(
        Word(start=a, end=b, text=text[a:b], lemma=lemma, tag=tag, features=features, head=head, relation=relation)
        for (a, b), lemma, tag, features, head, relation in columns
    )
    names = tuple(
        Named(start=row[a][0], end=row[b - 1][1], type=kind, confidence=sure) for a, b, kind, sure in said.names
    )
    vector = said.sense.astype(np.float16).tobytes()
    return Sentence(start=row[0][0], end=row[-1][1], words=words, names=names, vector=vector)
