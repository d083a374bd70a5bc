"""Screenshots of every screen on the example pile, light and dark, wide and phone, for docs/pictures.

python -m bench.pictures [FOLDER]        needs Debian's Chromium (apt install chromium) and playwright

Each picture is the top of the page, at most TALLEST pixels high; colours are cut to 64, which keeps all under 3 MB.
"""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import uvicorn

from onrecord.ledger.store import Ledger, publish
from onrecord.pipeline import build
from onrecord.reports import read
from onrecord.views.web import app

ROOT = Path(__file__).parents[1]
CHROMIUM = "/usr/bin/chromium"
WIDTHS = {"wide": 1280, "phone": 360}
TALLEST = {"wide": 1000, "phone": 1100}


@contextmanager
def served(ledger: Path) -> Iterator[str]:
    """The pages of a ledger at a free port of this machine."""
    sock = socket.socket()
    sock.bind(("127.0.0.1", 0))
    sock.listen()
    server = uvicorn.Server(uvicorn.Config(app(ledger, who="ana"), log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, args=([sock],), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{sock.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        sock.close()


def screens(ledger: Path) -> dict[str, str]:
    """Name of a picture and the address it is of: the fullest page of each kind."""
    with Ledger(ledger) as opened:

        def first(sql: str) -> str:
            return str(opened.db.execute(sql).fetchone()[0])

        matter = first(
            "select matter_id from matters where verdict = 'contested' and kind = 'figure' order by reports desc"
        )
        report = first("select to_report from reuse group by to_report order by sum(characters) desc")
        person = first(
            "select entity_id from origins join matter_claims using (origin_id) join matters using (matter_id) "
            "where verdict = 'changed' and entity_id is not null"
        )
    return {
        "overview": "/", "story": "/story", "matters": "/matters", "matter": f"/matter/{matter}", "lineage": "/lineage",
        "reader": f"/report/{report}", "person": f"/who/{person}", "people": "/people", "reports": "/reports",
        "statements": "/statements?speaker=Pavle+Irsa", "figures": "/quantities", "events": "/events?realis=actual", "places": "/places",
        "search": "/search?q=fighters", "review": "/review", "export": "/export?table=statements", "run": "/run", "skipped": "/skipped", "programs": "/api",
    }  # fmt: skip


def main(out: Path) -> None:
    """Takes all pictures."""
    from playwright.sync_api import sync_playwright

    out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM)
        velmara, real = Path(folder) / "velmara.db", Path(folder) / "real.db"
        publish(velmara, build(read([str(ROOT / "examples" / "velmara")]).reports))
        publish(real, build(read([str(written(Path(folder)))]).reports))
        for ledger, shown in (
            (velmara, screens(velmara)),
            (real, {"map": "/places", "where": "/review?table=places", "names": "/review?table=doubts"}),
        ):
            with served(ledger) as address:
                take(browser, address, shown, out)
        browser.close()
    for picture in out.glob("*-*-*.png"):
        small(picture)


def take(browser: Any, address: str, shown: Mapping[str, str], out: Path) -> None:
    """Pictures of some addresses, in every width and both schemes."""
    for width, pixels in WIDTHS.items():
        for scheme in ("light", "dark"):
            size = {"width": pixels, "height": TALLEST[width]}
            page = browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce").new_page()
            for name, path in shown.items():
                page.goto(address + path)
                page.screenshot(path=out / f"{name}-{width}-{scheme}.png")
            page.context.close()


def written(folder: Path) -> Path:
    """Reports of our own: about places that are on a map, since Velmara is on none, and two that name one man unlike."""
    pile = folder / "real"
    pile.mkdir()
    (pile / "mayor.txt").write_text(
        "Mayor opens the bridge\n\nThe mayor of Kunduz, Ilyan Petru Sorrel, said on Monday that the bridge was open.\n",
        encoding="utf-8",
    )
    (pile / "salt.txt").write_text(
        "Salt for the pass\n\nIlyan Sorrel said on Tuesday that 40 trucks of salt were in Herat.\n", encoding="utf-8"
    )
    (pile / "road.txt").write_text(
        "Road crews reach Herat\n\nCrews left Kabul on Monday, the roads office said. Snow had closed the pass in Bamyan province, "
        "and Kandahar, Balkh province and Kunduz waited for salt. In Herat the market opened again.\n",
        encoding="utf-8",
    )
    return pile


def small(picture: Path) -> None:
    """Cuts a picture to a palette, where Pillow is there to do it."""
    try:
        from PIL import Image
    except ImportError:
        return
    with Image.open(picture) as image:
        cut = image.convert("RGB").quantize(64, dither=Image.Dither.NONE)
    cut.save(picture, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else ROOT / "docs" / "pictures")
