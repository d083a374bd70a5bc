"""Shared wording: offsets, what makes an edge and what never does, laws for any pile, and SQL that says the same."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from importlib.resources import files

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.matters import hits
from onrecord.matters.chains import passages_of
from onrecord.matters.families import (
    BESIDE_LONGEST,
    ENOUGH_SHARED,
    HOME,
    MOST_FAMILIES,
    MOST_OF_SHORTER,
    SHARE_OF_SHORTER,
    families,
    in_few_families,
    strong_pairs,
)
from onrecord.matters.hits import LONGEST_LIST, MEDOIDS, equal_runs
from onrecord.matters.imprint import imprint
from onrecord.matters.postings import SHINGLE, Pile, blocks, gather, postings, shingles
from onrecord.matters.reuse import Pair, pairs, quoted, reuse
from onrecord.records import Sheet
from tests.matters.piles import changed, pile, printed, story

SEEDS = st.integers(0, 40)
WORD = re.compile(r"\w+")


def found(sheets: Sequence[Sheet], fresh: Sequence[str] | None = None) -> list[Pair]:
    """The pairs of a pile."""
    return list(pairs((imprint(s) for s in sorted(sheets, key=lambda s: s.report.report_id)), fresh))


def gathered(sheets: Sequence[Sheet]) -> Pile:
    """The pile of some sheets, which are sorted."""
    return gather(imprint(s) for s in sheets)


def words_of(sheet: Sheet) -> list[str]:
    """The words of an imprint, as they stand in the text."""
    made = imprint(sheet)
    spans = zip(made.starts.tolist(), made.ends.tolist(), made.hashes.tolist(), strict=True)
    return [sheet.report.text[a:b] if h else "|" for a, b, h in spans]


def test_a_word_is_a_run_of_letters_and_digits_and_furniture_is_a_barrier() -> None:
    sheet = printed("r-1", ["The mayor's 2 dogs slept_on.", "READ MORE: Dogs", "They woke."])
    assert words_of(sheet) == ["The", "mayor", "s", "2", "dogs", "slept_on", "|", "They", "woke"]


def test_words_are_equal_wherever_they_stand_and_whatever_their_case() -> None:
    one, two = imprint(printed("r-1", ["harbour Étude x"])), imprint(printed("r-2", ["An ÉTUDE of the Harbour x"]))
    assert one.hashes[0] == two.hashes[4] and one.hashes[1] == two.hashes[1] and one.hashes[2] == two.hashes[5]
    assert len(set(one.hashes.tolist())) == 3


@given(st.text(max_size=60), st.text(max_size=60))
def test_equal_hashes_are_equal_words(one: str, two: str) -> None:
    sheets = [Sheet(report=printed(name, [text]).report) for name, text in (("r-1", one), ("r-2", two))]
    folded = [["".join(c.lower() if len(c.lower()) == 1 else c for c in w) for w in words_of(s)] for s in sheets]
    hashes = [imprint(s).hashes.tolist() for s in sheets]
    for a, x in zip(folded[0], hashes[0], strict=True):
        for b, y in zip(folded[1], hashes[1], strict=True):
            assert (a == b) == (x == y)


def test_a_copy_is_found_from_its_first_to_its_last_word() -> None:
    text = story(1)
    (pair,) = found([printed("r-1", text), printed("r-2", [story(2)[0], *text])])
    (run,) = pair.runs
    assert (run.a_start, run.a_end) == (0, len("\n\n".join(text)) - 1)
    assert pair.a_share == 1.0 and 0.8 < pair.b_share < 0.9 and pair.in_order


def test_paragraphs_in_another_order_are_told() -> None:
    text = story(1)
    (pair,) = found([printed("r-1", text), printed("r-2", [*text[3:], *text[:3]])])
    assert not pair.in_order and pair.a_share > 0.98


def test_a_changed_word_leaves_both_sides_of_it() -> None:
    words = " ".join(story(1, 1)).split(" ")
    other = [*words]
    for k in (8, 14, 20):
        other[k] = "indeed"
    (pair,) = found([printed("r-1", [" ".join(words)]), printed("r-2", [" ".join(other)])])
    lost = sum(len(words[k]) + 2 for k in (8, 14, 20))
    assert sum(r.characters for r in pair.runs) >= len(" ".join(words)) - lost - 3
    assert len(pair.runs) == 4


def test_no_run_reaches_over_furniture() -> None:
    text = story(1)
    middle = [*text[:3], "READ MORE: The ten best bridges of the coast", *text[3:]]
    (pair,) = found([printed("r-1", text), printed("r-2", middle)])
    two = "\n\n".join(middle)
    assert len(pair.runs) == 2 and all("READ MORE" not in two[r.b_start : r.b_end] for r in pair.runs)


def test_a_footer_under_many_stories_makes_no_edge_and_a_wire_story_in_many_outlets_does() -> None:
    footer = "Nothing on these pages may be sung, shouted or set to music without the written leave of the publishing house and its heirs."
    sheets = [printed(f"r-{k}", [*story(k), footer]) for k in range(9)]
    assert found(sheets) == []
    wire = [printed(f"w-{k}", [*story(99), f"Printed in {k} places."]) for k in range(9)]
    assert len(found([*sheets, *wire])) == 36


def test_a_passage_that_many_lift_from_one_story_makes_edges() -> None:
    home = [printed(f"h-{k:02}", [*story(50), f"Printed in {k} places."]) for k in range(12)]
    lifted = story(50)[2]
    sheets = [*home, *(printed(f"r-{k}", [*story(k)[:3], lifted, *story(k)[3:]]) for k in range(5))]
    pairs = {(p.a, p.b) for p in found(sheets)}
    assert all((f"h-{h:02}", f"r-{k}") in pairs for h in range(12) for k in range(5))


def test_scattered_stock_phrases_make_no_edge() -> None:
    stock = ["one of the oldest ferrymen of the northern coast", "the second largest harbour town of all Velmara"]
    sheets = [printed(f"r-{k}", [f"{story(k)[0]} He is {stock[0]}. {story(k)[1]} It is {stock[1]}.", *story(k)[2:]]) for k in (1, 2)]  # fmt: skip
    assert found(sheets) == []


def test_a_stock_descriptor_makes_no_edge() -> None:
    stock = "the oldest of the nine ferry towns on the northern shore of the long lake of Velmara"
    texts = [f"{story(k)[0][:-1]}, {stock}, {story(k)[1].lower()}" for k in range(3)]
    assert found([printed(f"r-{k}", [text, *story(k)[2:]]) for k, text in enumerate(texts)]) == []


def test_a_passage_in_another_story_is_found() -> None:
    lifted = ". ".join(story(1)[2].split(". ")[:2]) + "."
    (pair,) = found([printed("r-1", story(1)), printed("r-2", [*story(2), lifted])])
    assert [len(lifted) - 1] == [r.characters for r in pair.runs]


def test_long_lists_are_joined_through_a_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hits, "LONGEST_LIST", 10)
    made = found([printed(f"r-{k:02}", [*story(1), f"Print {k}."]) for k in range(30)])
    near = {k for pair in made for k in (pair.a, pair.b)}
    assert len(made) == 29 + 28 + 27 and len(near) == 30


@given(SEEDS)
@settings(max_examples=12, deadline=None)
def test_both_spans_of_a_row_are_the_same_words_and_none_overlaps(seed: int) -> None:
    sheets = pile(seed)
    text = {s.report.report_id: s.report.text for s in sheets}
    made = reuse(sheets)
    assert made
    for row in made:
        one, two = text[row.from_report][row.from_start : row.from_end], text[row.to_report][row.to_start : row.to_end]
        assert WORD.findall(one.lower()) == WORD.findall(two.lower())
    for pair in found(sheets):
        assert all(x.a_end <= y.a_start for x, y in zip(pair.runs, pair.runs[1:], strict=False))


@given(SEEDS)
@settings(max_examples=8, deadline=None)
def test_the_order_of_reports_changes_nothing(seed: int) -> None:
    sheets = pile(seed)
    mixed = random.Random(seed).sample(sheets, len(sheets))
    assert reuse(sheets) == reuse(mixed)


@given(SEEDS)
@settings(max_examples=8, deadline=None)
def test_names_of_reports_change_no_stretch(seed: int) -> None:
    sheets = pile(seed)
    flipped = [printed(f"z-{99 - k:03}", s.report.text.split("\n\n")) for k, s in enumerate(sheets)]
    back = {f"z-{99 - k:03}": s.report.report_id for k, s in enumerate(sheets)}
    one = {(p.a, p.b): sum(r.characters for r in p.runs) for p in found(sheets)}
    two = {tuple(sorted((back[p.a], back[p.b]))): sum(r.characters for r in p.runs) for p in found(flipped)}
    assert one.keys() == two.keys()
    assert all(abs(one[key] - two[key]) <= 0.05 * one[key] for key in one)  # type: ignore[index]


@given(SEEDS)
@settings(max_examples=8, deadline=None)
def test_an_unrelated_report_changes_no_edge(seed: int) -> None:
    sheets = pile(seed)
    assert reuse([*sheets, printed("q-0", story(seed + 77_777))]) == reuse(sheets)


@given(SEEDS)
@settings(max_examples=8, deadline=None)
def test_new_against_old_and_new_is_what_is_missing(seed: int) -> None:
    sheets = pile(seed)
    new = {s.report.report_id for s in sheets[::3]}
    whole = found(sheets)
    assert found(sheets, sorted(new)) == [p for p in whole if p.a in new or p.b in new]


@given(SEEDS)
@settings(max_examples=8, deadline=None)
def test_every_copy_of_a_pile_is_found(seed: int) -> None:
    edges = {(p.a, p.b) for p in found(pile(seed))}
    for k in range(6):
        copies = [f"r-{k:03}", *(f"r-{6 + 4 * k + n:03}" for n in range(4))]
        assert {(copies[0], c) for c in copies[1:]} <= edges


@given(SEEDS, st.sampled_from((LONGEST_LIST, 3)))
@settings(max_examples=12, deadline=None)
def test_sql_gives_the_same_families_and_runs(seed: int, longest: int) -> None:
    made = gathered(sorted(pile(seed), key=lambda s: s.report.report_id))
    mixed, whole = shingles(made)
    at = np.flatnonzero(whole)
    owner = made.owner[at]
    numbers = np.arange(len(made.reports))
    con = duckdb.connect(config={"threads": 1, "enable_external_access": False})
    con.register("raw", {"h": mixed[at], "doc": owner.astype(np.int64), "pos": at - made.first[owner]})
    con.register("lengths", {"doc": numbers, "words": made.sizes})
    con.execute(f"create table shingles as {sql('shared_shingles')}")
    assert con.execute("select count(*) from shingles").fetchone() == (len(postings(made)[0]),)
    blocked = blocks(made)
    kin = {
        "enough": ENOUGH_SHARED, "share": SHARE_OF_SHORTER, "gap": SHINGLE + 3,
        "beside": BESIDE_LONGEST, "most": MOST_OF_SHORTER,
    }  # fmt: skip
    assert con.execute(sql("strong_pairs"), kin).fetchall() == strong_pairs(made, blocked)
    family = families(made, blocked)
    con.register("families", {"doc": numbers, "family": family, "words": made.sizes})
    asked = {"families": MOST_FAMILIES, "home": HOME, "shingle": SHINGLE, "longest": longest, "medoids": MEDOIDS}
    rows = con.execute(sql("runs"), asked).fetchall()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(hits, "LONGEST_LIST", longest)
        runs = equal_runs(made, in_few_families(blocked, made.owner, family), family)
    a, b = made.owner[runs.a], made.owner[runs.b]
    ours = zip(a, b, runs.a - made.first[a], runs.b - made.first[b], runs.words, strict=True)
    assert [tuple(map(int, row)) for row in rows] == [tuple(map(int, row)) for row in ours]
    con.close()


def sql(name: str) -> str:
    """A statement that ships with the package."""
    return (files("onrecord.matters") / f"{name}.sql").read_text(encoding="utf-8")


def test_nothing_gives_nothing() -> None:
    assert found([]) == [] and reuse([]) == ()
    assert found([printed("r-1", [""])]) == []
    none = equal_runs(gathered([]), blocks(gathered([])), np.empty(0, dtype=np.int64))
    assert not len(passages_of(gathered([]), none, np.empty(0, dtype=np.int64)).a)


def test_imprints_must_come_sorted() -> None:
    with pytest.raises(ValueError, match="sorted by id"):
        gather(imprint(printed(name, story(1))) for name in ("r-2", "r-1"))


def test_quotations_are_seen_where_there_are_marks() -> None:
    sheet = printed("r-1", ["The mayor’s dogs' bark woke us.", 'She said, "We sleep no more in this town."'])
    assert [sheet.report.text[a:b] for a, b in quoted(sheet)] == ['"We sleep no more in this town."']


def test_changed_paragraphs_are_changed() -> None:
    assert changed(story(1)[0], random.Random(1)) != story(1)[0]
