"""Laws for PDF, DOCX, XLSX, mail and tables: any bytes inside a whole container, and samples with damage in them.

Damage to a packed file seldom gets past its checksum, so here the container is made whole around what is damaged.
"""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import OnrecordError
from onrecord.pipeline import read_alone
from onrecord.records import Sheet
from onrecord.reports import Reading, mail, office, pdf, rows
from onrecord.reports.draft import Draft, report
from onrecord.reports.source import Source
from tests.reports.samples import MORE, SAID, document, portable, sheet, zipped
from tests.reports.test_laws import of

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
# As much of XML as a cell or a paragraph may hold: no control characters, no markup.
PRINTED = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn"], exclude_characters="<>&"), min_size=1, max_size=80
)
BOOK, SHEET = "xl/workbook.xml", "xl/worksheets/sheet1.xml"
TABLE = b'<worksheet><sheetData><row><c r="A1" t="inlineStr"><is><t>text</t></is></c><c r="B1" t="s"><v>0</v></c></row><row><c r="A2" t="inlineStr"><is><t>Shut.</t></is></c><c r="B2" s="1"><v>45356</v></c></row></sheetData></worksheet>'
PARAGRAPH = f'<w:document xmlns:w="urn:w"><w:body><w:p><w:r><w:t>{SAID}</w:t><w:tab/></w:r></w:p></w:body></w:document>'.encode()
PARTS = {
    "word/document.xml": PARAGRAPH,
    SHEET: TABLE,
    "xl/sharedStrings.xml": b"<sst><si><t>da</t><t>te</t></si></sst>",
    "xl/styles.xml": b'<s><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></s>',
}
LETTER = f"From: Post <a@b.example>\nSubject: =?utf-8?q?Shut?=\nDate: Tue, 5 Mar 2024 10:00:00 +0200\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\nU2h1dC4=\n--x\nContent-Type: text/html\n\n<p>{SAID}\n--x--\n".encode()
TABLES = {
    ".json": json.dumps([{"text": SAID, "date": "2024-03-05", "authors": [{"name": "L. Holm"}]}, 1, []]).encode(),
    ".jsonl": json.dumps({"text": SAID, "title": None, "url": "https://h.example/1"}).encode() + b"\n[{}]\n{\n",
    ".csv": f'text;outlet\n"{SAID}";Post\n'.encode(),
    ".tsv": b"text\tdate\nShut.\t2024-03-05\n",
}


@st.composite
def damaged(draw: st.DrawFn, whole: bytes) -> bytes:
    """A sample with one to four stretches of it replaced."""
    raw = bytearray(whole)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(raw)))
        raw[at : at + draw(st.integers(0, 30))] = draw(st.binary(max_size=12))
    return bytes(raw)


def alone(reader: object, raw: bytes, suffix: str) -> None:
    """A reader without the catch-all around it: what it raises is one of our errors, and so is what a draft raises."""
    source = Source(where=f"a{suffix}", suffix=suffix, held=raw)
    try:
        for item in reader.read(source):  # type: ignore[attr-defined]
            if isinstance(item, Draft):
                report(item, None, source.where)
    except OnrecordError as error:
        assert error.hint


def quoted(found: Reading) -> None:
    """Every row that the rules find in a report is a slice of its text."""
    for one in found.reports:
        made = read_alone(one, "none")
        assert isinstance(made, Sheet), made
        for row in (*made.mentions, *made.quantities, *made.times, *made.places):
            assert one.text[row.start : row.end] == row.text


def packed(part: str, raw: bytes) -> tuple[bytes, str]:
    """A document whose one part is these bytes, its others whole."""
    if part.startswith("word/"):
        return zipped({part: raw}), ".docx"
    return zipped({BOOK: b"<workbook/>", **{p: b for p, b in PARTS.items() if p.startswith("xl/")}, part: raw}), ".xlsx"


@pytest.mark.parametrize("part", sorted(PARTS))
@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_part_of_a_document_is_read_or_refused(part: str, data: st.DataObject) -> None:
    alone(office, *packed(part, data.draw(st.one_of(st.binary(max_size=200), damaged(PARTS[part])))))


