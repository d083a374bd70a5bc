"""An event before its row is made, and what is at hand while a report's events are read."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.claims.events.occasions import Occasions
from onrecord.claims.events.parties import Parties, Party
from onrecord.claims.events.triggers import Trigger
from onrecord.records import Sheet, Statement

SURE, INFERRED = 0.8, 0.6  # an event as the sentence has it; one with a side that is only inferred


@dataclass(frozen=True, slots=True)
class Draft:
    """An event before its row is made."""

    trigger: Trigger
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    realis: str
    why: tuple[str, ...]
    within: Statement | None
    sure: float = SURE


@dataclass(frozen=True, slots=True)
class Desk:
    """What is at hand while a report's events are read in order."""

    sheet: Sheet
    parties: Parties
    occasions: Occasions
    towns: frozenset[str]  # what the report calls places smaller than a country
    bombed: bool  # whether it tells of bombing
