"""Sides that a sentence leaves unsaid, and those that it only seems to say."""

from __future__ import annotations

import pytest

from tests.claims.test_events import named, read

MONITOR = "The Lenna Monitor said that rebels shelled the town. The Lenna Monitor said that two men died. "


@pytest.mark.parametrize(
    ("text", "trigger", "actors", "recipients"),
    [
        (MONITOR + "They attacked the ridge on Monday.", "attacked", [], ["the ridge"]),
        (MONITOR + "The army launched an offensive on Monday.", "offensive", ["The army"], []),
        ("At least 18 people were killed.", "killed", [], ["At least 18 people"]),
        ("A shell killed at least 18 people.", "killed", [], ["at least 18 people"]),
        ("Miran's war began in March.", "war", [], []),
        ("Miran's war against Tovia began in March.", "war", ["Miran", "Tovia"], []),
        ("Friday's attack on the mill was the third.", "attack", [], ["the mill"]),
        ("What was attacked was a mill.", "attacked", [], []),
        ("Intermittent clashes went on until dawn.", "clashes", [], []),
    ],
)
def test_who_is_not_in_it(text: str, trigger: str, actors: list[str], recipients: list[str]) -> None:
    event = named(read(text), trigger, "ASSAULT")
    assert (list(event.actors), list(event.recipients)) == (actors, recipients), event.why


def test_the_other_side_only_in_a_report_of_two() -> None:
    two = "The Tesh Front attacked the Oskaran Guard on Monday. The Tesh Front shelled the Oskaran Guard again. "
    asked = "The Oskaran Guard said it would resist. The Oskaran Guard will defend itself."
    event = named(read(two + asked), "resist", "ASSAULT")
    assert event.recipients == ("Tesh Front",)
    assert (event.confidence, "the other side of the fight" in event.why) == (0.6, True)
    third = "The Lenna Militia attacked the Oskaran Guard. The Lenna Militia shelled the Oskaran Guard. "
    assert named(read(two + third + asked), "resist", "ASSAULT").recipients == ()


def test_who_says_it_of_himself_is_in_it() -> None:
    event = named(read("The Oskaran Party said on Monday it had halted aid to Tovia."), "halted aid", "SANCTION")
    assert (event.actors, event.recipients) == (("Oskaran Party",), ("Tovia",))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Warplanes circled over Lenna. The strikes went on until noon.", "ASSAULT"),
        ("Warplanes circled over Lenna. The union's strikes at the mill ended.", "PROTEST"),
        ("The strikes went on until noon.", "PROTEST"),
        ("Miners have been on strike since May and warplanes circled over Lenna. The strikes went on.", "PROTEST"),
    ],
)
def test_strikes_are_stoppages_unless_the_report_tells_of_bombing(text: str, kind: str) -> None:
    assert {e.type for e in read(text).events if e.text == "strikes"} <= {kind}
    assert any(e.text == "strikes" for e in read(text).events)


DEEDS, WAR = ("RETREAT", "ACCUSE", "PROTEST"), ("ASSAULT", "CONCEDE", "SUPPORT")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Shells hit the mill, leaving 12 men dead.", DEEDS),
        ("Rebels fired rockets, leaving many casualties.", DEEDS),
        ("Mortar shells slammed into the town.", DEEDS),
        ("People gathered to help the wounded.", DEEDS),
        ("Lund fought throughout her life for a fairer world.", WAR),
        ("The minister blasted the plan.", WAR),
        ("The reactor will yield enough fuel for a year.", WAR),
        ("An official recognized that the threat was real.", WAR),
    ],
)
def test_words_that_tell_of_no_such_act(text: str, kinds: tuple[str, ...]) -> None:
    assert [e for e in read(text).events if e.type in kinds] == []


def test_a_warning_against_something_threatens_nobody() -> None:
    assert {e.type for e in read("Miran warned against a rush to judgement.").events} <= {"REQUEST"}


def test_what_nobody_avoided_happened() -> None:
    text = "The army failed to take the steps needed to avoid a massacre in which nine people died."
    assert named(read(text), "massacre", "ASSAULT").realis == "actual"


def test_what_was_targeted_was_struck() -> None:
    event = named(read("A warplane targeted the mill with four airstrikes."), "airstrikes", "ASSAULT")
    assert event.realis == "actual"


def test_a_town_is_where_it_happens() -> None:
    event = named(read("Smoke rose in Kabul. The Kabul attack killed four men in the afternoon."), "killed", "ASSAULT")
    assert (event.actors, event.recipients) == ((), ("four men",))
    assert named(read("The country's civil war ended."), "war", "ASSAULT").actors == ()
