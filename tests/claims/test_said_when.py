"""When somebody said it: only a date that is the utterance's own."""

from __future__ import annotations

import pytest

from tests.claims.test_events import read


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Hanne Lund said on Friday the road was shut.", "2024-03-01"),
        ("On Monday, Hanne Lund said the road was shut.", "2024-03-04"),
        ("In reply to Friday's talks, Hanne Lund said the road was shut.", None),
        ("After Friday, Hanne Lund said the road was shut.", None),
        ("Since Friday Hanne Lund has said the road is shut.", None),
        ("Unrest began in mid-March 2021 where the council accuses rebels of arson.", None),
    ],
)
def test_the_day_of_an_utterance(text: str, day: str | None) -> None:
    (statement,) = read(text).statements
    assert statement.said_from == day


@pytest.mark.parametrize(
    "text", ["Rockets thought to be of Tovian make hit the mill.", "Gas believed to be chlorine was found at the mill."]
)
def test_what_is_thought_of_a_thing_is_not_thought_by_it(text: str) -> None:
    assert read(text).statements == ()


def test_the_rebels_are_not_who_spoke_last() -> None:
    first, second = read(
        "The Lenna Monitor said that the mill was shelled. The rebels said that it was a lie."
    ).statements
    assert (first.speaker, second.speaker) == ("Lenna Monitor", "The rebels")


@pytest.mark.parametrize(
    "text",
    [
        "The mayor refused to criticise the council's policy on refugees.",
        "The council does not want to report the loss of the mill.",
        "The mayor left without saying that the mill was shut.",
    ],
)
def test_what_nobody_says_is_denied(text: str) -> None:
    assert {s.polarity for s in read(text).statements} <= {"denied"}


def test_somebodys_comments_are_no_verb() -> None:
    assert read("Lund's comments on Ana Vel spark outrage").statements == ()


def test_that_claim_is_a_thing_and_no_clause() -> None:
    (statement,) = read("Hanne Lund repeated that claim on Monday.").statements
    assert statement.text.startswith("that claim")
    (clause,) = read("Hanne Lund said that claim was false.").statements
    assert clause.text == "claim was false"


def test_a_name_between_commas_speaks_and_is_not_spoken_to() -> None:
    (statement,) = read("The mayor of Lenna, Hanne Lund, warned the front about a second winter.").statements
    assert statement.speaker == "Hanne Lund"


@pytest.mark.parametrize("label", ["Warning", "Fact check", "Exclusive", "Editor’s note"])
def test_a_label_of_a_line_speaks_to_nobody(label: str) -> None:
    assert read(f"{label}: the bridge at Lenna is shut for good").statements == ()
    assert all(s.speaker != label for s in read(f"{label}: “The bridge at Lenna is shut.”").statements)
