"""Connections: the one module of the house that opens any, by httpx, which comes with the extra [fetch]."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any

from onrecord.errors import NotFetched
from onrecord.fetch.addresses import Spot, on

LARGEST = 100_000_000  # bytes of one answer; pages have 0.1 to 2 MB, a PDF of a long inquiry 50
LONGEST = 60.0  # seconds for one answer, however slowly it drips
EACH = 20.0  # seconds to connect, and between two pieces of an answer
EXTRA = "install them: pip install 'onrecord[fetch]'"
# As they came, so that the bytes kept are the bytes sent and open with any program.
PLAIN = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "Accept-Encoding": "identity"}


class Unanswered(Exception):
    """No answer came, or a broken one; another try may fare better."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one machine said to one question. Header names are in small letters."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str | None:
        """The first header of that name."""
        return next((value for key, value in self.headers if key == name), None)


Ask = Callable[[Spot, str, Mapping[str, str]], Answer]
Resolve = Callable[[str, int], Sequence[str]]


def resolve(host: str, port: int) -> Sequence[str]:
    """All addresses of a name, as this machine's resolver gives them.

    Raises:
        NotFetched: it has none, or nobody can be asked.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        what = f"not fetched: its name is not found ({error})"
        raise NotFetched(what, where=host, hint="check the address, and whether this machine is online") from None
    return tuple(dict.fromkeys(str(each[4][0]) for each in found))


class Client:
    """Asks one machine one question. No proxy, no cookie, no password of this machine is used, and no redirect followed."""

    def __init__(self, transport: Any = None, *, wanted: str = "the network") -> None:
        """Args:
            transport: instead of the network, for tests.
            wanted: the address that it is made for; an error names it.

        Raises:
            NotFetched: the extra is not installed.
        """
        try:
            import httpx
            import protego  # noqa: F401 - `visits` needs it; said here once
        except ImportError:
            what = "not fetched: addresses are read with the packages httpx and protego, which are not installed"
            raise NotFetched(what, where=wanted, hint=EXTRA) from None
        # Nothing is kept alive: a connection made under one host's certificate must not carry a question to another.
        self._httpx = httpx
        self._client = httpx.Client(
            transport=transport, trust_env=False, follow_redirects=False, timeout=EACH,
            limits=httpx.Limits(max_keepalive_connections=0),
        )  # fmt: skip

    def ask(self, spot: Spot, address: str, headers: Mapping[str, str]) -> Answer:
        """The answer of the machine at `address`, which is connected to by number, so that no name is looked up again.

        Raises:
            Unanswered: none came, or only a part of one.
            NotFetched: it is too large, or takes too long.
        """
        made: SimpleQueue[Answer | Exception] = SimpleQueue()

        def work() -> None:
            try:
                made.put(self._ask(spot, address, headers))
            except Exception as error:  # handed over to the thread that asked
                made.put(error)

        # In a thread, because a header that drips letter by letter keeps every single read within its time.
        threading.Thread(target=work, daemon=True).start()
        try:
            found = made.get(timeout=LONGEST)
        except Empty:
            raise _too_long(spot.url) from None
        if isinstance(found, Exception):
            raise found
        return found

    def _ask(self, spot: Spot, address: str, headers: Mapping[str, str]) -> Answer:
        sent = {"Host": spot.authority, **PLAIN, **headers}
        url = f"{spot.scheme}://{on(address)}:{spot.port}{spot.target}"
        began = time.monotonic()
        try:
            with self._client.stream("GET", url, headers=sent, extensions={"sni_hostname": spot.host}) as response:
                body = _body(response, spot.url, began)
                told = tuple((key.lower(), value) for key, value in response.headers.multi_items())
                return Answer(response.status_code, told, body)
        except (self._httpx.HTTPError, self._httpx.InvalidURL, OSError) as error:
            raise Unanswered(f"{type(error).__name__}: {str(error)[:160]}") from None
        finally:
            self._client.cookies.clear()


def _body(response: Any, where: str, began: float) -> bytes:
    """The bytes as they come, within bounds of size and time."""
    parts: list[bytes] = []
    size = 0
    said = response.headers.get("content-length", "")
    if said.isdigit() and int(said) > LARGEST:
        raise _too_much(where)
    for part in response.iter_raw(65536):
        parts.append(part)
        size += len(part)
        if size > LARGEST:
            raise _too_much(where)
        if time.monotonic() - began > LONGEST:
            raise _too_long(where)
    return b"".join(parts)


def _too_much(where: str) -> NotFetched:
    return NotFetched(f"not fetched: more than {LARGEST // 1_000_000} MB", where=where, hint="save it by hand")


def _too_long(where: str) -> NotFetched:
    what = f"not fetched: takes longer than {LONGEST:.0f} seconds"
    return NotFetched(what, where=where, hint="try again later, or save it by hand")
