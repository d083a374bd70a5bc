"""The threats of the design, a test each, named after the threat. Formats have more cases in their own rooms; the local
server's are with it."""

from __future__ import annotations

import ast
import bz2
import csv
import gzip
import hashlib
import io
import json
import lzma
import pickle
import sqlite3
import tarfile
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from onrecord.engines.duck import locked
from onrecord.errors import BadFilter, OnrecordError
from onrecord.ledger.store import Ledger, publish
from onrecord.pipeline import build, read_alone, stages
from onrecord.records import Sheet
from onrecord.reports import read
from onrecord.views.cli import cli
from tests.conftest import report_of
from tests.fetch.stage import PUBLIC, Web, answer
from tests.reports.samples import MORE, SAID, document, feed, page, reasons, sheet, tarred, warc, zipped

SOURCE = Path(__file__).parents[1] / "src" / "onrecord"
HOME = "https://herald.example/story"


def run(*words: object) -> Any:
    """A command of ours."""
    return CliRunner().invoke(cli, [str(w) for w in words])


# -- requests forged to private machines --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "10.0.0.8", "169.254.169.254", "[::1]", "[::ffff:192.168.0.1]", "[fd00:ec2::254]"]
)
def test_a_private_address_is_not_connected_to(host: str) -> None:
    web = Web({})
    assert "it leads to" in web.fault(f"http://{host}/").what
    assert web.asked == []


@pytest.mark.parametrize("to", ["http://127.0.0.1/", "http://169.254.169.254/latest/meta-data/", "http://inside.example/", "//127.0.0.1/", "file:///etc/passwd", "http://2130706433/", "http://x@herald.example/", "http://herald.example:6379/"])  # fmt: skip
@pytest.mark.parametrize("hops", [1, 3])
def test_a_redirect_to_a_private_address_is_not_followed(to: str, hops: int) -> None:
    chain = [HOME, *(f"https://herald.example/{k}" for k in range(hops - 1)), to]
    pages = {a: answer(status=302, location=b) for a, b in pairwise(chain)}
    web = Web(pages, names={"inside.example": ("10.0.0.8",)})  # type: ignore[arg-type]
    web.fault(HOME)
    assert {address for _, address in web.asked} == {PUBLIC}
    assert len(web.pages_asked()) == hops


@pytest.mark.parametrize("answers", [("10.0.0.8",), (PUBLIC, "10.0.0.8"), ("10.0.0.8", PUBLIC), (PUBLIC, "::ffff:127.0.0.1"), (PUBLIC, "64:ff9b::7f00:1")])  # fmt: skip
def test_a_name_that_leads_to_a_private_address_is_not_connected_to(answers: tuple[str, ...]) -> None:
    web = Web({HOME: answer(page())}, names={"herald.example": answers})
    web.fault(HOME)
    assert web.asked == []


def test_a_name_that_changes_between_check_and_visit_changes_nothing() -> None:
    """Rebinding: what is connected to is the very address that was checked, and no name is looked up again."""
    web = Web({HOME: answer(page())})
    answers = iter([(PUBLIC,), (PUBLIC,), ("127.0.0.1",)])
    visitor = web.visitor()
    visitor.resolve = lambda host, port: next(answers)
    visitor.visit(HOME)
    assert [address for _, address in web.asked] == [PUBLIC, PUBLIC]
    with pytest.raises(OnrecordError, match="it leads to"):
        visitor.visit(HOME)
    assert [address for _, address in web.asked] == [PUBLIC, PUBLIC]


def test_robots_txt_of_a_site_forges_no_request() -> None:
    web = Web(
        {
            "https://herald.example/robots.txt": answer(status=302, location="http://127.0.0.1/admin"),
            HOME: answer(page()),
        }
    )
    web.fault(HOME)
    assert {address for _, address in web.asked} == {PUBLIC}


