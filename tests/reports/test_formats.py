"""Each format: what comes in, with its facts; what is broken costs itself only."""

from __future__ import annotations

import gzip
import io
import json
import sys
from pathlib import Path

import pytest

from onrecord.reports import read
from onrecord.reports.warc import GZIP
from tests.reports.samples import MORE, SAID, document, feed, page, portable, reading, reasons, sheet, warc, zipped

ITEM = f"<item><title>Bridge shut</title><link>https://herald.example/1</link><pubDate>Tue, 05 Mar 2024 10:00:00 +0200</pubDate><description>&lt;p&gt;{SAID}&lt;/p&gt;&lt;p&gt;{MORE}&lt;/p&gt;</description></item>"


def test_a_feed_gives_a_report_an_entry(tmp_path: Path) -> None:
    found = reading(tmp_path, a__rss=feed(ITEM, "<item><title>Only a headline</title></item>", "<item/>"))
    one = next(r for r in found.reports if r.title == "Bridge shut")
    assert (one.text, one.outlet, one.url) == (f"{SAID}\n\n{MORE}", "Oskaran Herald", "https://herald.example/1")
    assert (one.published, one.published_why) == ("2024-03-05T10:00:00+02:00", "feed published")
    assert any(r.text == "Only a headline" for r in found.reports)
    assert "a.rss:3: an entry without text or title" in reasons(found)


def test_atom_carries_its_outlet_and_author(tmp_path: Path) -> None:
    atom = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Border Post</title><entry><title>t</title><author><name>L. Holm</name></author><updated>2024-03-05T10:00:00Z</updated><content type="html">&lt;p&gt;{SAID}</content><summary>short</summary></entry></feed>'
    (one,) = reading(tmp_path, a__atom=atom.encode()).reports
    assert (one.text, one.outlet, one.byline, one.published_why) == (SAID, "Border Post", "L. Holm", "feed updated")


def test_xml_that_is_no_feed_and_a_feed_without_entries_are_told_apart(tmp_path: Path) -> None:
    told = reasons(reading(tmp_path, a__xml=b"<urlset><url/></urlset>", b__xml=feed()))
    assert "XML, but no feed" in told
    assert "a feed without entries" in told


@pytest.mark.parametrize("packed", [True, False])
def test_a_warc_gives_a_report_a_page(tmp_path: Path, packed: bool) -> None:
    pages = {f"https://herald.example/{k}": page(f"Story {k}. {SAID}") for k in range(3)}
    name = "a__warc__gz" if packed else "a__warc"
    found = reading(tmp_path, **{name: warc(pages, packed=packed)})
    assert {r.url for r in found.reports} == set(pages)
    assert not found.skipped


@pytest.mark.parametrize("at", [10, 20, 40, 200])
def test_a_broken_record_costs_no_neighbour(tmp_path: Path, at: int) -> None:
    parts = [warc({f"https://herald.example/{k}": page(f"Story {k}. {SAID}")}) for k in range(3)]
    broken = bytearray(parts[1])
    broken[at : at + 20] = b"\xff" * 20
    found = reading(tmp_path, a__warc__gz=parts[0] + bytes(broken) + parts[2])
    assert {r.url for r in found.reports} == {"https://herald.example/0", "https://herald.example/2"}
    assert f"a.warc.gz@{len(parts[0])}: a broken record" in reasons(found)


def test_a_record_that_does_not_unpack_is_not_taken_for_one_of_arc(tmp_path: Path) -> None:
    parts = [warc({f"https://herald.example/{k}": page(f"Story {k}. {SAID}")}) for k in range(2)]
    broken = GZIP + bytes(7) + b"\xff http://herald.example/9 192.0.2.1 20240305100000 text/html 90000\n"
    found = reading(tmp_path, a__warc__gz=parts[0] + broken + parts[1])
    assert {r.url for r in found.reports} == {"https://herald.example/0", "https://herald.example/1"}
    assert "a broken record: it does not unpack" in reasons(found)


def test_a_warc_cut_short_keeps_what_comes_before_the_cut(tmp_path: Path) -> None:
    parts = [warc({f"https://herald.example/{k}": page(f"Story {k}. {SAID}")}, packed=False) for k in range(2)]
    found = reading(tmp_path, a__warc=parts[0] + parts[1][:-200])
    assert [r.url for r in found.reports] == ["https://herald.example/0"]
    assert "cut off" in reasons(found)


def test_a_wrong_length_swallows_no_record(tmp_path: Path) -> None:
    whole = warc({f"https://herald.example/{k}": page(f"Story {k}. {SAID}") for k in range(3)}, packed=False)
    length = whole[whole.index(b"Content-Length: ") :].split(b"\r\n")[0]
    found = reading(tmp_path, a__warc=whole.replace(length, b"Content-Length: 99999999", 1))
    assert len(found.reports) == 3
    assert "its length is wrong" in reasons(found)


