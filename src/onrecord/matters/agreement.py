"""Matters: claims that answer one question, and what they amount to.

Statements meet when they say the same in nearly the same words, by one speaker or (for more likeness) by two. Figures meet
when they count the same class about the same names. A verdict counts origins, never outlets.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations, product

from onrecord.matters.counting import SAME_WORDS, independent, ladder, one_utterance, settled
from onrecord.matters.dating import length
from onrecord.matters.fights import unopposed
from onrecord.matters.figures import days_between, setting, stars
from onrecord.matters.incidents import named
from onrecord.matters.likeness import (
    FEWEST_WORDS,
    candidates,
    denies,
    mass,
    numbers_apart,
    overlap,
    stem,
    telling,
    terms,
    weights,
)
from onrecord.matters.origins import Claim, Roots
from onrecord.matters.states import state_of
from onrecord.matters.wording import mouth
from onrecord.records import Matter, MatterClaim, Origin, Quantity, Sheet, Verdict, content_id
from onrecord.text.tables import words

# Weighted share of the shorter statement and Dice of both: one speaker in a month; two speakers, or one a long time apart,
# who may say much the same of another day.
SAME_SPEAKER, TWO_SPEAKERS = (0.56, 0.36), (0.8, 0.66)
APPROXIMATE = 0.1  # "around 9,000" holds 8,100 to 9,900 (research: time_place_quantity, section 7)
STOCK = 0.8  # Dice from which two mouths' statements without a rare word are one; "it caused much damage" is said daily
LENGTHS_APART = 2
SENTENCE = re.compile(r"(?<=[.!?”\"])\s+")
FIGURES = ("figure", "dating")
WEEK, MONTH, FEWEST_TOKENS = 7, 31, 7
FEWEST_OF_TWO = 5  # content words that two mouths' statements must have: "a source at the command" says nothing


def _one_moment(one: Claim, other: Claim, sheets: Mapping[str, Sheet], terms_held: int) -> bool:
    """Whether two mouths' statements say enough, and in the same days, to be about one thing."""
    long = min(len(one.text.split()), len(other.text.split())) >= FEWEST_TOKENS
    return long and terms_held >= FEWEST_OF_TWO and days_between(sheets[one.report_id], sheets[other.report_id]) <= WEEK


def statement_groups(found: Sequence[Claim], roots: Roots, sheets: Sequence[Sheet]) -> list[list[Claim]]:
    """Groups of statements of different reports that say the same, each member like the group's longest one."""
    by_id = {s.report.report_id: s for s in sheets}
    said = [c for c in found if c.kind == "statement"]
    sets = [terms(c.text) for c in said]
    weight = weights(sets)
    masses = [mass(one, weight) for one in sets]
    links: dict[int, set[int]] = {}
    for a, b in candidates(sets):
        fewest = min(len(sets[a]), len(sets[b]))
        share, dice = overlap(mass(sets[a] & sets[b], weight), masses[a], masses[b])
        # the lesser bounds come first, for they let one pair in ten through; who said it is asked of these alone
        if fewest < FEWEST_WORDS or share < SAME_SPEAKER[0] or dice < SAME_SPEAKER[1]:
            continue
        one_mouth = roots.origin(said[a]).origin_id == roots.origin(said[b]).origin_id
        if not one_mouth and not _one_moment(said[a], said[b], by_id, fewest):
            continue
        if numbers_apart(said[a].text, said[b].text):
            continue
        rare = telling(sets[a], sets[b], weight, len(sets))
        if not one_mouth and not rare and dice < STOCK and not roots.copied(said[a], said[b]):
            continue
        soon = days_between(by_id[said[a].report_id], by_id[said[b].report_id]) <= (MONTH if rare else WEEK)
        least = SAME_SPEAKER if one_mouth and soon else TWO_SPEAKERS
        if share >= least[0] and dice >= least[1]:
            links.setdefault(a, set()).add(b)
            links.setdefault(b, set()).add(a)
    groups = [[said[k] for k in group] for group in stars(links)]
    return [g for g in groups if len({c.report_id for c in g}) > 1 or len({roots.origin(c).origin_id for c in g}) > 1]


def bounds(quantity: Quantity) -> tuple[float, float]:
    """The least and most a figure can mean, hedges counted; of a duration in days."""
    low, most = length(quantity) if quantity.counted_class == "duration" else (quantity.low or 0.0, quantity.high)
    high = most if most is not None else float("inf")
    slack = APPROXIMATE if not quantity.exact and quantity.high == quantity.low else 0.0
    return low * (1 - slack), high * (1 + slack)


