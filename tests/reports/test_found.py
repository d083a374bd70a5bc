"""What the search for breaking bytes found (`bench/fuzz.py`), one test each: a fixture holds what raised, or it is made here."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench import fuzz
from bench.fuzz_shapes import SHAPES
from bench.fuzz_shapes import packed as whole

from onrecord.errors import OnrecordError
from onrecord.reports import READERS, mail, office
from onrecord.reports.source import Source
from tests.reports.samples import SAID, reading, reasons, zipped
from tests.reports.test_laws_documents import BOOK, PARAGRAPH, PARTS, SHEET, TABLE, alone, packed

FOUND = sorted((Path(__file__).parent / "found").iterdir())


@pytest.mark.parametrize("file", FOUND, ids=lambda f: f"{f.parent.name}/{f.name}")
def test_what_once_raised_is_read_or_refused(file: Path) -> None:
    raw = file.read_bytes()
    reader = next(r for r in READERS if r.__name__.endswith(f".{file.name.partition('-')[0]}"))
    alone(reader, raw, file.suffix)


def test_a_cell_of_no_known_style_or_number_costs_nothing(tmp_path: Path) -> None:
    for old, new in ((b's="1"', b's="x"'), (b"<v>0<", "<v>²<".encode())):
        raw, suffix = packed(SHEET, TABLE.replace(old, new))
        (tmp_path / f"{len(new)}{suffix}").write_bytes(raw)
    found = reading(tmp_path)
    assert [r.text for r in found.reports] == ["Shut.", "Shut."]


def test_a_format_of_no_known_number_is_no_day() -> None:
    alone(office, *packed("xl/styles.xml", PARTS["xl/styles.xml"].replace(b"14", "²".encode())))


@pytest.mark.parametrize("named", ["klingon", "utf-7", "big5"])
def test_a_part_in_an_encoding_that_xml_parsers_have_not_is_refused_by_its_reader(named: str) -> None:
    raw, suffix = packed("word/document.xml", f'<?xml version="1.0" encoding="{named}"?>'.encode() + PARAGRAPH)
    with pytest.raises(OnrecordError, match="encoding"):
        list(office.read(Source(where="a", suffix=suffix, held=raw)))


def test_a_sheet_whose_number_has_no_end_is_no_sheet() -> None:
    alone(office, zipped({BOOK: b"<x/>", f"xl/worksheets/sheet{'1' * 5000}.xml": TABLE}), ".xlsx")


def test_a_broken_subject_costs_no_letter(tmp_path: Path) -> None:
    (one,) = reading(tmp_path, a__eml=f"Subject: =?utf-8?b?abcde?=\n\n{SAID}\n".encode()).reports
    assert (one.text.strip(), one.title) == (SAID, None)
    alone(mail, b"From: =?utf-8?b?abcde?=\n\nShut.\n", ".eml")


def test_an_envelope_without_a_mail_says_what_it_is(tmp_path: Path) -> None:
    told = reasons(reading(tmp_path, a__mbox=b"From a@b.example Tue Mar  5 10:00:00 2024\n\nShut.\n"))
    assert "no mail: it has no header" in told


def test_the_search_knows_every_reader_and_starts_from_files_that_do_not_raise() -> None:
    assert set(fuzz.READERS) == set(SHAPES) == {r.__name__.rpartition(".")[2] for r in READERS}
    for reader in READERS:
        name = reader.__name__.rpartition(".")[2]
        for number, shape in enumerate(SHAPES[name]):
            for seed in shape.seeds:
                fuzz.exhaust(reader, *whole(name, bytes([number]) + seed))


def test_a_member_without_a_name_costs_no_neighbour(tmp_path: Path) -> None:
    found = reading(
        tmp_path,
        a__zip=zipped({"a.txt": SAID.encode(), "lost": b"Lost.", "b.txt": b"Shut."}).replace(b"lost", b"\0ost"),
    )
    assert sorted(r.path or "" for r in found.reports) == ["a.zip/a.txt", "a.zip/b.txt"]
    assert "it has no name" in reasons(found)
