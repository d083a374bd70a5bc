"""A small built-in gazetteer: countries, provinces of countries in conflict, Afghan districts and places.

Rows are facts from GeoNames (CC BY 4.0, https://www.geonames.org). It is read at the first question, not on import.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from onrecord.text.tables import table


@dataclass(frozen=True, slots=True)
class Entry:
    """One place: kind is country, province, district or city; demonyms count as the country."""

    name: str
    kind: str
    country: str
    geoname_id: int | None
    lat: float | None
    lon: float | None


@cache
def entries() -> dict[str, tuple[Entry, ...]]:
    """Every name and alias, in lower case, to the places that bear it."""
    found: dict[str, list[Entry]] = {}
    for row in table("gazetteer"):
        entry = Entry(
            row["name"],
            row["kind"],
            row["country"],
            int(row["geoname_id"]) if row["geoname_id"] else None,
            float(row["lat"]) if row["lat"] else None,
            float(row["lon"]) if row["lon"] else None,
        )
        for form in {row["name"], *filter(None, row["aliases"].split("|"))}:
            found.setdefault(_fold(form), []).append(entry)
    return {form: tuple(places) for form, places in found.items()}


def lookup(name: str) -> tuple[Entry, ...]:
    """All places of that name, none when it is not in the gazetteer."""
    return entries().get(_fold(name), ())


def _fold(name: str) -> str:
    return " ".join(name.lower().replace("-", " ").replace("’", "'").split())