def test_reports_name_addresses_that_nobody_visits(tmp_path: Path) -> None:
    import socket

    (tmp_path / "a.rss").write_bytes(
        feed(f"<item><link>http://127.0.0.1/x</link><description>{SAID}</description></item>")
    )
    (tmp_path / "b.html").write_bytes(page(head='<base href="http://127.0.0.1/"><link rel="stylesheet" href="/x.css">'))
    (tmp_path / "urls.txt").write_text("http://127.0.0.1/\nhttps://herald.example/\n")

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was tried")

    before = socket.socket.connect
    socket.socket.connect = refuse  # type: ignore[method-assign, assignment]
    try:
        assert len(read([str(tmp_path)]).reports) == 3
    finally:
        socket.socket.connect = before  # type: ignore[method-assign]


# -- what unpacks, expands and climbs -----------------------------------------------------------------------------

BOMB = "".join(f'<!ENTITY l{k} "{f"&l{k - 1};" * 10}">' for k in range(1, 10))
LAUGHS = f'<!DOCTYPE x [<!ENTITY l0 "ha">{BOMB}]>'
QUADRATIC = f'<!DOCTYPE x [<!ENTITY l9 "{"a" * 50_000}">]>'


@pytest.mark.parametrize("kind", ["laughs", "quadratic", "outside", "parameter"])
@pytest.mark.parametrize("suffix", [".rss", ".xml", ".docx", ".xlsx", ".html", ".warc"])
def test_xml_entities_are_never_expanded(tmp_path: Path, suffix: str, kind: str) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the word that nobody may see")
    head = {
        "laughs": LAUGHS, "quadratic": QUADRATIC,
        "outside": f'<!DOCTYPE x [<!ENTITY l9 SYSTEM "{secret.as_uri()}">]>',
        "parameter": f'<!DOCTYPE x [<!ENTITY % p SYSTEM "{secret.as_uri()}"> %p;]>',
    }[kind]  # fmt: skip
    fed = feed("<item><description>&l9;</description></item>", head=head)
    raw = {
        ".docx": document("&l9;", head=head),
        ".xlsx": zipped({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": f"{head}<worksheet>&l9;</worksheet>".encode()}),
        ".html": f'<?xml version="1.0"?>{head}<html><body><article><p>&l9; {SAID}</p><p>{MORE}</p></article></body></html>'.encode(),
        ".warc": warc({"http://h.example/": fed}, kind="application/rss+xml"),
    }.get(suffix, fed)  # fmt: skip
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / f"a{suffix}").write_bytes(raw)
    began = time.process_time()
    found = read([str(tmp_path / "in")])
    assert time.process_time() - began < 3
    assert not found.reports
    assert "entities" in reasons(found)
    assert "nobody may see" not in reasons(found)


def bombs() -> dict[str, Callable[[], bytes]]:
    """Files that unpack to hundreds of megabytes."""
    zeros = bytes(2**20)

    def packed(opener: Any, count: int) -> bytes:
        out = io.BytesIO()
        with opener(out) as stream:
            for _ in range(count):
                stream.write(zeros)
        return out.getvalue()

    def gz(count: int) -> bytes:
        return packed(lambda out: gzip.GzipFile(fileobj=out, mode="wb", compresslevel=1), count)

    def tar() -> bytes:
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w:gz", compresslevel=1) as whole:
            for name in ("a.txt", "b.txt"):
                info = tarfile.TarInfo(name)
                info.size = 2**27
                whole.addfile(info, io.BytesIO(bytes(2**27)))
        return out.getvalue()

    return {
        "a.txt.gz": lambda: gz(256),
        "a.gz.gz": lambda: gzip.compress(gz(64)),
        "a.txt.bz2": lambda: packed(lambda out: bz2.BZ2File(out, "wb"), 64),
        "a.txt.xz": lambda: packed(lambda out: lzma.LZMAFile(out, "wb", preset=0), 64),
        "a.zip": lambda: zipped({f"{k}.txt": bytes(2**25) for k in range(4)}),
        "a.tar.gz": tar,
        "a.docx": lambda: zipped({"word/document.xml": b"<a>" + b" " * 2**26 + b"</a>"}),
        "a.warc.gz": lambda: gzip.compress(warc({"http://h.example/": bytes(2**26)}, packed=False), 1),
        "a.zip.zip": lambda: zipped({"b.zip": zipped({"c.zip": zipped({"d.zip": zipped({"e.zip": zipped({"f.txt": b"x"})})})})}),
    }  # fmt: skip


@pytest.mark.parametrize("name", sorted(bombs()))
def test_a_decompression_bomb_is_refused_in_little_memory_and_costs_no_neighbour(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(bombs()[name]())
    (tmp_path / "good.txt").write_text(SAID)
    tracemalloc.start()
    try:
        found = read([str(tmp_path)])
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert [r.path for r in found.reports] == ["good.txt"]
    assert any(s.path.split("/")[-1].startswith(name) or name in s.path for s in found.skipped)
    assert most < 120 * 2**20


@pytest.mark.parametrize("name", ["../up.txt", "/top.txt", "a/../../up.txt", "..\\up.txt", "C:\\up.txt", "C:up.txt", "\\\\host\\share.txt", "....//../up.txt"])  # fmt: skip
def test_a_member_of_an_archive_climbs_nowhere(tmp_path: Path, name: str) -> None:
    inside = tmp_path / "one" / "two"
    inside.mkdir(parents=True)
    (inside / "a.zip").write_bytes(zipped({name: SAID.encode(), "good.txt": MORE.encode()}))
    (inside / "b.tar.gz").write_bytes(tarred(tarfile.TarInfo(name), body=SAID.encode()))
    before = sorted(tmp_path.rglob("*"))
    found = read([str(inside)])
    assert sorted(tmp_path.rglob("*")) == before
    assert [r.path for r in found.reports] == ["a.zip/good.txt"]
    assert reasons(found).count("outside the archive") == 2


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE])
def test_a_link_or_device_in_an_archive_leads_nowhere(tmp_path: Path, kind: bytes) -> None:
    info = tarfile.TarInfo("passwd.txt")
    info.type, info.linkname = kind, "/etc/passwd"
    (tmp_path / "a.tar.gz").write_bytes(tarred(info))
    found = read([str(tmp_path)])
    assert not found.reports
    assert "a link or device" in reasons(found)