def test_a_warc_packed_in_one_piece_is_read(tmp_path: Path) -> None:
    whole = warc({f"https://herald.example/{k}": page(f"Story {k}. {SAID}") for k in range(3)}, packed=False)
    assert len(reading(tmp_path, a__warc__gz=gzip.compress(whole)).reports) == 3


def test_captures_that_are_no_pages_are_counted(tmp_path: Path) -> None:
    body = warc({"https://herald.example/a.png": b"\x89PNG"}, kind="image/png")
    assert "left out: 1 image/png" in reasons(reading(tmp_path, a__warc__gz=body))


LETTER = f"From: Border Post <news@post.example>\nSubject: =?utf-8?q?Bridge_shut_=E2=80=93_again?=\nDate: Tue, 5 Mar 2024 10:00:00 +0200\nContent-Type: text/html; charset=utf-8\n\n<p>{SAID}</p><p>{MORE}</p>\n"


def test_a_newsletter_is_read_with_its_sender_and_day(tmp_path: Path) -> None:
    (one,) = reading(tmp_path, a__eml=LETTER.encode()).reports
    assert (one.text, one.outlet, one.title) == (f"{SAID}\n\n{MORE}", "Border Post", "Bridge shut – again")
    assert (one.published, one.published_why) == ("2024-03-05T10:00:00+02:00", "mail Date")


def test_words_before_the_first_mail_of_an_mbox_are_told_not_lost(tmp_path: Path) -> None:
    box = "Kept by the night desk.\n\n" + "\n\n".join(
        f"From a@b Tue Mar  5 10:00:00 2024\n{LETTER}{k}" for k in range(2)
    )
    odd = f"From a@b Tue Mar  5 10:00:00 2024\n\nNo head here.\n\nFrom a@b Tue Mar  5 10:00:00 2024\n{LETTER}"
    found = reading(tmp_path, a__mbox=box.encode(), b__mbox=odd.encode())
    assert sorted(r.path or "" for r in found.reports) == ["a.mbox/1", "a.mbox/2", "b.mbox/1"]
    assert [s.path.rsplit("/", 2)[1:] for s in found.skipped] == [["a.mbox", "0"], ["b.mbox", "0"]]
    assert {(s.reason, s.hint) for s in found.skipped} == {
        ("words before the first mail, which belong to no mail", "save them as .txt, if they are a report")
    }


def test_an_mbox_gives_a_report_a_mail(tmp_path: Path) -> None:
    box = "".join(f"From a@b.example Tue Mar  5 10:00:00 2024\n{LETTER}>From here {k}.\n\n" for k in range(3))
    found = reading(tmp_path, a__mbox=box.encode())
    assert sorted(r.path or "" for r in found.reports) == ["a.mbox/1", "a.mbox/2", "a.mbox/3"]
    assert all("\n\nFrom here" in r.text or "From here" in r.text for r in found.reports)


def test_a_page_saved_as_one_file_is_read(tmp_path: Path) -> None:
    head = "From: <Saved by a browser>\nSnapshot-Content-Location: https://herald.example/1\nMIME-Version: 1.0\n"
    body = page().decode()
    saved = f'{head}Content-Type: multipart/related; boundary="x"\n\n--x\nContent-Type: text/html\n\n{body}\n--x--\n'
    (one,) = reading(tmp_path, a__mhtml=saved.encode()).reports
    assert (one.url, one.text.startswith(SAID)) == ("https://herald.example/1", True)


def test_what_a_browser_puts_beside_a_saved_page_is_part_of_it(tmp_path: Path) -> None:
    (tmp_path / "Bridge shut.html").write_bytes(page())
    for folder in ("Bridge shut_files", "other_files"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "ad.js").write_text("x()")
    found = read([str(tmp_path)])
    assert len(found.reports) == 1
    assert [s.path.endswith("other_files/ad.js") for s in found.skipped] == [True]


def test_a_pdf_is_read_where_its_reader_is_installed(tmp_path: Path) -> None:
    pytest.importorskip("pypdf")
    (one,) = reading(tmp_path, a__pdf=portable("The mayor said the bridge was shut.")).reports
    assert one.text == "The mayor said the bridge was shut."


def test_a_pdf_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    assert "pip install 'onrecord[docs]'" in reasons(reading(tmp_path, a__pdf=portable("x")))


def test_a_pdf_without_words_says_so(tmp_path: Path) -> None:
    pytest.importorskip("pypdf")
    assert "without a text layer" in reasons(reading(tmp_path, a__pdf=portable("")))


