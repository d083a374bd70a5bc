"""Any spaCy pipeline instead of ours: one that this test trains itself, and labels that are not universal."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from onrecord.errors import BrokenModel
from onrecord.passages import passages
from onrecord.pipeline import build
from onrecord.reading import check, read
from onrecord.reading.spacy import universal
from onrecord.records import Sheet
from tests.conftest import report_of

spacy = pytest.importorskip("spacy", reason="the extra [spacy] is not installed")

# ClearNLP's labels, as spaCy's own English pipelines have them: words, heads, relations, tags.
TAUGHT = (
    (["Irsa", "spoke", "to", "reporters", "."], [1, 1, 1, 2, 1], ["nsubj", "ROOT", "prep", "pobj", "punct"],
     ["PROPN", "VERB", "ADP", "NOUN", "PUNCT"]),
    (["Kessa", "was", "taken", "by", "rebels", "."], [2, 2, 2, 2, 3, 2],
     ["nsubjpass", "auxpass", "ROOT", "agent", "pobj", "punct"], ["PROPN", "AUX", "VERB", "ADP", "NOUN", "PUNCT"]),
)  # fmt: skip


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pipeline taught two sentences by heart, on disk."""
    from spacy.tokens import Doc
    from spacy.training import Example

    random.seed(0)
    spacy.util.fix_random_seed(0)
    nlp = spacy.blank("en")
    nlp.add_pipe("parser", config={"min_action_freq": 1})
    taught = [
        Example(Doc(nlp.vocab, words=words), Doc(nlp.vocab, words=words, heads=heads, deps=deps, pos=pos))
        for words, heads, deps, pos in TAUGHT
    ]
    optimiser = nlp.initialize(lambda: taught)
    for _ in range(40):
        nlp.update(taught, sgd=optimiser)
    tags = nlp.add_pipe("attribute_ruler")
    for words, _, _, pos in TAUGHT:
        for word, tag in zip(words, pos, strict=True):
            tags.add(patterns=[[{"ORTH": word}]], attrs={"POS": tag})
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "PERSON", "pattern": "Irsa"}, {"label": "GPE", "pattern": "Kessa"}])
    path = tmp_path_factory.mktemp("spacy") / "taught"
    nlp.to_disk(path)
    return path


def test_its_words_come_out_as_our_records(pipeline: Path) -> None:
    text = "Irsa spoke to reporters.\n\nKessa was taken by rebels."
    report = report_of(text)
    spoke, taken = read(Sheet(report=report, passages=passages(report)), by=f"spacy:{pipeline}").sentences
    assert [(w.text, w.head, w.relation) for w in spoke.words] == [
        ("Irsa", 1, "nsubj"), ("spoke", -1, "root"), ("to", 3, "case"), ("reporters", 1, "obl"), (".", 1, "punct"),
    ]  # fmt: skip
    assert [w.relation for w in taken.words] == ["nsubj:pass", "aux:pass", "root", "case", "obl:agent", "punct"]
    assert [(text[n.start : n.end], n.type) for s in (spoke, taken) for n in s.names] == [
        ("Irsa", "person"), ("Kessa", "place"),
    ]  # fmt: skip
    assert all(text[w.start : w.end] == w.text for s in (spoke, taken) for w in s.words)


def test_a_build_names_the_pipeline_in_its_run(pipeline: Path) -> None:
    findings = build([report_of("Irsa spoke to reporters.")], reading=f"spacy:{pipeline}")
    assert findings.run.model_hash is not None
    assert findings.run.model_hash.startswith("spacy ")
    assert not findings.run.skipped


def test_a_pipeline_that_is_not_there_is_refused() -> None:
    with pytest.raises(BrokenModel, match="no such pipeline"):
        check("spacy:en_no_such_pipeline")
    with pytest.raises(BrokenModel, match="no pipeline is named"):
        check("spacy")


def test_a_universal_tree_is_left_alone() -> None:
    tree = ([1, -1, 3, 1], ["nsubj", "root", "case", "obl"])
    assert universal(*tree, ["PROPN", "VERB", "ADP", "NOUN"]) == tree


def test_a_pipeline_without_a_parser_still_gives_words() -> None:
    report = report_of("Irsa spoke.")
    blank = spacy.blank("en")
    from onrecord.reading import spacy as ours

    ours.load.cache_clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spacy, "load", lambda name: blank)
        (sentence,) = read(Sheet(report=report, passages=passages(report)), by="spacy:blank").sentences
    ours.load.cache_clear()
    assert [w.text for w in sentence.words] == ["Irsa", "spoke", "."]
    assert [w.head for w in sentence.words] == [-1, 0, 0]
