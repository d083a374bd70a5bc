"""Every row that flows through onrecord, from a report as received to a verdict on a matter.

Offsets are Unicode code points into `Report.text`, half-open: `text[start:end]` is the stretch meant. They are never
bytes and never UTF-16 units. Absent is `None`, never `""`. Dates are ISO 8601 strings. Rows are facts: they hold no
database handle and no pointer back to a document, so they may cross any process border.

A row's `why` names the method that made it and the evidence it rests on, in one line that a person can check.
"""

from __future__ import annotations

from onrecord.records.compared import Doubt, Entity, Findings, Matter, MatterClaim, Origin, Reuse, Run, Verdict
from onrecord.records.found import (
    Event,
    Link,
    LinkRole,
    Mention,
    Place,
    Quantity,
    Sheet,
    Stand,
    Statement,
    StatementKind,
    Time,
)
from onrecord.records.judged import Anchor, Decided, Judgement
from onrecord.records.read import Named, Pointer, Reading, Sentence, Word
from onrecord.records.received import Capture, Passage, Report, Role, Skipped
from onrecord.records.spans import Span, content_id

__all__ = [
    "Anchor",
    "Capture",
    "Decided",
    "Doubt",
    "Entity",
    "Event",
    "Findings",
    "Judgement",
    "Link",
    "LinkRole",
    "Matter",
    "MatterClaim",
    "Mention",
    "Named",
    "Origin",
    "Passage",
    "Place",
    "Pointer",
    "Quantity",
    "Reading",
    "Report",
    "Reuse",
    "Role",
    "Run",
    "Sentence",
    "Sheet",
    "Skipped",
    "Span",
    "Stand",
    "Statement",
    "StatementKind",
    "Time",
    "Verdict",
    "Word",
    "content_id",
]
