"""The names by which a table can be asked, and the SQL behind each: its own columns, and what a join tells of its rows.

`t` is the table asked; every value is a `?`. Which senses a name takes ("confidence_min") follows from its kind.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal

from onrecord.ledger.shape import LISTS, TABLES

Kind = Literal["text", "number", "day", "list", "link"]
# What may follow a name. "known" takes yes or no; days are ISO dates that may stop at the year or the month.
SENSES: Mapping[Kind, tuple[str, ...]] = {
    "text": ("not", "has", "known"),
    "number": ("not", "min", "max", "known"),
    "day": ("from", "to", "known"),
    "list": ("not", "known"),
    "link": ("not",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One name a table can be asked by."""

    kind: Kind
    test: str  # SQL with one or more `?`, each bound to the same value
    meaning: str  # as it reads in a sentence, {} for the values
    column: str = ""  # SQL of the value itself; "" for links
    until: str = ""  # SQL of the last day, for days that are intervals
    wrap: str = "{}"  # what stands around a test on a joined table
    order: str = ""  # SQL to sort by; "" where the name cannot sort


# Entities by id, name or other name, whatever the case of ASCII letters.
WHO = (
    "(select e.entity_id from entities e, (select ? as asked) where e.entity_id = asked or e.name = asked collate nocase"
    " or exists (select 1 from json_each(e.aliases) where value = asked collate nocase))"
)
# Claims with the statement, figure or event that each is.
CLAIMED = (
    "matter_claims c join matters m on m.matter_id = c.matter_id left join origins o on o.origin_id = c.origin_id"
    " left join statements s on s.statement_id = c.claim_id left join quantities q on q.quantity_id = c.claim_id"
    " left join events v on v.event_id = c.claim_id"
)
REPORT_OF = "coalesce(s.report_id, q.report_id, v.report_id)"
IN_REPORT = "t.report_id in (select r.report_id from reports r where {})"
IN_MATTER = {
    "statements": f"t.statement_id in (select coalesce(q.statement_id, v.statement_id, c.claim_id) from {CLAIMED} where {{}})",
    "quantities": f"t.quantity_id in (select c.claim_id from {CLAIMED} where {{}})",
    "events": f"t.event_id in (select c.claim_id from {CLAIMED} where {{}})",
    "matter_claims": f"t.id in (select c.id from {CLAIMED} where {{}})",
    "origins": f"t.origin_id in (select c.origin_id from {CLAIMED} where {{}})",
    "reports": f"t.report_id in (select {REPORT_OF} from {CLAIMED} where {{}})",
    "matters": f"t.matter_id in (select c.matter_id from {CLAIMED} where {{}})",
}
SPOKEN = "s.speaker = ? collate nocase or s.speaker_entity in " + WHO
DAYS = {  # intervals: name, first and last column
    "statements": ("said", "said_from", "said_to"),
    "quantities": ("as_of", "as_of_from", "as_of_to"),
    "events": ("date", "date_from", "date_to"),
    "times": ("date", "date_from", "date_to"),
    "matters": ("published", "first", "last"),
}
SINGLE_DAYS = frozenset({"published", "first", "last"})
# Where the words of `q` are looked for; statements and reports have a full-text index instead.
SEARCHED: Mapping[str, str] = {
    "matters": "t.question",
    "events": "t.text || ' ' || t.actors || ' ' || t.recipients",
    "quantities": "t.text || ' ' || ifnull(t.counted, '') || ' ' || ifnull(t.subject, '')",
    "entities": "t.name || ' ' || t.aliases || ' ' || t.roles",
    "mentions": "t.text || ' ' || ifnull(t.name, '')",
    "places": "t.text || ' ' || t.name",
    "times": "t.text",
    "origins": "ifnull(t.name, '')",
    "doubts": "t.one || ' ' || t.other",
    "matter_claims": "ifnull(t.value, '')",
    "passages": '(select substr(r.text, t.start + 1, t."end" - t.start) from reports r where r.report_id = t.report_id)',
}
INDEXED = frozenset({"reports", "statements"})


@cache
def schema() -> Mapping[str, Mapping[str, str]]:
    """Every table of a ledger with its columns and their SQL types, the integer key left out."""
    db = sqlite3.connect(":memory:")
    try:
        db.executescript((files("onrecord.ledger") / "schema.sql").read_text(encoding="utf-8"))
        return {
            table: {r[1]: r[2].upper() for r in db.execute(f"pragma table_info({table})") if r[1] != "id"}
            for table in (*TABLES, "runs", "meta")
        }
    finally:
        db.close()


