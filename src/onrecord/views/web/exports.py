"""Files to take away: `/TABLE.FORMAT` under the filter of the page, whole or not at all.

A file is written aside before the first byte is sent, so that a fault is an answer of its own and never half a file.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from typing import IO, Any

from starlette.convertors import StringConvertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from onrecord.ledger.queries import Filter
from onrecord.ledger.store import Ledger
from onrecord.views.exports import FORMATS, export, file_name
from onrecord.views.taking import EVERY
from onrecord.views.web.screens import asked_of

KEPT_IN_MEMORY = 8 << 20
PIECE = 1 << 16


def _register(name: str, words: Sequence[str]) -> None:
    """One of some words, as part of an address."""
    kind = type(name, (StringConvertor,), {"regex": "|".join(words)})
    register_url_convertor(name, kind())


_register("onrecord_table", EVERY)
_register("onrecord_format", tuple(FORMATS))


def take(request: Request) -> Response:
    """/statements.csv?speaker=Irsa: the rows of the page under the same query."""
    table, name = request.path_params["table"], request.path_params["format"]
    asked = Filter.parse(table, asked_of(request).filters)
    made = tempfile.SpooledTemporaryFile(max_size=KEPT_IN_MEMORY)  # noqa: SIM115 (closed when it has been sent)
    try:
        with Ledger(request.app.state.ledger) as ledger:
            taken = export(ledger, name, asked, made)  # type: ignore[arg-type]
    except BaseException:
        made.close()
        raise
    headers = {
        "content-length": str(made.tell()),
        "content-disposition": f'attachment; filename="{file_name(name, [asked])}{FORMATS[name].suffix}"',
        "x-onrecord-rows": str(taken.rows),
        "x-onrecord-left-out": str(sum(taken.left_out.values())),
    }
    return StreamingResponse(_sent(made), headers=headers, media_type=FORMATS[name].media)


def _sent(made: IO[bytes]) -> Iterator[bytes]:
    with made:
        made.seek(0)
        while piece := made.read(PIECE):
            yield piece


def described() -> dict[str, Any]:
    """The address for the description of the interface (OpenAPI 3.1)."""
    words = {"table": ("which table", EVERY), "format": ("which kind of file", tuple(FORMATS))}
    parameters = [
        {"name": n, "in": "path", "required": True, "description": says, "schema": {"type": "string", "enum": list(w)}}
        for n, (says, w) in words.items()
    ]
    media = {f.media: {"schema": {"type": "string", "contentEncoding": "binary"}} for f in FORMATS.values()}
    fine = {"description": "the rows that the page shows under the same query", "content": media}
    return {
        "/{table}.{format}": {
            "get": {
                "operationId": "take",
                "summary": "The rows of a filter as a file",
                "parameters": parameters,
                "responses": {"200": fine},
            }
        }
    }


ROUTES = (Route("/{table:onrecord_table}.{format:onrecord_format}", take),)
