"""PLOVER's own reading of an event: a future act of cooperation is AGREE, of conflict THREATEN, a refused one REJECT.

The ledger keeps the act and its realis apart; this view is for exports and comparisons with coders who fold them.
"""

from __future__ import annotations

import re
from functools import cache

from onrecord.text.tables import table

DECIDED = re.compile(r"planned: (?:order|decide)\b")


@cache
def remap() -> dict[tuple[str, str], str]:
    """PLOVER type by type of the act and realis, where the two differ."""
    return {(row["type"], row["realis"]): row["becomes"] for row in table("remap")}


def as_plover(type_: str, realis: str, why: str = "") -> str:
    """The type that PLOVER's rules give an act of this realis. What was ordered or decided counts as the act.

    >>> as_plover("CONSULT", "planned"), as_plover("CONSULT", "actual"), as_plover("COERCE", "planned", "planned: order")
    ('AGREE', 'CONSULT', 'COERCE')
    """
    return type_ if DECIDED.search(why) else remap().get((type_, realis), type_)


@cache
def quads() -> dict[str, str]:
    """PLOVER's four classes by type: verbal or material, cooperation or conflict."""
    return {row["type"]: row["quad"] for row in table("plover")}
