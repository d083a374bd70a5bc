"""PLOVER contexts of an event: what else its sentence is about, by words (`words/contexts.tsv`)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from onrecord.text.tables import table


@cache
def _by_word() -> dict[str, str]:
    return {word: row["context"] for row in table("contexts") for word in row["words"].split()}


def contexts(lemmas: Sequence[str]) -> tuple[str, ...]:
    """The contexts that the words of a sentence show, in alphabetical order.

    >>> contexts(("election", "ballot", "rocket"))
    ('election',)
    """
    known = _by_word()
    return tuple(sorted({known[low] for lemma in lemmas if (low := lemma.lower()) in known}))
