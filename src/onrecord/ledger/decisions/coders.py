"""How far two people decide alike: percent agreement, Cohen's kappa, Krippendorff's alpha, F1 of spans.

Units are what both decided on; every figure is the same whichever of the two is named first and whatever the order in
which decisions are stored.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from onrecord.ledger.decisions.replay import live, standing, told
from onrecord.records import Judgement

Stretches = set[tuple[str, int, int]]  # report, start, end


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two people's decisions compared. A figure is None where there is nothing to compute it from."""

    both: int  # things both decided on
    alike: int
    only_one: int  # things that the first alone, or the second alone, decided on
    kappa: float | None
    alpha: float | None
    span_f1: float | None  # exact stretches that either lets stand, over rows both judged
    span_characters_f1: float | None  # the same by characters, where one cut it elsewhere


def agreement(one: Iterable[Judgement], two: Iterable[Judgement]) -> Agreement:
    """How far two people's logs decide alike.

    Args:
        one: all entries of the first, in any order.
        two: those of the second.
    """
    first, second = standing(live(one)), standing(live(two))
    a, b = _verdicts(first), _verdicts(second)
    both = sorted(a.keys() & b.keys(), key=repr)
    pairs = [(a[k], b[k]) for k in both]
    rows = {k[2] for k in both if isinstance(k, tuple) and k[0] == "verdict"}
    ours, theirs = _stretches(first, rows), _stretches(second, rows)
    return Agreement(
        both=len(pairs),
        alike=sum(x == y for x, y in pairs),
        only_one=len(a.keys() ^ b.keys()),
        kappa=kappa(pairs),
        alpha=alpha([list(pair) for pair in pairs]),
        span_f1=f1(len(ours & theirs), len(ours), len(theirs)),
        span_characters_f1=f1(*_characters(ours, theirs)),
    )


def _verdicts(stand: Mapping[Hashable, Judgement]) -> dict[Hashable, str]:
    """The category of each thing decided: the act, and for a move where to."""
    found: dict[Hashable, str] = {}
    for slot, entry in stand.items():
        if isinstance(slot, tuple) and slot[0] != "field":
            act, new = told(entry, slot)
            found[slot] = f"{act} {new or 'out'}" if act == "move" else act
    return found


def kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> float | None:
    """Cohen's kappa of two coders (Cohen 1960): agreement beyond what their own habits would give by chance.

    >>> pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    >>> round(kappa(pairs), 4)
    0.4
    """
    if not pairs:
        return None
    ours, theirs = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    n = len(pairs)
    seen = sum(a == b for a, b in pairs) / n
    chance = sum(ours[v] * theirs[v] for v in ours) / n**2
    return 1.0 if chance == 1 else (seen - chance) / (1 - chance)


def alpha(units: Sequence[Sequence[Hashable]]) -> float | None:
    """Krippendorff's alpha for names of categories, with any number of coders and gaps (Krippendorff 2011, section C).

    Args:
        units: for each thing coded, the values it was given; a unit with fewer than two says nothing.
    """
    pairable = [list(u) for u in units if len(u) > 1]
    total: Counter[Hashable] = Counter(v for u in pairable for v in u)
    n = sum(total.values())
    if n == 0:
        return None
    unlike = sum(sum(count * (len(u) - count) for count in Counter(u).values()) / (len(u) - 1) for u in pairable)
    chance = sum(count * (n - count) for count in total.values()) / (n - 1)
    return 1.0 if chance == 0 else 1 - unlike / chance


def f1(common: int, ours: int, theirs: int) -> float | None:
    """Twice what is common over all there is; the same from both sides. None where neither has any.

    >>> round(f1(2, 3, 4), 4)
    0.5714
    """
    return 2 * common / (ours + theirs) if ours + theirs else None


def _stretches(stand: Mapping[Hashable, Judgement], rows: set[Hashable]) -> Stretches:
    """What one person lets stand as the text of the rows that both judged: nothing of a row that is rejected."""
    found: Stretches = set()
    for slot, entry in stand.items():
        if not isinstance(slot, tuple) or slot[0] != "verdict" or slot[2] not in rows:
            continue
        if entry.anchor is None or entry.act not in ("accept", "correct"):
            continue
        cut = stand.get(("field", slot[1], slot[2], "span"))
        report, whole = entry.anchor.report_id, [(entry.anchor.start, entry.anchor.end, "")]
        spans: list[tuple[int, int, str]] = json.loads(cut.new or "[]") if cut else whole
        found |= {(report, a, b) for a, b, _ in spans}
    return found


def _characters(ours: Stretches, theirs: Stretches) -> tuple[int, int, int]:
    a = {(report, k) for report, start, end in ours for k in range(start, end)}
    b = {(report, k) for report, start, end in theirs for k in range(start, end)}
    return len(a & b), len(a), len(b)
