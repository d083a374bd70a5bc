"""A ledger with all that it rests on as one folder: to hand over, to put away, to open and check years later."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from onrecord.errors import CannotWrite
from onrecord.ledger.kept import LOG, beside
from onrecord.ledger.store import Ledger
from onrecord.views import exports, report

SUMS = "SHA256SUMS"
README = "README.txt"
FIRST_LINE = "An onrecord ledger, frozen"
FORMATS = ("jsonl", "csv")
# What SQLite puts beside a file while it is open.
PASSING = ("-wal", "-shm", "-journal")
TEXT = """{first}: {name}

{counts}
Made by onrecord {version}. Nothing in this folder needs the network.

  site/index.html    the pages: open it in a browser
  {name:<18} the ledger, an SQLite file; onrecord verify {name} checks it
  tables/            the same rows as JSON Lines and CSV
  {raw:<18} {copies}
{beside}  {sums}         SHA-256 of every other file here

Check that nothing has changed:

  sha256sum -c {sums}        (Linux; on macOS: shasum -a 256 -c {sums})

Seals of the ledger's tables, SHA-256 over their rows:

{seals}
"""


def freeze(ledger: Path, out: Path) -> int:
    """Writes the folder aside and puts it in place at once; the same ledger gives the same bytes. Returns its files.

    Raises:
        BadLedger: the ledger is missing or is none.
        CannotWrite: the folder holds what no freeze of ours wrote, or cannot be written.
    """
    _permit(out)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
        try:
            _fill(aside, ledger)
            aside.chmod(0o755)
            if out.exists():
                shutil.rmtree(out)
            aside.rename(out)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    except OSError as error:
        raise CannotWrite(str(error), where=str(out), hint="give a folder you may write to, with room") from error
    return sum(1 for _ in _files(out))


def _permit(out: Path) -> None:
    """Raises CannotWrite where something is there that is not an older freeze, whole and with nothing added."""
    if not out.exists():
        return
    if not out.is_dir():
        raise CannotWrite("this is a file", where=str(out), hint="give a new folder")
    named = {SUMS, *_named(out / SUMS)}
    foreign = next((name for name in _files(out) if name not in named), None)
    ours = (out / README).is_file() and (out / README).read_text(encoding="utf-8", errors="replace").startswith(
        FIRST_LINE
    )
    if foreign is None and not ours:
        foreign = next(_files(out), None)
    if foreign is not None:
        what = f"this folder holds what no freeze wrote ({foreign}), and is left as it is"
        raise CannotWrite(what, where=str(out), hint="give a new folder")


def _named(sums: Path) -> Iterator[str]:
    if sums.is_file():
        yield from (line[66:] for line in sums.read_text(encoding="utf-8", errors="replace").splitlines())


def _files(folder: Path) -> Iterator[str]:
    """Every file of a folder by its path in it, sorted."""
    found = (p for p in folder.rglob("*") if p.is_symlink() or not p.is_dir())
    yield from sorted(p.relative_to(folder).as_posix() for p in found)


def _fill(folder: Path, ledger: Path) -> None:
    with Ledger(ledger) as opened:
        shutil.copyfile(ledger, folder / ledger.name)
        for form in FORMATS:
            exports.export_all(opened, form, folder / "tables" / form)
        others = _beside(ledger, folder)
        copies = _raw(beside(ledger), folder)
        (folder / README).write_text(_readme(opened, ledger, others, copies), encoding="utf-8", newline="\n")
    report.write(folder / ledger.name, folder / "site")
    lines = [f"{_sum(folder / name)}  {name}\n" for name in _files(folder)]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8", newline="\n")


def _beside(ledger: Path, folder: Path) -> list[str]:
    """Copies the log of decisions that lies beside a ledger, whatever its format."""
    names = []
    for path in sorted(ledger.parent.glob(f"{ledger.stem}.decisions*")):
        if path.is_file() and not path.name.endswith(PASSING):
            _copy(path, folder / path.name)
            names.append(path.name)
    return names


def _copy(path: Path, target: Path) -> None:
    """A file as it is; of a database that is in use, also what still lies in its write-ahead log."""
    if not path.with_name(path.name + "-wal").exists():
        shutil.copyfile(path, target)
        return
    with (
        closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as old,
        closing(sqlite3.connect(target)) as new,
    ):
        old.backup(new)


def _raw(raw: Path, folder: Path) -> int:
    """Copies the raw copies and their log; returns how many copies."""
    if not raw.is_dir():
        return 0
    count = 0
    for path in sorted([raw / LOG, *raw.glob("[0-9a-f][0-9a-f]/*")]):
        if path.is_file():
            target = folder / raw.name / path.relative_to(raw)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
            count += path.name != LOG
    return count


def _readme(opened: Ledger, ledger: Path, others: list[str], copies: int) -> str:
    run = next(opened.rows("runs"))
    counts = [
        f"{table}: {opened.count(table)}" for table in ("reports", "statements", "quantities", "events", "matters")
    ]
    seals = [
        f"  {key.removeprefix('seal:'):<14} {value}"
        for key, value in sorted(opened.meta().items())
        if key.startswith("seal:")
    ]
    return TEXT.format(
        first=FIRST_LINE, name=ledger.name, counts="\n".join(counts) + "\n", version=run["version"], sums=SUMS,
        raw=beside(ledger).name + "/", seals="\n".join(seals), beside="".join(f"  {n:<18} goes with the ledger\n" for n in others),
        copies=f"{copies} raw copies by their SHA-256, and {LOG}, how they came" if copies else "not there: no raw copies were kept",
    )  # fmt: skip


def _sum(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
