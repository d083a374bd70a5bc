"""No copy counts as a second source: the same words under another name, a short name, a second sentence."""

from __future__ import annotations

from onrecord.pipeline import build
from onrecord.records import Findings, Report
from tests.conftest import report_of

WORDS = "The bridge over the Ardin will be opened to carts and walkers before the first snow"


def pile(*texts: str) -> list[Report]:
    """Reports of as many outlets, of one week."""
    return [
        report_of(text, name=f"r-{k}", outlet=f"Outlet {k}", published=f"2024-03-0{k + 1}")
        for k, text in enumerate(texts)
    ]


def verdicts(found: Findings) -> list[tuple[str, int]]:
    return [(m.verdict, m.origins) for m in found.matters if m.kind == "statement"]


def test_a_heading_and_its_sentence_are_one_mouth() -> None:
    """A mouth that only a misread heading has."""
    one = f"Mayor issues late note: “{WORDS}”\n\n“{WORDS}, and the ferry will stop,” Hanne Lund said."
    assert all(origins == 1 for _, origins in verdicts(build(pile(one))))


def test_two_spellings_of_one_speaker_are_one_mouth() -> None:
    found = build(pile(f"“{WORDS},” Pavle Irsanik said.", f"“{WORDS},” Pavle Irasnki said on Friday."))
    assert verdicts(found) == [("single-origin", 1)]


def test_a_surname_and_the_full_name_are_not_known_to_be_two() -> None:
    one = "Ana Vel and Hanne Lund met. Hanne Lund said that the northern bridge over the Ardin was shut because of ice."
    other = "Lund said the northern bridge over the river Ardin had been shut by the ice on Monday."
    assert all(origins == 1 for _, origins in verdicts(build(pile(one, other))))


def test_a_no_in_a_second_sentence_denies_nothing() -> None:
    first = f"“{WORDS},” Hanne Lund said."
    second = f"“{WORDS}. There will be no ferry left,” Pavle Irsa said."
    assert "contested" not in {verdict for verdict, _ in verdicts(build(pile(first, second)))}


def test_a_middle_initial_is_no_other_person() -> None:
    names = ("Hanne B. Lund said the mill was shut.", "Hanne Lund said the road was open.")
    found = build(pile(*names))
    assert [e.name for e in found.entities if "Lund" in e.name] == ["Hanne B. Lund"]
    third = "Hanne C. Lund said the inn was full."
    apart = build(pile(*names, third))
    assert len([e for e in apart.entities if "Lund" in e.name]) == 3


def test_two_witnesses_in_one_report_stay_two() -> None:
    text = (
        "Farmer Goran Petsch said he saw three flashes over the government barracks at dawn.\n\n"
        "Milka Arden said she had also seen three flashes over the government barracks at dawn."
    )
    assert verdicts(build(pile(text))) == [("corroborated", 2)]
