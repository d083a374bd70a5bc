"""How fast a WARC is read, beside warcio alone and trafilatura alone on the same pages, by CPU time in one process.

    python bench/warc_speed.py [PAGES] [ROUNDS]

The file is made anew each time, by a seed, in the manner of news crawls: a request and a response a page, each packed by
itself; pages of 40 to 120 kB with a head, menus, scripts, an article of our own sentences, and links to others. What
calls others cannot be faster than they are: the slower of the two is the measure, and 1.15 of it what is asked.
"""

from __future__ import annotations

import io
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import trafilatura
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from onrecord.reports import read

WORDS = (
    (Path(__file__).parents[1] / "examples" / "velmara" / "01-herald-garrison.txt").read_text(encoding="utf-8").split()
)


def page(number: int, chance: random.Random) -> str:
    """One page: a head, menus, an article, links to others, scripts."""
    paragraphs = "".join(
        f"<p>{' '.join(chance.choices(WORDS, k=chance.randint(30, 90)))}.</p>" for _ in range(chance.randint(8, 30))
    )
    menu = "".join(
        f'<li class="menu-item menu-item-{k}"><a href="/section/{k}" title="Section {k}"><span>Section {k}</span></a></li>'
        for k in range(chance.randint(60, 200))
    )
    more = "".join(
        f'<div class="card"><a href="/story/{k}"><img src="/i/{k}.jpg" alt=""><h3>Story {k} of the valley</h3></a><time datetime="2024-03-0{k % 9 + 1}">March</time></div>'
        for k in range(chance.randint(20, 80))
    )
    script = "window.dataLayer=window.dataLayer||[];" + "function a(b){return b<2&&b>1}" * chance.randint(300, 1500)
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Story {number}</title>'
        f'<meta property="og:site_name" content="Oskaran Herald"><script>{script}</script>'
        f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"Story {number}","datePublished":"2024-03-05T10:00:00+02:00"}}</script>'
        f"</head><body><nav><ul>{menu}</ul></nav><main><article><h1>Story {number}</h1>{paragraphs}</article></main>"
        f"<aside>{more}</aside><footer><ul>{menu}</ul></footer></body></html>"
    )


def crawl(target: Path, pages: int) -> None:
    """Writes a WARC.gz of so many pages."""
    chance = random.Random(8)
    with target.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for number in range(pages):
            url = f"https://herald.example/story/{number}"
            ask = StatusAndHeaders("GET / HTTP/1.1", [("Host", "herald.example")], is_http_request=True)
            writer.write_record(writer.create_warc_record(url, "request", http_headers=ask))
            told = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
            body = io.BytesIO(page(number, chance).encode())
            writer.write_record(writer.create_warc_record(url, "response", payload=body, http_headers=told))


def bodies(path: Path) -> list[bytes]:
    """What warcio alone gives: the body of each response."""
    with path.open("rb") as stream:
        return [r.content_stream().read() for r in ArchiveIterator(stream) if r.rec_type == "response"]


def spent(work: Callable[[], object]) -> float:
    """CPU seconds of one call."""
    start = time.process_time()
    work()
    return time.process_time() - start


def measure(pages: int, rounds: int) -> dict[str, float]:
    """Median CPU seconds by who did it, taken in turn so that a busy machine slows all alike."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "crawl.warc.gz"
        crawl(path, pages)
        held = bodies(path)
        assert len(read([str(path)]).reports) == pages
        work: dict[str, Callable[[], object]] = {
            "warcio": lambda: bodies(path),
            "trafilatura": lambda: [
                trafilatura.extract(b, include_comments=False, include_tables=False, deduplicate=False) for b in held
            ],
            "onrecord": lambda: read([str(path)]),
        }
        taken = [{name: spent(job) for name, job in work.items()} for _ in range(rounds)]
    return {name: statistics.median(t[name] for t in taken) for name in work}


def main() -> None:
    """Prints pages a CPU second of each, and how much longer ours takes than the slower of the two."""
    pages, rounds = (int(w) for w in (*sys.argv[1:], "200", "5")[:2]) if len(sys.argv) != 2 else (int(sys.argv[1]), 5)
    found = measure(pages, rounds)
    for name, seconds in found.items():
        print(f"{name:12} {pages / seconds:9.1f} pages a second")
    print(f"ratio        {found['onrecord'] / max(found['warcio'], found['trafilatura']):9.3f} (1.15 or less is asked)")


if __name__ == "__main__":
    main()
