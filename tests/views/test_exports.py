"""Exports: what the filter counts is what a reader of the format finds, and every quote is text[start:end]."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import BadFilter, CannotWrite
from onrecord.ledger.queries import Filter, count, rows
from onrecord.ledger.store import Ledger, publish
from onrecord.pipeline import build
from onrecord.reports import read
from onrecord.views import taking
from onrecord.views.cells import cell, source
from onrecord.views.exports import FORMATS, everything, export, export_all, xlsx
from tests.conftest import EXAMPLES, report_of
from tests.views.readers import READERS

pytestmark = pytest.mark.filterwarnings("ignore:.*ConjunctiveGraph:DeprecationWarning")  # of rdflib, about itself
HARD = (
    "🕊️ Talks in Kabul\n\nHanne Lund said on Friday: “We saw 14 killed in Kabul 😀 & <b>nobody</b> came.” "
    "“=1+1”, Goran Petsch told reporters. Rebels killed 31 people near Herat on 3 March 2024, "
    'the Health Ministry said.\n\n"The bridge\u00a0is shut," Lund said, "and it will stay shut."\n'
)
SAID = ("statements", [("speaker", "Irsa")]), ("statements", [("q", "fighters"), ("sort", "-said_from")])
HELD = {
    "events": [[("realis", "actual")], [("type", "ASSAULT")], [("outlet", "Channel Nine")], [("q", "killed")], [("confidence_min", "0.7"), ("sort", "-date")]],
    "ftm": [*SAID, ("events", [("realis_not", "actual")]), ("mentions", [("entity", "Irsa")]), ("reports", [("published_to", "2024-03-07")])],
    "geojson": [*SAID, ("places", [("country", "AF")]), ("events", [("country", "AF")]), ("quantities", [("class", "killed")])],
    "spans": [*SAID, ("events", [("realis_not", "actual")]), ("quantities", [("class", "killed")]), ("passages", [("role", "body")])],
    "rows": [*SAID, ("statements", [("speaker", "Nobody")]), ("matters", [("verdict", "contested"), ("verdict", "changed")]), ("quantities", [("outlet", "Oskaran Herald"), ("low_min", "2"), ("sort", "-high")])],
}  # fmt: skip
KIND = {"ftm": "ftm", "geojson": "geojson", "webannotation": "spans", "qdpx": "spans"}
CASES = [(name, table, pairs) for name in READERS for table, pairs in HELD[KIND.get(name, "rows")]]


@pytest.fixture(scope="module")
def pile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """The examples, and a report that is hard on offsets, markup, formulas and maps."""
    path = tmp_path_factory.mktemp("pile") / "ledger.db"
    publish(path, build([*read([str(EXAMPLES)]).reports, report_of(HARD, outlet="=cmd|' /C calc'!A0")]))
    with Ledger(path) as opened:
        yield opened


@pytest.mark.parametrize(("name", "table", "pairs"), CASES)
def test_a_reader_finds_what_the_filter_counts(
    pile: Ledger, tmp_path: Path, name: str, table: str, pairs: list[tuple[str, str]]
) -> None:
    asked = Filter.parse(table, pairs)
    path = tmp_path / f"rows{FORMATS[name].suffix}"
    taken = export(pile, name, asked, path)
    assert taken.rows + sum(taken.left_out.values()) == count(pile, asked) == len(list(rows(pile, asked)))
    found = READERS[name](path, table)
    ids = [row[0] for row in found]
    assert len(set(ids)) == taken.rows
    key = taking.key(table)
    if name in ("csv", "xlsx", "jsonl", "parquet", "geojson", "html"):
        assert ids == [row[key] for row in rows(pile, asked)], "the order of the page is the order of the file"
    texts = {r["report_id"]: r["text"] for r in pile.rows("reports")}
    owner = {row[key]: row["report_id"] for row in rows(pile, asked) if "report_id" in row}
    for row_id, report, at, quote in found:
        assert report in (None, owner.get(row_id))
        if at and quote is not None and name == "prov" and len(at) > 1:
            assert texts[owner[row_id]][at[0][0] : at[-1][1]] == quote
        elif at and quote is not None:
            assert "".join(texts[owner[row_id]][a:b] for a, b in at) == quote
    if table == "statements" and name != "ftm":
        assert all(at for _, _, at, _ in found)


@pytest.mark.parametrize("name", ["acled", "ucdp", "polecat"])
@pytest.mark.parametrize("pairs", HELD["events"])
def test_coders_get_the_filter_and_are_told_what_is_left_out(
    pile: Ledger, name: str, pairs: list[tuple[str, str]]
) -> None:
    asked, out = Filter.parse("events", pairs), io.BytesIO()
    taken = export(pile, name, asked, out)
    assert taken.rows + sum(taken.left_out.values()) == count(pile, asked)
    lines = csv.DictReader(
        io.StringIO(out.getvalue().decode(), newline=""), delimiter="\t" if name == "polecat" else ","
    )
    found = list(lines)
    assert len(found) == taken.rows
    texts = {r["report_id"]: r["text"] for r in pile.rows("reports")}
    for row in found:
        assert texts[row["report_id"]][int(row["start"]) : int(row["end"])] == source(row["trigger"])
        assert row["offsets"] == "Unicode code points"


def test_admin_columns_hold_what_is_known_of_the_place(pile: Ledger) -> None:
    out = io.BytesIO()
    export(pile, "ucdp", Filter.parse("events", [("country", "AF")]), out)
    ucdp = list(csv.DictReader(io.StringIO(out.getvalue().decode(), newline="")))
    out = io.BytesIO()
    export(pile, "acled", Filter.parse("events", [("country", "AF")]), out)
    acled = list(csv.DictReader(io.StringIO(out.getvalue().decode(), newline="")))
    assert {(r["country"], r["adm_1"]) for r in ucdp} & {("Afghanistan", "Kabul"), ("Afghanistan", "Herat")}
    assert {(r["country"], r["iso"]) for r in acled} == {("Afghanistan", "004")}
    assert all(r["admin1"] for r in acled)


def test_the_site_holds_every_page_and_refuses_a_filter(pile: Ledger, tmp_path: Path) -> None:
    export(pile, "site", everything("site"), tmp_path / "site.zip")
    names = zipfile.ZipFile(tmp_path / "site.zip").namelist()
    assert "index.html" in names
    assert sum(n.startswith("report/") for n in names) == count(pile, Filter(table="reports"))
    with pytest.raises(BadFilter, match="html"):
        export(pile, "site", Filter.parse("statements", [("speaker", "Irsa")]), tmp_path / "no.zip")
    assert not list(tmp_path.glob("*no.zip*"))


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_rows_are_the_same_bytes_and_a_file_is_a_stream(pile: Ledger, tmp_path: Path, name: str) -> None:
    asked = [Filter.parse("events", [("realis", "actual")])] if "events" in FORMATS[name].tables else everything(name)
    asked = list(everything("site")) if name == "site" else asked
    out = io.BytesIO()
    taken = export(pile, name, asked, out)
    assert export(pile, name, asked, tmp_path / "file") == taken
    assert (tmp_path / "file").read_bytes() == out.getvalue()


def test_every_table_leaves_whole(pile: Ledger, tmp_path: Path) -> None:
    for name, made in FORMATS.items():
        total = sum(count(pile, f) for f in everything(name))
        files = export_all(pile, name, tmp_path / name)
        assert sum(t.rows + sum(t.left_out.values()) for t in files.values()) == total
        assert len(files) == (1 if made.many else len(made.tables))


def test_sheets_that_are_full_go_on_and_long_cells_are_kept_in_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = "Hanne Lund said the bridge was shut. " + "Nobody came 😀. " * 4000
    publish(tmp_path / "l.db", build([report_of(long), report_of("Ann said no.", name="r-1")], reading="none"))
    monkeypatch.setattr(xlsx, "ROWS", 2)
    with Ledger(tmp_path / "l.db") as ledger:
        taken = export(ledger, "xlsx", Filter(table="reports"), tmp_path / "l.xlsx")
    assert taken.rows == 2 and len(taken.remarks) == 2
    import openpyxl

    book = openpyxl.load_workbook(tmp_path / "l.xlsx", read_only=True)
    parts = [
        r
        for name in book.sheetnames
        if name.startswith("long cells")
        for r in list(book[name].iter_rows(values_only=True))[1:]
    ]
    assert "".join(str(p[4]) for p in parts) == long and {p[2] for p in parts} == {"text"}
    cells = [list(book[n].iter_rows(values_only=True))[1] for n in ("reports", "reports 2")]
    assert any("characters: on the sheet 'long cells'" in str(c) for row in cells for c in row)


def test_what_a_format_cannot_tell_of_is_said_with_the_cure(pile: Ledger, tmp_path: Path) -> None:
    for name, asked, cure in (
        ("docx", Filter(table="reports"), "formats are csv"),
        ("acled", Filter(table="reports"), "events"),
        ("csv", [Filter(table="reports"), Filter(table="events")], "--table"),
    ):
        with pytest.raises(BadFilter) as caught:
            export(pile, name, asked, tmp_path / "x")
        assert cure in caught.value.hint
    with pytest.raises(CannotWrite):
        export(pile, "csv", Filter(table="reports"), tmp_path / "none" / "x.csv")


@given(st.text(max_size=8) | st.sampled_from(["=1+1", "'=1", "''@x", "'twas", "-5", "\t", "＝1", "'"]))
def test_a_guarded_cell_is_no_formula_and_gives_its_source_back(text: str) -> None:
    guarded = cell(text)
    assert source(guarded) == text
    assert not guarded.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))


def test_followthemoney_knows_every_schema_and_property(pile: Ledger) -> None:
    followthemoney = pytest.importorskip("followthemoney")
    out = io.BytesIO()
    taken = export(pile, "ftm", everything("ftm"), out)
    lines = [json.loads(line) for line in out.getvalue().decode().split("\n") if line]
    proxies = [followthemoney.model.get_proxy(line) for line in lines]
    for line, proxy in zip(lines, proxies, strict=True):
        proxy.schema.validate(line)
        assert proxy.to_dict()["properties"] == line["properties"], "nothing is cleaned away"
    documents = sum(p.schema.name == "Documentation" for p in proxies)
    assert len(proxies) == taken.rows + documents
