"""The review queue, live: one key or one button decides and moves on; everything can be taken back.

Every act is a form that is posted and answered with the next page, so that it works without a script; the script posts
the same forms in the background and moves on at once.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from onrecord.errors import BadDecision
from onrecord.ledger.decisions.drafts import Wanted, alike, drafts
from onrecord.ledger.store import Ledger
from onrecord.records import Judgement
from onrecord.views.pages import review as pages
from onrecord.views.pages.asked import Asked
from onrecord.views.pages.catalogue import Catalogue
from onrecord.views.pages.shelf import Row, Shelf, leaf_of
from onrecord.views.web import screens
from onrecord.views.web.chosen import Chosen, chosen
from onrecord.views.web.desk import Desk
from onrecord.views.web.errors import wants_json
from onrecord.views.web.guard import form_of, posted
from onrecord.views.web.hand import WHO, hand
from onrecord.views.web.whereabouts import placed

LEAF = 25  # items on a leaf
LATEST = 5  # decisions shown under the queue
LONGEST = 80  # characters of a name
BULK = ("accept", "reject", "unsure")


def _seen(request: Request, opened: Ledger, asked: Asked) -> tuple[Chosen, Row]:
    """The queue under a filter, and what the page says beside it."""
    desk: Desk = request.app.state.desk
    who, blind = hand(request), request.app.state.blind
    overlay = desk.overlay(opened, who if blind else None)
    found = chosen(desk, opened, asked, overlay)
    leaf = leaf_of(asked, len(found.items), LEAF)
    shelf = Shelf(opened)
    shown = found.items[leaf["skip"] : leaf["skip"] + LEAF]
    own = [a for a in overlay.acts if a.who == who]
    return found, {
        "leaf": leaf,
        "rows": [pages.item(shelf, i, found.acts(i), found.disputed(i)) for i in shown],
        "progress": {"decided": found.decided, "total": found.total},
        "kinds": found.kinds,
        "latest": [pages.decided(a) | {"row": a.row_id} for a in reversed(own[-LATEST:])],
    }


def page(request: Request) -> Response:
    """/review"""
    with Ledger(request.app.state.ledger) as opened:
        asked = screens.asked_of(request)
        found, data = _seen(request, opened, asked)
        more = {
            "bulk": len(found.bulk),
            "who": hand(request),
            "fixed": bool(request.app.state.who),
            "blind": request.app.state.blind,
            "seen_through": _seen_through(request, opened),
            "waiting": 0 if request.app.state.blind else request.app.state.desk.waiting(opened),
            "back": request.url.query,
            "following": request.app.state.desk.follower.state(),
        }
        return screens.shown(request, "review.html", data | more, Shelf(opened))


def _seen_through(request: Request, opened: Ledger) -> bool:
    """Whether the ledger itself shows a blind coder what others decided."""
    if not request.app.state.blind or not opened.columns("decisions"):
        return False
    return any(row["who"] != hand(request) for row in opened.rows("decisions"))


def data(request: Request) -> Response:
    """/review.json"""
    with Ledger(request.app.state.ledger) as opened:
        _, found = _seen(request, opened, screens.asked_of(request))
    return _json(found)


def _json(found: Row, status: int = 200) -> Response:
    return Response(json.dumps(found, ensure_ascii=False), status, media_type="application/json")


Act = Callable[[Request, dict[str, str]], Sequence[Judgement]]


def _acting(act: Act) -> Callable[[Request], Awaitable[Response]]:
    """A handler that writes to the log and shows the queue again, or tells a script what was written."""

    async def handler(request: Request) -> Response:
        form = dict(await form_of(request))
        if not hand(request):
            raise HTTPException(403, "say who you are first: your name stands on every decision")
        written = await run_in_threadpool(act, request, form)
        if wants_json(request):
            return _json({"ok": True, "entries": await run_in_threadpool(_told, request, written)})
        back = urlencode(parse_qsl(form.get("back", ""), keep_blank_values=True))
        at = f"#i-{quote(form['next'], safe='')}" if form.get("next") else "#queue"
        return RedirectResponse(f"/review?{back}{at}", 303)

    return posted(handler)


def _told(request: Request, written: Sequence[Judgement]) -> list[Row]:
    """What was written, and whether anything else still stands on the rows it is on."""
    desk: Desk = request.app.state.desk
    with Ledger(request.app.state.ledger) as opened:
        left = desk.overlay(opened, hand(request) if request.app.state.blind else None).by_row()
    words: Catalogue = request.app.state.words
    return [
        pages.decided(a) | pages.worded(a, words) | {"row": a.row_id, "stands": bool(left.get(a.row_id or ""))}
        for a in written
    ]


def _decide(request: Request, form: dict[str, str]) -> Sequence[Judgement]:
    desk: Desk = request.app.state.desk
    wanted = Wanted(
        hand(request),
        form.get("act", ""),
        form.get("row", ""),
        form.get("field") or None,
        form.get("new"),
        form.get("reason") or None,
    )
    with Ledger(request.app.state.ledger) as opened:
        made = drafts(opened, placed(opened, wanted, request.app.state.words), desk.acts())
    return desk.log.write(made, batch=len(made) > 1)


def _bulk(request: Request, form: dict[str, str]) -> Sequence[Judgement]:
    """One act on all rows that the filter shows, as many as the button said."""
    desk: Desk = request.app.state.desk
    if form.get("act") not in BULK:
        raise HTTPException(400, f"in bulk one may {', '.join(BULK)}")
    asked = Asked(pairs=tuple(parse_qsl(form.get("back", ""), keep_blank_values=True)))
    with Ledger(request.app.state.ledger) as opened:
        who = hand(request)
        found = chosen(desk, opened, asked, desk.overlay(opened, who if request.app.state.blind else None))
        if form.get("count") != str(len(found.bulk)):
            raise HTTPException(409, f"the filter now holds {len(found.bulk)} rows: look at it again")
        rows = [(i.table, i.row_id) for i in found.bulk]
        made = alike(opened, rows, who, form["act"], form.get("reason") or None)
    return desk.log.write(made, batch=True) if made else ()


def _undo(request: Request, form: dict[str, str]) -> Sequence[Judgement]:
    desk: Desk = request.app.state.desk
    try:
        return desk.log.undo(hand(request), form.get("what") or None)
    except BadDecision as error:
        raise HTTPException(409, error.what) from error


@posted
async def name(request: Request) -> Response:
    """/review/who: the name that a visitor's decisions carry from now on."""
    given = " ".join(dict(await form_of(request)).get("who", "").split())[:LONGEST]
    answer = RedirectResponse("/review", 303)
    if request.app.state.who:
        raise HTTPException(403, "this server was started with --who: its decisions carry that name")
    answer.set_cookie(WHO, quote(given, safe=""), httponly=True, samesite="strict", max_age=10**7)
    return answer


@posted
async def follow(request: Request) -> Response:
    """/review/apply: the ledger made anew, in the background, with every decision followed."""
    if request.app.state.blind:
        raise HTTPException(403, "decisions are followed after both have decided")
    request.app.state.desk.follower.start()
    return RedirectResponse("/review", 303)


def _posting(path: str, handler: Any) -> Route:
    return Route(path, handler, methods=["POST"])


ROUTES = (
    Route("/review", page, name="review"),
    Route("/review.json", data),
    Route("/review.css", screens.static),
    Route("/review.js", screens.static),
    _posting("/review", _acting(_decide)),
    _posting("/review/bulk", _acting(_bulk)),
    _posting("/review/undo", _acting(_undo)),
    _posting("/review/who", name),
    _posting("/review/apply", follow),
)
