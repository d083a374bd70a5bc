"""Which of its namesakes a place is: the one that lies where the rest of the report is.

Every name votes for the countries, provinces and neighbourhoods that its candidates lie in, in the measure of how likely
each is by itself; then every name is asked again in the light of all others' votes. What a report says to lie in
something lies in it. A name has one sense a report.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import log10

from onrecord.mentions.places.candidates import Candidate, Spot, large
from onrecord.mentions.places.links import Within, lies_in
from onrecord.text.gazetteer import Entry

# All weights are powers of ten, as populations are: a place of 100,000 people stands at 5.
STANDING = {"country": 9.0, "region": 7.5, "province": 5.2, "district": 2.5, "city": 2.0, "site": 2.0}
PEOPLE_WEIGH = {"province": 1.0, "district": 0.8, "city": 1.0}
SEAT = (0.0, 0.1, 0.4, 1.2)  # nothing, seat of a district, of a province, capital
OTHER_NAME = -1.5
SECTION = -0.5  # a quarter of a city, whose point and people GeoNames counts apart
AS_TOLD = 2.0  # a cue word says it is of this kind
NOT_AS_TOLD = -1.5
SAME_COUNTRY, SAME_PROVINCE, SAME_CELL = 2.2, 2.2, 1.2
HALF = 1.0  # so many votes give half of the weight
LIES_IN = 6.0
ROUNDS = 3
MOST_CANDIDATES = 30
# A namesake needs so many votes of other names for its country, unless so many people live there.
FEW_VOTES = 0.5
KNOWN_INSIDE = 1_000_000
KNOWN_BY_ANY_NAME = 2_000_000
CELL = 1.0  # degrees


Rows = Sequence[tuple[Candidate, float]]  # candidates, each with how likely it is by itself
Group = tuple[str, str | None, str]  # a name's key, the kind a cue word tells, the key of what it is said to lie in


@dataclass(slots=True)
class Votes:
    """How much of a report speaks for a country, a province, a cell of one degree."""

    country: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    province: defaultdict[tuple[str, str], float] = field(default_factory=lambda: defaultdict(float))
    cell: defaultdict[tuple[int, int], float] = field(default_factory=lambda: defaultdict(float))

    def add(self, entry: Entry, weight: float) -> None:
        """One candidate's vote."""
        if entry.country:
            self.country[entry.country] += weight
        if entry.kind != "country" and entry.admin1:
            self.province[entry.country, entry.admin1] += weight
        if (cell := _cell(entry)) is not None:
            self.cell[cell] += weight

    def bonus(self, entry: Entry, own: float) -> float:
        """What the votes of all other names give a candidate; `own` is the vote it cast for itself."""
        found = SAME_COUNTRY * _share(self.country[entry.country] - own) if entry.country else 0.0
        if entry.kind != "country" and entry.admin1:
            found += SAME_PROVINCE * _share(self.province[entry.country, entry.admin1] - own)
        if (cell := _cell(entry)) is not None:
            found += SAME_CELL * _share(self.cell[cell] - own)
        return found


def _share(votes: float) -> float:
    votes = max(votes, 0.0)
    return votes / (votes + HALF)


def _cell(entry: Entry) -> tuple[int, int] | None:
    if entry.kind not in ("city", "site", "district") or entry.lat is None or entry.lon is None:
        return None
    return round(entry.lat / CELL), round(entry.lon / CELL)


def standing(candidate: Candidate, kind: str | None) -> float:
    """How likely a candidate is before the report is asked: people, rank, and what a cue word says it is."""
    entry = candidate.entry
    people = log10(entry.population) * PEOPLE_WEIGH.get(entry.kind, 0.0) if entry.population > 0 else 0.0
    found = max(STANDING[entry.kind], people) + SEAT[entry.seat]
    found += (0.0 if candidate.main else OTHER_NAME) + (SECTION if entry.feature == "PPLX" else 0.0)
    if kind is not None:
        found += AS_TOLD if entry.kind == kind else NOT_AS_TOLD
    return found


@dataclass(frozen=True, slots=True)
class Sense:
    """What a spot means: the likeliest candidate, its share of belief, and whether the rest of the report bears it out."""

    candidate: Candidate
    belief: float
    borne_out: bool


