"""Visits as a good guest makes them: what robots.txt forbids is left, hosts get their pauses, refusals are taken."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin

import onrecord
from onrecord.errors import NotFetched
from onrecord.fetch.addresses import BY_HAND, Spot, refused, spot, unfit
from onrecord.fetch.network import Answer, Ask, Client, Resolve, Unanswered, resolve
from onrecord.records import Capture

NAME = "onrecord"
MOST_HOPS = 5
PAUSE = 1.0  # seconds between two visits to a host that names no delay of its own
LONGEST_PAUSE = 60.0  # a host that asks for more is left alone, with that as the reason
WAITS = (1.0, 4.0, 16.0)  # seconds before the second, third and fourth try
MOVED = frozenset((301, 302, 303, 307, 308))
LATER = frozenset((408, 425, 429, 500, 502, 503, 504))
LARGEST_ROBOTS = 500 * 1024  # bytes that a crawler must read of robots.txt (RFC 9309, 2.5)
SECRET = frozenset(("set-cookie", "set-cookie2"))
CURES = {
    401: "it asks for a login: save the page in a browser, and build from the file",
    403: "it refuses programs: save the page in a browser, and build from the file",
    404: "check the address; an archive may hold the page",
    410: "it was taken down; an archive may hold the page",
    451: "it is withheld by law; an archive may hold the page",
}


def _never(_: str) -> Capture | None:
    return None


def _silent(_: str) -> None:
    return None


@dataclass(slots=True, kw_only=True)
class Visitor:
    """Fetches addresses one after the other, and remembers between them when each host may be asked again.

    `earlier` gives what was kept of an address before, so that it is asked for only if it changed; `tell` is told of
    waits. The rest stands in for the network and the clock in tests.
    """

    private: bool = False
    earlier: Callable[[str], Capture | None] = _never
    tell: Callable[[str], None] = _silent
    ask: Ask | None = None
    resolve: Resolve = resolve
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    _rules: dict[str, Any] = field(default_factory=dict)
    _next: dict[str, float] = field(default_factory=dict)

    def visit(self, url: str) -> Capture:
        """What an address answers, at the end of its redirects.

        Raises:
            NotFetched: it may not be visited, or answers with no page; nothing else is raised.
        """
        if self.ask is None:
            self.ask = Client(wanted=url).ask
        known = self.earlier(url)
        hops, here = [], spot(url, self.private)
        while True:
            self._permit(here)
            answer, address = self._answer(here, _if_changed(known, here))
            following = _following(answer, here)
            if following is None:
                break
            hops.append(here.url)
            if len(hops) > MOST_HOPS:
                raise refused(f"more than {MOST_HOPS} redirects", url)
            here = spot(following, self.private)
        raw = _page(answer, known, here.url)
        return Capture(
            asked=url, found=here.url, hops=tuple(hops), address=address, status=answer.status, raw=raw,
            when=self.now().strftime("%Y-%m-%dT%H:%M:%SZ"),
            headers=tuple(h for h in answer.headers if h[0] not in SECRET),
        )  # fmt: skip

    def _permit(self, here: Spot) -> None:
        """Raises NotFetched where the host's robots.txt forbids the visit, or asks for pauses that are too long."""
        site = f"{here.scheme}://{here.authority}"
        if site not in self._rules:
            self._rules[site] = self._robots(site)
        rules = self._rules[site]
        if isinstance(rules, str):
            raise NotFetched(f"not fetched: {rules}", where=here.url, hint="try again later, or save it by hand")
        if not rules.can_fetch(here.url, NAME):
            raise refused("its robots.txt asks programs to stay away", here.url)
        if (pause := _pause(rules)) > LONGEST_PAUSE:
            raise refused(f"its robots.txt asks for {pause:.0f} seconds between visits", here.url)

    def _robots(self, site: str) -> Any:
        """The rules of a site, or why they are not known. No robots.txt allows all; a broken server nothing (RFC 9309)."""
        from protego import Protego

        here = spot(f"{site}/robots.txt", self.private)
        for _ in range(MOST_HOPS + 1):
            try:
                answer, _address = self._answer(here, {})
            except NotFetched as error:
                return f"its robots.txt cannot be read: {error.what.removeprefix('not fetched: ')}"
            following = _following(answer, here)
            if following is None:
                if answer.status >= 500:
                    return f"its robots.txt cannot be read: status {answer.status}"
                body = answer.body[:LARGEST_ROBOTS] if answer.status == 200 else b""
                return Protego.parse(body.decode("utf-8", "replace"))
            try:
                here = spot(following, self.private)
            except NotFetched as error:
                return f"its robots.txt leads astray: {error.what.removeprefix('not fetched: ')}"
        return "its robots.txt leads in circles"

    def _answer(self, here: Spot, headers: dict[str, str]) -> tuple[Answer, str]:
        """An answer and the machine that gave it; tried again with growing pauses, or those that the host asks for."""
        fault = ""
        for wait in (*WAITS, None):
            try:
                answer, address = self._once(here, headers)
                if answer.status not in LATER:
                    return answer, address
                fault = f"answers with status {answer.status}"
                asked = self._later(answer)
            except Unanswered as error:
                fault, asked = f"no answer: {error}", 0.0
            if asked > LONGEST_PAUSE:
                raise NotFetched(f"not fetched: asks to come back in {asked:.0f} seconds", where=here.url, hint="do so")
            if wait is not None:
                self._wait(max(wait, asked), f"{here.host} {fault}")
        raise NotFetched(f"not fetched: {fault}", where=here.url, hint="try again later")

    def _once(self, here: Spot, headers: dict[str, str]) -> tuple[Answer, str]:
        """One try: every address of the name must be fit, and the first that answers is asked."""
        addresses = self.resolve(here.host, here.port)
        for address in addresses:
            if kind := unfit(address, self.private):
                raise refused(f"it leads to {kind}", here.url)
        self._turn(here)
        assert self.ask is not None
        sent = {"User-Agent": f"{NAME}/{onrecord.__version__}", **headers}
        fault = Unanswered("its name has no address")
        for address in addresses:
            try:
                return self.ask(here, address, sent), address
            except Unanswered as error:
                fault = error
        raise fault

    def _turn(self, here: Spot) -> None:
        """Waits until the host may be asked again."""
        rules = self._rules.get(f"{here.scheme}://{here.authority}")
        pause = PAUSE if rules is None or isinstance(rules, str) else _pause(rules)
        if (wait := self._next.get(here.host, 0.0) - self.clock()) > 0:
            self._wait(wait, f"{here.host}: a pause between visits")
        self._next[here.host] = self.clock() + pause

    def _wait(self, seconds: float, why: str) -> None:
        if seconds > PAUSE:
            self.tell(f"{why}; waiting {seconds:.0f} s")
        self.sleep(seconds)

    def _later(self, answer: Answer) -> float:
        """Seconds after which a host asks to be asked again, given as a number or a date; 0 where it says nothing."""
        told = (answer.header("retry-after") or "").strip()
        if told.isdigit():
            return float(told[:9])
        try:
            return max(0.0, (parsedate_to_datetime(told) - self.now()).total_seconds())
        except (ValueError, TypeError, IndexError):
            return 0.0


