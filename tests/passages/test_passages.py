"""Passages: roles by golden lines, laws for any text."""

from __future__ import annotations

import itertools
import time

from hypothesis import given
from hypothesis import strategies as st

from onrecord.passages import passages
from onrecord.passages.furniture import credit, is_furniture
from tests.conftest import report_of

PROSE = "The bridge was shut on Monday, the mayor said. Nobody was hurt, and the school will open again."


def roles(text: str) -> list[str]:
    """The roles of a text's passages."""
    return [p.role for p in passages(report_of(text))]


def test_a_plain_report() -> None:
    assert roles(f"Flood shuts bridge in Varro\n\nBy Ana Kresh\n\n{PROSE}\n\nTags:") == [
        "headline",
        "byline",
        "body",
        "furniture",
    ]


def test_a_dateline_stands_apart() -> None:
    found = passages(report_of(f"New Harbour: {PROSE}"))
    assert [p.role for p in found] == ["dateline", "body"]
    assert found[0].name == "New Harbour"


def test_an_interview_has_questions_and_turns() -> None:
    text = "Ana: Is it shut?\n\nHanne Lund: It is. We wait.\n\nAna: Until when?\n\nHanne Lund: Until spring.\n\nJon: And then?\n\nHanne Lund: Then we see."
    found = passages(report_of(text))
    assert [p.role for p in found] == ["question", "turn"] * 3
    assert [p.name for p in found] == ["Ana", "Hanne Lund", "Ana", "Hanne Lund", "Jon", "Hanne Lund"]


def test_lines_that_advertise_are_no_interview() -> None:
    text = f"READ MORE: One bridge\n\n{PROSE}\n\nREAD MORE: Two bridges\n\n{PROSE}\n\nSource: Border Post and agencies"
    assert roles(text) == ["furniture", "body", "furniture", "body", "credit"]


def test_furniture_eats_no_sentence_that_begins_like_it() -> None:
    assert not is_furniture("Read more than one of his letters, and you will see why the town wept.")
    assert not is_furniture("Sources in the town said the bridge was shut.")
    assert credit("Sources in the town said the bridge was shut.") is None
    assert credit("Source: Border Post and agencies") == "Border Post and agencies"


def test_notices_forms_and_menus_are_furniture() -> None:
    assert is_furniture("The views expressed in this article are those of the ferryman alone.")
    form = "Newsletter Sign Up Continue reading the main story Please verify you're not a robot by clicking the box. Invalid email address."
    assert is_furniture(f"{form} {'Please enter it anew, then wait for the bell. ' * 8}")
    assert is_furniture("Border Post | Home | World | Politics | Opinion")
    assert not is_furniture("He may expressed in this article of faith the hope that the bridge will hold.")
    assert not is_furniture(f"Continue reading the main story, the teacher said. {PROSE * 4}")


def test_menus_are_furniture() -> None:
    assert roles(f"  • facebook\n  • twitter\n\nFlood shuts bridge in Varro\n\n{PROSE}")[:2] == [
        "furniture",
        "furniture",
    ]


def test_time_grows_with_the_lines_of_an_interview() -> None:
    turn = "Ana: Is it shut?\nHanne Lund: It is.\nWe wait here until the spring comes, she said.\n"
    short, long = (_seconds(turn * times) for times in (1_000, 8_000))
    assert long < 8 * 4 * short + 1  # a quadratic step takes 64 times as long


def _seconds(text: str) -> float:
    began = time.process_time()
    passages(report_of(text))
    return time.process_time() - began


@given(st.one_of(st.text(max_size=200), st.text(alphabet='aB .:\n"•-é|()', max_size=200)))
def test_passages_never_overlap_and_are_trimmed(text: str) -> None:
    found = passages(report_of(text))
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all(text[p.start : p.end] == text[p.start : p.end].strip() for p in found)
