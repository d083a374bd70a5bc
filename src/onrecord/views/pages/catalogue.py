"""The words of the screens, in one table a language: `words/<language>.tsv`, columns text (English), translation, note.

A text without a translation is shown in English. `words/en.tsv` lists every text; a test holds it to the templates.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

PSEUDO = "qps"  # the pseudo-locale: every text in brackets, so that a test sees what is in no catalogue
OPEN, CLOSE = "⟦", "⟧"


class Catalogue:
    """Words of one language."""

    def __init__(self, language: str, table: Mapping[str, str]) -> None:
        self.language, self.table = language, table

    def say(self, text: str, **values: Any) -> str:
        """A text in this language with its values filled in.

        >>> Catalogue("en", {}).say("{n} rows", n=3)
        '3 rows'
        """
        said = self.table.get(text) or text
        if self.language == PSEUDO:
            said = f"{OPEN}{said}{CLOSE}"
        return said.format(**values) if values else said

    def many(self, n: int, one: str, more: str) -> str:
        """A count with its noun: "1 report", "3 reports"; both texts hold {n}.

        >>> Catalogue("en", {}).many(1200, "{n} report", "{n} reports")
        '1,200 reports'
        """
        return self.say(one if n == 1 else more, n=f"{n:,}")


@cache
def catalogue(language: str = "en") -> Catalogue:
    """The words of a language; English where there is no table."""
    table = files("onrecord.views.pages") / "words" / f"{language}.tsv"
    if not table.is_file():
        return Catalogue(language, {})
    rows = csv.DictReader(table.read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return Catalogue(language, {row["text"]: row["translation"] for row in rows})
