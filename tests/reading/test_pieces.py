"""Words as pieces: greedy, bounded, the same for training and reading."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.pieces import CLOSE, LOWER, MOST_PIECES, OPEN, UNKNOWN, UNSURE, Pieces, case, is_shouted

SMALL = Pieces(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "kes", "##sa", "front", "##ier", "'", '"', ".", "u", "s"])


def test_a_word_is_its_longest_pieces() -> None:
    assert SMALL.word("Kessa") == (4, 5)
    assert SMALL.word("frontier") == (6, 7)
    assert SMALL.word("U.S.") == (11, 10, 12, 10)
    assert SMALL.word("Frontíer") == (6, 7)  # accents are left out, as the vocabulary was made


def test_a_word_without_pieces_is_unknown_and_never_nothing() -> None:
    assert SMALL.word("xyz") == (UNKNOWN,)
    assert SMALL.word("\u200b") == (UNKNOWN,)


def test_curly_marks_are_the_straight_ones() -> None:
    assert SMALL.word("’") == SMALL.word("'")
    assert SMALL.word("“") == SMALL.word('"')


def test_first_and_last_pieces_of_each_word() -> None:
    made = SMALL.encode(["Kessa", "front"])
    assert made.pieces == [OPEN, 4, 5, 6, CLOSE]
    assert (made.first, made.last) == ([0, 1, 3], [0, 2, 3])


def test_a_headline_in_capitals_says_nothing_by_them() -> None:
    loud = ["KESSA", "FALLS", "AFTER", "SIEGE", "ENDS"]
    assert set(SMALL.encode(loud).cases[1:-1]) == {UNSURE}
    assert is_shouted("Front Leaders Reject Truce Offer".split())
    assert not is_shouted("The front rejected a truce on Friday".split())
    assert not is_shouted(["NRF", "fell"])


@pytest.mark.parametrize(
    ("word", "expected"),
    [("war", LOWER), ("War", 1), ("NATO", 2), ("McKay", 3), ("9000", 4), ("9,000", 6), ("A", 5), ("–", 6)],
)
def test_case_classes(word: str, expected: int) -> None:
    assert case(word) == expected


@given(st.lists(st.text(min_size=1), max_size=20))
def test_any_words_have_bounded_pieces_in_order(words: list[str]) -> None:
    made = Pieces.load().encode(words)
    assert len(made.first) == len(words) + 1
    assert len(made.cases) == len(made.pieces)
    for k in range(1, len(words) + 1):
        assert made.last[k - 1] < made.first[k] <= made.last[k] < made.first[k] + MOST_PIECES


def test_a_word_of_ten_thousand_letters_is_no_more_than_a_word() -> None:
    assert len(Pieces.load().word("a" * 10_000)) <= MOST_PIECES
