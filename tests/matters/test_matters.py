"""Copies, origins and verdicts: what no copy may do, and what each verdict needs."""

from __future__ import annotations

from onrecord.entities import resolve
from onrecord.entities.sameness import near, spelling
from onrecord.matters import Together, compare
from onrecord.records import Findings, Sheet
from tests.conftest import sheet_of

STORY = (
    "The river rose by two metres in the night and carried away the market hall of Varro, its clock and four of its oldest trees.\n\n"
    "Firemen in three boats took the last families from the roofs of the lower town shortly before the sun came up over the harbour.\n\n"
)


def together(*sheets: Sheet) -> Together:
    """The comparison of a few reports."""
    known = resolve(sheets)
    return compare(known.sheets, known.entities)


def test_a_copy_is_found_to_the_character_and_dated() -> None:
    one = sheet_of(STORY, name="r-1", published="2024-03-05", outlet="Border Post")
    two = sheet_of(
        "Storm news from the coast today\n\n" + STORY, name="r-2", published="2024-03-07", outlet="Valley Courier"
    )
    found = together(two, one).reuse
    assert {(r.from_report, r.to_report, r.direction) for r in found} == {("r-1", "r-2", "from-to")}
    assert one.report.text[found[0].from_start : found[0].from_end].startswith("The river rose")
    assert all("dates" in r.why for r in found)


def test_a_shared_quotation_alone_is_no_copying() -> None:
    quote = '"We will build the hall again with the same stones, the same clock and the same mistakes, for it is ours alone," '
    one = sheet_of(quote + "said Hanne Lund.\n\nThe mayor left early.", name="r-1", published="2024-03-05")
    two = sheet_of(
        "In Varro it rained.\n\n" + quote + "the mayor told the crowd.",
        name="r-2",
        published="2024-03-07",
        outlet="Border Post",
    )
    assert {(r.direction, r.why.split(":")[0]) for r in together(one, two).reuse} == {("undirected", "quotation only")}


def test_furniture_makes_no_copy() -> None:
    line = "READ MORE: The ten best bridges of the coast and how to find the one that you will want to cross with your children\n\n"
    one = sheet_of(line * 3 + "The mayor left early, and the market closed.", name="r-1")
    two = sheet_of(line * 3 + "In Varro it rained until the evening came.", name="r-2")
    assert together(one, two).reuse == ()


def test_a_copy_is_no_second_source() -> None:
    said = (
        "Hanne Lund, the mayor, said the flood had taken the market hall and four of the oldest trees of the town.\n\n"
    )
    sheets = [sheet_of(said + STORY, name=f"r-{k}", outlet=f"Outlet {k}", published=f"2024-03-0{k}") for k in (1, 2, 3)]
    (matter,) = [m for m in together(*sheets).matters if m.kind == "statement"]
    assert (matter.verdict, matter.reports, matter.origins) == ("single-origin", 3, 1)


def test_a_copy_that_knows_the_speaker_less_well_is_no_second_source() -> None:
    one = sheet_of(
        "Pavle Irsa said the flood had taken the market hall and four of the oldest trees of the town.\n\n" + STORY,
        name="r-1",
        published="2024-03-01",
    )
    two = sheet_of(
        "Irsa said the flood had taken the market hall and four of the oldest trees of the town.\n\n" + STORY,
        name="r-2",
        published="2024-03-02",
        outlet="Border Post",
    )
    assert {m.origins for m in together(one, two).matters} == {1}


def test_two_mouths_with_two_figures_are_contested() -> None:
    text = "Rebels in Kenya met. Pavle Irsa said 4,000 fighters were in Kenya.\n\nGeneral Ilyan Sorrel said 1,500 fighters were in Kenya, not more."
    found = together(sheet_of(text))
    (matter,) = [m for m in found.matters if m.kind == "figure"]
    assert (matter.verdict, matter.origins, matter.low, matter.high) == ("contested", 2, 1500.0, 4000.0)


def test_about_the_same_is_not_contested() -> None:
    text = "Pavle Irsa said around 4,000 fighters were in Kenya.\n\nGeneral Ilyan Sorrel said 3,900 fighters were in Kenya, not more."
    assert [m.verdict for m in together(sheet_of(text)).matters if m.kind == "figure"] == ["compatible"]


def test_one_party_that_turns_round_has_changed() -> None:
    one = sheet_of(
        "Ilyan Sorrel said talks between the front and the government are under way.",
        name="r-1",
        published="2024-03-05",
    )
    two = sheet_of(
        "Ilyan Sorrel said talks between the front and the government have failed.",
        name="r-2",
        published="2024-03-16",
        outlet="Border Post",
    )
    assert [(m.verdict, m.origins) for m in together(one, two).matters] == [("changed", 1)]


def test_father_and_son_are_two_and_spellings_are_one(findings: Findings) -> None:
    names = {e.name: e for e in findings.entities if e.type == "person"}
    assert {"Tomas Dovan", "Marek Dovan"} <= set(names)
    assert (
        "Ilyan Sorrel" in {*names["Ilian Sorrel"].aliases, "Ilian Sorrel"}
        if "Ilian Sorrel" in names
        else "Ilian Sorrel" in names["Ilyan Sorrel"].aliases
    )


def test_likeness_alone_joins_nobody() -> None:
    assert spelling("Ahmad Karim") != spelling("Ahmad Shah Karim")
    assert not near("Tomas Dovan", "Marek Dovan")
    assert spelling("Karim") is None


def test_a_part_contradicts_no_whole_and_one_mouth_not_itself() -> None:
    text = (
        "Pavle Irsa said 40 people were killed in Kenya on Monday.\n\nGeneral Ilyan Sorrel said six women were killed in Kenya, and said no more.\n\n"
        "Pavle Irsa said 12 people were killed in Kenya later."
    )
    assert [m for m in together(sheet_of(text)).matters if m.kind == "figure"] == []


def test_small_squads_are_no_count_of_a_force() -> None:
    text = (
        "Pavle Irsa said 13 fighters were in Kenya.\n\nGeneral Ilyan Sorrel said two fighters were in Kenya, not more."
    )
    assert [m for m in together(sheet_of(text)).matters if m.kind == "figure"] == []
