"""Wording that reports share, on a cluster: `matters/*.sql` finds the runs, then each group of related reports is judged.

Same rows as `matters.reuse`. A *group* is what hangs together by runs: everything that decides about a pair lies in its
group, so the function of one machine judges it there, unchanged. A group of too many reports is cut by story and the
cut is reported: across it, only put-together reports, stock phrases and short passages that a third report vouches
for may then be seen differently.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import numpy as np

from onrecord.engines.spark import Row, judged, kept, mapped, sql
from onrecord.ledger.shape import row_of
from onrecord.matters.families import (
    BESIDE_LONGEST,
    ENOUGH_SHARED,
    HOME,
    MOST_FAMILIES,
    MOST_OF_SHORTER,
    SHARE_OF_SHORTER,
)
from onrecord.matters.hits import LONGEST_LIST, MEDOIDS, Runs
from onrecord.matters.imprint import imprint, imprint_of
from onrecord.matters.postings import SHINGLE, Integers, Pile, gather, shingles
from onrecord.matters.reuse import Pair, pairs_of, rows
from onrecord.records import Sheet, Span
from onrecord.spread.alone import report_of, sheet_of

RAW = "doc bigint, h bigint, pos int"
REUSE = (
    "reuse_id string, from_report string, from_start bigint, from_end bigint, to_report string, to_start bigint, "
    "to_end bigint, characters bigint, from_share double, to_share double, quoted_share double, in_order bigint, "
    "direction string, parent string, why string"
)
MOST_TOGETHER = 20_000  # reports judged as one group: some 2 GB of a worker's memory
KIN = {
    "enough": ENOUGH_SHARED, "share": SHARE_OF_SHORTER, "gap": SHINGLE + 3, "beside": BESIDE_LONGEST,
    "most": MOST_OF_SHORTER,
}  # fmt: skip
RUNS = {"families": MOST_FAMILIES, "home": HOME, "shingle": SHINGLE, "longest": LONGEST_LIST, "medoids": MEDOIDS}


@dataclass(frozen=True, slots=True)
class Caps:
    """What a rule cut short."""

    long_lists: int  # shingles that more than `LONGEST_LIST` reports hold: joined through a few of each story
    cut_groups: int  # groups of more than `MOST_TOGETHER` reports


def shared(session: Any, alone: Any, folder: str) -> tuple[Any, Caps]:
    """The rows of `reuse` of all reports of a frame; what is finished on the way stays in the folder."""
    docs = kept(session, f"{folder}/docs", lambda: _docs(alone))
    raw = mapped(docs.select("doc", "report", "apart", "captions"), _shingles, RAW)
    held = kept(session, f"{folder}/shingles", lambda: sql(session, _statement("shared_shingles"), {"raw": raw}))
    lengths = kept(session, f"{folder}/lengths", lambda: mapped(docs, _lengths, "doc bigint, words bigint"))
    strong = sql(session, _statement("strong_pairs"), {"shingles": held, "lengths": lengths}, KIN)
    family = _roots((row[0], row[1]) for row in strong.select("a", "b").toLocalIterator())
    families = _labelled(session, lengths, family, "family")
    frames = {"shingles": held, "families": families.select("doc", "family", "words")}
    runs = kept(session, f"{folder}/runs", lambda: sql(session, _statement("runs"), frames, RUNS))
    groups = _roots((row[0], row[1]) for row in runs.select("a", "b").distinct().toLocalIterator())
    members, wanted, cut = _grouped(session, runs, docs, families, groups)
    made = kept(session, f"{folder}/reuse", lambda: judged(members, wanted, "grp", _judge, REUSE))
    long = held.groupBy("h").count().where(f"count > {LONGEST_LIST}").count()
    return made, Caps(long, cut)


def _statement(name: str) -> str:
    return (files("onrecord.matters") / f"{name}.sql").read_text(encoding="utf-8")


def _docs(alone: Any) -> Any:
    """The reports under numbers that keep the order of their ids."""
    from pyspark.sql.functions import monotonically_increasing_id

    read = alone.where("outcome like '[\"sheet\"%'").select("report_id", "report", "apart", "captions", "outcome")
    return read.orderBy("report_id").withColumn("doc", monotonically_increasing_id())


def _imprint(row: Row) -> Any:
    return imprint_of(report_of(row["report"]), *(_spans(row[kind]) for kind in ("apart", "captions")))


def _spans(bounds: Sequence[int]) -> list[Span]:
    return [Span(a, b) for a, b in zip(bounds[::2], bounds[1::2], strict=True)]


def _lengths(found: Iterator[Row]) -> Iterator[Row]:
    for row in found:
        yield {"doc": row["doc"], "words": len(_imprint(row).hashes)}


def _shingles(found: Iterator[Row]) -> Iterator[Row]:
    for row in found:
        mixed, whole = shingles(gather([_imprint(row)]))
        at = np.flatnonzero(whole)
        for h, pos in zip(mixed[at].view(np.int64).tolist(), at.tolist(), strict=True):
            yield {"doc": row["doc"], "h": h, "pos": pos}


def _roots(links: Iterable[tuple[int, int]]) -> dict[int, int]:
    """For each linked number the least one that it hangs together with."""
    parent: dict[int, int] = {}

    def root(k: int) -> int:
        while (up := parent.setdefault(k, k)) != k:
            parent[k] = parent[up]
            k = up
        return k

    for a, b in links:
        low, high = sorted((root(a), root(b)))
        parent[high] = low
    return {k: root(k) for k in parent}


def _labelled(session: Any, docs: Any, label: Mapping[int, int], name: str) -> Any:
    """A frame with a label for each doc: its own number where none is given."""
    from pyspark.sql.functions import coalesce

    frame = session.createDataFrame([*label.items()], f"doc bigint, {name} bigint")
    joined = docs.join(frame, "doc", "left")
    return joined.withColumn(name, coalesce(name, "doc"))


def _grouped(session: Any, runs: Any, docs: Any, families: Any, groups: Mapping[int, int]) -> tuple[Any, Any, int]:
    """Reports and runs under the number of their group, and how many groups were cut."""
    from pyspark.sql.functions import col, when

    sizes: dict[int, int] = {}
    for group in groups.values():
        sizes[group] = sizes.get(group, 0) + 1
    large = [group for group, size in sizes.items() if size > MOST_TOGETHER]
    label = session.createDataFrame([*groups.items()], "a bigint, whole bigint")
    story = families.select(col("doc").alias("a"), col("family").alias("story"))
    # numbers of docs are never negative: the parts of a group that was cut cannot meet a whole group's number
    part = when(col("whole").isin(large), -1 - col("story")).otherwise(col("whole"))
    wanted = runs.join(label, "a").join(story, "a").withColumn("grp", part).drop("whole", "story")
    ends = wanted.selectExpr("grp", "a as doc").unionAll(wanted.selectExpr("grp", "b as doc")).distinct()
    members = ends.join(docs.select("doc", "report", "outcome"), "doc").join(families.select("doc", "family"), "doc")
    return members, wanted, len(large)


def _judge(members: list[Row], found: list[Row]) -> Iterator[Row]:
    """The rows of one group: its reports as a pile of their own, its runs put into it, then as on one machine."""
    members.sort(key=lambda row: int(row["doc"]))
    sheets = [sheet for row in members if (sheet := sheet_of(row)) is not None]
    pile = gather(imprint(sheet) for sheet in sheets)
    number = {row["doc"]: k for k, row in enumerate(members)}
    kin = [row["family"] for row in members]
    yield from (row_of(made) for made in rows(_pairs(pile, found, number, kin), _by_id(sheets)))


def _by_id(sheets: Sequence[Sheet]) -> dict[str, Sheet]:
    return {sheet.report.report_id: sheet for sheet in sheets}


def _pairs(pile: Pile, found: list[Row], number: Mapping[int, int], kin: Sequence[int]) -> list[Pair]:
    found.sort(key=lambda row: (row["a"], row["b"], row["a_first"], row["b_first"]))
    a, b = (_column([number[row[side]] for row in found]) for side in ("a", "b"))
    first_a, first_b = (_column([row[f"{side}_first"] for row in found]) for side in ("a", "b"))
    words = _column([row["words"] for row in found])
    runs = Runs(a * len(pile.reports) + b, pile.first[a] + first_a, pile.first[b] + first_b, words)
    return list(pairs_of(pile, runs, _column(kin)))


def _column(values: Sequence[int]) -> Integers:
    return np.array(values, dtype=np.int64)
