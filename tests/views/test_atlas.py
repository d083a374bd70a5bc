"""The map: outlines are whole, uncertain places are areas, and the list holds what the map shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.ledger.store import publish
from onrecord.pipeline import build
from onrecord.views.pages.atlas import holds, outlines, rings
from onrecord.views.report import write
from tests.conftest import report_of


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """places.html of a pile of our own about real countries."""
    text = (
        "Afghanistan closed its border. Kabul said so on Monday.\n\nTroops moved from Balkh province to the city of Herat in"
        " Afghanistan. Canada and the Middle East were not concerned."
    )
    folder = tmp_path_factory.mktemp("atlas")
    publish(folder / "ledger.db", build([report_of(text)], reading="none"))
    write(folder / "ledger.db", folder / "site")
    return (folder / "site" / "places.html").read_text(encoding="utf-8")


def test_a_province_is_an_area_and_a_town_a_circle(page: str) -> None:
    drawn = page[page.index("<svg") : page.index("</svg>")]
    assert drawn.count('class="area"') == 1 and "Balkh (province)" in drawn
    assert drawn.count('class="point"') == 2 and "Herat (town)" in drawn


def test_the_list_holds_what_the_map_shows_and_more(page: str) -> None:
    table = page[page.index("<tbody>") :]
    for name in ("Afghanistan", "Kabul", "Balkh", "Herat", "Canada", "Middle East"):
        assert f">{name}<" in table, name


def test_the_map_asks_nothing_of_the_network(page: str) -> None:
    assert "http" not in page.replace("http-equiv", "")


def test_outlines_are_closed_shapes_that_hold_their_towns() -> None:
    known = outlines()
    assert len(known) > 200 and len(known["AF"]["provinces"]) == 34
    assert any(holds(ring, (69.35, 35.27)) for ring in rings(known["AF"]["provinces"]["Panjshir"]))
    assert any(holds(ring, (69.17, 34.53)) for ring in rings(known["AF"]["outline"]))
    assert all(len(ring) >= 3 for country in known.values() for ring in rings(country["outline"]))


def test_a_pile_without_places_says_so(tmp_path: Path) -> None:
    publish(tmp_path / "l.db", build([report_of("Nobody said anything about anywhere.")], reading="none"))
    write(tmp_path / "l.db", tmp_path / "site")
    assert "no place that the gazetteer knows" in (tmp_path / "site" / "places.html").read_text(encoding="utf-8")
