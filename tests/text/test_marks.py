"""Quotation marks: golden lines, and laws for any text."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.text.marks import quotations
from onrecord.text.sentences import sentences
from onrecord.text.tokens import tokens

GOLDEN = [
    ('He said "no" and left.', ['"no"']),
    ("“We stay,” she said. “All of us.”", ["“We stay,”", "“All of us.”"]),
    ("'We stay,' she said.", ["'We stay,'"]),
    ("''We stay,'' she said.", ["''We stay,''"]),
    ("The soldiers' rights and the city's walls", []),
    ("The '90s were rock 'n' roll", []),
    ("“We stay. We do not move", ["“We stay. We do not move"]),
    ('"We stay. She left. "He came," Ann said.', ['"We stay. She left.', '"He came,"']),
    ("«We stay», he said", ["«We stay»"]),
    ('Six feet 6" tall', []),
    ("“He called it a 'war' today,” she said.", ["“He called it a 'war' today,”"]),
    ("a closing mark alone” is none", []),
]


@pytest.mark.parametrize(("text", "wanted"), GOLDEN)
def test_golden(text: str, wanted: list[str]) -> None:
    assert [text[q.start : q.end] for q in quotations(text)] == wanted


@given(st.text(alphabet="ab ,.?!\"'“”‘’«»`\n1", max_size=80))
def test_any_text_gives_quotations_in_order_inside_it(text: str) -> None:
    found = quotations(text)
    assert all(0 <= q.start < q.end <= len(text) for q in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@given(st.text(max_size=200))
def test_sentences_and_tokens_cover_no_character_twice(text: str) -> None:
    quoted = quotations(text)
    found = sentences(text, 0, len(text), quoted)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    for span in found:
        row = tokens(text, span, quoted)
        assert all(a.end <= b.start for a, b in itertools.pairwise(row))
        assert all(text[t.start : t.end] == t.text for t in row)


SENTENCES = [
    ("Gen. Sorrel left. He was tired.", 2),
    ("The U.S. envoy came. Nobody spoke.", 2),
    ('"Why?" he asked. "No." She left.', 3),
    ("It cost 3.5 million. Nobody paid.", 2),
    ("They settled everything.He left.", 2),
]


@pytest.mark.parametrize(("text", "count"), SENTENCES)
def test_sentence_bounds(text: str, count: int) -> None:
    assert len(sentences(text, 0, len(text), quotations(text))) == count
