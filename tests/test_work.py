"""What is kept between builds: only what is new is read, and the ledger is the one that a fresh build makes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import pipeline, work
from onrecord.engines.limits import Limits
from onrecord.ledger.store import publish
from onrecord.pipeline import build
from onrecord.records import Report, Sheet, Skipped
from onrecord.reports import read
from onrecord.reports.source import Source
from onrecord.reports.ways import Found, Ways
from onrecord.views.cli import cli
from onrecord.work import Work, key_of, version, versions
from onrecord.work.pages import Pages
from tests.conftest import EXAMPLES, report_of


def pile(count: int = 6) -> list[Report]:
    """Small reports, some of which share wording."""
    said = '"We shall not leave the valley before the snow, whatever they offer us," Mayor Hanne Lund said on Tuesday.'
    return [
        report_of(f"Report {k}.\n\n{said if k % 2 else f'{k + 5} people were killed.'}", name=f"r-{k}")
        for k in range(count)
    ]


def built(folder: Path, reports: list[Report], **settings: object) -> tuple[bytes, Work]:
    """The bytes of a ledger and the work beside it, rules alone."""
    kept = Work(folder / "work", "none", **settings)  # type: ignore[arg-type]
    publish(folder / "l.db", build(reports, reading="none", work=kept))
    kept.close(whole=True)
    return (folder / "l.db").read_bytes(), kept


def fresh(tmp_path: Path, reports: list[Report]) -> bytes:
    """The ledger that a build from nothing makes."""
    publish(tmp_path / "fresh.db", build(reports, reading="none"))
    return (tmp_path / "fresh.db").read_bytes()


def test_only_what_is_new_is_read_and_no_byte_differs(tmp_path: Path) -> None:
    built(tmp_path, pile(4))
    ledger, kept = built(tmp_path, pile(6))
    assert (kept.read, kept.kept) == (2, 4)
    assert ledger == fresh(tmp_path, pile(6))
    assert built(tmp_path, pile(6))[1].read == 0


@settings(max_examples=8, deadline=None)
@given(cuts=st.lists(st.integers(1, 9), min_size=1, max_size=3), order=st.permutations(range(10)))
def test_any_way_of_adding_reports_ends_in_one_ledger(
    tmp_path_factory: pytest.TempPathFactory, cuts: list[int], order: list[int]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    reports = [pile(10)[k] for k in order]
    for cut in cuts:
        built(folder, reports[:cut])
    assert built(folder, reports)[0] == fresh(folder, pile(10))


def test_the_whole_example_is_kept_to_the_byte(tmp_path: Path, ledger: Path) -> None:
    reports = read([str(EXAMPLES)]).reports
    for half in (reports[:5], reports):
        kept = Work(tmp_path / "work", "bundled")
        publish(tmp_path / "l.db", build(half, work=kept))
    assert (kept.read, kept.kept) == (5, 5)
    assert (tmp_path / "l.db").read_bytes() == ledger.read_bytes()


def test_a_report_of_which_something_else_is_told_is_read_anew(tmp_path: Path) -> None:
    built(tmp_path, pile())
    mended = [replace(r, outlet="Varro Bulletin") if r.report_id == "r-1" else r for r in pile()]
    ledger, kept = built(tmp_path, mended)
    assert kept.read == 1
    assert ledger == fresh(tmp_path, mended)
    assert len({key_of(r) for r in (*pile(), *mended)}) == 7


def test_a_damaged_cell_is_read_anew(tmp_path: Path) -> None:
    wanted, _ = built(tmp_path, pile())
    for cell in (tmp_path / "work").rglob("*.cell"):
        cell.write_bytes(cell.read_bytes()[:-9])
    ledger, kept = built(tmp_path, pile())
    assert (ledger, kept.read) == (wanted, 6)


def test_fresh_reads_everything(tmp_path: Path) -> None:
    built(tmp_path, pile())
    assert built(tmp_path, pile(), fresh=True)[1].read == 6


def test_what_a_stage_could_not_read_is_remembered_with_its_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []

    def broken(sheet: Sheet) -> tuple[()]:
        calls.append(sheet.report.report_id)
        if sheet.report.report_id == "r-3":
            raise ValueError("no snow")
        return ()

    monkeypatch.setattr(pipeline, "ALONE", (("quantities", broken),))
    first, _ = built(tmp_path, pile())
    again, kept = built(tmp_path, pile())
    assert (first, len(calls), kept.kept) == (again, 6, 6)
    assert [s.reason for s in build(pile(), reading="none", work=kept).run.skipped] == [
        "stage quantities: ValueError: no snow"
    ]
    assert built(tmp_path, pile(), limits=Limits(seconds=120))[1].read == 1  # under other limits it is tried again


def test_a_build_that_ends_early_keeps_what_it_has_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def stopped(sheet: Sheet) -> tuple[()]:
        seen.append(sheet.report.report_id)
        if len(seen) == 5:
            raise KeyboardInterrupt
        return ()

    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "ALONE", (("quantities", stopped),))
        with pytest.raises(KeyboardInterrupt):
            built(tmp_path, pile())
        assert len(Work(tmp_path / "work", "none").held(pile())) == 4


def test_the_version_hangs_on_everything_that_decides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = version("none")
    assert version("bundled") != known
    monkeypatch.setattr(work, "code_hash", lambda rooms=(): "changed")
    assert version("none") != known
    monkeypatch.undo()
    monkeypatch.setattr(versions, "release", lambda name: "99")
    assert version("none") != known
    monkeypatch.undo()
    assert version("none") == known


def test_the_code_of_every_room_that_reads_is_hashed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = {*versions.ROOMS, *versions.TOGETHER}
    rooms = {p.name for p in versions.PACKAGE.iterdir() if p.suffix in ("", ".py") and p.name[0] != "_"}
    # What makes the bytes of a report decides its id; errors and views decide nothing; engines and work only carry.
    assert rooms - listed == {"errors.py", "engines", "fetch", "reports", "spread", "views", "work", "api.py"}
    monkeypatch.setattr(versions, "PACKAGE", tmp_path)
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "words.tsv").write_text("one")
    first = versions.code_hash.__wrapped__(("text",))
    (tmp_path / "text" / "words.tsv").write_text("two")
    assert versions.code_hash.__wrapped__(("text",)) != first


def test_what_was_skipped_comes_back_as_it_went(tmp_path: Path) -> None:
    skipped = Skipped(path="a", reason="b\n\udc80", hint="c")
    kept = Work(tmp_path / "work", "none")
    kept.add(pile()[0], skipped)
    kept.close()
    assert Work(tmp_path / "work", "none").held(pile()) == {"r-0": replace(skipped, path="r-0.txt")}


def page(path: Path, words: str) -> None:
    """Writes a page."""
    path.write_text(f"<html><head><title>Snow</title></head><body><p>{words}</p></body></html>", encoding="utf-8")


def received(folder: Path, beside: Path, fresh: bool = False) -> tuple[list[Report], list[str]]:
    """The reports of a folder, and the files that had to be read for them."""
    read_now = []
    pages = Pages(beside, fresh)

    def recall(source: Source, reader: Callable[[Source], Iterable[Found]]) -> Iterable[Found]:
        def counted(one: Source) -> Iterable[Found]:
            read_now.append(Path(one.where).name)
            return reader(one)

        return pages.recall(source, counted)

    found = read([str(folder)], ways=Ways(recall=recall))
    pages.close(whole=True)
    return list(found.reports), read_now


def test_a_page_is_taken_apart_once(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    for k in range(3):
        page(
            folder / f"{k}.html",
            f"The mayor said on Tuesday that bridge {k} was shut because of the snow in the valley.",
        )
    (folder / "plain.txt").write_text("The bridge was shut.", encoding="utf-8")
    reports, now = received(folder, tmp_path / "work")
    assert (len(reports), now) == (4, ["0.html", "1.html", "2.html"])
    assert received(folder, tmp_path / "work") == (reports, [])
    assert received(folder, tmp_path / "work", fresh=True) == (reports, now)
    page(
        folder / "1.html",
        "The mayor said on Tuesday that the bridge was open again, and that nobody had been hurt there.",
    )
    (folder / "manifest.csv").write_text("file,outlet\n2.html,Varro Bulletin\n", encoding="utf-8")
    changed, now = received(folder, tmp_path / "work")
    assert now == ["1.html", "2.html"]
    assert changed == list(read([str(folder)]).reports)


def test_what_was_no_page_is_tried_again(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "empty.html").write_text("<html></html>", encoding="utf-8")
    assert (
        received(tmp_path / "pages", tmp_path / "work")[1]
        == received(tmp_path / "pages", tmp_path / "work")[1]
        == ["empty.html"]
    )


def test_the_work_beside_a_ledger_is_no_report(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("The bridge was shut.", encoding="utf-8")
    kept = Work(tmp_path / "l.db.work", "none")
    kept.add(pile()[0], Skipped(path="a", reason="b", hint="c"))
    kept.close()
    found = read([str(tmp_path)])
    assert ([r.path for r in found.reports], found.skipped) == (["one.txt"], ())


def test_a_list_that_has_grown_is_read_where_it_is_new(tmp_path: Path) -> None:
    lines = [
        json.dumps({"text": f"Mayor Hanne Lund said the bridge {k} was shut.", "outlet": "Varro Bulletin"})
        for k in range(4)
    ]
    listed = tmp_path / "all.jsonl"
    counts = []
    for known, name in ((3, "l.db"), (4, "l.db"), (4, "fresh.db")):
        listed.write_text("\n".join(lines[:known]), encoding="utf-8")
        said = CliRunner().invoke(
            cli, ["build", str(listed), "-o", str(tmp_path / name), "--reading", "none", "--json"]
        )
        counts.append([json.loads(said.stdout)[what] for what in ("new", "read", "kept")])
    assert counts == [[3, 3, 0], [1, 1, 3], [4, 4, 0]]
    assert (tmp_path / "l.db").read_bytes() == (tmp_path / "fresh.db").read_bytes()
