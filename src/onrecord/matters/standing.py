"""What a report says of its own making: who printed it, when, and whose words it says it prints."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from onrecord.records import Sheet
from onrecord.text.tables import table

NAME = r"(?:[Tt]he )?[A-Z][\w.&’'-]*(?: (?:of |and |al[ -])?[A-Z0-9][\w.&’'-]*){0,4}"
CREDITED = re.compile(
    r"(?:told|ccording to|reports|(?:eport|uot|it)ed by|ources?:|(?:nputs?|eporting) from|(?:ppear|ublish)ed (?:in|on|by)|nterview (?:with|to))"
    rf" (?P<name>{NAME})"
)
LONE = re.compile(rf"\((?P<name>{NAME})\)")
REPORTED = re.compile(r" (?:reported|reports|wrote|writes) (?:on|that)\b")
BEFORE = re.compile(rf"(?P<name>{NAME})$")
LONGEST_NAME = 60
AROUND = frozenset({"furniture", "credit", "byline", "dateline", "deck", "headline"})
STAMP = re.compile(
    r"\b(?:[Pp]ublished|PUBLISHED|[Uu]pdated|UPDATED|[Pp]osted)(?: on| at)?:? (?P<day>\d{1,2}) (?P<month>[A-Z][a-z]{2,8}),? (?P<year>\d{4})"
    r"(?:,| at|,? -)? ?(?P<time>\d{1,2}:\d\d)?"
)


@dataclass(frozen=True, slots=True)
class Standing:
    """The facts that order reports. Names are folded: small letters, no "the"."""

    report_id: str
    outlet: str | None
    shown: str | None  # the outlet as the report has it
    earliest: datetime | None  # it was published no earlier, as far as it says; UTC, no zone
    latest: datetime | None  # and no later; the same minute where all it says agrees
    credits: frozenset[str]  # whose words it says it prints, itself left out
    agencies: frozenset[str]  # those of them that are news agencies, as our table writes them


def standing(sheet: Sheet) -> Standing:
    """The standing of a report."""
    report = sheet.report
    outlet = folded(report.outlet) if report.outlet else None
    names = {folded(name) for name in _names(sheet)} - {outlet, ""}
    earliest, latest = _when(sheet)
    lines = " ".join(folded(name) for name in _credit_lines(sheet))
    agencies = frozenset(agency for word, agency in _agencies() if word.search(lines)) if lines else frozenset()
    return Standing(report.report_id, outlet, report.outlet, earliest, latest, frozenset(names), agencies)


def folded(name: str) -> str:
    """A name for comparing.

    >>> folded("The Border Post.")
    'border post'
    """
    return " ".join(name.lower().strip(" .,:;").split()).removeprefix("the ")


def _names(sheet: Sheet) -> Iterator[str]:
    """The names in credits, bylines, relays of statements, and beside words that credit."""
    text = sheet.report.text
    yield from _credit_lines(sheet)
    yield from (link.name for s in sheet.statements for link in s.chain if link.role == "relay" and link.name)
    yield from (match.group("name") for match in CREDITED.finditer(text))
    for match in REPORTED.finditer(text):
        before = BEFORE.search(text[max(0, match.start() - LONGEST_NAME) : match.start()])
        if before is not None:
            yield before.group("name")


def _credit_lines(sheet: Sheet) -> Iterator[str]:
    """What lines name that only say whose work this is: an agency in the story itself proves nothing."""
    yield from (p.name for p in sheet.passages if p.role in ("credit", "byline") and p.name)
    text = sheet.report.text
    lone = (LONE.fullmatch(text, p.start, p.end) for p in sheet.passages if text[p.start] == "(")
    yield from (match.group("name") for match in lone if match)


@cache
def _agencies() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Pattern and name of every news agency in our table."""
    return tuple(
        (re.compile(rf"\b{re.escape(r['word'])}\b"), r["name"]) for r in table("outlets") if r["kind"] == "agency"
    )


def _when(sheet: Sheet) -> tuple[datetime | None, datetime | None]:
    """The span of time that metadata and printed lines leave open."""
    spans = [*_given(sheet.report.published), *_printed(sheet)]
    return (min(s[0] for s in spans), max(s[1] for s in spans)) if spans else (None, None)


def _given(published: str | None) -> Iterator[tuple[datetime, datetime]]:
    try:
        moment = datetime.fromisoformat(published or "")
    except ValueError:
        return
    if len(published or "") <= len("2024-03-05"):
        yield moment, moment + timedelta(days=1, minutes=-1)
        return
    plain = moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
    plain = plain.replace(second=0, microsecond=0)
    yield plain, plain


def _printed(sheet: Sheet) -> Iterator[tuple[datetime, datetime]]:
    """Times that lines around the report print of it ("Published 5 March 2024, 14:30")."""
    lines = (p for p in sheet.passages if p.role in AROUND)
    for match in (m for p in lines for m in STAMP.finditer(sheet.report.text, p.start, p.end)):
        words = f"{match['day']} {match['month'][:3]} {match['year']} {match['time'] or '00:00'}"
        try:
            moment = datetime.strptime(words, "%d %b %Y %H:%M")
        except ValueError:
            continue
        yield moment, moment if match["time"] else moment + timedelta(days=1, minutes=-1)
