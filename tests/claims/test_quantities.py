"""Figures as rows: whose, where, as of when, in which statement, and whether it has happened."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.claims.quantities import all_figures, quantities
from onrecord.claims.quantities.figure import wanted
from onrecord.claims.quantities.realis import ORDER
from onrecord.pipeline import read_alone
from onrecord.records import Findings, Place, Quantity, Sheet, Time, content_id
from tests.conftest import report_of, sheet_of

READINGS = ("bundled", "none")


def rows(text: str, reading: str = "bundled") -> tuple[Quantity, ...]:
    """The figures of a text."""
    sheet = read_alone(report_of(text), reading)
    assert isinstance(sheet, Sheet), sheet
    return sheet.quantities


WHOSE = [
    ("The Tesh Liberation Front has around 8,000 fighters.", "Tesh Liberation Front"),
    ("The Tesh Liberation Front has assembled a fighting force of about 8,000 people.", "Tesh Liberation Front"),
    ("The Tesh Liberation Front said hundreds of its fighters were near.", "Tesh Liberation Front"),
    ("Some 20 soldiers of the Tesh Liberation Front were captured.", "Tesh Liberation Front"),
    ('"We have 12 tanks," said Pavle Irsa, spokesman for the Tesh Liberation Front.', "Tesh Liberation Front"),
    ("The road to Halim took four hours, the Tesh Liberation Front said.", None),
    ("SOME 20 AGENTS OF THE POLICE WERE KILLED IN ORM AND LEFT.", None),
    ("Nobody knows whose 300 rifles they are.", None),
]


@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize(("text", "name"), WHOSE)
def test_whose(text: str, name: str | None, reading: str) -> None:
    assert [q.subject for q in rows(text, reading)] == [name]


REALIS = [
    ("14 people were killed.", "actual"),
    ("If the pass falls, 14 people will flee.", "conditional"),
    ("Will 300 men hold the pass?", "conditional"),
    ("The ministry denied that 14 people were killed.", "denied"),
    ("The army did not send 300 men.", "denied"),
    ("No fewer than 300 men came.", "actual"),
    ("They tried to free 60 prisoners.", "attempted"),
    ("He vowed to kill 60 soldiers.", "threatened"),
    ("The army will send 300 men.", "planned"),
    ("The army plans to send 300 men.", "planned"),
    ("The army demands 300 trucks.", "planned"),
    ("In 2009 a flood killed 80 people.", "historical"),
]


@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize(("text", "realis"), REALIS)
def test_realis(text: str, realis: str, reading: str) -> None:
    assert [q.realis for q in rows(text, reading)] == [realis]


def placed(text: str, *names: str, dates: dict[str, tuple[str, str]] | None = None) -> Sheet:
    """A sheet with places and days as other rooms would find them."""
    sheet = replace(sheet_of(text), places=(), times=())
    spots = [
        Place(
            place_id=name, report_id="r-0", start=(at := text.index(name)), end=at + len(name), text=name, name=name,
            geoname_id=None, country="VL", province=None, lat=None, lon=None, radius_km=None, exact=True, confidence=1.0, how="test",
            precision="country" if name == "Velmara" else "point",
        )
        for name in names
    ]  # fmt: skip
    times = [
        Time(
            time_id=words, report_id="r-0", start=(at := text.index(words)), end=at + len(words), text=words,
            type="DATE", value=None, date_from=first, date_to=last, anchor=None, why="test", precision="day", rule="test",
        )
        for words, (first, last) in (dates or {}).items()
    ]  # fmt: skip
    return replace(sheet, places=tuple(spots), times=tuple(times))


WHERE = [
    ("60 people died in Orm and 45 in Kessa.", ["Orm", "Kessa"], ["Orm", "Kessa"]),
    ("In Orm, 60 people died, the mayor of Halim said.", ["Orm", "Halim"], ["Orm"]),
    ("60 people died in Velmara.", ["Velmara"], ["Velmara"]),
    ("HALIM (Meridian Wire) The front has 60 men.", ["HALIM"], [None]),
    ("Halim said that 60 people had died.", ["Halim"], [None]),
    ("60 people died. Orm is quiet.", ["Orm"], [None]),
    ("60 people died in Orm, in Kessa.", ["Orm", "Kessa"], ["Orm"]),
]


@pytest.mark.parametrize(("text", "names", "found"), WHERE)
def test_where(text: str, names: list[str], found: list[str | None]) -> None:
    assert [q.place_id for q in quantities(placed(text, *names))] == found


MONDAY, MAY, JULY = ("2024-03-04", "2024-03-04"), ("2023-05-01", "2023-05-31"), ("2023-07-01", "2023-07-31")
WHEN = [
    ("On Monday 60 people died.", {"Monday": MONDAY}, MONDAY),
    ("60 people died.", {}, ("2024-03-05", "2024-03-05")),
    ("Since May 60 people have died.", {"May": MAY}, ("2023-05-01", "2024-03-05")),
    ("60 people have died since the siege began in May.", {"May": MAY}, ("2023-05-01", "2024-03-05")),
    ("Until May 60 people had died.", {"May": MAY}, (None, "2023-05-31")),
    ("Between May and July 60 people died.", {"May": MAY, "July": JULY}, ("2023-05-01", "2023-07-31")),
    ("Dovan, 32, came in May.", {"May": MAY}, ("2024-03-05", "2024-03-05")),
]


@pytest.mark.parametrize(("text", "dates", "found"), WHEN)
def test_as_of(text: str, dates: dict[str, tuple[str, str]], found: tuple[str | None, str | None]) -> None:
    (row,) = quantities(placed(text, dates=dates))
    assert (row.as_of_from, row.as_of_to) == found


SCOPES = [
    ("58 people were killed, including 11 children.", ["whole", "part"]),
    ("20 men came and another 40 left.", ["whole", "more"]),
    ("The blast killed 12 people and wounded 34 others.", ["whole", "more"]),
    ("Nine of the dead were children.", ["part"]),
    ("Three more villages fell.", ["more"]),
    ("Hundreds of the men and 17 soldiers of the brigade came.", ["whole", "whole"]),
    ("3 of the 25 porters were killed.", ["whole", "whole"]),
    ("3 of the 25 hostages were freed.", ["part", "whole"]),
    ("Six civilians were among at least 22 people killed.", ["part", "whole"]),
]


@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize(("text", "scopes"), SCOPES)
def test_scope(text: str, scopes: list[str], reading: str) -> None:
    assert [q.scope for q in rows(text, reading)] == scopes


def test_a_figure_points_at_the_statement_that_holds_it() -> None:
    sheet = sheet_of("Hanne Lund said on Monday that 14 people were hurt. Two families left.")
    first, second = sheet.quantities
    assert first.statement_id == sheet.statements[0].statement_id
    assert second.statement_id is None


def test_a_modifier_points_at_its_words() -> None:
    text = "At least 40 men came, dozens of women left, 3 to 5 boys stayed, and 12 girls slept."
    found = [(q.modifier, q.modifier_start is not None and text[q.modifier_start : q.modifier_end]) for q in rows(text)]
    assert found == [("at least", "At least"), ("dozens", "dozens"), ("range", False), (None, False)]


def test_whose_is_an_entity(findings: Findings) -> None:
    held = [q for s in findings.sheets for q in s.quantities if q.subject]
    assert held
    assert all(q.subject_entity in {e.entity_id for e in findings.entities} for q in held)


def test_a_part_is_a_percent_and_never_exact() -> None:
    (row,) = rows("A quarter of the houses burned.")
    assert (row.low, row.high, row.unit, row.exact, row.counted_class) == (25, 25, "percent", False, "share")


def test_an_interview_answer_counts_what_was_asked() -> None:
    text = (
        "Meridian Wire: Why do you stay?\n\nTomas Dovan: Because it is our road.\n\n"
        "Meridian Wire: How many fighters do you have?\n\nTomas Dovan: The ministry says we have 1,500, let them count."
    )
    assert [(q.text, q.counted, q.counted_class) for q in rows(text)] == [("1,500", "fighters", "fighters")]


def test_a_verb_after_a_number_is_no_noun() -> None:
    assert [q.counted for q in rows("Dozens more suffered burns.")] == [None]


def test_furniture_has_no_figures() -> None:
    assert not rows("The road is shut.\n\nREAD MORE: Dovan says he has 8,000 fighters")


def test_the_ledger_holds_less_than_is_seen() -> None:
    sheet = sheet_of("One thing is sure: the two sides met 12 envoys.")
    seen = [f for _, f in all_figures(sheet)]
    assert len(seen) == 3
    assert [q.counted for q in sheet.quantities] == ["envoys"]
    assert sum(wanted(s.text, f) for s, f in all_figures(sheet)) == 1


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(["at least 40", "two", "hundreds of", "men", "were killed", "in", "if", ".", ",", "$5m", "he said", "5-10", "of its", "and", "\n"]), max_size=16).map(" ".join))  # fmt: skip
def test_any_text_gives_rows_that_quote_it(text: str) -> None:
    for row in rows(text, "none"):
        assert text[row.start : row.end] == row.text
        assert row.low is not None
        assert row.high is None or row.low <= row.high
        assert row.realis in ORDER
        assert row.quantity_id == content_id("q", "r-0", row.start, row.end)
        assert (row.modifier_start is None) == (row.modifier_end is None)


def test_a_distance_without_a_number_from_a_named_day() -> None:
    text = "He was killed just days before the June 3, 2019 vote. Days after the takeover, two days before July 1, 2020, it rained."
    rows = [(q.text, q.low, q.high, q.unit, q.modifier) for q in sheet_of(text).quantities]
    assert rows[0] == ("just days", 2.0, None, "day", "just")
    assert [r[0] for r in rows] == ["just days", "two days"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The raid caused dozens of casualties.", "casualties"),
        ("Some 12 casualties were killed.", "killed"),
        ("The 40 victims were buried on Monday.", "casualties"),
    ],
)
def test_casualties_are_no_deaths(text: str, kind: str) -> None:
    sheet = read_alone(report_of(text))
    assert isinstance(sheet, Sheet)
    assert [q.counted_class for q in sheet.quantities] == [kind]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Units were raised after the 2012 attack on a post.", []),
        ("The 2,012 attacks were counted.", [("2,012 attacks", "attacks", "attacks")]),
        ("The 30,000-odd Miran troops left.", [("30,000-odd Miran troops", "Miran troops", "fighters")]),
        ("Three dead and more than 170 people wounded.", [("Three dead", "dead", "killed"), ("more than 170 people", "people", "wounded")]),
        ("Four men, among them a guard, are dead and 14 are wounded, 10 badly.", [("Four men", "men", "killed"), ("14", "men", "wounded")]),
        ("The dead were Ana Vel, 45; Rada Lund, 70.", [("45", None, "age"), ("70", None, "age")]),
    ],
)  # fmt: skip
def test_a_figure_is_what_it_counts_and_no_year(text: str, figures: list[tuple[str, str | None, str | None]]) -> None:
    sheet = read_alone(report_of(text), keep=True)
    assert isinstance(sheet, Sheet)
    found = [(q.text, q.counted, q.counted_class) for q in sheet.quantities]
    assert found == figures
