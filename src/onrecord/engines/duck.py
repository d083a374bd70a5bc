"""DuckDB shut in: it touches the folders that are named and nothing else of this machine, and cannot be talked out of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb


def locked(*folders: Path, threads: int = 1) -> duckdb.DuckDBPyConnection:
    """A database in memory.

    By default DuckDB reads any file, opens other databases and fetches extensions, also where an SQL text of somebody
    else reaches it. Here all three are off, but for the folders named, and the settings are locked.

    Args:
        folders: where it may read and write files.
        threads: one, so that rows keep their order.
    """
    import duckdb

    opened = duckdb.connect(
        config={"threads": threads, "autoinstall_known_extensions": False, "autoload_known_extensions": False}
    )
    allowed = ", ".join("'" + str(folder.resolve()).replace("'", "''") + "/'" for folder in folders)
    opened.execute(f"set allowed_directories = [{allowed}]")
    opened.execute("set enable_external_access = false")
    opened.execute("set lock_configuration = true")
    return opened
