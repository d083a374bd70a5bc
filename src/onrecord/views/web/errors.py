"""What a visitor is told when there is no page: the same in HTML and in JSON."""

from __future__ import annotations

import html
import json
import sqlite3
from collections.abc import Callable, Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from onrecord.errors import BadLedger, OnrecordError


def refused(request: Request, error: Exception) -> Response:
    """An answer with a status and one line that says why."""
    status, why = _told(error)
    if wants_json(request):
        body = {"ok": False, "error": why, "status": status}
        return Response(json.dumps(body, ensure_ascii=False), status, media_type="application/json")
    page = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>onrecord</title>'
        '<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/style.css"></head>'
        f'<body><main><h1>{status}</h1><p class="facts big">{html.escape(why).replace(chr(10), "<br>")}</p><p><a href="/">onrecord</a></p></main></body></html>'
    )
    return HTMLResponse(page, status)


def _told(error: Exception) -> tuple[int, str]:
    if isinstance(error, HTTPException):
        return error.status_code, error.detail
    if isinstance(error, sqlite3.OperationalError):
        return (
            503,
            f"the ledger cannot be read ({error})\n  hint: it may be of another version; make it anew: onrecord build",
        )
    return 503 if isinstance(error, BadLedger) else 400, str(error)


def wants_json(request: Request) -> bool:
    """Whether the address or the program asks for JSON."""
    return request.url.path.endswith(".json") or "application/json" in request.headers.get("accept", "")


HANDLERS: Mapping[Any, Callable[[Request, Exception], Response]] = {
    HTTPException: refused,
    OnrecordError: refused,
    sqlite3.OperationalError: refused,
}
