"""GeoNames' files, as its download folder has them, plain or zipped: told apart by their columns, read line by line."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import TypeVar

from onrecord.errors import BrokenGazetteer
from onrecord.text.gazetteer.rows import Entry
from onrecord.text.gazetteer.store import write

# Columns of a country file, allCountries.txt or cities500.txt; of admin1CodesASCII.txt and admin2Codes.txt; the least
# of alternateNamesV2.txt, whose last ones may be missing; and of countryInfo.txt. Source: GeoNames' readme.txt.
PLACE_COLUMNS = 19
DIVISION_COLUMNS = 4
ALTERNATE_COLUMNS = 4
COUNTRY_COLUMNS = 17
# In alternateNamesV2 these stand where a language should: postal and airport codes, links, identifiers.
NO_LANGUAGE = frozenset("post link iata icao faac fr_1793 abbr wkdt unlc phon piny tcid".split())
HISTORIC = 7  # column of alternateNamesV2 that is "1" for a name no longer used
Row = TypeVar("Row")
LICENCE = "GeoNames (https://www.geonames.org), CC BY 4.0"


def import_dumps(paths: Sequence[Path], to: Path) -> int:
    """Makes one gazetteer of any of GeoNames' files, and returns how many places it holds.

    Raises:
        BrokenGazetteer: a file is no dump of GeoNames, or none of them holds places.
    """
    kinds = {path: kind_of(path) for path in paths}
    ordered = [path for kind in ("countries", "places", "divisions") for path in paths if kinds[path] == kind]
    if not ordered:
        raise BrokenGazetteer("no file with places among them", where=str(to))
    named = chain.from_iterable(_read(path, alternates) for path in paths if kinds[path] == "alternates")
    rows = chain.from_iterable(_read(path, READERS[kinds[path]]) for path in ordered)
    return write(to, rows, named, {"licence": LICENCE, "sources": ", ".join(sorted(path.name for path in paths))})


def kind_of(path: Path) -> str:
    """Which of GeoNames' files this is: countries, places, divisions or alternates, by its first lines.

    Raises:
        BrokenGazetteer: none of them.
    """
    with _lines(path) as lines:
        for cells in (line.rstrip("\n").split("\t") for line in islice(lines, 200) if not line.startswith("#")):
            if len(cells) == PLACE_COLUMNS and cells[8].isalpha() | (cells[8] == "") and _number(cells[4]):
                return "places"
            if len(cells) >= COUNTRY_COLUMNS and len(cells[0]) == 2 and len(cells[1]) == 3:
                return "countries"
            if len(cells) == DIVISION_COLUMNS and "." in cells[0] and cells[3].isdigit():
                return "divisions"
            if len(cells) >= ALTERNATE_COLUMNS and cells[0].isdigit() and cells[1].isdigit():
                return "alternates"
            break
    raise BrokenGazetteer("the columns of this file are those of no dump of GeoNames", where=str(path))


def places(lines: Iterable[str]) -> Iterator[tuple[Entry, list[str]]]:
    """Places of a country file, with the names in its own column; lines of another shape are passed over."""
    for cells in _cells(lines, PLACE_COLUMNS):
        if cells[0].isdigit() and cells[7]:
            entry = Entry(
                int(cells[0]), cells[1], cells[7], cells[8], cells[10], cells[11],
                _number(cells[4]), _number(cells[5]), int(cells[14] or 0),
            )  # fmt: skip
            yield entry, [cells[2], *(name for name in cells[3].split(",") if name)]


def divisions(lines: Iterable[str]) -> Iterator[tuple[Entry, list[str]]]:
    """First or second divisions, which have no point in this file."""
    for code, name, plain, geoname_id in _cells(lines, DIVISION_COLUMNS):
        country, admin1, admin2 = (*code.split(".", 2), "")[:3]
        feature = "ADM2" if admin2 else "ADM1"
        yield Entry(int(geoname_id), name, feature, country, admin1, admin2, None, None, 0), [plain]


def countries(lines: Iterable[str]) -> Iterator[tuple[Entry, list[str]]]:
    """Countries of countryInfo.txt, which have no point in this file."""
    for cells in _cells(lines, COUNTRY_COLUMNS):
        if cells[16].isdigit():
            yield Entry(int(cells[16]), cells[4], "PCLI", cells[0], "", "", None, None, int(cells[7] or 0)), []


def alternates(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Further names by GeoNames id, historic ones too: old reports use them."""
    for cells in _cells(lines, ALTERNATE_COLUMNS):
        if cells[1].isdigit() and cells[2] not in NO_LANGUAGE:
            yield int(cells[1]), cells[3]


READERS = {"countries": countries, "places": places, "divisions": divisions}


def _cells(lines: Iterable[str], fewest: int) -> Iterator[list[str]]:
    for line in lines:
        cells = line.rstrip("\n").split("\t")
        if len(cells) >= fewest and not line.startswith("#"):
            yield cells


def _read(path: Path, reader: Callable[[Iterable[str]], Iterator[Row]]) -> Iterator[Row]:
    with _lines(path) as lines:
        yield from reader(lines)


@contextmanager
def _lines(path: Path) -> Iterator[Iterable[str]]:
    """Lines of a text file, or of the text in an archive that bears the archive's own name (AF.zip holds AF.txt)."""
    try:
        if not zipfile.is_zipfile(path):
            with path.open(encoding="utf-8", newline="\n") as lines:
                yield lines
        else:
            with zipfile.ZipFile(path) as archive, archive.open(path.stem + ".txt") as packed:
                yield io.TextIOWrapper(packed, encoding="utf-8", newline="\n")
    except (OSError, UnicodeDecodeError, KeyError) as error:
        raise BrokenGazetteer(f"this file cannot be read ({error})", where=str(path)) from error


def _number(cell: str) -> float | None:
    try:
        return float(cell)
    except ValueError:
        return None