@pytest.mark.parametrize("name", ["../secret.txt", "/etc/hostname", "in/../../secret.txt", "link/secret.txt"])
def test_a_manifest_names_no_file_outside_its_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.txt").write_text("nobody may see this")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "link").symlink_to(tmp_path, target_is_directory=True)
    (folder / "a.txt").write_text(SAID)
    (folder / "manifest.csv").write_text(f"file,outlet\n{name},X\na.txt,Border Post\n")
    found = read([str(folder)])
    assert [(r.path, r.outlet) for r in found.reports] == [("a.txt", "Border Post")]
    assert "lies outside the folder" in reasons(found)


def test_names_and_titles_of_reports_name_no_file_that_is_written(tmp_path: Path) -> None:
    evil = "../../../evil"
    publish(tmp_path / "l.db", build([replace(report_of(SAID, outlet=evil), title=evil, path=evil)], reading="none"))
    (tmp_path / "out").mkdir()
    before = {p for p in tmp_path.parent.rglob("*") if tmp_path not in p.parents and p != tmp_path}
    assert run("report", tmp_path / "l.db", "-o", tmp_path / "out" / "site").exit_code == 0
    assert run("freeze", tmp_path / "l.db", "-o", tmp_path / "out" / "frozen").exit_code == 0
    after = {p for p in tmp_path.parent.rglob("*") if tmp_path not in p.parents and p != tmp_path}
    assert after == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["l.db", "out"]


# -- what is shown, exported and asked ----------------------------------------------------------------------------

