"""WARC and ARC, packed or not: one report a page that was captured; a broken record never costs the ones after it."""

from __future__ import annotations

import gzip
import logging
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from onrecord.errors import OnrecordError, UnreadableReport
from onrecord.reports.limits import bounded
from onrecord.reports.packed import peek
from onrecord.reports.source import LARGEST_INSIDE, Source

SUFFIXES = (".warc", ".arc")
STARTS = (b"WARC/", b"filedesc://")
GZIP = b"\x1f\x8b\x08"
# What a capture must be to be read on; the rest (pictures, scripts, fonts) is counted by kind.
KINDS = {
    "text/html": ".html", "application/xhtml+xml": ".xhtml", "text/plain": ".txt", "application/pdf": ".pdf",
    "application/rss+xml": ".rss", "application/atom+xml": ".atom", "application/xml": ".xml", "text/xml": ".xml",
}  # fmt: skip
CAPTURES = frozenset(("response", "resource", "conversion", "revisit"))
# Records about captures: they hold no report, and nobody misses one.
ABOUT = frozenset((*(f"{kind} records" for kind in ("warcinfo", "request", "metadata", "arc_header")), "cut off"))
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,30})", re.I)
HEADER = re.compile(rb"WARC/[01]\.\d{1,2}\r?\n(?:[\w-]{1,40}:[^\r\n]{0,2000}\r?\n){2}")
ARC_LINE = re.compile(rb"\n((?:https?|ftp|dns):[^ \r\n]{1,2000} [\d.]{7,15} \d{14} )")
WINDOW = 1 << 20
OVERLAP = 8192  # a header that lies across two windows
MOST_BROKEN = 1_000
REPAIR = "the records around it are read; fetch the file anew if this one matters"


@dataclass(slots=True)
class _Run:
    """One file as it is read: where it comes from, what was no page, how much was broken."""

    source: Source
    others: Counter[str] = field(default_factory=Counter)
    records: int = 0
    broken: int = 0

    def fault(self, what: str, at: int) -> UnreadableReport:
        self.broken += 1
        return UnreadableReport(what, where=f"{self.source.where}@{at}", hint=REPAIR)


def knows(start: bytes, source: Source) -> bool:
    """A record's first line, also under gzip."""
    return start.startswith(STARTS) or (start.startswith(GZIP) and peek(start).startswith(STARTS))


def read(source: Source) -> Iterator[Source | OnrecordError]:
    """A source a captured page; an error a broken record, with its offset; at the end, what else was in the file."""
    logging.getLogger("warcio").addHandler(logging.NullHandler())
    run = _Run(source)
    with source.stream() as stream:
        packed = stream.read(3) == GZIP
        at: int | None = 0
        while at is not None and run.broken < MOST_BROKEN:
            at = yield from _until_broken(stream, at, run, packed)
    if run.broken >= MOST_BROKEN:
        what = f"{MOST_BROKEN:,} broken records, so what follows is not read"
        yield UnreadableReport(what, where=source.where, hint="fetch the file anew")
    yield from _rest(run)


def _rest(run: _Run) -> Iterator[UnreadableReport]:
    """One row for all that held no page; where a file held no page at all, that is said whatever it held."""
    others = {kind: count for kind, count in run.others.items() if kind not in ABOUT}
    if not others and run.records == run.others.total() and not run.broken:
        others = dict(run.others)
    if others:
        kinds = ", ".join(
            f"{count:,} {kind}" for kind, count in sorted(others.items(), key=lambda o: (-o[1], o[0]))[:6]
        )
        yield UnreadableReport(f"no pages, and so left out: {kinds}", where=run.source.where, hint="nothing to do")
    elif not run.records and not run.broken:
        yield UnreadableReport("no record in it", where=run.source.where, hint="fetch the file anew")


def _until_broken(stream: BinaryIO, start: int, run: _Run, packed: bool, leave: int = 0) -> Any:
    """Yields what the records from an offset on hold. Returns where to go on after a broken one; None at the end."""
    from warcio.archiveiterator import ArchiveIterator  # here, because a pile of plain text need not pay for it

    stream.seek(start)
    archive = ArchiveIterator(stream, arc2warc=True)
    archive.INC_RECORD = ""  # warcio would tell standard error of a wrong length, and go on
    seen = 0
    while True:
        try:
            record = next(archive, None)
            if record is None:
                return None
            if packed and archive.reader.decompressor is None:  # warcio takes what does not unpack for a record of ARC
                yield run.fault("a broken record: it does not unpack", _at(archive, start))
                return _resume(stream, _at(archive, start), packed)
            seen += 1
            if seen > leave:
                run.records += 1
                inner = yield from _record(record, _at(archive, start), run, packed)
                if inner:
                    return _resume(stream, _at(archive, start), packed)
        except OnrecordError as error:
            yield error
        except Exception as error:  # whatever is wrong with a record, the next one may be whole
            if "non-chunked" in str(error):
                return (yield from _in_one_piece(stream, run, seen))
            what = " ".join(str(error).split())[:160] or type(error).__name__
            yield run.fault(f"a broken record: {what}", _at(archive, start))
            return _resume(stream, _at(archive, start), packed)


