"""Matters: claims that answer one question, and what they amount to.

Statements meet when they say the same in nearly the same words, by one speaker or (for more likeness) by two. Figures meet
when they count the same class about the same names. A verdict counts origins, never outlets.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from onrecord.matters.figures import setting, stars
from onrecord.matters.likeness import FEWEST_WORDS, candidates, denies, overlap, terms, weights
from onrecord.matters.origins import Claim, Roots
from onrecord.records import Matter, MatterClaim, Origin, Quantity, Sheet, Verdict, content_id

# Weighted share of the shorter statement and Dice of both: same speaker, and two speakers.
SAME_SPEAKER, TWO_SPEAKERS = (0.56, 0.3), (0.8, 0.66)
APPROXIMATE = 0.1  # "around 9,000" holds 8,100 to 9,900 (research: time_place_quantity, section 7)
LENGTHS_APART = 2


def statement_groups(found: Sequence[Claim], roots: Roots) -> list[list[Claim]]:
    """Groups of statements of different reports that say the same, each member like the group's longest one."""
    said = [c for c in found if c.kind == "statement"]
    sets = [terms(c.text) for c in said]
    weight = weights(sets)
    origin = [roots.origin(c).origin_id for c in said]
    links: dict[int, set[int]] = {}
    for a, b in candidates(sets):
        if min(len(sets[a]), len(sets[b])) < FEWEST_WORDS or said[a].statement is None:
            continue
        share, dice = overlap(sets[a], sets[b], weight)
        least = SAME_SPEAKER if origin[a] == origin[b] else TWO_SPEAKERS
        if share >= least[0] and dice >= least[1]:
            links.setdefault(a, set()).add(b)
            links.setdefault(b, set()).add(a)
    several = (g for g in stars(links) if len({said[k].report_id for k in g}) > 1 or len({origin[k] for k in g}) > 1)
    return [[said[k] for k in group] for group in several]


def bounds(quantity: Quantity) -> tuple[float, float]:
    """The least and most a figure can mean, hedges counted."""
    low = quantity.low or 0.0
    high = quantity.high if quantity.high is not None else float("inf")
    slack = APPROXIMATE if not quantity.exact and quantity.high == quantity.low else 0.0
    return low * (1 - slack), high * (1 + slack)


def figure_verdict(group: Sequence[Claim], origins: int) -> Verdict:
    """Contested when two figures cannot both hold; corroborated when they can and two origins give them."""
    ranges = [bounds(c.quantity) for c in group if c.quantity is not None]
    clash = any(a[0] > b[1] or b[0] > a[1] for a, b in combinations(ranges, 2))
    if clash:
        return "contested" if origins > 1 else "changed"
    if origins == 1:
        return "single-origin"
    exact = {(c.quantity.low, c.quantity.high) for c in group if c.quantity is not None}
    return "corroborated" if len(exact) == 1 else "compatible"


def statement_verdict(group: Sequence[Claim], origins: int) -> Verdict:
    """Contested when one origin says it and another denies it; changed when one party turns round later."""
    sides = {_denied(c) for c in group}
    if len(sides) > 1 and _alike_in_length(group):
        return "contested" if origins > 1 else "changed"
    return "single-origin" if origins == 1 else "corroborated"


def _alike_in_length(group: Sequence[Claim]) -> bool:
    """A "not" counts against another claim only where both are about one clause: a longer text says more things."""
    sizes = [len(c.text.split()) for c in group]
    return max(sizes) <= LENGTHS_APART * min(sizes)


def _denied(claim: Claim) -> bool:
    statement = claim.statement
    return denies(claim.text) != (statement is not None and statement.polarity == "denied")


