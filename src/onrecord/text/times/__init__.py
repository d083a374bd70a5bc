"""What each rule of the time grammar means: readers from the tokens of one match to a TIMEX3 type and a period.

`words/time_rules.tsv` names a reader for each rule. A reader gives None where the words name no time after all, and
asks the context for the day that relative words count from; `Undated` goes up where none is known.
"""

from __future__ import annotations

from collections.abc import Callable

from onrecord.text.times import lengths, points, spans
from onrecord.text.times.context import Context, Read, Words

Reader = Callable[[Words, Context], Read]
READERS: dict[str, Reader] = {
    reader.__name__: reader
    for reader in (
        points.full_iso,
        points.strokes,
        points.full,
        points.month_day,
        points.september,
        points.same_month,
        points.month_year,
        points.weekday,
        points.weekday_set,
        points.relative_day,
        points.part,
        points.week_of,
        points.holiday,
        points.clock,
        spans.quarter,
        spans.year_earlier,
        spans.fiscal,
        spans.ago,
        spans.next_after,
        spans.period,
        spans.that,
        spans.century,
        spans.season,
        spans.decade,
        spans.short_year,
        spans.reference,
        spans.past_reference,
        spans.these_days,
        spans.year,
        lengths.recent,
        lengths.rolling,
        lengths.past_unit,
        lengths.half,
        lengths.nothing,
        lengths.length_half,
        lengths.every,
        lengths.often,
        lengths.length,
        lengths.deadline,
        lengths.length_vague,
        lengths.all_unit,
    )
}
