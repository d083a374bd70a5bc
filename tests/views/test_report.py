"""The files: escaped, complete, linked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from onrecord.ledger.store import publish
from onrecord.pipeline import build
from onrecord.views.report import write
from tests.conftest import report_of


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
