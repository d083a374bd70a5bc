"""A pile of sheets that finds its own rows: looked up once, not once a matter, or time grows with the square of the pile."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

from onrecord.records import Report, Sheet


class Indexed(list[Sheet]):
    """Sheets in order. It must not change once it has been asked."""

    @cached_property
    def by_id(self) -> Mapping[str, Sheet]:
        """Sheets by report id."""
        return {sheet.report.report_id: sheet for sheet in self}

    @cached_property
    def reports(self) -> Mapping[str, Report]:
        """Reports by id."""
        return {sheet.report.report_id: sheet.report for sheet in self}

    @cached_property
    def named(self) -> Mapping[str, Counter[tuple[str, str]]]:
        """How often each entity is mentioned as what, under which name."""
        found: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
        for mention in (m for sheet in self for m in sheet.mentions if m.entity_id and m.name):
            found[mention.entity_id or ""][mention.type, mention.name or ""] += 1
        return dict(found)


def indexed(sheets: Sequence[Sheet]) -> Indexed:
    """The sheets with their index: the very same where they have one."""
    return sheets if isinstance(sheets, Indexed) else Indexed(sheets)
