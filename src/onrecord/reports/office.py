"""DOCX and XLSX by the standard library: a bounded zip of XML that may declare no entity. A sheet is a table of reports."""

from __future__ import annotations

import io
import lzma
import re
import xml.etree.ElementTree as ET
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from onrecord.errors import OnrecordError, UnreadableReport
from onrecord.reports import rows
from onrecord.reports.draft import Draft
from onrecord.reports.limits import bounded, check_markup
from onrecord.reports.source import LARGEST_INSIDE, Source

SUFFIXES = (".docx", ".xlsx")
DOCUMENT, BOOK, STRINGS, ABOUT = "word/document.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "docProps/core.xml"
SHEET = re.compile(r"xl/worksheets/sheet([0-9]{1,9})\.xml")
AGAIN = "save it again from Word or Excel, or as .txt or .csv"
LARGEST_SHEET = 3 * LARGEST_INSIDE
MOST_ROWS = 100_000
MOST_COLUMNS = 500
CELL = re.compile(r"([A-Z]{1,3})\d+")
DAY_ZERO = 25569  # of 1970-01-01 in Excel's count of days
DATES = frozenset((14, 15, 16, 17, 22))  # the built-in number formats that are days (ECMA-376, 18.8.30)
DATE_CODE = re.compile(r"[yd]", re.I)
# ValueError and LookupError: offsets, names and encodings that no file has.
BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, ET.ParseError, LookupError, ValueError, NotImplementedError, RuntimeError,
    EOFError, OSError,
)  # fmt: skip


def knows(start: bytes, source: Source) -> bool:
    """A zip by its mark, and a document by its ending: the parts of one are no reports."""
    return start.startswith(b"PK\x03\x04") and source.suffix in SUFFIXES


def read(source: Source) -> Iterator[Draft | OnrecordError]:
    """One draft a document, one a row of a sheet.

    Raises:
        UnreadableReport: it is damaged, locked, unpacks to too much, or declares entities.
    """
    try:
        with source.stream() as stream, zipfile.ZipFile(stream) as parts:
            names = set(parts.namelist())
            if DOCUMENT in names:
                yield _document(parts, names, source)
            elif BOOK in names:
                yield from rows.drafts(_rows(parts, names, source.where), source, None)
            else:
                raise UnreadableReport("no Word or Excel file, whatever its name says", where=source.where, hint=AGAIN)
    except BROKEN as error:
        what = f"damaged, locked or no Word or Excel file: {str(error)[:100]}"
        raise UnreadableReport(what, where=source.where, hint=AGAIN) from error


def _part(parts: zipfile.ZipFile, name: str, where: str, most: int = LARGEST_INSIDE) -> bytes:
    """A part's bytes. No DTD is let through, so nothing can expand or reach outside."""
    with parts.open(name) as stream:
        raw = bounded(stream, most, f"{where}/{name}")
    if b"<!DOCTYPE" in raw or b"<!ENTITY" in raw or raw.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00", b"<\x00")):
        raise UnreadableReport("declares XML entities of its own, which are never expanded", where=where, hint=AGAIN)
    if name == DOCUMENT:
        check_markup(raw.decode("utf-8", "replace"), where)
    return raw


def _xml(parts: zipfile.ZipFile, name: str, where: str) -> ET.Element:
    return ET.fromstring(_part(parts, name, where))


def _each(parts: zipfile.ZipFile, name: str, tag: str, where: str) -> Iterator[ET.Element]:
    """The elements of one name, each forgotten before the next: a tree of a large sheet takes twenty times its size."""
    root: ET.Element | None = None
    for event, element in ET.iterparse(io.BytesIO(_part(parts, name, where, LARGEST_SHEET)), ("start", "end")):
        root = element if root is None else root
        if event == "end" and _local(element.tag) == tag:
            yield element
            element.clear()
            if len(holder := next((e for e in root if len(e)), root)) > 1000:
                holder.clear()


