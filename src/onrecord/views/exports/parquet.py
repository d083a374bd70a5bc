"""Parquet through DuckDB: typed columns, zstd, the same bytes for the same rows; lists are JSON text."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from onrecord.engines.duck import locked, quoted
from onrecord.ledger.names import schema
from onrecord.ledger.queries import Filter
from onrecord.ledger.store import Ledger
from onrecord.views.taking import Taken, about, columns, taken

TYPES = {"TEXT": "varchar", "INTEGER": "bigint", "REAL": "double"}
MORE = {"start": "bigint", "end": "bigint"}  # of what is added; the rest of it is text
LONGEST = 1 << 30  # bytes of a row on its way to DuckDB


def write(ledger: Ledger, asked: Sequence[Filter], out: BinaryIO) -> Taken:
    """Writes the rows of one filter; what the file says of itself lies in its key-value metadata."""
    (one,) = asked
    count = 0
    with TemporaryDirectory() as folder:
        lines, made = Path(folder) / "rows.jsonl", Path(folder) / "rows.parquet"
        with lines.open("w", encoding="utf-8", newline="\n") as file:
            for row in taken(ledger, one):
                flat = {k: json.dumps(v, ensure_ascii=False) if isinstance(v, list) else v for k, v in row.items()}
                file.write(json.dumps(flat) + "\n")
                count += 1
        con = locked(Path(folder))
        try:
            con.execute(_sql(one, lines, made, about(ledger, asked)))
        finally:
            con.close()
        with made.open("rb") as done:
            shutil.copyfileobj(done, out)
    return Taken(rows=count)


def _sql(asked: Filter, lines: Path, made: Path, says: dict[str, str]) -> str:
    own = schema()[asked.table]
    kinds = {c: TYPES[own[c]] if c in own else MORE.get(c, "varchar") for c in columns(asked.table)}
    read = ", ".join(f"{quoted(name)}: '{kind}'" for name, kind in kinds.items())
    told = ", ".join(f"{name}: {quoted(value)}" for name, value in says.items())
    source = f"read_json({quoted(str(lines))}, format='newline_delimited', columns={{{read}}}, maximum_object_size={LONGEST})"
    return f"copy (select * from {source}) to {quoted(str(made))} (format parquet, compression zstd, kv_metadata {{{told}}})"
