"""Lemmas as edit rules: how a word's form becomes the form a dictionary lists. Training and reading share this file.

A rule says how many characters to cut from the end, what to put in their place, and whether to lower the case (L) or
keep it (K): "3|y|L" makes "city" of "Cities".

>>> apply("Cities", rule("Cities", "city"))
'city'
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from pathlib import Path

SHORTEST_STEM = 3
# The treebanks' lemmas have straight marks, whatever the text has.
STRAIGHT = str.maketrans({"“": '"', "”": '"', "’": "'", "‘": "'"})


def rule(form: str, lemma: str) -> str:
    """The shortest rule that makes `lemma` from `form`."""
    lowered = lemma == lemma.lower()
    start = form.lower() if lowered else form
    same = 0
    while same < min(len(start), len(lemma)) and start[same] == lemma[same]:
        same += 1
    return f"{len(start) - same}|{lemma[same:]}|{'L' if lowered else 'K'}"


def apply(form: str, by: str) -> str:
    """The lemma that a rule makes of a form; the form itself where the rule would leave nothing."""
    cut, _, rest = by.partition("|")
    suffix, _, keep = rest.rpartition("|")
    start = form.lower() if keep == "L" else form
    made = start[: len(start) - int(cut)] + suffix if int(cut) <= len(start) else start
    return (made or form).translate(STRAIGHT)


def spelled(lemma: str, form: str, words: Container[str]) -> str:
    """The lemma as it is written: rules cut "blamed" to "blam" as they cut "aided" to "aid", and words tell which.

    Args:
        lemma: what a rule made of `form`.
        form: the word in the text.
        words: words that exist; where none of the spellings is among them the rule's own stays.

    >>> [spelled(*pair, {"blame", "need", "plan"}) for pair in (("blam", "blamed"), ("neede", "needed"), ("plann", "planned"))]
    ['blame', 'need', 'plan']
    """
    if lemma in words or lemma == form.lower() or len(lemma) < SHORTEST_STEM or not lemma.islower():
        return lemma
    doubled = lemma[-1] == lemma[-2]
    bare = lemma.removesuffix("e").removesuffix("i")
    tries: tuple[str, ...] = (bare + "y", lemma + "e") if lemma.endswith(("i", "ie")) else (lemma + "e",)
    tries += (lemma[:-1],) if lemma.endswith("e") or doubled else ()
    return next((t for t in tries if t in words), lemma)


def known(path: Path) -> Mapping[tuple[str, str], str]:
    """Forms whose lemma needs no rule: (lower-case form, universal tag) to lemma; a table of three columns."""
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:])
    return {(form, tag): lemma for form, tag, lemma, *_ in rows}
