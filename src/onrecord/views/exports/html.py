"""One HTML page that opens from a file with no network and no script: every row in its words, ready to print or to mail."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from onrecord.ledger.queries import Filter
from onrecord.ledger.shape import Row
from onrecord.ledger.store import Ledger
from onrecord.views.taking import Sources, Taken, about, columns, key, label, spans, taken
from onrecord.views.wording import chain_names

AROUND = 200  # characters of the report around a quote, cut at the paragraph


@dataclass(slots=True)
class _Section:
    """The rows of one filter, made while they are written."""

    asked: Filter
    ledger: Ledger
    sources: Sources
    count: int = 0

    def rows(self) -> Iterator[dict[str, Any]]:
        """What the template sees of each row."""
        for row in taken(self.ledger, self.asked, self.sources):
            self.count += 1
            yield _seen(self.asked.table, row, self.sources, self.count)


def write(ledger: Ledger, asked: Sequence[Filter], out: BinaryIO) -> Taken:
    """Writes the rows of all filters, each under a heading."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    env = Environment(
        loader=PackageLoader("onrecord.views.exports"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    sources = Sources(ledger)
    sections = [_Section(one, ledger, sources) for one in asked]
    for piece in env.get_template("rows.html").generate(about=about(ledger, asked), sections=sections):
        out.write(piece.encode("utf-8", "surrogatepass"))
    return Taken(rows=sum(s.count for s in sections))


def _seen(table: str, row: Row, sources: Sources, number: int) -> dict[str, Any]:
    at = spans(row) if row.get("report_id") else []
    facts = [
        (c, _told(row[c]))
        for c in columns(table)
        if row[c] not in (None, [], "") and c not in ("text", "quote", "content", "chain")
    ]
    return {
        "id": row[key(table)] if key(table) else str(number),
        "label": label(table, row),
        "at": at,
        "pieces": around(sources.text(row["report_id"]), at) if at else [(str(row.get("text") or ""), False)],
        "chain": " ‹ ".join(chain_names(row["chain"])) if "chain" in row else "",
        "facts": facts,
    }


def _told(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else str(value)


def around(text: str, at: Sequence[tuple[int, int]], most: int = AROUND) -> list[tuple[str, bool]]:
    """The paragraph around stretches, cut to what is near, in pieces with a mark on what is quoted.

    >>> around("Snow fell. Ann said no. Night came.", [(20, 22)], 5)
    [('… ', False), ('said ', False), ('no', True), ('. Nig', False), (' …', False)]
    """
    first, last = at[0][0], max(end for _, end in at)
    start = max(text.rfind("\n", 0, first) + 1, first - most)
    stop = text.find("\n", last)
    end = min(len(text) if stop < 0 else stop, last + most)
    cut = start > 0 and text[start - 1] != "\n"
    parts, here = [("… ", False)] if cut else [], start
    for a, b in at:
        parts += [(text[here:a], False), (text[a:b], True)]
        here = b
    parts += [(text[here:end], False), (" …" if end < len(text) and text[end] != "\n" else "", False)]
    return [p for p in parts if p[0]]
