"""How well raw text is cut into tokens and sentences, against treebanks, in the manner of CoNLL 2018.

    python -m bench.raw FOLDER [SET ...] [--misses]      (FOLDER holds ud/*.conllu.xz)

Raw text is rebuilt from `# text =`: the sentences of one `newdoc` joined by one space, without a newline, so that a
heading runs on into the sentence after it. A token or sentence is right when it covers exactly the characters that gold
covers. `apart` is token F1 where each gold sentence is a passage of its own; `lines` is sentence F1 where a newline, as
in a report, follows each heading, caption or item (a sentence whose last character is a letter or a digit). A word of a contraction ("do", "n't") has
a span where the parts spell the surface; otherwise the surface is one token.
"""

from __future__ import annotations

import lzma
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.reading.bounds import bounds
from onrecord.reading.tokenise import tokenise

Spans = list[tuple[int, int]]
# What is measured: name, files of FOLDER/ud, and which sentence ids count.
SETS = (
    ("ewt-train", ("ewt-train",), ""),
    ("ewt-dev", ("ewt-dev",), ""),
    ("ewt-test", ("ewt-test",), ""),
    ("gum-train", ("gum_clean-train",), ""),
    ("gum-dev", ("gum_clean-dev",), ""),
    ("gum-test", ("gum_clean-test",), ""),
    ("gum-news-train", ("gum_clean-train",), "GUM_news"),
    ("gum-news", ("gum_clean-dev", "gum_clean-test"), "GUM_news"),
    ("pud-news", ("pud_news-test",), ""),
)
ROW = re.compile(r"(\d+)(?:-(\d+))?\t([^\t]*)\t(?:[^\t]*\t){7}([^\t]*)$")


@dataclass(slots=True)
class Gold:
    """One document: its text, and the gold spans in it."""

    text: str = ""
    tokens: Spans = field(default_factory=list)
    sentences: Spans = field(default_factory=list)

    def add(self, surface: str, tokens: Spans) -> None:
        """Append one sentence after a blank."""
        at = len(self.text) + bool(self.text)
        self.text += (" " if self.text else "") + surface
        self.sentences.append((at, at + len(surface)))
        self.tokens += [(at + s, at + e) for s, e in tokens]


def documents(path: Path, prefix: str = "") -> list[Gold]:
    """The documents of a .conllu.xz, only sentences whose id starts with `prefix`."""
    found: list[Gold] = [Gold()]
    for block in lzma.decompress(path.read_bytes()).decode().split("\n\n"):
        notes = dict(re.findall(r"^# (\w+)(?: id)? = (.*)$", block, re.M))
        if "newdoc" in notes and found[-1].text:
            found.append(Gold())
        if "text" in notes and notes["sent_id"].startswith(prefix):
            surface = notes["text"].strip()
            found[-1].add(surface, gold_tokens(surface, block.splitlines()))
    return [doc for doc in found if doc.text]


def gold_tokens(surface: str, lines: list[str]) -> Spans:
    """Spans of the words of one sentence in its surface text."""
    spans: Spans = []
    rows = [m for m in map(ROW.match, lines) if m]
    at = k = 0
    while k < len(rows):
        form = rows[k][3]
        at = surface.index(form, at)
        parts = [form]
        if rows[k][2]:
            count = int(rows[k][2]) - int(rows[k][1]) + 1
            words = [row[3] for row in rows[k + 1 : k + 1 + count]]
            parts = words if "".join(words) == form else parts
            k += count
        for part in parts:
            spans.append((at, at + len(part)))
            at += len(part)
        k += 1
    return spans


def f1(gold: int, got: int, right: int) -> float:
    """The harmonic mean of precision and recall, in percent."""
    return 200 * right / max(1, gold + got)


@dataclass(slots=True)
class Tally:
    """Counts of spans: in gold, found by us, in both; and the misses in context."""

    gold: int = 0
    got: int = 0
    right: int = 0
    misses: Counter[str] = field(default_factory=Counter)

    def add(self, text: str, gold: Spans, got: Spans) -> None:
        """Count one text."""
        both = set(gold) & set(got)
        self.gold += len(gold)
        self.got += len(got)
        self.right += len(both)
        self.misses.update(differences(text, gold, got, both))

    @property
    def line(self) -> str:
        """F1, precision and recall, in percent."""
        p, r = self.right / max(1, self.got), self.right / max(1, self.gold)
        return f"{f1(self.gold, self.got, self.right):6.2f} ({100 * p:.1f}/{100 * r:.1f})"


def differences(text: str, gold: Spans, got: Spans, both: set[tuple[int, int]]) -> Iterator[str]:
    """For each gold span that was not found: what gold has there and what we have."""
    ours = [span for span in got if span not in both]
    for start, end in gold:
        if (start, end) not in both:
            there = [text[s:e] for s, e in ours if s < end and e > start]
            yield f"{_short(text[start:end])!r} <- {' | '.join(map(_short, there))}"


def _short(words: str) -> str:
    return words if len(words) < 90 else f"{words[:45]} … {words[-45:]}"


def measure(docs: list[Gold]) -> dict[str, Tally]:
    """Tokens and sentences of joined documents, and tokens of sentences apart."""
    tallies = {"tokens": Tally(), "sentences": Tally(), "lines": Tally(), "apart": Tally()}
    for doc in docs:
        found = bounds(doc.text, 0, len(doc.text))
        tokens = [token for start, end in found for token in tokenise(doc.text, start, end)]
        tallies["tokens"].add(doc.text, doc.tokens, tokens)
        tallies["sentences"].add(doc.text, doc.sentences, found)
        apart = [token for start, end in doc.sentences for token in tokenise(doc.text, start, end)]
        tallies["apart"].add(doc.text, doc.tokens, apart)
        lined = newlines(doc)
        tallies["lines"].add(lined, doc.sentences, bounds(lined, 0, len(lined)))
    return tallies


def newlines(doc: Gold) -> str:
    """The text with a newline for the blank after each sentence that ends without a mark."""
    after = {end for _, end in doc.sentences if doc.text[end - 1].isalnum()}
    return "".join("\n" if k in after else c for k, c in enumerate(doc.text))


def main(arguments: list[str]) -> int:
    """Print a table, and with --misses the commonest misses of each set."""
    folder = Path(arguments[0])
    chosen = [a for a in arguments[1:] if not a.startswith("--")]
    for name, files, prefix in SETS:
        if chosen and name not in chosen:
            continue
        docs = [doc for file in files for doc in documents(folder / "ud" / f"{file}.conllu.xz", prefix)]
        started = time.process_time()
        tallies = measure(docs)
        seconds = time.process_time() - started
        print(f"{name:15}", *(f"{what} {tally.line}" for what, tally in tallies.items()), f"{seconds:.1f} s")
        if "--misses" in arguments:
            for what in ("sentences", "lines", "apart"):
                for miss, count in tallies[what].misses.most_common(60):
                    print(f"    {what} {count:4} {miss}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
