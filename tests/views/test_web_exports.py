"""Files from the server: the query of the page makes the file, whole, and nothing in it can hurt."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.applications import Starlette

from onrecord.views.exports import FORMATS
from onrecord.views.web import app
from onrecord.views.web.ask import ask

QUERIES = {
    "statements": ("", "?speaker=Irsa", "?q=fighters&sort=-said_from", "?outlet=Oskaran+Herald&kind=direct", "?speaker=Nobody"),
    "matters": ("", "?verdict=contested", "?entity=Irsa", "?q=fighters", "?verdict=contested&verdict=changed"),
    "events": ("", "?realis=actual", "?type=ASSAULT&outlet=Channel+Nine", "?actor=Irsa", "?q=killed"),
    "quantities": ("", "?class=killed", "?low_min=100", "?speaker=Irsa", "?verdict=contested"),
    "reports": ("", "?outlet=Channel+Nine", "?published_from=2024-03-06", "?q=market", "?entity=Irsa"),
}  # fmt: skip


@pytest.fixture
def server(ledger: Path) -> Starlette:
    return app(ledger)


@pytest.mark.parametrize(("table", "query"), [(t, q) for t, queries in QUERIES.items() for q in queries])
def test_a_file_holds_as_many_rows_as_its_page_shows(server: Starlette, table: str, query: str) -> None:
    total = json.loads(ask(server, f"/{table}.json{query}").text)["leaf"]["total"]
    told = json.loads(ask(server, f"/export.json{query or '?'}&table={table}").text)
    assert told["total"] == total
    for name, made in FORMATS.items():
        if table in made.tables and (name != "site" or not query):
            answer = ask(server, f"/{table}.{name}{query}")
            assert answer.status == 200, (name, answer.text)
            assert int(answer.headers["x-onrecord-rows"]) + int(answer.headers["x-onrecord-left-out"]) == total
            assert len(answer.body) == int(answer.headers["content-length"])
            assert answer.headers["content-disposition"].startswith("attachment; ")
            assert answer.headers["content-type"].split(";")[0] == made.media
    lines = list(csv.reader(io.StringIO(ask(server, f"/{table}.csv{query}").body.decode("utf-8-sig"), newline="")))
    assert len(lines) - 1 == total


def test_the_page_offers_what_can_tell_of_its_rows(server: Starlette) -> None:
    told = json.loads(ask(server, "/export.json?table=matters&verdict=contested").text)
    offered = {f["name"] for f in told["formats"]}
    assert {"csv", "xlsx", "sqlite", "prov"} <= offered and not offered & {"qdpx", "acled", "site"}
    for form in told["formats"]:
        assert ask(server, f"/matters.{form['name']}?verdict=contested").status == 200


@pytest.mark.parametrize(
    "value", ["'", '"', "x' or '1'='1", "<script>alert(1)</script>", "; drop table statements", "%", "\\"]
)
def test_quotes_in_a_filter_are_only_text(server: Starlette, value: str) -> None:
    for name in ("csv", "html", "sqlite", "jsonl"):
        for key in ("speaker", "q", "outlet", "text_has"):
            answer = ask(server, f"/statements.{name}?{key}={quote(value)}")
            assert answer.status == 200
            assert answer.headers["x-onrecord-rows"] == (
                "0" if value not in ("'", '"') or key != "text_has" else answer.headers["x-onrecord-rows"]
            )
            assert b"<script>" not in answer.body or name == "sqlite"


def test_what_there_is_not_is_said(server: Starlette) -> None:
    assert ask(server, "/statements.docx").status == 404
    assert ask(server, "/sqlite_master.csv").status == 404
    wrong = ask(server, "/statements.csv?speeker=x")
    assert wrong.status == 400 and "speaker" in wrong.text
    assert ask(server, "/matters.acled").status == 400
    assert ask(server, "/statements.site?speaker=Irsa").status == 400
    assert "/{table}.{format}" in ask(server, "/openapi.json").text
