"""Records come back from lists as they were."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.records import Findings, Quantity, Report, Sheet, Skipped, Span, Statement, Word
from onrecord.records.plain import of_plain, plain


def through(record: object) -> object:
    """A record there and back, through JSON."""
    return of_plain(type(record), json.loads(json.dumps(plain(record))))


def test_every_sheet_of_the_example_comes_back(findings: Findings) -> None:
    for sheet in findings.sheets:
        back = through(sheet)
        assert back == sheet
        assert repr(back) == repr(sheet)  # also 5 and 5.0, which are equal, stay apart


@settings(max_examples=60, deadline=None)
@given(made=st.one_of(*(st.from_type(kind) for kind in (Report, Skipped, Word, Quantity))))
def test_any_record_comes_back(made: object) -> None:
    assert repr(through(made)) == repr(made)


SPANS = st.builds(lambda a, n: Span(a, a + n), st.integers(0, 10**6), st.integers(1, 10**4))


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_any_statement_and_sheet_comes_back(data: st.DataObject) -> None:
    st.register_type_strategy(Span, SPANS)
    statements = data.draw(st.lists(st.from_type(Statement), max_size=2))
    sheet = Sheet(report=data.draw(st.from_type(Report)), statements=tuple(statements))
    assert repr(through(sheet)) == repr(sheet)


@pytest.mark.parametrize("values", [[], ["a", "b"], ["a", "b", "c", "d"], {"path": "a"}, "abc"])
def test_another_shape_is_refused(values: object) -> None:
    with pytest.raises(ValueError, match="no Skipped"):
        of_plain(Skipped, values)  # type: ignore[arg-type]


def test_a_field_that_cannot_be_written_is_an_error_of_ours() -> None:
    @dataclass
    class Odd:
        held: set[int]

    Odd.__annotations__["held"] = set[int]
    with pytest.raises(TypeError, match="cannot be kept"):
        plain(Odd({1}))
