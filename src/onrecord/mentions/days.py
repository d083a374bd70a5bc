"""Days a report names, each counted from the day it should be counted from.

In order: an explicit date beside the words, the day an utterance is said to be of ("said on Saturday that yesterday
..."), the dateline, the report's own date. A report that copies another keeps its origin's day: see `days`.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date

from onrecord.records import Sentence, Sheet, Time, Word, content_id
from onrecord.text.dates import Found, Verbs, parse
from onrecord.text.tables import words as table_words
from onrecord.text.times.outlooks import Outlook

SILENT = frozenset({"furniture", "credit", "byline"})
STALE = 31  # days: a dateline farther from the report's date than this is about something else
AHEAD = frozenset({"will", "shall", "'ll", "’ll", "wo"})


def days(sheet: Sheet, origin: date | None = None) -> tuple[Time, ...]:
    """All time expressions of a report in text order. Without a date of its own, relative ones keep no day.

    Args:
        sheet: a report with its passages; its reading, where there is one, says which way a verb looks.
        origin: the day of the report that this one copies, where that is known: "yesterday" in copied wording is the
            day before the origin's, not the copy's.
    """
    anchor, whence = (origin, "the origin's date") if origin else anchor_and_why(sheet)
    verbs = _verbs(sheet)
    rows = []
    for passage in sheet.passages:
        if passage.role not in SILENT:
            here = _beside(verbs, passage.start)
            for found in parse(passage.span.of(sheet.report.text), anchor, here):
                rows.append(_row(sheet, passage.start, found, anchor, whence))
    return tuple(rows)


def _row(sheet: Sheet, offset: int, found: Found, anchor: date | None, whence: str) -> Time:
    start, end = offset + found.start, offset + found.end
    counted = f", from {whence if found.anchor == anchor else 'a day named before'}" if found.anchor else ""
    return Time(
        time_id=content_id("t", sheet.report.report_id, start, end),
        report_id=sheet.report.report_id,
        start=start,
        end=end,
        text=sheet.report.text[start:end],
        type=found.type,
        value=found.value,
        date_from=found.first.isoformat() if found.first else None,
        date_to=found.last.isoformat() if found.last else None,
        precision=found.precision,
        anchor=found.anchor.isoformat() if found.anchor else None,
        rule=found.rule,
        why=f"rule: {found.rule}{counted}",
    )


def anchor_of(sheet: Sheet) -> date | None:
    """The day that a report's "today" is: its dateline's, else its own date."""
    return anchor_and_why(sheet)[0]


def anchor_and_why(sheet: Sheet) -> tuple[date | None, str]:
    """That day, and where it comes from."""
    own = published_day(sheet)
    lines = [p.span.of(sheet.report.text) for p in sheet.passages if p.role == "dateline"]
    for line in [sheet.report.dateline or "", *lines]:
        for found in parse(line, own):
            if found.precision == "day" and found.first and (own is None or abs((found.first - own).days) <= STALE):
                return found.first, "the dateline"
    return own, "the report's date"


def published_day(sheet: Sheet) -> date | None:
    """The report's own day, from its time stamp as given, in its own zone."""
    try:
        return date.fromisoformat((sheet.report.published or "")[:10])
    except ValueError:
        return None


def _beside(verbs: Verbs | None, offset: int) -> Verbs | None:
    return None if verbs is None else lambda start, end: verbs(start + offset, end + offset)


def _verbs(sheet: Sheet) -> Verbs | None:
    """What the verb about a stretch looks to, by the report's reading; None where nothing read it."""
    sentences = sheet.reading.sentences
    if not sentences:
        return None
    starts = [s.start for s in sentences]

    def look(start: int, end: int) -> Outlook:
        k = bisect_right(starts, start) - 1
        return outlook_in(sentences[k], start) if k >= 0 else None

    return look


def outlook_in(sentence: Sentence, start: int) -> Outlook:
    """Whether the verb that the word at an offset hangs on is of the past or looks ahead; None where it says neither."""
    words = sentence.words
    at = next((k for k, w in enumerate(words) if w.start >= start), -1)
    for _ in range(len(words)):
        if at < 0:
            return None
        if words[at].tag in ("VERB", "AUX") or any(w.relation == "cop" and w.head == at for w in words):
            return _of_verb(words, at)
        at = words[at].head
    return None


def _of_verb(words: tuple[Word, ...], at: int) -> Outlook:
    group = [words[at], *(w for w in words if w.head == at and w.relation.startswith(("aux", "cop")))]
    if any(w.text.lower() in AHEAD for w in group):
        return "future"
    if words[at].lemma in table_words("time_cues", "plan"):  # "was planned for March": the words beside it decide
        return None
    if any("Tense=Past" in w.features and "VerbForm=Fin" in w.features for w in group):
        return "past"
    return None
