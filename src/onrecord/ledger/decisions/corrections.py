"""What a person may correct in a row, how it is written down, and how it changes the row.

A correction is text: `parsed` checks what somebody typed and gives the form the log keeps, `corrected` puts that form
into the row at every build. Both raise `Unfollowable` with the reason where they cannot.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from onrecord.claims.events.rows import precision
from onrecord.entities.sameness import folded
from onrecord.ledger.decisions.anchors import extent, find
from onrecord.ledger.decisions.gazetted import gazetted, point
from onrecord.records import Link, LinkRole, Mention, Sheet, Span
from onrecord.text.gazetteer import Gazetteer

NOBODY = frozenset({"", "none", "unknown", "nobody", "null"})
BETWEEN = re.compile(r"\s*[‹>]\s*")  # mouths of a chain as one types them, outermost first
REALIS = ("actual", "attempted", "threatened", "planned", "conditional", "denied", "historical", "generic")
ALLOWED: Mapping[str, tuple[str, ...]] = {
    "realis": REALIS,
    "polarity": ("affirmed", "denied"),
    "type": ("person", "group", "outlet", "place", "unknown"),
    "scope": ("whole", "part", "more"),
}
FIELDS: Mapping[str, tuple[str, ...]] = {
    "statements": ("span", "speaker", "chain", "date", "polarity"),
    "quantities": ("span", "figure", "class", "subject", "place", "date", "realis", "scope"),
    "events": ("span", "actors", "recipients", "place", "date", "realis"),
    "mentions": ("span", "name", "type"),
    "times": ("span", "date"),
    "places": ("span", "place"),
}
DAYS = {"statements": ("said_from", "said_to"), "quantities": ("as_of_from", "as_of_to")}
DATES = ("date_from", "date_to")


class Unfollowable(ValueError):
    """A decision that cannot be followed, with the reason."""


@dataclass(frozen=True, slots=True)
class Fix:
    """A correction about to be made: the row on its sheet, and the new value as the log has it."""

    sheet: Sheet
    row: Any
    table: str
    new: str | None
    known: Gazetteer


def parsed(table: str, field: str, new: str, text: str) -> str | None:
    """What somebody typed, checked, in the form that the log keeps; None for "unknown".

    Args:
        table: where the row lies.
        field: what is corrected, of `FIELDS[table]`.
        new: as typed: a span as "120-158" (several by commas), a day or two as ISO dates with "/", a figure as "9000",
            "9000-10000" or "9000-" (no ceiling), a chain as "Outlet > Relay > Speaker", names with ";", a row of places as
            a name, a GeoNames id or "latitude, longitude".
        text: of the report.

    Raises:
        Unfollowable: there is no such field, or `new` is nothing of its kind.
    """
    if field not in FIELDS.get(table, ()):
        raise Unfollowable(
            f"{table} has no field {field!r} to correct; there is {', '.join(FIELDS.get(table, ())) or 'none'}"
        )
    new = " ".join(new.split())
    if field == "span":
        return _spans(new, text)
    if new.lower() in NOBODY:
        if field in (*ALLOWED, "chain", "figure", "name"):
            raise Unfollowable(f"{field} cannot be unknown")
        return None
    if field in ALLOWED and new not in ALLOWED[field]:
        raise Unfollowable(f"{new!r} is none of {', '.join(ALLOWED[field])}")
    if field == "date":
        return "/".join(d.isoformat() for d in _days(new))
    if field == "figure":
        _figure(new)
    if table == "places":
        _point(new)
    return " ‹ ".join(_mouths(new)) if field == "chain" else new


def corrected(sheet: Sheet, row: Any, table: str, field: str, new: str | None, known: Gazetteer) -> Any:
    """The row with a correction in it.

    Raises:
        Unfollowable: the report no longer holds what the correction points at.
    """
    if field in ALLOWED or field in ("class", "name", "subject"):
        return replace(row, **{"counted_class" if field == "class" else field: new})
    return CHANGES[field](Fix(sheet, row, table, new, known))


def shown(table: str, field: str, row: Mapping[str, Any]) -> str | None:
    """What the ledger's row holds in a field now, in the form that the log keeps."""
    if field == "span":
        spans = row["content"] if table == "statements" else [[row["start"], row["end"]]]
        return ",".join(f"{a}-{b}" for a, b in spans)
    if field == "chain":
        return " ‹ ".join(link["name"] or "unknown" for link in row["chain"])
    if field == "date":
        days = [row[c] for c in DAYS.get(table, DATES) if row[c]]
        return "/".join(dict.fromkeys(days)) or None
    if field == "figure":
        low, high = (f"{v:g}" if v is not None else "" for v in (row["low"], row["high"]))
        return f"{low}" if low == high else f"{low}-{high}"
    if field in ("actors", "recipients"):
        return "; ".join(row[field]) or None
    if field == "place":
        field = "place_id" if table != "places" else "name"
    value = row[field]
    return None if value is None else str(value)


