"""A place that a person names by its GeoNames id or its name."""

from __future__ import annotations

from dataclasses import replace

from onrecord.mentions.places.placing import PRECISION, RADIUS_KM
from onrecord.records import Place
from onrecord.text.gazetteer import Gazetteer


def gazetted(row: Place, new: str | None, known: Gazetteer) -> Place | None:
    """The row standing for another place of the gazetteer; of namesakes the most populous. None where it knows none.

    "unknown" leaves the name and takes the point away.
    """
    if new is None:
        return replace(
            row, geoname_id=None, country=None, province=None, lat=None, lon=None, radius_km=None, exact=False
        )
    entry = known.numbered(int(new)) if new.isdigit() else next(iter(known.named(new)), None)
    if entry is None:
        return None
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
