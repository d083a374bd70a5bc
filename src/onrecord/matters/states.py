"""States of affairs: do two claims say of one process that it is under way, and that it is over?

"Talks are under way" and "the talks have failed" share one word, so likeness does not bring them together. What does is
the process they speak of (`words/states.tsv`), the actors and places around both, and a few weeks at most between them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from onrecord.matters.figures import days_between, setting, stars
from onrecord.matters.origins import Claim, Roots
from onrecord.records import Sheet
from onrecord.text.tables import table, words

PROCESSES = ("process", "truce", "evacuation", "siege", "offensive")
BETWEEN = 110  # characters between a process and what is said of it, one clause
# One party's state may turn within these days; two parties contradict each other only about the same days.
TURNS, SAME_DAYS = 28, 2
SHARED = 2  # names that both surroundings must hold, the speakers' own not counted alone


@dataclass(frozen=True, slots=True)
class State:
    """One claim about a process: which, and whether it is said to be on."""

    claim: Claim
    process: str
    on: bool
    near: frozenset[str]
    origin: str
    party: str


@cache
def _pattern() -> re.Pattern[str]:
    kinds = {row["word"]: row["kind"] for row in table("states")}
    nouns = "|".join(sorted((re.escape(w) for w, k in kinds.items() if k in PROCESSES), key=len, reverse=True))
    said = "|".join(sorted((re.escape(w) for w, k in kinds.items() if k in ("on", "off")), key=len, reverse=True))
    links = r"(?:is|are|was|were|has|have|had|been|being|still|now|already|all|would|will|be)"
    gap = rf"(?P<gap>[^.;:!?]{{0,{BETWEEN}}}?)"
    return re.compile(
        rf"\b(?P<noun>{nouns})\b{gap}\b{links}\s+(?:{links}\s+)*(?P<not>not\s+)?(?P<state>{said})\b", re.I
    )


def state_of(text: str) -> tuple[str, bool] | None:
    """The process a text speaks of and whether it says that it is on; None where it says neither.

    >>> state_of("talks with the front are under way"), state_of("the talks have failed"), state_of("talks may help")
    (('process', True), ('process', False), None)
    """
    found = _pattern().search(text)
    if found is None or re.search(r"\b(?:if|unless|whether|until)\b", text[: found.end()], re.I):
        return None
    process = next(k for k in PROCESSES if found["noun"].lower() in words("states", k))
    return process, (found["state"].lower() in words("states", "on")) != bool(found["not"])


def state_groups(found: Sequence[Claim], sheets: Sequence[Sheet], roots: Roots) -> list[list[Claim]]:
    """Groups of claims on one process of which some say that it is on and some that it is over."""
    by_id = {s.report.report_id: s for s in sheets}
    states = _states(found, by_id, roots)
    links: dict[int, set[int]] = defaultdict(set)
    for i, j in combinations(range(len(states)), 2):
        if _meet(states[i], states[j], by_id):
            links[i].add(j)
            links[j].add(i)
    groups = [[states[k] for k in group] for group in stars(links)]
    return [[s.claim for s in group] for group in groups if len({s.on for s in group}) == 2]


def _states(found: Sequence[Claim], sheets: Mapping[str, Sheet], roots: Roots) -> list[State]:
    states = []
    for claim in found:
        said = state_of(claim.text) if claim.statement is not None and claim.kind == "statement" else None
        if said is not None:
            origin = roots.origin(claim)
            near = setting(sheets[claim.report_id], claim).near
            party = origin.party or origin.origin_id
            states.append(State(claim, said[0], said[1], near, origin.origin_id, party))
    return states


def _meet(one: State, two: State, sheets: Mapping[str, Sheet]) -> bool:
    """Same process, names in common besides the party that speaks, and days that fit: a turn, a contradiction, an echo."""
    if one.process != two.process:
        return False
    shared = (one.near & two.near) - {one.party, two.party, one.origin, two.origin}
    if not shared or len(one.near & two.near) < SHARED:
        return False
    apart = days_between(sheets[one.claim.report_id], sheets[two.claim.report_id])
    return apart <= (TURNS if one.party == two.party else SAME_DAYS)