def _spans(new: str, text: str) -> str:
    pairs = re.findall(r"(\d+)\s*[-:–]\s*(\d+)", new)
    spans = sorted({(int(a), int(b)) for a, b in pairs})
    if not spans or any(not a < b <= len(text) for a, b in spans):
        raise Unfollowable(f"{new!r} is no stretch of a text of {len(text)} characters, such as 120-158")
    if any(a[1] > b[0] for a, b in itertools.pairwise(spans)):
        raise Unfollowable(f"{new!r}: the stretches overlap")
    return json.dumps([[a, b, text[a:b]] for a, b in spans], ensure_ascii=False)


def _days(new: str) -> list[date]:
    try:
        days = [date.fromisoformat(part.strip()) for part in new.split("/")]
    except ValueError:
        days = []
    if len(days) not in (1, 2) or days != sorted(days):
        raise Unfollowable(f"{new!r} is no day, or first and last day, such as 2024-03-05 or 2024-03-01/2024-03-05")
    return days


def _figure(new: str) -> tuple[float, float | None]:
    match = re.fullmatch(r"(\d[\d,]*(?:\.\d+)?)\s*(?:([-–])\s*(\d[\d,]*(?:\.\d+)?)?)?", new)
    if match is None:
        raise Unfollowable(f"{new!r} is no figure, such as 9000, 9000-10000 or 9000-")
    low = float(match[1].replace(",", ""))
    high = low if match[2] is None else float(match[3].replace(",", "")) if match[3] else None
    if high is not None and high < low:
        raise Unfollowable(f"{new!r} runs backward")
    return low, high


def _point(new: str) -> None:
    try:
        point(new)
    except ValueError as reason:
        raise Unfollowable(str(reason)) from reason


def _mouths(new: str) -> list[str]:
    names = [name for name in BETWEEN.split(new) if name]
    if len(names) < 2:
        raise Unfollowable(f"{new!r} is no chain; write the outlet first and the speaker last: Outlet > Speaker")
    return names


def _span(fix: Fix) -> Any:
    text = fix.sheet.report.text
    spans = []
    for start, end, quote in json.loads(fix.new or "[]"):
        place = (start, end) if text[start:end] == quote else find(text, start, quote)
        if place is None:
            raise Unfollowable(f"the report no longer holds {quote!r}")
        spans.append(Span(*place))
    if fix.table == "statements":
        content = tuple(sorted(spans))
        return replace(fix.row, content=content, text=" ".join(s.of(text) for s in content))
    return replace(fix.row, start=spans[0].start, end=spans[-1].end, text=text[spans[0].start : spans[-1].end])


def _speaker(fix: Fix) -> Any:
    link = _link(fix.sheet, fix.row, fix.new, "speaker")
    source = Span(link.start, link.end) if link.start is not None and link.end is not None else None
    return replace(fix.row, speaker=fix.new, speaker_entity=None, source=source, chain=(*fix.row.chain[:-1], link))


