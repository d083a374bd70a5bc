"""Who copied whom: every rule decides once, and only where its evidence stands."""

from __future__ import annotations

import pytest

from onrecord.matters.compiled import Part, compiled
from onrecord.matters.direction import Overlap, direction
from onrecord.matters.reuse import reuse
from onrecord.matters.standing import folded, standing
from onrecord.records import Reuse, Sheet
from tests.matters.piles import printed, story

TEXT = story(1)
FULL = Overlap(1.0, 1.0, 0.0)


def edge(one: Sheet, two: Sheet, *others: Sheet) -> Reuse:
    """The first row that two reports share, beside other reports."""
    names = {one.report.report_id, two.report.report_id}
    return next(r for r in reuse([one, two, *others]) if {r.from_report, r.to_report} == names)


def told(row: Reuse) -> tuple[str, str, str, str]:
    """Order, and the rule."""
    return row.from_report, row.to_report, row.direction, row.why.split(":")[0]


@pytest.mark.parametrize(
    "line",
    [
        "Source: Border Post", "(Border Post)", "With inputs from Border Post", "This story first appeared in the Border Post.",
        "The Border Post reported on Monday that the rain would stay.", "He told Border Post that the rain would stay.",
    ],
)  # fmt: skip
def test_a_credit_goes_before_dates(line: str) -> None:
    source = printed("r-2", TEXT, "Border Post", "2024-03-09")
    copy = printed("r-1", [*TEXT, line], "Valley Courier", "2024-03-02")
    assert told(edge(source, copy)) == ("r-2", "r-1", "from-to", "credit")


def test_a_name_in_the_story_is_no_credit() -> None:
    copy = printed("r-1", [*TEXT, "The border post was shut, and the Border Post office too."], "Radio Nine")
    assert standing(copy).credits == frozenset()


def test_an_outlet_that_credits_itself_credits_nobody() -> None:
    sheet = printed("r-1", [*TEXT, "Source: Border Post and agencies"], "Border Post")
    assert "border post" not in standing(sheet).credits


def test_one_agency_behind_both_is_their_parent() -> None:
    one = printed("r-1", [*TEXT, "Source: AFP"], "Border Post", "2024-03-02")
    two = printed("r-2", [*TEXT, "(AFP)"], "Valley Courier", "2024-03-09")
    row = edge(one, two)
    assert told(row) == ("r-1", "r-2", "undirected", "both name AFP") and row.parent == "AFP"


def test_an_agency_in_the_story_is_nobodys_parent() -> None:
    text = [*TEXT, "He told Reuters that the rain would stay."]
    row = edge(printed("r-1", text, "Border Post"), printed("r-2", text, "Valley Courier"))
    assert row.parent is None


@pytest.mark.parametrize(
    ("one", "two", "order"),
    [
        ("2024-03-02", "2024-03-03", "from-to"),
        ("2024-03-02", "2024-03-02", "undirected"),
        ("2024-03-02", "2024-03-02T23:00:00Z", "undirected"),
        ("2024-03-02T09:00:00Z", "2024-03-02T09:01:00Z", "from-to"),
        ("2024-03-02T09:00:00+01:00", "2024-03-02T08:00:00Z", "undirected"),
        ("some day", "2024-03-02", "undirected"),
        (None, "2024-03-02", "undirected"),
    ],
)
def test_time_decides_only_between_times_that_cannot_overlap(one: str | None, two: str, order: str) -> None:
    assert edge(printed("r-1", TEXT, "A", one), printed("r-2", TEXT, "B", two)).direction == order


def test_a_printed_date_that_says_otherwise_leaves_the_order_open() -> None:
    late = printed("r-1", ["Published 9 March 2024, 10:00", *TEXT], "A", "2024-03-01")
    assert told(edge(late, printed("r-2", TEXT, "B", "2024-03-05")))[2] == "undirected"
    undated = printed("r-1", ["Published 9 March 2024, 10:00", *TEXT], "A")
    assert told(edge(undated, printed("r-2", TEXT, "B", "2024-03-05")))[:3] == ("r-2", "r-1", "from-to")


def test_a_day_that_is_none_is_left_out() -> None:
    assert standing(printed("r-1", ["Published 39 March 2024", *TEXT])).earliest is None


def test_a_report_put_together_from_two_is_later_than_both() -> None:
    other = story(2)
    both = printed("r-1", [*TEXT[:3], *other[:3]], "A", "2024-03-01")
    one, two = printed("r-2", TEXT, "B", "2024-03-05"), printed("r-3", other, "C", "2024-03-05")
    assert told(edge(one, both, two)) == ("r-2", "r-1", "from-to", "compiled")
    assert told(edge(two, both, one)) == ("r-3", "r-1", "from-to", "compiled")


def test_nothing_is_put_together_from_kin() -> None:
    part = {"w": [Part("x", 0.5, 0.5, 900), Part("y", 0.5, 0.5, 900)]}
    assert compiled(part) == {("x", "w"): "y", ("y", "w"): "x"}
    assert compiled(part | {"x": [Part("y", 0.5, 0.5, 900)]}) == {}


def test_all_of_one_in_a_longer_one_is_a_cut() -> None:
    assert told(edge(printed("r-1", TEXT[:3]), printed("r-2", TEXT))) == ("r-2", "r-1", "from-to", "abridged")


@pytest.mark.parametrize(("published", "order"), [("2024-03-02T09:00:00Z", "undirected"), ("2024-02-02", "from-to")])
def test_a_cut_that_came_out_hours_before_the_whole_leaves_the_order_open(published: str, order: str) -> None:
    whole = printed("r-2", TEXT, "B", "2024-03-02T19:00:00Z")
    assert edge(printed("r-1", TEXT[:3], "A", published), whole).direction == order


def test_only_one_of_two_printings_names_its_agency() -> None:
    row = edge(printed("r-1", [*TEXT, "Source: AFP"], "A"), printed("r-2", TEXT, "B"))
    assert told(row) == ("r-2", "r-1", "from-to", "credit") and "AFP" in row.why


def test_a_quotation_alone_is_never_a_copy() -> None:
    quote = '"We will build the hall again with the same stones, the same clock and the same mistakes, for it is ours alone,"'
    one = printed("r-1", [*story(1), f"{quote} said Hanne Lund."], "Border Post", "2024-03-05")
    two = printed("r-2", [*story(2), f"{quote} the mayor told Border Post."], "Valley Courier", "2024-03-09")
    assert told(edge(one, two)) == ("r-1", "r-2", "undirected", "quotation only")


def test_swapped_reports_get_the_same_order() -> None:
    one = standing(printed("r-1", TEXT, "Border Post", "2024-03-05"))
    two = standing(printed("r-2", [*TEXT, "Source: Border Post"], "Valley Courier", "2024-03-05"))
    first, second = direction(one, two, FULL), direction(two, one, FULL)
    assert first.known and second.known and first.swap != second.swap and first.why == second.why


def test_names_are_folded() -> None:
    assert folded("The Border Post.") == "border post"
