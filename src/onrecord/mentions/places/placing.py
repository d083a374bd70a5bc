"""From names to rows: the sense that the report bears out, else what the place is said to lie in, else nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from onrecord.mentions.places.candidates import Candidate, Spot
from onrecord.mentions.places.links import Within, lies_in, links
from onrecord.mentions.places.senses import Sense, senses
from onrecord.records import Place, Sheet, content_id
from onrecord.text.gazetteer import Entry, Gazetteer, also_called, reach

PRECISION = {
    "country": "country", "province": "province", "district": "district", "region": "region", "city": "point", "site": "point",
}  # fmt: skip
# How far a place of each kind may reach from its point, in kilometres: half of what most of them measure across.
RADIUS_KM = {"point": 5.0, "district": 25.0, "province": 90.0, "country": 400.0, "region": 500.0}
# A district without a point of its own is drawn at the middle of its province, and so much wider.
UNSURE_KM = 60.0
HOW = {
    "spelled": "name in the gazetteer",
    "also called": "another name in the gazetteer",
    "people of": "word for its people",
    "one of a people": "word for a people that lives in other countries too",
    "short form": "short form after another place",
    "seat": "seat of a body",
    "spelled alike": "spelled alike, in a country the report is about",
    "shortened": "short for a longer name in the report",
    "inside the name": "part of the name",
}
# A namesake that is believed less than this is left out: unknown is a value.
LEAST_SURE = 0.5
# Votes that make a report one about a country, whose names may then be spelled in other ways.
ABOUT = 0.9
# A place of so many people is meant wherever the report is.
FAMOUS = 1_000_000
SOME_SIZE = 50_000
# Endings of web addresses that are sold to all the world.
WORLDWIDE = frozenset("ac ai am cc co fm gg io la ly me sh sx tk to tv vc ws".split())


def placed(sheet: Sheet, found: Sequence[Spot], known: Gazetteer, least: float) -> tuple[Place, ...]:
    """A row for each stretch that can be placed.

    Args:
        sheet: of the report; its address may tell a country.
        found: stretches in text order.
        known: the gazetteer.
        least: belief in a sense below which it is no sense; with 0, a stretch that nothing is known of gets the place
            that stands nearest to it in the text.
    """
    hints = _hints(sheet)
    within = links(sheet.report.text, found)
    chosen = senses(found, within, hints)
    heard = _heard(found, chosen, known)
    if heard != list(found):
        found, within = heard, links(sheet.report.text, heard)
        chosen = senses(found, within, hints)
    good = {k: sense for k, sense in chosen.items() if sense.borne_out and sense.belief >= least}
    rows = (_placed(sheet, k, found, within, chosen, good, known, least == 0.0) for k in range(len(found)))
    return tuple(row for row in rows if row is not None)


def _placed(
    sheet: Sheet,
    k: int,
    found: Sequence[Spot],
    within: Within,
    chosen: Mapping[int, Sense],
    good: Mapping[int, Sense],
    known: Gazetteer,
    guess: bool,
) -> Place | None:
    outer, in_words = within.get(k, (-1, False))
    sense, wider = good.get(k), good.get(outer)
    if sense is not None:
        told = wider is not None and lies_in(sense.candidate.entry, wider.candidate.entry)
        how = HOW[sense.candidate.how] + (f"; said to lie in {found[outer].text}" if told else "")
        return _row(sheet, found[k], sense, how, known, exact=sense.candidate.how != "inside the name")
    if wider is not None and (in_words or guess):
        return _row(
            sheet, found[k], wider, f"not in the gazetteer; said to lie in {found[outer].text}", known, exact=False
        )
    if guess and (near := _nearest(k, found, good)) is not None:
        return _row(sheet, found[k], good[near], f"not in the gazetteer; near {found[near].text}", known, exact=False)
    return _row(sheet, found[k], chosen[k], "a guess", known, exact=False) if guess and k in chosen else None


def _nearest(k: int, found: Sequence[Spot], good: Mapping[int, Sense]) -> int | None:
    """The place that stands nearest in the text, countries only where there is nothing smaller."""
    others = [j for j in good if j != k]
    small = [j for j in others if good[j].candidate.entry.kind not in ("country", "region")]
    return min(small or others, key=lambda j: (abs(found[j].start - found[k].start), j), default=None)


def _hints(sheet: Sheet) -> Mapping[str, float]:
    """The country whose ending the report's address bears speaks for that country, as one name would."""
    ending = (urlsplit(sheet.report.url or "").hostname or "").rpartition(".")[2]
    if len(ending) != 2 or ending in WORLDWIDE:
        return {}
    return {"GB" if ending == "uk" else ending.upper(): 1.0}