def _chain(fix: Fix) -> Any:
    names = [None if n.lower() in NOBODY else n for n in _mouths(fix.new or "")]
    roles: list[LinkRole] = ["outlet", *["relay"] * (len(names) - 2), "speaker"]  # type: ignore[list-item]
    there = {link.name: link for link in fix.row.chain}
    links = [
        replace(there[name], role=role) if name in there else _link(fix.sheet, fix.row, name, role)
        for name, role in zip(names, roles, strict=True)
    ]
    last = links[-1]
    source = Span(last.start, last.end) if last.start is not None and last.end is not None else None
    return replace(fix.row, chain=tuple(links), speaker=names[-1], speaker_entity=None, source=source)


def _link(sheet: Sheet, row: Any, name: str | None, role: LinkRole) -> Link:
    """A mouth with the place nearest to the row where the report names it, if it does."""
    near = _nearest(sheet.mentions, row, name)
    return Link(role=role, name=name, start=near.start if near else None, end=near.end if near else None)


def _nearest(mentions: Sequence[Mention], row: Any, name: str | None) -> Mention | None:
    at = extent(row)[0]
    called = [m for m in mentions if name and folded(name) in (folded(m.name or ""), folded(m.text))]
    return min(called, key=lambda m: (abs(m.start - at), m.start), default=None)


def _date(fix: Fix) -> Any:
    days = _days(fix.new) if fix.new else []
    first, last = (days[0].isoformat(), days[-1].isoformat()) if days else (None, None)
    columns = DAYS.get(fix.table, DATES)
    changes: dict[str, Any] = dict(zip(columns, (first, last), strict=True))
    if fix.table == "events":
        changes["date_precision"] = precision(first, last) if days else None
    if fix.table == "times":
        whole = first if first == last else f"{first}/{last}"
        changes |= {
            "value": whole if days else None,
            "precision": precision(first, last) if days else "vague",
            "anchor": None,
        }
    return replace(fix.row, **changes)


def _place(fix: Fix) -> Any:
    if fix.table == "places":
        place = gazetted(fix.row, fix.new, fix.known)
        if place is None:
            raise Unfollowable(
                f"the gazetteer knows no place {fix.new!r}; give a name, a GeoNames id, or latitude, longitude"
            )
        return place
    if fix.new is None:
        return replace(fix.row, place_id=None)
    at = fix.row.start
    called = [
        p for p in fix.sheet.places if fix.new == p.place_id or folded(fix.new) in (folded(p.name), folded(p.text))
    ]
    if not called:
        raise Unfollowable(f"the report names no place {fix.new!r}")
    return replace(fix.row, place_id=min(called, key=lambda p: (abs(p.start - at), p.start)).place_id)


def _number(fix: Fix) -> Any:
    low, high = _figure(fix.new or "")
    return replace(
        fix.row, low=low, high=high, exact=low == high, modifier=None, modifier_start=None, modifier_end=None
    )


def _sides(field: str) -> Callable[[Fix], Any]:
    def change(fix: Fix) -> Any:
        names = tuple(dict.fromkeys(n.strip() for n in (fix.new or "").split(";") if n.strip()))
        near = [_nearest(fix.sheet.mentions, fix.row, name) for name in names]
        one = field.removesuffix("s")
        spans = tuple(Span(m.start, m.end) for m in near if m is not None)
        return replace(fix.row, **{field: names, f"{one}_entities": (None,) * len(names), f"{one}_spans": spans})

    return change


CHANGES: Mapping[str, Callable[[Fix], Any]] = {
    "span": _span,
    "speaker": _speaker,
    "chain": _chain,
    "date": _date,
    "place": _place,
    "figure": _number,
    "actors": _sides("actors"),
    "recipients": _sides("recipients"),
}
