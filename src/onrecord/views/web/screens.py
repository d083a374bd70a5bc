"""Every page of `views.pages`, and its JSON beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from onrecord.ledger.store import Ledger
from onrecord.views.pages import PAGES, Page
from onrecord.views.pages.asked import PLACES, Asked, live
from onrecord.views.pages.draw import html, json_text
from onrecord.views.pages.shelf import Row, Shelf
from onrecord.views.web import away
from onrecord.views.web.hand import standing_for

# Every screen of the server: the pages, and what only a server can do.
SCREENS = (
    *PAGES,
    Page(
        name="export",
        data=away.page,
        says="What is on the screen, as a file",
        keys=("table", "total", "preview", "formats"),
        live=True,
    ),
)
TYPES = {".css": "text/css", ".js": "text/javascript"}


def asked_of(request: Request) -> Asked:
    """What a request asks for."""
    return Asked(row=request.path_params.get("row"), pairs=tuple(request.query_params.multi_items()))


def shown(request: Request, template: str, seen: Mapping[str, Any], shelf: Shelf) -> Response:
    """A page of the server: the template sees `seen`, and what every live page sees."""
    state = request.app.state
    context = {"live": True, "read_only": state.read_only, "who": state.who, "csrf": state.csrf, "nav": state.nav}
    context["json_href"] = _beside(request)
    context["judged"] = standing_for(request, shelf.ledger)
    return HTMLResponse(html(template, shelf, asked_of(request), live, state.words, context | dict(seen)))


def _beside(request: Request) -> str:
    """The address of the JSON of a page, under the same filter."""
    path = request.url.path if request.url.path != "/" else "/overview"
    return f"{path}.json" + (f"?{request.url.query}" if request.url.query else "")


def _data(request: Request, page: Page, shelf: Shelf) -> Row:
    found = page.data(shelf, asked_of(request))
    if found is None:
        raise HTTPException(404, f"no {page.name} {request.path_params['row']!r} in this ledger")
    return found


def _page(page: Page) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        with Ledger(request.app.state.ledger) as opened:
            shelf = Shelf(opened)
            return shown(
                request,
                f"{page.name}.html",
                _data(request, page, shelf) | ({"table": page.table} if page.table else {}),
                shelf,
            )

    return answer


def _json(page: Page) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        with Ledger(request.app.state.ledger) as opened:
            return Response(json_text(_data(request, page, Shelf(opened))), media_type="application/json")

    return answer


def static(request: Request) -> Response:
    """The stylesheet and the script."""
    name = request.url.path.removeprefix("/")
    text = (files("onrecord.views.pages") / "static" / name).read_text(encoding="utf-8")
    kind = TYPES[name[name.rindex(".") :]]
    return Response(text, media_type=kind, headers={"cache-control": "no-cache"})


def path_of(page: Page) -> str:
    """Where a page lies on the server."""
    return PLACES.get(page.name, (f"/{page.name}", ""))[0]


def json_path_of(page: Page) -> str:
    """Where the JSON beside a page lies."""
    return f"{path_of(page) if path_of(page) != '/' else '/overview'}.json"


def _routes() -> list[BaseRoute]:
    routes: list[BaseRoute] = [Route(f"/{name}", static) for name in ("style.css", "pages.js")]
    for page in SCREENS:  # JSON first: an id is anything up to the next stroke
        routes += [Route(json_path_of(page), _json(page)), Route(path_of(page), _page(page), name=page.name)]
    return routes


ROUTES = _routes()
