"""Python's way in: tables that filter, rows that draw themselves harmlessly, a build from Python."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

import onrecord
from onrecord.errors import BadFilter, BadLedger, NotInstalled, UnknownRow
from onrecord.ledger.shape import TABLES
from onrecord.ledger.store import publish
from onrecord.pipeline import build
from tests.conftest import EXAMPLES, report_of

FORGED = '<script>alert("x")</script><img src=x onerror=alert(1)>'


@pytest.fixture
def led(ledger: Path) -> Iterator[onrecord.OpenLedger]:
    with onrecord.open(ledger) as opened:
        yield opened


def test_every_table_is_an_attribute_that_counts_and_iterates(led: onrecord.OpenLedger) -> None:
    for name in (*TABLES, "runs", "meta"):
        table = getattr(led, name)
        assert len(table) == len(list(table)) and name in dir(led)
        assert table._repr_html_().count("<tr>") == 1 + min(10, len(table))
    with pytest.raises(AttributeError, match="statements"):
        _ = led.statement_s


def test_where_takes_what_python_has(led: onrecord.OpenLedger) -> None:
    statements = led.statements
    assert len(statements.where(speaker=["Irsa", "Sorrel"])) == len(statements.where(speaker="Irsa")) + len(
        statements.where(speaker="Sorrel")
    )
    assert len(statements.where(parent_statement=None)) + len(statements.where(parent_statement_known=True)) == len(
        statements
    )
    assert len(statements.where(published_from=date(2024, 3, 16))) == len(statements.where(published_from="2024-03-16"))
    assert {q["class"] for q in led.quantities.where(class_="killed", low_min=2)} == {"killed"}
    assert all(q["exact"] == 1 for q in led.quantities.where(exact=True))
    assert "speaker" in statements.names and "outlet" not in statements.columns
    for wrong in ({"speeker": "x"}, {"speaker": ""}, {"speaker": []}, {"confidence_min": "much"}):
        with pytest.raises(BadFilter):
            statements.where(**wrong)


def test_rows_are_taken_by_place(led: onrecord.OpenLedger) -> None:
    table = led.statements.sort("-confidence")
    every = list(table)
    assert table[0] == every[0] and table[-1] == every[-1] and table[2:5] == every[2:5] and table[::20] == every[::20]
    assert table.head(3) == every[:3] and table[5:2] == []
    for at in (len(every), -len(every) - 1):
        with pytest.raises(IndexError):
            table[at]


def test_rows_are_found_by_id_and_say_why(led: onrecord.OpenLedger) -> None:
    statement, matter = led.statements[0], led.matters[0]
    assert led.statement(statement["statement_id"]) == statement and led.matter(matter["matter_id"]) == matter
    assert led.report(statement["report_id"])["report_id"] == statement["report_id"]
    assert "chain:" in led.why(statement["statement_id"]) and repr(statement.why) == str(statement.why)
    assert led.entity("Pavle Irsa") == led.entity("Irsa")
    for ask in (lambda: led.row("s-0"), lambda: led.matter(statement["statement_id"]), lambda: led.entity("Nobody")):
        with pytest.raises(UnknownRow):
            ask()
    with pytest.raises(BadLedger):
        onrecord.open("none.db")


def test_what_a_notebook_shows_runs_nothing_and_calls_nobody(tmp_path: Path) -> None:
    text = f"{FORGED} Hanne Lund said 14 people were killed in Kabul {FORGED}. Rada Minic said 31 people were killed in Kabul."
    publish(tmp_path / "l.db", build([report_of(text, outlet=FORGED), report_of(text + " x", outlet="B", name="r-1")]))
    with onrecord.open(tmp_path / "l.db") as led:
        shown = [led._repr_html_(), *(getattr(led, t)._repr_html_() for t in TABLES)]
        shown += [row._repr_html_() for t in TABLES for row in getattr(led, t)]
        shown += [row.why._repr_html_() for t in TABLES for row in getattr(led, t) if t != "matter_claims"]
    assert len(shown) > 60
    for html in shown:
        tags = re.findall(r"<[^>]*>", html)
        assert not [t for t in tags if re.match(r"<\s*(script|img|link|iframe|object|a)\b", t, re.I)]
        assert not [t for t in tags if re.search(r"\son\w+\s*=|https?:|url\(", t, re.I)]


def test_a_statement_stands_in_its_sentence_and_a_matter_with_its_figures(led: onrecord.OpenLedger) -> None:
    statement = led.statements.where(q='"some 4,000 fighters"')[0]
    assert re.search(r"<mark[^>]*>[^<]*some 4,000 fighters", statement._repr_html_())
    assert "‹ Pavle Irsa" in statement._repr_html_() or "‹ Irsa" in statement._repr_html_()
    matter = led.matters.where(q="fighters", verdict="contested")[0]._repr_html_()
    assert matter.count("<circle") >= 2 and "Pavle Irsa" in matter and "contested" in matter
    assert "<mark" in led.reports[0]._repr_html_()


def test_a_relation_and_a_frame_hold_the_rows(led: onrecord.OpenLedger, monkeypatch: pytest.MonkeyPatch) -> None:
    table = led.quantities.where(class_="killed")
    assert table.relation().aggregate("count(*), sum(low)").fetchall() == [
        (len(table), sum(q["low"] or 0 for q in table))
    ]
    assert isinstance(table.relation(), duckdb.DuckDBPyRelation)
    with pytest.raises(NotInstalled, match="pip install"):
        table.frame("no_such_library")


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_frames_of_both_libraries(led: onrecord.OpenLedger, library: str) -> None:
    pytest.importorskip(library)
    for name in TABLES:
        table = getattr(led, name)
        frame = table.frame(library)
        assert len(frame) == len(table) and tuple(frame.columns) == table.columns


def test_a_build_from_python_reads_files_and_rows(tmp_path: Path) -> None:
    rows = [{"text": "Hanne Lund said the bridge was shut.", "outlet": "Post", "published": date(2024, 3, 5)}]
    with onrecord.build([*rows, EXAMPLES / "10-wire-brief.txt"], tmp_path / "l.db", reading="none") as led:
        assert {r["outlet"] for r in led.reports} >= {"Post"} and len(led.reports) == 2
        assert led.reports.where(outlet="Post")[0]["published"] == "2024-03-05"
        assert led.skipped == [] and "2 reports" in repr(led)
    (tmp_path / "bad.txt").write_bytes(b"\x00\x01")
    with onrecord.build(str(tmp_path / "bad.txt"), tmp_path / "l.db", reading="none") as led:
        assert len(led.reports) == 2 and led.skipped[0]["path"].endswith("bad.txt")


def test_the_command_line_starts_fast() -> None:
    """Under 0.15 s of CPU where nothing else runs; twice that here, since others may be at work."""
    before = os.times().children_user + os.times().children_system
    subprocess.run([sys.executable, "-m", "onrecord", "--help"], capture_output=True, check=True)
    assert os.times().children_user + os.times().children_system - before < 0.3
