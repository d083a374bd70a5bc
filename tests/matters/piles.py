"""Piles of made reports for tests: stories of made sentences, printed whole, cut, changed, and with furniture around."""

from __future__ import annotations

import random
from collections.abc import Sequence

from onrecord.passages import passages
from onrecord.records import Sheet
from tests.conftest import report_of

WHO = "the mayor|two firemen|a baker from the lower town|the harbour guard|the women of Varro|an old ferryman|the council of Oskaran"
DID = "carried|counted|hid|repaired|painted|sold|measured|burned|found|lost|watched|weighed"
WHAT = "seven bridges|the northern gate|a chest of letters|the market clock|nine boats|the school roof|the last of the grain|a map of the coast"
WHEN = "before the rain began|on the evening of the fair|when the bells were silent|after the third flood|while the ferry slept|in the year of the long frost"
OUTLETS = ("Border Post", "Valley Courier", "Oskaran Herald", "Radio Nine", "Coast Bulletin", "Harbour Wire")


def sentence(rng: random.Random) -> str:
    """A sentence that hardly ever comes twice: a number tells it apart."""
    parts = [rng.choice(words.split("|")) for words in (WHO, DID, WHAT, WHEN, WHO, DID, WHAT)]
    return "{} {} {} {}, and {} {} {} of house {}.".format(*parts, rng.randrange(10_000)).capitalize()


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
