"""Places a report names: only inside the countries it is about, never a far namesake."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from onrecord.records import Place, Sheet, content_id
from onrecord.text.gazetteer import Entry, lookup

NAME = re.compile(r"[A-Z][\w.]*(?:['’-][\w]+)*(?:[ \u00a0](?:[A-Z][\w]*(?:['’-]\w+)*|of|e|and)){0,3}")
CUES = {
    "province": "province",
    "governorate": "province",
    "oblast": "province",
    "region": "province",
    "district": "district",
}
PRECISION = {"country": "country", "province": "province", "district": "district", "city": "point"}
# A name in a cue's kind wins; without a cue the larger area does: "Panjshir" is the province before its district.
ORDER = ("country", "province", "city", "district")
SILENT = frozenset({"furniture", "credit", "byline"})
# So many different places of one country named without the country are proof enough that the report is about it.
PLACES_FOR_COUNTRY = 2


def places(sheet: Sheet) -> tuple[Place, ...]:
    """All places of a report found in the gazetteer, in text order."""
    found = list(_candidates(sheet))
    about = _countries(found)
    rows = [
        _place(sheet, start, end, entry) for start, end, named in found if (entry := _choose(sheet, end, named, about))
    ]
    return tuple(rows)


def _candidates(sheet: Sheet) -> Iterator[tuple[int, int, tuple[Entry, ...]]]:
    text = sheet.report.text
    for passage in sheet.passages:
        if passage.role in SILENT:
            continue
        at = passage.start
        while (match := NAME.search(text, at, passage.end)) is not None:
            start, end, named = _longest(text, match.start(), match.end())
            at = end
            if named:
                yield start, end, named


def _longest(text: str, start: int, end: int) -> tuple[int, int, tuple[Entry, ...]]:
    """The longest stretch from `start` that the gazetteer knows, else the first word alone."""
    stop = end
    while stop > start:
        if named := lookup(text[start:stop].removesuffix("'s").removesuffix("’s")):
            possessive = 2 if text[start:stop].endswith(("'s", "’s")) else 0
            return start, stop - possessive, named
        cut = max(text.rfind(" ", start, stop), text.rfind("\u00a0", start, stop))
        if cut <= start:
            break
        stop = cut
    first = re.compile(r"[ \u00a0]").search(text, start, end)
    return start, first.start() if first else end, ()


def _countries(found: list[tuple[int, int, tuple[Entry, ...]]]) -> frozenset[str]:
    """Countries named, or shown by several places that only they have."""
    named = {e.country for _, _, group in found for e in group if e.kind == "country"}
    inside: Counter[str] = Counter()
    for name in {group for _, _, group in found if all(e.kind != "country" for e in group)}:
        countries = {e.country for e in name}
        if len(countries) == 1:
            inside[countries.pop()] += 1
    return frozenset(named | {c for c, n in inside.items() if n >= PLACES_FOR_COUNTRY})


def _choose(sheet: Sheet, end: int, named: tuple[Entry, ...], about: frozenset[str]) -> Entry | None:
    here = [e for e in named if e.country in about]
    if not here:
        return None
    after = re.match(r"\s+(\w+)", sheet.report.text[end : end + 16])
    kind = CUES.get(after.group(1).lower()) if after else None
    fitting = [e for e in here if e.kind == kind] or here
    return min(fitting, key=lambda e: (ORDER.index(e.kind), e.country, e.geoname_id or 0))


def _place(sheet: Sheet, start: int, end: int, entry: Entry) -> Place:
    text = sheet.report.text[start:end]
    return Place(
        place_id=content_id("l", sheet.report.report_id, start, end),
        report_id=sheet.report.report_id,
        start=start,
        end=end,
        text=text,
        name=entry.name,
        geoname_id=entry.geoname_id,
        country=entry.country,
        lat=entry.lat,
        lon=entry.lon,
        precision=PRECISION[entry.kind],
        how="built-in gazetteer (GeoNames), inside the countries the report names",
    )
