"""Events as coders of conflict know them: what the ACLED, UCDP and POLECAT exports share.

Every exported row ends with our own columns, so that nobody has to believe it: the report, the characters, the quoted
sentence, the chain, realis, assertion, the matter and how many reports and independent origins it has.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from onrecord.claims.events.frames import is_of
from onrecord.ledger.queries import Filter, rows
from onrecord.ledger.shape import Row
from onrecord.ledger.store import Ledger
from onrecord.text.gazetteer import gazetteer
from onrecord.text.tables import table
from onrecord.views.cells import cell
from onrecord.views.taking import UNIT, Taken
from onrecord.views.wording import chain_names

OURS = (
    "report_id", "start", "end", "trigger", "offsets", "quote", "chain", "realis", "assertion", "matter_id", "reports",
    "origins", "event_id", "why", "coder", "onrecord_version",
)  # fmt: skip
NEAR = 120  # characters around a trigger in which a count of the dead is its own
SIDES = {"statal": "1", "rebel": "2", "protesting": "6", "civil": "7"}


@dataclass(frozen=True, slots=True)
class Coded:
    """One event with all that its export needs."""

    event: Row
    report: Row
    place: Row | None
    dead: tuple[Row, ...]
    ours: Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """Where a place lies, in names as coders write them; "" where that is not known."""

    country: str = ""
    iso: str = ""  # ISO 3166-1 numeric
    first: str = ""  # division of the country
    second: str = ""


def area(place: Row | None) -> Area:
    """The country and divisions of a place: those of the ledger, the second one as the gazetteer that ships has it."""
    if place is None or not place["country"]:
        return Area()
    code = place["country"]
    country = gazetteer().division(code)
    known = gazetteer().numbered(place["geoname_id"]) if place["geoname_id"] else None
    second = gazetteer().division(code, known.admin1, known.admin2) if known and known.admin1 and known.admin2 else None
    district = place["name"] if place["precision"] == "district" else ""
    return Area(
        country=country.name if country else code,
        iso=next((r["numeric"] for r in table("countries") if r["alpha2"] == code), ""),
        first=place["province"] or "",
        second=second.name if second and place["precision"] in ("point", "district") else district,
    )


def coded(ledger: Ledger, asked: Filter) -> list[Coded]:
    """The events of a filter in its order, with report, place and counts of the dead."""
    reports = {r["report_id"]: r for r in ledger.rows("reports")}
    places = {p["place_id"]: p for p in ledger.rows("places")}
    statements = {s["statement_id"]: s for s in ledger.rows("statements")}
    matters = {m["matter_id"]: m for m in ledger.rows("matters")}
    claimed = {c["claim_id"]: matters[c["matter_id"]] for c in ledger.rows("matter_claims")}
    dead: dict[str, list[Row]] = {}
    for figure in ledger.rows("quantities", "class = ?", ("killed",)):
        dead.setdefault(figure["report_id"], []).append(figure)
    version = dict(ledger.meta())["version"]
    made = []
    for event in rows(ledger, asked):
        report = reports[event["report_id"]]
        statement = statements.get(event["statement_id"])
        matter = claimed.get(event["event_id"]) or claimed.get(event["statement_id"])
        near = _counts(event, dead.get(event["report_id"], ()), report["text"])
        ours = _ours(event, report, statement, matter) | {"onrecord_version": version}
        made.append(Coded(event, report, places.get(event["place_id"]), near, ours))
    return made


def _counts(event: Row, figures: Iterable[Row], text: str) -> tuple[Row, ...]:
    """The counts of the dead beside an event: those of its recipients, else the nearest one in its sentence."""
    near = [f for f in figures if _near(event, f, text)]
    own = [f for f in near if any(f["start"] < end and start < f["end"] for start, end in event["recipient_spans"])]
    return tuple(own or sorted(near, key=lambda f: abs(f["start"] - event["start"]))[:1])


def _near(event: Row, figure: Row, text: str) -> bool:
    between = text[min(event["end"], figure["end"]) : max(event["start"], figure["start"])]
    return abs(event["start"] - figure["start"]) <= NEAR and not re.search(r"[.!?]\s|\n", between)


def _ours(event: Row, report: Row, statement: Row | None, matter: Row | None) -> Row:
    return {
        "report_id": event["report_id"],
        "start": event["start"],
        "end": event["end"],
        "trigger": event["text"],
        "offsets": UNIT,
        "quote": sentence(report["text"], event["start"], event["end"]),
        "chain": " ‹ ".join(chain_names(statement["chain"])) if statement else report["outlet"] or "",
        "realis": event["realis"],
        "assertion": event["assertion"],
        "matter_id": matter["matter_id"] if matter else "",
        "reports": matter["reports"] if matter else 1,
        "origins": matter["origins"] if matter else 1,
        "event_id": event["event_id"],
        "why": event["why"],
        "coder": "machine",
    }


def sentence(text: str, start: int, end: int) -> str:
    """The sentence around a stretch, on one line.

    >>> sentence("Snow fell. Guns fired at Lenna. Nobody came.", 16, 21)
    'Guns fired at Lenna.'
    """
    first = max((m.end() for m in re.finditer(r"[.!?][\"”']?\s+|\n+", text[:start])), default=0)
    last = re.compile(r"[.!?][\"”']?(?=\s|$)|\n").search(text, end)
    return " ".join(text[first : last.end() if last else len(text)].split())


def side(names: Sequence[str]) -> str:
    """ACLED's code of an actor by the words of its name; "" where they do not tell.

    >>> side(["government forces"]), side(["villagers"]), side(["Irsa"])
    ('1', '7', '')
    """
    for name in names:
        for word in reversed(re.findall(r"[a-z]+", name.lower())):
            for kind, code in SIDES.items():
                if is_of(word, kind) or is_of(word.removesuffix("s"), kind):
                    return code
    return ""


def fatalities(figures: Iterable[Row]) -> tuple[int | None, int | None, int | None]:
    """Low, best and high of the counts beside an event: UCDP's three; ACLED takes the lowest. None where nobody counts."""
    found = [f for f in figures if f["low"] is not None]
    if not found:
        return None, None, None
    low, high = min(f["low"] for f in found), max(f["high"] or f["low"] for f in found)
    return int(low), int(min(f["low"] for f in found)), int(high)


def long_date(iso: str | None) -> str:
    """A date as ACLED writes it.

    >>> long_date("2024-03-05"), long_date(None)
    ('05 March 2024', '')
    """
    return date.fromisoformat(iso[:10]).strftime("%d %B %Y") if iso else ""


def save(
    out: BinaryIO,
    columns: Sequence[str],
    events: Iterable[Coded],
    row: Callable[[Coded], Row],
    unfit: Callable[[Coded], str],
    dialect: str = "excel",
) -> Taken:
    """Writes events under these columns, then ours; unknown cells are empty.

    Args:
        row: an event as a row; cells that a spreadsheet would run are made text.
        unfit: why an event has no row in this coding; "" where it has one.
    """
    text = io.TextIOWrapper(out, encoding="utf-8", newline="")
    writer = csv.DictWriter(text, [*columns, *OURS], restval="", dialect=dialect)
    writer.writeheader()
    count, left = 0, Counter[str]()
    for event in events:
        if reason := unfit(event):
            left[reason] += 1
            continue
        writer.writerow({k: cell(v) for k, v in (row(event) | event.ours).items()})
        count += 1
    text.flush()
    text.detach()
    return Taken(rows=count, left_out=dict(sorted(left.items())))
