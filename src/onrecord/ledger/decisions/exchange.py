"""Logs as text: JSON Lines and CSV, out and in; and the CSV of names."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from onrecord.entities.wishes import SAME, read_wishes
from onrecord.errors import BadDecision
from onrecord.ledger.decisions.log import COLUMNS, Log, identified
from onrecord.records import Anchor, Judgement

PLACES = ("anchor", "target")
FIELDS = tuple(f.name for f in fields(Anchor))
NUMBERS = frozenset({"seq", "settles", *(f"{p}_{n}" for p in PLACES for n in ("start", "end"))})
HEADER = tuple(name for c in COLUMNS for name in ([f"{c}_{f}" for f in FIELDS] if c in PLACES else [c]))
FORMULAS = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run a cell that begins so


def as_json_lines(entries: Iterable[Judgement]) -> str:
    """One entry a line."""
    return "".join(json.dumps(asdict(e), ensure_ascii=False) + "\n" for e in entries)


def as_csv(entries: Iterable[Judgement]) -> str:
    """One entry a row, anchors in columns of their own; a cell that a spreadsheet would run gets an apostrophe before it."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, HEADER)
    writer.writeheader()
    for entry in entries:
        writer.writerow({k: _guarded(v) for k, v in _flat(entry).items()})
    return out.getvalue()


def _flat(entry: Judgement) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for name, value in asdict(entry).items():
        if name in PLACES:
            row |= {f"{name}_{f}": (value or {}).get(f) for f in FIELDS}
        else:
            row[name] = value
    return row


def _guarded(value: Any) -> Any:
    """Text that begins as a formula, or with the apostrophe that says so, behind an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value.startswith((*FORMULAS, "'")) else value


def read_entries(path: Path) -> tuple[Judgement, ...]:
    """The entries of a log (.db), of an export of one (JSON Lines or CSV), or of a CSV of names.

    Raises:
        BadDecision: the file is none of these, or an entry is unlike its own id: somebody has changed it.
        UnreadableReport: a CSV of names has a column missing or a verdict that is neither same nor different.
    """
    if path.suffix == ".db":
        if not path.is_file():
            raise _bad(path, "no such log", "give a log, or an export of one")
        return Log(path).acts()
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise _bad(path, f"cannot be read: {error}", "give JSON Lines or CSV in UTF-8") from error
    if not text.strip() or text.lstrip().startswith("{"):
        return tuple(_json_entries(path, text))
    header = next(csv.reader(text.splitlines()[:1]), [])
    if "verdict" in header:
        return tuple(_names(path, text))
    if not set(HEADER) <= set(header):
        hint = "export one with: onrecord decisions LEDGER --export FILE"
        raise _bad(path, "neither a log, nor an export of one, nor a CSV of names", hint)
    return tuple(_csv_entries(path, text))


def _bad(path: Path, what: str, hint: str) -> BadDecision:
    return BadDecision(what, where=str(path), hint=hint)


def _json_entries(path: Path, text: str) -> Iterator[Judgement]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                row = json.loads(line)
                for name in PLACES:
                    row[name] = Anchor(**row[name]) if row[name] else None
                entry = Judgement(**row)
            except (ValueError, TypeError, KeyError) as error:
                raise _bad(path, f"line {number} is no decision: {error}", "export it again") from error
            yield _true(path, number, entry)


def _csv_entries(path: Path, text: str) -> Iterator[Judgement]:
    for number, row in enumerate(csv.DictReader(io.StringIO(text, newline="")), 1):
        try:
            yield _true(path, number, _entry(row))
        except (ValueError, TypeError) as error:
            raise _bad(path, f"row {number} is no decision: {error}", "export it again") from error


def _entry(row: Mapping[str, str]) -> Judgement:
    plain = {k: _value(k, v) for k, v in row.items() if k in HEADER}
    values: dict[str, Any] = {}
    for name in COLUMNS:
        if name in PLACES:
            held = {f: plain[f"{name}_{f}"] for f in FIELDS}
            texts = {f: held[f] or "" for f in ("quote", "prefix", "suffix")}
            values[name] = Anchor(**(held | texts)) if held["report_id"] else None
        else:
            values[name] = (plain[name] or "") if name in ("who", "when", "act") else plain[name]
    return Judgement(**values)


def _value(name: str, cell: str) -> Any:
    if cell == "":
        return None
    return int(cell) if name in NUMBERS else cell.removeprefix("'")


def _true(path: Path, number: int, entry: Judgement) -> Judgement:
    if identified(entry).judgement_id != entry.judgement_id:
        what = f"entry {number} ({entry.judgement_id}) is not what was decided: its id does not fit its content"
        raise _bad(path, what, "take it from the log again; to decide otherwise, use onrecord decide")
    return entry


def _names(path: Path, text: str) -> Iterator[Judgement]:
    """Decisions of a CSV of names as entries; the same file gives the same entries."""
    days = [row.get("when") or "" for row in csv.DictReader(io.StringIO(text, newline=""))]
    for number, (said, when) in enumerate(zip(read_wishes(path).decisions, days, strict=True), 1):
        yield identified(
            Judgement(
                seq=number,  # before anything that a log counts, in the order of the file
                who=said.who or "list of names",
                when=when,
                act="merge" if said.verdict == SAME else "split",
                field="names",
                old=said.one,
                new=said.other,
                reason=said.reason or None,
            )
        )
