"""Scores the ledger's mentions on a set of names: by rules alone, and with the bundled reading.

    python -m bench.mentions NAMES.iob.xz

Sentences are put together with a blank between words, fifteen as one report of as many paragraphs. Counted are persons,
places and groups (outlets among them) with exact spans; what the set calls MISC is nobody's mention.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from training.data import Tagged, tagged
from training.score import Name, Names

from bench.predict import report_of
from bench.reading import joined
from onrecord.mentions import mentions
from onrecord.mentions.places import places
from onrecord.reading import read
from onrecord.reading.decode import spans
from onrecord.records import Passage, Sheet

KINDS = {"person": "PER", "group": "ORG", "outlet": "ORG", "place": "LOC"}
REPORT = 15


def sheet_of(lot: list[Tagged]) -> tuple[Sheet, list[Name]]:
    """A lot of sentences as a sheet, and its gold names in characters."""
    text, rows = joined([t.words for t in lot])
    passages = tuple(
        Passage(passage_id=str(k), report_id="r", start=row[0][0], end=row[-1][1], role="body")
        for k, row in enumerate(rows)
    )
    sheet = Sheet(report=report_of({"text": text, "doc_id": "r"}), passages=passages)
    gold = [
        (row[a][0], row[b - 1][1], kind)
        for row, t in zip(rows, lot, strict=True)
        for a, b, kind in spans(t.tags)
        if kind != "MISC"
    ]
    return sheet, gold


def main(path: Path) -> None:
    """Prints F1 in percent for both."""
    found = tagged(path, 0)
    counts = {"none": Names(), "bundled": Names()}
    for at in range(0, len(found), REPORT):
        sheet, gold = sheet_of(found[at : at + REPORT])
        for reading, names in counts.items():
            known = replace(sheet, reading=read(sheet, reading))
            made = mentions(replace(known, places=places(known)))
            names.add([(m.start, m.end, KINDS[m.type]) for m in made if m.type in KINDS], gold)
    for reading, names in counts.items():
        print(reading, names.f1())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