def senses(spots: Sequence[Spot], within: Within, hints: Mapping[str, float]) -> dict[int, Sense]:
    """The sense of each spot, by its position. Spots without candidates have none.

    Args:
        spots: in text order.
        within: see `links`.
        hints: countries that something outside the text speaks for (a web address), with the weight of a vote each.
    """
    groups = _groups(spots, within)
    weighed = {g: [(c, standing(c, g[1])) for c in found[:MOST_CANDIDATES]] for g, (found, _) in groups.items()}
    beliefs = {g: _softened([score for _, score in rows]) for g, rows in weighed.items()}
    told: dict[Group, list[float]] = {}
    for _ in range(ROUNDS):
        votes = _votes(beliefs, weighed, hints)
        told = {g: _told(groups[g][1], weighed[g], beliefs, weighed) for g in groups}
        beliefs = {g: _weighed_anew(weighed[g], beliefs[g], told[g], votes) for g in groups}
    votes = _votes(beliefs, weighed, hints)
    sure = {spot.key for spot in spots if spot.sure}
    chosen = {}
    for g, rows in weighed.items():
        belief, k = max((belief, -k) for k, belief in enumerate(beliefs[g]))
        candidate = rows[-k][0]
        fits = told[g][-k] > LIES_IN / 2 or _borne_out(candidate, belief, votes, g[0] in sure)
        chosen[g] = Sense(candidate, belief, fits)
    return {k: chosen[_group(k, spots, within)] for k, spot in enumerate(spots) if spot.candidates}


def _weighed_anew(rows: Rows, beliefs: Sequence[float], told: Sequence[float], votes: Votes) -> list[float]:
    """Belief in each candidate in the light of what all other names say."""
    return _softened(
        [score + votes.bonus(c.entry, own) + said for (c, score), own, said in zip(rows, beliefs, told, strict=True)]
    )


def _borne_out(candidate: Candidate, own: float, votes: Votes, sure: bool) -> bool:
    """Whether a place is one that all the world knows and is called a place, or lies where other names of the report do."""
    entry = candidate.entry
    if candidate.how == "one of a people":
        return votes.country[entry.country] - own >= FEW_VOTES
    if entry.kind in ("country", "region"):
        return True
    nearby = votes.province[entry.country, entry.admin1] - own >= FEW_VOTES
    if candidate.how == "inside the name" and entry.feature != "ADM1":
        return nearby or entry.population >= KNOWN_INSIDE
    if not sure and not large(entry):
        return False  # a name that only the gazetteer calls a place, and a small one: as likely a person
    known = (candidate.how == "spelled" and large(entry)) or entry.population >= KNOWN_BY_ANY_NAME
    return (known and sure) or nearby or votes.country[entry.country] - own >= FEW_VOTES


def _group(k: int, spots: Sequence[Spot], within: Within) -> Group:
    """Stretches that share one sense: the same name, of the same kind where told, in the same place where told."""
    outer = spots[within[k][0]].key if k in within else ""
    return spots[k].key, spots[k].kind, outer


def _groups(spots: Sequence[Spot], within: Within) -> dict[Group, tuple[tuple[Candidate, ...], Group | None]]:
    """Groups with their candidates, and the group of what they lie in.

    A bare name takes the sense of the same name that is told where it lies: "Paris" after "Paris, Texas".
    """
    found: dict[Group, tuple[tuple[Candidate, ...], Group | None]] = {}
    outers: dict[str, Group] = {}
    for k in sorted(within):
        outers.setdefault(spots[k].key, _group(within[k][0], spots, within))
    for k, spot in enumerate(spots):
        if spot.candidates:
            outer = _group(within[k][0], spots, within) if k in within else outers.get(spot.key)
            found.setdefault(_group(k, spots, within), (spot.candidates, outer))
    return found


def _softened(scores: Sequence[float]) -> list[float]:
    """Scores as shares of one: a lead of one is worth ten to one."""
    powers = [10 ** (score - max(scores)) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


def _votes(
    beliefs: Mapping[Group, Sequence[float]],
    weighed: Mapping[Group, Rows],
    hints: Mapping[str, float],
) -> Votes:
    votes = Votes()
    for country, weight in hints.items():
        votes.country[country] += weight
    for group, rows in weighed.items():
        for (candidate, _), belief in zip(rows, beliefs[group], strict=True):
            votes.add(candidate.entry, belief)
    return votes


def _told(
    outer: Group | None,
    rows: Rows,
    beliefs: Mapping[Group, Sequence[float]],
    weighed: Mapping[Group, Rows],
) -> list[float]:
    """What being said to lie in a place gives each candidate, in the measure of what that place is believed to be."""
    if outer is None or outer not in beliefs:
        return [0.0] * len(rows)
    return [
        LIES_IN * sum(b for (o, _), b in zip(weighed[outer], beliefs[outer], strict=True) if lies_in(c.entry, o.entry))
        for c, _ in rows
    ]