@cache
def names(table: str) -> Mapping[str, Name]:
    """All names that rows of this table can be asked by: columns first, then what joins tell."""
    found = {column: _own(column, kind) for column, kind in schema()[table].items()}
    if table in TABLES:
        key = TABLES[table][1]
        found["id"] = _text(f't."{key}"', "with the id {}")
    if table in DAYS:
        name, first, last = DAYS[table]
        found = {k: v for k, v in found.items() if not (k.startswith(f"{name}_") and k in (first, last))}
        found[name] = _days(f"t.{first}", f"t.{last}", f"{name.replace('_', ' ')} {{}}")
    if "report_id" in schema()[table] and table != "reports":
        found |= {k: v for k, v in _of_report().items() if k not in found}
    if table in IN_MATTER:
        found |= _of_matter(IN_MATTER[table], table)
    return MappingProxyType({**found, **LINKS.get(table, {})})


def _own(column: str, kind: str) -> Name:
    sql, words = f't."{column}"', f"with {column.replace('_', ' ')} {{}}"
    if column in LISTS:
        test = f"exists (select 1 from json_each({sql}) where value = ? collate nocase)"
        return Name(kind="list", test=test, meaning=words, column=f"nullif({sql}, '[]')", order=sql)
    if column in SINGLE_DAYS:
        return _days(sql, sql, f"{column} {{}}")
    if kind in ("INTEGER", "REAL"):
        return Name(kind="number", test=f"{sql} = ?", meaning=words, column=sql, order=sql)
    return _text(sql, words)


def _text(sql: str, words: str, wrap: str = "{}", order: str = "") -> Name:
    return Name(kind="text", test=f"{sql} = ?", meaning=words, column=sql, wrap=wrap, order=order or sql)


def _days(first: str, last: str, words: str, wrap: str = "{}", order: str = "") -> Name:
    """Days that meet the day, month or year asked for, as the source writes them (in its own time zone)."""
    low, high = f"coalesce({first}, {last})", f"coalesce({last}, {first})"
    test = f"substr({low}, 1, length(?)) <= ? and substr({high}, 1, length(?)) >= ?"
    return Name(kind="day", test=test, meaning=words, column=low, until=high, wrap=wrap, order=order or low)


def _link(test: str, words: str) -> Name:
    return Name(kind="link", test=test, meaning=words)


def _of_report() -> dict[str, Name]:
    """What rows are asked by because their report is: its outlet, day, title, language, address."""
    of = "(select r.{} from reports r where r.report_id = t.report_id)".format
    found = {
        column: _text(f"r.{column}", words, IN_REPORT, of(column))
        for column, words in (
            ("outlet", "printed by {}"),
            ("title", "in the report titled {}"),
            ("url", "in {}"),
            ("path", "in {}"),
            ("byline", "signed {}"),
            ("language", "in reports in {}"),
        )
    }
    found["published"] = _days("r.published", "r.published", "published {}", IN_REPORT, of("published"))
    return found


def _of_matter(wrap: str, table: str) -> dict[str, Name]:
    """What rows are asked by because of the matters that hold them."""
    found = {
        "matter": Name(kind="link", test="c.matter_id = ?", meaning="in the matter {}", wrap=wrap),
        "verdict": Name(kind="link", test="m.verdict = ?", meaning="in matters that are {}", wrap=wrap),
    }
    if table == "matters":
        printed = f"exists (select 1 from reports r where r.report_id = {REPORT_OF} and r.outlet = ?)"
        asked = f"o.name = ? collate nocase or o.entity_id in {WHO}"
        found = {
            "verdict": _text("t.verdict", "that are {}"),
            "outlet": Name(kind="link", test=printed, meaning="printed by {}", wrap=wrap),
            "report": Name(kind="link", test=f"{REPORT_OF} = ?", meaning="in the report {}", wrap=wrap),
            "speaker": Name(kind="link", test=asked, meaning="with claims of {}", wrap=wrap),
            "entity": _link(_TOUCHED, "about or of {}"),
            "claim": Name(kind="link", test="c.claim_id = ?", meaning="that hold the claim {}", wrap=wrap),
        }
    return found