def _at(archive: Any, start: int) -> int:
    """Where its record starts: of a broken one warcio may say that it lies before all that was read, or before the file."""
    return max(start, int(archive.offset))


def _in_one_piece(stream: BinaryIO, run: _Run, seen: int) -> Any:
    """A file packed whole and not record by record, which warcio refuses after its first record."""
    stream.seek(0)
    at: int | None = 0
    try:
        with gzip.GzipFile(fileobj=stream) as whole:
            at = yield from _until_broken(whole, 0, run, False, leave=seen)  # type: ignore[arg-type]
            while at is not None and run.broken < MOST_BROKEN:
                at = yield from _until_broken(whole, at, run, False)  # type: ignore[arg-type]
    except (zlib.error, EOFError, OSError) as error:  # nothing after this place can be unpacked
        yield run.fault(f"what follows does not unpack: {error}", at or 0)


def _record(record: Any, at: int, run: _Run, packed: bool) -> Any:
    """Yields the page of a record, if it holds one. Returns whether its length is wrong, so that more lies inside it."""
    kind, charset, other = _kind(record)
    raw = b"" if other else bounded(record.content_stream(), LARGEST_INSIDE, f"{run.source.where}@{at}")
    tail = _drained(record, packed)
    cut = (getattr(record.raw_stream, "limit", None) or 0) > 0
    whole = not cut or len(raw) >= _stated(record)
    inside = None if packed else HEADER.search(raw)
    wrong = cut or bool(inside) or record.length is None or bool(HEADER.search(tail))
    if wrong:
        yield run.fault("cut off, or its length is wrong" if record.length is not None else "without its length", at)
    if inside:
        raw = raw[: inside.start()].rstrip()
    if other or not (whole or inside or HEADER.search(tail)):
        run.others[other or "cut off"] += 1
        return wrong
    url = record.rec_headers.get_header("WARC-Target-URI")
    known = {**run.source.facts, **({"url": url} if url else {})}
    yield run.source.inside(f"@{at}", raw, suffix=KINDS[kind], facts=known, charset=charset, kind=kind)
    return wrong


def _stated(record: Any) -> int:
    """How long a page's own header says it is; more than any where it does not say, or what it says is packed."""
    headers = record.http_headers
    said = (headers.get_header("Content-Length") or "") if headers else ""
    return int(said) if said.isdigit() and len(said) < 12 and not headers.get_header("Content-Encoding") else 2**62


def _drained(record: Any, packed: bool) -> bytes:
    """Reads a record to its end, a page's being read already; its first bytes not read before, to look for others in."""
    head: bytes = record.raw_stream.read(WINDOW)
    while record.raw_stream.read(WINDOW):
        pass
    return b"" if packed else head


def _kind(record: Any) -> tuple[str, str | None, str | None]:
    """Media type and charset of a capture; third, what it is instead, where it is no page."""
    headers = record.http_headers
    told = headers.get_header("Content-Type") if headers else record.rec_headers.get_header("Content-Type")
    kind = (told or "").partition(";")[0].strip().lower()
    charset = CHARSET.search(told or "")
    other = None
    if record.rec_type not in CAPTURES:
        other = f"{str(record.rec_type or 'nameless')[:20]} records"
    elif record.rec_type == "revisit":
        other = "seen before (revisit)"
    elif headers and (headers.get_statuscode() or "200") != "200":
        other = f"status {headers.get_statuscode()[:3]}"
    elif kind not in KINDS:
        other = kind[:40] or "without a type"
    return kind, charset.group(1) if charset else None, other


def _resume(stream: BinaryIO, at: int, packed: bool) -> int | None:
    """The next offset after `at` where a record seems to start, None when there is none."""
    here = at + 1
    while True:
        stream.seek(here)
        window = stream.read(WINDOW)
        found = _first(window, packed)
        if found is not None:
            return here + found
        if len(window) < WINDOW:
            return None
        here += WINDOW - OVERLAP


def _first(window: bytes, packed: bool) -> int | None:
    if packed:
        found = window.find(GZIP)
        return found if found >= 0 else None
    starts = [m.start() for m in (HEADER.search(window),) if m] + [m.start(1) for m in (ARC_LINE.search(window),) if m]
    return min(starts, default=None)
