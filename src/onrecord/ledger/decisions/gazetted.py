"""A place that a person names: by its GeoNames id, by its name, or by the point where it lies."""

from __future__ import annotations

import re
from dataclasses import replace

from onrecord.mentions.places.placing import PRECISION, RADIUS_KM
from onrecord.records import Place
from onrecord.text.gazetteer import Entry, Gazetteer

POINT = re.compile(r"\s*([-+]?\d+(?:\.\d+)?)\s*,\s*([-+]?\d+(?:\.\d+)?)\s*")
NUMBERED = re.compile(r"(?:.*\()?(\d+)\)?")


def point(new: str) -> tuple[float, float] | None:
    """Latitude and longitude in degrees (WGS 84) where that is what is written; None for anything else.

    >>> point("34.53, 69.17"), point("Kessa"), point("1138958")
    ((34.53, 69.17), None, None)

    Raises:
        ValueError: they are two numbers, but no point of the earth.
    """
    match = POINT.fullmatch(new)
    if match is None:
        return None
    lat, lon = float(match[1]), float(match[2])
    if abs(lat) > 90 or abs(lon) > 180:
        raise ValueError(f"{new!r} is no point: latitude is from -90 to 90, longitude from -180 to 180")
    return lat, lon


def called(new: str, known: Gazetteer) -> tuple[Entry, ...]:
    """The places that somebody may mean: the one with the number given ("1138958", "Kabul (1138958)"), else all of that name."""
    if number := NUMBERED.fullmatch(new):
        entry = known.numbered(int(number[1]))
        return (entry,) if entry else ()
    return known.named(new)


def gazetted(row: Place, new: str | None, known: Gazetteer) -> Place | None:
    """The row standing for another place; of namesakes the most populous. None where the gazetteer knows none.

    "unknown" leaves the name and takes the point away; a point keeps the name as the report writes it.
    """
    if new is None:
        return _nowhere(row)
    if at := point(new):
        here = replace(_nowhere(row), name=row.text, precision="point", exact=True)
        return replace(here, lat=at[0], lon=at[1], radius_km=RADIUS_KM["point"])
    entry = next(iter(called(new, known)), None)
    return _standing(row, entry, known) if entry else None


def _nowhere(row: Place) -> Place:
    return replace(row, geoname_id=None, country=None, province=None, lat=None, lon=None, radius_km=None, exact=False)


def _standing(row: Place, entry: Entry, known: Gazetteer) -> Place:
    province = known.division(entry.country, entry.admin1) if entry.admin1 else None
    precision = PRECISION[entry.kind]
    return replace(
        row,
        name=entry.name,
        geoname_id=entry.geoname_id,
        country=entry.country or None,
        province=province.name if province else None,
        lat=entry.lat,
        lon=entry.lon,
        radius_km=RADIUS_KM[precision] if entry.lat is not None else None,
        precision=precision,
        exact=True,
    )
