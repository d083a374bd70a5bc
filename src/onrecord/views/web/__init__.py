"""The pages, live: a small server on this machine. Nothing here calls a network, and no page of it needs one.

`ROUTES` lists the tables of routes; a part that answers more addresses (files to take away, review) is a module with
its own table and one entry here. What its handlers need lies in `request.app.state`: `ledger` (the path), `who` (who
judges), `read_only`, `csrf` (the word that a form must bring back), `words` (the catalogue), `nav`. A handler that
changes something is wrapped in `guard.posted`; one that shows a page calls `screens.shown`.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from onrecord.ledger.store import Ledger
from onrecord.views.pages import NAV
from onrecord.views.pages.catalogue import catalogue
from onrecord.views.web import api, errors, exports, review, screens, whereabouts
from onrecord.views.web.desk import Desk
from onrecord.views.web.guard import Guard

ROUTES: tuple[Sequence[BaseRoute], ...] = (
    api.ROUTES,
    review.ROUTES,
    whereabouts.ROUTES,
    screens.ROUTES,
    exports.ROUTES,
)
HERE = ("localhost", "127.0.0.1", "[::1]")
# More places in the head of every live page: name, label. The name is the address.
LIVE_NAV = (("review", "Review"), ("export", "Export"))


def app(
    ledger: Path,
    *,
    token: str | None = None,
    read_only: bool = False,
    who: str = "",
    blind: bool = False,
    hosts: Sequence[str] = HERE,
    language: str = "en",
) -> Starlette:
    """The server of one ledger.

    Args:
        ledger: the file; it is opened anew for each request, so a rebuild shows at once.
        token: the word that every visitor must bring once; None where only this machine can reach the server.
        read_only: refuses everything that would change something.
        who: whose name stands on decisions; where none is given, each visitor gives one.
        blind: shows a person no decision of anybody else.
        hosts: names under which this server may be called; another one is a page of somebody else's that points here.

    Raises:
        BadLedger: the ledger is missing or is none.
    """
    with Ledger(ledger):
        pass
    made = Starlette(
        routes=[route for table in ROUTES for route in table],
        middleware=[Middleware(Guard, token=token, read_only=read_only, hosts=tuple(hosts))],
        exception_handlers=errors.HANDLERS,
    )
    made.state.ledger, made.state.who, made.state.read_only = ledger, who, read_only
    made.state.blind, made.state.desk = blind, Desk(ledger)
    made.state.csrf = secrets.token_urlsafe(24)
    made.state.words = catalogue(language)
    made.state.nav = (*NAV, *LIVE_NAV)
    return made