SCRIPTS = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>", "\"><script>alert(1)</script>", "' onmouseover='alert(1)",
    '" autofocus onfocus="alert(1)', "<iframe src=javascript:alert(1)>", "</title><script>alert(1)</script>", "</script><script>alert(1)</script>",
    "<a href='javascript:alert(1)'>x</a>", "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>", "{{ 7 * 7 }}",
    "<!--<img src=--><img src=x onerror=alert(1)>", "<object data=javascript:alert(1)>", "<base href=//evil.example/>", "<style>*{background:url(//evil.example)}</style>",
)  # fmt: skip


class _Seen(HTMLParser):
    """What a browser would run or load."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name.startswith("on") or (value or "").strip().lower().startswith(("javascript:", "vbscript:")):
                self.faults.append(f"{tag} {name}={value}")
            if name in ("src", "href", "action", "data") and "evil" in (value or ""):
                self.faults.append(f"{tag} {name}={value}")


@pytest.mark.parametrize("script", SCRIPTS)
def test_script_in_a_report_does_not_run_on_a_page(tmp_path: Path, script: str) -> None:
    text = f'Hanne Lund said "the bridge at Kessa is shut {script} and 9,000 fighters are there" on Monday. {script}\n\n{MORE}'
    made = replace(
        report_of(text, outlet=f"Post {script}"),
        title=script,
        byline=script,
        dateline=script,
        url=f"https://a.example/{script}",
        path=script,
    )
    other = replace(
        report_of(text.replace("9,000", "7,000"), outlet="Other", name="r-1"), title="x", url="javascript:alert(1)"
    )
    publish(tmp_path / "l.db", build([made, other], reading="none"))
    assert run("report", tmp_path / "l.db", "-o", tmp_path / "site").exit_code == 0
    clean = tmp_path / "clean.db"
    publish(clean, build([report_of(MORE), report_of(MORE + " x", name="r-1")], reading="none"))
    run("report", clean, "-o", tmp_path / "clean")
    ours = {t for p in (tmp_path / "clean").rglob("*.html") for t in _parsed(p).tags}
    for path in sorted((tmp_path / "site").rglob("*.html")):
        seen = _parsed(path)
        assert not seen.faults, path
        assert not {"iframe", "object", "embed", "base", "math", "form"} & set(seen.tags) - ours, path
        assert "alert(1)" not in "".join(_scripts(path)), path
        assert "49 and" not in path.read_text("utf-8"), path


def _parsed(path: Path) -> _Seen:
    seen = _Seen()
    seen.feed(path.read_text("utf-8"))
    return seen


def _scripts(path: Path) -> list[str]:
    """What stands inside script elements, as a browser finds them; what is JSON there may hold words, but no end."""
    import re

    return re.findall(r"<script(?![^>]*application/)[^>]*>(.*?)</script", path.read_text("utf-8"), re.S | re.I)


@pytest.mark.parametrize(
    "cell", [f"{mark}1+1" for mark in "=+-@\t\r\n＝＋－＠"] + ['=cmd|" /C calc"!A0', "＝1+1", "@SUM(1)", "-2+3", "\n=1"]
)
def test_a_formula_in_a_report_is_text_in_csv(tmp_path: Path, cell: str) -> None:
    publish(
        tmp_path / "l.db",
        build([replace(report_of(cell + " said Hanne Lund."), title=cell, outlet=cell, byline=cell)], reading="none"),
    )
    assert run("export", tmp_path / "l.db", "csv", "-o", tmp_path / "out").exit_code == 0
    shown = run("show", tmp_path / "l.db", "reports", "--csv").output
    for raw in (shown, *(p.read_text("utf-8-sig") for p in sorted((tmp_path / "out").rglob("*.csv")))):
        for row in csv.reader(io.StringIO(raw, newline="")):
            for value in row:
                number = value.removeprefix("-").replace(".", "", 1).isdigit()
                assert number or not value.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")), (
                    value
                )


FILTERS = (
    "' OR 1=1 --", '"; DROP TABLE reports; --', "' UNION SELECT sql FROM sqlite_master --", "x' || (SELECT 1) || '", "_", "%", "\\", "a*", '"a" NEAR "b"',
    "title:x", "AND OR NOT", "-", '"', "'", "(", "{speaker} : x", "^a", "a" * 5000, "NULL", "1; PRAGMA writable_schema=1",
)  # fmt: skip


@pytest.mark.parametrize("words", FILTERS)
def test_a_filter_is_a_value_and_no_sql(ledger: Path, words: str) -> None:
    before = hashlib.sha256(ledger.read_bytes()).hexdigest()
    with Ledger(ledger) as opened:
        same = sum(row["outlet"] == words for row in opened.rows("reports"))
    result = run("show", ledger, "reports", "--where", f"outlet={words}", "--json")
    assert result.exit_code == 0
    assert len([line for line in result.output.splitlines() if line.startswith("{")]) == same == 0
    for column in (words, f'outlet" = "x" or "a{words}', "1=1 or outlet"):
        assert isinstance(run("show", ledger, "reports", "--where", f"{column}=x").exception, BadFilter)
    assert run("show", ledger, f"reports where {words}").exit_code != 0
    assert run("search", ledger, words or " ").exception is None or run("search", ledger, words or " ").exit_code == 0
    assert run("why", ledger, words or "x").exit_code != 0
    assert hashlib.sha256(ledger.read_bytes()).hexdigest() == before


def test_duckdb_reads_writes_and_fetches_nothing_but_what_it_was_given(tmp_path: Path) -> None:
    import duckdb

    inside, outside = tmp_path / "in", tmp_path / "out"
    inside.mkdir()
    outside.mkdir()
    (outside / "a.csv").write_text("a\n1\n")
    con = locked(inside)
    con.execute(f"copy (select 1 as a) to '{inside}/a.parquet' (format parquet)")
    for sql in (
        f"select * from read_csv('{outside}/a.csv')", "select * from read_text('/etc/hostname')", f"copy (select 1) to '{outside}/b.csv'",
        f"attach '{outside}/x.db'", "install httpfs", "load httpfs", "set enable_external_access = true", "reset allowed_directories",
        f"set allowed_directories = ['{outside}']", f"select * from read_csv('{inside}/../out/a.csv')", "set lock_configuration = false",
    ):  # fmt: skip
        with pytest.raises(duckdb.Error):
            con.execute(sql)
    con.close()
    assert [p.name for p in outside.iterdir()] == ["a.csv"]


def test_duckdb_is_opened_in_one_place_only() -> None:
    for path in SOURCE.rglob("*.py"):
        if path != SOURCE / "engines" / "duck.py":
            assert "duckdb.connect" not in path.read_text("utf-8"), path


RUNNERS = frozenset(("pickle", "cPickle", "dill", "cloudpickle", "joblib", "marshal", "shelve", "yaml"))
CALLS = frozenset(("eval", "exec", "__import__"))


def test_nothing_is_loaded_that_can_run_code() -> None:
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [a.name for a in node.names] if isinstance(node, ast.Import) else []
            assert not RUNNERS & {n.split(".")[0] for n in names}, path
            if not isinstance(node, ast.Call):
                continue
            called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            assert called not in CALLS or isinstance(node.func, ast.Attribute), (path, called)
            whose = getattr(getattr(node.func, "value", None), "id", "")
            if (whose, called) == ("np", "load"):
                assert any(
                    k.arg == "allow_pickle" and getattr(k.value, "value", True) is False for k in node.keywords
                ), path
            assert (whose, called) != ("torch", "load"), path


def test_a_model_that_hides_a_pickle_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from onrecord.reading import coreference

    class Evil:
        def __reduce__(self) -> tuple[Any, ...]:
            return (Path.write_text, (tmp_path / "ran", "x"))

    planted = tmp_path / "weights"
    planted.mkdir()
    np.savez(planted / "evil.npz", a=np.array([Evil()], dtype=object))
    (planted / "bare.npz").write_bytes(pickle.dumps(Evil()))
    monkeypatch.setattr(coreference, "files", lambda _: tmp_path)
    for name in ("evil", "bare"):
        with pytest.raises(ValueError, match="pickle"):
            coreference.weights(name)
    assert not (tmp_path / "ran").exists()


def test_a_ledger_of_somebody_else_runs_nothing(ledger: Path, tmp_path: Path) -> None:
    hostile = tmp_path / "hostile.db"
    hostile.write_bytes(ledger.read_bytes())
    db = sqlite3.connect(hostile)
    db.executescript(
        "create trigger t after insert on reports begin delete from reports; end; drop table origins;"
        "create view origins as select load_extension('/tmp/x.so') as origin_id, writefile('/tmp/x', 'x') as id;"
    )
    db.close()
    before = hostile.read_bytes()
    for words in (
        ["show", hostile, "origins"],
        ["show", hostile, "reports", "--json"],
        ["verify", hostile],
        ["search", hostile, "bridge"],
    ):
        run(*words)
    assert run("show", hostile, "origins").exit_code != 0
    assert hostile.read_bytes() == before


@pytest.mark.parametrize("at", [0.02, 0.3, 0.5, 0.7, 0.9])
def test_a_ledger_of_which_bits_were_flipped_is_found_out(ledger: Path, tmp_path: Path, at: float) -> None:
    raw = bytearray(ledger.read_bytes())
    wanted = b" said "
    spot = raw.find(wanted, int(len(raw) * at))
    if spot < 0:
        pytest.skip("no word of the text behind that place")
    raw[spot] ^= 4
    damaged = tmp_path / "l.db"
    damaged.write_bytes(raw)
    assert run("verify", damaged).exit_code != 0


def test_signs_that_steer_a_terminal_are_shown_and_not_sent(tmp_path: Path) -> None:
    text = f"“The bridge at Kessa \x1b]0;owned\x07\x1b[2J is \x9b31m shut,” Hanne Lund said on Monday. {MORE}"
    publish(
        tmp_path / "l.db", build([replace(report_of(text, outlet="Post\x1b[31m"), title="x\x1b[2J")], reading="none")
    )
    with Ledger(tmp_path / "l.db") as opened:
        row = next(opened.rows("statements"))["statement_id"]
    for words in (
        ["why", tmp_path / "l.db", row],
        ["search", tmp_path / "l.db", "bridge"],
        ["show", tmp_path / "l.db", "reports"],
    ):
        output = run(*words).output
        assert "\x1b" not in output and "\x9b" not in output and "\x07" not in output, words


# -- time in proportion to text -----------------------------------------------------------------------------------

SHAPES = {
    "letters": "a", "capitals": "A", "digits": "1", "groups of digits": "1,", "open quotes": "“", "quotes mixed": "“\"'", "brackets": "(", "commas": "a, ",
    "stops": ".", "short words": "U.S. ", "names": "Lund ", "names joined": "Ana Vel and ", "said": "said ", "who said": "who said that ",
    "quotes said": "“a,” he said. ", "days": "on Monday ", "dates": "5 March 2024 ", "ago": "two days ago ", "numbers": "one hundred ", "percent": "50% ",
    "ranges": "5-", "hyphens": "-", "apostrophes": "'s ", "turns": "WION: yes\n", "titles": "Mr. ", "initials": "J. K. ", "marks": "e\u0301", "bullets": "- a\n",
    "addresses": "http://a.b/", "killed": "killed 5 ", "of": "of the ", "emoji": "😀", "turned": "\u202e",
}  # fmt: skip
SIZE = 12_000
MOST_GROWTH = 3.2  # of the time when the text doubles; 4 is a square, and one core beside others is noisy
SOON = 0.3  # seconds that need no growth to be measured


def _took(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_every_stage_takes_time_in_proportion_to_hostile_text(name: str) -> None:
    def took(size: int) -> dict[str, float]:
        found, spent = Sheet(report=report_of("The mayor said it. " + (SHAPES[name] * size)[:size])), {}
        for stage, made in stages("none"):
            began = time.process_time()
            found = replace(found, **{stage: made(found)})
            spent[stage] = time.process_time() - began
        return spent

    def best(size: int) -> dict[str, float]:  # of three, for other work shares the machine
        runs = [took(size) for _ in range(3)]
        return {stage: min(one[stage] for one in runs) for stage in runs[0]}

    if max(took(SIZE).values()) > SOON:
        whole, half = best(SIZE), best(SIZE // 2)
        slow = {stage: (half[stage], whole[stage]) for stage in whole if whole[stage] > MOST_GROWTH * half[stage]}
        assert not {stage for stage, (_, took_whole) in slow.items() if took_whole > SOON}, slow
        assert max(whole.values()) < 8, whole


MARKUP = {
    "open tags": "<a ", "links": "<a href=x>", "entities": "&amp", "comments": "<!--", "comments ended": "<!---->", "signs": "<", "paragraphs": "<p>a",
    "attributes": "<p a='", "cdata": "<![CDATA[", "cells": "<td>", "scripts": "<script>", "doctypes": "<!DOCTYPE ", "metas": "<meta property=", "instructions": "<?x ",
    "quotes": "=3D", "lines": "From a\n", "headers": "A: b\n", "commas": "a,", "brackets": "[", "braces": '{"a":', "spaces": " ", "words": "bridge ",
}  # fmt: skip


@pytest.mark.parametrize(
    "suffix", [".html", ".rss", ".eml", ".mbox", ".mhtml", ".csv", ".json", ".jsonl", ".txt", ".warc", ".md"]
)
@pytest.mark.parametrize("name", sorted(MARKUP))
def test_every_reader_takes_time_in_proportion_to_hostile_bytes(tmp_path: Path, suffix: str, name: str) -> None:
    heads = {
        ".html": "<html><body>",
        ".rss": "<rss><channel><item><description>",
        ".eml": "Subject: x\n\n",
        ".mbox": "From a@b Tue Mar 5 10:00:00 2024\nSubject: x\n\n",
        ".warc": "WARC/1.0\r\n",
    }

    def took(size: int) -> float:
        file = tmp_path / f"a{suffix}"
        file.write_bytes((heads.get(suffix, "") + (MARKUP[name] * size)[:size]).encode())
        return _took(lambda: read([str(file)]))

    whole = took(80_000)
    if whole > SOON:
        assert whole < 8
        whole = min(whole, took(80_000))  # the first may have loaded a library
    if whole > SOON:
        half = took(40_000)
        assert whole <= MOST_GROWTH * half, (half, whole)


@pytest.mark.parametrize("shape", ["a", "said ", "“", "Lund, ", "1,", "(", "- "])
def test_one_line_of_a_megabyte_is_read_or_refused_in_time(tmp_path: Path, shape: str) -> None:
    for size in (990_000, 1_100_000):
        (tmp_path / "a.txt").write_text((shape * size)[:size])
        began = time.process_time()
        found = read([str(tmp_path)])
        assert time.process_time() - began < 3
        assert len(found.reports) + len(found.skipped) == 1
        if size > 1_000_000:
            assert "more than a million characters" in reasons(found)


def test_a_number_of_a_thousand_digits_breaks_no_stage() -> None:
    for text in (
        "1" * 1000,
        "one hundred " * 400,
        "9" * 400 + " people were killed",
        "1e999 dead",
        "$" + "9" * 500 + " million",
    ):
        made = read_alone(report_of(f"The mayor said that {text} came to Kessa."), "none")
        assert isinstance(made, Sheet), made
        assert all(abs(q.low or 0) < 1e30 and abs(q.high or 0) < 1e30 for q in made.quantities)
        json.dumps([q.low for q in made.quantities], allow_nan=False)


def test_a_sheet_of_many_rows_and_a_table_of_many_columns_are_bounded(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(sheet(tuple(f"c{k}" for k in range(3000)), tuple("x" for _ in range(3000))))
    (tmp_path / "b.csv").write_text(",".join(f"c{k}" for k in range(20_000)) + "\n" + "x," * 20_000 + "\n")
    assert _took(lambda: read([str(tmp_path)])) < 5
