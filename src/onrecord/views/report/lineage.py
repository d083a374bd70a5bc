"""Who copied whom: a picture of reports in order of time with an arc for every shared wording, and the passages."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from onrecord.views.report.book import Book, Row, shortened

ROW, TOP, LEFT = 58, 16, 380
LABEL_ROOM = 90  # right of the widest arc, for its number
QUOTED = 0.9  # wording shared to this share inside quotation marks is a shared statement, drawn lighter


@dataclass(frozen=True, slots=True)
class Node:
    """A report in the picture."""

    report: Row
    label: str
    title: str
    y: int


@dataclass(frozen=True, slots=True)
class Arc:
    """Shared wording of two reports: an SVG path, its width, whether the order is known and whether it is a quotation."""

    path: str
    x: float
    y: float
    width: float
    known: bool
    quoted: bool
    characters: int
    down: bool


def page(book: Book) -> dict[str, Any]:
    """What lineage.html shows."""
    pairs: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in book.reuse:
        pairs[row["from_report"], row["to_report"]].append(row)
    linked = {r for pair in pairs for r in pair}
    shown = [r for r in book.reports if r["report_id"] in linked]
    place = {r["report_id"]: TOP + k * ROW + ROW // 2 for k, r in enumerate(shown)}
    nodes = [Node(r, book.label(r), shortened(book.title(r), 44), place[r["report_id"]]) for r in shown]
    arcs = [_arc(place[a], place[b], rows) for (a, b), rows in sorted(pairs.items())]
    listed = [_pair(book, a, b, rows) for (a, b), rows in pairs.items()]
    return {
        "nodes": nodes,
        "arcs": sorted(arcs, key=lambda a: -a.width),
        "pairs": sorted(listed, key=lambda p: -p["characters"]),
        "width": max((a.x for a in arcs), default=LEFT) + LABEL_ROOM,
        "height": TOP * 2 + ROW * len(shown),
        "left": LEFT,
        "alone": len(book.reports) - len(shown),
    }


def _arc(y1: int, y2: int, rows: list[Row]) -> Arc:
    characters = sum(r["characters"] for r in rows)
    quoted = sum(r["characters"] * r["quoted_share"] for r in rows) / characters
    bend = LEFT + 40 + abs(y2 - y1) * 0.75
    path = f"M{LEFT + 8},{y1} C{bend:.0f},{y1} {bend:.0f},{y2} {LEFT + 8},{y2}"
    width = min(9.0, 1.2 + characters / 260)
    return Arc(
        path,
        LEFT + 8 + (bend - LEFT - 8) * 0.75,
        (y1 + y2) / 2,
        width,
        rows[0]["direction"] == "from-to",
        quoted >= QUOTED,
        characters,
        y2 > y1,
    )


def _pair(book: Book, a: str, b: str, rows: list[Row]) -> dict[str, Any]:
    one, two = book.report[a], book.report[b]
    characters = sum(r["characters"] for r in rows)
    return {
        "from": one,
        "to": two,
        "from_label": book.label(one),
        "to_label": book.label(two),
        "characters": characters,
        "shares": (
            characters / max(1, one["characters"]),
            sum(r["to_end"] - r["to_start"] for r in rows) / max(1, two["characters"]),
        ),
        "known": rows[0]["direction"] == "from-to",
        "why": rows[0]["why"],
        "runs": [
            {
                **r,
                "left": one["text"][r["from_start"] : r["from_end"]],
                "right": two["text"][r["to_start"] : r["to_end"]],
            }
            for r in sorted(rows, key=lambda r: r["from_start"])
        ],
    }