@settings(max_examples=40, deadline=None)
@given(st.lists(PRINTED, min_size=1, max_size=4))
def test_a_word_file_gives_its_paragraphs_as_they_stand(paragraphs: list[str]) -> None:
    kept = [line for p in paragraphs if (line := p.strip())]
    found = of(document(*paragraphs), ".docx")
    assert [r.text for r in found.reports] == (["\n\n".join(kept)] if kept else [])
    quoted(found)


@settings(max_examples=40, deadline=None)
@given(st.lists(PRINTED, min_size=1, max_size=4))
def test_a_sheet_accounts_for_every_row(cells: list[str]) -> None:
    told = [cell.strip() for cell in cells]
    found = of(sheet(("text", "outlet"), *((cell, f"Post {k}") for k, cell in enumerate(cells))), ".xlsx")
    assert sorted(r.text for r in found.reports) == sorted(filter(None, told))
    assert len(found.reports) + len(found.skipped) == len(cells)
    quoted(found)


@settings(max_examples=50, deadline=None)
@given(st.one_of(damaged(portable(SAID)), WORDS.map(portable)))
def test_any_page_of_a_pdf_is_read_or_refused(raw: bytes) -> None:
    pytest.importorskip("pypdf")
    alone(pdf, raw, ".pdf")
    quoted(of(raw, ".pdf"))


@settings(max_examples=100, deadline=None)
@given(damaged(LETTER), st.sampled_from([".eml", ".mhtml"]))
def test_any_damage_to_a_letter_is_read_or_refused(raw: bytes, suffix: str) -> None:
    alone(mail, raw, suffix)


@settings(max_examples=40, deadline=None)
@given(
    st.binary(max_size=200),
    st.sampled_from(["base64", "quoted-printable", "x-uuencode", "7bit", "?"]),
    st.text(max_size=8),
)
def test_any_body_of_a_letter_is_read_or_refused_and_its_rows_quote_it(body: bytes, packing: str, charset: str) -> None:
    head = f'Subject: x\nContent-Type: text/plain; charset="{charset}"\nContent-Transfer-Encoding: {packing}\n\n'
    raw = head.encode("utf-8", "replace") + body + f"\n{SAID}\n{MORE}\n".encode()
    alone(mail, raw, ".eml")
    quoted(of(raw, ".eml"))


@pytest.mark.parametrize("suffix", sorted(TABLES))
@settings(max_examples=100, deadline=None)
@given(st.data())
def test_any_damage_to_a_table_is_read_or_refused(suffix: str, data: st.DataObject) -> None:
    alone(rows, data.draw(damaged(TABLES[suffix])), suffix)


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=12)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=6), inner, max_size=3)),
    max_leaves=6,
)
COLUMNS = st.sampled_from(["text", "maintext", "title", "date", "url", "source", "authors", "language", "é", ""])


@settings(max_examples=100, deadline=None)
@given(st.lists(st.dictionaries(COLUMNS, JSON, max_size=6), min_size=1, max_size=4))
def test_any_objects_are_all_accounted_for(objects: list[dict[str, object]]) -> None:
    found = of("\n".join(map(json.dumps, objects)).encode(), ".jsonl")
    assert len(found.reports) + len(found.skipped) == len(objects)
    alone(rows, json.dumps(objects).encode(), ".json")


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=4))
def test_a_table_gives_its_cells_as_they_stand(cells: list[str]) -> None:
    made = io.StringIO(newline="")
    csv.writer(made).writerows([["text", "outlet"], *([cell, f"Post {k}"] for k, cell in enumerate(cells))])
    found = of(made.getvalue().encode(), ".csv")
    plain = [cell.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n") for cell in cells]
    assert sorted(r.text for r in found.reports) == sorted(c.removeprefix("\ufeff") for c in plain if c.strip())
    assert len(found.reports) + len(found.skipped) == len(cells)
