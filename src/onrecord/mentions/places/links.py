"""What a report says lies in what: "Rokha district of Panjshir", "Paris, Texas", "the Syrian city of Homs"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from onrecord.mentions.places.candidates import Candidate, Spot, cues
from onrecord.text.gazetteer import Entry

# For each place by its position: that of the place it is said to lie in, and whether in so many words.
Within = Mapping[int, tuple[int, bool]]
# Farther apart than this, two names do not stand in one phrase.
REACH = 60
WORD = r"[a-z][\w'’-]*"
# "X, Y" | "X (Y)" | "X district of Y", "X area in Y", "X in southern Y": the first lies in the second.
COMMA = re.compile(r"['’]?,? ?[,(] ?(?:in |near )?(?:the )?(?:" + WORD + r" )?")
BEYOND = r"(?!.*\b(?:north|south|east|west|northeast|northwest|southeast|southwest|outside|instead|because|ahead) of)"
INNER_FIRST = re.compile(rf"{BEYOND}(?: {WORD}){{0,2}},? (?:of|in|within|inside)(?: the)?(?: {WORD}(?:,? {WORD})?)? ")
# "Y's X", "Y's northern city of X", "the Y city of X", "Y province's X": the second lies in the first.
OUTER_FIRST = re.compile(
    rf"(?: (?P<cue>{WORD}))?(?P<own>['’]s?)?(?P<of>(?: {WORD}){{0,4}} (?:of|in) )?(?P<more>(?: {WORD}){{0,2}} )?"
)
LIST = re.compile(r",? and |, ")
# A city holds what lies this near to it: quarters, suburbs, bases.
CITY_KM = 50.0


def links(text: str, spots: Sequence[Spot]) -> Within:
    """For each place by its position: the position of the one it is said to lie in, and whether in so many words.

    A comma says so only where the gazetteer bears it out: "Kessa, Iraq and Syria" is a list.
    """
    within: dict[int, tuple[int, bool]] = {}
    for k in range(len(spots) - 1):
        one, two = spots[k], spots[k + 1]
        between = text[one.end : two.start]
        if len(between) > REACH or "\n" in between or one.end > two.start:
            continue
        if COMMA.fullmatch(between):
            if contains(two, one):
                within[k] = (k + 1, False)
        elif INNER_FIRST.fullmatch(between) and not people(one):
            within[k] = (k + 1, True)
        elif _outer_first(between, one, two):
            within[k + 1] = (k, True)
    return _lists(text, spots, within)


def _outer_first(between: str, one: Spot, two: Spot) -> bool:
    match = OUTER_FIRST.fullmatch(between)
    if match is None or not contains(one, two):
        return False
    of = (match["of"] or "").split()
    said = len(of) > 1 and of[-1] == "of" and any(word in cues() for word in of[:-1])
    return bool(match["own"]) or said


def _lists(text: str, spots: Sequence[Spot], within: dict[int, tuple[int, bool]]) -> Within:
    """ "Rokha, Anaba and Shutul districts of Panjshir": what the last of a list lies in, the others lie in too."""
    for k in range(len(spots) - 2, -1, -1):
        if k in within or k + 1 not in within:
            continue
        outer, said = within[k + 1]
        between = text[spots[k].end : spots[k + 1].start]
        if outer > k + 1 and LIST.fullmatch(between) and contains(spots[outer], spots[k]):
            within[k] = (outer, said)
    return within


def people(spot: Spot) -> bool:
    """Whether the words name people of a place and no place."""
    return any(c.how == "people of" for c in spot.candidates)


def contains(outer: Spot, inner: Spot) -> bool:
    """Whether some sense of one lies in some sense of the other."""
    return any(lies_in(i.entry, o.entry) for o in outer.candidates for i in inner.candidates)


def lies_in(inner: Entry, outer: Entry) -> bool:
    """Whether a place is part of another, by their codes; of a city, by nearness."""
    if inner is outer or inner.country != outer.country or inner.kind == "country":
        return False
    if outer.kind == "country":
        return True
    if outer.feature == "ADM1":
        return inner.feature != "ADM1" and inner.admin1 == outer.admin1
    if outer.kind == "district":
        return inner.kind in ("city", "site") and (inner.admin1, inner.admin2) == (outer.admin1, outer.admin2)
    return (
        outer.kind == "city"
        and inner.kind in ("city", "site")
        and inner.population < outer.population
        and near(inner, outer)
    )


def near(one: Entry, two: Entry) -> bool:
    """Whether two points lie within `CITY_KM`, on a plane, which is true enough so near."""
    if one.lat is None or one.lon is None or two.lat is None or two.lon is None:
        return False
    return abs(one.lat - two.lat) < CITY_KM / 111 and abs(one.lon - two.lon) < CITY_KM / 111 * 1.5


def fitting(candidates: Sequence[Candidate], outer: Entry) -> tuple[Candidate, ...]:
    """Those candidates that lie in a place."""
    return tuple(c for c in candidates if lies_in(c.entry, outer))
