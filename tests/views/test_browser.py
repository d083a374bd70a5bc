"""Every screen in a browser without a network: nothing asked of another machine, nothing cut, usable by keys and by ear."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bench.pictures import CHROMIUM, screens, served

from onrecord.views.report import write

pytestmark = pytest.mark.skipif(
    not Path(CHROMIUM).exists(), reason="Debian's Chromium is not installed: apt install chromium"
)
WIDTHS = (1280, 640, 360)  # 640 is a screen of 1280 at 200 % zoom


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Debian's Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        launched = play.chromium.launch(executable_path=CHROMIUM)
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def address(ledger: Path) -> Iterator[str]:
    """The example ledger, served."""
    with served(ledger) as found:
        yield found


@pytest.fixture(scope="module")
def site(ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example ledger as files."""
    return write(ledger, tmp_path_factory.mktemp("site")).parent


def watched(browser: Any, troubles: list[str], own: tuple[str, ...], **settings: Any) -> Any:
    """A page that takes down every request to elsewhere, every complaint and every error."""
    page = browser.new_context(reduced_motion="reduce", **settings).new_page()
    page.on("request", lambda r: None if r.url.startswith((*own, "data:")) else troubles.append(r.url))
    page.on("console", lambda m: troubles.append(m.text))
    page.on("pageerror", lambda e: troubles.append(str(e)))
    return page


def test_live_screens_ask_nothing_of_the_network_and_cut_nothing(browser: Any, address: str, ledger: Path) -> None:
    troubles: list[str] = []
    for width in WIDTHS:
        page = watched(browser, troubles, (address,), viewport={"width": width, "height": 800})
        for name, path in screens(ledger).items():
            page.goto(address + path)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
            assert page.locator("h1").count() == 1, name
            spilt = page.evaluate(SPILT)
            assert spilt == [], (name, width, spilt)
        page.context.close()
    assert troubles == []


# Words that stick out of the window and cannot be scrolled to.
SPILT = """() => [...document.querySelectorAll("main *")].filter((e) => {
  if (e.closest(".pan, svg, .unseen, thead") || !e.getClientRects().length) return false;
  const box = e.getBoundingClientRect();
  return box.right > innerWidth + 1 || (box.left < -1 && box.right > 0);
}).map((e) => e.outerHTML.slice(0, 90)).slice(0, 3)"""


def test_files_ask_nothing_of_the_network_and_cut_nothing(browser: Any, site: Path) -> None:
    files = [site / f"{n}.html" for n in ("index", "story", "matters", "reports", "people", "statements", "quantities", "events", "places", "lineage", "run", "skipped")]  # fmt: skip
    files += [max((site / kind).glob("*.html"), key=lambda p: p.stat().st_size) for kind in ("matter", "report", "who")]
    troubles: list[str] = []
    for width in WIDTHS:
        page = watched(browser, troubles, ("file:",), offline=True, viewport={"width": width, "height": 800})
        for file in files:
            page.goto(file.as_uri())
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (file.name, width)
            assert page.locator("h1").count() == 1, file.name
        page.context.close()
    assert troubles == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_screen_has_a_fault_of_access(browser: Any, address: str, ledger: Path, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = browser.new_context(color_scheme=scheme, viewport={"width": 1280, "height": 900}, bypass_csp=True).new_page()
    found = []
    for name, path in screens(ledger).items():
        page.goto(address + path)
        for fault in Axe().run(page).response["violations"]:
            found.append((name, fault["id"], fault["impact"], [n["html"][:120] for n in fault["nodes"][:3]]))
    assert found == []


def test_keys_lead_through_a_list_to_search_and_to_help(browser: Any, address: str) -> None:
    page = browser.new_context().new_page()
    page.goto(address + "/matters")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    first = page.locator("tr.item").first
    assert "here" in (first.get_attribute("class") or "")
    page.keyboard.press("Enter")
    page.wait_for_url("**/matter/*")
    page.keyboard.press("?")
    assert page.locator("dialog.keys").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("market j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=market+j")


def test_a_highlight_leads_to_its_note_and_a_span_is_marked(
    browser: Any, address: str, ledger: Path, site: Path
) -> None:
    path = screens(ledger)["reader"]
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.goto(address + path)
    page.locator("a.said").first.click()
    assert page.locator(".note.on").count() == 1
    block = page.locator("[data-start]").nth(3)
    start = int(block.get_attribute("data-start"))
    word = block.inner_text()[:12]
    for target in (
        f"{address}{path}?span={start}-{start + 12}",
        f"{(site / path[1:]).as_uri()}.html#span={start}-{start + 12}",
    ):
        page.goto(target)
        assert "".join(page.locator(".asked").all_inner_texts()) == word, target


def test_an_address_with_evidence_opens_it(browser: Any, address: str) -> None:
    page = browser.new_context().new_page()
    page.goto(address + "/lineage")
    page.locator(".tree small a").first.click()
    page.locator("details.pair[open]").wait_for()


def test_right_to_left_words_run_their_own_way(browser: Any, tmp_path: Path) -> None:
    from onrecord.ledger.store import publish
    from onrecord.pipeline import build
    from tests.conftest import report_of

    text = "قال المتحدث إن الجسر مفتوح.\n\nThe bridge is open, Hanne Lund said."
    publish(tmp_path / "l.db", build([report_of(text, outlet="صحيفة")]))
    site = write(tmp_path / "l.db", tmp_path / "site").parent
    page = browser.new_context(offline=True).new_page()
    page.goto(next((site / "report").glob("*.html")).as_uri())
    ways = page.eval_on_selector_all(".passage", "all => all.map((e) => getComputedStyle(e).direction)")
    assert ways == ["rtl", "ltr"]


def test_a_printed_page_has_no_menus_and_all_claims(browser: Any, address: str, ledger: Path) -> None:
    page = browser.new_context().new_page()
    page.goto(address + screens(ledger)["matter"])
    page.emulate_media(media="print")
    assert not page.locator(".top nav").is_visible() and not page.locator(".find").is_visible()
    claims = page.locator(".claim")
    assert claims.count() > 2 and all(claims.nth(k).is_visible() for k in range(claims.count()))
    assert page.pdf()[:5] == b"%PDF-"
