"""Lemmas as edit rules."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading import lemmas


@pytest.mark.parametrize(
    ("form", "lemma"),
    [("cities", "city"), ("Rebels", "rebel"), ("said", "say"), ("NATO", "NATO"), ("was", "be"), ("n't", "not")],
)
def test_a_rule_makes_the_lemma_it_was_learned_from(form: str, lemma: str) -> None:
    assert lemmas.apply(form, lemmas.rule(form, lemma)) == lemma


@given(st.text(alphabet="abcXYZ|éß-", min_size=1), st.text(alphabet="abcXYZ|éß-", min_size=1))
def test_any_pair_comes_back(form: str, lemma: str) -> None:
    assert lemmas.apply(form, lemmas.rule(form, lemma)) == lemma


def test_a_rule_that_cuts_more_than_there_is_leaves_the_form() -> None:
    assert lemmas.apply("a", "3||L") == "a"


def test_the_table_of_forms_names_its_source(tmp_path: Path) -> None:
    path = tmp_path / "forms.tsv"
    path.write_text("form\ttag\tlemma\tsource\nwent\tVERB\tgo\tours\n", encoding="utf-8")
    assert lemmas.known(path) == {("went", "VERB"): "go"}
