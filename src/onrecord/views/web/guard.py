"""Who may ask, from where, and what a browser may do with the answer.

Refused: a host name that is not this server's (DNS rebinding); a visitor without the token where one is set; a post
from another site, or any post at all where the server is for reading only.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Awaitable, Callable
from functools import wraps
from ipaddress import ip_address
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.views.pages.asked import Pairs

COOKIE = "onrecord"
EVERYWHERE = ("0.0.0.0", "[::]")  # as --host names them
READING = ("GET", "HEAD")
# Scripts and styles of our own files only; nothing from elsewhere, nothing inside the page; nobody may frame it.
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",  # not no-referrer: a browser then hides where a form of our own comes from, too
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",  # what is read here may be sensitive: it stays out of the browser's files
}


class Guard:
    """Stands before every route (ASGI)."""

    def __init__(self, app: ASGIApp, *, token: str | None, read_only: bool, hosts: tuple[str, ...]) -> None:
        self.app, self.token, self.read_only, self.hosts = app, token, read_only, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets a request pass, or answers in its place."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def headed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        answer = self._refusal(Request(scope))
        await (answer or self.app)(scope, receive, headed)

    def _refusal(self, request: Request) -> Response | None:
        headers = request.headers
        if not known(headers.get("host", ""), self.hosts):
            return _no(421, "this server does not answer to that name; start it with --allow-host NAME if it should")
        if self.token and (answer := self._stranger(request)):
            return answer
        if request.method in READING:
            return None
        if self.read_only:
            return _no(403, "this server is for reading only")
        return None if own(headers) else _no(403, "this did not come from a page of this server")

    def _stranger(self, request: Request) -> Response | None:
        """None for a visitor who has the token; whoever brings it in the address gets it as a cookie, out of sight."""
        assert self.token is not None
        kept = word_of(self.token)
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        if _equal(request.cookies.get(COOKIE, ""), kept) or _equal(given, self.token):
            return None
        pairs = parse_qsl(request.url.query, keep_blank_values=True)
        if request.method not in READING or not any(k == "token" and _equal(v, self.token) for k, v in pairs):
            return _no(401, "this server asks for a token: open the address that it printed when it started")
        rest = urlencode([(k, v) for k, v in pairs if k != "token"])
        # The path alone, with one stroke before it: no address of another host can be made of it.
        answer = RedirectResponse("/" + request.url.path.lstrip("/\\") + (f"?{rest}" if rest else ""), 303)
        answer.set_cookie(COOKIE, kept, httponly=True, samesite="strict", secure=request.url.scheme == "https")
        return answer


def _equal(one: str, two: str) -> bool:
    return hmac.compare_digest(one.encode(), two.encode())


def word_of(token: str) -> str:
    """What the cookie holds: a hash, so that the token itself is not in the browser."""
    return hashlib.sha256(b"onrecord cookie " + token.encode()).hexdigest()


def known(host: str, hosts: tuple[str, ...]) -> bool:
    """Whether a Host header names this server; the port is not looked at.

    >>> known("localhost:8787", ("localhost",)), known("localhost.evil.example", ("localhost",)), known("[::1]:80", ("[::1]",))
    (True, False, True)
    """
    match = re.fullmatch(r"(\[[0-9a-f:.]+\]|[^:\[\]@/]+)(:\d+)?", host.lower())
    name = match[1].rstrip(".") if match else ""
    # A server that listens at every address is called by any of them; a page of somebody else's has a name, not a number.
    return name in hosts or (any(e in hosts for e in EVERYWHERE) and _is_number(name))


def _is_number(name: str) -> bool:
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def own(headers: Headers) -> bool:
    """Whether a post comes from a page of this server, as far as the browser tells (programs tell nothing)."""
    site = headers.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc.lower() == headers.get("host", "").lower()


def _no(status: int, why: str) -> Response:
    return PlainTextResponse(f"onrecord: {why}\n", status)


async def form_of(request: Request) -> Pairs:
    """The pairs of a form that was posted (application/x-www-form-urlencoded), in order, empty ones kept."""
    return tuple(parse_qsl((await request.body()).decode("utf-8", "replace"), keep_blank_values=True))


Handler = Callable[[Request], Awaitable[Response]]


def posted(handler: Handler) -> Handler:
    """A handler of posts that runs only when the form, or the header x-csrf, brings back the word of this server."""

    @wraps(handler)
    async def checked(request: Request) -> Response:
        given = request.headers.get("x-csrf")
        if given is None:
            given = dict(await form_of(request)).get("csrf", "")
        if not _equal(given, request.app.state.csrf):
            raise HTTPException(
                403, "the form is not of this server, or the server was started anew: load the page again"
            )
        return await handler(request)

    return checked
