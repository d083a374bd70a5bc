"""Incidents: what makes two reports' events one, and what keeps them apart. Events are read by the bundled reading."""

from __future__ import annotations

import pytest

from onrecord.pipeline import build
from onrecord.records import Findings
from tests.conftest import report_of

DEATH = "A sniper of the Grey Column killed Marek Dovan in the town on May 4, 2023."


def found(*texts: str) -> Findings:
    """A build of one report a text, each of its own outlet."""
    outlets = ("Oskaran Herald", "Border Post", "Valley Courier")
    return build([report_of(t, outlet=o, name=f"r-{k}") for k, (t, o) in enumerate(zip(texts, outlets, strict=False))])


def incidents(*texts: str) -> list[tuple[int, str]]:
    """Reports and verdict of every incident."""
    return [(m.reports, m.verdict) for m in found(*texts).matters if m.kind == "event"]


def test_the_death_of_one_person_is_one_incident() -> None:
    other = "Rebels murdered Marek Dovan, the old general of the valley, last year, his widow Ana Dovan recalled."
    assert [n for n, _ in incidents(DEATH, other)] == [2]


@pytest.mark.parametrize(
    "other",
    [
        "A sniper of the Grey Column killed Tomas Irsa in the town on May 4, 2023.",
        "Marek Dovan met a sniper of the Grey Column in the town on May 4, 2023.",
        "The Grey Column threatened to kill Marek Dovan in the town.",
        "A sniper of the Grey Column killed Marek Dovan in the town on June 30, 2023.",
    ],
)
def test_another_person_another_act_a_threat_or_another_day_is_none(other: str) -> None:
    assert incidents(DEATH, other) == []


def test_a_denial_stands_beside_the_account() -> None:
    denial = "The front denied that its snipers killed Marek Dovan in the town on May 4, 2023."
    assert [v for _, v in incidents(DEATH, denial)] in (["contested"], ["changed"])


def test_one_report_alone_is_no_matter() -> None:
    assert incidents(DEATH + " The killing of Marek Dovan shocked the valley.") == []


def test_the_order_of_reports_does_not_matter() -> None:
    other = "Rebels murdered Marek Dovan, the old general of the valley, last year."
    assert incidents(DEATH, other) == incidents(other, DEATH)
