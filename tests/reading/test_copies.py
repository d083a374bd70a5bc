"""A sentence is read by itself, and a copy of one not again."""

from __future__ import annotations

import numpy as np
import pytest

from onrecord.reading import model
from onrecord.reading.model import Model

ONE = "The mayor of Kessa said on Tuesday that the bridge was shut .".split()
TWO = "Nobody was hurt , a spokeswoman added .".split()


class Counted:
    """The session of a model, counting its runs."""

    def __init__(self, session: object) -> None:
        self.session, self.runs = session, 0

    def run(self, *words: object) -> object:
        """One run."""
        self.runs += 1
        return self.session.run(*words)  # type: ignore[attr-defined]


@pytest.fixture
def counted() -> tuple[Model, Counted]:
    """A model of its own, and its counter."""
    made = Model()
    counter = Counted(made._session)
    made._session = counter
    return made, counter


def test_a_copy_is_not_read_again(counted: tuple[Model, Counted]) -> None:
    made, counter = counted
    first = made.read([ONE, TWO, ONE])
    assert counter.runs == 2
    assert made.read([TWO])[0].tags == first[1].tags
    assert counter.runs == 2


def test_what_is_said_of_a_sentence_depends_on_no_other(counted: tuple[Model, Counted]) -> None:
    made, _ = counted
    alone = Model().read([ONE])[0]
    among = made.read([TWO, [*TWO, *ONE], ONE])[2]
    assert (alone.heads, alone.relations, alone.names) == (among.heads, among.relations, among.names)
    assert np.array_equal(alone.words, among.words) and np.array_equal(alone.sense, among.sense)


def test_few_sentences_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "KEPT", 1)
    made = Model()
    counter = Counted(made._session)
    made._session = counter
    made.read([ONE, TWO, ONE])
    assert counter.runs == 3
