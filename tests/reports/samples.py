"""Files of each format, made by the tests that read them."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from onrecord.reports import Reading, read

SAID = "The bridge at Kessa was shut on Monday, the mayor said, because of the flood that had come down the valley."
MORE = "Nobody was hurt, she said, and the school would open again on Wednesday with half of its pupils."


def page(text: str = SAID, head: str = "") -> bytes:
    """A page with an article."""
    return f"<html><head>{head}</head><body><article><p>{text}</p><p>{MORE}</p></article></body></html>".encode()


def feed(*items: str, head: str = "") -> bytes:
    """An RSS feed of items."""
    return f'<?xml version="1.0"?>{head}<rss version="2.0"><channel><title>Oskaran Herald</title>{"".join(items)}</channel></rss>'.encode()


def warc(pages: Mapping[str, bytes], kind: str = "text/html", packed: bool = True) -> bytes:
    """A WARC with a response a page."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    for url, body in pages.items():
        told = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
        writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=told))
    return out.getvalue()


def zipped(members: Mapping[str, bytes]) -> bytes:
    """A zip of members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as whole:
        for name, body in members.items():
            whole.writestr(name, body)
    return out.getvalue()


def tarred(*members: tarfile.TarInfo, body: bytes = b"") -> bytes:
    """A packed tar of members with one body."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as whole:
        for member in members:
            member.size = len(body) if member.isreg() else 0
            whole.addfile(member, io.BytesIO(body))
    return gzip.compress(out.getvalue())


def sheet(*rows: tuple[str, ...]) -> bytes:
    """An XLSX with one sheet of text cells."""
    cells = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row) + "</row>" for row in rows
    )
    made = f"<worksheet><sheetData>{cells}</sheetData></worksheet>"
    return zipped({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": made.encode()})


def document(*paragraphs: str, head: str = "") -> bytes:
    """A DOCX of paragraphs."""
    body = "".join(f"<w:p><w:r><w:t>{p}</w:t></w:r></w:p>" for p in paragraphs)
    made = f'{head}<w:document xmlns:w="urn:w"><w:body>{body}</w:body></w:document>'
    return zipped({"word/document.xml": made.encode()})


def portable(words: str) -> bytes:
    """A PDF of one page."""
    stream = f"BT /F1 12 Tf 20 700 Td ({words}) Tj ET".encode()
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    out, at = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        at.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in at)
    return out + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(out),
    )


def reading(folder: Path, **files: bytes) -> Reading:
    """What comes of files, whose names have "__" for their dots."""
    for name, body in files.items():
        (folder / name.replace("__", ".")).write_bytes(body)
    return read([str(folder)])


def reasons(found: Reading) -> str:
    """All reasons in one line."""
    return " | ".join(f"{s.path}: {s.reason}; {s.hint}" for s in found.skipped)
