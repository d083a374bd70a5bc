"""Work on a Spark cluster: the same functions over Arrow batches, and jobs that a restart need not do again.

Knows nothing of news. Frames and sessions are PySpark's own; it is an extra, so it is imported when a session starts.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from onrecord.errors import MissingEngine

Row = dict[str, Any]
Many = Callable[[Iterator[Row]], Iterable[Row]]  # rows of one part of a frame to rows
Judge = Callable[[list[Row], list[Row]], Iterable[Row]]  # the rows of one key in two frames to rows
# Rows that cross from Java to Python at once. Reports weigh some 50 kB with all that was found in them.
BATCH = 64
TOGETHER = 2  # jobs at a time: while the last tasks of one run out, the next one's begin
SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.execution.arrow.maxRecordsPerBatch": str(BATCH),
    "spark.sql.sources.partitionOverwriteMode": "static",  # a job done again replaces what its killed self left
    "spark.sql.parquet.compression.codec": "zstd",
    # Rows that Java holds of one column while it reads; 4,096 of ours filled its heap of 1 GB at 20,000 reports.
    "spark.sql.parquet.columnarReaderBatchSize": "128",
    "spark.sql.session.timeZone": "UTC",
    "spark.log.level": "ERROR",
}


def start(master: str | None = None, settings: Mapping[str, str] | None = None) -> Any:
    """A Spark session.

    Args:
        master: "local[2]", "spark://host:7077" ...; None takes what `spark-submit` gives.
        settings: more of Spark's own settings; they win over ours.

    Raises:
        MissingEngine: PySpark, pyarrow or Java is not there, or the cluster does not answer.
    """
    try:
        import pyarrow  # noqa: F401 (PySpark looks for it only once a job runs)
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise MissingEngine(
            f"not installed: {error.name}", where="Spark", hint="pip install 'onrecord[spark]'"
        ) from error
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        hint = "install Java 17 or newer (on Debian, apt install openjdk-17-jre-headless), or set JAVA_HOME"
        raise MissingEngine("no Java on this machine", where="Spark", hint=hint)
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("onrecord")
    builder = builder.master(master) if master else builder
    for name, value in {**SETTINGS, **(settings or {})}.items():
        builder = builder.config(name, value)
    try:
        return builder.getOrCreate()
    except Exception as error:  # the edge: Java's own errors, of any kind
        hint = "see what Java says above; --master local[2] runs it on this machine"
        raise MissingEngine(f"does not start: {str(error)[:200]}", where=f"Spark at {master}", hint=hint) from error


def mapped(frame: Any, function: Many, columns: str) -> Any:
    """A frame of what a top-level function makes of the rows of each part, in Arrow batches.

    Args:
        frame: rows as dictionaries reach the function one by one.
        function: top-level, or a partial of one: it is sent by name.
        columns: names and types of what it makes, "report_id string, words bigint".
    """
    return frame.mapInArrow(partial(_over_batches, function=function, columns=columns), columns)


def judged(left: Any, right: Any, key: str, function: Judge, columns: str) -> Any:
    """A frame of what a top-level function makes of the rows that two frames hold under each value of a column.

    The rows come in any order: whoever judges sorts them.
    """
    right = right.toDF(*right.columns)  # new columns to Spark, also where both frames come of one
    pair = left.groupBy(key).cogroup(right.groupBy(key))
    return pair.applyInArrow(partial(_over_tables, function=function, columns=columns), columns)


def _over_batches(batches: Iterator[Any], *, function: Many, columns: str) -> Iterator[Any]:
    rows = (row for batch in batches for row in batch.to_pylist())
    waiting: list[Row] = []
    for row in function(rows):
        waiting.append(row)
        if len(waiting) >= BATCH:
            yield _batch(waiting, columns)
            waiting = []
    if waiting:
        yield _batch(waiting, columns)


def _over_tables(left: Any, right: Any, *, function: Judge, columns: str) -> Any:
    import pyarrow

    made = list(function(left.to_pylist(), right.to_pylist()))
    return pyarrow.Table.from_pylist(made, schema=_schema(columns))


def _batch(rows: Sequence[Row], columns: str) -> Any:
    import pyarrow

    return pyarrow.RecordBatch.from_pylist(list(rows), schema=_schema(columns))


def _schema(columns: str) -> Any:
    """Spark's names of types as Arrow's; a worker has no session that it could ask."""
    import pyarrow

    kinds = {
        "string": pyarrow.string(), "int": pyarrow.int32(), "bigint": pyarrow.int64(), "double": pyarrow.float64(),
        "array<int>": pyarrow.list_(pyarrow.int32()), "array<string>": pyarrow.list_(pyarrow.string()),
    }  # fmt: skip
    pairs = (column.split() for column in columns.split(","))
    return pyarrow.schema([(name, kinds[kind]) for name, kind in pairs])


def sql(session: Any, text: str, frames: Mapping[str, Any], values: Mapping[str, Any] | None = None) -> Any:
    """The frame that a statement gives which DuckDB runs, too: `$name` stands for a value, a table's name for a frame."""
    for name, frame in frames.items():
        frame.createOrReplaceTempView(name)
    return session.sql(re.sub(r"\$(\w+)", r":\1", text), args=dict(values or {}))


def kept(session: Any, path: str, make: Callable[[], Any], parted: Sequence[str] = ()) -> Any:
    """A frame as Parquet: read where a run before has finished it, else made and written.

    Spark puts `_SUCCESS` beside the files of a job once all its tasks are done; a folder without it is written anew.
    """
    if not exists(session, f"{path}/_SUCCESS"):
        make().write.mode("overwrite").partitionBy(*parted).parquet(path)
    return session.read.parquet(literal(path))


def in_slices(session: Any, folder: str, slices: int, make: Callable[[int], Any]) -> tuple[Any, int]:
    """A frame made slice by slice, each a job of its own whose Parquet stays: a killed run costs the slices at hand.

    Returns:
        The whole frame, and how many slices an earlier run had finished.
    """
    paths = [f"{folder}/slice-{k:05}" for k in range(slices)]
    todo = [k for k, path in enumerate(paths) if not exists(session, f"{path}/_SUCCESS")]

    def job(k: int) -> None:
        make(k).write.mode("overwrite").parquet(paths[k])

    with ThreadPoolExecutor(TOGETHER) as jobs:
        list(jobs.map(job, todo))
    return session.read.parquet(*map(literal, paths)), slices - len(todo)


def literal(path: str) -> str:
    """A path to read, for Spark takes brackets and stars in it for a pattern.

    >>> literal("reports [2024]/all*.jsonl")
    'reports \\\\[2024\\\\]/all\\\\*.jsonl'
    """
    return re.sub(r"([\[\]{}*?\\])", r"\\\1", path)


def exists(session: Any, path: str) -> bool:
    """Whether there is such a file or folder, on whatever file system Spark can open."""
    files, at = _files(session, path)
    return bool(files.exists(at))


def write_text(session: Any, path: str, text: str) -> None:
    """Writes a small file, on whatever file system Spark can open."""
    files, at = _files(session, path)
    stream = files.create(at, True)
    stream.write(bytearray(text.encode()))
    stream.close()


def _files(session: Any, path: str) -> tuple[Any, Any]:
    at = session._jvm.org.apache.hadoop.fs.Path(path)
    return at.getFileSystem(session._jsc.hadoopConfiguration()), at
