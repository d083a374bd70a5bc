"""A web of our own making: sites by name, answered without a network, with a clock that only waiting moves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from onrecord.errors import NotFetched
from onrecord.fetch.addresses import Spot
from onrecord.fetch.network import Answer
from onrecord.fetch.visits import Visitor
from onrecord.records import Capture

PUBLIC = "93.184.215.14"
START = datetime(2024, 3, 5, 10, 0, tzinfo=UTC)


def answer(body: bytes | str = b"", status: int = 200, **headers: str) -> Answer:
    """An answer; header names have "_" for "-"."""
    told = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Answer(status, told, body.encode() if isinstance(body, str) else body)


Said = Answer | Exception | Callable[[Mapping[str, str]], Answer]


@dataclass
class Web:
    """Pages by address. A list is given one after the other, its last one for ever; a function sees the headers."""

    pages: Mapping[str, Said | list[Said]]
    names: Mapping[str, Sequence[str]] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)  # address of the page, and machine connected to
    sent: list[Mapping[str, str]] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def ask(self, spot: Spot, address: str, headers: Mapping[str, str]) -> Answer:
        self.asked.append((spot.url, address))
        self.sent.append(headers)
        said: Any = self.pages.get(spot.url, answer(status=404))
        if isinstance(said, list):
            said = said.pop(0) if len(said) > 1 else said[0]
        if isinstance(said, Exception):
            raise said
        found = said(headers) if callable(said) else said
        assert isinstance(found, Answer)
        return found

    def resolve(self, host: str, port: int) -> Sequence[str]:
        if host[0].isdigit() or ":" in host:
            return (host,)
        return self.names.get(host, (PUBLIC,))

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.seconds += seconds

    def visitor(self, private: bool = False, earlier: Callable[[str], Capture | None] = lambda _: None) -> Visitor:
        return Visitor(
            private=private, earlier=earlier, tell=self.told.append, ask=self.ask, resolve=self.resolve,
            clock=lambda: self.seconds, sleep=self.sleep, now=lambda: START + timedelta(seconds=self.seconds),
        )  # fmt: skip

    def fault(self, url: str, **how: Any) -> NotFetched:
        """The error of a visit that must fail."""
        try:
            got = self.visitor(**how).visit(url)
        except NotFetched as error:
            assert error.hint
            return error
        raise AssertionError(f"{url} was fetched: {got.found}")

    def pages_asked(self) -> list[str]:
        """Addresses asked for, rules for programs left out."""
        return [url for url, _ in self.asked if not url.endswith("/robots.txt")]
