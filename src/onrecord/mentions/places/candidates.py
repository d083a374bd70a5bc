"""What a stretch of text may name: places it is spelled like, people of a place, short forms, names inside it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache

from onrecord.text.gazetteer import Entry, Gazetteer, also_called, regions, spelled
from onrecord.text.tables import table

FEWEST_LETTERS = 2
# Directions and the like before a name narrow it, and lead to no other place: "northern Syria", "downtown Kabul".
NARROWING = re.compile(
    r"(?:(?:north|south|east|west)(?:ern|[- ]?(?:east|west)(?:ern)?)?|central|upper|lower|greater|downtown|midtown|inner|outer|mainland"
    r"|metropolitan|rural|old|eastern|western|coastal|occupied)[ -]+",
    re.IGNORECASE,
)
POSSESSIVE = re.compile(r"['’]s?$")
PART = re.compile(r"[^\s,/–—-]+(?:[-'’][^\s,/–—-]+)*")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One place that a stretch may mean, and by what right."""

    entry: Entry
    how: str  # spelled, also called, people of, short form, spelled alike, inside the name
    main: bool = True  # the name is the one the gazetteer gives first


@dataclass(frozen=True, slots=True)
class Spot:
    """A stretch of a report taken for the name of a place."""

    start: int
    end: int
    text: str
    key: str  # what counts as the same name again
    candidates: tuple[Candidate, ...]
    kind: str | None = None  # what a cue word says it is: country, province, district, city, site
    sure: bool = True  # the reading or a cue says place; otherwise only the gazetteer does
    whole: bool = True  # the candidates bear this name; otherwise only a part of it
    narrowed: bool = field(default=False)


# So many people make a name known beyond its country: found alone, it is that place.
KNOWN_TO_ALL = 150_000


def large(entry: Entry) -> bool:
    """Whether a place is known beyond its country by its own name: a large city, a first division, a capital."""
    return entry.population >= KNOWN_TO_ALL or entry.feature in ("ADM1", "PPLC")


@cache
def cues() -> dict[str, str]:
    """Common nouns of places ("district", "oblast", "city") to the kind they tell."""
    return {row["word"]: row["kind"] for row in table("place_cues")}


@lru_cache(maxsize=1 << 14)  # reports name the same places again and again
def candidates(
    gazetteer: Gazetteer, name: str, short_forms: bool = False, seats: bool = False
) -> tuple[Candidate, ...]:
    """All places that a whole name may mean.

    Short forms ("Va.", "OH") and seats ("the Kremlin") only where asked: the ones are words elsewhere, the others bodies.
    """
    bare = POSSESSIVE.sub("", name.strip(' ,;:()"“”'))
    bare = bare[4:] if bare[:4].lower() == "the " else bare
    if bare in also_called("none"):
        return ()
    if (of := _also(bare, short_forms, seats)) is not None:
        how, target = of
        entry = gazetteer.numbered(int(target)) if target.isdigit() else gazetteer.division(target)
        return (Candidate(entry, how),) if entry else ()
    key = spelled(bare)
    if len(key) < FEWEST_LETTERS or bare.islower():
        return ()
    if region := regions().get(key):
        return (Candidate(region, "spelled"), *_spelled(gazetteer, key))
    return _spelled(gazetteer, key)


def _also(name: str, short_forms: bool, seats: bool) -> tuple[str, str] | None:
    kinds = [("name", "also called"), ("demonym", "people of"), ("people", "one of a people")]
    kinds += [("short", "short form")] * short_forms + [("seat", "seat")] * seats
    for kind, how in kinds:
        if (of := also_called(kind).get(name)) is not None:
            return how, of
    return None


def _spelled(gazetteer: Gazetteer, key: str) -> tuple[Candidate, ...]:
    found = []
    for entry in gazetteer.named(key):
        main = spelled(entry.name) in (key, f"{key} city")
        found.append(Candidate(entry, "spelled" if main else "also called", main))
    return tuple(found)


def spot(
    gazetteer: Gazetteer, text: str, start: int, end: int, sure: bool, short_forms: bool = False, seats: bool = False
) -> Spot:
    """What a stretch may name: as it stands, without the word for its kind, without a direction, or by a part of it."""
    name = text[start:end]
    bare, told_kind = _without_cue(name)
    kind = told_kind if told_kind in TELLING else None
    for form, told in ((name, None), (bare, kind)):
        if form and (found := candidates(gazetteer, form, short_forms, seats)):
            return Spot(start, end, name, spelled(form), found, told or _cue_around(text, start, end), sure)
    narrowed = NARROWING.sub("", bare, count=1)
    if narrowed != bare and (found := candidates(gazetteer, narrowed)):
        return Spot(start, end, name, spelled(narrowed), found, kind, sure, narrowed=True)
    part, found = _inside(gazetteer, name)
    return Spot(
        start, end, name, spelled(part or bare or name), found, kind or _cue_around(text, start, end), sure, whole=False
    )


def _without_cue(name: str) -> tuple[str, str | None]:
    """ "Panjshir province" is Panjshir, and a province; "Lake Manassas" keeps its words, for they are the name."""
    words = name.split()
    known = cues()
    if len(words) > 1 and (kind := known.get(POSSESSIVE.sub("", words[-1]).lower())):
        return " ".join(words[:-1]), kind
    if len(words) > 2 and words[1].lower() == "of" and (kind := known.get(words[0].lower())):
        return " ".join(words[2:]), kind
    return name, None


AFTER = re.compile(r"[ \u00a0]+([A-Za-z]+)")
BEFORE = re.compile(r"\b([A-Za-z]+) of (?:the )?$")
# "Kabul airport" is at Kabul and "the Kabul area" around it; "Kabul province" is another Kabul.
TELLING = frozenset({"country", "province", "district", "city"})


def _cue_around(text: str, start: int, end: int) -> str | None:
    """The kind that the next word tells ("Panjshir province"), or the words before ("the city of Herat")."""
    known = cues()
    if (after := AFTER.match(text, end)) and (kind := known.get(after.group(1).lower())):
        return kind if kind in TELLING else None
    before = BEFORE.search(text, max(0, start - 24), start)
    kind = known.get(before.group(1).lower()) if before else None
    return kind if kind in TELLING else None


LONGEST_PART = 8  # words; no place that ships has more, and every stretch of them is asked for


def _inside(gazetteer: Gazetteer, name: str) -> tuple[str, tuple[Candidate, ...]]:
    """The longest part of a name that is a place by itself: "University of Leeds", "Dulles International Airport"."""
    parts = [(m.start(), m.end()) for m in PART.finditer(name)]
    site = len(parts) > 1 and cues().get(name[parts[-1][0] : parts[-1][1]].lower()) == "site"
    for length in range(min(len(parts) - 1, LONGEST_PART), 0, -1):
        for k in range(len(parts) - length, -1, -1):
            form = name[parts[k][0] : parts[k + length - 1][1]]
            if form[:1].isupper() and spelled(form) not in cues() and (found := candidates(gazetteer, form)):
                if site and found[0].how == "people of":
                    continue  # the Russian embassy is not in Russia
                return form, tuple(Candidate(c.entry, "inside the name", c.main) for c in found)
    return "", ()
