"""Passages: the stretches of a report and what each one is (headline, body, interview turn, furniture ...)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from onrecord.passages import turns as interview
from onrecord.passages.roles import dateline, role_of
from onrecord.records import Passage, Report, Role, Span, content_id

__all__ = ["passages"]


def passages(report: Report) -> tuple[Passage, ...]:
    """The passages of a report in text order: one a line, a dateline apart from its paragraph. They never overlap."""
    lines = tuple(_lines(report.text))
    labels = interview.labels(report.text, lines)
    asking = interview.askers(report.text, labels, lines, report.outlet)
    found = tuple(_passages(report, lines, labels, asking))
    return found if labels else _as_turns(report.text, found)


def _as_turns(text: str, found: tuple[Passage, ...]) -> tuple[Passage, ...]:
    """The passages, those of an interview without labels as its questions and turns."""
    asks = interview.unlabelled(text, [p.span for p in found], [p.role in ("body", "deck") for p in found])
    role: Callable[[int], Role] = lambda k: "question" if asks[k] else "turn"  # noqa: E731 - a local shorthand
    return tuple(replace(p, role=role(k)) if k in asks else p for k, p in enumerate(found))


def _lines(text: str) -> Iterator[Span]:
    """The lines of a text that hold more than blanks, trimmed."""
    at = 0
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            start = at + line.index(stripped[0])
            yield Span(start, start + len(stripped))
        at += len(line) + 1


def _passages(
    report: Report, lines: Sequence[Span], labels: dict[int, Span], asking: frozenset[str]
) -> Iterator[Passage]:
    before_body, last = True, "furniture"
    speaking: tuple[Span, str] | None = None
    final_turn = max(labels, default=0)
    for k, line in enumerate(lines):
        text = line.of(report.text)
        if k in labels:
            speaking = (labels[k], labels[k].of(report.text))
            yield _turn(report, line, labels[k], asking)
            before_body = False
            continue
        role, name = role_of(text, under_headline=before_body and last == "headline")
        if dateline(text) or text[0] in '"“':  # a report begins, or quotes somebody: nobody answers here
            speaking = None
        if speaking is not None and role in ("body", "deck") and k < final_turn:
            yield _make(report, line, "question" if speaking[1] in asking else "turn", None, speaking[1])
            continue
        if role == "body" and (length := dateline(text)) and before_body:
            yield _make(report, Span(line.start, line.start + length), "dateline", None, text[:length].rstrip(" :—–-"))
            line = _trimmed(report.text, line.start + length, line.end)
        last = role
        before_body = before_body and role != "body"
        yield _make(report, line, role, None, name)


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end - 1 and (text[start].isspace() or text[start] in ":—–-"):
        start += 1
    return Span(start, end)


def _turn(report: Report, line: Span, label: Span, asking: frozenset[str]) -> Passage:
    words = _trimmed(report.text, label.end, line.end)
    name = label.of(report.text)
    return _make(report, words, "question" if name in asking else "turn", label, name)


def _make(report: Report, span: Span, role: Role, label: Span | None, name: str | None) -> Passage:
    return Passage(
        passage_id=content_id("p", report.report_id, span.start, span.end),
        report_id=report.report_id,
        start=span.start,
        end=span.end,
        role=role,
        label=label,
        name=name,
    )
