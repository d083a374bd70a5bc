"""What other tools leave on a disk: whole rows of their JSON, as they write it, and pages with their folder beside them."""

from __future__ import annotations

import io
import json
import tarfile
from pathlib import Path

import pytest

from onrecord.reports import read
from tests.reports.samples import MORE, SAID, page, reading, zipped

URL = "https://herald.example/1"
NEWS_PLEASE = {
    "authors": ["L. Holm", "A. Vel"], "date_download": "2024-04-01 08:00:00+00:00", "date_modify": None,
    "date_publish": "2024-03-05 10:00:00+00:00", "description": "Flood.", "filename": "1.html.json", "image_url": None,
    "language": "en", "localpath": None, "title": "Bridge shut", "title_page": "Bridge shut - Herald", "title_rss": None,
    "source_domain": "herald.example", "maintext": f"{SAID}\n{MORE}", "url": URL,
}  # fmt: skip
NEWSPAPER4K = {
    "url": URL, "read_more_link": "", "language": "en", "title": "Bridge shut", "top_image": "", "meta_img": "",
    "images": [], "movies": [], "keywords": [], "keyword_scores": {}, "meta_keywords": [""], "tags": None,
    "authors": ["L. Holm", "A. Vel"], "publish_date": "2024-03-05T10:00:00+00:00", "summary": "Flood.",
    "meta_description": "", "meta_lang": "en", "meta_favicon": "", "meta_site_name": "Oskaran Herald",
    "canonical_link": "https://herald.example/canonical", "text": f"{SAID}\n{MORE}",
}  # fmt: skip
TRAFILATURA = {
    "title": "Bridge shut", "author": "L. Holm; A. Vel", "hostname": "herald.example", "date": "2024-03-05",
    "fingerprint": "3e7c894c3837ba66", "id": None, "license": None, "comments": "", "raw_text": f"{SAID} {MORE}",
    "text": f"{SAID}\n{MORE}", "language": None, "image": None, "pagetype": None, "filedate": "2024-04-01",
    "source": URL, "source-hostname": "Oskaran Herald", "excerpt": None, "categories": "", "tags": "",
}  # fmt: skip


@pytest.mark.parametrize(
    ("row", "outlet", "byline", "day", "why"),
    [
        (NEWS_PLEASE, "herald.example", "L. Holm, A. Vel", "2024-03-05T10:00:00+00:00", "column date_publish"),
        (NEWSPAPER4K, "Oskaran Herald", "L. Holm, A. Vel", "2024-03-05T10:00:00+00:00", "column publish_date"),
        (TRAFILATURA, "Oskaran Herald", "L. Holm; A. Vel", "2024-03-05", "column date"),
    ],
    ids=["news-please", "newspaper4k", "trafilatura"],
)
@pytest.mark.parametrize("ending", ["json", "jsonl"])
def test_a_whole_row_keeps_what_its_tool_found(
    tmp_path: Path, ending: str, row: dict[str, object], outlet: str, byline: str, day: str, why: str
) -> None:
    whole = json.dumps(row, indent=4 if ending == "json" else None, ensure_ascii=False).encode()
    found = reading(tmp_path, **{f"a__{ending}": whole})
    (one,) = found.reports
    assert not found.skipped
    assert (one.text, one.title, one.url) == (f"{SAID}\n{MORE}", "Bridge shut", URL)
    assert (one.outlet, one.byline, one.published, one.published_why) == (outlet, byline, day, why)


def test_what_trafilatura_writes_here_is_read(tmp_path: Path) -> None:
    import trafilatura

    head = '<title>Bridge shut</title><meta property="og:site_name" content="Herald">'
    made = trafilatura.extract(page(head=head).decode(), url=URL, output_format="json", with_metadata=True)
    (one,) = reading(tmp_path, a__json=made.encode()).reports
    assert (one.text, one.title, one.outlet, one.url) == (f"{SAID}\n{MORE}", "Bridge shut", "Herald", URL)


def test_a_tool_that_found_no_text_costs_its_row(tmp_path: Path) -> None:
    rows = [{**NEWS_PLEASE, "maintext": None}, {**NEWSPAPER4K, "text": ""}, {**TRAFILATURA, "text": "", "raw_text": ""}]
    found = reading(tmp_path, a__json=json.dumps(rows).encode())
    assert not found.reports
    assert ["no text" in s.reason for s in found.skipped] == [True] * 3


@pytest.mark.parametrize("ending", ["html", "htm", "xhtml"])
@pytest.mark.parametrize("beside", ["_files", ".files", "-Dateien", "_fichiers", "_archivos", "-filer", "_bestanden"])
def test_a_saved_page_is_one_report_whatever_lies_beside_it(tmp_path: Path, beside: str, ending: str) -> None:
    (tmp_path / f"page.{ending}").write_bytes(page())
    folder = tmp_path / f"page{beside}" / "deeper"
    folder.mkdir(parents=True)
    for name in ("frame.html", "style.css", "data.json"):
        (folder / name).write_bytes(page("An advertisement said to be read by nobody at all."))
    found = read([str(tmp_path)])
    assert [r.path for r in found.reports] == [f"page.{ending}"]
    assert not found.skipped


def test_a_folder_named_so_without_its_page_is_read(tmp_path: Path) -> None:
    (tmp_path / "page_files").mkdir()
    (tmp_path / "page_files" / "a.html").write_bytes(page())
    (tmp_path / "page.txt").write_text(MORE)
    assert sorted(r.path or "" for r in read([str(tmp_path)]).reports) == ["page.txt", "page_files/a.html"]


def test_a_manifest_tells_of_a_saved_page_and_needs_not_name_its_folder(tmp_path: Path) -> None:
    (tmp_path / "manifest.csv").write_text("file,outlet,published\npage.html,Oskaran Herald,2024-03-05\n")
    (tmp_path / "page.html").write_bytes(page())
    (tmp_path / "page_files").mkdir()
    (tmp_path / "page_files" / "ad.js").write_text("x()")
    found = read([str(tmp_path)])
    assert [(r.outlet, r.published) for r in found.reports] == [("Oskaran Herald", "2024-03-05")]
    assert not found.skipped


def test_saved_pages_in_a_zip_are_read_as_in_a_folder(tmp_path: Path) -> None:
    members = {"in/page.html": page(), "in/page_files/frame.html": page("Buy."), "in/page_files/a/ad.js": b"x()"}
    found = reading(tmp_path, a__zip=zipped({**members, "in/other_files/b.html": page("Others said so. " * 9)}))
    assert sorted(r.path or "" for r in found.reports) == ["a.zip/in/other_files/b.html", "a.zip/in/page.html"]
    assert not found.skipped


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("packing", ["", "gz"])
def test_saved_pages_in_a_tar_are_read_as_in_a_folder_in_whatever_order_they_lie(
    tmp_path: Path, turned: bool, packing: str
) -> None:
    members = {
        "./in/page.html": page(),
        "./in/page_files/frame.html": page("Buy."),
        "./in/page_files/a/ad.js": b"x()",
        "./in/other_files/b.html": page("Others said so. " * 9),
    }
    with tarfile.open(tmp_path / "a.tar", f"w:{packing}") as whole:
        for name, body in sorted(members.items(), reverse=turned):
            member = tarfile.TarInfo(name)
            member.size = len(body)
            whole.addfile(member, io.BytesIO(body))
    found = read([str(tmp_path)])
    assert sorted(r.path or "" for r in found.reports) == ["a.tar/./in/other_files/b.html", "a.tar/./in/page.html"]
    assert not found.skipped
