"""What the scorers beside the gold do not measure of statements: confidence, pronoun speakers, nesting, speed.

    python -m bench.quotes FOLDER [--reading READING]

FOLDER holds `polnear/polnear.jsonl` and `gum_wikinews/gum_wikinews.jsonl` in the shape of `bench/predict.py`.

Rules. A gold row and a statement are one where their content words overlap by Dice 0.5 or more, one to one, best first
(the scorers' rule). *Confidence*: of all statements, by what they say of themselves, the share that has a gold row with
the same source head (PolNeAR, every row). *Pronoun speaker*: gold rows whose source is he, she, they, it or I and whose
person or group the report names; right when the last capitalised word of the statement's speaker is in a name of it. *Nested*: gold
rows with a parent; found when both have a statement. *Speed*: statements of 200 articles read before, CPU seconds.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bench.predict import Row, sheet_of
from onrecord.claims.statements import statements
from onrecord.reading import DEFAULT
from onrecord.records import Sheet, Statement

PRONOUNS = frozenset("he she they it i".split())
BANDS = (0.0, 0.4, 0.6, 0.7, 0.78, 0.85, 0.92, 1.01)
ARTICLES = 200


def words(text: str, spans: Sequence[Sequence[int]]) -> frozenset[int]:
    """Where the words start that lie in any of the spans."""
    return frozenset(m.start() + s for s, e in spans for m in re.finditer(r"\w+", text[s:e]))


def matched(text: str, gold: Sequence[Row], found: Sequence[Statement]) -> dict[int, int]:
    """Gold row to statement, by number: content words overlap by half, one to one, best first."""
    ours = [words(text, [(c.start, c.end) for c in s.content]) for s in found]
    theirs = [words(text, g["content"]) for g in gold]
    pairs = [
        (2 * len(a & b) / (len(a) + len(b)), i, j) for i, a in enumerate(theirs) for j, b in enumerate(ours) if a & b
    ]
    used: dict[int, int] = {}
    taken: set[int] = set()
    for dice, i, j in sorted(pairs, key=lambda p: (-p[0], p[1], p[2])):
        if dice >= 0.5 and i not in used and j not in taken:
            used[i] = j
            taken.add(j)
    return used


def right_source(text: str, gold: Row, statement: Statement) -> bool:
    """Whether both name the same source: the last word of one, before a comma or a preposition, lies in the other."""
    if not gold["source"] or statement.source is None:
        return not gold["source"] and statement.source is None
    start, end = gold["source"][0]
    head = _head(text, start, end)
    return statement.source.start <= head < statement.source.end


def _head(text: str, start: int, end: int) -> int:
    cut = re.search(r"[,(]|\s(?:of|for|from|in|at|on|with|who|whose|which|that)\s", text[start:end])
    stop = start + cut.start() if cut else end
    return max((start + m.start() for m in re.finditer(r"\w+", text[start:stop])), default=start)


def reliability(docs: Sequence[tuple[Row, Sheet]]) -> Iterator[str]:
    """Share of statements that are right as a whole, by the confidence they give."""
    counts = [[0, 0] for _ in BANDS]
    for doc, sheet in docs:
        found = statements(sheet)
        pairs = {j: i for i, j in matched(doc["text"], doc["gold"], found).items()}
        for j, statement in enumerate(found):
            band = next(k for k in range(len(BANDS) - 1) if statement.confidence < BANDS[k + 1])
            counts[band][0] += 1
            counts[band][1] += j in pairs and right_source(doc["text"], doc["gold"][pairs[j]], statement)
    yield "confidence       statements   right"
    for k, (total, right) in enumerate(counts):
        if total:
            yield f"{BANDS[k]:.2f} to {min(BANDS[k + 1], 1):.2f}   {total:9d}   {right / total:.2f}"


def pronouns(docs: Sequence[tuple[Row, Sheet]]) -> Iterator[str]:
    """How many pronoun speakers get the right name."""
    for kind, which in (("he, she, they, it", PRONOUNS - {"i"}), ("I", frozenset({"i"}))):
        asked = found_ = right = 0
        for doc, sheet in docs:
            found = statements(sheet)
            pairs = matched(doc["text"], doc["gold"], found)
            for i, gold in enumerate(doc["gold"]):
                source = doc["text"][slice(*gold["source"][0])].lower() if gold["source"] else ""
                names = _names(doc, gold)
                if source not in which or not names:
                    continue
                asked += 1
                found_ += i in pairs
                speaker = (found[pairs[i]].speaker or "") if i in pairs else ""
                capital = [w for w in re.findall(r"\w+", speaker) if w[:1].isupper()]
                right += bool(capital) and capital[-1].lower() in names
        yield f"pronoun speakers ({kind}): {right} of {asked} right, {found_} found"


def _names(doc: Row, gold: Row) -> set[str]:
    """Capitalised words by which the gold's coreference and its other rows name a speaker; empty where nothing does."""
    named: Any = gold.get("speaker") or {}
    same = [g for g in doc["gold"] if named and (g.get("speaker") or {}).get("entity") == named.get("entity")]
    texts = [named.get("text", ""), *(doc["text"][slice(*g["source"][0])] for g in same if g["source"])]
    capital = {w for t in texts for w in re.findall(r"[^\W\d_][\w-]*", t) if w[:1].isupper()}
    return {w.lower() for w in capital} - PRONOUNS - {"the", "you", "we", "my", "your", "his", "her"}


