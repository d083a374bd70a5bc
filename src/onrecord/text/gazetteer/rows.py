"""What a gazetteer holds: places, and the kinds that GeoNames' feature codes amount to."""

from __future__ import annotations

from dataclasses import dataclass

KINDS = {
    "PCLI": "country", "PCL": "country", "PCLD": "country", "PCLF": "country", "PCLS": "country", "PCLIX": "country",
    "PCLH": "country", "TERR": "country", "ADM1": "province", "ADM1H": "province", "ADM2": "district", "ADM2H": "district",
    "ADM3": "district", "ADM4": "district", "ADMD": "district", "CONT": "region", "RGN": "region", "SEA": "region",
    "OCN": "region", "GULF": "region", "MTS": "region", "DSRT": "region", "PEN": "region", "ISLS": "region",
    "STRT": "region", "ZN": "region",
}  # fmt: skip
CAPITAL = "PPLC"
SEATS = {"PPLC": 3, "PPLA": 2, "PPLA2": 1}  # of a country, a first and a second division


@dataclass(frozen=True, slots=True)
class Entry:
    """One place. Points are degrees (WGS 84); population is 0 where nobody gave one."""

    geoname_id: int | None  # None for regions of our own list
    name: str
    feature: str  # GeoNames' feature code: PPL, PPLA, ADM1, PCLI, RSV ...
    country: str  # ISO 3166-1 alpha-2; "" for seas and continents
    admin1: str  # GeoNames' code of the first division inside the country
    admin2: str
    lat: float | None
    lon: float | None
    population: int

    @property
    def kind(self) -> str:
        """Country, province, district, region (of no fixed border), city (any settlement) or site (rivers, airports ...)."""
        return KINDS.get(self.feature) or ("city" if self.feature.startswith(("PPL", "STL")) else "site")

    @property
    def seat(self) -> int:
        """3 for the capital of a country, 2 and 1 for those of its divisions, else 0."""
        return SEATS.get(self.feature, 0)
