"""`onrecord agreement`, `adjudicate`: two people's decisions compared, and what they decided unlike settled."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.errors import BadDecision
from onrecord.views.cli.hands import WHO, whose
from onrecord.views.cli.judge import told

if TYPE_CHECKING:
    from onrecord.records import Judgement

TAKEN = ("row_table", "row_id", "anchor", "field", "old", "new", "target")


@click.command()
@click.argument("ledger", type=click.Path())
@click.argument("one")
@click.argument("other")
@click.option("--json", "as_json", is_flag=True, help="The figures as JSON.")
def agreement(ledger: str, one: str, other: str, as_json: bool) -> None:
    """How far two people decide alike: kappa, alpha, F1 of spans. ONE and OTHER are names in the log, or logs."""
    from onrecord.ledger.decisions.coders import agreement as compared

    found = compared(_of(Path(ledger), one), _of(Path(ledger), other))
    if as_json:
        click.echo(json.dumps(asdict(found)))
        return
    click.echo(f"decided by both {found.both}, alike {found.alike}; by one alone {found.only_one}")
    for name, value in (
        ("Cohen's kappa", found.kappa),
        ("Krippendorff's alpha (nominal)", found.alpha),
        ("F1 of spans, exact", found.span_f1),
        ("F1 of spans, characters", found.span_characters_f1),
    ):
        click.echo(f"{name}: {'nothing to compare' if value is None else f'{value:.3f}'}")


@click.command()
@click.argument("ledger", type=click.Path())
@click.argument("one")
@click.argument("other")
@click.option("--take", help="ONE or OTHER: whose word stands from now on.")
@click.option("--row", "rows", multiple=True, metavar="ROW-ID", help="Only on this row; may be repeated.")
@click.option("--reason", help="Kept with what is settled.")
@click.option("--who", **WHO)
def adjudicate(
    ledger: str, one: str, other: str, take: str | None, rows: tuple[str, ...], reason: str | None, who: str | None
) -> None:
    """List what two people decided unlike, or settle it; both of their words stay in the log."""
    from onrecord.ledger.decisions.log import Log, beside
    from onrecord.ledger.decisions.replay import disputes, live

    if take not in (None, one, other):
        raise click.UsageError(f"--take {take}: say {one} or {other}")
    entries = {name: _of(Path(ledger), name) for name in (one, other)}
    log = Log(beside(Path(ledger)))
    side = {e.judgement_id: name for name, held in entries.items() for e in held}
    unlike = disputes(live((*log.acts(), *entries[one], *entries[other])))
    pairs = [[e for e in said.values() if e.judgement_id in side] for said in unlike.values()]
    pairs = [p for p in pairs if len({side[e.judgement_id] for e in p}) > 1 and (not rows or p[0].row_id in rows)]
    if take is None:
        for said in pairs:
            click.echo("\n".join(told(e) for e in said) + "\n")
        click.echo(f"{len(pairs)} decided unlike", err=True)
        sys.exit(1 if pairs else 0)
    taken = {e.judgement_id: e for said in pairs for e in said if side.get(e.judgement_id) == take}
    log.merge(e for held in entries.values() for e in held)
    written = log.write([_settling(e, whose(who), reason) for e in taken.values()], batch=len(taken) > 1)
    for entry in written:
        click.echo(told(entry))
    click.echo(f"{len(written)} settled", err=True)


def _settling(entry: Judgement, who: str, reason: str | None) -> Judgement:
    from onrecord.records import Judgement

    kept = {name: getattr(entry, name) for name in TAKEN}
    return replace(Judgement(who=who, act=entry.act, settles=1, reason=reason or f"as {entry.who} decided"), **kept)


def _of(ledger: Path, name: str) -> tuple[Judgement, ...]:
    """All entries of a person in the ledger's log, or of a log that is named by its file."""
    from onrecord.ledger.decisions.exchange import read_entries
    from onrecord.ledger.decisions.log import Log, beside

    if Path(name).is_file():
        return read_entries(Path(name))
    entries = tuple(e for e in Log(beside(ledger)).acts() if e.who == name)
    if not entries:
        raise BadDecision(
            f"nothing decided by {name!r}",
            where=str(beside(ledger)),
            hint="give a name in the log, or the file of a log",
        )
    return entries
