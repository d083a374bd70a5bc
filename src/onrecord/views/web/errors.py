"""What a visitor is told when there is no page: the same in HTML and in JSON."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from onrecord.errors import BadLedger, OnrecordError


def refused(request: Request, error: Exception) -> Response:
    """An answer with a status and one line that says why."""
    status = error.status_code if isinstance(error, HTTPException) else 503 if isinstance(error, BadLedger) else 400
    why = error.detail if isinstance(error, HTTPException) else str(error)
    if wants_json(request):
        body = {"ok": False, "error": why, "status": status}
        return Response(json.dumps(body, ensure_ascii=False), status, media_type="application/json")
    page = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>onrecord</title>'
        '<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/style.css"></head>'
        f'<body><main><h1>{status}</h1><p>{html.escape(why)}</p><p><a href="/">onrecord</a></p></main></body></html>'
    )
    return HTMLResponse(page, status)


def wants_json(request: Request) -> bool:
    """Whether the address or the program asks for JSON."""
    return request.url.path.endswith(".json") or "application/json" in request.headers.get("accept", "")


HANDLERS: Mapping[Any, Callable[[Request, Exception], Response]] = {HTTPException: refused, OnrecordError: refused}