def _acts(side: str) -> str:
    by_name = f"exists (select 1 from json_each(t.{side}s) where value = ? collate nocase)"
    return f"{by_name} or exists (select 1 from json_each(t.{side}_entities) where value in {WHO})"


# Matters with a claim of somebody, or a figure or event of theirs: ids gathered table by table, which is ten times
# faster than one test on the claims joined with all of them.
_TOUCHED = (
    "t.matter_id in (select c.matter_id from matter_claims c where c.origin_id in (select o.origin_id from origins o"
    f" where o.name = ? collate nocase or o.entity_id in {WHO} or o.party in {WHO})"
    f" or c.claim_id in (select s.statement_id from statements s where s.speaker_entity in {WHO}"
    f" union all select q.quantity_id from quantities q where q.subject_entity in {WHO}"
    " union all select v.event_id from events v, json_each(v.actor_entities) j"
    f" where j.value in {WHO} union all select v.event_id from events v, json_each(v.recipient_entities) j where j.value in {WHO}))"
)


_OVERLAP = "exists (select 1 from json_each(s.content) p where n.start < json_extract(p.value, '$[1]') and json_extract(p.value, '$[0]') < n.\"end\")"
_ABOUT = f"t.statement_id in (select s.statement_id from mentions n join statements s on s.report_id = n.report_id where n.entity_id in {WHO} and {_OVERLAP})"
_MOUTH = f"t.statement_id in (select s.statement_id from entities e join statements s on instr(s.chain, '\"' || e.entity_id || '\"') where e.entity_id in {WHO})"
_SAID = f"t.statement_id in (select s.statement_id from statements s where {SPOKEN})"
_PLACE = "t.place_id in (select p.place_id from places p where p.place_id = ? or p.name = ? collate nocase or p.text = ? collate nocase)"
_COUNTRY = _text("p.country", "in the country {}", "t.place_id in (select p.place_id from places p where {})")
_COUNTRY_ORDER = "(select p.country from places p where p.place_id = t.place_id)"
_PLACED = {
    "place": _link(_PLACE, "at {}"),
    "country": Name(
        kind="text", test=_COUNTRY.test, meaning=_COUNTRY.meaning, column="p.country", wrap=_COUNTRY.wrap, order=_COUNTRY_ORDER
    ),
}  # fmt: skip
LINKS: Mapping[str, Mapping[str, Name]] = {
    "statements": {
        "speaker": Name(
            kind="text",
            test=f"t.speaker = ? collate nocase or t.speaker_entity in {WHO}",
            meaning="of {}",
            column="t.speaker",
            order="t.speaker",
        ),
        "mouth": _link(_MOUTH, "that {} says or passes on"),
        "about": _link(_ABOUT, "that name {}"),
        "entity": _link(f"t.speaker_entity in {WHO} or {_MOUTH} or {_ABOUT}", "of or about {}"),
    },
    "quantities": {"speaker": _link(_SAID, "of {}"), "entity": _link(f"t.subject_entity in {WHO}", "of {}"), **_PLACED},
    "events": {
        "actor": _link(_acts("actor"), "by {}"),
        "recipient": _link(_acts("recipient"), "done to {}"),
        "entity": _link(f"{_acts('actor')} or {_acts('recipient')}", "by or done to {}"),
        "speaker": _link(_SAID, "that {} tells of"),
        **_PLACED,
    },
    "reports": {
        "entity": _link(
            f"t.report_id in (select n.report_id from mentions n where n.entity_id in {WHO})", "that name {}"
        ),
        "speaker": _link(f"t.report_id in (select s.report_id from statements s where {SPOKEN})", "that quote {}"),
    },
    "mentions": {"entity": _link(f"t.entity_id in {WHO}", "of {}")},
    "origins": {"entity": _link(f"t.entity_id in {WHO} or t.party in {WHO}", "of {}")},
    "doubts": {"entity": _link(f"t.one_entity in {WHO} or t.other_entity in {WHO}", "about {}")},
    "entities": {
        "called": _link(f"t.entity_id in {WHO}", "called {}"),
        "report": _link(
            "t.entity_id in (select n.entity_id from mentions n where n.report_id = ?)", "named in the report {}"
        ),
    },
    "reuse": {
        "report": _link("? in (t.from_report, t.to_report)", "with the report {}"),
        "outlet": _link(
            "exists (select 1 from reports r where r.report_id in (t.from_report, t.to_report) and r.outlet = ?)",
            "with a report of {}",
        ),
    },
}