def _heard(found: Sequence[Spot], chosen: Mapping[int, Sense], known: Gazetteer) -> list[Spot]:
    """Names not found, or found only where the report is not, as other spellings or short forms of places where it is."""
    about: dict[str, float] = {}
    for sense in {found[k].key: sense for k, sense in chosen.items()}.values():
        country = sense.candidate.entry.country
        about[country] = about.get(country, 0.0) + sense.belief
    ranked = sorted(about.items(), key=lambda item: (-item[1], item[0]))
    countries = [c for c, votes in ranked if c and votes >= ABOUT]
    longer = {found[k].key: sense for k, sense in sorted(chosen.items(), reverse=True) if sense.borne_out}
    return [_shortened(one, longer) or _sounding(one, countries, known) for one in found]


def _shortened(one: Spot, longer: Mapping[str, Sense]) -> Spot | None:
    """ "Mazar" in a report that also writes "Mazar-e Sharif", unless a place of some size has the short name itself."""
    if not one.sure or any(c.entry.population >= SOME_SIZE or c.entry.kind != "city" for c in one.candidates):
        return None
    for key, sense in longer.items():
        if key.startswith(one.key + " ") and sense.candidate.entry.kind in ("city", "district"):
            return replace(one, candidates=(Candidate(sense.candidate.entry, "shortened"),), whole=True)
    return None


def _sounding(one: Spot, countries: Sequence[str], known: Gazetteer) -> Spot:
    here = any(c.entry.country in countries or c.entry.kind == "region" for c in one.candidates)
    famous = one.whole and any(c.entry.population >= FAMOUS or c.entry.kind == "country" for c in one.candidates)
    if here or famous or not one.sure or one.text in also_called("none"):
        return one
    heard = (entry for country in countries for entry in known.sounding(one.key, country))
    alike = tuple(Candidate(entry, "spelled alike", main=False) for entry in heard)
    return replace(one, candidates=alike, whole=True) if alike else one


def _row(sheet: Sheet, one: Spot, sense: Sense, how: str, known: Gazetteer, exact: bool) -> Place:
    entry = sense.candidate.entry
    precision = PRECISION[entry.kind]
    province = known.division(entry.country, entry.admin1) if entry.admin1 else None
    lat, lon, radius = _point(entry, province, precision)
    return Place(
        place_id=content_id("l", sheet.report.report_id, one.start, one.end),
        report_id=sheet.report.report_id,
        start=one.start,
        end=one.end,
        text=sheet.report.text[one.start : one.end],
        name=entry.name,
        geoname_id=entry.geoname_id,
        country=entry.country or None,
        province=province.name if province else None,
        lat=lat,
        lon=lon,
        radius_km=radius,
        precision=precision,
        exact=exact,
        how=how,
        confidence=round(sense.belief, 4),
    )


def _point(entry: Entry, province: Entry | None, precision: str) -> tuple[float | None, float | None, float | None]:
    """A point, and how far around it the place may lie."""
    radius = reach(entry.name) if entry.geoname_id is None else RADIUS_KM[precision]
    if entry.lat is not None:
        return entry.lat, entry.lon, radius
    if province is not None and province.lat is not None:
        return province.lat, province.lon, UNSURE_KM
    return None, None, None