def matter(
    group: Sequence[Claim], kind: str, roots: Roots, sheets: Sequence[Sheet]
) -> tuple[Matter, list[MatterClaim], list[Origin]]:
    """The matter of one group, its claims with their stance, and their origins."""
    by_id = {s.report.report_id: s.report for s in sheets}
    origins = [roots.origin(c) for c in group]
    count = len({o.origin_id for o in origins})
    verdict = figure_verdict(group, count) if kind == "figure" else statement_verdict(group, count)
    matter_id = content_id("x", kind, sorted(c.claim_id for c in group))
    dates = sorted(d[:10] for c in group if (d := by_id[c.report_id].published))
    lows = [q.low for c in group if (q := c.quantity) and q.low is not None]
    highs = [q.high if q.high is not None else q.low for c in group if (q := c.quantity)]
    outlets = {by_id[c.report_id].outlet or c.report_id for c in group}
    row = Matter(
        matter_id=matter_id,
        kind=kind,
        question=question(group, kind, origins, sheets),
        verdict=verdict,
        outlets=len(outlets),
        reports=len({c.report_id for c in group}),
        origins=count,
        low=min(lows) if kind == "figure" and lows else None,
        high=max((h for h in highs if h is not None), default=None) if kind == "figure" else None,
        first=dates[0] if dates else None,
        last=dates[-1] if dates else None,
        why=_why(group, kind, verdict, origins),
    )
    first = _denied(group[0])
    split = verdict in ("contested", "changed")
    rows = [
        _claim(matter_id, c, o, verdict, not split or _denied(c) == first) for c, o in zip(group, origins, strict=True)
    ]
    return row, rows, origins


def _claim(matter_id: str, claim: Claim, origin: Origin, verdict: Verdict, agrees: bool) -> MatterClaim:
    quantity = claim.quantity
    if quantity is not None:
        value, stance = claim.text, "differs" if verdict in ("contested", "changed") else "supports"
    else:
        value, stance = claim.text[:300], "supports" if agrees else "denies"
    return MatterClaim(
        matter_id=matter_id,
        claim_id=claim.claim_id,
        claim_kind=claim.kind,
        origin_id=origin.origin_id,
        value=value,
        stance=stance,
    )


def question(group: Sequence[Claim], kind: str, origins: Sequence[Origin], sheets: Sequence[Sheet]) -> str:
    """The question in words."""
    if kind == "figure" and (quantity := group[0].quantity) is not None:
        by_id = {s.report.report_id: s for s in sheets}
        about = [setting(by_id[c.report_id], c).near for c in group if c.quantity is not None]
        ids = frozenset.intersection(*about) if about else frozenset()
        named = {
            m.entity_id: m.name
            for s in sheets
            for m in s.mentions
            if m.entity_id in ids and m.type not in ("person", "outlet")
        }
        where = ", ".join(sorted({n for n in named.values() if n})[:3])
        return f"How many {_counted(quantity)}{' (' + where + ')' if where else ''}?"
    said = min(group, key=lambda c: (len(c.text), c.claim_id))
    names = sorted({o.name for o in origins if o.name})
    who = names[0] if len(names) == 1 else " and ".join(names[:2]) if len(names) == 2 else f"{len(names)} mouths"
    words = " ".join(said.text.split()).strip("\"“”'‘’ ,.")
    return f"{who}: “{words if len(words) <= 160 else words[:157].rsplit(' ', 1)[0] + ' …'}”"


def _counted(quantity: Quantity) -> str:
    named = {"people": "people", "killed": "killed", "wounded": "wounded"}
    return named.get(quantity.counted_class or "", quantity.counted_class or quantity.counted or "of them")


def _why(group: Sequence[Claim], kind: str, verdict: Verdict, origins: Sequence[Origin]) -> str:
    mouths = sorted({o.name or "unnamed" for o in origins})
    if kind == "figure":
        values = "; ".join(f"{o.name or 'unnamed'}: {c.text}" for c, o in zip(group, origins, strict=True))
        reason = {"contested": "they cannot both hold", "changed": "one mouth, two figures"}.get(
            verdict, "they can all hold"
        )
        return f"{values}: {reason}"
    reports = len({c.report_id for c in group})
    return f"said in {reports} reports, root of every chain: {', '.join(mouths)}"
