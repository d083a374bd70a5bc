"""Newsletters: .eml and .mbox, and pages that a browser saved as one file (.mhtml)."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.policy import compat32
from email.utils import parseaddr
from typing import Any

from onrecord.errors import OnrecordError, UnreadableReport
from onrecord.reports.draft import Draft
from onrecord.reports.limits import check_markup
from onrecord.reports.markup import plain_text
from onrecord.reports.source import LARGEST_INSIDE, Source
from onrecord.text.encodings import Decoded, decode

SUFFIXES = (".eml", ".mbox", ".mhtml", ".mht")
PAGES = (".mhtml", ".mht")
ENVELOPE = re.compile(rb"From \S{1,200} .{0,60}\d{4}", re.I)
BETWEEN = re.compile(rb"(?:\A|\r?\n)From [^\r\n]{1,300}\r?\n(?=[A-Za-z-]{2,40}:)")
QUOTED_FROM = re.compile(rb"^>(>*From )", re.M)
MOST_PARTS = 200
MOST_WITHIN = 60  # parts that hold parts; the standard library goes into them one call deeper each
LONGEST_HEAD = 200_000  # bytes; the longest seen, with every station of its way, has 20,000
LONGEST_FIELD = 2_000
END = re.compile(rb"\r?\n\r?\n")
# Fewer words than this beside an HTML part say "your reader cannot show this", not the letter.
LEAST_PLAIN = 40


def knows(start: bytes, source: Source) -> bool:
    """An mbox by the envelope of its first mail."""
    return source.suffix not in (".txt", ".md") and bool(ENVELOPE.match(start))


def read(source: Source) -> Iterator[Draft | Source | OnrecordError]:
    """One draft a mail; an mbox gives a source a mail, and an error for words before the first; a saved page the page in it."""
    raw = source.raw()
    between = list(BETWEEN.finditer(raw)) if source.suffix == ".mbox" or ENVELOPE.match(raw) else []
    if between:
        if raw[: between[0].start()].strip():
            what = "words before the first mail, which belong to no mail"
            raised = UnreadableReport(what, where=f"{source.where}/0", hint="save them as .txt, if they are a report")
            yield raised
        starts, ends = [m.end() for m in between], [*(m.start() for m in between[1:]), len(raw)]
        for number, (start, end) in enumerate(zip(starts, ends, strict=True), 1):
            yield source.inside(str(number), QUOTED_FROM.sub(rb"\1", raw[start:end]), suffix=".eml")
    else:
        yield _letter(raw, source)


def _letter(raw: bytes, source: Source) -> Draft | Source:
    if len(raw) > 2 * LARGEST_INSIDE:  # attached pictures count, and base64 adds a third
        raise UnreadableReport("a mail of more than 40 MB", where=source.where, hint="save it without what is attached")
    end = END.search(raw, 0, LONGEST_HEAD)
    if (end is None and len(raw) > LONGEST_HEAD) or raw.lower().count(b"multipart/") > MOST_WITHIN:
        what = "a header that never ends, or parts within parts without end"
        raise UnreadableReport(what, where=source.where, hint="save its text as .txt")
    mail = email.message_from_bytes(raw, policy=compat32)
    if not mail.keys():
        raise UnreadableReport("no mail: it has no header", where=source.where, hint="save it as .eml or .txt")
    plain, marked = _parts(mail)
    if marked is not None and source.suffix in PAGES:
        return _page(mail, marked, source)
    made = _text(plain, marked, source.where)
    facts = {"title": _header(mail, "Subject"), "published": _header(mail, "Date"), "outlet": _sender(mail)}
    known = {name: value for name, value in facts.items() if value}
    return Draft(made.text, raw, known, "mail Date", encoding=made.encoding)


def _page(mail: Message, marked: Any, source: Source) -> Source:
    address = _header(mail, "Snapshot-Content-Location") or _header(marked, "Content-Location")
    facts = {**source.facts, **({"url": address} if address else {})}
    raw = marked.get_payload(decode=True) or b""
    return source.inside("page", raw, suffix=".html", kind="text/html", charset=_charset(marked), facts=facts)


def _parts(mail: Message) -> tuple[Any, Any]:
    """The first plain and the first HTML part that are not attached."""
    found: dict[str, Any] = {}
    for number, part in enumerate(mail.walk()):
        if number >= MOST_PARTS:
            break
        if not part.is_multipart() and (part.get_content_disposition() or "inline") == "inline":
            found.setdefault(part.get_content_type(), part)
    return found.get("text/plain"), found.get("text/html")


def _text(plain: Any, marked: Any, where: str) -> Decoded:
    made = _decoded(plain, where) if plain is not None else None
    if marked is None or (made is not None and len(made.text.split()) >= LEAST_PLAIN):
        if made is None:
            raise UnreadableReport(
                "a mail without text", where=where, hint="give what is attached as a file of its own"
            )
        return made
    page = _decoded(marked, where)
    check_markup(page.text, where)
    return Decoded(plain_text(page.text), page.encoding)


def _decoded(part: Any, where: str) -> Decoded:
    raw = part.get_payload(decode=True)
    return decode(raw if isinstance(raw, bytes) else b"", where, _charset(part))


def _charset(part: Any) -> str | None:
    told = part.get_param("charset", failobj=None)
    return told if isinstance(told, str) else None


def _header(mail: Any, name: str) -> str | None:
    """A header's text; None also where it is longer than any, or the standard library cannot read it."""
    value = mail.get(name)
    if value is None or len(str(value)) > LONGEST_FIELD:
        return None
    try:
        return " ".join(str(make_header(decode_header(value))).split()) or None
    except (MessageError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def _sender(mail: Any) -> str | None:
    name, address = parseaddr(_header(mail, "From") or "")
    return name or address.rpartition("@")[2] or None
