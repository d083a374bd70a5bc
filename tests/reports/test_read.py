"""Readers: what comes in, and what bad input becomes."""

from __future__ import annotations

import io
import json
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.reports import read
from onrecord.reports.head import telling

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
        ("binary.txt", b"\x00\x01\x02" * 50, "NUL bytes in it: binary"),
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
    assert name in skipped.path
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


def test_a_bad_record_costs_no_neighbour(tmp_path: Path) -> None:
    lines = [
        '{"text": "Good one."}',
        '{"text": "\\ud800 bad"}',
        "[" * 90_000,
        '{"text": "a\\u0000b"}',
        '{"text": "Good two."}',
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    reading = read([str(tmp_path)])
    assert sorted(r.text for r in reading.reports) == ["Good one.", "Good two."]
    told = " ".join(f"{s.path} {s.reason}" for s in reading.skipped)
    assert all(part in told for part in ("a.jsonl:2", "a.jsonl:3 JSON nested too deep", "a.jsonl:4", "NUL"))


@pytest.mark.parametrize("name", ["cp1251", "koi8-r", "cp1253", "big5", "iso8859-9"])
def test_other_alphabets_are_refused_and_not_garbled(tmp_path: Path, name: str) -> None:
    words = {"big5": "發言人說橋已關閉", "cp1253": "Η γέφυρα έκλεισε", "iso8859-9": "Köprü kapandı, dedi sözcü şöyle"}
    (tmp_path / "a.txt").write_bytes((words.get(name, "Мост закрыт, сказал мэр города")).encode(name))
    reading = read([str(tmp_path)])
    assert not reading.reports
    assert "no other encoding is declared" in reading.skipped[0].reason


def test_a_page_is_read_in_the_encoding_it_declares(tmp_path: Path) -> None:
    body = "Мост закрыт в понедельник, сказал мэр города, и школа тоже закрыта до среды. " * 8
    page = f'<html><head><meta charset="windows-1251"></head><body><article><p>{body}</p></article></body></html>'
    (tmp_path / "a.html").write_bytes(page.encode("cp1251"))
    assert read([str(tmp_path)]).reports[0].text.startswith("Мост закрыт")


def test_utf16_without_its_mark_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("The bridge is shut.".encode("utf-16-le"))
    assert read([str(tmp_path)]).reports[0].text == "The bridge is shut."


def test_a_day_that_cannot_be_read_is_no_day(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        'text,date\nOne.,11/08/2021\nTwo.,"Mon, 23 Aug 2021 10:00:00 +0530"\nThree.,2021-13-45\n'
    )
    found = {r.text: (r.published, r.published_why) for r in read([str(tmp_path)]).reports}
    assert found["One."] == (None, "column date: '11/08/2021' is no date")
    assert found["Two."] == ("2021-08-23T10:00:00+05:30", "column date")
    assert found["Three."][0] is None


def test_the_order_of_inputs_changes_nothing(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text("Same." if name != "c.txt" else "Other.")
    files = sorted(str(p) for p in tmp_path.iterdir())
    assert read(files) == read(files[::-1])


def test_a_manifest_serves_its_own_folder_and_a_file_named_alone(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("The bridge is shut.")
    (tmp_path / "in" / "manifest.csv").write_text("file,outlet\n./a.txt,Border Post\n")
    for item in (tmp_path, tmp_path / "in" / "a.txt"):
        (report,) = read([str(item)]).reports
        assert report.outlet == "Border Post"


def test_odd_places_are_listed(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "empty").mkdir()
    (tmp_path / "manifest.csv").write_text(f"file,outlet\n{'x' * 5000},Z\n")
    reading = read([str(tmp_path), str(tmp_path / "empty"), "a" * 5000, "a\0b"])
    reasons = " ".join(s.reason for s in reading.skipped)
    assert all(p in reasons for p in ("leads nowhere", "a pipe", "without reports", "cannot be opened", "not there"))


def test_a_file_that_may_not_be_read_is_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("The bridge is shut.")

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert "permission denied" in read([str(tmp_path)]).skipped[0].reason


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


def test_a_pages_tables_and_comments_are_no_text_whatever_page_came_before(tmp_path: Path) -> None:
    told = "The mayor of Oskaran said on Monday that the bridge was shut, and that nobody had crossed it since. " * 4
    page = (
        f"<html><body><article><h1>Bridge shut</h1><p>{told}</p><table><tr><td>Tolls</td></tr></table></article>"
        f'<div id="comments"><p>Says a guest.</p></div></body></html>'
    )
    for number in (1, 2):
        (tmp_path / f"{number}.html").write_text(page + f"<!-- {number} -->")
    texts = {report.text for report in read([str(tmp_path)]).reports}
    assert len(texts) == 1
    assert told.strip() in (text := texts.pop()) and "Tolls" not in text and "guest" not in text


def test_what_stands_in_a_script_or_comment_tells_nothing_of_a_page() -> None:
    tag = '<meta property="og:title" content="no">'
    hidden = f"<!-- {tag} --><script>a<b;{tag}</SCRIPT><meta name=author content=Ana><!-- open {tag}"
    assert telling(f"<html lang=en>{hidden}{tag}") == "<html lang=en><meta name=author content=Ana>"
