"""Whether an advance was opposed, and how long before a day something was. Events are read by the bundled reading."""

from __future__ import annotations

import pytest

from onrecord.matters.fights import unopposed
from onrecord.pipeline import build
from onrecord.records import Matter
from tests.conftest import report_of

CLAIM = "The Tesh Liberation Front said it met no resistance on the way to Mombasa."
FIGHT = "Fighters of the Harbour Union attacked the Tesh Liberation Front in Mombasa and took back the station."


def matters(kind: str, *reports: tuple[str, str]) -> list[Matter]:
    """Matters of one kind in a pile of texts and their days, each of its own outlet."""
    outlets = ("Oskaran Herald", "Border Post", "Valley Courier")
    pile = [
        report_of(text, outlet=outlet, published=day, name=f"r-{k}")
        for k, ((text, day), outlet) in enumerate(zip(reports, outlets, strict=False))
    ]
    return [m for m in build(pile).matters if m.kind == kind]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("its men are meeting with no resistance", True),
        ("they took the town without a fight", True),
        ("they faced no armed opposition", True),
        ("they met fierce resistance", False),
        ("there is no solution without fighting", False),
    ],
)
def test_who_says_that_nobody_resisted(text: str, answer: bool) -> None:
    assert unopposed(text) is answer


def test_no_resistance_and_an_attack_contradict_each_other() -> None:
    (found,) = matters("fight", (CLAIM, "2024-03-05"), (FIGHT, "2024-03-06"))
    assert (found.verdict, found.origins) == ("contested", 2)
    assert found.question == "Did Tesh Liberation Front meet resistance (Mombasa)?"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (FIGHT, "2024-03-15"),
        (FIGHT.replace("Mombasa", "Nairobi"), "2024-03-06"),
        (FIGHT.replace("attacked", "plan to attack").replace("and took back", "and take"), "2024-03-06"),
        ("The Tesh Liberation Front attacked the Harbour Union in Mombasa.", "2024-03-06"),
    ],
)
def test_another_time_another_town_a_plan_and_its_own_attack_contradict_nothing(text: str, day: str) -> None:
    assert matters("fight", (CLAIM, "2024-03-05"), (text, day)) == []


def test_a_later_account_joins_a_question_that_is_open() -> None:
    found = matters(
        "fight", (CLAIM, "2024-03-05"), (FIGHT, "2024-03-06"), (FIGHT.replace("station", "port"), "2024-03-15")
    )
    assert [m.reports for m in found] == [3]


DEATH = "Rebels killed Marek Dovan {} before the June 3, 2019 vote."


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        ("two days", "just days", "compatible"),
        ("two days", "just weeks", "contested"),
        ("two weeks", "14 days", "single-origin"),
    ],
)
def test_how_long_before_a_day(one: str, other: str, verdict: str) -> None:
    pile = ((DEATH.format(one), "2024-03-05"), (DEATH.format(other).replace("Rebels", "Old rebels"), "2024-03-06"))
    assert [(m.verdict, m.question) for m in matters("dating", *pile)] == [
        (verdict, "How long before 2019-06-03 was the killing of Marek Dovan?")
    ]


def test_days_from_another_day_are_not_compared() -> None:
    other = DEATH.format("just days").replace("June 3, 2019", "May 1, 2018")
    assert matters("dating", (DEATH.format("two days"), "2024-03-05"), (other, "2024-03-06")) == []


def test_a_father_behind_a_description_is_found() -> None:
    one = "Tomas Dovan, the son of Marek Dovan, spoke. Rebels killed Marek Dovan in 2019."
    other = "Tomas Dovan is the son of a famous commander who was killed by rebels in 2019."
    (found,) = matters("event", (one, "2024-03-05"), (other, "2024-03-06"))
    assert found.reports == 2