def _pause(rules: Any) -> float:
    """Seconds between two visits: the host's own, by delay or by rate, where they are longer than ours."""
    rate = rules.request_rate(NAME)
    return max(
        PAUSE, float(rules.crawl_delay(NAME) or 0), rate.seconds / rate.requests if rate and rate.requests else 0
    )


def _if_changed(known: Capture | None, here: Spot) -> dict[str, str]:
    """The question whether a page is still the one kept (RFC 9110, 13.1), asked only where it was found."""
    if known is None or known.found != here.url:
        return {}
    told = dict(known.headers)
    pairs = (("If-None-Match", told.get("etag")), ("If-Modified-Since", told.get("last-modified")))
    return {name: value for name, value in pairs if value}


def _following(answer: Answer, here: Spot) -> str | None:
    """Where a redirect leads; None where it is none."""
    leads = answer.header("location")
    if answer.status not in MOVED or not leads:
        return None
    try:
        return urljoin(here.url, leads)
    except ValueError:
        raise refused("it leads to no address", here.url) from None


def _page(answer: Answer, known: Capture | None, where: str) -> bytes:
    if answer.status == 304 and known is not None:
        return known.raw
    if answer.status not in (200, 203):
        cure = CURES.get(answer.status, BY_HAND)
        raise NotFetched(f"not fetched: it answers with status {answer.status}", where=where, hint=cure)
    return answer.body
