"""The whole house: imports go one way, lists are complete, docs name everything, rows quote their source."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.ledger.shape import TABLES
from onrecord.ledger.store import Ledger
from onrecord.records import Findings
from onrecord.views.cli import COMMANDS

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "onrecord"
# A room imports only from rooms to its left; text, engines and fetch do not know each other.
FLOORS = (
    ("records", "errors"), ("text", "engines", "fetch"), ("reports",), ("passages",), ("reading",), ("mentions",), ("claims",), ("entities",),
    ("matters",), ("ledger",), ("work",), ("pipeline",), ("spread",), ("views",), ("api",), ("__main__",),
)  # fmt: skip
LEVEL = {room: k for k, rooms in enumerate(FLOORS) for room in rooms}


def modules() -> list[Path]:
    """Every source file."""
    return sorted(SOURCE.rglob("*.py"))


def room(path: Path) -> str:
    """The room a file stands in."""
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    """Rooms of ours that a file imports, type-only imports and those inside functions counted."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names += [a.name for a in node.names] if isinstance(node, ast.Import) else []
        for name in names:
            if name.startswith("onrecord."):
                yield name.split(".")[1]


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(SOURCE)))
def test_imports_go_one_way(path: Path) -> None:
    here = room(path)
    if here == "__init__":
        assert set(imports(path)) == {"api"}  # what Python users call; when, is held below
        return
    for other in imports(path):
        same = other == here
        assert same or LEVEL[other] < LEVEL[here] or (LEVEL[other] == LEVEL[here] == 0), f"{here} imports {other}"


def test_importing_the_package_imports_nothing_else_of_ours() -> None:
    code = "import sys, onrecord; print([m for m in sys.modules if m.startswith('onrecord.')], dir(onrecord))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told.startswith("[] ") and "'build'" in told


def test_every_reader_is_on_the_list() -> None:
    from onrecord import reports

    files = {p.stem for p in (SOURCE / "reports").glob("*.py")} - {"__init__"}
    files -= {"draft", "head", "limits", "manifest", "markup", "source", "ways"}  # what readers share
    assert files == {r.__name__.rsplit(".", 1)[1] for r in reports.READERS}


def test_every_export_is_on_the_list() -> None:
    from onrecord.views.exports import FORMATS

    assert {p.stem for p in (SOURCE / "views" / "exports").glob("*.py")} - {"__init__"} == set(FORMATS)


def test_every_finder_of_mentions_is_on_a_list() -> None:
    from onrecord import pipeline
    from onrecord.mentions import FINDERS

    listed = {f.__module__ for f in FINDERS} | {f.__module__ for _, f in pipeline.ALONE}
    files = {f"onrecord.mentions.{p.stem}" for p in (SOURCE / "mentions").glob("*.py")} - {"onrecord.mentions.__init__"}
    assert files <= listed


def test_every_command_is_in_the_docs() -> None:
    tutorial = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
    for command in COMMANDS:
        assert f"onrecord {command.name}" in tutorial, command.name
        for option in command.params:
            for flag in getattr(option, "opts", []):
                if flag.startswith("--"):
                    assert flag in tutorial, f"{command.name} {flag}"


def test_every_column_is_in_the_codebook(ledger: Path) -> None:
    codebook = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")
    with Ledger(ledger) as opened:
        for table in (*TABLES, "runs", "meta"):
            section = re.search(rf"^## {table}\n(.*?)(?=^## |\Z)", codebook, re.M | re.S)
            assert section, f"no section {table}"
            for column in opened.columns(table):
                assert f"`{column}`" in section.group(1), f"{table}.{column}"


def test_any_stretch_of_any_row_quotes_its_source(findings: Findings) -> None:
    for sheet in findings.sheets:
        text = sheet.report.text
        for statement in sheet.statements:
            assert statement.text == " ".join(s.of(text) for s in statement.content)
            for span in (statement.source, statement.cue):
                assert span is None or 0 <= span.start < span.end <= len(text)
            for link in statement.chain:
                assert link.start is None or 0 <= link.start < (link.end or 0) <= len(text)
        for row in (*sheet.mentions, *sheet.quantities, *sheet.times, *sheet.places):
            assert text[row.start : row.end] == row.text
    texts = {s.report.report_id: s.report.text for s in findings.sheets}
    for reuse in findings.reuse:
        one = texts[reuse.from_report][reuse.from_start : reuse.from_end]
        two = texts[reuse.to_report][reuse.to_start : reuse.to_end]
        assert re.findall(r"\w+", one.lower()) == re.findall(r"\w+", two.lower())


def test_the_shape_of_our_code() -> None:
    lengths = []
    for path in modules():
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 400, path
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                lengths.append((node.end_lineno or 0) - node.lineno + 1)
    lengths.sort()
    assert lengths[len(lengths) // 2] <= 10
    assert lengths[int(len(lengths) * 0.95)] <= 40


def test_nothing_is_named_for_nothing() -> None:
    for path in modules():
        assert path.stem not in {"utils", "helpers", "misc", "common", "base", "manager", "core"}


def test_every_word_table_names_its_source() -> None:
    for path in (SOURCE / "text" / "words").glob("*.tsv"):
        rows = path.read_text(encoding="utf-8").splitlines()
        assert rows[0].split("\t")[-1] == "source", path
        assert all(row.split("\t")[-1] for row in rows[1:]), path
