"""`onrecord build`: read, extract, compare, and say what came of it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.errors import CannotWrite
from onrecord.views.cli.plainly import say

if TYPE_CHECKING:
    from onrecord.engines.limits import Limits
    from onrecord.entities.wishes import Wishes
    from onrecord.records import Findings, Judgement, Report, Skipped
    from onrecord.reports.ways import Ways
    from onrecord.spread.folder import Tables
    from onrecord.work import Work


@click.command()
@click.argument("reports", nargs=-1, required=True)
@click.option("-o", "--output", default="ledger.db", show_default=True, help="The ledger to write or add to.")
@click.option(
    "--field", "fields", multiple=True, metavar="NAME=COLUMN", help="For CSV and JSON Lines: our name, their column."
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    help="Processes. Default: one a core, up to 8, where 64 or more are to be read.",
)
@click.option(
    "--seconds",
    default=60.0,
    show_default=True,
    type=click.FloatRange(0.1),
    help="Time for one report before it is skipped.",
)
@click.option(
    "--megabytes", default=2048, show_default=True, type=click.IntRange(64), help="Memory for one report; with workers."
)
@click.option(
    "--wait", default=0.0, metavar="SECONDS", type=click.FloatRange(0), help="Wait for another build of this ledger."
)
@click.option(
    "--reading", default="bundled", show_default=True, help="What reads English: bundled, spacy:PIPELINE, or none."
)
@click.option("--fast", "reading", flag_value="none", help="The same as --reading none: rules alone, no events.")
@click.option(
    "--from", "since", metavar="DAY", help="Of a folder of tables (onrecord spark): reports from this day on."
)
@click.option("--to", "until", metavar="DAY", help="The same: reports up to this day, it included.")
@click.option(
    "--place", metavar="NAME", help="The same: reports that name this place, or a country by its two letters."
)
@click.option(
    "--gazetteer",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Your own gazetteer, made by `onrecord gazetteer`; the one that ships is asked after it.",
)
@click.option("--names", type=click.Path(), help="CSV of names of your own: name, aliases, not, type.")
@click.option(
    "--decisions",
    multiple=True,
    type=click.Path(path_type=Path),
    help="What people decided: a log, an export of one, or a CSV of names. Default: LEDGER.decisions.db and .csv.",
)
@click.option("--keep", is_flag=True, help="Keep copies of local files, too, in LEDGER.raw; what is fetched always is.")
@click.option("--operator", help="Who is at work, for the log of the copies kept. Default: your login name.")
@click.option("--allow-private", is_flag=True, help="Let addresses lead to machines of your own network.")
@click.option("--fresh", is_flag=True, help="Start anew: neither the ledger nor what was kept is used.")
@click.option("--quiet", is_flag=True, help="No progress and no summary.")
@click.option("--json", "as_json", is_flag=True, help="The summary as JSON on standard output.")
def build(
    reports: tuple[str, ...],
    output: str,
    fields: tuple[str, ...],
    workers: int | None,
    seconds: float,
    megabytes: int,
    wait: float,
    reading: str,
    since: str | None,
    until: str | None,
    place: str | None,
    gazetteer: Path | None,
    names: str | None,
    decisions: tuple[Path, ...],
    keep: bool,
    operator: str | None,
    allow_private: bool,
    fresh: bool,
    quiet: bool,
    as_json: bool,
) -> None:
    """Read REPORTS (files, folders, addresses of pages and feeds, "-") into a ledger.

    Reports that the ledger holds already are kept; the same reports again change nothing, unless the program, its word
    tables or what reads English have changed since. What each report says is kept in LEDGER.work, so that only new
    reports are read, and a build that was stopped goes on where it was.
    """
    from onrecord.engines.limits import Limits
    from onrecord.ledger.hold import held as hold
    from onrecord.views.anew import said
    from onrecord.views.cli.inputs import ways

    target = Path(output)
    if target.is_dir():
        raise CannotWrite("this is a folder", where=output, hint="give a file name: -o ledger.db")
    by = ways(target, mapping(fields), keep=keep, operator=operator, private=allow_private, quiet=quiet)
    wishes, judged = said(target, decisions, Path(names) if names else None)
    told = Told(by=by, reading=reading, own=gazetteer, wishes=wishes, decisions=judged)
    says, tables = Says(quiet, as_json), _tables(reports, since, until, place)
    with hold(target, wait) as sure:
        if not sure:
            click.echo(f"{target.parent}: this folder knows no locks; let nobody else build this ledger now", err=True)
        try:
            if tables is not None:
                code = _build_slice(tables, target, told, says)
            else:
                code = _build(reports, target, told, Limits(seconds, megabytes), workers, fresh, says)
        except KeyboardInterrupt:
            click.echo("stopped; what has been read is kept, and the same command goes on from there", err=True)
            code = 130
    sys.exit(code)


def quietly(
    inputs: Sequence[str], target: Path, *, reading: str, workers: int, fresh: bool, names: Path | None
) -> list[Skipped]:
    """The same from Python: nothing is printed; gives the inputs that no report could be made of."""
    from onrecord.engines.limits import Limits
    from onrecord.ledger.hold import held as hold
    from onrecord.views.anew import said
    from onrecord.views.cli.inputs import ways

    by = ways(target, {}, keep=False, operator=None, private=False, quiet=True)
    wishes, judged = said(target, (), names)
    told = Told(by=by, reading=reading, own=None, wishes=wishes, decisions=judged)
    with hold(target, 0.0):
        _build(inputs, target, told, Limits(), workers, fresh, says := Says(True, False))
    return says.skipped


@dataclass(frozen=True, slots=True)
class Told:
    """What decides what a build finds."""

    by: Ways
    reading: str
    own: Path | None
    wishes: Wishes
    decisions: Sequence[Judgement]


@dataclass(frozen=True, slots=True)
class Says:
    """How a build speaks."""

    quiet: bool
    as_json: bool
    skipped: list[Skipped] = field(default_factory=list)  # what could not be read, for who asks afterwards


def _build(
    inputs: Sequence[str], target: Path, told: Told, limits: Limits, workers: int | None, fresh: bool, says: Says
) -> int:
    """Builds, publishes, says what came of it; gives the exit code."""
    from onrecord.engines.local import workers_for
    from onrecord.ledger.store import publish
    from onrecord.pipeline import build as run
    from onrecord.pipeline import made_by
    from onrecord.reports import read
    from onrecord.work import Work, folder_of
    from onrecord.work.pages import Pages

    made = made_by(
        told.reading, told.own, told.wishes, told.decisions
    )  # a wrong name ends here, before anything is kept
    pages = Pages(folder_of(target), fresh)
    try:
        received = read(inputs, ways=replace(told.by, recall=pages.recall))
    finally:
        pages.close()
    says.skipped.extend(received.skipped)
    held, as_now = ((), False) if fresh else _held(target, made)
    pile, new = _together(held, received.reports)
    if held and not new and as_now:
        _nothing_new(target, len(held), received.skipped, says)
        return 1 if received.skipped else 0
    work = Work(folder_of(target), told.reading, told.own, limits, fresh)
    settings: dict[str, Any] = {
        "reading": told.reading,
        "own": told.own,
        "wishes": told.wishes,
        "decisions": told.decisions,
    }
    with _progress(len(pile), says.quiet) as step:
        findings = run(
            pile,
            received.skipped,
            workers=workers_for if workers is None else workers,
            progress=step,
            work=work,
            limits=limits,
            **settings,
        )
    publish(target, findings)
    work.close(whole=True)
    pages.close(whole=True)
    _say(findings, new, work, target, says)
    return 1 if findings.run.skipped else 0


def _tables(inputs: Sequence[str], since: str | None, until: str | None, place: str | None) -> Tables | None:
    """The slice of a folder of tables that is asked for; None where reports are given."""
    from onrecord.spread.folder import Slice, Tables, is_tables

    if len(inputs) == 1 and is_tables(Path(inputs[0])):
        return Tables(Path(inputs[0]), Slice(since=since, until=until, place=place))
    if since or until or place:
        raise click.UsageError("--from, --to and --place are for a folder of tables, which onrecord spark makes")
    return None


def _build_slice(tables: Tables, target: Path, told: Told, says: Says) -> int:
    """A ledger of what a cluster has read: only what needs many reports together is done here."""
    from onrecord.ledger.store import publish
    from onrecord.pipeline import build as run
    from onrecord.pipeline import made_by

    tables.must_be_of(made_by(tables.reading, told.own))
    pile = tables.reports()
    findings = run(
        pile,
        tables.skipped(),
        reading=tables.reading,
        own=told.own,
        wishes=told.wishes,
        decisions=told.decisions,
        work=tables,
    )
    publish(target, findings)
    _say(findings, len(pile), tables, target, says)
    return 1 if findings.run.skipped else 0


def _together(held: Sequence[Report], received: Sequence[Report]) -> tuple[list[Report], int]:
    """The reports of the ledger and those given now, and how many of these it does not hold.

    What is said of a report now (a manifest was mended) counts as new; that it lies elsewhere now, or in a file that has
    grown, does not.
    """
    from onrecord.work import unplaced

    pile = {report.report_id: report for report in held}
    new = 0
    for report in received:
        known = pile.get(report.report_id)
        pile[report.report_id] = report
        new += known is None or unplaced(report) != unplaced(known)
    return list(pile.values()), new


def _say(findings: Findings, new: int, work: Work | Tables, target: Path, says: Says) -> None:
    if says.as_json:
        read = {"read": work.read, "kept": work.kept}
        click.echo(json.dumps({**_counts(findings, new), **read}, ensure_ascii=False))
    elif not says.quiet:
        from onrecord.views.cli.summary import summary

        say(summary(findings, new, target))
        click.echo(f"{work.read} reports read anew, {work.kept} kept from builds before")


def mapping(fields: Sequence[str]) -> dict[str, str]:
    """NAME=COLUMN as given on the command line."""
    pairs = [f.partition("=") for f in fields]
    for name, equals, column in pairs:
        if not (name and equals and column):
            raise click.BadParameter(
                f"{name!r} is not NAME=COLUMN, e.g. --field published=date_publish", param_hint="--field"
            )
    return {name: column for name, _, column in pairs}


def _held(target: Path, made: Mapping[str, str | None]) -> tuple[tuple[Report, ...], bool]:
    """The reports of the ledger that is there already, and whether the program would read them as it did then."""
    from onrecord.ledger.store import Ledger

    if not target.exists():
        return (), False
    with Ledger(target) as ledger:
        run = next(ledger.rows("runs"))
        return ledger.reports(), all(run.get(name) == value for name, value in made.items())


def _nothing_new(target: Path, held: int, skipped: Sequence[Skipped], says: Says) -> None:
    if says.as_json:
        click.echo(json.dumps({"new": 0, "reports": held, "skipped": len(skipped), "read": 0, "kept": held}))
    elif not says.quiet:
        click.echo(f"0 new reports; {target} already holds these {held}. Nothing changed.")
        for one in skipped:
            say(f"  skipped {one.path}: {one.reason}; {one.hint}")


def _counts(findings: Findings, new: int) -> dict[str, object]:
    sheets = findings.sheets
    return {
        "new": new,
        "reports": len(sheets),
        "outlets": len({s.report.outlet for s in sheets if s.report.outlet}),
        "statements": sum(len(s.statements) for s in sheets),
        "quantities": sum(len(s.quantities) for s in sheets),
        "reuse": len(findings.reuse),
        "origins": len(findings.origins),
        "matters": len(findings.matters),
        "decisions": len(findings.decisions),
        "orphans": sum(d.found == "orphan" for d in findings.decisions),
        "contested": sum(m.verdict == "contested" for m in findings.matters),
        "skipped": [{"path": s.path, "reason": s.reason, "hint": s.hint} for s in findings.run.skipped],
    }


@contextmanager
def _progress(total: int, quiet: bool) -> Iterator[Callable[[], None]]:
    """A progress bar on standard error where that is a screen."""
    if quiet or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("reading reports"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reports", total=total)
        yield lambda: bar.advance(task)
