"""Agreement: textbook values, whatever the order."""

from __future__ import annotations

import random

import pytest

from onrecord.ledger.decisions.coders import agreement, alpha, f1, kappa
from onrecord.ledger.decisions.log import identified
from onrecord.records import Anchor, Judgement

# Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", section C: four observers, twelve units, gaps.
FOUR = (
    "1 2 3 3 2 1 4 1 2 . . .".split(),
    "1 2 3 3 2 2 4 1 2 5 . 3".split(),
    ". 3 3 3 2 3 4 2 2 5 1 .".split(),
    "1 2 3 3 2 4 4 1 2 5 1 .".split(),
)
# The same, section A: two observers, ten units, two categories.
TWO = ("0 1 0 0 0 0 0 0 1 0".split(), "1 1 1 0 0 1 0 0 0 0".split())


def units(coders: tuple[list[str], ...]) -> list[list[str]]:
    """Values by unit, gaps left out."""
    return [[v for v in unit if v != "."] for unit in zip(*coders, strict=True)]


def test_alpha_of_the_textbook() -> None:
    assert alpha(units(FOUR)) == pytest.approx(0.743, abs=0.0005)
    assert alpha(units(TWO)) == pytest.approx(0.095, abs=0.0005)
    assert alpha([["a", "a"], ["b", "b"]]) == 1.0
    assert alpha([["a"], []]) is None


def test_kappa_of_the_textbook() -> None:
    # Cohen's kappa, the worked example of 50 proposals read by two people.
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert kappa(pairs) == pytest.approx(0.4)
    # Three categories, by hand: 140 of 200 alike, by chance .60 x .65 + .30 x .25 + .10 x .10 = .475.
    table = ((106, 10, 4), (22, 28, 10), (2, 12, 6))
    cells = [(i, j) for i, row in enumerate(table) for j, n in enumerate(row) for _ in range(n)]
    assert kappa(cells) == pytest.approx((0.70 - 0.475) / (1 - 0.475))
    assert kappa([]) is None
    assert kappa([("y", "y")]) == 1.0


def test_f1_is_the_same_from_both_sides() -> None:
    assert f1(1, 2, 3) == f1(1, 3, 2) == pytest.approx(0.4)
    assert f1(0, 0, 0) is None


def entry(seq: int, who: str, act: str, row: int, **more: str) -> Judgement:
    """One act on a row of twenty characters."""
    kept = Anchor(report_id="r-1", start=row * 20, end=row * 20 + 10, quote="x" * 10, prefix="", suffix="")
    return identified(
        Judgement(seq=seq, who=who, act=act, row_table="statements", row_id=f"s-{row}", anchor=kept, **more)  # type: ignore[arg-type]
    )


def test_two_logs_agree_the_same_in_any_order() -> None:
    ana = [entry(k, "ana", "reject" if k % 4 == 0 else "accept", k) for k in range(12)]
    ben = [entry(k, "ben", "reject" if k % 3 == 0 else "accept", k) for k in range(2, 14)]
    ben.append(entry(40, "ben", "correct", 5, field="span", new='[[100,105,"xxxxx"]]'))
    found = agreement(ana, ben)
    assert (found.both, found.only_one) == (10, 4)
    assert found == agreement(ben, ana)
    chance = random.Random(7)
    for _ in range(5):
        chance.shuffle(ana)
        chance.shuffle(ben)
        assert agreement(ana, ben) == found
    # Ana lets 8 of the ten stand, Ben 7, one of them cut shorter: 4 the same, and half of the fifth's characters.
    assert found.span_f1 == pytest.approx(2 * 4 / (8 + 7))
    assert found.span_characters_f1 == pytest.approx(2 * 45 / (80 + 65))
    assert found.alike == 4
