"""A report's names made to agree."""

from __future__ import annotations

from onrecord.reading.names import settled
from onrecord.records import Named, Sentence, Word

TEXT = "Pavle Irsa spoke. Irsa left. Kessa fell. Kessa burned. Kessa burned. Reuters heard. Velmaran troops came."
SEEN = [
    ("Pavle Irsa", "person", 0.9), ("Irsa", "place", 0.8), ("Kessa", "person", 0.5), ("Kessa", "place", 0.4),
    ("Kessa", "place", 0.4), ("Reuters", "person", 0.9), ("Velmaran", "place", 0.9),
]  # fmt: skip


def read() -> dict[int, str]:
    """Where each name starts, and its settled kind."""
    sentences, at = [], 0
    for name, kind, sure in SEEN:
        start = TEXT.index(name, at)
        at = end = start + len(name)
        tag = "ADJ" if name == "Velmaran" else "PROPN"
        word = Word(start=start, end=end, text=name, lemma=name, tag=tag, features="_", head=-1, relation="root")
        named = Named(start=start, end=end, type=kind, confidence=sure)
        sentences.append(Sentence(start=start, end=end, words=(word,), names=(named,)))
    return {n.start: n.type for s in settled(sentences, TEXT) for n in s.names}


def kind(name: str) -> str:
    """The settled kind of a name at its first place by itself."""
    return read()[TEXT.index(f". {name}") + 2]


def test_equal_words_are_one_kind_by_the_weight_of_all_readings() -> None:
    assert kind("Kessa") == "place"
    assert set(list(read().values())[2:5]) == {"place"}


def test_the_last_word_of_a_full_name_is_that_person() -> None:
    assert kind("Irsa") == "person"


def test_an_outlet_of_the_table_and_an_adjective_are_what_they_are() -> None:
    assert kind("Reuters") == "organisation"
    assert kind("Velmaran") == "other"


def test_spans_and_order_stay() -> None:
    assert [TEXT[s:].split(".")[0].split()[0] for s in read()][:2] == ["Pavle", "Irsa"]
    assert settled((), TEXT) == ()
