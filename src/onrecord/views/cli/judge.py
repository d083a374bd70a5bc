"""`onrecord decide`, `undo`, `decisions`, `apply`: people's judgement, which wins over every rule."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.views.cli.hands import WHO, whose

if TYPE_CHECKING:
    from onrecord.ledger.decisions.log import Log
    from onrecord.records import Judgement


@click.command()
@click.argument("ledger", type=click.Path())
@click.argument("row_id")
@click.argument("act", type=click.Choice(("accept", "reject", "correct", "unsure", "merge", "split", "move")))
@click.option(
    "--field", help="What to correct: span, speaker, chain, date, place, figure ...; of a move, the kind of matter."
)
@click.option(
    "--new", help="What it shall be; of a merge or split the other name; of a move a matter, a claim in it, or none."
)
@click.option("--reason", help="Kept with the decision.")
@click.option("--who", **WHO)
def decide(
    ledger: str, row_id: str, act: str, field: str | None, new: str | None, reason: str | None, who: str | None
) -> None:
    """Decide on one row: ROW-ID as `show` prints it, ACT what shall become of it.

    The decision is added to LEDGER.decisions.db and followed at every build; `onrecord apply` follows it at once.
    """
    from onrecord.ledger.decisions.drafts import Wanted, drafts
    from onrecord.ledger.decisions.log import Log, beside
    from onrecord.ledger.store import Ledger

    with Ledger(ledger) as opened:
        log = Log(beside(Path(ledger)))
        made = drafts(opened, Wanted(whose(who), act, row_id, field, new, reason or None), log.acts())
    written = log.write(made, batch=len(made) > 1)
    for entry in written:
        click.echo(told(entry))
    click.echo(f"undo: onrecord undo {ledger}   follow it now: onrecord apply {ledger}", err=True)


@click.command()
@click.argument("ledger", type=click.Path())
@click.argument("what", required=False)
@click.option("--reason", help="Kept with the undo.")
@click.option("--who", **WHO)
def undo(ledger: str, what: str | None, reason: str | None, who: str | None) -> None:
    """Take back your last decision that stands, a bulk act as one; or WHAT: the id of an entry or a batch.

    An undo is an entry of the log too: to take it back, give its id.
    """
    from onrecord.ledger.decisions.log import Log, beside

    done = Log(beside(Path(ledger))).undo(whose(who), what, reason or None)
    if not done:
        click.echo("nothing to take back", err=True)
        sys.exit(1)
    for entry in done:
        click.echo(told(entry))


@click.command()
@click.argument("ledger", type=click.Path())
@click.option("--log", "whole", is_flag=True, help="Every entry, those taken back and the undos among them.")
@click.option("--orphans", is_flag=True, help="Decisions that the last build could not follow, with the reason.")
@click.option("--disputed", is_flag=True, help="What two people have decided unlike, and nobody has settled.")
@click.option("--who", help="This person's only.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--export", type=click.Path(path_type=Path), help="Write the log as text: .jsonl, or .csv.")
@click.option(
    "--import", "received", type=click.Path(path_type=Path), help="Add a log, an export of one, or a CSV of names."
)
def decisions(
    ledger: str,
    whole: bool,
    orphans: bool,
    disputed: bool,
    who: str | None,
    as_json: bool,
    export: Path | None,
    received: Path | None,
) -> None:
    """List what people have decided, or carry it to and from a text file.

    Importing adds what is not there yet, so logs may be put together in any order, any number of times.
    """
    from onrecord.ledger.decisions.exchange import read_entries
    from onrecord.ledger.decisions.log import Log, beside

    log = Log(beside(Path(ledger)))
    if received is not None:
        entries = read_entries(received)
        click.echo(f"{log.merge(entries)} new of {len(entries)} entries", err=True)
    if export is not None:
        _export(log, export, who)
    if received is None and export is None:
        _list(Path(ledger), log, (whole, orphans, disputed), who, as_json)


def _export(log: Log, path: Path, who: str | None) -> None:
    from onrecord.ledger.decisions.exchange import as_csv, as_json_lines

    entries = [e for e in log.acts() if who in (None, e.who)]
    text = as_csv(entries) if path.suffix == ".csv" else as_json_lines(entries)
    path.write_bytes(text.encode("utf-8"))
    click.echo(f"{len(entries)} entries in {path}", err=True)


def _list(ledger: Path, log: Log, kinds: tuple[bool, bool, bool], who: str | None, as_json: bool) -> None:
    from onrecord.ledger.decisions.replay import disputes, live
    from onrecord.ledger.store import Ledger

    whole, orphans, disputed = kinds
    rows: list[Any]
    if orphans:
        with Ledger(ledger) as opened:
            older = not opened.columns("decisions")  # a ledger of before there were decisions
            rows = [] if older else list(opened.rows("decisions", "found = 'orphan'"))
        lines = [
            f"{row['judgement_id']}  {row['act']} {row['row_then'] or row['old']} by {row['who']}: {row['why']}"
            for row in rows
        ]
    else:
        entries = log.acts() if whole else live(log.acts())
        if disputed:
            unlike = {e.judgement_id for said in disputes(entries).values() for e in said.values()}
            entries = tuple(e for e in entries if e.judgement_id in unlike)
        rows = [asdict(e) for e in entries if who in (None, e.who)]
        lines = [told(e) for e in entries if who in (None, e.who)]
    for row, line in zip(rows, lines, strict=True):
        click.echo(json.dumps(row, ensure_ascii=False) if as_json else line)
    click.echo(f"{len(lines)} {'entry' if len(lines) == 1 else 'entries'}", err=True)


def told(entry: Judgement) -> str:
    """An entry on one line."""
    if entry.act == "undo":
        return f"{entry.judgement_id}  {entry.when}  {entry.who}: undo {entry.undoes}"
    what = f"{entry.old} / {entry.new}" if entry.field == "names" else f"{entry.row_id}"
    if entry.act == "correct":
        what += f" {entry.field}: {entry.old or 'unknown'} -> {entry.new or 'unknown'}"
    if entry.act == "move":
        what += f" to {entry.new}" if entry.new else " out of its matter"
    return f"{entry.judgement_id}  {entry.when}  {entry.who}: {entry.act} {what}" + (
        f" ({entry.reason})" if entry.reason else ""
    )


@click.command("apply")
@click.argument("ledger", type=click.Path())
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Processes for large piles.")
@click.option(
    "--gazetteer",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The gazetteer of your own that the ledger was built with, if one was.",
)
@click.option("--names", type=click.Path(), help="The CSV of names that the ledger was built with, if one was.")
@click.option("--decisions", "named", multiple=True, type=click.Path(path_type=Path), help="As for build.")
def apply_(ledger: str, workers: int, gazetteer: Path | None, names: str | None, named: tuple[Path, ...]) -> None:
    """Follow all decisions now: the ledger is made anew of the reports it holds, which need not be there any more."""
    from onrecord.ledger.hold import held
    from onrecord.ledger.store import Ledger, publish
    from onrecord.views.anew import anew

    path = Path(ledger)
    Ledger(path).db.close()  # a wrong path is said before anything is written beside it
    with held(path):
        findings = anew(path, workers=workers, own=gazetteer, named=named, names=Path(names) if names else None)
        if findings is None:
            click.echo("nothing to follow: the ledger holds every decision already", err=True)
            return
        publish(path, findings)
    lost = sum(d.found == "orphan" for d in findings.decisions)
    click.echo(
        f"{len(findings.decisions)} decisions followed" + (f", {lost} of them orphans" if lost else ""), err=True
    )
    if lost:
        click.echo(f"see them: onrecord decisions {ledger} --orphans", err=True)
        sys.exit(1)