def _local(tag: Any) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _document(parts: zipfile.ZipFile, names: set[str], source: Source) -> Draft:
    """Paragraphs in order, tables cell by cell; what was struck out in tracked changes is not said any more."""
    tree = _xml(parts, DOCUMENT, source.where)
    paragraphs: list[list[str]] = [[]]
    for part in tree.iter():
        tag = _local(part.tag)
        if tag == "p":
            paragraphs.append([])
        elif tag == "t":
            paragraphs[-1].append(part.text or "")
        elif tag in ("tab", "br", "cr"):
            paragraphs[-1].append("\t" if tag == "tab" else "\n")
    text = "\n\n".join(line for p in paragraphs if (line := "".join(p).strip()))
    if not text:
        raise UnreadableReport("no text in the document", where=source.where, hint="a scan? give its text as .txt")
    title = _title(parts, source.where) if ABOUT in names else None
    return Draft(text, source.raw(), {"title": title} if title else {})


def _title(parts: zipfile.ZipFile, where: str) -> str | None:
    found = next((e for e in _xml(parts, ABOUT, where).iter() if _local(e.tag) == "title"), None)
    return (found.text or "").strip() or None if found is not None else None


def _rows(parts: zipfile.ZipFile, names: set[str], where: str) -> Iterator[rows.Row]:
    """The rows of each sheet under the names in its first one."""
    shared = _strings(parts, where) if STRINGS in names else []
    days = _day_styles(parts, where) if "xl/styles.xml" in names else frozenset()
    for name in sorted(filter(SHEET.fullmatch, names), key=lambda n: int(SHEET.fullmatch(n)[1])):  # type: ignore[index]
        head: dict[int, str] | None = None
        for number, row in enumerate(_each(parts, name, "row", where), 1):
            if number > MOST_ROWS:
                yield number, f"a sheet of more than {MOST_ROWS:,} rows, the rest of which is not read"
                break
            cells = _cells(row, shared, days)
            if head is None:
                head = cells or None
            elif cells:
                yield number, {head[k]: cells[k] for k in sorted(cells) if k in head}


def _cells(row: ET.Element, shared: list[str], days: frozenset[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for place, cell in enumerate(row):
        match = CELL.fullmatch(cell.get("r") or "")
        column = _column(match[1]) if match else place
        if column < MOST_COLUMNS and (value := _value(cell, shared, days)):
            found[column] = value.strip()
    return found


def _column(letters: str) -> int:
    """Zero for A, 26 for AA."""
    count = 0
    for letter in letters:
        count = count * 26 + ord(letter) - 64
    return count - 1


def _value(cell: ET.Element, shared: list[str], days: frozenset[int]) -> str | None:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _said(cell)
    held = next((e.text for e in cell if _local(e.tag) == "v"), None) or ""
    if kind == "s":
        return shared[number] if (number := _number(held)) is not None and number < len(shared) else None
    if kind == "n" and _number(cell.get("s") or "0") in days:
        return _day(held)
    return held


def _number(told: str | None) -> int | None:
    """A count from 0; None for what is none, or longer than any."""
    return int(told) if told and len(told) < 9 and told.isascii() and told.isdigit() else None


def _day(held: str) -> str | None:
    from datetime import UTC, datetime

    try:
        moment = datetime.fromtimestamp(round((float(held) - DAY_ZERO) * 86400), UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return moment.date().isoformat() if float(held).is_integer() else moment.isoformat()[:16]


def _strings(parts: zipfile.ZipFile, where: str) -> list[str]:
    return [_said(element) for element in _each(parts, STRINGS, "si", where)]


def _said(holder: ET.Element) -> str:
    return "".join(e.text or "" for e in holder.iter() if _local(e.tag) == "t")


def _day_styles(parts: zipfile.ZipFile, where: str) -> frozenset[int]:
    """Numbers of the cell styles that show a number as a day."""
    tree = _xml(parts, "xl/styles.xml", where)
    own = {e.get("numFmtId"): e.get("formatCode", "") for e in tree.iter() if _local(e.tag) == "numFmt"}
    styles = next((e for e in tree.iter() if _local(e.tag) == "cellXfs"), ())
    codes = [style.get("numFmtId") or "0" for style in styles]
    return frozenset(k for k, code in enumerate(codes) if _number(code) in DATES or _is_day(own.get(code, "")))


def _is_day(shape: str) -> bool:
    """Whether a format of a sheet's own shows a day, whatever it quotes."""
    return bool(DATE_CODE.search(re.sub(r'"[^"]*"|\[[^\]]*\]', "", shape)))
