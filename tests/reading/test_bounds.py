"""Sentence bounds: golden passages of an invented country, laws that hold for any text, hostile text in bounded time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.bounds import MOST, bounds
from onrecord.reading.tokenise import tokenise

# A passage a line; its sentences are parted by " | ".
GOLDEN = """
“It is cold. | We wait,” said Mr. Oke. | “Why?” he asked.
"It is cold. | We wait," said Mr. Oke. | "Why?" he asked. | "No reason."
“Why?” Ms. Oke asked. | She left.
“Will you go?” the minister asked. | He did not answer.
“Never!” Gen. Tavo Renn told reporters in Velmara on Tuesday. | “We stay.”
"I saw it!" Oke shouted at the gate. | "Run!"
He said, "We will not leave. | We will fight." | The crowd cheered.
He said: "We will not leave." | The crowd cheered.
‘We stay,’ he said. | ‘They go.’ | Nobody moved.
He said that "the army is tired." | He added that "no one cares."
The commander, known as "Tavo," said he had 9,000 men. | Others say 7,000.
The U.S. Embassy in Velmara closed. | It was built by the U.S. | The ambassador left.
Officials from the U.S. said so. | U.N. Secretary General Oke arrived at 5 p.m. Tuesday. | He left at 6 p.m. | The crowd waited.
Col. J. R. Renn, Dr. Oke and Lt. Gen. Tavo met. | They agreed on Jan. 5. | Nothing changed.
Oke vs. Renn was heard in St. Tavo. | The St. Tavo court sat at 10 a.m. on Friday.
Bread, oil, etc. are short. | So is water, salt, etc. | The shops closed.
The price rose 3.5 percent to $4.20. | Prices of No. 2 oil fell.
He was born in 1964. | In 1980 he left. | At 9:30 a.m. Renn arrived.
1. The army must leave. | 2. The court must open.
He waited ... and waited. | Then... nothing.
The war ended. | The army left the town. | He stayed.
Is it over? | No! | Yes. | Who knows...
See www.example.org/a.b for more. | Write to a.oke@example.org. | Thanks.
VELMARA CITY (Tavo Press) - The army said on Monday it had taken the town. | Rebels denied this.
VELMARA CITY, March 3 — Three soldiers died. | (Reporting by Ana Oke; Editing by Tavo Renn)
Thousands flee town after siege | Monday, March 5, 2018 | The army said on Sunday that it had left.
"""
PASSAGES = GOLDEN.strip().splitlines()
ODD = st.text(alphabet=st.sampled_from("aZ9.,;-'’“”\"/@()[]!? \n\t\u00a0\u200b👍中\x00\u0301…—"))


@pytest.mark.parametrize("passage", PASSAGES)
def test_golden(passage: str) -> None:
    text = passage.replace(" | ", " ")
    assert " | ".join(text[s:e] for s, e in bounds(text, 0, len(text))) == passage


def test_a_missing_blank_after_a_stop() -> None:
    text = "The war ended.The army left.“He stayed,” said Oke."
    assert [text[s:e] for s, e in bounds(text, 0, len(text))] == [
        "The war ended.",
        "The army left.",
        "“He stayed,” said Oke.",
    ]


def test_a_line_end_is_a_bound() -> None:
    text = "Thousands flee Tavo\nBy Ana Oke\n\nThe army left, said\nMr. Oke."
    assert [text[s:e] for s, e in bounds(text, 0, len(text))] == text.replace("\n\n", "\n").split("\n")


@given(st.one_of(ODD, st.text()), st.integers(0, 5), st.integers(0, 5))
def test_sentences_hold_every_character_but_blanks(text: str, skip: int, leave: int) -> None:
    start, end = min(skip, len(text)), max(min(skip, len(text)), len(text) - leave)
    at = start
    for s, e in bounds(text, start, end):
        assert at <= s < e <= end
        assert not text[at:s].strip()
        assert not text[s].isspace() and not text[e - 1].isspace()
        at = e
    assert not text[at:end].strip()


@given(ODD)
def test_no_bound_inside_a_passage_depends_on_what_stands_around_it(text: str) -> None:
    alone = bounds(text, 0, len(text))
    around = "The end. “" + text + "\nMore?"
    assert [(s - 10, e - 10) for s, e in bounds(around, 10, 10 + len(text))] == alone


@pytest.mark.parametrize("mark", ["; ", " — ", ", ", " "])
def test_a_long_sentence_is_cut_at_the_best_mark(mark: str) -> None:
    text = "and so the men of the small town went on" + (mark + "then they came to the next old town and on") * 60
    found = bounds(text, 0, len(text))
    assert all(len(tokenise(text, s, e)) <= MOST for s, e in found)
    assert all(text[:e].endswith(mark.strip()) for _, e in found[:-1])


@pytest.mark.parametrize(
    "piece",
    ["a", "A ", "a. ", "A. ", "Mr. ", "“A. ", '" ', '." A', "aaaa.Aa", "said, ", "a\n", "( ", "…", "👍", "1. ", "; "],
)
def test_hostile_text_costs_little(piece: str) -> None:
    text = piece * 20_000
    began = time.process_time()
    found = bounds(text, 0, len(text))
    assert time.process_time() - began < 2.0
    assert all(e - s <= MOST or len(tokenise(text, s, e)) <= MOST for s, e in found)