def clashes(group: Sequence[Claim], kind: str) -> bool:
    """Whether the claims cannot all hold: ranges apart, or one denies what another says."""
    if kind in FIGURES:
        ranges = [bounds(c.quantity) for c in group if c.quantity is not None]
        return any(a[0] > b[1] or b[0] > a[1] for a, b in combinations(ranges, 2))
    if kind in ("state", "event", "fight"):
        return len({side(c, kind) for c in group}) > 1
    return _alike_in_length(group) and _denying(group)


def _denying(group: Sequence[Claim]) -> bool:
    """Whether one statement denies another: a sentence of each says the same but for a "no".

    "He had no bomb when he was taken" does not deny that he was taken.
    """
    sides: tuple[list[Claim], list[Claim]] = ([], [])
    for claim in group:
        sides[side(claim, "statement")].append(claim)
    no, yes = ([sentence for claim in one for sentence in _sentences(claim)] for one in sides)
    return any(
        denied != said and 2 * len(a & b) >= SAME_WORDS * (len(a) + len(b))
        for (a, denied), (b, said) in product(no, yes)
    )


def _sentences(claim: Claim) -> list[tuple[frozenset[str], bool]]:
    """Content words of each sentence of a statement, and whether the sentence denies."""
    said = (part for part in SENTENCE.split(claim.text) if part.strip())
    denial = claim.statement is not None and claim.statement.polarity == "denied"
    ended = frozenset(map(stem, words("ended")))  # "have failed" is a "no", and no more of what is spoken of
    return [(terms(part) - ended, denies(part, verbs=not denial) != denial) for part in said]


def verdict_of(group: Sequence[Claim], kind: str, clash: bool, origins: int) -> Verdict:
    """What the claims amount to, from whether they clash and how many independent origins they have."""
    if clash:
        return "contested" if origins > 1 else "changed"
    days = {(c.event.date_from, c.event.date_to) for c in group if c.event is not None}
    apart = {bounds(c.quantity) for c in group if c.quantity is not None and kind == "dating"}
    if max(len(days), len(apart)) > 1:  # "two days before the vote" and "just days before" can both hold
        return "compatible"
    if origins == 1:
        return "single-origin"
    counts = {c.quantity.low for c in group if c.quantity is not None}  # "at least 16" and "16" are one count
    return "corroborated" if kind != "figure" or len(counts) == 1 else "compatible"


def side(claim: Claim, kind: str) -> bool:
    """Which side of a yes-or-no question a claim is on; all figures are on one."""
    if claim.event is not None:
        return claim.event.realis != "denied"
    if kind == "fight":
        return not unopposed(claim.text)
    if kind == "state" and (said := state_of(claim.text)) is not None:
        return said[1]
    return not _denied(claim)


def _alike_in_length(group: Sequence[Claim]) -> bool:
    """A "not" counts against another claim only where both are about one clause: a longer text says more things."""
    sizes = [len(c.text.split()) for c in group]
    return max(sizes) <= LENGTHS_APART * min(sizes)


def _denied(claim: Claim) -> bool:
    denial = claim.statement is not None and claim.statement.polarity == "denied"
    return denies(claim.text, verbs=not denial) != denial


def matter(
    group: Sequence[Claim], kind: str, roots: Roots, asked: str | None = None
) -> tuple[Matter, list[MatterClaim], list[Origin]]:
    """The matter of one group, its claims with their stance, and their origins.

    Args:
        group: its claims.
        kind: figure, dating, statement, state, event or fight.
        roots: finds origins.
        asked: the question in words, where the one who grouped the claims knows it.
    """
    origins = settled(group, roots)
    clash = clashes(group, kind)
    behind = one_utterance(group, origins)
    count = independent(behind, clash, [roots.sphere(c, o) for c, o in zip(group, behind, strict=True)])
    verdict = verdict_of(group, kind, clash, count)
    matter_id = content_id("x", kind, sorted(c.claim_id for c in group))
    dates = sorted(d[:10] for c in group if (d := roots.sheets[c.report_id].report.published))
    lows = [q.low for c in group if (q := c.quantity) and q.low is not None]
    highs = [q.high if q.high is not None else q.low for c in group if (q := c.quantity)]
    outlets = {roots.sheets[c.report_id].report.outlet or c.report_id for c in group}
    row = Matter(
        matter_id=matter_id,
        kind=kind,
        question=asked or question(group, kind, origins, roots),
        verdict=verdict,
        outlets=len(outlets),
        reports=len({c.report_id for c in group}),
        origins=count,
        mouths=len({o.origin_id for o in origins}),
        low=min(lows) if kind == "figure" and lows else None,
        high=max((h for h in highs if h is not None), default=None) if kind == "figure" else None,
        first=dates[0] if dates else None,
        last=dates[-1] if dates else None,
        why=_why(group, kind, verdict, origins),
    )
    stances = _stances(group, kind, verdict, [roots.when(c) for c in group])
    rungs = ladder(group, origins, roots)
    rows = [
        MatterClaim(
            matter_id=matter_id,
            claim_id=c.claim_id,
            claim_kind=c.kind,
            origin_id=o.origin_id,
            value=c.text if c.quantity is not None else c.text[:300],
            stance=stance,
            fold=fold,
            fold_why=tie,
        )
        for c, o, stance, (fold, tie) in zip(group, origins, stances, rungs, strict=True)
    ]
    return row, rows, origins


