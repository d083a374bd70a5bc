"""Whose hand a visitor's decisions are, and what stands on the rows of a page for them to see."""

from __future__ import annotations

from urllib.parse import unquote

from starlette.requests import Request

from onrecord.ledger.store import Ledger
from onrecord.views.cli.hands import whose
from onrecord.views.pages.review import decided
from onrecord.views.pages.shelf import Row
from onrecord.views.web.guard import COOKIE

WHO = "onrecord_who"  # cookie: the name a visitor gave


def hand(request: Request) -> str:
    """Whose decisions a visitor's are: the server's `--who`, else the name given, else whoever is logged in here.

    A visitor who came with a token is not the person at this machine, and must give a name.
    """
    given = request.app.state.who or unquote(request.cookies.get(WHO, ""))
    return str(given or ("" if COOKIE in request.cookies else whose(None)))


def standing_for(request: Request, opened: Ledger) -> dict[str, list[Row]]:
    """The decisions that stand on each row, as pages mark them; to a blind coder, their own only."""
    state = request.app.state
    if not state.desk.acts():
        return {}
    overlay = state.desk.overlay(opened, hand(request) if state.blind else None)
    return {row: [decided(a) for a in acts] for row, acts in overlay.by_row().items()}
