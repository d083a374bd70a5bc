"""Figures of one report as rows: how many of what, whose, where, as of when, in whose words, and whether it has happened."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from operator import attrgetter

from onrecord.claims.quantities.distances import distances
from onrecord.claims.quantities.figure import Figure, wanted
from onrecord.claims.quantities.figures import figures, question_of
from onrecord.claims.quantities.realis import realis
from onrecord.claims.quantities.scope import scope
from onrecord.claims.quantities.settings import as_of, place_of
from onrecord.claims.quantities.sight import Sight, sights
from onrecord.claims.quantities.subjects import whose
from onrecord.records import Passage, Quantity, Sheet, Span, Statement, content_id
from onrecord.text.amounts import Amount
from onrecord.text.marks import quotations
from onrecord.text.numerals import numerals
from onrecord.text.sentences import sentences

READ = frozenset({"headline", "deck", "body", "caption", "list", "turn", "question"})
# What measures without a noun is surer than a noun of no known class.
SURE, UNSURE = 0.9, 0.7
UNKNOWN = frozenset({"thing", "bare"})
HOW = {"vague": "vague word", "words": "number word", "digits": "numeral"}


def quantities(sheet: Sheet) -> tuple[Quantity, ...]:
    """The figures of a report that a reader of a ledger looks for, in text order. Dates, ordinals and names are none."""
    sheet = _sorted(sheet)
    found = {s.start + f.start: (s, f) for s, f in all_figures(sheet) if wanted(s.text, f)}
    rows = [_row(sheet, *found[at]) for at in sorted(found)]
    rows += distances(sheet, frozenset(found))
    return tuple(sorted(rows, key=lambda q: q.start))


def _sorted(sheet: Sheet) -> Sheet:
    """The sheet with what stands around figures in text order, so that it is found by its place."""
    by_start = attrgetter("start", "end")
    return replace(
        sheet,
        mentions=tuple(sorted(sheet.mentions, key=by_start)),
        places=tuple(sorted(sheet.places, key=by_start)),
        times=tuple(sorted(sheet.times, key=by_start)),
    )


def all_figures(sheet: Sheet) -> Iterator[tuple[Sight, Figure]]:
    """Every figure of a report with its sentence, also those that no ledger wants."""
    text = sheet.report.text
    for k, passage in enumerate(sheet.passages):
        numbers = numerals(passage.span.of(text)) if passage.role in READ else ()
        if not numbers:
            continue
        starts = [passage.start + n.start for n in numbers]
        spans = sentences(text, passage.start, passage.end, quotations(text, passage.start, passage.end))
        told = [s for s in spans if bisect_left(starts, s.start) < bisect_left(starts, s.end)]
        for sight in sights(sheet, told):
            for figure in figures(sight, _asked(text, sheet.passages, k)):
                yield sight, figure


def _asked(text: str, passages: tuple[Passage, ...], k: int) -> tuple[str, str] | None:
    """What the question before an interview's turn asks the number of."""
    if k == 0 or passages[k].role != "turn" or passages[k - 1].role not in ("question", "turn"):
        return None
    return question_of(passages[k - 1].span.of(text))


def _row(sheet: Sheet, sight: Sight, figure: Figure) -> Quantity:
    text, amount = sheet.report.text, figure.amount
    start, end = sight.start + figure.start, sight.start + figure.end
    holder = _holder(sheet, Span(start, end))
    day = as_of(sheet, sight, figure, holder)
    low, high, unit = _measure(figure)
    modifier, modifier_start, modifier_end = _modifier(sight, amount)
    known = figure.kind not in UNKNOWN
    return Quantity(
        quantity_id=content_id("q", sheet.report.report_id, start, end),
        report_id=sheet.report.report_id,
        start=start,
        end=end,
        text=text[start:end],
        low=low,
        high=high,
        exact=amount.exact and amount.kind != "part",
        modifier=modifier,
        modifier_start=modifier_start,
        modifier_end=modifier_end,
        unit=unit,
        counted=figure.counted,
        counted_class=figure.kind if known else None,
        scope=scope(sight.text, figure),
        subject=whose(sheet, sight, figure, holder),
        subject_entity=None,
        place_id=place_of(sheet, sight, figure),
        as_of_from=day[0],
        as_of_to=day[1],
        realis=realis(sight, figure.start, max(figure.counted_end, amount.number_end), day[1], sheet.report.published),
        statement_id=holder.statement_id if holder else None,
        why=_why(figure, modifier),
        confidence=SURE if known else UNSURE,
    )


def _why(figure: Figure, modifier: str | None) -> str:
    kind = figure.amount.kind
    hedge = f" with {modifier}" if modifier is not None and kind != "vague" else ""
    return f"{HOW.get(kind, kind)}{hedge}; {figure.why}"


def _measure(figure: Figure) -> tuple[float, float | None, str | None]:
    """Least, most and unit of a row. Parts of one are percents, an age without a unit is in years."""
    amount = figure.amount
    if amount.kind == "part":
        return 100 * amount.low, None if amount.high is None else 100 * amount.high, "percent"
    unit = figure.unit.unit if figure.unit is not None else "year" if figure.kind == "age" else None
    return amount.low, amount.high, unit


def _modifier(sight: Sight, amount: Amount) -> tuple[str | None, int | None, int | None]:
    """What limits the number, in small letters, and where that stands: a hedge, a vague word; a range has none."""
    if amount.hedge is not None and amount.hedge.sign != "=":
        return amount.hedge.text, sight.start + amount.hedge.start, sight.start + amount.hedge.end
    if amount.kind == "vague":
        words = sight.text[amount.number_start : amount.number_end]
        return " ".join(words.lower().split()), sight.start + amount.number_start, sight.start + amount.number_end
    return "range" if amount.number != amount.most else None, None, None


def _holder(sheet: Sheet, span: Span) -> Statement | None:
    """The innermost statement that holds the figure."""
    holding = [s for s in sheet.statements if any(c.holds(span) for c in s.content)]
    return min(holding, key=lambda s: (sum(c.end - c.start for c in s.content), s.statement_id), default=None)
