"""QDPX (REFI-QDA project exchange 1.0), which NVivo, ATLAS.ti and MAXQDA import: reports as sources, rows as codings.

Codes are the tables and kinds of rows, and the speakers of statements. Positions are Unicode code points into the
sources, which have LF line ends and no mark, as the standard asks.
"""

from __future__ import annotations

import re
import uuid
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.etree.ElementTree import Element, SubElement, tostring

from onrecord.ledger.queries import Filter
from onrecord.ledger.shape import Row
from onrecord.ledger.store import Ledger
from onrecord.views.taking import Sources, Taken, about, key, label, spans, taken
from onrecord.views.wording import chain_names

NAMESPACE = "urn:QDA-XML:project:1.0"
OURS = uuid.UUID("6f6e7265-636f-5264-8000-000000000000")  # "onrecord": under which ids of ours become GUIDs
UNSAID = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML 1.0 cannot hold
COLOURS = ("#1b6ca8", "#b5482a", "#3d7a3d", "#7a4b9e", "#8a6d1d", "#2a8a8a", "#9e3d6a")
OLDEST = (1980, 1, 1, 0, 0, 0)


def write(ledger: Ledger, asked: Sequence[Filter], out: BinaryIO) -> Taken:
    """Writes one project with the reports that the rows stand in."""
    sources, book, count = Sources(ledger), _Codes(), 0
    found: dict[str, list[Element]] = {}
    for one in asked:
        for row in taken(ledger, one, sources):
            count += 1
            codes = book.of(one.table, row)
            found.setdefault(row["report_id"], []).extend(_selections(one.table, row, codes))
    says = about(ledger, asked)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for report in sorted(found):
            text = sources.text(report).encode("utf-8", "surrogatepass")
            packed.writestr(zipfile.ZipInfo(f"Sources/{_guid(report)}.txt", OLDEST), text, zipfile.ZIP_DEFLATED)
        project = tostring(_project(says, book, found, sources), encoding="utf-8", xml_declaration=True)
        packed.writestr(zipfile.ZipInfo("project.qde", OLDEST), project, zipfile.ZIP_DEFLATED)
    number = sum(len(marks) for marks in found.values())
    return Taken(rows=count, remarks=(f"{number} stretches of {count} rows",) if number != count else ())


def _guid(*parts: object) -> str:
    return str(uuid.uuid5(OURS, "\x1f".join(map(str, parts))))


def _said(text: str) -> str:
    return UNSAID.sub("\ufffd", text)


@dataclass(slots=True)
class _Codes:
    """The codebook: two levels, each code made when first needed."""

    known: dict[str, set[str]] = field(default_factory=dict)

    def of(self, table: str, row: Row) -> list[str]:
        """The GUIDs of a row's codes."""
        kind = next((row[c] for c in ("kind", "realis", "class", "role", "type", "precision") if row.get(c)), "other")
        codes = [(table, str(kind))]
        if table == "statements":
            codes.append(("speakers", row["speaker"] or "nobody named"))
        for group, name in codes:
            self.known.setdefault(group, set()).add(name)
        return [_guid("code", group, name) for group, name in codes]

    def element(self) -> Element:
        """As the project's code book, sorted."""
        made = Element("CodeBook")
        codes = SubElement(made, "Codes")
        for k, (group, names) in enumerate(sorted(self.known.items())):
            colour = COLOURS[k % len(COLOURS)]
            above = SubElement(codes, "Code", guid=_guid("code", group), name=group, isCodable="true", color=colour)
            for name in sorted(names):
                SubElement(
                    above, "Code", guid=_guid("code", group, name), name=_said(name), isCodable="true", color=colour
                )
        return made


def _selections(table: str, row: Row, codes: Iterable[str]) -> list[Element]:
    """A row as marked stretches of its source, each with its codings."""
    made, row_id = [], row[key(table)]
    for part, (start, end) in enumerate(spans(row)):
        one = Element(
            "PlainTextSelection",
            guid=_guid(row_id, part),
            name=_said(label(table, row)),
            startPosition=str(start),
            endPosition=str(end),
            creatingUser=_guid("user"),
        )
        chain = f"; {' ‹ '.join(chain_names(row['chain']))}" if table == "statements" else ""
        SubElement(one, "Description").text = _said(f"{row_id}{chain}; {row.get('why') or ''}".removesuffix("; "))
        for code in codes:
            coding = SubElement(one, "Coding", guid=_guid(row_id, part, code), creatingUser=_guid("user"))
            SubElement(coding, "CodeRef", targetGUID=code)
        made.append(one)
    return made


def _project(says: dict[str, str], book: _Codes, found: dict[str, list[Element]], sources: Sources) -> Element:
    made = Element("Project", xmlns=NAMESPACE, name="onrecord", origin=says["made_by"], creatingUserGUID=_guid("user"))
    SubElement(SubElement(made, "Users"), "User", guid=_guid("user"), name="onrecord")
    made.append(book.element())
    texts = SubElement(made, "Sources")
    for report in sorted(found):
        head = sources.head(report)
        name = _said(f"{head['outlet'] or 'unknown outlet'} {head['published'] or 'no date'} {report}")
        path = f"internal://{_guid(report)}.txt"
        text = SubElement(
            texts, "TextSource", guid=_guid(report), name=name, plainTextPath=path, creatingUser=_guid("user")
        )
        SubElement(text, "Description").text = _said(
            f"{head['title'] or head['path'] or ''} {head['url'] or ''}".strip()
        )
        text.extend(found[report])
    SubElement(made, "Description").text = _said(
        f"{says['holds']}. Offsets are {says['offsets']}. Ledger {says['ledger_sha256']}."
    )
    return made
