"""The command line. Data goes to standard output, remarks and progress to standard error.

Exit codes: 0 all read; 1 some reports skipped or a check failed, each named with its reason; 2 wrong use.
"""

from __future__ import annotations

import sys

import click

import onrecord
from onrecord.errors import OnrecordError
from onrecord.views.cli.build import build
from onrecord.views.cli.coders import adjudicate, agreement
from onrecord.views.cli.compare import diff
from onrecord.views.cli.evidence import freeze
from onrecord.views.cli.give import export, report, verify
from onrecord.views.cli.judge import apply_, decide, decisions, undo
from onrecord.views.cli.look import search, show, why
from onrecord.views.cli.places import gazetteer
from onrecord.views.cli.plainly import say
from onrecord.views.cli.serve import serve
from onrecord.views.cli.spark import spark

JUDGING = (decide, undo, decisions, apply_, agreement, adjudicate)
COMMANDS = (build, report, serve, show, search, why, export, diff, verify, freeze, gazetteer, spark, *JUDGING)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(onrecord.__version__, prog_name="onrecord")
def cli() -> None:
    """Who said what, on whose word; which reports copy, corroborate or contradict each other. Offline."""


for command in COMMANDS:
    cli.add_command(command)


def main() -> None:
    """Runs the command line; an error of ours becomes its message and exit code 2."""
    try:
        cli()
    except OnrecordError as error:
        say(f"onrecord: {error}", err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
