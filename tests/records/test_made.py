"""Records made slot by slot are the records that their own constructors make."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.records import Findings, Mention, Quantity, Span
from onrecord.records.made import changed, maker


def test_every_row_of_the_example_is_made_as_it_was(findings: Findings) -> None:
    for sheet in findings.sheets:
        for row in (*sheet.mentions, *sheet.statements, *sheet.quantities, *sheet.times):
            made = maker(type(row))([getattr(row, field.name) for field in fields(row)])
            assert made == row and made is not row and hash(made) == hash(row) and type(made) is type(row)


def test_what_a_record_checks_of_itself_is_checked() -> None:
    with pytest.raises(ValueError, match="empty or backward"):
        maker(Span)([5, 3])


@pytest.mark.parametrize("values", [[1], [1, 2, 3]])
def test_values_are_neither_too_few_nor_too_many(values: list[int]) -> None:
    with pytest.raises(ValueError, match="argument 2 is"):
        maker(Span)(values)


@given(row=st.from_type(Quantity), counted=st.text(), low=st.none() | st.floats(allow_nan=False))
def test_a_changed_record_is_what_replace_gives(row: Quantity, counted: str, low: float | None) -> None:
    assert changed(row, counted=counted, low=low) == replace(row, counted=counted, low=low)


@given(row=st.from_type(Mention))
def test_a_record_that_says_so_already_stays_itself(row: Mention) -> None:
    assert changed(row, name=row.name, entity_id=row.entity_id) is row
    with pytest.raises(AttributeError):
        changed(row, nickname="x")
