"""Days of a report: which day its words are counted from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from onrecord.mentions.days import anchor_and_why, days, outlook_in
from onrecord.records import Passage, Report, Sentence, Sheet, Word
from tests.conftest import report_of


def sheet(text: str, *passages: tuple[int, int, str], published: str | None = "2024-03-05") -> Sheet:
    report: Report = report_of(text, published=published)
    rows = tuple(
        Passage(passage_id=f"p-{a}", report_id=report.report_id, start=a, end=b, role=role)  # type: ignore[arg-type]
        for a, b, role in passages or ((0, len(text), "body"),)
    )
    return Sheet(report=report, passages=rows)


def test_the_reports_own_date_is_the_last_resort() -> None:
    (time,) = days(sheet("They left yesterday."))
    assert (time.value, time.date_from, time.date_to, time.precision) == (
        "2024-03-04",
        "2024-03-04",
        "2024-03-04",
        "day",
    )
    assert (time.anchor, time.rule, time.why) == ("2024-03-05", "day", "rule: day, from the report's date")


def test_a_dateline_comes_before_the_reports_date() -> None:
    text = "VELM, March 4 (VNA): They left yesterday."
    times = days(sheet(text, (0, 20, "dateline"), (21, len(text), "body")))
    assert [(t.value, t.anchor) for t in times][-1] == ("2024-03-03", "2024-03-04")
    assert "the dateline" in times[-1].why


def test_a_dateline_of_long_ago_is_no_anchor() -> None:
    text = "VELM, March 4, 2019: They left yesterday."
    assert anchor_and_why(sheet(text, (0, 20, "dateline"), (21, len(text), "body"))) == (
        date(2024, 3, 5),
        "the report's date",
    )


def test_a_copy_keeps_its_origins_day() -> None:
    (time,) = days(sheet("They left yesterday."), origin=date(2024, 3, 1))
    assert (time.value, time.anchor, time.why) == ("2024-02-29", "2024-03-01", "rule: day, from the origin's date")


def test_a_report_without_a_date_names_no_day() -> None:
    times = days(sheet("They left yesterday and on Sunday.", published=None))
    assert [(t.value, t.date_from, t.anchor) for t in times] == [(None, None, None), ("XXXX-WXX-7", None, None)]


def test_furniture_names_no_time() -> None:
    assert not days(sheet("Read more on Sunday", (0, 19, "furniture")))


def word(
    text: str, start: int, head: int, tag: str, features: str = "_", relation: str = "obl", lemma: str = ""
) -> Word:
    return Word(
        start=start, end=start + len(text), text=text, lemma=lemma or text.lower(), tag=tag, features=features, head=head,
        relation=relation,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("verb", "features", "lemma", "auxiliary", "way"),
    [
        ("left", "Tense=Past|VerbForm=Fin", "leave", None, "past"),
        ("leave", "VerbForm=Inf", "leave", "will", "future"),
        ("planned", "Tense=Past|VerbForm=Fin", "plan", None, None),
        ("leaves", "Tense=Pres|VerbForm=Fin", "leave", None, None),
    ],
)
def test_the_verb_that_a_day_hangs_on(
    verb: str, features: str, lemma: str, auxiliary: str | None, way: str | None
) -> None:
    words = [word(verb, 5, -1, "VERB", features, "root", lemma), word("Sunday", 20, 0, "PROPN")]
    if auxiliary:
        words.insert(0, word(auxiliary, 0, 1, "AUX", "_", "aux"))
        words[2] = replace(words[2], head=1)
    assert outlook_in(Sentence(start=0, end=30, words=tuple(words)), 20) == way
