"""Which mouths are another's: kinds of mouths, governments, figures told in passing, equal counts told differently."""

from __future__ import annotations

import pytest

from onrecord.entities import resolve
from onrecord.matters.counting import independent
from onrecord.matters.mouths import governed_from, sphere
from onrecord.matters.wording import mouth
from onrecord.records import Matter
from tests.conftest import sheet_of
from tests.matters.test_counting import figures, origin
from tests.matters.test_matters import together


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("State media", "power"),
        ("the army command", "power"),
        ("a monitoring group", "watch"),
        ("Kessa Observatory for Human Rights", "watch"),
        ("a police monitor", None),
        ("Hanne Lund", None),
    ],
)
def test_kinds_of_mouths(name: str, kind: str | None) -> None:
    assert sphere(name) == kind


def test_a_described_mouth_of_another_kind_is_another_origin() -> None:
    watch, state = origin("Kessa Observatory"), origin("state media", named=False)
    assert independent([watch, state], spheres=["watch", "power"]) == 2
    assert independent([watch, state], spheres=["power", "power"]) == 1
    assert independent([watch, state], spheres=[None, "power"]) == 1
    assert independent([state, origin("a monitor", named=False)], spheres=["power", "watch"]) == 2
    told = [state, origin("a monitor", party="state media", named=False), origin("s", party="state media", named=False)]
    assert independent(told, spheres=["power", "watch", "power"]) == 1  # one interest that is called both is neither


def test_a_capital_speaks_for_its_country() -> None:
    assert governed_from("Nairobi") == "Kenya"
    assert governed_from("Mombasa") is None


def test_a_president_speaks_for_his_country_and_a_former_one_does_not() -> None:
    def party(title: str) -> str | None:
        found = resolve([sheet_of(f"{title} Pavle Irsa said that the pass was closed. Kenya is dry.")])
        (person,) = [e for e in found.entities if e.name == "Pavle Irsa"]
        return next((e.name for e in found.entities if e.entity_id == person.party), None)

    assert party("Kenyan President") == "Kenya"
    assert party("Former Kenyan President") is None


COUNT = "The Kessa Observatory for Human Rights said 12 people were killed in Nairobi on Monday."


def test_state_media_and_an_observatory_with_one_count_corroborate() -> None:
    one = COUNT + "\n\nState media said 12 people were killed in Nairobi on Monday."
    assert [(m.verdict, m.origins) for m in figures(sheet_of(one))] == [("corroborated", 2)]


def test_who_condemns_a_raid_does_not_count_its_dead() -> None:
    other = "Hanne Lund condemned a raid that killed 12 people in Nairobi on Monday."
    pile = [
        sheet_of(COUNT, name="r-1", outlet="Border Post"),
        sheet_of(other, name="r-2", outlet="Valley Courier"),
    ]
    assert [m.origins for m in figures(*pile)] in ([1], [])


def two(one: str, other: str) -> list[Matter]:
    """Figures of two reports of one day."""
    return figures(sheet_of(one, name="r-1", outlet="Border Post"), sheet_of(other, name="r-2", outlet="Nine"))


def test_two_equal_counts_of_two_kinds_are_one_incident() -> None:
    told = "Hanne Lund, the mayor of Nairobi, said the blast killed eight people and wounded 31."
    again = "A bomb on a market cart in Nairobi left eight dead and injured 31, Pavle Irsa said."
    assert {(m.verdict, m.origins) for m in two(told, again)} == {("corroborated", 2)}
    assert two(told, again.replace("31", "30").replace("eight", "nine")) == []


def test_a_large_count_of_one_town_is_one_incident_and_a_small_one_may_be_any() -> None:
    told = "Hanne Lund said a blast near the station of Nairobi killed {} people."
    again = "Pavle Irsa said old pipes under a cellar of Nairobi leaked gas for weeks and {} people died."
    assert [m.verdict for m in two(told.format(27), again.format(27))] == ["corroborated"]
    assert two(told.format(4), again.format(4)) == []


def test_parts_by_place_contradict_no_whole() -> None:
    text = "Hanne Lund said 640 people were killed.\n\nPavle Irsa said 150 people were killed in Nairobi, 100 in Mombasa and 67 in Kisumu."
    assert figures(sheet_of("Rebels in Kenya met. " + text)) == []


def test_the_governor_is_the_governor_who_is_named() -> None:
    text = (
        "The blast killed 45 people in Nairobi, the governor said.\n\nGovernor Pavle Irsa said 36 people were killed in Nairobi by the blast."
    )  # fmt: skip
    assert [m.verdict for m in figures(sheet_of(text)) if m.verdict == "contested"] == []


def test_what_a_mouth_says_of_another_day_is_another_statement() -> None:
    told = (
        "The Kessa Observatory said the toll was likely to rise because several of the wounded were in a serious state."
    )
    again = "The Kessa Observatory said the toll was expected to rise because several of the wounded were in hospital."
    near = [sheet_of(told, name="r-1", published="2024-03-05"), sheet_of(again, name="r-2", published="2024-03-06", outlet="Nine")]  # fmt: skip
    far = [near[0], sheet_of(again, name="r-2", published="2024-08-06", outlet="Nine")]
    assert len([m for m in together(*near).matters if m.kind == "statement"]) == 1
    assert [m for m in together(*far).matters if m.kind == "statement"] == []


def test_what_is_said_daily_is_not_one_statement_of_two_sources() -> None:
    told = "The source said the attack also caused significant damage to the houses of the citizens."
    again = "The source said the attack also caused huge damage to the shops and houses of the citizens."
    filler = [
        sheet_of(told.replace("citizens", "people"), name=f"f-{k}", published=f"2023-0{k}-01", outlet=f"F {k}")
        for k in range(1, 9)
    ]
    pile = [sheet_of(told, name="r-1", published="2024-03-05"), sheet_of(again, name="r-2", published="2024-03-08", outlet="Nine")]  # fmt: skip
    made = together(*pile, *filler)
    owner = {x.statement_id: s.report.report_id for s in pile for x in s.statements}
    for matter in made.matters:
        held = {owner.get(c.claim_id) for c in made.claims if c.matter_id == matter.matter_id}
        assert not {"r-1", "r-2"} <= held


def test_a_question_calls_nobody_by_somebody_it_does_not_name() -> None:
    one = "The Kessa Relief Front met in Tarn. Its spokesman said the bridge at Kessa would be shut before winter came."
    other = one.replace("Tarn", "Tarn on Tuesday").replace("would be", "would not be")
    found = together(sheet_of(one, name="a"), sheet_of(other, name="b", outlet="Border Post"))
    (question,) = [m.question for m in found.matters if m.kind == "statement"]
    assert question == "a spokesman: “the bridge at Kessa would be shut before winter came”"
    assert [o.name for o in found.origins] == ["Its spokesman"] * 2  # the row keeps the report's words


@pytest.mark.parametrize(
    ("name", "party", "told"),
    [
        ("its spokesman", "Kessa Relief Front", "a spokesman of Kessa Relief Front"),
        ("his aides", None, "aides"),
        ("their spokeswomen", None, "spokeswomen"),
        ("Her office", None, "an office"),
        ("a spokesman for the Front", "Front", "a spokesman for the Front"),
        ("Its", None, "Its"),
    ],
)
def test_a_mouth_in_words_that_stand_by_themselves(name: str, party: str | None, told: str) -> None:
    assert mouth(name, party) == told
