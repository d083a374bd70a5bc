"""The pages: escaped, complete, linked; and in a browser, with no network."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from onrecord.ledger.store import publish
from onrecord.pipeline import build
from onrecord.views.report import write
from tests.conftest import report_of

CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture(scope="module")
def site(ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of the example ledger."""
    return write(ledger, tmp_path_factory.mktemp("site")).parent


def test_every_link_leads_to_a_page_that_is_there(site: Path) -> None:
    pages = list(site.rglob("*.html"))
    assert len(pages) > 20
    for page in pages:
        for link in re.findall(r'href="([^"#?]+)', page.read_text("utf-8")):
            if not link.startswith("data:"):
                assert (page.parent / link).resolve().is_file(), (page, link)


def test_pages_name_no_address_outside(site: Path) -> None:
    for page in site.rglob("*"):
        if page.is_file():
            assert not re.search(r'(?:src|href|url\()\s*=?\s*["\']?(?:https?:)?//', page.read_text("utf-8")), page


def test_text_of_a_report_runs_nothing(tmp_path: Path) -> None:
    text = 'Hanne Lund said "<script>alert(1)</script> is what they wrote on the bridge." <img src=x onerror=alert(1)>'
    publish(tmp_path / "l.db", build([report_of(text, outlet="<b>Post</b>")]))
    site = write(tmp_path / "l.db", tmp_path / "site").parent
    for page in site.rglob("*.html"):
        raw = page.read_text("utf-8")
        assert "<script>alert" not in raw and "<img" not in raw and "<b>Post" not in raw


def test_an_empty_ledger_has_pages_that_say_so(tmp_path: Path) -> None:
    publish(tmp_path / "l.db", build([]))
    assert "No matters yet" in write(tmp_path / "l.db", tmp_path / "site").read_text("utf-8")


def test_pages_of_an_older_ledger_do_not_stay(ledger: Path, tmp_path: Path) -> None:
    site = write(ledger, tmp_path / "site").parent
    (site / "matter" / "x-0000.html").write_text("old")
    (site / "matter" / "mine.html").write_text("not ours")
    write(ledger, site)
    assert not (site / "matter" / "x-0000.html").exists()
    assert (site / "matter" / "mine.html").exists()


@pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's Chromium is not installed: apt install chromium")
def test_in_a_browser_nothing_is_asked_of_the_network_and_nothing_overflows(site: Path) -> None:
    from playwright.sync_api import sync_playwright

    kinds = ["index.html", "reports.html", "lineage.html", "skipped.html", "people.html"]
    kinds += [
        str(next((site / k).glob(p)).relative_to(site))
        for k, p in (("matter", "*.html"), ("report", "*.html"), ("who", "e-*.html"))
    ]
    troubles: list[str] = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(CHROMIUM))
        for width in (1280, 360):
            context = browser.new_context(offline=True, viewport={"width": width, "height": 800})
            page = context.new_page()
            page.on("request", lambda r: None if r.url.startswith(("file:", "data:")) else troubles.append(r.url))
            page.on("console", lambda m: troubles.append(m.text))
            page.on("pageerror", lambda e: troubles.append(str(e)))
            for kind in kinds:
                page.goto((site / kind).as_uri())
                assert page.evaluate("document.documentElement.scrollWidth") <= width, kind
                assert page.locator("h1").count() == 1, kind
            assert troubles == []
            context.close()
        browser.close()


@pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's Chromium is not installed: apt install chromium")
def test_a_highlight_leads_to_its_note(site: Path) -> None:
    from playwright.sync_api import sync_playwright

    largest = max((site / "report").glob("*.html"), key=lambda p: p.stat().st_size)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(CHROMIUM))
        page = browser.new_context(offline=True, viewport={"width": 1280, "height": 800}).new_page()
        page.goto(largest.as_uri())
        page.locator("a.said").first.click()
        assert page.locator(".note.on").count() == 1
        browser.close()
