"""Names put in other names' places: the sets are small, and a reader must not learn the world of 2010 by heart."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace

from training.data import Tagged

from onrecord.reading.decode import spans

DOTTED = re.compile(r"(?:[A-Z]\.){2,4}")
LOOSENED = 0.5
# Names are traded within a type; organisations and others seldom, for their names lean on what stands around them.
CHANCE = {"PER": 0.45, "LOC": 0.4, "ORG": 0.15, "MISC": 0.0}


def pool(sentences: Sequence[Tagged]) -> dict[str, list[list[str]]]:
    """All names of each type, each once, in a fixed order."""
    names: dict[str, set[tuple[str, ...]]] = {kind: set() for kind in CHANCE}
    for sentence in sentences:
        for start, end, kind in spans(sentence.tags):
            words = tuple(sentence.words[start:end])
            if len(words) <= 5 and words[0][:1].isupper() and not all(w.isupper() for w in words):
                names[kind].add(words)
    return {kind: [list(words) for words in sorted(found)] for kind, found in names.items()}


def loosened(sentence: Tagged, draw: random.Random) -> Tagged:
    """The sentence with some dotted names written apart, as papers also write them: "U.S." as "U. S." or "U . S ."."""
    words: list[str] = []
    tags: list[str] = []
    for word, tag in zip(sentence.words, sentence.tags, strict=True):
        parts = [word]
        if DOTTED.fullmatch(word) and draw.random() < LOOSENED:
            parts = re.findall(r"\w\.", word) if draw.random() < 0.3 else re.findall(r"\w|\.", word)
        words += parts
        tags += [tag, *[tag.replace("B-", "I-")] * (len(parts) - 1)]
    return replace(sentence, words=words, tags=tags)


def swapped(sentence: Tagged, names: dict[str, list[list[str]]], draw: random.Random) -> Tagged:
    """The sentence with some of its names traded for others of their type."""
    words: list[str] = []
    tags: list[str] = []
    at = 0
    for start, end, kind in spans(sentence.tags):
        words += sentence.words[at:start]
        tags += sentence.tags[at:start]
        new = sentence.words[start:end]
        if draw.random() < CHANCE[kind]:
            new = draw.choice(names[kind])
        words += new
        tags += [f"B-{kind}", *[f"I-{kind}"] * (len(new) - 1)]
        at = end
    return replace(sentence, words=words + sentence.words[at:], tags=tags + sentence.tags[at:])
