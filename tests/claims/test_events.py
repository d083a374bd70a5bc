"""Events: golden sentences about Velmara with type, realis and sides; laws that hold for any of them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.claims.events import events
from onrecord.claims.events.plover import as_plover, quads
from onrecord.pipeline import read_alone
from onrecord.records import Event, Reading, Sheet
from onrecord.text.tables import table
from tests.conftest import report_of

# Sentence, trigger, type, realis, actors, recipients. One line a rule; each line can fail.
GOLDEN = (
    ("Rebels attacked the village of Orm on Monday.", "attacked", "ASSAULT", "actual", ["Rebels"], ["the village of Orm"]),
    ("The army did not attack the village of Orm.", "attack", "ASSAULT", "denied", ["The army"], ["the village of Orm"]),
    ("The army denied that it attacked the village.", "attacked", "ASSAULT", "denied", None, ["the village"]),
    ("The army threatened to attack the village.", "attack", "ASSAULT", "threatened", ["The army"], ["the village"]),
    ("The army threatened to attack the village.", "threatened", "THREATEN", "actual", ["The army"], None),
    ("The army plans to attack the village.", "attack", "ASSAULT", "planned", ["The army"], ["the village"]),
    ("The army will attack the village.", "attack", "ASSAULT", "planned", ["The army"], ["the village"]),
    ("The army tried to attack the village.", "attack", "ASSAULT", "attempted", ["The army"], ["the village"]),
    ("The army failed to capture the town of Lenna.", "capture", "ASSAULT", "attempted", ["The army"], None),
    ("If the army attacks the village, the rebels will attack Oskaran.", "attacks", "ASSAULT", "conditional", ["the army"], None),
    ("If the army attacks the village, the rebels will strike Oskaran.", "strike", "ASSAULT", "conditional", ["the rebels"], None),
    ("The rebels could attack the village.", "attack", "ASSAULT", "conditional", ["The rebels"], None),
    ("The rebels could not attack the village.", "attack", "ASSAULT", "denied", ["The rebels"], None),
    ("Did the army attack the village?", "attack", "ASSAULT", "conditional", ["the army"], None),
    ("Guards foiled an attack on the palace.", "attack", "ASSAULT", "attempted", None, ["the palace"]),
    ("The bomb was defused before it exploded.", "exploded", "ASSAULT", "denied", None, None),
    ("The envoy called for talks with the rebels.", "talks", "CONSULT", "planned", None, None),
    ("The envoy called for talks with the rebels.", "called for", "REQUEST", "actual", ["The envoy"], None),
    ("The aim is to defend the town.", "defend", "ASSAULT", "planned", None, None),
    ("Strikes on the mill killed two men.", "Strikes", "ASSAULT", "actual", None, ["the mill"]),
    ("War is a cruel teacher.", "War", "ASSAULT", "generic", None, None),
    ("A sniper killed Marek Dovan in 2009.", "killed", "ASSAULT", "historical", ["A sniper"], ["Marek Dovan"]),
    ("Marek Dovan was killed by rebels.", "killed", "ASSAULT", "actual", ["rebels"], ["Marek Dovan"]),
    ("Some 45 people were killed.", "killed", "ASSAULT", "actual", [], ["Some 45 people"]),
    ("Soldiers and policemen beat three students.", "beat", "ASSAULT", "actual", ["Soldiers", "policemen"], ["three students"]),
    ("Rebels took control of the town of Lenna.", "took control", "ASSAULT", "actual", ["Rebels"], None),
    ("The government refused to free the prisoners.", "refused", "REJECT", "actual", ["The government"], None),
    ("The government refused to free the prisoners.", "free", "RETREAT", "denied", ["The government"], ["the prisoners"]),
    ("Police arrested the men who attacked the bank.", "attacked", "ASSAULT", "actual", ["the men"], ["the bank"]),
    ("The minister condemned the rebels for killing a teacher.", "killing", "ASSAULT", "actual", ["the rebels"], ["a teacher"]),
    ("Police said an assassination attempt against Hanne Lund was made.", "assassination", "ASSAULT", "attempted", None, ["Hanne Lund"]),
    ("Hanne Lund met Rada Minic in Oskaran.", "met", "CONSULT", "actual", ["Hanne Lund"], ["Rada Minic"]),
    ("The president visited Miran.", "visited", "CONSULT", "actual", ["The president"], ["Miran"]),
    ("Miran signed a peace treaty with Tovia.", "signed a peace treaty", "SUPPORT", "actual", ["Miran", "Tovia"], []),
    ("The army withdrew from Lenna.", "withdrew", "RETREAT", "actual", ["The army"], ["Lenna"]),
    ("Miran sent food to the refugees.", "sent food", "AID", "actual", ["Miran"], ["the refugees"]),
    ("Thousands of workers protested against the government.", "protested", "PROTEST", "actual", None, ["the government"]),
    ("Miran imposed sanctions on Tovia.", "imposed sanctions", "SANCTION", "actual", ["Miran"], ["Tovia"]),
    ("Miran accused Tovia of spying.", "accused", "ACCUSE", "actual", ["Miran"], ["Tovia"]),
    ("Rebels would not surrender to the army.", "would not surrender", "REJECT", "actual", ["Rebels"], ["the army"]),
    ("Rebels would not surrender to the army.", "surrender", "RETREAT", "denied", ["Rebels"], ["the army"]),
)  # fmt: skip


def read(text: str, **more: str | None) -> Sheet:
    """A text as one report of March 2024."""
    sheet = read_alone(report_of(text, **({"published": "2024-03-05", "outlet": "Oskaran Herald"} | more)), keep=True)
    assert isinstance(sheet, Sheet)
    return sheet


def named(sheet: Sheet, trigger: str, kind: str) -> Event:
    """The event of this type on these words."""
    found = [e for e in sheet.events if e.text == trigger and e.type == kind]
    assert found, [(e.text, e.type, e.realis) for e in sheet.events]
    return found[0]


@pytest.mark.parametrize(
    ("text", "trigger", "kind", "value", "actors", "recipients"), GOLDEN, ids=lambda v: str(v)[:30]
)
def test_golden(
    text: str, trigger: str, kind: str, value: str, actors: list[str] | None, recipients: list[str] | None
) -> None:
    event = named(read(text), trigger, kind)
    assert event.realis == value, event.why
    assert actors is None or list(event.actors) == actors
    assert recipients is None or list(event.recipients) == recipients


@pytest.mark.parametrize("text", ["Snow closed the pass.", "A storm destroyed the village.", "We confronted winters here with nothing.",
                                  "The team won the war of words.", "He declined to comment.", "Doctors fight the epidemic.",
                                  "The heart attack surprised him.", "The picture captured the mood."])  # fmt: skip
def test_what_is_no_event(text: str) -> None:
    assert [e for e in read(text).events if e.realis == "actual" and e.type in ("ASSAULT", "REJECT")] == []


def test_nothing_is_an_act_without_trees() -> None:
    sheet = read("Rebels attacked the village.")
    assert sheet.events
    assert events(replace(sheet, reading=Reading())) == ()


def test_we_is_the_group_that_a_spokesman_speaks_for() -> None:
    sheet = read('"We will attack the town," said Pavle Irsa, spokesman of the Tesh Liberation Front.')
    assert named(sheet, "attack", "ASSAULT").actors == ("Tesh Liberation Front",)


def test_each_mouth_has_its_stand() -> None:
    sheet = read('"The army attacked the village," Pavle Irsa told reporters.')
    event = named(sheet, "attacked", "ASSAULT")
    assert event.assertion == "accused"
    assert [s.assertion for s in event.stands] == ["passed on", "accused"]
    assert event.statement_id == sheet.statements[0].statement_id


def test_ground_changes_hands() -> None:
    event = named(read("Rebels recaptured Lenna from the army."), "recaptured", "ASSAULT")
    assert event.territory == ("the army", "Rebels")


def test_where_and_when_only_as_said() -> None:
    event = named(read("Rebels attacked a convoy on 3 March 2024."), "attacked", "ASSAULT")
    assert (event.date_from, event.date_to, event.date_precision) == ("2024-03-03", "2024-03-03", "day")
    bare = named(read("Rebels attacked a convoy."), "attacked", "ASSAULT")
    assert (bare.place_id, bare.date_from) == (None, None)


def test_nobody_is_killed_twice() -> None:
    sheet = read("Marek Dovan was killed by a sniper in 2009. His son wants an answer for the killing of Marek Dovan.")
    assert {e.realis for e in sheet.events if e.recipients == ("Marek Dovan",)} == {"historical"}


def test_an_inferred_side_says_so() -> None:
    text = "The Tesh Liberation Front holds the town of Lenna. The Oskaran Army said it would resist."
    for event in read(text).events:
        assert ("recipient:" in event.why or "actor" in event.why) == (event.confidence < 0.8)


def test_any_event_quotes_its_source() -> None:
    for text, *_ in GOLDEN:
        sheet = read(text)
        for e in sheet.events:
            assert sheet.report.text[e.start : e.end] == e.text
            assert len(e.actors) == len(e.actor_spans) == len(e.actor_entities)
            assert len(e.recipients) == len(e.recipient_spans)
            assert all(s.of(sheet.report.text) for s in (*e.actor_spans, *e.recipient_spans))
            assert not set(e.actors) & set(e.recipients)


def test_plover_folds_realis_into_types() -> None:
    assert as_plover("ASSAULT", "planned") == "THREATEN"
    assert as_plover("AID", "denied") == "REJECT"
    assert as_plover("ASSAULT", "denied") == "ASSAULT"
    assert {row["becomes"] for row in table("remap")} <= set(quads())


def test_the_table_of_types_is_plovers() -> None:
    modes = {row["type"]: set(row["modes"].split("|")) - {""} for row in table("plover")}
    assert len(modes) == 16
    assert len(table("contexts")) == 37
    for row in table("frames"):
        assert row["type"] in modes or row["type"] == "none", row
        assert not row["mode"] or row["mode"] in modes[row["type"]], row


WORDS = "rebels army attacked will not if to the village tried kill that said talks ? , . \n threatened of war by and we".split(
    " "
)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=30))
def test_no_run_of_words_breaks_it(words: list[str]) -> None:
    sheet = read(" ".join(words) or "x")
    for e in sheet.events:
        assert sheet.report.text[e.start : e.end] == e.text


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(
        ["will", "may", "could", "did not", "tried to", "threatened to", "plans to", "refused to", "might"]
    ),
    st.sampled_from(["attack", "shell", "capture", "burn", "storm", "besiege"]),
    st.sampled_from(["the village", "Lenna", "the town of Orm", "the barracks"]),
)
def test_the_first_law(mood: str, act: str, thing: str) -> None:
    sheet = read(f"The army {mood} {act} {thing}.")
    acts = [e for e in sheet.events if e.type == "ASSAULT"]
    assert acts
    assert all(e.realis != "actual" for e in acts)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Fighters killed Hanne Lund days before the May 1, 2024 vote.", None),
        ("Fighters killed Hanne Lund on May 1, 2024.", "2024-05-01"),
        ("The May 1, 2024 attack killed Hanne Lund.", "2024-05-01"),
    ],
)
def test_a_day_that_an_event_only_lies_before_is_not_its_day(text: str, day: str | None) -> None:
    sheet = read_alone(report_of(text))
    assert isinstance(sheet, Sheet)
    assert next(e for e in sheet.events if e.text == "killed").date_from == day
