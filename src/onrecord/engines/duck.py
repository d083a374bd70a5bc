"""DuckDB shut in: it touches the folders that are named and nothing else of this machine, and cannot be talked out of it."""

from __future__ import annotations

import re
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
    names = (str(folder.resolve()) for folder in folders)
    # As DuckDB wants the name of a file with a bracket in it, too: it asks by the pattern before it opens the file.
    allowed = [f"{form}/" for name in names for form in dict.fromkeys((name, literal(name)))]
    opened.execute(f"set allowed_directories = [{', '.join(map(quoted, allowed))}]")
    opened.execute("set enable_external_access = false")
    opened.execute("set lock_configuration = true")
    return opened


def literal(path: str) -> str:
    """A path as DuckDB wants it named where it takes brackets and stars for a pattern.

    >>> literal("tables [2]/*.parquet")
    'tables [[]2]/[*].parquet'
    """
    return re.sub(r"[\[*?]", r"[\g<0>]", path)


def quoted(text: str) -> str:
    """A text as SQL writes it.

    >>> quoted("it's")
    "'it''s'"
    """
    return "'" + text.replace("'", "''") + "'"
