"""What is where: countries, their divisions, places over 500 people, and a person's own gazetteers before them.

The gazetteer that ships is facts from GeoNames (CC BY 4.0, https://www.geonames.org) in one SQLite file. Nothing opens
it before the first question.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

from onrecord.text.gazetteer.keys import sounded, spelled
from onrecord.text.gazetteer.rows import Entry
from onrecord.text.gazetteer.store import Store
from onrecord.text.tables import table

__all__ = ["Entry", "Gazetteer", "also_called", "fingerprint", "gazetteer", "reach", "regions", "sounded", "spelled"]
BUILT_IN = Path(__file__).with_name("places.db")


class Gazetteer:
    """Several stores asked as one: the first that knows an id says what it is, all say what bears a name."""

    def __init__(self, *paths: Path) -> None:
        self._paths = paths
        self._opened: tuple[Store, ...] = ()

    @property
    def opened(self) -> bool:
        """Whether anything has been asked yet."""
        return bool(self._opened)

    @property
    def _stores(self) -> tuple[Store, ...]:
        if not self._opened:
            self._opened = tuple(Store(path) for path in self._paths)
        return self._opened

    def named(self, name: str) -> tuple[Entry, ...]:
        """Places that a name is spelled like, the most populous first."""
        return self._merged(lambda store: store.named(name))

    def sounding(self, name: str, country: str) -> tuple[Entry, ...]:
        """Places of one country that a name may be another transliteration of."""
        return self._merged(lambda store: store.sounding(name, country))

    def numbered(self, geoname_id: int) -> Entry | None:
        """The place with this GeoNames id, None where nobody knows it."""
        return next((entry for store in self._stores if (entry := store.numbered(geoname_id))), None)

    def division(self, *codes: str) -> Entry | None:
        """A country, or its first or second division, by GeoNames' codes: `division("AF", "40")`."""
        return next((entry for store in self._stores if (entry := store.division(*codes))), None)

    def _merged(self, ask: Callable[[Store], tuple[Entry, ...]]) -> tuple[Entry, ...]:
        if len(self._stores) == 1:
            return ask(self._stores[0])
        found: dict[int | None, Entry] = {}
        for store in self._stores:
            for entry in ask(store):
                found.setdefault(entry.geoname_id, entry)
        return tuple(sorted(found.values(), key=lambda e: (-e.population, e.geoname_id or 0)))


@cache
def gazetteer(own: Path | None = None) -> Gazetteer:
    """The gazetteer that ships, behind a person's own when one is given; opened once in each process, when first asked.

    A question raises `BrokenGazetteer` where a file is missing or is something else.
    """
    return Gazetteer(*(path for path in (own, BUILT_IN) if path is not None))


@cache
def regions() -> dict[str, Entry]:
    """Seas, ranges and parts of the world that have no government, by key; points are rough middles."""
    return {
        spelled(row["word"]): Entry(None, row["word"], "RGN", "", "", "", float(row["lat"]), float(row["lon"]), 0)
        for row in table("regions")
    }


@cache
def _reaches() -> dict[str, float]:
    return {row["word"]: float(row["radius_km"]) for row in table("regions")}


def reach(region: str) -> float | None:
    """How far a region of our own list reaches from its middle, in kilometres."""
    return _reaches().get(region)


@cache
def also_called(kind: str) -> dict[str, str]:
    """Words that stand for a place without being its name, as written, to a country's code or a GeoNames id.

    Args:
        kind: "demonym" (Afghan, Parisians), "people" (Tajik: of more countries than one), "short" (Va., Ont.: after another place only), "name" (UAE, Burma), "seat"
            (the Kremlin), or "none" for words that name no place although some village bears them.
    """
    return {row["word"]: row["of"] for row in table("placenames") if row["kind"] == kind}


@cache
def fingerprint(own: Path) -> str:
    """SHA-256 of a person's own gazetteer: part of what made a ledger."""
    with own.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()
