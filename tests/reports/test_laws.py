"""Laws that hold for any bytes: nothing is raised past a reader's edge, and every file is a report or a reason."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import UnreadableReport
from onrecord.pipeline import read_alone
from onrecord.records import Sheet
from onrecord.reports import READERS, Reading, read
from onrecord.text.encodings import decode
from onrecord.text.languages import language
from tests.reports.samples import document, feed, page, portable, sheet, warc, zipped

SUFFIXES = sorted({s for reader in READERS for s in reader.SUFFIXES} | {".warc.gz", ".tar.gz", ".xyz"})
TAGS = st.sampled_from(
    "<p> </p> <div> <script> </script> <!-- --> <td> <br> <a href=' &amp; &# <![CDATA[ ]]> <title> <meta".split()
)
MARKUP = st.lists(
    st.one_of(TAGS, st.text(max_size=20), st.just("The mayor said that the bridge was shut. " * 6)), max_size=30
).map(" ".join)
WHOLE = {
    ".rss": feed("<item><title>Bridge shut</title><description>It was said.</description></item>"),
    ".warc": warc({"http://h.example/": page()}, packed=False),
    ".warc.gz": warc({"http://h.example/": page()}),
    ".zip": zipped({"a.txt": b"The bridge is shut."}),
    ".docx": document("The bridge is shut."),
    ".xlsx": sheet(("text",), ("The bridge is shut.",)),
    ".pdf": portable("The bridge is shut."),
    ".eml": b"Subject: x\nContent-Type: text/html; charset=utf-8\n\n<p>The bridge is shut.</p>",
    ".mbox": b"From a@b Tue Mar  5 10:00:00 2024\nSubject: x\n\nThe bridge is shut.\n",
    ".html": page(),
}


def of(raw: bytes, suffix: str) -> Reading:
    """What comes of bytes under an ending."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / f"a{suffix}").write_bytes(raw)
        found = read([folder])
    assert found.reports or found.skipped
    for one in found.skipped:
        assert one.path
        assert one.reason
        assert one.hint
        one.reason.encode()
    for report in found.reports:
        assert report.text.strip()
        assert "\r" not in report.text
        report.text.encode()
    return found


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(SUFFIXES))
def test_any_bytes_are_a_report_or_a_reason(raw: bytes, suffix: str) -> None:
    of(raw, suffix)


@pytest.mark.parametrize("suffix", sorted(WHOLE))
@settings(max_examples=25, deadline=None)
@given(st.data())
def test_any_damage_is_a_report_or_a_reason(suffix: str, data: st.DataObject) -> None:
    raw = bytearray(WHOLE[suffix])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(raw)))
        raw[at : at + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=12))
    of(bytes(raw), suffix)


@settings(max_examples=80, deadline=None)
@given(MARKUP)
def test_any_markup_is_a_report_or_a_reason_and_its_rows_quote_it(markup: str) -> None:
    raw = f"<html><body>{markup}".encode("utf-8", "surrogatepass")
    for suffix in (".html", ".eml"):
        head = b"Content-Type: text/html; charset=utf-8\n\n" if suffix == ".eml" else b""
        for report in of(head + raw, suffix).reports:
            made = read_alone(report, "none")
            assert isinstance(made, Sheet), made
            for row in (*made.mentions, *made.quantities, *made.times, *made.places):
                assert report.text[row.start : row.end] == row.text


@settings(max_examples=60, deadline=None)
@given(st.lists(MARKUP, max_size=3))
def test_any_feed_is_reports_or_reasons(items: list[str]) -> None:
    body = (f"<item><title>{m[:30]}</title><description>{m}</description></item>" for m in items)
    of(feed(*body).decode("utf-8", "replace").encode("utf-8", "surrogatepass"), ".rss")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.binary(max_size=200), min_size=1, max_size=3), st.booleans())
def test_any_pages_in_a_warc_are_all_accounted_for(bodies: list[bytes], packed: bool) -> None:
    pages = {f"http://h.example/{k}": b"<html>" + body for k, body in enumerate(bodies)}
    found = of(warc(pages, packed=packed), ".warc.gz" if packed else ".warc")
    assert len(found.reports) + len(found.skipped) >= len(bodies)


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=300),
    st.one_of(st.none(), st.text(max_size=12), st.sampled_from(["utf-7", "big5", "cp1256", "idna", "rot13"])),
)
def test_decoding_gives_text_or_a_reason(raw: bytes, declared: str | None) -> None:
    try:
        made = decode(raw, "a", declared)
    except UnreadableReport as error:
        assert error.hint
    else:
        assert made.encoding


@given(st.text())
def test_a_language_is_told_of_any_text(text: str) -> None:
    assert language(text) is None or len(language(text) or "") in (2, 3)
