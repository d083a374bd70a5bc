"""Places: what may be a name, what lies in what, which namesake is meant; on an invented country in a gazetteer of its own."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.mentions.places import places, resolved
from onrecord.passages import passages
from onrecord.records import Place, Sheet
from onrecord.text.gazetteer.rows import Entry
from onrecord.text.gazetteer.store import write
from tests.conftest import report_of

# Velmara borrows Yemen's code, for other spellings are looked for only where names come from another script.
ROWS = (
    (Entry(900000001, "Velmara", "PCLI", "YE", "", "", 15.0, 45.0, 9_000_000), ["Republic of Velmara"]),
    (Entry(900000002, "Kessa", "ADM1", "YE", "V1", "", 15.5, 45.5, 800_000), ["Kessa Province"]),
    (Entry(900000003, "Kessa", "PPLA", "YE", "V1", "V11", 15.6, 45.6, 300_000), []),
    (Entry(900000004, "Ruvoh", "ADM2", "YE", "V1", "V12", 15.4, 45.1, 40_000), []),
    (Entry(900000005, "Oskaran", "PPLC", "YE", "V2", "V21", 16.0, 46.0, 1_200_000), []),
    (Entry(900000006, "Drumna-e Sarif", "PPL", "YE", "V2", "V22", 16.3, 46.2, 90_000), []),
    (Entry(900000007, "Ostava", "PPL", "YE", "V1", "V11", 15.65, 45.7, 4_000), []),
    (Entry(900000008, "Ostava", "PPL", "NZ", "E9", "", -40.0, 175.0, 45_000), []),
    (Entry(900000009, "Bandoy", "PPL", "NZ", "E9", "", -40.5, 175.5, 45_000), []),
)


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A gazetteer of the invented country, and of namesakes at the other end of the world."""
    path = tmp_path_factory.mktemp("gazetteer") / "velmara.db"
    write(path, ROWS, (), {})
    return path


def sheet_of(text: str) -> Sheet:
    """A sheet that nothing has read: rules alone."""
    report = report_of(text)
    return Sheet(report=report, passages=passages(report))


def found(text: str, own: Path | None) -> list[tuple[str, int | None, bool]]:
    """What is written, what it stands for, and whether that is the named place itself."""
    return [(p.text, p.geoname_id, p.exact) for p in places(sheet_of(text), own)]


def test_a_cue_word_tells_a_province_from_its_capital(own: Path) -> None:
    rows = found("The front is in Kessa province. In the city of Kessa, Velmara kept a garrison.", own)
    assert rows == [("Kessa", 900000002, True), ("Kessa", 900000003, True), ("Velmara", 900000001, True)]


def test_a_bare_name_is_where_the_rest_of_the_report_is(own: Path) -> None:
    rows = found("Shells fell in Kessa and in Ostava, Velmara said. Ostava lay dark on Monday.", own)
    assert [r for r in rows if r[0] == "Ostava"] == [("Ostava", 900000007, True)] * 2


def test_a_namesake_far_away_is_left_out(own: Path) -> None:
    rows = found("Velmara said that troops had reached Bandoy from Kessa.", own)
    assert [text for text, _, _ in rows] == ["Velmara", "Kessa"]


def test_an_unknown_place_is_what_it_is_said_to_lie_in_and_says_so(own: Path) -> None:
    text = "Training began in Tulmekoy area of Ruvo district in Kessa province, Velmara said."
    rows = resolved(sheet_of(text), [(18, 26)], own)
    assert [(p.text, p.geoname_id, p.precision, p.exact) for p in rows] == [("Tulmekoy", 900000004, "district", False)]
    assert rows[0].how == "not in the gazetteer; said to lie in Ruvo"


def test_another_spelling_is_found_only_in_a_country_that_the_report_is_about(own: Path) -> None:
    there = found("Velmara lost Kessa. Shelling hit Ruvo district in Kessa province.", own)
    assert ("Ruvo", 900000004, True) in there
    assert not any(row[1] == 900000004 for row in found("Canada sent doctors to Ruvo district in Alberta.", own))


def test_a_short_form_stands_for_the_longer_name_in_the_report(own: Path) -> None:
    text = "In Velmara, Oskaran fell. People in Drumna-e Sarif hold out. We will stay in Drumna, he said."
    at = text.index("Drumna,")
    (row,) = resolved(sheet_of(text), [(at, at + 6)], own)
    assert (row.geoname_id, row.how) == (900000006, "short for a longer name in the report")


def test_a_comma_is_no_container_in_a_list(own: Path) -> None:
    rows = places(sheet_of("Delegates came from Oskaran, Kessa and Canada."), own)
    assert not any("said to lie in" in p.how for p in rows)


def test_a_people_of_several_countries_names_a_country_only_beside_it() -> None:
    assert found("Tajik elders met on Monday.", None) == []
    both = found("Tajik elders crossed from Tajikistan on Monday.", None)
    assert [text for text, _, _ in both] == ["Tajik", "Tajikistan"]


def test_a_word_of_the_language_is_no_village() -> None:
    assert found("State media and the Arab league met. North of it, Central bank staff left.", None) == []


def test_the_address_of_a_report_speaks_for_its_country(own: Path) -> None:
    sheet = sheet_of("A fire burned in Ostava on Monday.")
    there = replace(sheet, report=replace(sheet.report, url="https://news.example.nz/fire"))
    (row,) = resolved(there, [(17, 23)], own)
    assert row.geoname_id == 900000008


def test_a_place_without_a_point_is_wider(own: Path) -> None:
    for row in places(sheet_of("Velmara and Canada met in Kessa province."), own):
        assert row.radius_km is not None and row.radius_km >= 5
        assert row.precision != "province" or row.radius_km > 25


def test_a_process_that_needs_no_gazetteer_does_not_open_it() -> None:
    code = (
        "import onrecord.pipeline, onrecord.views.cli, onrecord.views.report\n"
        "from onrecord.text.gazetteer import gazetteer\n"
        "assert gazetteer.cache_info().currsize == 0\n"
        "from onrecord.mentions.places import places\n"
        "from onrecord.records import Report, Sheet\n"
        "report = Report(report_id='r', path=None, url=None, outlet=None, title=None, byline=None, dateline=None,"
        " published=None, published_why=None, language='en', text='')\n"
        "assert places(Sheet(report=report)) == () and not gazetteer().opened\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def _rows(text: str) -> tuple[Place, ...]:
    return places(sheet_of(text))


@given(
    st.lists(
        st.sampled_from(["Kabul", "Paris,", "Texas", "in", "of", "the", "Syrian", "city", "Homs", "A.", "\n\n", "’s"])
    )
)
def test_rows_lie_in_the_text_in_order_without_overlap_and_the_same_twice(words: list[str]) -> None:
    text = " ".join(words)
    rows = _rows(text)
    assert rows == _rows(text)
    assert all(text[p.start : p.end] == p.text for p in rows)
    assert all(one.end <= two.start for one, two in pairwise(rows))
