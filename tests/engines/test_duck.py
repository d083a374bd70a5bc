"""DuckDB shut in: it reads the folders that are named, whatever they are called, and nothing else."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from onrecord.engines.duck import literal, locked


@pytest.mark.parametrize("name", ["plain", "spark local[2]", "it's *ours*", "what?"])
def test_a_folder_is_read_whatever_it_is_called(tmp_path: Path, name: str) -> None:
    folder, beside = tmp_path / name, tmp_path / "beside"
    for made in (folder, beside):
        made.mkdir()
        duckdb.from_query("select 7 as n").write_parquet(str(made / "a.parquet"))
    opened = locked(folder)
    ask = "select n from read_parquet(?)"
    assert opened.execute(ask, [[literal(str(folder / "a.parquet"))]]).fetchall() == [(7,)]
    with pytest.raises(duckdb.Error):
        opened.execute(ask, [[literal(str(beside / "a.parquet"))]]).fetchall()
