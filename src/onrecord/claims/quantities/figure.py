"""One figure, and whether a reader of a ledger looks for it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.claims.quantities.harm import HARM
from onrecord.claims.quantities.sight import tail
from onrecord.text.amounts import Amount
from onrecord.text.tables import words
from onrecord.text.units import Unit

DEFINITE = re.compile(r"\b(?:the|these|those|both|all|other|any|every)\s+$", re.I)
ONE_OF = re.compile(r"\s+of\b", re.I)
AGO = re.compile(r"\s+(?:ago|hence|from\s+now)\b|['’]s?\s+time\b", re.I)  # a day, and no length of time
SMALL = 12  # "the two sides", "the twelve men" point back at what was named; larger numbers are news


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure; offsets into its sentence. `counted` None: no noun; `kind` is a class of `words/classes.tsv`."""

    start: int
    end: int
    amount: Amount
    counted: str | None
    counted_end: int
    kind: str
    why: str

    @property
    def unit(self) -> Unit | None:
        """What it is measured in; None for things counted."""
        return self.amount.unit


def _names_somebody(figure: Figure) -> bool:
    """ "one policeman", and not the pronoun: "three were killed, one of thirst"."""
    return figure.counted is not None and figure.counted.lower().split()[-1] in words("counted")


def wanted(text: str, figure: Figure) -> bool:
    """Whether a figure belongs in a ledger: its class says so, and it is no "one day" and no "the two men".

    Args:
        text: the sentence.
        figure: one of its figures.
    """
    amount = figure.amount
    if figure.kind not in words("classes", "ledger") or (amount.number == 1 and ONE_OF.match(text, amount.end)):
        return False
    if figure.kind == "duration" and AGO.match(text, figure.end):
        return False
    if figure.kind in HARM:
        return amount.number != 1 or amount.kind != "words" or _names_somebody(figure)
    single = amount.number == amount.most == 1 and (figure.unit is None or figure.kind == "duration")
    small = amount.number <= SMALL and amount.kind == "words" and figure.unit is None
    pointing = small and DEFINITE.search(tail(text, amount.start)) is not None
    return not (single or pointing or (amount.hyphen and figure.kind == "thing"))
