"""Rows are sealed as they are written, many at once; what is read back has the same seal."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from onrecord.ledger.shape import row_of
from onrecord.ledger.store import Ledger, _dumped, publish, seals
from onrecord.records import Findings, Span

CELLS = (
    st.none() | st.integers() | st.floats(allow_nan=False) | st.text() | st.sampled_from(["]\n[", "\0", '], "', "\\n"])
)


@given(rows=st.lists(st.tuples(st.integers(), CELLS, CELLS), min_size=1))
def test_many_rows_are_dumped_as_one_after_the_other(rows: list[tuple[object, ...]]) -> None:
    each = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    assert _dumped(rows) == each.encode("utf-8", "surrogatepass")


def test_numbers_are_sealed_as_the_ledger_gives_them_back(findings: Findings, tmp_path: Path) -> None:
    sheet = next(s for s in findings.sheets if len(s.quantities) > 1)
    first, second, *rest = sheet.quantities
    odd = (replace(first, low=60, high=-0.0), replace(second, low=1e15, high=0.123456), *rest)
    publish(tmp_path / "odd.db", replace(findings, sheets=(replace(sheet, quantities=odd),)))
    with Ledger(tmp_path / "odd.db") as ledger:
        meta = ledger.meta()
        assert {key: meta[key] for key in seals(ledger.db)} == seals(ledger.db)


def test_every_table_of_the_example_has_the_seal_of_its_rows(ledger: Path) -> None:
    db = sqlite3.connect(ledger)
    meta = dict(db.execute("select key, value from meta"))
    for (table,) in db.execute("select substr(key, 6) from meta where key like 'seal:%'").fetchall():
        lines = (json.dumps(row, ensure_ascii=False) for row in db.execute(f"select * from {table} order by id"))
        assert hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest() == meta[f"seal:{table}"]
    db.close()


def test_lists_are_written_as_json_whatever_is_in_them(findings: Findings) -> None:
    statement = next(st for sheet in findings.sheets for st in sheet.statements)
    row = row_of(replace(statement, content=(Span(1, 2), Span(4, 9))))
    assert row["content"] == "[[1,2],[4,9]]" and json.loads(row["chain"])[-1]["role"] == statement.chain[-1].role
    event = next((e for sheet in findings.sheets for e in sheet.events), None)
    if event is not None:
        odd = replace(
            event, actors=("Irsa", 'the "Front"'), actor_entities=(None, "e-1"), actor_spans=(), territory=None
        )
        row = row_of(odd)
        assert (row["actors"], row["actor_entities"]) == ('["Irsa","the \\"Front\\""]', '[null,"e-1"]')
        assert (row["actor_spans"], row["territory"]) == ("[]", None)
