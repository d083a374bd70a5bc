"""Filters: one value for page, count and file; what they find, what they refuse, and that they survive a query string."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import BadFilter
from onrecord.ledger.names import SENSES, names, schema
from onrecord.ledger.queries import Filter, count, pairs_of, phrases, rows, where
from onrecord.ledger.shape import TABLES
from onrecord.ledger.store import Ledger

SAMPLE = {"text": "Irsa", "number": "0.6", "day": "2024-03", "list": "Irsa", "link": "Irsa"}


@pytest.fixture
def led(ledger: Path) -> Iterator[Ledger]:
    with Ledger(ledger) as opened:
        yield opened


def ask(led: Ledger, table: str, *pairs: tuple[str, str]) -> list[dict[str, Any]]:
    asked = Filter.parse(table, pairs)
    found = list(rows(led, asked))
    assert len(found) == count(led, asked)
    return found


def test_a_filter_without_conditions_asks_for_all(led: Ledger) -> None:
    for table in TABLES:
        assert ask(led, table) == list(led.rows(table))
    assert ask(led, "meta") and ask(led, "runs")


@pytest.mark.parametrize("table", [*TABLES, "runs", "meta"])
def test_every_name_and_sense_is_sound_sql_and_not_is_its_opposite(led: Ledger, table: str) -> None:
    total = count(led, Filter.parse(table))
    for name, known in names(table).items():
        held = len(ask(led, table, (name, SAMPLE[known.kind])))
        for sense in SENSES[known.kind]:
            value = "yes" if sense == "known" else SAMPLE[known.kind]
            found = len(ask(led, table, (f"{name}_{sense}", value)))
            if sense == "not":
                assert held + found == total, name
            if sense == "known":
                assert found + len(ask(led, table, (f"{name}_known", "no"))) == total, name
        if known.order:
            assert len(ask(led, table, ("sort", f"-{name}"))) == total
    for column in schema()[table]:
        assert len(ask(led, table, ("sort", column))) == total


def test_statements_of_a_speaker_are_found_by_any_of_the_names(led: Ledger) -> None:
    short, long = ask(led, "statements", ("speaker", "irsa")), ask(led, "statements", ("speaker", "Pavle Irsa"))
    assert short == long and len(short) > 3
    assert {s["speaker_entity"] for s in short} == {long[0]["speaker_entity"]}
    assert ask(led, "statements", ("speaker", str(long[0]["speaker_entity"]))) == long


def test_the_joins_a_person_needs(led: Ledger) -> None:
    outlet = {r["report_id"]: r["outlet"] for r in led.rows("reports")}
    by_outlet = ask(led, "statements", ("outlet", "Oskaran Herald"))
    assert by_outlet and {outlet[s["report_id"]] for s in by_outlet} == {"Oskaran Herald"}
    either = ask(led, "statements", ("outlet", "Oskaran Herald"), ("outlet", "Channel Nine"))
    assert {outlet[s["report_id"]] for s in either} == {"Oskaran Herald", "Channel Nine"}
    (fighters,) = ask(led, "matters", ("q", "fighters"), ("verdict", "contested"))
    claims = {c["claim_id"] for c in led.rows("matter_claims", "matter_id = ?", (fighters["matter_id"],))}
    figures = ask(led, "quantities", ("matter", fighters["matter_id"]))
    assert {q["quantity_id"] for q in figures} == claims
    told = ask(led, "statements", ("matter", fighters["matter_id"]))
    assert {s["statement_id"] for s in told} == {q["statement_id"] for q in figures if q["statement_id"]}
    assert {s["statement_id"] for s in told} <= {
        s["statement_id"] for s in ask(led, "statements", ("verdict", "contested"))
    }
    assert fighters in ask(led, "matters", ("entity", "Irsa")) and fighters in ask(
        led, "matters", ("speaker", "Sorrel")
    )
    assert fighters in ask(led, "matters", ("outlet", "Valley Courier"))
    assert {q["class"] for q in ask(led, "quantities", ("class", "killed"))} == {"killed"}
    assert {e["realis"] for e in ask(led, "events", ("type", "ASSAULT"), ("realis", "actual"))} == {"actual"}
    irsa = ask(led, "entities", ("called", "Irsa"))
    about = ask(led, "statements", ("about", str(irsa[0]["entity_id"])))
    assert all("Irsa" in s["text"] for s in about)
    mouths = ask(led, "statements", ("mouth", "Channel Nine"))
    assert all(any(k["name"] == "Channel Nine" for k in s["chain"]) for s in mouths) and mouths


def test_days_meet_days_months_and_years(led: Ledger) -> None:
    march = ask(led, "reports", ("published", "2024-03"))
    assert march == ask(led, "reports", ("published", "2024"))
    late = ask(led, "reports", ("published_from", "2024-03-16"))
    assert {r["published"][:10] for r in late} == {r["published"][:10] for r in march if r["published"] >= "2024-03-16"}
    day = ask(led, "reports", ("published_from", "2024-03-16"), ("published_to", "2024-03-16"))
    assert any("T" in r["published"] for r in day), "the whole of the last day belongs to it"
    said = ask(led, "statements", ("said_from", "2024-03-05"))
    assert said and all((s["said_to"] or s["said_from"]) >= "2024-03-05" for s in said)


def test_words_are_found_whole_as_phrases_and_by_their_beginning(led: Ledger) -> None:
    hits = ask(led, "statements", ("q", "fighters"))
    assert hits and all("fighters" in s["text"].lower() + str(s["speaker"]).lower() for s in hits)
    assert len(ask(led, "statements", ("q", "fight*"))) >= len(hits) > len(ask(led, "statements", ("q", "fighter")))
    assert ask(led, "statements", ("q", '"some 4,000 fighters"')) and not ask(
        led, "statements", ("q", '"fighters some"')
    )
    assert ask(led, "statements", ("q", "—")) == []
    assert phrases('a "b c" d*') == [("a", False), ("b c", False), ("d", True)]


def test_order_is_stable_and_absent_values_come_last(led: Ledger) -> None:
    up, down = (
        [s["said_from"] for s in ask(led, "statements", ("sort", sort), ("q", "the"))]
        for sort in ("said_from", "-said_from")
    )
    known = [s for s in up if s is not None]
    assert known == sorted(known) and up[len(known) :] == [None] * (len(up) - len(known))
    assert down[: len(known)] == known[::-1] and down[len(known) :] == up[len(known) :]
    asked = Filter.parse("statements", [("sort", "outlet,-published")])
    pages = [r for k in range(0, 70, 7) for r in rows(led, asked, limit=7, offset=k)]
    assert pages == list(rows(led, asked))


@pytest.mark.parametrize(
    ("table", "pair", "cure"),
    [
        ("nothing", ("q", "x"), "tables are reports"),
        ("statements", ("speeker", "Irsa"), "speaker"),
        ("statements", ("confidence_most", "1"), "confidence_max"),
        ("statements", ("confidence", "high"), "a number"),
        ("statements", ("confidence", "nan"), "a number"),
        ("statements", ("published_from", "yesterday"), "2021-08-22"),
        ("statements", ("published_from", "2024-02-30"), "2021-08-22"),
        ("statements", ("speaker_known", "maybe"), "yes or no"),
        ("statements", ("speaker", "\ud800"), "no text"),
        ("statements", ("sort", "text; drop table statements"), "sort by statement_id"),
        ("reuse", ("q", "x"), "reports"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_the_cure(table: str, pair: tuple[str, str], cure: str) -> None:
    with pytest.raises(BadFilter) as caught:
        Filter.parse(table, [pair])
    assert cure in caught.value.hint


def test_where_needs_an_equals_sign() -> None:
    assert pairs_of(["speaker=A=B"]) == [("speaker", "A=B")]
    with pytest.raises(BadFilter):
        pairs_of(["speaker"])


def test_an_empty_field_of_a_form_asks_nothing() -> None:
    assert Filter.parse("statements", [("speaker", ""), ("q", " "), ("sort", "")]) == Filter(table="statements")


def test_a_filter_reads_as_a_sentence() -> None:
    pairs = [("speaker", "Irsa"), ("q", "ceasefire"), ("published_from", "2021-08-01"), ("sort", "-said_from")]
    assert (
        str(Filter.parse("statements", pairs))
        == "statements published from 2021-08-01, of Irsa, that hold 'ceasefire', by said_from, last first"
    )
    assert str(Filter.parse("matters", [("verdict", "contested"), ("verdict", "changed")])) == (
        "matters that are changed or contested"
    )
    assert str(Filter.parse("matters", [("entity_not", "Irsa")])) == "matters not about or of Irsa"
    assert str(Filter.parse("events", [("place_id_known", "no")])) == "events with place id unknown"
    assert str(Filter.parse("events")) == "all events"


def test_filters_grow_and_shrink() -> None:
    asked = Filter.parse("statements", [("speaker", "Irsa"), ("q", "x"), ("sort", "outlet")])
    more = asked.with_(("speaker", "Sorrel"), ("kind", "direct"))
    assert more.conditions[1].values == ("Irsa", "Sorrel")
    assert more.without("kind", "speaker", "q", "sort") == Filter.parse("statements")


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12).filter(str.strip)
PAIR = st.one_of(
    st.tuples(st.sampled_from(["speaker", "kind_not", "text_has", "outlet", "matter", "verdict", "entity", "q"]), TEXT),
    st.tuples(st.just("confidence_min"), st.floats(0, 1).map(str)),
    st.tuples(st.sampled_from(["said", "published_to"]), st.dates().map(str)),
    st.tuples(st.just("sort"), st.sampled_from(["-said_from", "outlet", "text,-kind"])),
)


@given(st.lists(PAIR, max_size=6))
def test_a_query_string_makes_the_same_filter_and_harmless_sql(pairs: list[tuple[str, str]]) -> None:
    asked = Filter.parse("statements", pairs)
    assert Filter.parse("statements", parse_qsl(asked.query(), keep_blank_values=True)) == asked
    assert Filter.parse("statements", parse_qsl(asked.query())).query() == asked.query()
    sql, values = where(asked)
    assert sql.count("?") == len(values)
    assert str(asked)


@given(TEXT, st.sampled_from(["speaker", "text_has", "q", "outlet", "entity", "verdict", "mouth", "about"]))
def test_quotes_and_sql_in_a_value_are_only_text(ledger: Path, text: str, name: str) -> None:
    for value in (text, f"'{text}", f'"{text}', f"x' or '1'='1{text}", f'" OR {text}', f"{text}* NEAR("):
        with Ledger(ledger) as led:
            try:
                assert ask(led, "statements", (name, value)) is not None
            except sqlite3.Error as error:  # pragma: no cover
                raise AssertionError((name, value)) from error
