"""Parquet through DuckDB: typed columns, zstd, the same bytes for the same rows."""

from __future__ import annotations

from pathlib import Path

from onrecord.engines.duck import locked
from onrecord.ledger.store import Ledger

TYPES = {"TEXT": "varchar", "INTEGER": "bigint", "REAL": "double"}
BATCH = 2000


def write(ledger: Ledger, table: str, folder: Path) -> int:
    """Writes `<table>.parquet`; returns the number of rows. Lists are JSON text."""
    info = [
        (r["name"], TYPES[r["type"].upper()])
        for r in ledger.db.execute(f"pragma table_info({table})")
        if r["name"] != "id"
    ]
    names = ", ".join(f'"{name}"' for name, _ in info)
    con = locked(folder)
    try:
        con.execute(f"create table rows ({', '.join(f'{chr(34)}{name}{chr(34)} {kind}' for name, kind in info)})")
        rows = ledger.db.execute(f"select {names} from {table} order by id")
        marks = ", ".join("?" * len(info))
        count = 0
        while batch := rows.fetchmany(BATCH):
            con.executemany(f"insert into rows values ({marks})", [tuple(r) for r in batch])
            count += len(batch)
        target = str(folder.resolve() / f"{table}.parquet").replace("'", "''")
        con.execute(f"copy (select * from rows) to '{target}' (format parquet, compression zstd)")
    finally:
        con.close()
    return count
