"""The interface for programs: what JSON lies beside which page, as OpenAPI 3.1, and a page of our own that shows it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

import onrecord
from onrecord.ledger.shape import TABLES
from onrecord.ledger.store import Ledger
from onrecord.views.pages import Page
from onrecord.views.pages.review import KINDS
from onrecord.views.pages.shelf import Shelf
from onrecord.views.web import exports, screens
from onrecord.views.web.chosen import STATES


def described(columns: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    """The description of the interface; `columns` are those of each table, which are its filters."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "onrecord",
            "version": onrecord.__version__,
            "description": "Who said what, on whose word. The JSON beside each page holds the rows that the page shows.",
        },
        "paths": {screens.json_path_of(p): {"get": _operation(p, columns)} for p in screens.SCREENS}
        | {path: {"get": _beside(*told)} for path, told in BESIDE.items()}
        | exports.described(),
        "components": {
            "schemas": {
                "Error": ERROR,
                **{p.name: _schema(p.keys) for p in screens.SCREENS},
                **{name: _schema(keys) for name, _, keys, _ in BESIDE.values()},
            }
        },
    }


# JSON that lies beside no page of `SCREENS`: name, one line, what it always holds, what one may ask.
BESIDE: Mapping[str, tuple[str, str, Sequence[str], Mapping[str, str]]] = {
    "/review.json": (
        "review",
        "What waits for judgement, that first which would change most",
        ("leaf", "rows", "progress", "kinds", "latest"),
        {
            "table": "one kind only; with it, every filter of that table too",
            "state": "which ones; open where none is given",
            "contested": "1: only what stands in a contested matter",
            "q": "words or speaker",
            "page": "which leaf, from 1",
        },
    ),
    "/review/places.json": (
        "candidates",
        "The places of the gazetteer that bear a name, the most populous first",
        ("q", "total", "rows"),
        {"q": "a name, or a GeoNames id"},
    ),
}
ERROR = {
    "type": "object",
    "required": ["ok", "error", "status"],
    "properties": {"ok": {"const": False}, "error": {"type": "string"}, "status": {"type": "integer"}},
}


def _among(parameter: dict[str, Any]) -> dict[str, Any]:
    words = {"table": tuple(KINDS), "state": STATES}.get(parameter["name"])
    return parameter | ({"schema": {"type": "string", "enum": list(words)}} if words else {})


def _schema(keys: Sequence[str]) -> dict[str, Any]:
    return {"type": "object", "required": list(keys), "properties": {k: {} for k in keys}}


def _beside(name: str, says: str, keys: Sequence[str], asked: Mapping[str, str]) -> dict[str, Any]:
    return {
        "operationId": name,
        "summary": says,
        "parameters": [_among(_query(n, told, "integer" if n == "page" else "string")) for n, told in asked.items()],
        "responses": {"200": _answer("Rows", name), "default": _answer("Refused", "Error")},
    }


def _operation(page: Page, columns: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    return {
        "operationId": page.name,
        "summary": page.says,
        "parameters": _parameters(page, columns),
        "responses": {"200": _answer("Rows", page.name), "default": _answer("Refused", "Error")},
    }


def _answer(says: str, schema: str) -> dict[str, Any]:
    return {
        "description": says,
        "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}},
    }


def _parameters(page: Page, columns: dict[str, tuple[str, ...]]) -> list[dict[str, Any]]:
    found = []
    if page.ids:
        found.append(
            {"name": "row", "in": "path", "required": True, "schema": {"type": "string"}, "description": "content id"}
        )
    if "leaf" in page.keys:
        found.append(_query("page", "which leaf, from 1", "integer"))
    if page.table or page.live:
        found.append(_query("q", "words to look for"))
    if page.name == "report":
        found.append(_query("span", "characters to mark, start-end, in Unicode code points"))
    return found + [
        _query(c, "only rows with this value in the column") for c in columns.get(page.table or "", ()) if c != "text"
    ]


def _query(name: str, says: str, kind: str = "string") -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": {"type": kind}, "description": says}


def _columns(ledger: Ledger) -> dict[str, tuple[str, ...]]:
    return {p.table: ledger.columns(p.table) for p in screens.SCREENS if p.table}


def texts() -> Iterator[str]:
    """Every text of the description that the page shows."""
    for at in described(dict.fromkeys(TABLES, ("text", "any")))["paths"].values():
        yield at["get"]["summary"]
        for parameter in at["get"]["parameters"]:
            yield from (parameter["in"], parameter["description"])


def openapi(request: Request) -> Response:
    """/openapi.json"""
    with Ledger(request.app.state.ledger) as ledger:
        return Response(json.dumps(described(_columns(ledger))), media_type="application/json")


def page(request: Request) -> Response:
    """/api: the same for people."""
    with Ledger(request.app.state.ledger) as ledger:
        return screens.shown(
            request,
            "api.html",
            {"json_href": "/openapi.json", "paths": described(_columns(ledger))["paths"]},
            Shelf(ledger),
        )


ROUTES = (Route("/openapi.json", openapi), Route("/api", page, name="api"))
