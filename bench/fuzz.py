"""Looks for bytes that break a reader, guided by what of its code they reach. Takes the extra [fuzz]; no part of CI.

    python -m bench.fuzz READER [--minutes 10] [--into fuzz]      (READER: pdf, warc, packed, office, archive, ...)

A finding is anything but an `OnrecordError` that a reader raises, or more than five seconds for one input; it is written
to INTO/READER/found under a name that says what it was, once for each line of code that raised it, and the search goes
on. More than 1 GiB of memory or a hang of 30 seconds ends the search with its input beside the others.

Inputs are packed and seeds are made by `bench/fuzz_shapes.py`. What lies in INTO/READER/inputs is started from, too.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

LONGEST = 5.0  # CPU seconds for one input
LARGEST_INPUT = 8192  # bytes
LARGEST_MEMORY = 1024  # MiB
HANG = 30  # seconds
READERS = ("pdf", "warc", "packed", "office", "archive", "feed", "html", "mail", "rows", "plain")
# What is told apart by the code that it reaches.
PARSERS = ("onrecord", "pypdf", "feedparser", "warcio", "trafilatura", "email", "zipfile", "tarfile", "csv", "html")


def exhaust(reader: Any, raw: bytes, suffix: str) -> None:
    """All that a reader makes of a file, to the reports; what lies inside is read where it is the same reader's.

    Raises:
        Exception: whatever the reader lets through, an `OnrecordError` aside.
    """
    from onrecord.errors import OnrecordError
    from onrecord.reports.draft import Draft, report
    from onrecord.reports.source import Source

    waiting = [Source(where=f"a{suffix}", path=f"a{suffix}", suffix=suffix, held=raw)]
    while waiting:
        source = waiting.pop()
        try:
            reader.knows(source.start(), source)
            for item in reader.read(source):
                if isinstance(item, Draft):
                    report(item, source.path, source.where)
                elif isinstance(item, Source) and item.suffix in reader.SUFFIXES:
                    waiting.append(item)
        except OnrecordError:
            continue


def _place(error: Exception) -> str:
    """What was raised and by which line, as a name for a file."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}-{Path(last.filename).stem}-{last.lineno}"


def _judge(packed: Callable[[bytes], tuple[bytes, str]], reader: Any, found: Path) -> Callable[[bytes], None]:
    def one(data: bytes) -> None:
        raw, suffix = packed(data)
        began = time.process_time()
        what = None
        try:
            exhaust(reader, raw, suffix)
        except Exception as error:  # this is what is looked for
            what = _place(error)
        if (took := time.process_time() - began) > LONGEST:
            what = f"slow-{took:.0f}s-{hashlib.sha256(raw).hexdigest()[:8]}"
        if what and not (target := found / f"{what}{suffix}").exists():
            target.write_bytes(raw)
            print(f"finding: {target}", file=sys.stderr, flush=True)

    return one


def main() -> None:
    """Searches for the time given; libFuzzer's own lines say how many inputs were tried and how much code they reach."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("reader", choices=READERS)
    asked.add_argument("--minutes", type=float, default=10)
    asked.add_argument("--into", type=Path, default=Path("fuzz"))
    told = asked.parse_args()
    import atheris

    with atheris.instrument_imports(include=list(PARSERS)):
        import feedparser  # noqa: F401
        import pypdf  # noqa: F401
        import trafilatura  # noqa: F401
        import warcio.archiveiterator  # noqa: F401

        from bench.fuzz_shapes import SHAPES, packed
        from onrecord import reports
    found, seeds = told.into / told.reader / "found", told.into / told.reader / "inputs"
    for folder in (found, seeds):
        folder.mkdir(parents=True, exist_ok=True)
    for number, shape in enumerate(SHAPES[told.reader]):
        for seed in shape.seeds:
            data = bytes([number]) + seed
            (seeds / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)
    reader = next(r for r in reports.READERS if r.__name__.rpartition(".")[2] == told.reader)
    limits = {
        "max_total_time": round(told.minutes * 60),
        "max_len": LARGEST_INPUT,
        "timeout": HANG,
        "rss_limit_mb": LARGEST_MEMORY,
    }
    flags = [f"-{name}={value}" for name, value in limits.items()]
    atheris.Setup(
        [sys.argv[0], *flags, f"-artifact_prefix={found}/", str(seeds)],
        _judge(partial(packed, told.reader), reader, found),
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main()
