"""`onrecord serve`: who it lets in, what it prints, and that it answers at all."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord.views.cli import cli
from onrecord.views.cli.serve import names


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.20", "ledger.example"])
def test_beyond_this_machine_it_demands_a_token(ledger: Path, host: str) -> None:
    told = CliRunner().invoke(cli, ["serve", str(ledger), "--host", host], env={"ONRECORD_TOKEN": ""})
    assert told.exit_code == 2 and "--token" in told.output


def test_a_short_token_is_refused(ledger: Path) -> None:
    told = CliRunner().invoke(cli, ["serve", str(ledger), "--host", "0.0.0.0", "--token", "secret"])
    assert told.exit_code == 2 and "guessed" in told.output


def test_names_it_answers_to() -> None:
    assert names("127.0.0.1", ()) == ("localhost", "127.0.0.1", "[::1]")
    assert "10.0.0.5" in names("10.0.0.5", ()) and "[fe80::1]" in names("fe80::1", ())
    assert "desk.example" in names("0.0.0.0", ("Desk.example",))


def test_get_prints_an_answer_and_tells_by_its_exit_code(ledger: Path) -> None:
    told = CliRunner().invoke(cli, ["serve", str(ledger), "--get", "/matters.json?verdict=contested"])
    assert told.exit_code == 0
    assert {m["verdict"] for m in json.loads(told.output)["rows"]} == {"contested"}
    assert CliRunner().invoke(cli, ["serve", str(ledger), "--get", "/nothing"]).exit_code == 1


def test_a_port_that_is_taken_is_said(ledger: Path) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        told = CliRunner().invoke(cli, ["serve", str(ledger), "--port", port])
    assert told.exit_code == 2 and "--port" in told.output


def test_it_serves_with_a_token_made_anew(ledger: Path) -> None:
    words = [sys.executable, "-m", "onrecord", "serve", str(ledger), "--port", "0", "--token", "new"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            address = re.search(r"http://127\.0\.0\.1:\d+/\?token=[\w-]{20,}", server.stdout.readline())
            assert address is not None
            asking = urllib.request.Request(address[0].split("?")[0])
            asking.add_header("Authorization", "Bearer " + address[0].split("=")[1])
            with urllib.request.urlopen(asking, timeout=20) as answer:
                assert answer.status == 200 and b"Irsa" in answer.read()
        finally:
            server.terminate()
