"""What a notebook shows of rows: plain HTML with its own style, no script and no network; all text of reports escaped.

A statement stands in its sentence with its chain, a matter with its claims by origin and their figures on one axis.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from onrecord.ledger.queries import Filter, count, rows
from onrecord.ledger.store import Ledger
from onrecord.views.cli.look import BRIEF
from onrecord.views.cli.reasons import reasons
from onrecord.views.exports.html import around
from onrecord.views.pages import matters
from onrecord.views.pages.asked import Asked
from onrecord.views.pages.plot import Plot
from onrecord.views.pages.shelf import SIGNS, VERDICTS, Shelf
from onrecord.views.taking import Sources, label, spans
from onrecord.views.wording import chain_names, day

Row = Mapping[str, Any]
SHOWN = 10  # rows of a table; its heading says how many there are
LETTERS = 120  # of a cell in a table; the row itself is never cut
REPORT_LETTERS = 6000  # of a report; the note below says how many there are
MARK = '<mark style="background:#ffe08a;color:#000">'


class Why(str):
    """The evidence for a row, in lines; `print` it, or let a notebook show it."""

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        return f'<pre style="white-space:pre-wrap">{escape(self)}</pre>'


def why(ledger: Ledger, table: str, found: Row) -> Why:
    """The evidence for a row."""
    return Why("\n".join(reasons(ledger, table, dict(found))))


def row(ledger: Ledger, table: str, found: Row) -> str:
    """One row."""
    if table == "matters":
        return _matter(ledger, found)
    if table == "reports":
        return _report(ledger, found)
    at = spans(dict(found)) if found.get("report_id") else []
    parts = [f"<p><b>{escape(label(table, dict(found)))}</b> {_id(found)}</p>"]
    if at:
        parts.append(_quoted(Sources(ledger), str(found["report_id"]), at))
    if found.get("chain"):
        parts.append(_chain(found["chain"]))
    facts = {k: v for k, v in found.items() if v not in (None, [], "") and k not in ("text", "content", "chain")}
    return _boxed([*parts, _details(facts)])


def _boxed(parts: Iterable[str]) -> str:
    return f'<div style="max-width:52em;line-height:1.5">{"".join(parts)}</div>'


def _id(found: Row) -> str:
    return f"<code>{escape(str(next(iter(found.values()))))}</code>"


def _quoted(sources: Sources, report_id: str, at: Sequence[tuple[int, int]]) -> str:
    head = sources.head(report_id)
    pieces = around(sources.text(report_id), at)
    told = "".join(f"{MARK}{escape(text)}</mark>" if quoted else escape(text) for text, quoted in pieces)
    stretch = ", ".join(f"{start}–{end}" for start, end in at)
    where = (
        f"{head['outlet'] or 'unknown outlet'}, {day(head['published'])}, {head['path'] or head['url'] or report_id}"
    )
    return f'<blockquote dir="auto">{told}</blockquote><p><small>{escape(where)}, characters {stretch}</small></p>'


def _chain(chain: Sequence[Mapping[str, Any]]) -> str:
    return f'<p dir="auto">{escape(" ‹ ".join(chain_names(chain)))}</p>'


def _details(facts: Mapping[str, Any]) -> str:
    lines = "".join(
        f"<tr><th style='text-align:left'>{escape(k)}</th><td style='text-align:left'>{escape(str(v))}</td></tr>"
        for k, v in facts.items()
    )
    return f"<details><summary>all columns</summary><table>{lines}</table></details>"


def _matter(ledger: Ledger, found: Row) -> str:
    seen = matters.page(Shelf(ledger), Asked(row=found["matter_id"], whole=True))
    assert seen is not None, found["matter_id"]
    verdict = found["verdict"]
    parts = [
        f'<p dir="auto"><b>{escape(found["question"])}</b> {_id(found)}</p>',
        f"<p>{SIGNS[verdict]} <b>{escape(verdict)}</b>: {escape(seen['meaning'])}; {escape(found['why'])}</p>",
        _plot(seen["plot"]) if seen["plot"] else "",
    ]
    sources = Sources(ledger)
    for origin in seen["origins"]:
        parts.append(f'<p dir="auto"><b>{escape(origin["name"] or "unnamed")}</b> ({escape(origin["kind"])})</p>')
        for claim in origin["claims"]:
            at = [(int(a), int(b)) for a, b in claim["spans"]]
            parts.append(_quoted(sources, claim["report"]["report_id"], at) + _chain(claim["chain"]))
    return _boxed(parts)


def _plot(plot: Plot) -> str:
    """The figures on one axis as a table: a mouth, its bar, its words. Hedged figures are hollow, open ends dashed."""
    lines = []
    for drawn in plot.bars:
        bar, fill = drawn.bar, "none" if drawn.bar.about else "currentColor"
        dots = "".join(
            f'<circle cx="{x}%" cy="9" r="4" fill="{fill}" stroke="currentColor"/>'
            for x in sorted({drawn.x1, drawn.x2})
        )
        dashed = ' stroke-dasharray="4 3"' if drawn.open else ""
        line = f'<line x1="{drawn.x1}%" x2="{drawn.x2}%" y1="9" y2="9" stroke="currentColor" stroke-width="2"{dashed}/>'
        picture = f'<svg role="img" aria-label="{escape(bar.text)}" width="100%" height="18">{line}{dots}</svg>'
        more = f" +{bar.more}" if bar.more else ""
        lines.append(
            f"<tr><td style='text-align:left'>{escape(bar.name)}{more}</td><td style='width:24em'>{picture}</td><td style='text-align:left'>{escape(bar.text)}</td></tr>"
        )
    ticks = "".join(
        f'<text x="{x}%" y="12" font-size="11" text-anchor="middle" fill="currentColor">{escape(told)}</text>'
        for x, told in plot.ticks
    )
    return f'<table>{"".join(lines)}<tr><td></td><td><svg aria-hidden="true" width="100%" height="16">{ticks}</svg></td><td></td></tr></table>'


def _report(ledger: Ledger, found: Row) -> str:
    """A report with what is said in it marked."""
    text, asked = str(found["text"]), Filter.parse("statements", [("report_id", found["report_id"])])
    said = sorted(at for s in rows(ledger, asked) for at in spans(s))
    parts, here, end = [], 0, min(len(text), REPORT_LETTERS)
    for start, stop in said:
        start, stop = max(start, here), min(stop, end)
        if start < stop:
            parts += [escape(text[here:start]), MARK, escape(text[start:stop]), "</mark>"]
            here = stop
    parts.append(escape(text[here:end]))
    head = f"{found['outlet'] or 'unknown outlet'}, {day(found['published'])}, {found['path'] or found['url'] or ''}"
    more = f"<p><small>{end:,} of {len(text):,} characters</small></p>" if end < len(text) else ""
    return _boxed(
        [
            f'<p><b dir="auto">{escape(head)}</b> {_id(found)}</p><div dir="auto" style="white-space:pre-wrap">{"".join(parts)}</div>{more}'
        ]
    )


def table(ledger: Ledger, asked: Filter) -> str:
    """The first rows of a filter, and how many there are."""
    total, first = count(ledger, asked), list(rows(ledger, asked, limit=SHOWN))
    columns = BRIEF.get(asked.table, tuple(first[0]) if first else ())
    head = "".join(f"<th style='text-align:left'>{escape(c)}</th>" for c in columns)
    lines = "".join(
        "<tr>" + "".join(f'<td dir="auto" style="text-align:left">{_cell(r.get(c))}</td>' for c in columns) + "</tr>"
        for r in first
    )
    shown = "" if total <= len(first) else f", the first {len(first)} shown"
    return f"<p><b>{total:,}</b> {escape(str(asked).removeprefix('all '))}{shown}</p><table><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>"


def _cell(value: Any) -> str:
    if value is None:
        return ""
    text = " ".join(str(", ".join(map(str, value)) if isinstance(value, list) else value).split())
    return escape(text if len(text) <= LETTERS else text[: LETTERS - 1] + "…")


def overview(ledger: Ledger) -> str:
    """A ledger: how much is in it, and its matters by verdict."""
    counts = {t: count(ledger, Filter(table=t)) for t in ("reports", "statements", "quantities", "events", "matters")}
    outlets = ledger.db.execute("select count(distinct outlet) from reports").fetchone()[0]
    told = f"{counts['reports']} reports of {outlets} outlets, {counts['statements']} statements, {counts['quantities']} figures, {counts['events']} events, {counts['matters']} matters"
    found = ledger.db.execute("select verdict, count(*) from matters group by verdict").fetchall()
    by_verdict = {r[0]: r[1] for r in found}
    lines = "".join(f"<li>{SIGNS[v]} {escape(v)}: {by_verdict[v]}</li>" for v in VERDICTS if v in by_verdict)
    return f"<p><b>{escape(ledger.path.name)}</b>: {told}</p><ul>{lines}</ul>"
