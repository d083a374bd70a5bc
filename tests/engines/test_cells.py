"""Cells give back what was put in, or nothing."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.engines import cells
from onrecord.engines.cells import Cells, closed, opened

ONE, TWO = "0123456789abcdef", "fedcba9876543210"
KEYS = st.text("0123456789abcdef", min_size=1, max_size=8)
LINES = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=60)


@settings(max_examples=40, deadline=None)
@given(rows=st.dictionaries(KEYS, LINES, max_size=20), most=st.integers(1, 7))
def test_what_was_kept_comes_back(tmp_path_factory: pytest.TempPathFactory, rows: dict[str, str], most: int) -> None:
    folder = tmp_path_factory.mktemp("work")
    kept = Cells(folder, ONE, most=most)
    for key, line in rows.items():
        kept.add(key, line)
    kept.write()
    assert Cells(folder, ONE).held(rows) == rows
    assert Cells(folder, TWO).held(rows) == {}


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_changed_or_cut_cell_is_never_believed(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    raw = closed(["a\tone", "b\ttwo"])
    at = data.draw(st.integers(0, len(raw) - 1))
    flipped = raw[:at] + bytes([raw[at] ^ (1 << data.draw(st.integers(0, 7)))]) + raw[at + 1 :]
    path = tmp_path_factory.mktemp("cell") / "x.cell"
    for bad in (flipped, raw[:at]):
        path.write_bytes(bad)
        assert opened(path) is None
    path.write_bytes(raw)
    assert opened(path) == ["a\tone", "b\ttwo"]


def test_a_bad_cell_is_thrown_away_and_its_neighbours_stay(tmp_path: Path) -> None:
    kept = Cells(tmp_path, ONE, most=1)
    kept.add("a", "one")
    kept.add("b", "two")
    first = next(p for p in (tmp_path / ONE).iterdir() if "one" in " ".join(opened(p) or []))
    first.write_bytes(first.read_bytes()[:-1])
    assert Cells(tmp_path, ONE).held({"a", "b"}) == {"b": "two"}
    assert not first.exists()


def test_other_versions_and_half_written_cells_are_swept_away_and_strange_folders_are_not(tmp_path: Path) -> None:
    for version in (ONE, TWO):
        Cells(tmp_path, version, most=1).add("a", "one")
    (tmp_path / ONE / ".half.1.part").write_bytes(b"x")
    (tmp_path / "photographs").mkdir()
    Cells(tmp_path, ONE).sweep()
    assert sorted(p.name for p in tmp_path.iterdir()) == [ONE, "photographs"]
    assert [p.suffix for p in (tmp_path / ONE).iterdir()] == [".cell"]


def test_many_small_cells_become_a_few(tmp_path: Path) -> None:
    rows = {f"{k:04x}": str(k) for k in range(cells.MANY + 1)}
    small = Cells(tmp_path, ONE, most=1)
    for key, line in rows.items():
        small.add(key, line)
    small.sweep(rows)
    assert len(list((tmp_path / ONE).iterdir())) == 1
    assert Cells(tmp_path, ONE).held(rows) == rows


def test_a_clock_that_is_set_back_holds_nothing_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    days = iter(range(10**9, 0, -86_400))
    monkeypatch.setattr("time.time", lambda: float(next(days)))
    ticks = iter(range(1000))
    monkeypatch.setattr("time.monotonic", lambda: float(next(ticks)))
    kept = Cells(tmp_path, ONE, seconds=3)
    for key in "abcdef":
        kept.add(key, "line")
    assert set(Cells(tmp_path, ONE).held(set("abcdef"))) >= {"a", "b", "c"}


def test_a_full_disk_leaves_what_was_kept_and_no_half_cell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Cells(tmp_path, ONE, most=1)
    kept.add("a", "one")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        kept.add("b", "two")
    assert Cells(tmp_path, ONE).held({"a", "b"}) == {"a": "one"}
    assert [p.suffix for p in (tmp_path / ONE).iterdir()] == [".cell"]
