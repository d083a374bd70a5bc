"""Readers: what comes in, and what bad input becomes."""

from __future__ import annotations

import io
import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.reports import read

PAGE = """<html><head><title>t</title><script type="application/ld+json">{"@type":"NewsArticle","headline":"Bridge shut",
"datePublished":"2024-03-16T19:40:00+02:00","publisher":{"name":"Lowland Portal"}}</script></head><body><article>
<p>The bridge was shut on Monday, the mayor said, because of the flood that had come down the valley.</p>
<p>Nobody was hurt, she said, and the school would open again on Wednesday with half of its pupils.</p></article></body></html>"""


def test_a_page_keeps_its_time_with_its_zone(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    (report,) = read([str(tmp_path)]).reports
    assert (report.published, report.published_why) == ("2024-03-16T19:40:00+02:00", "JSON-LD datePublished")
    assert (report.outlet, report.title) == ("Lowland Portal", "Bridge shut")
    assert "The bridge was shut" in report.text


def test_text_is_frozen_with_lf_and_without_a_mark(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbfOne\r\ntwo\rthree \xe2\x80\x9cx\xe2\x80\x9d")
    assert read([str(tmp_path)]).reports[0].text == "One\ntwo\nthree “x”"


def test_windows_text_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("“Nein”, said L\u00e9vy".encode("cp1252"))
    assert read([str(tmp_path)]).reports[0].text == "“Nein”, said Lévy"


@pytest.mark.parametrize(
    ("name", "raw", "reason"),
    [
        ("empty.txt", b"", "no text"),
        ("blank.txt", b" \n\t ", "no text"),
        ("binary.txt", b"\x00\x01\x02" * 50, "binary"),
        ("picture.txt", bytes(range(1, 32)) * 40 + b"\xff\xfe", "binary"),
        ("utf16.txt", b"\xff\xfe\x00", "marked as utf-16"),
        ("line.txt", b"a" * 5_000_000 * 10, "million characters|no single report"),
        ("deep.html", b"<div>" * 5000 + b"x", "deep"),
        ("nothing.html", b"<html><body></body></html>", "no article text"),
        ("broken.jsonl", b'{"text": "One."}\n{"text": ', "not JSON"),
        ("columns.csv", b"who,what\na,b\n", "no text"),
        ("surrogate.json", b'{"text": "\\ud800 alone"}', "surrogate"),
        ("deep.json", b"[" * 100_000, "nested too deep"),
        ("what.xyz", b"text", "no reader"),
    ],
)
def test_bad_input_is_listed_with_reason_and_cure(tmp_path: Path, name: str, raw: bytes, reason: str) -> None:
    import re

    (tmp_path / name).write_bytes(raw)
    (tmp_path / "good.txt").write_text("The mayor said the bridge was shut.")
    reading = read([str(tmp_path)])
    assert any(r.path == "good.txt" for r in reading.reports)
    (skipped,) = reading.skipped
    assert skipped.path.endswith(name)
    assert re.search(reason, skipped.reason)
    assert skipped.hint


def test_same_bytes_are_one_report(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("The mayor said the bridge was shut.")
    reading = read([str(tmp_path)])
    assert len(reading.reports) == 1
    assert "same bytes as a.txt" in reading.skipped[0].reason


def test_a_manifest_gives_facts_and_names_its_faults(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The mayor said the bridge was shut.")
    (tmp_path / "manifest.csv").write_text(
        "file,outlet,published,mood\na.txt,Border Post,2024-03-05,sad\ngone.txt,X,,\n../../etc/passwd,X,,\n"
    )
    reading = read([str(tmp_path)])
    assert (reading.reports[0].outlet, reading.reports[0].published) == ("Border Post", "2024-03-05")
    assert ["not there" in s.reason or "outside" in s.reason for s in reading.skipped] == [True, True]


def test_a_manifest_without_files_costs_no_report(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The mayor said the bridge was shut.")
    (tmp_path / "manifest.csv").write_text("name,outlet\na.txt,X\n")
    reading = read([str(tmp_path)])
    assert len(reading.reports) == 1
    assert "no column 'file'" in reading.skipped[0].reason


def test_columns_can_be_mapped(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("story,paper,day\nThe bridge is shut.,Border Post,2024-03-05\n")
    reading = read([str(tmp_path / "a.csv")], fields={"text": "story", "outlet": "paper", "published": "day"})
    assert (reading.reports[0].outlet, reading.reports[0].published) == ("Border Post", "2024-03-05")


def test_standard_input_is_text_or_json_lines() -> None:
    assert read(["-"], stdin=io.BytesIO(b"The bridge is shut.")).reports[0].text == "The bridge is shut."
    lines = "\n".join(json.dumps({"text": f"Bridge {k} is shut."}) for k in range(3)).encode()
    assert len(read(["-"], stdin=io.BytesIO(lines)).reports) == 3


def test_what_is_not_there_is_said() -> None:
    assert read(["no/such/file.txt"]).skipped[0].reason == "no such file"


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([".txt", ".html", ".jsonl", ".csv", ".md"]))
def test_no_bytes_raise(raw: bytes, suffix: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{suffix}"
        path.write_bytes(raw)
        reading = read([folder])
    assert reading.reports or reading.skipped or suffix in (".csv", ".jsonl")
