"""Decisions on the command line: made, listed, carried, compared, settled, followed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from onrecord.errors import OnrecordError
from onrecord.ledger.store import Ledger
from onrecord.views.cli import cli
from tests.conftest import EXAMPLES


class Desk:
    """A built ledger and a command line."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "ledger.db"
        self.run("build", str(EXAMPLES), "-o", str(self.path), "--quiet")

    def run(self, *words: str, code: int = 0) -> str:
        """Runs a command; its standard output."""
        done = CliRunner().invoke(cli, words)
        if isinstance(done.exception, OnrecordError):
            raise done.exception
        assert done.exit_code == code, done.output
        return done.stdout

    def ids(self, table: str = "statements", key: str = "statement_id") -> list[str]:
        """Ids of a table."""
        with Ledger(self.path) as opened:
            return [r[key] for r in opened.rows(table)]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """The example, built."""
    return Desk(tmp_path)


def test_a_decision_is_followed_by_build_and_by_apply_and_taken_back(desk: Desk) -> None:
    ledger = str(desk.path)
    before, row = desk.path.read_bytes(), desk.ids()[0]
    desk.run("decide", ledger, row, "reject", "--who", "ana", "--reason", "a caption")
    assert row in desk.ids()
    desk.run("apply", ledger)
    assert row not in desk.ids()
    assert "nothing to follow" in CliRunner().invoke(cli, ["apply", ledger]).output
    desk.run("build", str(EXAMPLES), "-o", ledger, "--quiet")
    assert row not in desk.ids()
    assert "reject" in desk.run("show", ledger, "decisions", "--csv")
    assert "a caption" in desk.run("decisions", ledger)
    assert "undo" in desk.run("undo", ledger, "--who", "ana")
    desk.run("undo", ledger, "--who", "ana", code=1)
    desk.run("build", str(EXAMPLES), "-o", ledger, "--quiet")
    assert desk.path.read_bytes() == before
    assert len(desk.run("decisions", ledger, "--log").splitlines()) == 2


def test_a_command_leaves_the_log_and_nothing_beside_it(desk: Desk, tmp_path: Path) -> None:
    ledger, row = str(desk.path), desk.ids()[0]

    def beside_the_log() -> set[str]:
        return {p.name for p in tmp_path.iterdir() if p.name.startswith("ledger.decisions.db")}

    for words in (
        ("decide", ledger, row, "accept", "--who", "ana"),
        ("decisions", ledger),
        ("decisions", ledger, "--log"),
        ("show", ledger, "statements"),
        ("undo", ledger, "--who", "ana"),
        ("decide", ledger, row, "reject", "--who", "ben"),
        ("decisions", ledger, "--export", str(tmp_path / "log.csv")),
        ("decisions", ledger, "--import", str(tmp_path / "log.csv")),
        ("apply", ledger),
        ("serve", ledger, "--get", "/review"),
    ):
        desk.run(*words)
        assert beside_the_log() == {"ledger.decisions.db"}, words


def test_logs_are_carried_as_text_and_orphans_are_told(desk: Desk, tmp_path: Path) -> None:
    ledger = str(desk.path)
    desk.run("decide", ledger, desk.ids()[0], "accept", "--who", "ana")
    for name in ("log.jsonl", "log.csv"):
        desk.run("decisions", ledger, "--export", str(tmp_path / name))
        assert "0 new of 1" in CliRunner().invoke(cli, ["decisions", ledger, "--import", str(tmp_path / name)]).stderr
    names = tmp_path / "names.csv"
    names.write_text("one,other,verdict,who\nNobody Known,Marek Dovan,same,ben\n")
    desk.run("decisions", ledger, "--import", str(names))
    desk.run("apply", ledger, code=1)  # one of them cannot be followed
    told = desk.run("decisions", ledger, "--orphans")
    assert "no report names 'Nobody Known'" in told
    assert [json.loads(line)["who"] for line in desk.run("decisions", ledger, "--json").splitlines()] == ["ben", "ana"]


def test_two_people_are_compared_and_what_they_decided_unlike_is_settled(desk: Desk, tmp_path: Path) -> None:
    ledger = str(desk.path)
    second = tmp_path / "second.db"
    second.write_bytes(desk.path.read_bytes())
    rows = desk.ids()[:4]
    for row, one, two in zip(rows, ("accept",) * 4, ("accept", "accept", "accept", "reject"), strict=True):
        desk.run("decide", ledger, row, one, "--who", "ana")
        desk.run("decide", str(second), row, two, "--who", "ben")
    log = str(second.with_suffix(".decisions.db"))
    found: dict[str, Any] = json.loads(desk.run("agreement", ledger, "ana", log, "--json"))
    assert (found["both"], found["alike"]) == (4, 3)
    assert json.loads(desk.run("agreement", ledger, log, "ana", "--json")) == found
    assert "kappa" in desk.run("agreement", ledger, "ana", log)
    assert desk.run("adjudicate", ledger, "ana", log, code=1).count(rows[3]) == 2
    desk.run("adjudicate", ledger, "ana", log, "--take", log, "--who", "carla")
    assert desk.run("adjudicate", ledger, "ana", log) == ""
    assert desk.run("decisions", ledger, "--disputed") == ""
    desk.run("apply", ledger)
    assert rows[3] not in desk.ids()
    assert {"ana", "ben", "carla"} >= set(desk.ids("decisions", "who"))
