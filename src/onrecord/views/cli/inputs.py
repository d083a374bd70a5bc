"""How `onrecord build` comes by its inputs: from files, and from addresses that a person names."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from onrecord.records import Capture
    from onrecord.reports.ways import Ways


def ways(
    target: Path, fields: Mapping[str, str], *, keep: bool, operator: str | None, private: bool, quiet: bool
) -> Ways:
    """What reading may use. What is fetched is always kept, beside the ledger; local files if that is asked for.

    Args:
        target: the ledger.
        fields: our field name to a table's column.
        keep: whether copies of local files are kept.
        operator: who is at work, for the log of the copies; the login name when None.
        private: whether addresses may lead to machines of this network.
        quiet: whether waits are left unsaid.
    """
    from onrecord.fetch.visits import Visitor
    from onrecord.ledger.kept import Kept, beside
    from onrecord.reports.ways import Ways

    store = Kept(beside(target), operator=_operator() if operator is None else operator or None)
    visitor = Visitor(private=private, earlier=store.earlier, tell=_tell if not quiet else lambda _: None)

    def visit(url: str) -> Capture:
        capture = visitor.visit(url)
        store.fetched(capture)
        return capture

    return Ways(fields=fields, visit=visit, keep=store.copied if keep else None)


def _operator() -> str | None:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no login name on this system
        return None


def _tell(what: str) -> None:
    if sys.stderr.isatty():
        click.echo(what, err=True)
