"""Realis: every word of the table does what the table says, in a sentence of our own; and the first law."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.claims.events.moods import ORDER, cues
from onrecord.claims.events.realis import realis
from onrecord.claims.events.rows import scene_of
from onrecord.pipeline import read_alone
from onrecord.records import Sheet
from tests.conftest import report_of


def value(text: str, word: str = "attack") -> str:
    """The realis of the first word in a text that starts so."""
    sheet = read_alone(report_of(text), keep=True)
    assert isinstance(sheet, Sheet)
    for sentence in sheet.reading.sentences:
        for k, w in enumerate(sentence.words):
            if w.text.lower().startswith(word):
                return realis(scene_of(sheet, sentence), k)[0]
    raise AssertionError(text)


GOVERNORS = (
    ("tried to", "attempted"), ("attempted to", "attempted"), ("failed to", "attempted"), ("struggled to", "attempted"),
    ("threatened to", "threatened"), ("vowed to", "threatened"), ("plans to", "planned"), ("intends to", "planned"),
    ("wants to", "planned"), ("hopes to", "planned"), ("agreed to", "planned"), ("decided to", "planned"),
    ("promised to", "planned"), ("refused to", "denied"), ("declined to", "denied"), ("is ready to", "planned"),
    ("is about to", "planned"), ("is unable to", "denied"), ("is likely to", "conditional"), ("is going to", "planned"),
    ("began to", "actual"), ("continued to", "actual"), ("managed to", "actual"), ("had to", "actual"), ("has to", "planned"),
    ("will", "planned"), ("would", "planned"), ("may", "conditional"), ("might", "conditional"), ("can", "conditional"),
    ("did not", "denied"), ("has never wanted to", "denied"), ("will not", "denied"), ("cannot", "denied"),
    ("flibbered to", "planned"),
)  # fmt: skip


@pytest.mark.parametrize(("words", "expected"), GOVERNORS, ids=lambda v: str(v))
def test_what_governs_an_act(words: str, expected: str) -> None:
    assert value(f"The army {words} attack the village.") == expected


NOUNS = (
    ("The army launched an attack on the village.", "actual"),
    ("The army will launch an attack on the village.", "planned"),
    ("The army did not launch an attack on the village.", "denied"),
    ("The army prevented an attack on the village.", "denied"),
    ("There was no attack on the village.", "denied"),
    ("The town fell without an attack.", "denied"),
    ("Villagers fear an attack.", "conditional"),
    ("The threat of an attack has grown.", "threatened"),
    ("The plan for an attack was found.", "planned"),
    ("The possible attack worries the mayor.", "conditional"),
    ("The mayor condemned the attack.", "actual"),
    ("The mayor will condemn the attack.", "actual"),
    ("If there is an attack, the talks are over.", "conditional"),
    ("The army said it warned of an attack.", "threatened"),
)


@pytest.mark.parametrize(("text", "expected"), NOUNS, ids=lambda v: str(v)[:40])
def test_nouns_share_the_mood_of_their_verb(text: str, expected: str) -> None:
    assert value(text) == expected


def test_even_if_leaves_the_main_clause_alone() -> None:
    text = "Even if the rebels flee, the army will attack the village."
    assert value(text) == "planned"
    assert value(text, "flee") == "conditional"


def test_two_denials_cancel_out() -> None:
    assert value("The army did not deny that it attacked the village.", "attacked") == "actual"


def test_the_table_knows_no_other_values() -> None:
    kinds = {kind for _, kind in cues()}
    assert {v for (_, kind), v in cues().items() if kind != "ended"} <= {*ORDER, "warned", "open"}
    assert "modal" in kinds


NEVER = (Path(__file__).parent / "never_acts.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("text", NEVER, ids=lambda v: str(v)[:50])
def test_the_first_law_in_many_words(text: str) -> None:
    """No violence or retreat in these sentences took place, as far as they say."""
    sheet = read_alone(report_of(text))
    assert isinstance(sheet, Sheet)
    assert [e.text for e in sheet.events if e.realis == "actual" and e.type in ("ASSAULT", "RETREAT")] == []


DONE = (
    "The army attacked the village of Orm.", "Rebels captured Lenna after heavy fighting.", "The attack on Orm killed two men.",
    "The mayor said rebels had burned the mill.", "The army began shelling the town.", "Rebels continued attacking the convoy.",
    "Two men were killed and three were wounded.", "The general admitted that his men killed the mayor.",
    "The army, which had attacked Orm, withdrew from Lenna.", "Police confirmed that the bomb exploded at noon.",
    "After attacking the bridge, the rebels fled.", "The rebels have released the prisoners.",
    "She reported that soldiers were shelling the port.",
)  # fmt: skip


@pytest.mark.parametrize("text", DONE, ids=lambda v: str(v)[:50])
def test_what_was_done_is_told_as_done(text: str) -> None:
    sheet = read_alone(report_of(text))
    assert isinstance(sheet, Sheet)
    assert any(e.realis == "actual" and e.type in ("ASSAULT", "RETREAT") for e in sheet.events), sheet.events


UNDONE = (
    "The president cancelled a visit to Miran.", "The ministers were due to meet in Osk.", "Talks never began.",
    "Miran pledged to send aid to Tovia.", "Miran has yet to send aid to Tovia.", "Villagers wait for aid.",
    "No one was arrested.", "The court may jail the editor.", "The union threatened a strike.", "Miran considers sanctions on Tovia.",
    "The parliament rejected sanctions on Tovia.", "Troops could be sent to the border.", "The treaty is to be signed on Friday.",
    "Miran is not ready to recognise Tovia.", "The minister ruled out resigning.", "Calls for the minister to resign grew.",
    "The plan to deport refugees was dropped.", "The army denied deploying troops to the border.",
)  # fmt: skip
SPOKEN = ("REQUEST", "REJECT", "THREATEN", "AGREE", "ACCUSE")


@pytest.mark.parametrize("text", UNDONE, ids=lambda v: str(v)[:50])
def test_the_first_law_holds_for_talks_aid_and_troops_too(text: str) -> None:
    sheet = read_alone(report_of(text))
    assert isinstance(sheet, Sheet)
    assert [e.text for e in sheet.events if e.realis == "actual" and e.type not in SPOKEN] == []
