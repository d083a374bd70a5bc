"""Piles of made reports for tests: stories of made sentences, printed whole, cut, changed, and with furniture around."""

from __future__ import annotations

import random
from collections.abc import Sequence

from onrecord.passages import passages
from onrecord.records import Sheet
from tests.conftest import report_of

SYLLABLES = "ba co du fe gi lo ma ne pi ro su ta ve wi yo za kel dor mun sar".split()
OUTLETS = ("Border Post", "Valley Courier", "Oskaran Herald", "Radio Nine", "Coast Bulletin", "Harbour Wire")


def sentence(rng: random.Random) -> str:
    """Fourteen words of a tongue of Velmara: no six of them come twice by chance."""
    words = ["".join(rng.choices(SYLLABLES, k=rng.randint(1, 3))) for _ in range(14)]
    return f"{' '.join(words).capitalize()}."


def story(seed: int, paragraphs: int = 6) -> list[str]:
    """The paragraphs of a story."""
    rng = random.Random(seed)
    return [" ".join(sentence(rng) for _ in range(3)) for _ in range(paragraphs)]


def printed(name: str, paragraphs: Sequence[str], outlet: str | None = None, published: str | None = None) -> Sheet:
    """A report that prints paragraphs, with its passages."""
    report = report_of("\n\n".join(paragraphs), outlet=outlet, published=published, name=name)
    return Sheet(report=report, passages=passages(report))


def pile(seed: int, stories: int = 6) -> list[Sheet]:
    """Stories with copies of four kinds: whole, cut, changed, and a passage put into another story."""
    rng = random.Random(seed)
    made = [story(seed * 1000 + k) for k in range(stories)]
    texts: list[list[str]] = list(made)
    for k, paragraphs in enumerate(made):
        texts += [paragraphs, paragraphs[:3], [changed(p, rng) for p in paragraphs]]
        host = made[(k + 1) % stories]
        texts.append([*host[:2], paragraphs[rng.randrange(6)], *host[2:4]])
    return [
        printed(f"r-{n:03}", text, rng.choice(OUTLETS), f"2024-03-{rng.randrange(1, 29):02}")
        for n, text in enumerate(texts)
    ]


def changed(paragraph: str, rng: random.Random) -> str:
    """A paragraph with a word in fifteen changed or left out."""
    words = []
    for word in paragraph.split(" "):
        roll = rng.random()
        if roll > 0.04:
            words.append("indeed" if roll < 0.07 else word)
    return " ".join(words)
