"""Frozen folders: checked by sha256sum itself, the same each time, and never written over what is not ours."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord.errors import CannotWrite
from onrecord.views.cli import cli
from onrecord.views.freeze import SUMS, freeze
from tests.conftest import EXAMPLES


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example ledger with its raw copies and a log of decisions."""
    ledger = tmp_path_factory.mktemp("built") / "ledger.db"
    words = [
        "build",
        str(EXAMPLES),
        "-o",
        str(ledger),
        "--keep",
        "--operator",
        "Hanne Lund",
        "--reading",
        "none",
        "--quiet",
    ]
    assert CliRunner().invoke(cli, words).exit_code == 0
    ledger.with_suffix(".decisions.csv").write_text("one,other,verdict\n")
    ledger.with_suffix(".txt").write_text("notes of a person, which nobody asked us to hand over")
    return ledger


@pytest.fixture(scope="module")
def frozen(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """It, frozen."""
    out = tmp_path_factory.mktemp("frozen") / "f"
    freeze(built, out)
    return out


def files(folder: Path) -> dict[str, bytes]:
    """Every file and its bytes."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_all_is_there(frozen: Path, built: Path) -> None:
    held = files(frozen)
    assert held["ledger.db"] == built.read_bytes()
    for name in (
        "README.txt",
        SUMS,
        "site/index.html",
        "tables/jsonl/statements.jsonl",
        "tables/csv/statements.csv",
        "ledger.raw/log.jsonl",
        "ledger.decisions.csv",
    ):
        assert name in held, name
    assert sum(name.startswith("ledger.raw/") for name in held) == 12  # ten reports, their manifest, the log
    assert "ledger.txt" not in held
    assert "10" in held["README.txt"].decode()


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="sha256sum is not installed")
def test_sha256sum_accepts_it_and_finds_one_changed_byte(frozen: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(frozen, copy)
    words = ["sha256sum", "-c", "--strict", "--quiet", SUMS]
    assert subprocess.run(words, cwd=copy, check=False).returncode == 0
    page = copy / "site" / "index.html"
    page.write_bytes(page.read_bytes()[:-1] + b"!")
    found = subprocess.run(words, cwd=copy, capture_output=True, text=True, check=False)
    assert found.returncode == 1
    assert "site/index.html: FAILED" in found.stdout


def test_every_file_is_in_the_sums_but_the_sums(frozen: Path) -> None:
    lines = (frozen / SUMS).read_text().splitlines()
    held = files(frozen)
    assert [line[66:] for line in lines] == sorted(held.keys() - {SUMS})
    assert all(hashlib.sha256(held[line[66:]]).hexdigest() == line[:64] for line in lines)


def test_the_same_ledger_freezes_to_the_same_bytes(frozen: Path, built: Path, tmp_path: Path) -> None:
    freeze(built, tmp_path / "again")
    assert files(tmp_path / "again") == files(frozen)
    freeze(built, tmp_path / "again")  # over an older one of ours
    assert files(tmp_path / "again") == files(frozen)
    assert not list(tmp_path.glob(".again*"))


def test_a_frozen_ledger_verifies_where_it_lies(frozen: Path) -> None:
    result = CliRunner().invoke(cli, ["verify", str(frozen / "ledger.db")])
    assert result.exit_code == 0
    assert "11 raw copies" in result.output


@pytest.mark.parametrize("name", ["mine.txt", "site/mine.txt", "ledger.raw/x"])
def test_a_folder_that_holds_anything_else_is_left_as_it_is(built: Path, tmp_path: Path, name: str) -> None:
    out = tmp_path / "f"
    freeze(built, out)
    (out / name).write_text("mine")
    before = files(out)
    with pytest.raises(CannotWrite, match="no freeze wrote"):
        freeze(built, out)
    assert files(out) == before


def test_a_folder_or_file_of_others_is_left_as_it_is(built: Path, tmp_path: Path) -> None:
    (tmp_path / "f").mkdir()
    (tmp_path / "f" / "README.txt").write_text("An onrecord of my days")
    (tmp_path / "file").write_text("x")
    for name in ("f", "file"):
        with pytest.raises(CannotWrite):
            freeze(built, tmp_path / name)
    assert (tmp_path / "f" / "README.txt").read_text() == "An onrecord of my days"
    (tmp_path / "empty").mkdir()
    assert freeze(built, tmp_path / "empty") > 20


def test_a_ledger_that_is_not_there_leaves_nothing_behind(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["freeze", str(tmp_path / "no.db"), "-o", str(tmp_path / "f")])
    assert result.exit_code != 0
    assert list(tmp_path.iterdir()) == []
