"""What counts as another origin, which figures meet, and states of affairs that turn."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.matters.counting import independent
from onrecord.matters.figures import _class_sure
from onrecord.matters.likeness import numbers_apart
from onrecord.matters.origins import Claim, Roots, untold
from onrecord.matters.states import state_of
from onrecord.records import Matter, Origin, Sheet
from tests.conftest import sheet_of
from tests.matters.test_matters import together


def origin(key: str, party: str | None = None, named: bool = True, kind: str = "speaker") -> Origin:
    """An origin as counted."""
    return Origin(origin_id=key, kind=kind, name=key, entity_id=key, why="", party=party, named=named)


def figures(*sheets: Sheet) -> list[Matter]:
    """The matters on figures of a few reports."""
    return [m for m in together(*sheets).matters if m.kind == "figure"]


def test_two_mouths_of_one_party_are_one_origin() -> None:
    assert independent([origin("front", "front"), origin("Irsa", "front")]) == 1
    assert independent([origin("front", "front"), origin("Sorrel")]) == 2


def test_who_may_be_anybody_is_no_second_origin_unless_the_claims_clash() -> None:
    pair = [origin("Sorrel"), origin("a monitor", named=False)]
    assert (independent(pair), independent(pair, clash=True)) == (1, 2)
    assert independent([origin("a", named=False), origin("b", named=False)]) == 1
    assert independent([origin("Sorrel"), origin("Border Post", kind="document")]) == 1


@pytest.mark.parametrize(
    ("speaker", "answer"),
    [("a monitor", True), ("State media", True), ("the source", True), ("a bomb attack", True), ("Hanne Lund", False)],
)
def test_who_may_be_anybody(speaker: str, answer: bool) -> None:
    assert untold(speaker) is answer


def test_the_words_of_a_spokesman_in_two_outlets_are_one_origin() -> None:
    words = "the bridge at Varro was closed by the river and not by the army last night"
    one = sheet_of(f"Pavle Irsa said {words}.", name="r-1", outlet="Border Post")
    two = sheet_of(f"Hanne Lund said {words}.", name="r-2", outlet="Valley Courier")
    (matter,) = together(one, two).matters
    assert (matter.verdict, matter.origins, matter.mouths) == ("single-origin", 1, 2)


def test_a_copy_says_which_row_ties_it() -> None:
    said = (
        "Hanne Lund, the mayor, said the flood had taken the market hall and four of the oldest trees of the town.\n\n"
    )
    sheets = [
        sheet_of(said + "The river rose by two metres.", name=f"r-{k}", outlet=f"Outlet {k}", published=f"2024-03-0{k}")
        for k in (1, 2)
    ]
    found = together(*sheets)
    assert sorted(c.fold for c in found.claims) == ["first", "same text"]
    assert [(c.fold_why or "")[:2] for c in found.claims if c.fold == "same text"] == ["u-"]


PLACE = "Rebels in Kenya met. "


@pytest.mark.parametrize(
    "second",
    [
        "General Ilyan Sorrel said 12 others were killed in Kenya, but named nobody.",
        "General Ilyan Sorrel said the dead included 12 people killed in Kenya, not more.",
        "The source said 12 people were killed in Kenya, but named nobody.",
    ],
)
def test_parts_and_echoes_contradict_nothing(second: str) -> None:
    assert figures(sheet_of(PLACE + "Pavle Irsa said 40 people were killed in Kenya.\n\n" + second)) == []


def test_two_towns_are_two_incidents() -> None:
    text = "Pavle Irsa said 40 people were killed in Nairobi.\n\nGeneral Ilyan Sorrel said 12 people were killed in Mombasa, not more."
    assert figures(sheet_of(PLACE + text)) == []


def test_side_by_side_they_are_contested() -> None:
    text = "Pavle Irsa said 40 people were killed in Nairobi.\n\nGeneral Ilyan Sorrel said 12 people were killed in Nairobi, not more."
    assert [m.verdict for m in figures(sheet_of(PLACE + text))] == ["contested"]


def test_different_numbers_are_not_one_statement() -> None:
    assert numbers_apart("40 people were killed in the raid", "12 people were killed in the raid")
    assert not numbers_apart("the raid was loud", "12 people were killed in the raid")


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("talks with the front are under way in Halim", ("process", True)),
        ("the negotiations have collapsed", ("process", False)),
        ("the truce is still in force", ("truce", True)),
        ("the ceasefire is not in place", ("truce", False)),
        ("unless the talks are resumed there will be war", None),
        ("talks may help", None),
    ],
)
def test_what_is_said_of_a_process(text: str, state: tuple[str, bool] | None) -> None:
    assert state_of(text) == state


def test_one_party_turns_round_and_two_contradict() -> None:
    def verdicts(first: str, second: str, day: str) -> list[tuple[str, int]]:
        one = sheet_of(
            f"{first} said that the talks with the Tesh Liberation Front on Kenya were under way.",
            name="r-1",
            published="2024-03-05",
        )
        two = sheet_of(
            f"{second} said that talks on Kenya with the Tesh Liberation Front had failed after an hour of shouting.",
            name="r-2",
            published=day,
            outlet="Border Post",
        )
        return [(m.verdict, m.origins) for m in together(one, two).matters if m.kind == "state"]

    assert verdicts("Ilyan Sorrel", "Ilyan Sorrel", "2024-03-16") == [("changed", 1)]
    assert verdicts("Ilyan Sorrel", "Pavle Irsa", "2024-03-06") == [("contested", 2)]
    assert verdicts("Ilyan Sorrel", "Pavle Irsa", "2024-03-16") == []


@pytest.mark.parametrize(
    ("text", "answer"), [("killed 10 people and wounded several", False), ("10 people were wounded", True)]
)
def test_the_words_beside_a_figure_must_bear_out_its_class(text: str, answer: bool) -> None:
    (quantity,) = (q for q in sheet_of(f"A raid on Kessa left a hole; {text}.").quantities if q.low == 10)
    assert _class_sure(f"A raid on Kessa left a hole; {text}.", replace(quantity, counted_class="wounded")) is answer


def test_of_two_stretches_of_one_copy_the_first_in_the_text_counts() -> None:
    # The order of a set of names hangs on the seed of hashes: thirty reports, lest one come out right by chance.
    for k in range(30):
        sheet = sheet_of(
            "Mayor Hanne Lund said the bridge was shut. General Pavle Irsa said the road was open.", name=f"r-{k}"
        )
        one, two = sheet.statements
        spans = (*one.content, *two.content)
        claim = Claim(two.statement_id, "statement", two.report_id, spans, two.text, two, None)
        assert Roots([sheet], (), ()).origin(claim).name == one.speaker