def nested(docs: Sequence[tuple[Row, Sheet]]) -> str:
    """How many nested gold rows are found with the row around them."""
    both = total = 0
    for doc, sheet in docs:
        pairs = matched(doc["text"], doc["gold"], statements(sheet))
        number = {g.get("id"): i for i, g in enumerate(doc["gold"])}
        for i, gold in enumerate(doc["gold"]):
            if gold.get("parent"):
                total += 1
                both += i in pairs and number[gold["parent"]] in pairs
    return f"nested, both levels found: {both} of {total}"


def speed(docs: Sequence[tuple[Row, Sheet]]) -> str:
    """Articles a CPU second, reading not counted."""
    sheets = [sheet for _, sheet in docs[:ARTICLES]]
    statements(sheets[0])
    start = time.process_time()
    for sheet in sheets:
        statements(sheet)
    rate = len(sheets) / (time.process_time() - start)
    size = sum(len(s.report.text) for s in sheets) / len(sheets)
    return f"speed: {rate:.0f} articles of {size:.0f} characters a CPU second, reading not counted"


def offsets(docs: Sequence[tuple[Row, Sheet]]) -> str:
    """How many statements do not quote their source."""
    rows = [(sheet.report.text, s) for _, sheet in docs for s in statements(sheet)]
    wrong = sum(s.text != " ".join(c.of(text) for c in s.content) for text, s in rows)
    return f"offsets: {wrong} of {len(rows)} statements do not quote their source"


def main() -> None:
    """Prints every figure."""
    arguments = [a for a in sys.argv[1:] if not a.startswith("--")]
    if len(arguments) < 1:
        sys.exit(__doc__)
    reading = arguments[1] if "--reading" in sys.argv else DEFAULT
    read: dict[str, list[tuple[Row, Sheet]]] = {}
    for name in ("polnear", "gum_wikinews"):
        lines = (Path(arguments[0]) / name / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        read[name] = [(doc, sheet_of(doc, reading)) for doc in map(json.loads, lines)]
    print(*reliability(read["polnear"]), sep="\n")
    print(*pronouns(read["gum_wikinews"]), nested(read["gum_wikinews"]), sep="\n")
    print(offsets(read["polnear"]), speed(read["polnear"]), sep="\n")


if __name__ == "__main__":
    main()
