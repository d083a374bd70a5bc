"""`onrecord build`: read, extract, compare, and say what came of it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.errors import CannotWrite
from onrecord.views.cli.plainly import say

if TYPE_CHECKING:
    from onrecord.entities.wishes import Wishes
    from onrecord.records import Findings, Report, Skipped


@click.command()
@click.argument("reports", nargs=-1, required=True)
@click.option("-o", "--output", default="ledger.db", show_default=True, help="The ledger to write or add to.")
@click.option(
    "--field", "fields", multiple=True, metavar="NAME=COLUMN", help="For CSV and JSON Lines: our name, their column."
)
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Processes for large piles.")
@click.option(
    "--reading", default="bundled", show_default=True, help="What reads English: bundled, spacy:PIPELINE, or none."
)
@click.option(
    "--gazetteer",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Your own gazetteer, made by `onrecord gazetteer`; the one that ships is asked after it.",
)
@click.option("--names", type=click.Path(), help="CSV of names of your own: name, aliases, not, type.")
@click.option(
    "--decisions",
    type=click.Path(),
    help="CSV log of names that are the same or different. Default: LEDGER.decisions.csv, where there is one.",
)
@click.option("--keep", is_flag=True, help="Keep copies of local files, too, in LEDGER.raw; what is fetched always is.")
@click.option("--operator", help="Who is at work, for the log of the copies kept. Default: your login name.")
@click.option("--allow-private", is_flag=True, help="Let addresses lead to machines of your own network.")
@click.option("--fresh", is_flag=True, help="Start anew instead of adding to the ledger.")
@click.option("--quiet", is_flag=True, help="No progress and no summary.")
@click.option("--json", "as_json", is_flag=True, help="The summary as JSON on standard output.")
def build(
    reports: tuple[str, ...],
    output: str,
    fields: tuple[str, ...],
    workers: int,
    reading: str,
    gazetteer: Path | None,
    names: str | None,
    decisions: str | None,
    keep: bool,
    operator: str | None,
    allow_private: bool,
    fresh: bool,
    quiet: bool,
    as_json: bool,
) -> None:
    """Read REPORTS (files, folders, addresses of pages and feeds, "-") into a ledger.

    Reports that the ledger holds already are kept; the same reports again change nothing, unless the program, its word
    tables or what reads English have changed since: then all are read anew.
    """
    from onrecord.pipeline import build as run
    from onrecord.pipeline import made_by
    from onrecord.reports import read
    from onrecord.views.cli.inputs import ways

    target = Path(output)
    if target.is_dir():
        raise CannotWrite("this is a folder", where=output, hint="give a file name: -o ledger.db")
    wishes = _wishes(target, names, decisions)
    by = ways(target, _mapping(fields), keep=keep, operator=operator, private=allow_private, quiet=quiet)
    received = read(reports, ways=by)
    held, as_now = ((), False) if fresh else _held(target, made_by(reading, gazetteer, wishes))
    known = {r.report_id for r in held}
    new = [r for r in received.reports if r.report_id not in known]
    if held and not new and as_now:
        _nothing_new(target, len(held), received.skipped, quiet, as_json)
        sys.exit(1 if received.skipped else 0)
    pile = [*held, *new]
    with _progress(len(pile), quiet) as step:
        findings = run(
            pile, received.skipped, workers=workers, reading=reading, own=gazetteer, wishes=wishes, progress=step
        )
    _publish(target, findings)
    if as_json:
        click.echo(json.dumps(_counts(findings, len(new)), ensure_ascii=False))
    elif not quiet:
        from onrecord.views.cli.summary import summary

        say(summary(findings, len(new), target))
    sys.exit(1 if findings.run.skipped else 0)


def _mapping(fields: Sequence[str]) -> dict[str, str]:
    pairs = [f.partition("=") for f in fields]
    for name, equals, column in pairs:
        if not (name and equals and column):
            raise click.BadParameter(
                f"{name!r} is not NAME=COLUMN, e.g. --field published=date_publish", param_hint="--field"
            )
    return {name: column for name, _, column in pairs}


def _wishes(target: Path, names: str | None, decisions: str | None) -> Wishes:
    """What a person has said about names; the log beside the ledger is read without being named."""
    from onrecord.entities.wishes import read_wishes

    beside = target.with_suffix(".decisions.csv")
    log = Path(decisions) if decisions else beside if beside.exists() else None
    return read_wishes(log, Path(names) if names else None)


def _held(target: Path, made: Mapping[str, str | None]) -> tuple[tuple[Report, ...], bool]:
    """The reports of the ledger that is there already, and whether the program would read them as it did then."""
    from onrecord.ledger.store import Ledger

    if not target.exists():
        return (), False
    with Ledger(target) as ledger:
        run = next(ledger.rows("runs"))
        return ledger.reports(), all(run.get(name) == value for name, value in made.items())


def _publish(target: Path, findings: Findings) -> None:
    from onrecord.ledger.store import publish

    publish(target, findings)


def _nothing_new(target: Path, held: int, skipped: Sequence[Skipped], quiet: bool, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"new": 0, "reports": held, "skipped": len(skipped)}))
    elif not quiet:
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
