"""Quality stays above pinned floors on the example pile; a floor is lowered only by hand, in bench/floors.json."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from bench.figures import docs as figure_docs
from bench.figures import score as score_figures
from bench.places import own as own_places
from bench.reading import own
from bench.score import pair, score
from bench.times import value_f1

from onrecord.reading.bounds import bounds
from onrecord.reading.tokenise import tokenise
from onrecord.records import Findings

ROOT = Path(__file__).parents[1]
GOLD = ROOT / "examples" / "velmara-gold"
FLOORS = json.loads((ROOT / "bench" / "floors.json").read_text(encoding="utf-8"))


def test_the_gold_is_the_gold_that_was_pinned() -> None:
    digest = hashlib.sha256(b"".join(p.read_bytes() for p in sorted(GOLD.iterdir()))).hexdigest()
    assert digest == FLOORS["gold"], "the gold changed: read its diff like code, then pin bench/floors.json anew"


@pytest.mark.parametrize("name", sorted(FLOORS["examples"]))
def test_no_figure_falls_below_its_floor(findings: Findings, name: str) -> None:
    assert score(findings, GOLD).figures[name] >= FLOORS["examples"][name]


@pytest.fixture(scope="module")
def read() -> dict[str, float]:
    """Figures of the bundled reading on our own sentences."""
    return own(GOLD / "reading.conllu")


@pytest.mark.parametrize("name", sorted(FLOORS["reading"]))
def test_no_figure_of_the_reading_falls_below_its_floor(read: dict[str, float], name: str) -> None:
    assert read[name] >= FLOORS["reading"][name]


@pytest.fixture(scope="module")
def figures() -> dict[str, dict[str, float]]:
    """Shares of figures right on our own sentences, by reading."""
    return {reading: score_figures(figure_docs(), reading)[0] for reading in ("bundled", "none")}


@pytest.mark.parametrize("reading", ["bundled", "none"])
@pytest.mark.parametrize("name", sorted(FLOORS["figures"]))
def test_no_share_of_figures_falls_below_its_floor(
    figures: dict[str, dict[str, float]], name: str, reading: str
) -> None:
    assert figures[reading][name] >= FLOORS["figures"][name]


def test_times_do_not_fall_below_their_floor() -> None:
    assert value_f1(ROOT / "bench" / "times.jsonl") >= FLOORS["times"]["value"]


def test_no_figure_of_places_falls_below_its_floor() -> None:
    figures = own_places()
    assert {name: figures[name] >= floor for name, floor in FLOORS["places"].items()} == dict.fromkeys(figures, True), (
        figures
    )


def test_our_sentences_are_cut_as_the_gold_cuts_them() -> None:
    for block in (GOLD / "reading.conllu").read_text(encoding="utf-8").strip().split("\n\n"):
        text = next(line[9:] for line in block.split("\n") if line.startswith("# text = "))
        words = [line.split("\t")[1] for line in block.split("\n") if not line.startswith("#")]
        assert bounds(text, 0, len(text)) == [(0, len(text))]
        assert [text[a:b] for a, b in tokenise(text, 0, len(text))] == words


def test_the_scorer_can_fail(findings: Findings) -> None:
    empty = Findings(run=findings.run, sheets=())
    result = score(empty, GOLD)
    assert max(v for k, v in result.figures.items()) == 0.0
    assert result.misses


def test_a_prediction_serves_one_gold_row_only(findings: Findings) -> None:
    made = [(s.report.path, x) for s in findings.sheets for x in s.statements][:1]
    path, statement = made[0]
    gold = [{"doc": path, "content": [[s.start, s.end] for s in statement.content]}] * 2
    assert pair(gold, made) == {0: 0}
