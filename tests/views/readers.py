"""Every export opened by a program that others use to read it: rows as (row id, report id, stretches, quote)."""

from __future__ import annotations

import asyncio
import csv
import json
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import duckdb
import lxml.html
import openpyxl
from datasette.app import Datasette
from prov.model import ProvDocument, ProvEntity
from pyrefiqda import RefiProject
from rdflib import Graph, Namespace
from rdflib.namespace import RDF

from onrecord.ledger.shape import TABLES
from onrecord.views.cells import source

Told = tuple[str, str | None, tuple[tuple[int, int], ...], str | None]
OA = Namespace("http://www.w3.org/ns/oa#")
OURS = Namespace("urn:onrecord:")
# What of the context of Web Annotations we use, so that no test asks the network for it.
ANNO = {
    "oa": str(OA), "as": "https://www.w3.org/ns/activitystreams#", "rdf": str(RDF), "id": "@id", "type": "@type",
    **{n: f"oa:{n}" for n in ("Annotation", "TextualBody", "SpecificResource", "TextQuoteSelector", "TextPositionSelector", "TimeState", "start", "end", "exact", "prefix", "suffix")},
    "AnnotationCollection": "as:OrderedCollection", "AnnotationPage": "as:OrderedCollectionPage", "value": "rdf:value",
    "body": "oa:hasBody", "target": "oa:hasTarget", "selector": "oa:hasSelector", "state": "oa:hasState",
    "source": {"@id": "oa:hasSource", "@type": "@id"}, "cached": {"@id": "oa:cachedSource", "@type": "@id"},
    "first": {"@id": "as:first", "@type": "@id"}, "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
    "total": "as:totalItems",
}  # fmt: skip


def told(table: str, row: Mapping[str, Any]) -> Told:
    """A row with our columns."""
    if row.get("start") in (None, ""):
        return str(row[TABLES[table][1]]), None, (), None
    quote = row.get("quote") or row.get("text")
    return str(row[TABLES[table][1]]), row["report_id"], ((int(row["start"]), int(row["end"])),), quote


def of_csv(path: Path, table: str) -> list[Told]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return [told(table, {k: source(v) for k, v in row.items()}) for row in rows]


def of_xlsx(path: Path, table: str) -> list[Told]:
    with zipfile.ZipFile(path) as packed:
        assert not any("<f>" in packed.read(n).decode() for n in packed.namelist() if "sheets/" in n)
    book = openpyxl.load_workbook(path, read_only=True)
    assert any("code points" in str(r) for r in book["about"].iter_rows(values_only=True))
    header, *rows = book[table].iter_rows(values_only=True)
    return [told(table, dict(zip(map(str, header), map(unescaped, row), strict=True))) for row in rows]


def unescaped(value: Any) -> Any:
    """A cell as Excel reads it: openpyxl leaves _xHHHH_ as it is."""
    return re.sub(r"_x([0-9A-F]{4})_", lambda m: chr(int(m[1], 16)), value) if isinstance(value, str) else value


def of_jsonl(path: Path, table: str) -> list[Told]:
    rows = [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]
    assert all(row["offsets"] == "Unicode code points" for row in rows if row.get("start") is not None)
    return [told(table, row) for row in rows]


def of_parquet(path: Path, table: str) -> list[Told]:
    con = duckdb.connect()
    found = con.execute("select * from read_parquet(?)", [str(path)])
    names = [d[0] for d in found.description]
    rows = found.fetchall()
    says = dict(con.execute("select key, value from parquet_kv_metadata(?)", [str(path)]).fetchall())
    assert b"code points" in says[b"offsets"]
    return [told(table, dict(zip(names, row, strict=True))) for row in rows]


def of_geojson(path: Path, table: str) -> list[Told]:
    made = json.loads(path.read_text("utf-8"))
    assert made["type"] == "FeatureCollection" and "code points" in made["onrecord"]["offsets"] and "crs" not in made
    for feature in made["features"]:
        assert set(feature) == {"type", "id", "geometry", "properties"} and feature["type"] == "Feature"
        shape = feature["geometry"]
        points = [] if shape is None else [shape["coordinates"]] if shape["type"] == "Point" else shape["coordinates"]
        assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in points)
    return [told(table, f["properties"]) for f in made["features"]]


def of_sqlite(path: Path, table: str) -> list[Told]:
    """Through Datasette, with what lies beside the file; its search and every query of ours must answer, too."""
    metadata = json.loads(path.with_suffix(".metadata.json").read_text("utf-8"))

    async def ask() -> list[dict[str, Any]]:
        site = Datasette([path], metadata=metadata, settings={"max_returned_rows": 5000})
        await site.invoke_startup()
        name = path.stem
        for query in metadata["databases"][name]["queries"]:
            assert (
                await site.client.get(f"/{name}/{query}.json?_shape=array&matter_id=x&speaker=a&class=killed")
            ).status_code == 200
        if table in ("reports", "statements", "events", "quantities"):
            assert (await site.client.get(f"/{name}/{table}.json?_search=the")).status_code == 200
        assert (await site.client.get("/")).status_code == 200
        answer = await site.client.get(f"/{name}/{table}.json?_shape=array&_size=5000")
        assert answer.status_code == 200
        rows: list[dict[str, Any]] = answer.json()
        return rows

    return [told(table, row) for row in asyncio.run(ask())]


