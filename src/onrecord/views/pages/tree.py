"""The picture of a family: whoever copied stands to the right of what it copied; agencies that nobody here is stand first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.views.pages.shelf import Row

COLUMN, ROW, BOX, HIGH, PAD = 262, 68, 190, 48, 10
BOW = 76  # room on the right for what ties boxes of one column


@dataclass(frozen=True, slots=True)
class Node:
    """A report or an agency: where it stands, and the pair that ties it to the one it hangs on."""

    name: str
    depth: int
    x: int
    y: int
    tie: str  # first, copies, shares, names
    pair: str | None
    agency: bool


@dataclass(frozen=True, slots=True)
class Edge:
    """Shared wording, or a credit that two reports give: an SVG path with its number."""

    path: str
    x: float
    y: float
    width: float
    style: str  # known, unknown, quoted, parent
    characters: int | None
    pair: str | None


@dataclass(frozen=True, slots=True)
class Drawn:
    """All that the template draws."""

    width: int
    height: int
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    box: int = BOX
    high: int = HIGH


def name_of(pair: Row) -> str:
    """The anchor of a pair's evidence."""
    return f"p-{pair['from_report']}-{pair['to_report']}"


def drawn(order: Sequence[str], agencies: Sequence[str], pairs: Sequence[Row], quoted: float) -> Drawn:
    """Hangs every report on the one it shares most with: on what it copies, else on an earlier one of unknown order."""
    place = {r: k for k, r in enumerate(order)}
    on: dict[str, tuple[str, str, str]] = {}  # report: on which, tie, pair
    for pair in pairs:  # most shared first
        a, b = pair["from_report"], pair["to_report"]
        known = bool(pair["known"])
        if not known and place[a] > place[b]:
            a, b = b, a
        if b not in on and not _above(on, b, a):
            on[b] = (a, "copies" if known and pair["quoted"] < quoted else "shares", name_of(pair))
    for pair in pairs:
        for agency in (pair["parent"] or "").split(", ") if pair["parent"] else ():
            for report in (pair["from_report"], pair["to_report"]):
                if report not in on:
                    on[report] = (agency, "names", name_of(pair))
    nodes = _nodes([*agencies, *order], on, set(agencies))
    return Drawn(
        max(n.x for n in nodes) + BOX + BOW,
        max(n.y for n in nodes) + HIGH + PAD,
        nodes,
        tuple(_edges({n.name: n for n in nodes}, pairs, quoted)),
    )


def _above(on: dict[str, tuple[str, str, str]], top: str, name: str) -> bool:
    """Whether `name` already hangs on `top`."""
    while name in on:
        name = on[name][0]
        if name == top:
            return True
    return name == top


def _nodes(names: Sequence[str], on: dict[str, tuple[str, str, str]], agencies: set[str]) -> tuple[Node, ...]:
    below: dict[str | None, list[str]] = defaultdict(list)
    for name in names:
        below[on[name][0] if name in on else None].append(name)
    nodes: list[Node] = []

    def put(name: str, depth: int) -> None:
        _, tie, pair = on.get(name, (None, "first", None))
        nodes.append(Node(name, depth, PAD + depth * COLUMN, PAD + len(nodes) * ROW, tie, pair, name in agencies))
        for child in below[name]:
            put(child, depth + 1)

    for name in below[None]:
        put(name, 0)
    return tuple(nodes)


def _edges(at: dict[str, Node], pairs: Sequence[Row], quoted: float) -> list[Edge]:
    edges = []
    for pair in pairs:
        style = "quoted" if pair["quoted"] >= quoted else "known" if pair["known"] else "unknown"
        one, two = at[pair["from_report"]], at[pair["to_report"]]
        edges.append(_edge(one, two, style, pair["characters"], name_of(pair)))
        for agency in (pair["parent"] or "").split(", ") if pair["parent"] else ():
            edges += [_edge(at[agency], n, "parent", None, name_of(pair)) for n in (one, two)]
    return list(dict.fromkeys(edges))


def _edge(one: Node, two: Node, style: str, characters: int | None, pair: str) -> Edge:
    y1, y2 = one.y + HIGH / 2, two.y + HIGH / 2
    width = min(7.0, 1.4 + (characters or 0) / 300)
    if two.depth == one.depth + 1:  # down the left edge of the column, into the box from the left
        x1, x2 = one.x + 24, two.x - 2
        path = f"M{x1},{one.y + HIGH} V{y2 - 14:.0f} Q{x1},{y2:.0f} {x1 + 14},{y2:.0f} H{x2}"
        return Edge(path, (one.x + BOX + x2) / 2, y2 - 8, width, style, characters, pair)
    if two.depth > one.depth:  # past a column: out at the right, into the box from above
        x1, x2 = one.x + BOX + 2, two.x + BOX - 30
        path = f"M{x1},{y1:.0f} H{x2 - 14} Q{x2},{y1:.0f} {x2},{y1 + 14:.0f} V{two.y - 2}"
        return Edge(path, (x1 + x2) / 2, y1 - 8, width, style, characters, pair)
    x = max(one.x, two.x) + BOX  # between boxes of one column, or back: a bow on the right
    bow = x + 26 + abs(y2 - y1) * 0.12
    path = f"M{one.x + BOX},{y1:.0f} C{bow:.0f},{y1:.0f} {bow:.0f},{y2:.0f} {two.x + BOX + 2},{y2:.0f}"
    return Edge(path, bow, (y1 + y2) / 2 + 4, width, style, characters, pair)
