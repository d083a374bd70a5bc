"""What came in: a report as frozen when read, its passages, and what could not be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.records.spans import Span

Role = Literal[
    "headline", "deck", "dateline", "byline", "caption", "body", "question", "turn", "list", "furniture", "credit"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One article as received. Its text is frozen when read: code points, LF line ends, no BOM."""

    report_id: str  # hash of the bytes it came from
    path: str | None
    url: str | None
    outlet: str | None
    title: str | None
    byline: str | None
    dateline: str | None
    published: str | None  # ISO 8601 date, or date and time with its zone as the source gave it
    published_why: str | None  # where that came from: "manifest.csv", "JSON-LD datePublished", "<time>" ...
    language: str | None  # ISO 639-1; "und" for one that is surely not English and not known to us
    text: str
    encoding: str | None = None  # how its bytes became text, and why so: "cp1251, as its words prove"
    source_sha256: str | None = None  # of the whole file or fetched page it lay in, byte for byte as received

    @property
    def characters(self) -> int:
        """Length of the text in code points."""
        return len(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """An input that made no report: where it lies, what is wrong with it, what to do."""

    path: str
    reason: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A stretch of a report with a role. Passages do not overlap and lie in text order; blank lines lie between them.

    An interview turn has role "turn" or "question", and `label` is the span of the label before it ("WION" in
    "WION: How is ...?"); the passage itself starts after the colon. `name` is that label's text, a byline's names,
    or the agencies of a credit line ("TRTWorld and agencies").
    """

    passage_id: str
    report_id: str
    start: int
    end: int
    role: Role
    label: Span | None = None
    name: str | None = None

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """What an address answered: the bytes as they came, and all that a log of evidence asks about them."""

    asked: str  # the address that a person named
    found: str  # where it was found in the end
    hops: tuple[str, ...]  # the addresses that led there, in order; empty where none did
    address: str  # of the machine that answered, as connected to
    when: str  # UTC, ISO 8601, to the second
    status: int  # 200; 304 where what was kept before is still what it answers
    headers: tuple[tuple[str, str], ...]  # of the answer, cookies left out
    raw: bytes