def of_html(path: Path, table: str) -> list[Told]:
    page = lxml.html.fromstring(path.read_bytes().decode("utf-8"))
    assert "code points" in page.text_content() and not page.xpath("//script|//@src|//link")
    found: list[Told] = []
    for row in page.xpath("//article"):
        facts = dict(
            zip((d.text for d in row.xpath(".//dt")), (d.text_content() for d in row.xpath(".//dd")), strict=True)
        )
        at = tuple((a, b) for a, b in json.loads(row.get("data-spans") or "[]"))
        quoted = "".join(m.text_content() for m in row.xpath(".//mark"))
        found.append((row.get("id"), facts.get("report_id") if at else None, at, quoted if at else None))
    return found


def of_ftm(path: Path, table: str) -> list[Told]:
    schema = {"statements": "Note", "events": "Event", "mentions": "Mention", "reports": "Article"}[table]
    things = [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]
    assert len({t["id"] for t in things}) == len(things)
    rows = [t for t in things if t["schema"] == schema]
    if schema == "Article":
        return [(t["id"], None, (), None) for t in rows]
    ours = [t["onrecord"] for t in rows]
    assert all(o["offsets"] == "Unicode code points" for o in ours)
    return [
        (
            t["id"],
            o["report_id"],
            tuple((a, b) for a, b in o["spans"][:1] + o["spans"][1:]),
            None if len(o["spans"]) > 1 else o["quote"],
        )
        for t, o in zip(rows, ours, strict=True)
    ]


def of_webannotation(path: Path, table: str) -> list[Told]:
    made = json.loads(path.read_text("utf-8"))
    assert made["@context"][0] == "http://www.w3.org/ns/anno.jsonld" and "code points" in made["onrecord:offsets"]
    graph = Graph().parse(data=json.dumps({**made, "@context": [ANNO, *made["@context"][1:]]}), format="json-ld")
    notes = list(graph.subjects(RDF.type, OA.Annotation))
    assert len(notes) == made["total"]
    found = []
    for note in notes:
        target = graph.value(note, OA.hasTarget)
        selectors = {graph.value(s, RDF.type): s for s in graph.objects(target, OA.hasSelector)}
        position, quote = selectors[OA.TextPositionSelector], selectors[OA.TextQuoteSelector]
        start, end = (graph.value(position, OA[e]).toPython() for e in ("start", "end"))  # type: ignore[union-attr]
        found.append(
            (
                str(graph.value(note, OURS.row)),
                str(graph.value(note, OURS.report)),
                ((start, end),),
                str(graph.value(quote, OA.exact)),
            )
        )
    return found


def of_qdpx(path: Path, table: str) -> list[Told]:
    folder = path.with_suffix("")
    project = RefiProject.load(path, str(folder))
    assert "code points" in (project.description or "")
    codes = {c.guid: c.name for above in project.code_book.codes.code for c in above.code}
    found = []
    for text in project.sources.text_source if project.sources else []:
        raw = (folder / "Sources" / text.plain_text_path.removeprefix("internal://")).read_bytes()
        assert b"\r" not in raw and not raw.startswith(b"\xef\xbb\xbf")
        report = text.name.rsplit(" ", 1)[1]
        for mark in text.plain_text_selection:
            assert all(c.code_ref.target_guid in codes for c in mark.coding) and mark.coding
            at = (mark.start_position, mark.end_position)
            found.append(((mark.description or "").split(";")[0], report, (at,), raw.decode("utf-8")[slice(*at)]))
    return found


def of_prov(path: Path, table: str) -> list[Told]:
    document = ProvDocument.deserialize(source=str(path), format="json")
    found: list[Told] = []
    for row in document.get_records(ProvEntity):
        facts = {str(k): str(v) for k, v in row.attributes}
        if facts["prov:type"] != f"onrecord:{table.removesuffix('s') if table == 'reports' else table}":
            continue
        at = tuple((a, b) for a, b in json.loads(facts.get("onrecord:spans", "[]")))
        quote = facts.get("onrecord:quote", facts.get("onrecord:text"))
        found.append((row.identifier.localpart, None, at, quote))
    return found


READERS: Mapping[str, Callable[[Path, str], list[Told]]] = {
    "csv": of_csv, "xlsx": of_xlsx, "jsonl": of_jsonl, "parquet": of_parquet, "geojson": of_geojson, "sqlite": of_sqlite,
    "html": of_html, "ftm": of_ftm, "webannotation": of_webannotation, "qdpx": of_qdpx, "prov": of_prov,
}  # fmt: skip
