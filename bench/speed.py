"""How fast statements are read, side by side with textacy's direct quotations on the same texts and tokens.

    python bench/speed.py GOLD.jsonl [MOST]        (a gold file of texts, such as PolNeAR's; textacy where it is installed)

textacy needs a tagged and parsed text and its parser is not counted: it is given our tokens, sentence bounds and, from
our cue table, tags and lemmas. Its time is therefore a lower bound of what its users wait for.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from bench.predict import sheet_of
from onrecord.claims.statements import statements
from onrecord.claims.statements.cues import verbs
from onrecord.records import Sheet, Span
from onrecord.text.marks import quotations
from onrecord.text.sentences import sentences
from onrecord.text.tokens import tokens


def texts(path: Path, most: int) -> list[dict[str, Any]]:
    """The first documents of a file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for _, line in zip(range(most), lines, strict=False)]


def ours(docs: list[dict[str, Any]]) -> tuple[float, int]:
    """CPU seconds of passages, names and statements together, and how many statements they gave."""
    start = time.process_time()
    found = sum(len(statements(sheet_of(doc))) for doc in docs)
    return time.process_time() - start, found


def textacy_quotes(sheets: list[Sheet]) -> tuple[float, int, int] | None:
    """CPU seconds of textacy's direct quotations, how many it gave, how many texts gave an error; None without it."""
    try:
        import spacy
        from spacy.tokens import Doc
        from textacy.extract import direct_quotations
    except ImportError:
        return None
    vocab = spacy.blank("en").vocab
    made = [_doc(Doc, vocab, sheet) for sheet in sheets]
    found = failed = 0
    start = time.process_time()
    for doc in made:
        try:
            found += sum(1 for _ in direct_quotations(doc))
        except ValueError:
            failed += 1
    return time.process_time() - start, found, failed


def _doc(kind: Any, vocab: Any, sheet: Sheet) -> Any:
    text = sheet.report.text
    columns: dict[str, list[Any]] = {
        k: [] for k in ("words", "spaces", "pos", "lemmas", "sent_starts", "heads", "deps")
    }
    for passage in sheet.passages:
        for sentence in sentences(text, passage.start, passage.end, quotations(text, passage.start, passage.end)):
            _sentence(columns, text, sentence)
    return kind(vocab, **columns)


def _sentence(columns: dict[str, list[Any]], text: str, sentence: Span) -> None:
    row = tokens(text, sentence)
    for k, token in enumerate(row):
        cue = verbs().get(token.lower)
        here = len(columns["words"])
        columns["words"].append(token.text)
        columns["spaces"].append(token.end < len(text) and text[token.end].isspace())
        columns["pos"].append(
            "VERB" if cue else "PUNCT" if token.kind == "mark" else "PROPN" if token.capital else "NOUN"
        )
        columns["lemmas"].append(cue[0].lemma if cue else token.lower)
        columns["sent_starts"].append(k == 0)
        follows = k + 1 < len(row) and row[k + 1].lower in verbs()
        columns["heads"].append(here + 1 if follows and token.kind == "word" else here)
        columns["deps"].append("nsubj" if follows and token.kind == "word" else "ROOT")


def main() -> None:
    """Prints megabytes a CPU second of both, and the ratio."""
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    docs = texts(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 200)
    size = sum(len(d["text"].encode()) for d in docs) / 1e6
    sheets = [sheet_of(d) for d in docs]
    seconds, found = ours(docs)
    print(f"onrecord   {size / seconds:6.2f} MB/s  {len(docs) / seconds:7.1f} texts/s  {found} statements")
    peer = textacy_quotes(sheets)
    if peer is None:
        print("textacy    not installed")
        return
    print(
        f"textacy    {size / peer[0]:6.2f} MB/s  {len(docs) / peer[0]:7.1f} texts/s  {peer[1]} direct quotations, {peer[2]} texts raised"
    )
    print(f"ratio      {peer[0] / seconds:6.2f} (above 1: onrecord is faster)")


if __name__ == "__main__":
    main()