def test_a_word_file_is_read(tmp_path: Path) -> None:
    (one,) = reading(tmp_path, a__docx=document(SAID, MORE)).reports
    assert one.text == f"{SAID}\n\n{MORE}"


def test_a_sheet_is_a_table_of_reports(tmp_path: Path) -> None:
    rows = (("text", "outlet", "date"), (SAID, "Border Post", "2024-03-05"), ("", "nobody", ""))
    found = reading(tmp_path, a__xlsx=sheet(*rows))
    assert [(r.text, r.outlet, r.published) for r in found.reports] == [(SAID, "Border Post", "2024-03-05")]
    assert "a.xlsx:3: no text" in reasons(found)


def test_days_in_a_sheet_are_days(tmp_path: Path) -> None:
    made = '<worksheet><sheetData><row><c r="A1" t="inlineStr"><is><t>text</t></is></c><c r="C1" t="s"><v>0</v></c></row><row><c r="A2" t="inlineStr"><is><t>Shut.</t></is></c><c r="C2" s="1"><v>45356</v></c></row></sheetData></worksheet>'
    parts = {
        "xl/workbook.xml": b"<workbook/>",
        "xl/worksheets/sheet1.xml": made.encode(),
        "xl/sharedStrings.xml": b"<sst><si><t>da</t><t>te</t></si></sst>",
        "xl/styles.xml": b'<s><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></s>',
    }
    (one,) = reading(tmp_path, a__xlsx=zipped(parts)).reports
    assert one.published == "2024-03-05"


def test_an_archive_gives_what_lies_in_it(tmp_path: Path) -> None:
    body = zipped({"in/a.html": page(), "in/b.txt": b"Shut.", ".hidden": b"x", "c.png": b"\x89PNG"})
    found = reading(tmp_path, a__zip=body)
    assert sorted(r.path or "" for r in found.reports) == ["a.zip/in/a.html", "a.zip/in/b.txt"]
    assert "a.zip/c.png: no reader for .png" in reasons(found)


def test_a_packed_page_is_read(tmp_path: Path) -> None:
    (one,) = reading(tmp_path, a__html__gz=gzip.compress(page())).reports
    assert one.path == "a.html.gz/a.html"


@pytest.mark.parametrize(
    ("row", "outlet", "url", "day"),
    [
        ({"maintext": SAID, "source_domain": "herald.example", "url": "https://herald.example/1", "date_publish": "2024-03-05 10:00:00"}, "herald.example", "https://herald.example/1", "2024-03-05T10:00:00"),
        ({"text": SAID, "source": "https://herald.example/1", "source-hostname": "Herald", "date": "2024-03-05", "hostname": "herald.example"}, "Herald", "https://herald.example/1", "2024-03-05"),
        ({"text": SAID, "publish_date": "2024-03-05T10:00:00", "authors": ["L. Holm"], "canonical_link": "https://herald.example/1", "meta_lang": "en"}, None, "https://herald.example/1", "2024-03-05T10:00:00"),
    ],
    ids=["news-please", "trafilatura", "newspaper4k"],
)  # fmt: skip
def test_rows_of_other_tools(tmp_path: Path, row: dict[str, object], outlet: str, url: str, day: str) -> None:
    (one,) = reading(tmp_path, a__json=json.dumps(row).encode()).reports
    assert (one.text, one.outlet, one.url, one.published) == (SAID, outlet, url, day)


def test_a_table_parted_by_semicolons_is_read(tmp_path: Path) -> None:
    (one,) = reading(tmp_path, a__csv=b"text;outlet\nThe bridge, he said, is shut.;Post\n").reports
    assert (one.text, one.outlet) == ("The bridge, he said, is shut.", "Post")


def test_many_bad_rows_are_summed_up(tmp_path: Path) -> None:
    found = reading(tmp_path, a__jsonl=b'{"text": "Shut."}\n' + b"{}\n" * 100)
    assert len(found.reports) == 1
    assert len(found.skipped) == 21
    assert "80 more of 101 rows" in reasons(found)


def test_bytes_are_believed_before_the_ending(tmp_path: Path) -> None:
    found = reading(tmp_path, a__xml=page(), b__html=feed(ITEM))
    assert sorted(r.text.split("\n")[0] for r in found.reports) == [SAID, SAID]


def test_standard_input_may_be_a_feed() -> None:
    (one,) = read(["-"], stdin=io.BytesIO(page())).reports
    assert one.text.startswith(SAID)


def test_many_comments_before_a_page_take_no_time(tmp_path: Path) -> None:
    import time

    began = time.process_time()
    found = reading(tmp_path, a__html=b"<!---->" * 12_000 + page(), b__mhtml=b"<!---->" * 12_000)
    assert time.process_time() - began < 5
    assert len(found.reports) + len(found.skipped) == 2
