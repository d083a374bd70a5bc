"""Exports for coders: their columns, then ours; only acts that happened count as acts."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from onrecord.ledger.store import Ledger, publish
from onrecord.pipeline import build
from onrecord.views.coded import OURS
from onrecord.views.exports import acled, export_all, polecat, ucdp
from tests.conftest import report_of

TEXT = (
    "Rebels killed 14 villagers in Kabul on 3 March 2024. The army threatened to attack the rebels. "
    "The army denied that it shelled the town. Hanne Lund will meet Rada Minic."
)


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, str]]]:
    """Rows of each export by its name."""
    folder = tmp_path_factory.mktemp("coded")
    publish(folder / "l.db", build([report_of(TEXT)]))
    found = {}
    with Ledger(folder / "l.db") as ledger:
        for name, file in (("acled", "acled.csv"), ("ucdp", "ucdp.csv"), ("polecat", "polecat.tsv")):
            (taken,) = export_all(ledger, name, folder).values()
            assert taken.rows > 0
            with (folder / file).open(encoding="utf-8", newline="") as lines:
                found[name] = list(csv.DictReader(lines, delimiter="\t" if file.endswith("tsv") else ","))
    return found


@pytest.mark.parametrize(
    ("name", "columns"), [("acled", acled.COLUMNS), ("ucdp", ucdp.COLUMNS), ("polecat", polecat.COLUMNS)]
)
def test_their_columns_then_ours(rows: dict[str, list[dict[str, str]]], name: str, columns: tuple[str, ...]) -> None:
    assert tuple(rows[name][0]) == (*columns, *OURS)
    for row in rows[name]:
        assert TEXT[int(row["start"]) : int(row["end"])] in row["quote"]


def test_a_threat_is_no_act_in_acled_and_ucdp(rows: dict[str, list[dict[str, str]]]) -> None:
    assert {r["realis"] for name in ("acled", "ucdp") for r in rows[name]} == {"actual"}
    kinds = {(r["realis"], r["Event Type"]) for r in rows["polecat"]}
    assert ("threatened", "THREATEN") in kinds
    assert ("planned", "AGREE") in kinds
    assert ("denied", "ASSAULT") in kinds


def test_what_the_report_says_and_nothing_else(rows: dict[str, list[dict[str, str]]]) -> None:
    row = rows["ucdp"][0]
    assert (row["best"], row["low"], row["high"], row["type_of_violence"]) == ("14", "14", "14", "3")
    assert (row["date_start"], row["date_prec"], row["where_coordinates"]) == ("2024-03-03", "1", "Kabul")
    assert rows["acled"][0]["event_type"] == "Violence against civilians"
    assert rows["acled"][0]["event_date"] == "03 March 2024"


def test_no_cell_runs_in_a_spreadsheet(tmp_path: Path) -> None:
    publish(tmp_path / "l.db", build([report_of("=HYPERLINK says rebels killed 3 people.", outlet="=cmd")]))
    with Ledger(tmp_path / "l.db") as ledger:
        export_all(ledger, "acled", tmp_path)
    assert ",=cmd" not in (tmp_path / "acled.csv").read_text("utf-8")
