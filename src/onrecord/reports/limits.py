"""Bounds that every reader keeps: time for one thing, bytes unpacked, tags inside one another, no entities."""

from __future__ import annotations

import re
import signal
import threading
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Protocol, TypeVar

import numpy as np

from onrecord.errors import UnreadableReport

Item = TypeVar("Item")
LONGEST = 15.0  # seconds for one report; the slowest real page measured takes 0.4
# Parsers answer late or not at all (50,000 nested <div>: 11 s to never). Tags that nobody closes count as nested here.
DEEPEST_TAGS = 2_000
MOST_TAGS = 400_000  # a page of 20 MB of tags alone takes trafilatura minutes; live blogs have 20,000
TAG = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*)[^<>]*")
# Tags that never close, or that the next of their kind closes: they do not nest in one another.
FLAT = frozenset(
    "area base br col embed hr img input link meta param source track wbr basefont bgsound frame keygen"
    " p li dt dd tr td th thead tbody tfoot option optgroup rp rt colgroup".split()
)
OWN_ENTITY = re.compile(r"<!ENTITY\b", re.I)


class _TooLong(BaseException):
    """Not an Exception, so that no parser's own catch-all swallows it."""


class Readable(Protocol):
    """Anything with a bounded read."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at the end."""


def timed(items: Iterator[Item], where: str) -> Iterator[Item]:
    """The same items; one that takes longer than `LONGEST` seconds to make ends them with an error.

    The clock is a signal, which only a main thread of Unix has; elsewhere the other bounds have to do.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield from items
        return
    while True:
        try:
            item = _in_time(lambda: next(items, None))
        except _TooLong:
            what = f"takes longer than {LONGEST:.0f} seconds to read"
            raise UnreadableReport(what, where=where, hint="split it, or give its text as .txt") from None
        if item is None:
            return
        yield item


def _in_time(make: Callable[[], Item]) -> Item:
    def late(_: int, __: FrameType | None) -> None:
        raise _TooLong

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, LONGEST, 1.0)  # again each second, should a parser swallow it all the same
    try:
        return make()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def bounded(stream: Readable, most: int, where: str) -> bytes:
    """All bytes of a stream that unpacks as it is read.

    Raises:
        UnreadableReport: there are more than `most`; no more than that is ever held.
    """
    parts: list[bytes] = []
    left = most + 1
    while left > 0 and (part := stream.read(min(left, 65536))):
        parts.append(part)
        left -= len(part)
    if left <= 0:
        what = f"unpacks to more than {most // 2**20} MB"
        raise UnreadableReport(
            what, where=where, hint="unpack it by hand, if you trust it, and leave out what is no report"
        )
    return b"".join(parts)


def check_markup(page: str, where: str) -> None:
    """Raises UnreadableReport where tags nest too deep, or are too many, to be a page or feed that people made."""
    if len(page) > 2 * MOST_TAGS and page.count("<") > 2 * MOST_TAGS:
        raise UnreadableReport("more tags than a page has", where=where, hint="split it, or give its text")
    if _at_most(page) <= DEEPEST_TAGS:
        return
    if (deepest := _deepest(page)) > DEEPEST_TAGS:
        what = f"tags nest too deep: {deepest:,} levels"
        raise UnreadableReport(what, where=where, hint="save the page again, or give its text")


def _at_most(page: str) -> int:
    """A bound on how deep tags nest, found a hundred times faster than the depth: tags that never close count, too."""
    signs = np.frombuffer(page.encode("utf-8", "surrogatepass"), dtype=np.uint8)
    after = signs[np.flatnonzero(signs[:-1] == ord("<")) + 1]
    opens = (after | 32) >= ord("a")
    if (most := int(np.count_nonzero(opens))) <= DEEPEST_TAGS:  # as in nearly every page
        return most
    depth = np.cumsum(opens.astype(np.int64) - (after == ord("/")))
    return int((depth - np.minimum.accumulate(np.minimum(depth, 0))).max())


def _deepest(page: str) -> int:
    depth = deepest = 0
    for match in TAG.finditer(page):
        if match[2].lower() not in FLAT and not match.group().endswith("/"):
            depth = max(0, depth - 1) if match[1] else depth + 1
            deepest = max(deepest, depth)
    return deepest


def check_entities(markup: str, where: str) -> None:
    """Raises UnreadableReport where XML declares entities: they may expand without end, or read files of this machine."""
    if OWN_ENTITY.search(markup):
        what = "declares XML entities of its own, which are never expanded"
        raise UnreadableReport(what, where=where, hint="take its <!DOCTYPE> out, if you trust it")
