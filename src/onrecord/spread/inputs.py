"""From what Spark can open to a frame of reports: the readers of `reports/` on the workers, doubles set aside.

Paths on a disk that all workers see are listed here and opened there. Addresses ("s3a://", "hdfs://") are listed and
opened by Spark. Lines of JSON and Parquet are cut by Spark, so that one large file is many tasks; all else is a task a
file.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from onrecord.engines.spark import Row, literal, mapped
from onrecord.records import Report, Skipped
from onrecord.records.plain import plain
from onrecord.reports import File, listed, of_bytes, of_file
from onrecord.reports.ways import Found, Ways, sha256
from onrecord.reports.ways import of_file as of_whole

# One row a thing that came in: a report (`report` is set) or what was skipped.
COLUMNS = "report_id string, bucket int, path string, place string, report string, reason string, hint string"
BUCKETS = 1 << 16  # a report's bucket is a hash of its id: slices of a pile are ranges of buckets
LINES, TABLES = (".jsonl", ".ndjson"), (".parquet",)
MOST_TASKS = 10_000


def received(session: Any, inputs: Sequence[str], fields: Mapping[str, str]) -> tuple[Any, str]:
    """What came in, each report once, and a name for this very pile: a hash of all files' names, sizes and times.

    Args:
        session: of Spark.
        inputs: files, folders, addresses. A manifest.csv is followed on a shared disk, not behind an address.
        fields: for lines of JSON and tables, our field name to their column.
    """
    told = dict(fields)
    here = [item for item in inputs if "://" not in item]
    found = list(listed(here))
    files = [one for one in found if isinstance(one, File)]
    lost = [pair for one in found if not isinstance(one, File) for pair in one]
    away = _away(session, [item for item in inputs if "://" in item])
    name = hashlib.sha256(repr([sorted(told.items()), *map(_stamp, files), *away]).encode()).hexdigest()[:16]
    frames = [_frame(session, [_row(pair) for pair in lost]), *_here(session, files, told)]
    frames += _there(session, [path for path, *_ in away], told)
    whole = frames[0]
    for frame in frames[1:]:
        whole = whole.unionAll(frame)
    return _once(whole), name


def _stamp(one: File) -> tuple[str, int, int]:
    try:
        state = one.path.stat()
    except OSError:
        return one.name, -1, -1
    return one.name, state.st_size, state.st_mtime_ns


def _away(session: Any, inputs: Sequence[str]) -> list[tuple[str, int, str]]:
    """Path, size and time of all files behind addresses."""
    if not inputs:
        return []
    files = session.read.format("binaryFile").option("recursiveFileLookup", "true").load(list(inputs))
    rows = files.select("path", "length", "modificationTime").collect()
    return sorted((row[0], row[1], str(row[2])) for row in rows if not row[0].rsplit("/", 1)[-1].startswith((".", "_")))


def _frame(session: Any, rows: list[Row]) -> Any:
    names = [column.split()[0] for column in COLUMNS.split(",")]
    return session.createDataFrame([tuple(row[n] for n in names) for row in rows], COLUMNS)


def _here(session: Any, files: Sequence[File], fields: Mapping[str, str]) -> Iterator[Any]:
    lines = [f for f in files if f.path.suffix.lower() in LINES and not f.facts and _is_plain(f.path)]
    tables = [f for f in files if f.path.suffix.lower() in TABLES]
    apart = {f.path for f in (*lines, *tables)}
    for one in lines:
        yield from _lines(session, _address(one.path), one.name, fields, of_whole(one.path))
    for one in tables:
        yield from _rows(session, _address(one.path), one.name, fields, of_whole(one.path))
    others = [
        (str(f.path.absolute()), str(f.path), f.name, json.dumps(dict(f.facts))) for f in files if f.path not in apart
    ]
    if others:
        frame = session.createDataFrame(others, "file string, place string, name string, facts string")
        spread = frame.repartition(min(len(others), MOST_TASKS))
        yield mapped(spread, partial(_of_files, fields=fields), COLUMNS)


def _address(path: Path) -> str:
    return f"file://{path.absolute().as_posix()}"  # Hadoop wants no percent signs for blanks


def _is_plain(path: Path) -> bool:
    """Whether Spark may cut it into lines: UTF-8 as it should be. Others go to our reader whole."""
    try:
        with path.open("rb") as stream:
            start = stream.read(64)
    except OSError:
        return False
    return b"\0" not in start and start.lstrip()[:1] == b"{"


def _there(session: Any, paths: Sequence[str], fields: Mapping[str, str]) -> Iterator[Any]:
    lines = [p for p in paths if p.lower().endswith(LINES)]
    tables = [p for p in paths if p.lower().endswith(TABLES)]
    for path in lines:
        yield from _lines(session, path, path, fields, None)
    for path in tables:
        yield from _rows(session, path, path, fields, None)
    others = [p for p in paths if p not in {*lines, *tables}]
    if others:
        files = session.read.format("binaryFile").load([*map(literal, others)]).select("path", "content")
        yield mapped(files, partial(_of_contents, fields=fields), COLUMNS)


def _lines(session: Any, address: str, name: str, fields: Mapping[str, str], whole: str | None) -> Iterator[Any]:
    yield mapped(
        session.read.text(literal(address)), partial(_of_lines, name=name, fields=fields, whole=whole), COLUMNS
    )


def _rows(session: Any, address: str, name: str, fields: Mapping[str, str], whole: str | None) -> Iterator[Any]:
    from pyspark.sql.functions import struct, to_json

    frame = session.read.parquet(literal(address))
    lines = frame.select(to_json(struct(*frame.columns)).alias("value"))
    yield mapped(lines, partial(_of_lines, name=name, fields=fields, whole=whole), COLUMNS)


def _of_files(rows: Iterator[Row], *, fields: Mapping[str, str]) -> Iterator[Row]:
    for row in rows:
        one = File(Path(row["file"]), row["name"], json.loads(row["facts"]))
        for place, found in of_file(one, Ways(fields=fields)):
            yield _row((place.replace(row["file"], row["place"], 1), _as_given(found, row["file"], row["place"])))


def _as_given(found: Report | Skipped, file: str, place: str) -> Report | Skipped:
    """What was skipped, named by the path that the person gave."""
    if isinstance(found, Report):
        return found
    return Skipped(path=found.path.replace(file, place, 1), reason=found.reason, hint=found.hint)


def _of_contents(rows: Iterator[Row], *, fields: Mapping[str, str]) -> Iterator[Row]:
    for row in rows:
        yield from map(_row, of_bytes(row["path"], row["content"], fields, sha256=sha256(row["content"])))


def _of_lines(rows: Iterator[Row], *, name: str, fields: Mapping[str, str], whole: str | None) -> Iterator[Row]:
    for row in rows:
        if row["value"].strip():
            yield from map(_row, of_bytes(name, row["value"].encode(), fields, suffix=".jsonl", sha256=whole))


def _row(found: Found) -> Row:
    place, one = found
    if isinstance(one, Skipped):
        return {
            "report_id": None, "bucket": None, "path": one.path, "place": place, "report": None,
            "reason": one.reason, "hint": one.hint,
        }  # fmt: skip
    bucket = zlib.crc32(one.report_id.encode()) % BUCKETS
    return {
        "report_id": one.report_id, "bucket": bucket, "path": one.path, "place": place, "report": _text(plain(one)),
        "reason": None, "hint": None,
    }  # fmt: skip


def _text(values: object) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def _once(frame: Any) -> Any:
    """Each report once, the first by path; the others become what is skipped, as in a build on one machine."""
    from pyspark.sql import Window
    from pyspark.sql.functions import coalesce, col, concat, first, lit, row_number, when

    same = Window.partitionBy("report_id").orderBy(coalesce("path", lit("")), "place")
    ranked = frame.where("report is not null").withColumn("rank", row_number().over(same))
    ranked = ranked.withColumn("kept", first("path").over(same))
    double = col("rank") > 1
    made = ranked.select(
        when(double, None).otherwise(col("report_id")).alias("report_id"),
        when(double, None).otherwise(col("bucket")).alias("bucket"),
        when(double, col("place")).otherwise(col("path")).alias("path"),
        "place",
        when(double, None).otherwise(col("report")).alias("report"),
        when(double, concat(lit("same bytes as "), "kept")).alias("reason"),
        when(double, lit("nothing to do: it is in the ledger once")).alias("hint"),
    )
    return made.unionAll(frame.where("report is null").distinct())
