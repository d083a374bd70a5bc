"""Figures of one report as rows: how many of what, whose, where, as of when, in whose words, and whether it has happened."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.claims.figure_realis import realis
from onrecord.claims.figure_settings import as_of, place_of
from onrecord.claims.figure_subjects import whose
from onrecord.claims.figures import Figure, figures, question_of, wanted
from onrecord.claims.sight import Sight, sights
from onrecord.records import Passage, Quantity, Sheet, Span, Statement, content_id
from onrecord.text.marks import quotations
from onrecord.text.numerals import numerals
from onrecord.text.sentences import sentences

READ = frozenset({"headline", "deck", "body", "caption", "list", "turn", "question"})
# What measures without a noun is surer than a noun of no known class.
SURE, UNSURE = 0.9, 0.7


def quantities(sheet: Sheet) -> tuple[Quantity, ...]:
    """The figures of a report that a reader of a ledger looks for, in text order. Dates, ordinals and names are none."""
    found = {s.start + f.start: (s, f) for s, f in all_figures(sheet) if wanted(s.text, f)}
    return tuple(_row(sheet, *found[at]) for at in sorted(found))


def all_figures(sheet: Sheet) -> Iterator[tuple[Sight, Figure]]:
    """Every figure of a report with its sentence, also those that no ledger wants."""
    text = sheet.report.text
    for k, passage in enumerate(sheet.passages):
        if passage.role not in READ or not numerals(passage.span.of(text)):
            continue
        spans = sentences(text, passage.start, passage.end, quotations(text, passage.start, passage.end))
        for sight in sights(sheet, spans):
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
    place = max(figure.counted_end, amount.number_end)
    percent = 100 if amount.kind == "part" else 1
    return Quantity(
        quantity_id=content_id("q", sheet.report.report_id, start, end),
        report_id=sheet.report.report_id,
        start=start,
        end=end,
        text=text[start:end],
        low=amount.low if amount.low is None else amount.low * percent,
        high=amount.high if amount.high is None else amount.high * percent,
        exact=amount.exact and percent == 1,
        modifier=amount.modifier,
        modifier_start=None if amount.modifier_start is None else sight.start + amount.modifier_start,
        modifier_end=None if amount.modifier_end is None else sight.start + amount.modifier_end,
        unit="percent" if amount.kind == "part" else "year" if figure.kind == "age" and figure.unit is None else figure.unit and figure.unit.unit,
        counted=figure.counted,
        counted_class=None if figure.kind in ("thing", "bare") else figure.kind,
        subject=whose(sheet, sight, figure, holder),
        subject_entity=None,
        place_id=place_of(sheet, sight, figure),
        as_of_from=day[0],
        as_of_to=day[1],
        realis=realis(sight, figure.start, place, day[1], sheet.report.published),
        statement_id=holder.statement_id if holder else None,
        why=_why(figure),
        confidence=UNSURE if figure.kind in ("thing", "bare") else SURE,
    )


def _why(figure: Figure) -> str:
    amount = figure.amount
    how = {"vague": "vague word", "words": "number word", "part": "part", "digits": "numeral"}.get(amount.kind, amount.kind)
    hedge = f" with {amount.modifier}" if amount.modifier and amount.kind != "vague" else ""
    return f"{how}{hedge}; {figure.why}"


def _holder(sheet: Sheet, span: Span) -> Statement | None:
    """The innermost statement that holds the figure."""
    holding = [s for s in sheet.statements if any(c.holds(span) for c in s.content)]
    return min(holding, key=lambda s: (sum(c.end - c.start for c in s.content), s.statement_id), default=None)
