"""A pile too large for one machine: the same stages on a Spark cluster, tables out; a ledger is built of any slice of them.

`inputs.py` receives the reports, `alone.py` reads each one, `shared.py` finds shared wording, `folder.py` opens the
tables again on one machine. Who is who, origins and matters are for the slice that somebody wants to look at: the ledger's
own build makes them, from what was read here, and reads nothing again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from onrecord.engines.limits import Limits
from onrecord.engines.spark import in_slices, kept, write_text
from onrecord.ledger.shape import types_of
from onrecord.pipeline import made_by
from onrecord.reading import DEFAULT, check
from onrecord.spread import alone, inputs
from onrecord.spread.folder import ABOUT, KIND
from onrecord.spread.shared import Caps, shared
from onrecord.work import version

# Reports of one slice for each core: a killed run costs a minute or two of reading.
PER_CORE = 400
SPARK = {"TEXT": "string", "INTEGER": "bigint", "REAL": "double"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a person asks for."""

    reading: str = DEFAULT
    own: Path | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    slices: int | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What came of it."""

    reports: int
    skipped: int
    slices: int
    kept: int  # slices that an earlier run had finished
    reuse: int
    caps: Caps


def spread(session: Any, given: Sequence[str], output: str, told: Told, say: Callable[[str], None]) -> Done:
    """Reads a pile into a folder of tables. The same command goes on where an earlier one was stopped.

    Args:
        session: of Spark, see `engines.spark.start`.
        given: files, folders, or addresses that Spark can open.
        output: a folder or address that all workers can write to.
        told: settings.
        say: told what is being done.

    Raises:
        BrokenModel, BrokenGazetteer: they do not load here, so they would not load there.
    """
    check(told.reading)
    frame, pile = inputs.received(session, given, told.fields)
    received = kept(session, f"{output}/received/{pile}", lambda: _by_bucket(session, frame))
    here = f"{output}/work/{version(told.reading, told.own)}-{pile}"
    count = received.where("report is not null").count()
    slices = _slices(session, here, told.slices or max(1, -(-count // (PER_CORE * _cores(session)))))
    say(f"{count:,} reports in {slices} slices")
    read, before = in_slices(session, f"{here}/alone", slices, lambda k: _slice(session, received, k, slices, told))
    say(f"read; {before} of {slices} slices were finished before. Shared wording next")
    made, caps = shared(session, read, here)
    _tables(session, read, made, output, here)
    skipped = [
        list(r) for r in received.where("reason is not null").select("path", "place", "reason", "hint").collect()
    ]
    about = {"kind": KIND, "alone": f"{here}/alone"[len(output) + 1 :], "pile": pile, "skipped": skipped}
    facts = {"reading": told.reading, "caps": asdict(caps), **made_by(told.reading, told.own)}
    write_text(session, f"{output}/{ABOUT}", json.dumps({**about, **facts}, ensure_ascii=False, indent=1))
    return Done(count, len(skipped), slices, before, made.count(), caps)


def _cores(session: Any) -> int:
    return int(session.sparkContext.defaultParallelism)


def _by_bucket(session: Any, frame: Any) -> Any:
    """What came in, sorted by bucket, so that a slice reads its own files and no others."""
    parts = max(1, _cores(session))
    return frame.repartitionByRange(parts, "bucket", "report_id").sortWithinPartitions("bucket", "report_id")


def _slices(session: Any, folder: str, wanted: int) -> int:
    """How many slices this pile is read in: as an earlier run decided, whatever the cluster is now."""
    frame = kept(session, f"{folder}/slices", lambda: session.createDataFrame([(wanted,)], "slices int").coalesce(1))
    return int(frame.collect()[0][0])


def _slice(session: Any, received: Any, k: int, slices: int, told: Told) -> Any:
    low, high = (inputs.BUCKETS * n // slices for n in (k, k + 1))
    part = received.where(f"bucket >= {low} and bucket < {high}").repartition(_cores(session))
    return alone.read(part, told.reading, told.own, told.limits)


def _tables(session: Any, read: Any, reuse: Any, output: str, here: str) -> None:
    """The tables as Parquet, by the month of the report: OUTPUT/tables/NAME/month=2024-03."""
    from pyspark.sql.functions import from_json

    listed = kept(session, f"{here}/rows", lambda: alone.tables(read), parted=("name",))
    for name in ("reports", *alone.TABLES):
        columns = ", ".join(f"`{column}` {SPARK[kind]}" for column, kind in types_of(name).items())
        cells = listed.where(f"name = '{name}'").select("month", from_json("cells", columns).alias("row"))
        cells.select("month", "row.*").write.mode("overwrite").partitionBy("month").parquet(f"{output}/tables/{name}")
    reuse.coalesce(_cores(session)).write.mode("overwrite").parquet(f"{output}/tables/reuse")
