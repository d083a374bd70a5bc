"""What the bundled model says of a report, and that it says it however it is asked."""

from __future__ import annotations

import random
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest

from onrecord.errors import BrokenModel
from onrecord.passages import passages
from onrecord.pipeline import read_alone
from onrecord.reading import check, fingerprint, read
from onrecord.reading.model import FOLDER, Model
from onrecord.records import Reading, Report, Sentence, Sheet, Word
from onrecord.reports import read as read_reports
from tests.conftest import EXAMPLES, report_of


def reading_of(text: str) -> Reading:
    """A text as one report, read."""
    report = report_of(text)
    return read(Sheet(report=report, passages=passages(report)))


def word(sentence: Sentence, text: str) -> Word:
    """The word with this text."""
    return next(w for w in sentence.words if w.text == text)


def head(sentence: Sentence, text: str) -> str:
    """The text of the word that a word hangs on."""
    return sentence.words[word(sentence, text).head].text


TOLD = "General Pavle Irsa told the Oskaran Herald that rebels had burned two villages near Kessa."


def test_who_told_whom_what() -> None:
    (sentence,) = reading_of(TOLD).sentences
    told, burned = word(sentence, "told"), word(sentence, "burned")
    assert (told.tag, told.lemma, told.relation, told.head) == ("VERB", "tell", "root", -1)
    assert (burned.relation, head(sentence, "burned")) == ("ccomp", "told")
    assert (word(sentence, "rebels").relation, head(sentence, "rebels")) == ("nsubj", "burned")
    assert (word(sentence, "villages").relation, head(sentence, "villages")) == ("obj", "burned")
    assert "Tense=Past" in told.features


def test_names_with_their_kinds() -> None:
    (sentence,) = reading_of(TOLD).sentences
    kinds = {TOLD[n.start : n.end]: n.type for n in sentence.names}
    assert kinds["Pavle Irsa"] == "person"
    assert kinds["Kessa"] == "place"
    assert "organisation" in kinds.values()
    assert all(0 < n.confidence <= 1 for n in sentence.names)


def test_a_passive_and_its_agent() -> None:
    (sentence,) = reading_of("The bridge was destroyed by government forces on Sunday.").sentences
    assert word(sentence, "bridge").relation == "nsubj:pass"
    assert word(sentence, "forces").relation == "obl:agent"


def test_a_headline_in_capitals_is_read_like_one_with_every_word_raised() -> None:
    (loud,) = reading_of("REBEL LEADER SAYS FRONT WILL NEVER LEAVE KESSA").sentences
    (raised,) = reading_of("Rebel Leader Says Front Will Never Leave Kessa").sentences
    assert [(w.tag, w.head, w.relation) for w in loud.words] == [(w.tag, w.head, w.relation) for w in raised.words]
    assert word(loud, "SAYS").tag == "VERB"
    assert head(loud, "LEADER") == "SAYS"


def test_vectors_tell_what_a_sentence_is_about() -> None:
    same, other, far = (
        np.frombuffer(s.vector or b"", dtype=np.float16).astype(float)
        for text in (
            "The rebels say they will never surrender the valley.",
            "Fighters in the valley have vowed not to give up.",
            "The bakery on the square sells bread and cakes every morning.",
        )
        for s in reading_of(text).sentences
    )
    assert np.linalg.norm(same) == pytest.approx(1, abs=0.01)
    assert same @ other > same @ far + 0.2


def test_furniture_and_credits_are_not_read() -> None:
    made = reading_of("The front holds Kessa.\n\nREAD MORE: Ten things about Kessa\n\nShare this article")
    assert [s.words[0].text for s in made.sentences] == ["The"]


HOSTILE = {
    "one word of ten thousand letters": "a" * 10_000,
    "no full stop": "the front moved on and " * 4_000,
    "emoji": "👩‍👩‍👧 🏴 said 👍🏽 " * 50,
    "other scripts": "قال الناطق إن القوات انسحبت. Представитель сообщил. 发言人说。 דובר אמר." * 10,
    "control characters": "The\x00 front\x07 said\x1b[31m it\u202e holds\ufeff Kessa.\x0c",
    "curly and no-break": "“We\u00a0hold Kessa,” said\u00a0Irsa — “and we’ll stay.”",
    "only marks": "…!?“”‘’--—– .,;:",
    "surrogates as text": "\ud800 said \udfff.",
}  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_read_in_bounded_time_with_exact_offsets(text: str) -> None:
    report = report_of(text)
    sheet = Sheet(report=report, passages=passages(report))
    begun = time.process_time()
    made = read(sheet)
    assert time.process_time() - begun < 20
    at = -1
    for sentence in made.sentences:
        for one in sentence.words:
            assert text[one.start : one.end] == one.text
            assert one.start >= at
            at = one.end
            assert -1 <= one.head < len(sentence.words)
        assert sum(w.head == -1 for w in sentence.words) == 1
        for named in sentence.names:
            assert sentence.start <= named.start < named.end <= sentence.end


def test_an_empty_passage_has_no_sentences() -> None:
    assert read(Sheet(report=report_of(" "))) == Reading()


def _examples() -> list[Report]:
    return list(read_reports([str(EXAMPLES)]).reports)


def _alone(report: Report) -> Reading:
    sheet = read_alone(report, keep=True)
    assert isinstance(sheet, Sheet), sheet
    return sheet.reading


def test_alone_in_a_pile_in_another_order_and_in_a_pool_it_says_the_same() -> None:
    reports = _examples()
    first = {r.report_id: _alone(r) for r in reports}
    random.Random(3).shuffle(reports)
    assert {r.report_id: _alone(r) for r in reports} == first
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        assert dict(zip([r.report_id for r in reports], pool.map(_alone, reports), strict=True)) == first


def test_a_sentence_reads_the_same_whatever_words_its_neighbours_have() -> None:
    model = Model()
    alone = model.read([TOLD.split()])[0]
    assert model.read([TOLD.split()])[0].heads == alone.heads


def test_without_a_model_nothing_is_read() -> None:
    report = report_of(TOLD)
    assert read(Sheet(report=report, passages=passages(report)), by="none") == Reading()
    assert fingerprint("none") is None


def test_an_unknown_reading_is_refused_with_the_choices() -> None:
    with pytest.raises(BrokenModel, match="bundled, spacy, none"):
        check("stanza")
    with pytest.raises(BrokenModel, match="nothing after the colon"):
        check("bundled:large")


def test_a_folder_without_weights_says_so(tmp_path: Path) -> None:
    with pytest.raises(BrokenModel, match=r"no reader\.onnx"):
        Model(tmp_path)


def test_damaged_weights_say_so(tmp_path: Path) -> None:
    for path in FOLDER.iterdir():
        if path.suffix in (".json", ".txt", ".tsv"):
            (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "reader.onnx").write_bytes(b"not a graph")
    with pytest.raises(BrokenModel, match="do not load"):
        Model(tmp_path)


def test_the_weights_have_a_licence_beside_them_and_a_size() -> None:
    assert "CC BY-SA 4.0" in (FOLDER / "LICENSE.txt").read_text(encoding="utf-8")
    assert "UD_English-EWT" in (FOLDER / "NOTICE.txt").read_text(encoding="utf-8")
    assert sum(p.stat().st_size for p in FOLDER.iterdir()) < 28_000_000
