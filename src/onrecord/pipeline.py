"""The order of the stages, written once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import onrecord
from onrecord.claims.events import events
from onrecord.claims.quantities import quantities
from onrecord.claims.statements import statements
from onrecord.engines.limits import Limits
from onrecord.engines.local import each
from onrecord.engines.memory import all_collected
from onrecord.engines.worker import at
from onrecord.entities import Known, resolve
from onrecord.entities.wishes import Wishes
from onrecord.ledger.decisions.follow import closed, judged
from onrecord.ledger.decisions.replay import live
from onrecord.matters import Together, compare
from onrecord.mentions import mentions
from onrecord.mentions.days import days
from onrecord.mentions.places import places
from onrecord.passages import passages
from onrecord.reading import DEFAULT, check, fingerprint, read
from onrecord.records import Findings, Judgement, Reading, Report, Run, Sheet, Skipped, content_id
from onrecord.text.gazetteer import fingerprint as hash_of
from onrecord.text.gazetteer import gazetteer
from onrecord.text.languages import ENGLISH
from onrecord.text.likeness import likeness
from onrecord.text.tables import tables_hash
from onrecord.work import Kept, code_hash


def _passages(sheet: Sheet) -> tuple[Any, ...]:
    return passages(sheet.report)


Workers = int | Callable[[int], int]  # how many processes, or how many for so many reports
Stage = tuple[str, Callable[[Sheet], Any]]
# Field of the sheet and the stage that fills it, once the report is read and its places are found; each sees what the
# ones before it found.
ALONE: tuple[Stage, ...] = (
    ("times", days),
    ("mentions", mentions),
    ("statements", statements),
    ("quantities", quantities),
    ("events", events),
)


def stages(reading: str, own: Path | None = None) -> tuple[Stage, ...]:
    """All stages within one report, in order, with the reading and the gazetteer that are named."""
    return (
        ("passages", _passages),
        ("reading", partial(read, by=reading)),
        ("places", partial(places, own=own)),
        *ALONE,
    )


def read_alone(report: Report, reading: str = DEFAULT, keep: bool = False, own: Path | None = None) -> Sheet | Skipped:
    """Everything that one report says by itself. A stage that fails costs this report, with its reason.

    A report in another language is kept, shown and searched, but not read: rules of English would make false rows of it.

    Args:
        report: what to read.
        reading: which model of English reads it, see `onrecord.reading`.
        own: a person's own gazetteer, asked before the one that ships.
        keep: leaves the sentences on the sheet; they weigh a hundred times the report's text.
    """
    sheet = Sheet(report=report)
    for name, stage in stages(reading, own) if report.language in ENGLISH else (("passages", _passages),):
        at(f"stage {name}")
        try:
            found: dict[str, Any] = {name: stage(sheet)}
            sheet = replace(sheet, **found)
        except MemoryError:
            return _lost(report, f"stage {name}: needs more memory than there is")
        except Exception as error:  # the edge of a report: its row says which stage broke and how
            reason = f"stage {name}: {type(error).__name__}: {error}"
            return Skipped(path=report.path or report.report_id, reason=reason, hint="please report this text as a bug")
    return sheet if keep else replace(sheet, reading=Reading())


def _lost(report: Report, reason: str) -> Skipped:
    hint = "split it, or allow it more: --seconds, --megabytes"
    return Skipped(path=report.path or report.report_id, reason=reason, hint=hint)


def _prepare(reading: str, own: Path | None) -> None:
    """Loads what reading a report needs, so that the first report of a process is not charged for it."""
    check(reading)
    gazetteer(own).division("")


def each_alone(
    reports: Sequence[Report],
    *,
    workers: Workers = 1,
    reading: str = DEFAULT,
    own: Path | None = None,
    work: Kept | None = None,
    limits: Limits | None = None,
    progress: Callable[[], None] | None = None,
) -> Iterator[Sheet | Skipped]:
    """What every report says by itself, in the order of the reports; with `work`, only what is new is read.

    What has been read is kept as it comes, also when the build ends early. Likely copies are read one after the other:
    what they print in common is read once, and what comes of it is the same either way.
    """
    found: dict[str, Sheet | Skipped] = dict(work.held(reports)) if work is not None else {}
    new = sorted((r for r in reports if r.report_id not in found), key=lambda r: (likeness(r.text), r.report_id))
    read_one = partial(read_alone, reading=reading, own=own)
    load = partial(_prepare, reading, own)
    step = progress or (lambda: None)
    for _ in found:
        step()
    try:
        count = workers if isinstance(workers, int) else workers(len(new))
        for number, made in each(read_one, new, count, lost=_lost, limits=limits, prepare=load):
            found[new[number].report_id] = made
            if work is not None:
                work.add(new[number], made)
            step()
    finally:
        if work is not None:
            work.close()
    yield from (found[report.report_id] for report in reports)


@all_collected()
def build(
    reports: Sequence[Report],
    skipped: Sequence[Skipped] = (),
    *,
    workers: Workers = 1,
    reading: str = DEFAULT,
    own: Path | None = None,
    wishes: Wishes | None = None,
    decisions: Sequence[Judgement] = (),
    progress: Callable[[], None] | None = None,
    work: Kept | None = None,
    limits: Limits | None = None,
) -> Findings:
    """All stages over a pile of reports.

    Args:
        reports: any order; the findings do not depend on it.
        skipped: what reading already left out, for the run record.
        workers: processes for the work within reports, or what says how many for so many new ones.
        reading: which model of English reads them, see `onrecord.reading`.
        own: a person's own gazetteer, asked before the one that ships.
        wishes: what a person has said about names, see `onrecord.entities.wishes`.
        decisions: what people have decided about rows, see `onrecord.ledger.decisions`; these win over all else.
        progress: called after each report.
        work: where outcomes are kept from one build to the next; None reads everything.
        limits: what one report may cost before it is skipped.

    Raises:
        BrokenModel: no reading has this name, or it does not load.
        BrokenGazetteer: `own` is no gazetteer.
        CannotWrite: `work` cannot be written to.
        BrokenPool: workers do not start.
    """
    check(reading)
    if own is not None:
        gazetteer(own).division("")  # a broken file stops the build, not each report
    sheets: list[Sheet] = []
    lost = list(skipped)
    pile = sorted(reports, key=lambda r: r.report_id)
    for made in each_alone(
        pile, workers=workers, reading=reading, own=own, work=work, limits=limits, progress=progress
    ):
        if isinstance(made, Sheet):
            sheets.append(made)
        else:
            lost.append(made)
    followed = judged(sheets, decisions, gazetteer(own))
    said = wishes or Wishes()
    known = resolve(followed.sheets, replace(said, decisions=(*said.decisions, *followed.names)))
    together = compare(known.sheets, known.entities, followed.moves)
    return Findings(
        run=_run(len(reports) + len(skipped), lost, made_by(reading, own, wishes, decisions)),
        sheets=known.sheets,
        entities=known.entities,
        doubts=known.doubts,
        reuse=together.reuse,
        origins=together.origins,
        matters=together.matters,
        claims=together.claims,
        decisions=closed(followed.decided, _made(known, together)),
    )


def _made(known: Known, together: Together) -> dict[str, frozenset[str]]:
    """Ids of the rows that only the whole pile makes, by table."""
    return {
        "entities": frozenset(e.entity_id for e in known.entities),
        "doubts": frozenset(d.doubt_id for d in known.doubts),
        "reuse": frozenset(r.reuse_id for r in together.reuse),
        "origins": frozenset(o.origin_id for o in together.origins),
        "matters": frozenset(m.matter_id for m in together.matters),
    }


def made_by(
    reading: str, own: Path | None = None, wishes: Wishes | None = None, decisions: Sequence[Judgement] = ()
) -> dict[str, str | None]:
    """What decides what a build finds, by column of the run record: version, settings, word tables, model."""
    settings = {"reading": reading}
    if own is not None:
        settings["gazetteer"] = hash_of(own)
    if wishes is not None and wishes != Wishes():
        settings["names"] = content_id("w", wishes)
    if stand := live(decisions):  # what is undone leaves no trace: the ledger is as it was before
        settings["decisions"] = content_id("w", [d.judgement_id for d in stand])
    return {
        "version": onrecord.__version__,
        "settings": json.dumps(settings),
        "words_hash": tables_hash(),
        "code_hash": code_hash(),
        "model_hash": fingerprint(reading),
    }


def _run(inputs: int, skipped: Sequence[Skipped], made: dict[str, Any]) -> Run:
    return Run(**made, inputs=inputs, skipped=tuple(sorted(skipped, key=lambda s: (s.path, s.reason))))
