"""Golden table of statements: one line of text, who said what through whom."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.claims.statements import statements
from onrecord.passages import passages
from onrecord.records import Sheet
from tests.conftest import report_of, sheet_of

Row = tuple[str | None, list[str], str]
GOLDEN: list[tuple[str, list[Row]]] = [
    ('Mayor Hanne Lund said the bridge was shut.', [("Hanne Lund", [], "the bridge was shut")]),
    ('"The bridge is shut," Lund told Meridian Wire.', [("Lund", ["Meridian Wire"], '"The bridge is shut,"')]),
    ('"The bridge," said Hanne Lund, the mayor of Varro, "is shut."', [("Hanne Lund", [], '"The bridge," "is shut."')]),
    ('The bridge was shut, said Hanne Lund, mayor of Varro.', [("Hanne Lund", [], "The bridge was shut")]),
    (
        'Hanne Lund said the bridge was shut, adding that nobody was hurt.',
        [("Hanne Lund", [], "the bridge was shut"), ("Hanne Lund", [], "nobody was hurt")],
    ),
    ('According to Hanne Lund, the bridge was shut.', [("Hanne Lund", [], "the bridge was shut")]),
    ('The bridge was shut, according to the police.', [("the police", [], "The bridge was shut")]),
    ('Hanne Lund was quoted as saying that the bridge was shut.', [("Hanne Lund", [], "the bridge was shut")]),
    (
        'A Border Post report quoted Hanne Lund as having said that the bridge was shut.',
        [("Hanne Lund", ["Border Post"], "the bridge was shut")],
    ),
    ('Hanne Lund said the bridge was shut, reports Border Post.', [("Hanne Lund", ["Border Post"], "the bridge was shut")]),
    ('Hanne Lund vowed to open the bridge.', [("Hanne Lund", [], "to open the bridge")]),
    ('Hanne Lund was told the bridge was shut.', []),
    ('Reportedly, the bridge is shut.', [(None, [], "Reportedly, the bridge is shut")]),
    ('Hanne Lund, who is 58, said on Monday that the bridge was shut.', [("Hanne Lund", [], "the bridge was shut")]),
    ('The so-called "bridge" was shut on Monday.', []),
    ('Hanne Lund refused to leave the bridge.', []),
    ('The old bridge, Hanne Lund said, is shut.', [("Hanne Lund", [], "The old bridge is shut")]),
    ('The old bridge, Hanne Lund said, "is shut until the spring."', [("Hanne Lund", [], 'The old bridge "is shut until the spring."')]),
    ('"The bridge is shut," said Hanne B. Lund.', [("Hanne B. Lund", [], '"The bridge is shut,"')]),
    ('The bridge was shut, the mayor, Hanne Lund, told Meridian Wire.', [("Hanne Lund", ["Meridian Wire"], "The bridge was shut")]),
    ('Hanne Lund left the hall. She said:\n\n"Nobody will cross it before the spring comes."', [("Hanne Lund", [], '"Nobody will cross it before the spring comes."')]),
    ('Dovan: "We will not climb down from here."', [("Dovan", [], '"We will not climb down from here."')]),
    ('"We will not climb down from here." - Hanne Lund, mayor of Varro', [("Hanne Lund", [], '"We will not climb down from here."')]),
    ('And from Mayor Hanne Lund:\n\n"Nobody will cross it before the spring comes."', [("Hanne Lund", [], '"Nobody will cross it before the spring comes."')]),
    ('The ministry issued the following statement:\n\n"Nobody will cross it before the spring comes."', [("The ministry", [], '"Nobody will cross it before the spring comes."')]),
    ('The bridge has fallen, per the ministry.', [("the ministry", [], "The bridge has fallen")]),
    ('Nothing is left, in the words of Hanne Lund, "but ash and the sound of the river."', [("Hanne Lund", [], '"but ash and the sound of the river."')]),
    ('Border Post reported that the bridge had fallen, citing local officials.', [("local officials", ["Border Post"], "the bridge had fallen")]),
    ('Border Post reported that the bridge had fallen, citing fears of a flood.', [("Border Post", [], "the bridge had fallen")]),
    ('According to Border Post, quoting the front\'s office, the bridge had fallen.', [("the front's office", ["Border Post"], "the bridge had fallen")]),
    ('The mayor is said to be in the north.', [(None, [], "The mayor to be in the north")]),
    ('It was reported that the bridge had fallen.', [(None, [], "the bridge had fallen")]),
    ('Forty fighters were reported killed on Monday.', [(None, [], "Forty fighters killed on Monday")]),
    ('The mayor was said by nobody to be a hero.', []),
    ('Hanne Lund put the number of dead at 14.', [("Hanne Lund", [], "the number of dead at 14")]),
    ('Hanne Lund put the number plate at the door.', []),
    ('As Hanne Lund put it, "nobody will cross the bridge before spring."', [("Hanne Lund", [], '"nobody will cross the bridge before spring."')]),
    ('Regarding the bridge, Hanne Lund said, "Nobody will cross it before spring."', [("Hanne Lund", [], '"Nobody will cross it before spring."')]),
    ('The winter was long, and the mayor continued to wait.', []),
    ('“We will stay here for the winter,“ said Hanne Lund.', [("Hanne Lund", [], "“We will stay here for the winter,“")]),
    ('Hanne Lund said the bridge was shut: "The ice has taken it," she claimed.', [("Hanne Lund", [], "the bridge was shut"), ("Hanne Lund", [], '"The ice has taken it,"')]),
    ('Hanne Lund on July 22 announced that the bridge would open.', [("Hanne Lund", [], "the bridge would open")]),
    ('The bridge had fallen into the river Border Post quoted Hanne Lund as saying.', []),
    ('Accounts of a battle spread, and they were denied by the ministry.', []),
    ('A spokesman for Hanne Lund said the bridge was shut.', [("A spokesman for Hanne Lund", [], "the bridge was shut")]),
    ('An aide to Mayor Hanne Lund said the bridge was shut.', [("An aide to Mayor Hanne Lund", [], "the bridge was shut")]),
    ('The Velmara ministry said the bridge was shut.', [("The Velmara ministry", [], "the bridge was shut")]),
    ('Some wept (“We want our bridge back,” wrote Hanne Lund on a wall), and the work went on.', [("Hanne Lund", [], "“We want our bridge back,”")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), GOLDEN)
def test_golden(text: str, wanted: list[Row]) -> None:
    found = [
        (s.speaker, [k.name for k in s.chain if k.role == "relay"], s.text)
        for s in sheet_of(
            text + "\n\nThe day ended with rain over all of the town and its harbour. It was a Monday."
        ).statements
    ]
    assert found == wanted


def test_hearsay_through_two_mouths_is_one_chain() -> None:
    text = (
        "A Border Post report quoted the aid worker Lise Holm as having said that she met General Sorrel. "
        'According to Holm, Sorrel said that "we will burn every roof." says the report.'
    )
    last = sheet_of(text, outlet="Valley Courier").statements[-1]
    assert [k.name for k in last.chain] == ["Valley Courier", "Border Post", "Lise Holm", "Sorrel"]


def test_a_quotation_without_a_cue_goes_to_the_last_speaker_and_says_so() -> None:
    text = 'Hanne Lund said the bridge was shut.\n\n"Nobody will cross it before the spring comes."'
    last = sheet_of(text).statements[-1]
    assert (last.speaker, last.cue) == ("Hanne Lund", None)
    assert "no cue" in last.why
    assert last.confidence < 0.8


def test_a_quotation_goes_on_with_the_last_quoted_words_of_its_paragraph() -> None:
    text = '"The bridge is shut," Hanne Lund said, noting that it was old. "Nobody will cross it before spring."'
    first, second = sheet_of(text).statements
    assert first.text == '"The bridge is shut," "Nobody will cross it before spring."'
    assert second.text == "it was old"


def test_a_paragraph_that_opens_without_closing_goes_on_in_the_next() -> None:
    text = '"The bridge is shut," Lund said. "It will stay shut.\n\n"Nobody will cross it before spring."'
    (only,) = sheet_of(text).statements
    assert only.text.endswith('before spring."')


def test_a_pronoun_is_less_sure_than_a_name() -> None:
    first, second = sheet_of("Hanne Lund said the bridge was shut.\n\nShe said the road was open.").statements
    assert second.speaker == "Hanne Lund"
    assert second.confidence < first.confidence


def test_denials_are_denied() -> None:
    assert [s.polarity for s in sheet_of("The front denied that it held the bridge.").statements] == ["denied"]
    assert [s.polarity for s in sheet_of("The front did not say when the bridge would open.").statements] == ["denied"]


def test_beliefs_are_attitudes() -> None:
    assert [s.attitude for s in sheet_of("Hanne Lund believes that the bridge is shut.").statements] == ["believe"]


def test_nothing_is_said_in_furniture() -> None:
    sheet = sheet_of(
        'READ MORE: Lund says "the bridge will never open again"\n\nThe bridge is shut until the spring. It rains.'
    )
    assert sheet.statements == ()


def test_the_son_is_not_the_father() -> None:
    sheet = sheet_of("Tomas Dovan, the son of Marek Dovan, said the bridge was shut. Dovan said the road was open.")
    assert [s.speaker for s in sheet.statements] == ["Tomas Dovan", "Tomas Dovan"]


PIECES = [
    '"',
    "“",
    "”",
    "'",
    "said",
    "Lund",
    " ",
    ", ",
    ". ",
    "that",
    "the bridge",
    "\n",
    "told",
    "according to",
    "—",
    ": ",
    "he",
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join))
def test_odd_texts_never_raise_and_always_quote_themselves(text: str) -> None:
    report = report_of(text)
    sheet = Sheet(report=report, passages=passages(report))
    for statement in statements(sheet):
        assert statement.text == " ".join(s.of(text) for s in statement.content)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Hanne Lund said on Monday that the bridge was shut.", "2024-03-04"),
        ("On Monday, Hanne Lund said the bridge was shut.", "2024-03-04"),
        ("The bridge was shut, Hanne Lund said. She added that a boat had sunk on Monday.", None),
        ("The bridge was shut, Lt. Hanne Lund said on Monday.", "2024-03-04"),
        ("A boat sank on Monday. Hanne Lund said the bridge was shut.", None),
    ],
)
def test_a_statement_has_the_day_of_its_own_sentence_only(text: str, day: str | None) -> None:
    first = min(sheet_of(text).statements, key=lambda s: s.content)
    assert first.said_from == day
