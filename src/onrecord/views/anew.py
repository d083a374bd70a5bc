"""A ledger made anew of the reports it holds, with every decision followed."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from onrecord.entities.wishes import Wishes, read_wishes
from onrecord.errors import BadLedger
from onrecord.ledger.decisions.exchange import read_entries
from onrecord.ledger.decisions.log import beside
from onrecord.ledger.store import Ledger
from onrecord.pipeline import build, made_by
from onrecord.records import Findings, Judgement, Skipped
from onrecord.work import Work, folder_of


def said(ledger: Path, named: Sequence[Path] = (), names: Path | None = None) -> tuple[Wishes, tuple[Judgement, ...]]:
    """What people have said of names and rows: the files named, else the ones that lie beside the ledger.

    Args:
        ledger: the ledger, which need not be there yet.
        named: logs, exports of logs, CSVs of names; the log and the CSV beside the ledger when none is named.
        names: a list of names of one's own.
    """
    paths = named or [p for p in (ledger.with_suffix(".decisions.csv"), beside(ledger)) if p.exists()]
    pairs = [p for p in paths if _of_names(p)]
    wishes = read_wishes(names=names)
    for path in pairs:
        wishes = replace(wishes, decisions=(*wishes.decisions, *read_wishes(path).decisions))
    return wishes, tuple(e for p in paths if p not in pairs for e in read_entries(p))


def _of_names(path: Path) -> bool:
    """Whether a file is a CSV of names; a log or an export of one is none."""
    if path.suffix in (".db", ".jsonl"):
        return False
    try:
        with path.open(encoding="utf-8-sig") as file:
            return "judgement_id" not in file.readline()
    except (OSError, UnicodeDecodeError):
        return True  # read_wishes says what is wrong with it


def anew(
    ledger: Path,
    *,
    workers: int = 1,
    own: Path | None = None,
    named: Sequence[Path] = (),
    names: Path | None = None,
    progress: Callable[[], None] | None = None,
) -> Findings | None:
    """The findings of the same reports under the decisions of today; None where the ledger holds them already.

    Raises:
        BadLedger: it is no ledger, or it was built with a gazetteer or names that are not given now.
        CannotWrite: what the reports say cannot be kept beside the ledger.
    """
    with Ledger(ledger) as opened:
        run = next(opened.rows("runs"))
        reports = opened.reports()
    settings = json.loads(run["settings"])
    wishes, entries = said(ledger, named, names)
    made = made_by(settings.get("reading", "none"), own, wishes, entries)
    now = json.loads(made["settings"] or "{}")
    for what, hint in (("gazetteer", "--gazetteer"), ("names", "--names or --decisions")):
        if what in settings and what not in now:
            raise BadLedger(
                f"it was built with {what} of your own", where=str(ledger), hint=f"give the same again: {hint} FILE"
            )
    if all(run.get(name) == value for name, value in made.items()):
        return None
    reading = settings.get("reading", "none")
    return build(
        reports,
        [Skipped(**s) for s in json.loads(run["skipped"])],
        workers=workers,
        reading=reading,
        own=own,
        wishes=wishes,
        decisions=entries,
        progress=progress,
        work=Work(folder_of(ledger), reading, own),
    )
