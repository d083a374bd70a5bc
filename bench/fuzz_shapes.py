"""What `bench/fuzz.py` starts from: for each reader, shapes of file, and inputs to pack into them.

Damage to a packed file seldom gets past its checksum. So the first byte of an input names a shape, and the rest is what
the shape packs: a part of a DOCX, the body of a record, what lies under gzip. Seeds come from the samples of the tests.
"""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import zipfile
from collections.abc import Callable
from typing import NamedTuple

from tests.reports.samples import MORE, SAID, document, feed, page, portable, sheet, tarred, warc, zipped


class Shape(NamedTuple):
    """An ending, what packs the bytes of an input into a file, and the inputs to start from."""

    suffix: str
    seeds: tuple[bytes, ...]
    pack: Callable[[bytes], bytes] = bytes


def _member(name: str, *beside: str) -> Callable[[bytes], bytes]:
    """Packs bytes as one part of a document, beside others that are empty."""
    return lambda raw: zipped({name: raw, **dict.fromkeys(beside, b"<x/>")})


def _part(whole: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(whole)) as parts:
        return parts.read(name)


STORY = {
    "text": SAID,
    "title": "Bridge shut",
    "date": "2024-03-05",
    "authors": ["L. Holm"],
    "url": "https://h.example/1",
}
ENTRY = f"<item><title>Shut</title><pubDate>Tue, 05 Mar 2024 10:00:00 +0200</pubDate><description>{SAID}</description></item>"
ATOM = f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>t</title><content type="html">&lt;p&gt;{SAID}</content></entry></feed>'
LETTER = f"From: Post <a@b.example>\nSubject: =?utf-8?q?Shut?=\nDate: Tue, 5 Mar 2024 10:00:00 +0200\nContent-Type: text/html; charset=utf-8\n\n<p>{SAID}"
PARTED = f'From: a@b.example\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n--x\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\nPHA+U2h1dA==\n--x\nContent-Type: text/plain\n\n{MORE}\n--x--\n'
TAR = gzip.decompress(tarred())
BOOK = "xl/workbook.xml"
SHEET = "xl/worksheets/sheet1.xml"
CELLS = sheet(("text", "date"), (SAID, "2024-03-05"))
STYLES = b'<s><numFmts><numFmt numFmtId="170" formatCode="yyyy"/></numFmts><cellXfs><xf numFmtId="14"/><xf numFmtId="170"/></cellXfs></s>'
DAYS = b'<worksheet><sheetData><row><c r="A1" t="inlineStr"><is><t>text</t></is></c><c r="C1" t="s"><v>0</v></c></row><row><c r="A2" t="inlineStr"><is><t>Shut.</t></is></c><c r="C2" s="1"><v>45356</v></c></row></sheetData></worksheet>'
HEAD = '<meta property="og:title" content="Shut"><script type="application/ld+json">{"datePublished": "2024-03-05", "author": [{"name": "L. Holm"}]}</script>'
CAPTURED = {"https://h.example/1": page()}
SHAPES: dict[str, tuple[Shape, ...]] = {
    "pdf": (
        Shape(".pdf", (portable(SAID), portable(""))),
        Shape(".pdf", (b"Shut.", b") Tj ET BT (on Monday) Tj"), lambda raw: portable(raw.decode("latin-1"))),
    ),
    "warc": (
        Shape(".warc", (warc(CAPTURED, packed=False), b"filedesc://a 192.0.2.1 20240305100000 text/plain 9\n1 0 x\n\n")),
        Shape(".warc.gz", (warc(CAPTURED, packed=False),), gzip.compress),
        Shape(".warc.gz", (warc(CAPTURED),)),
        Shape(".warc", (page(),), lambda raw: warc({"https://h.example/1": raw}, packed=False)),
    ),
    "packed": (
        Shape(".gz", (gzip.compress(page()), bz2.compress(page()), lzma.compress(page()))),
        Shape(".html.gz", (page(), gzip.compress(page())), gzip.compress),
    ),
    "office": (
        Shape(".docx", (document(SAID, MORE), CELLS)),
        Shape(".docx", (_part(document(SAID, MORE), "word/document.xml"),), _member("word/document.xml")),
        Shape(".docx", (b"<c><title>Shut</title></c>",), lambda raw: zipped({"word/document.xml": _part(document(SAID), "word/document.xml"), "docProps/core.xml": raw})),
        Shape(".xlsx", (_part(CELLS, SHEET), DAYS), _member(SHEET, BOOK)),
        Shape(".xlsx", (STYLES,), lambda raw: zipped({BOOK: b"<x/>", SHEET: DAYS, "xl/styles.xml": raw})),
        Shape(".xlsx", (b"<sst><si><t>da</t><t>te</t></si></sst>",), lambda raw: zipped({BOOK: b"<x/>", SHEET: DAYS, "xl/sharedStrings.xml": raw})),
    ),
    "archive": (
        Shape(".zip", (zipped({"in/a.html": page(), "b.txt": b"Shut.", "../c.txt": b"x"}),)),
        Shape(".tar", (TAR,)),
        Shape(".tgz", (TAR,), gzip.compress),
    ),
    "feed": (
        Shape(".rss", (feed(ENTRY), ATOM.encode(), feed("<item/>", head="<!DOCTYPE rss [<!ELEMENT a ANY>]>"))),
        Shape(".rss", (ENTRY.encode(),), lambda raw: feed(raw.decode("utf-8", "replace"))),
    ),
    "html": (Shape(".html", (page(), page(head=HEAD), b"<?xml version='1.0' encoding='big5'?>" + page())),),
    "mail": (
        Shape(".eml", (LETTER.encode(), PARTED.encode())),
        Shape(".mbox", (b"From a@b Tue Mar  5 10:00:00 2024\n" + LETTER.encode() + b"\n>From here\n",)),
        Shape(".mhtml", (PARTED.encode(),)),
    ),
    "rows": (
        Shape(".jsonl", (json.dumps(STORY).encode() + b"\n[{}]\n",)),
        Shape(".json", (json.dumps([STORY, 1]).encode(),)),
        Shape(".csv", (f"text;outlet\n{SAID};Post\n".encode(), b'text,date\n"a ""b""",2024\n')),
        Shape(".tsv", (b"text\tdate\na\t2024-03-05\n",)),
    ),
    "plain": (Shape(".txt", (SAID.encode(), "Ще раз.".encode("cp1251"), "Más".encode("utf-16"))),),
}  # fmt: skip


def packed(name: str, data: bytes) -> tuple[bytes, str]:
    """The file that an input stands for, and its ending."""
    shapes = SHAPES[name]
    shape = shapes[data[0] % len(shapes)] if data else shapes[0]
    return shape.pack(data[1:]), shape.suffix
