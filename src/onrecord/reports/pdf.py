"""PDF, by pypdf, which comes with the extra [docs]: the text layer, page by page."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

from onrecord.errors import UnreadableReport
from onrecord.reports.draft import LARGEST_TEXT, Draft
from onrecord.reports.source import Source

SUFFIXES = (".pdf",)
MARK = b"%PDF-"
MOST_PAGES = 2_000
LARGEST_PDF = 100_000_000
AS_TEXT = "give its text as .txt"


def knows(start: bytes, source: Source) -> bool:
    """The mark, which may stand behind some bytes of white space or rubbish."""
    return start.lstrip()[: len(MARK)] == MARK or (source.suffix == ".pdf" and MARK in start)


def read(source: Source) -> Iterator[Draft]:
    """One draft: the words of all its pages, a blank line between pages. Words cut at line ends stay cut.

    Raises:
        UnreadableReport: pypdf is not installed, or the file is locked, broken, or a scan without words.
    """
    raw = source.raw(LARGEST_PDF)
    if MARK not in raw[:1024]:
        raise UnreadableReport("no PDF, whatever its name says", where=source.where, hint="give it its true ending")
    named = "" if source.suffix == ".pdf" else " under another ending"
    try:
        import pypdf
    except ImportError:
        what = f"a PDF{named}, which takes another package to read"
        raise UnreadableReport(what, where=source.where, hint="pip install 'onrecord[docs]'") from None
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it warns of every small fault; ours is the row below
    try:
        text, title = _text(pypdf.PdfReader(io.BytesIO(raw)), source.where)
    except UnreadableReport:
        raise
    except Exception as error:  # whatever a broken file does to the parser
        what = f"a PDF{named} that cannot be read: {type(error).__name__}: {str(error)[:120]}"
        raise UnreadableReport(what, where=source.where, hint=AS_TEXT) from error
    if not text.strip():
        what = f"a PDF{named} without a text layer, perhaps a scan"
        raise UnreadableReport(what, where=source.where, hint="run OCR over it, e.g. ocrmypdf")
    yield Draft(text, raw, {"title": title} if title else {})


def _text(reader: object, where: str) -> tuple[str, str | None]:
    from pypdf import PdfReader

    assert isinstance(reader, PdfReader)
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableReport("a PDF locked by a password", where=where, hint="unlock it, or " + AS_TEXT)
    if len(reader.pages) > MOST_PAGES:
        raise UnreadableReport(f"a PDF of more than {MOST_PAGES:,} pages", where=where, hint="split it")
    pages: list[str] = []
    length = 0
    for page in reader.pages:
        pages.append(page.extract_text().replace("\x00", "").strip())
        length += len(pages[-1])
        if length > LARGEST_TEXT:
            break
    title = reader.metadata.title if reader.metadata else None
    return "\n\n".join(filter(None, pages)), title.strip() if isinstance(title, str) else None