def _stances(group: Sequence[Claim], kind: str, verdict: Verdict, when: Sequence[tuple[str, str]]) -> list[str]:
    """Every claim's stance to the earliest: supports, differs (another figure), denies, later (one party turned round)."""
    if verdict not in ("contested", "changed"):
        return ["supports"] * len(group)
    start = min(range(len(group)), key=lambda k: when[k])
    other = "later" if verdict == "changed" else "denies"
    if kind not in FIGURES:
        first = side(group[start], kind)
        return ["supports" if side(c, kind) == first else other for c in group]
    low, high = bounds(q) if (q := group[start].quantity) is not None else (0.0, 0.0)
    fits = [(b := bounds(c.quantity))[0] <= high and low <= b[1] for c in group if c.quantity is not None]
    return ["supports" if fit else "differs" if other == "denies" else other for fit in fits]


def question(group: Sequence[Claim], kind: str, origins: Sequence[Origin], roots: Roots) -> str:
    """The question in words."""
    if kind == "figure" and (quantity := group[0].quantity) is not None:
        about = [setting(roots.sheets[c.report_id], c).near for c in group if c.quantity is not None]
        ids = frozenset.intersection(*about) if about else frozenset()
        where = ", ".join(_whereabouts(ids, origins, roots))
        return f"How many {_counted(quantity)}{' (' + where + ')' if where else ''}?"
    if kind == "state":
        return _process_question(group, roots.sheets)
    if kind == "event":
        return named(group)
    said = min(group, key=lambda c: (len(c.text), c.claim_id))
    names = sorted({mouth(o.name, roots.party(o)) for o in origins if o.name})
    who = names[0] if len(names) == 1 else " and ".join(names[:2]) if len(names) == 2 else f"{len(names)} mouths"
    words = " ".join(said.text.split()).strip("\"“”'‘’ ,.")
    return f"{who}: “{words if len(words) <= 160 else words[:157].rsplit(' ', 1)[0] + ' …'}”"


def _whereabouts(ids: frozenset[str], origins: Sequence[Origin], roots: Roots) -> list[str]:
    """Names that tell a question from its like: the places that all claims stand near, else a group that is none of the mouths."""
    kinds = {key: roots.called[key] for key in ids if key in roots.called}
    told = {key: min(c.items(), key=lambda item: (-item[1], item[0]))[0] for key, c in kinds.items()}
    mouths = {o.entity_id for o in origins}
    places = sorted(name for kind, name in told.values() if kind == "place")
    groups = sorted(name for key, (kind, name) in told.items() if kind == "group" and key not in mouths)
    return places[:3] or groups[:2]


def _process_question(group: Sequence[Claim], by_id: Mapping[str, Sheet]) -> str:
    ids = frozenset.intersection(*(setting(by_id[c.report_id], c).near for c in group))
    held = (
        m for c in group for m in by_id[c.report_id].mentions if m.entity_id in ids and m.type != "outlet" and m.name
    )
    spelled = Counter((m.entity_id or "", m.name or "") for m in held)
    first = sorted(
        spelled, key=lambda pair: (pair[0], -spelled[pair], pair[1])
    )  # one spelling an entity, its commonest
    names = sorted(dict(reversed(first)).values())
    said = state_of(group[0].text)
    what = {"process": "talks", "truce": "truce"}.get(said[0], said[0]) if said else "process"
    verb = "Are talks" if what == "talks" else f"Is the {what}"
    return f"{verb} going on{' (' + ', '.join(names[:3]) + ')' if names else ''}?"


def _counted(quantity: Quantity) -> str:
    named = {"people": "people", "killed": "killed", "wounded": "wounded"}
    return named.get(quantity.counted_class or "", quantity.counted_class or quantity.counted or "of them")


def _why(group: Sequence[Claim], kind: str, verdict: Verdict, origins: Sequence[Origin]) -> str:
    mouths = sorted({o.name or "unnamed" for o in origins})
    if kind in FIGURES:
        values = "; ".join(f"{o.name or 'unnamed'}: {c.text}" for c, o in zip(group, origins, strict=True))
        reason = {"contested": "they cannot both hold", "changed": "one mouth, two figures"}.get(
            verdict, "they can all hold"
        )
        return f"{values}: {reason}"
    reports = len({c.report_id for c in group})
    return f"said in {reports} reports, root of every chain: {', '.join(mouths)}"
