"""Decisions at a build: they win, survive, move with their words, and are never dropped."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from onrecord.errors import BadDecision, UnknownRow
from onrecord.ledger.decisions.anchors import anchor, find
from onrecord.ledger.decisions.drafts import Wanted, drafts
from onrecord.ledger.decisions.log import Log, beside, identified
from onrecord.ledger.evidence import faults
from onrecord.ledger.store import Ledger, publish
from onrecord.matters.moves import Move, moved
from onrecord.pipeline import build
from onrecord.records import Findings, Judgement, Place, Report
from onrecord.reports import read
from tests.conftest import EXAMPLES, report_of

HERALD = (
    "Rebels in Kenya met. Pavle Irsa said 4,000 fighters were in Kenya.\n\nGeneral Ilyan Sorrel said 1,500 fighters were "
    'in Kenya, not more.\n\n"We will rebuild the bridge before winter," Pavle Irsa said.'
)
POST = "Marek Dovan said the road to Kessa was shut."


def reports() -> list[Report]:
    """Two reports, the first with two figures that cannot both hold."""
    return [
        report_of(HERALD, name="r-herald"),
        report_of(POST, outlet="Border Post", name="r-post", published="2024-03-06"),
    ]


class Desk:
    """A ledger of some reports, and a person who judges its rows."""

    def __init__(self, folder: Path, pile: list[Report]) -> None:
        self.path, self.pile = folder / "ledger.db", pile
        self.log = Log(beside(self.path))
        self.build()

    def build(self) -> Findings:
        """Builds the ledger under the decisions of the log."""
        self.found = build(self.pile, decisions=self.log.acts())
        publish(self.path, self.found)
        return self.found

    def decide(
        self, row: str, act: str, field: str | None = None, new: str | None = None, who: str = "ana"
    ) -> Findings:
        """Decides on a row, and builds."""
        with Ledger(self.path) as opened:
            self.log.write(drafts(opened, Wanted(who, act, row, field, new), self.log.acts()))
        return self.build()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk with the two reports."""
    return Desk(tmp_path, reports())


def figure(found: Findings, text: str) -> str:
    """The id of the figure that reads so."""
    return next(q.quantity_id for s in found.sheets for q in s.quantities if q.text.startswith(text))


def said(found: Findings, part: str) -> str:
    """The id of the statement that holds these words."""
    return next(x.statement_id for s in found.sheets for x in s.statements if part in x.text)


def statement(found: Findings, row: str) -> object:
    """A statement by its id."""
    return next(x for s in found.sheets for x in s.statements if x.statement_id == row)


def test_a_rejected_figure_is_gone_before_anything_is_compared(desk: Desk) -> None:
    assert [m.verdict for m in desk.found.matters if m.kind == "figure"] == ["contested"]
    before = desk.path.read_bytes()
    found = desk.decide(figure(desk.found, "1,500"), "reject")
    assert not [m for m in found.matters if m.kind == "figure"]
    assert not [q for s in found.sheets for q in s.quantities if q.text.startswith("1,500")]
    assert [(d.act, d.who, d.found) for d in found.decisions] == [("reject", "ana", "id")]
    assert "decisions" in json.loads(found.run.settings)
    desk.log.undo("ana")
    desk.build()
    assert desk.path.read_bytes() == before  # what is undone leaves no trace


def test_a_rejected_statement_lets_go_of_what_it_held(desk: Desk) -> None:
    row = said(desk.found, "4,000")
    found = desk.decide(row, "reject")
    assert all(q.statement_id != row for s in found.sheets for q in s.quantities)
    assert all(e.statement_id != row for s in found.sheets for e in s.events)
    assert figure(found, "4,000")


def test_a_corrected_speaker_is_whom_the_claim_rests_on(desk: Desk) -> None:
    row = said(desk.found, "4,000")
    found = desk.decide(row, "correct", "speaker", "Ilyan Sorrel")
    now = statement(found, row)
    assert (now.speaker, now.chain[-1].name, now.confidence) == ("Ilyan Sorrel", "Ilyan Sorrel", 1.0)
    assert now.why.endswith("speaker corrected by ana")
    assert now.speaker_entity is not None
    assert {m.verdict for m in found.matters if m.kind == "figure"} <= {"changed", "compatible"}
    assert found.decisions[0].old == "Pavle Irsa"


def test_a_corrected_span_quotes_its_source(desk: Desk) -> None:
    row = said(desk.found, "4,000")
    at = HERALD.index("4,000 fighters")
    found = desk.decide(row, "correct", "span", f"{at}-{at + 14}")
    assert statement(found, row).text == "4,000 fighters"
    at = HERALD.index("4,000")
    found = desk.decide(figure(found, "4,000"), "correct", "span", f"{at}-{at + 14}")
    with Ledger(desk.path) as opened:
        assert list(faults(opened)) == []
        assert any(q["text"] == "4,000 fighters" for q in opened.rows("quantities"))
    with pytest.raises(BadDecision, match="no stretch"):
        desk.decide(row, "correct", "span", "10-9000")


def test_figure_date_place_and_chain_are_corrected(desk: Desk) -> None:
    row = figure(desk.found, "4,000")
    desk.decide(row, "correct", "figure", "1400-1500")
    desk.decide(row, "correct", "date", "2024-03-04")
    found = desk.decide(row, "correct", "place", "kenya")
    now = next(q for s in found.sheets for q in s.quantities if q.quantity_id == row)
    assert (now.low, now.high, now.exact, now.as_of_from) == (1400, 1500, False, "2024-03-04")
    assert not [m for m in found.matters if m.verdict == "contested"]
    row = said(found, "rebuild")
    found = desk.decide(row, "correct", "chain", "Oskaran Herald > Border Post > Pavle Irsa")
    links = statement(found, row).chain
    assert [(k.role, k.name) for k in links] == [
        ("outlet", "Oskaran Herald"),
        ("relay", "Border Post"),
        ("speaker", "Pavle Irsa"),
    ]
    found = desk.decide(row, "correct", "speaker", "unknown")
    assert statement(found, row).speaker is None


def test_a_day_and_a_place_that_the_report_names_are_corrected_by_themselves(desk: Desk) -> None:
    place = next(q.place_id for s in desk.found.sheets for q in s.quantities) or ""
    for new, says in (("95, 12", "no point"), ("12, 181", "no point")):
        with pytest.raises(BadDecision, match=says):
            desk.decide(place, "correct", "place", new)

    def now(found: Findings) -> Place:
        return next(p for s in found.sheets for p in s.places if p.place_id == place)

    row = now(desk.decide(place, "correct", "place", " -1.29,36.8 "))
    assert (row.lat, row.lon, row.precision, row.geoname_id, row.country) == (-1.29, 36.8, "point", None, None)
    assert row.name == row.text and row.how.endswith("place corrected by ana") and row.confidence == 1.0
    row = now(desk.decide(place, "correct", "place", "Nairobi (184745)"))
    assert (row.name, row.geoname_id, row.country) == ("Nairobi", 184745, "KE")
    found = desk.decide(place, "correct", "place", "Nowhere At All")
    assert "the gazetteer knows no place" in next(d.why for d in found.decisions)
    row = now(desk.decide(place, "correct", "place", "unknown"))
    assert (row.lat, row.radius_km, row.exact) == (None, None, False)
    assert next(q.place_id for s in found.sheets for q in s.quantities) == place  # who stood there still does


def test_an_accepted_row_is_sure_and_says_whose_word_that_is(desk: Desk) -> None:
    row = said(desk.found, "rebuild")
    found = desk.decide(row, "accept")
    assert statement(found, row).confidence == 1.0
    assert statement(found, row).why.endswith("; accepted by ana")
    desk.decide(row, "reject", who="ben")
    found = desk.decide(row, "accept")
    assert [(d.who, d.act, d.disputed) for d in found.decisions] == [("ana", "accept", True)]


def test_names_are_joined_and_kept_apart(tmp_path: Path) -> None:
    one = "Colonel Pavle Irsa said the road was open. Colonel Pavle Irsa spoke in Kessa."
    desk = Desk(tmp_path, [report_of(one, name="r-1"), report_of("Marek Dovan said the road was shut.", name="r-2")])
    ids = {e.name: e.entity_id for e in desk.found.entities}
    found = desk.decide(ids["Marek Dovan"], "merge", new=ids["Pavle Irsa"])
    joined = next(e for e in found.entities if "Marek Dovan" in (e.name, *e.aliases))
    assert {"Pavle Irsa", "Marek Dovan"} == {joined.name, *joined.aliases}
    assert (found.decisions[0].old, found.decisions[0].new, found.decisions[0].found) == (
        "Marek Dovan",
        "Pavle Irsa",
        "names",
    )
    found = desk.decide(joined.entity_id, "split", new=next(iter({"Pavle Irsa", "Marek Dovan"} - {joined.name})))
    assert {"Pavle Irsa", "Marek Dovan"} <= {e.name for e in found.entities}
    assert [d.act for d in found.decisions] == ["split"]  # the last word on a pair stands


def test_a_claim_leaves_a_matter_and_joins_another(desk: Desk) -> None:
    row, other = figure(desk.found, "1,500"), figure(desk.found, "4,000")
    matter = next(m.matter_id for m in desk.found.matters if m.kind == "figure")
    found = desk.decide(row, "move", new="none")
    assert not [m for m in found.matters if m.kind == "figure"]
    assert figure(found, "1,500") == row  # it is still told, only not compared
    found = desk.decide(row, "move", new=other)
    assert [m.matter_id for m in found.matters if m.kind == "figure"] == [matter]
    assert [d.act for d in found.decisions] == ["move"]
    found = desk.decide(matter, "reject")
    assert not [m for m in found.matters if m.kind == "figure"]


def test_decisions_survive_reports_that_come_later_and_a_rebuild_of_the_same(desk: Desk) -> None:
    row = said(desk.found, "4,000")
    desk.decide(row, "correct", "speaker", "Ilyan Sorrel")
    first = desk.path.read_bytes()
    desk.build()
    assert desk.path.read_bytes() == first
    desk.pile.append(report_of("Marek Dovan said the road was shut.", name="r-3"))
    assert statement(desk.build(), row).speaker == "Ilyan Sorrel"


def test_a_row_whose_words_have_shifted_is_found_again(desk: Desk) -> None:
    row = said(desk.found, "rebuild")
    desk.decide(row, "correct", "speaker", "Ilyan Sorrel")
    at = HERALD.index("rebuild the bridge")
    desk.decide(row, "correct", "span", f"{at}-{at + 18}")
    shifted = replace(desk.pile[0], text="A line that a new reader of pages lets stand.\n\n" + HERALD)
    desk.pile[0] = shifted
    found = desk.build()
    now = next(x for s in found.sheets for x in s.statements if x.text == "rebuild the bridge")
    assert (now.statement_id != row, now.speaker) == (True, "Ilyan Sorrel")
    assert {(d.found, d.row_then, d.row_id) for d in found.decisions} == {("anchor", row, now.statement_id)}
    with Ledger(desk.path) as opened:
        assert list(faults(opened)) == []


def test_a_report_received_anew_keeps_its_decisions(desk: Desk) -> None:
    row = said(desk.found, "rebuild")
    desk.decide(row, "reject")
    desk.pile[0] = replace(desk.pile[0], report_id="r-other-bytes")
    found = desk.build()
    assert [d.found for d in found.decisions] == ["anchor"]
    assert not any("rebuild" in x.text for s in found.sheets for x in s.statements)


def test_orphans_are_listed_with_their_reason(desk: Desk) -> None:
    desk.decide(said(desk.found, "rebuild"), "reject")
    desk.decide(figure(desk.found, "4,000"), "accept")
    desk.pile = desk.pile[1:]
    found = desk.build()
    assert [(d.found, d.row_id) for d in found.decisions] == [("orphan", None)] * 2
    assert {d.why for d in found.decisions} == {"no report holds its words any more"}
    desk.pile = reports()
    assert {d.found for d in desk.build().decisions} == {"id"}  # nothing was lost in between


def test_what_cannot_be_followed_says_so_and_changes_nothing(desk: Desk) -> None:
    row = figure(desk.found, "4,000")
    draft = Judgement(
        seq=1, who="ana", act="correct", row_table="quantities", row_id=row, field="place", new="Nowhere",
        anchor=anchor("r-herald", HERALD, 0, 5),
    )  # fmt: skip
    found = build(desk.pile, decisions=[identified(draft)])
    assert [(d.found, d.why) for d in found.decisions] == [("orphan", "the report names no place 'Nowhere'")]
    assert found.sheets == desk.found.sheets


def test_wrong_use_is_told_at_once(desk: Desk) -> None:
    row = said(desk.found, "rebuild")
    matter = next(m.matter_id for m in desk.found.matters)
    for wanted, says in (
        (("merge", None, None), "cannot merge"),
        (("correct", "speaker", None), "needs a field and a value"),
        (("correct", "figure", "9"), "no field 'figure'"),
        (("correct", "date", "Tuesday"), "no day"),
        (("correct", "polarity", "maybe"), "none of affirmed, denied"),
        (("correct", "chain", "Pavle Irsa"), "no chain"),
        (("move", None, "x-none"), "no row"),
        (("move", None, matter), "can stand in matters of kind"),
        (("move", None, "none"), "only a claim that is in a matter"),
    ):
        with pytest.raises(BadDecision, match=says):
            desk.decide(row, *wanted)
    with pytest.raises(UnknownRow):
        desk.decide("s-none", "accept")
    assert desk.log.acts() == ()


def test_a_move_that_points_at_nothing_leaves_the_groups_alone() -> None:
    assert moved([], [Move("q-1", "figure", "q-2")], [], []) == []


def test_a_quote_is_found_with_its_context_before_its_place() -> None:
    text = "He left. He came. He left again."
    assert find(text, 0, "He left", suffix=" again") == (18, 25)
    assert find(text, 17, "He left") == (18, 25)
    assert find(text, 0, "She") is None


def test_the_order_of_the_log_does_not_matter(desk: Desk) -> None:
    with Ledger(desk.path) as opened:
        for row, act in ((figure(desk.found, "4,000"), "reject"), (said(desk.found, "rebuild"), "accept")):
            desk.log.write(drafts(opened, Wanted("ana", act, row)))
            desk.log.write(drafts(opened, Wanted("ben", "unsure", row)))
    acts = desk.log.acts()
    assert build(desk.pile, decisions=acts) == build(desk.pile[::-1], decisions=acts[::-1])


def test_every_row_of_the_example_can_be_accepted(findings: Findings, ledger: Path) -> None:
    with Ledger(ledger) as opened:
        made = [
            identified(replace(d, seq=k))
            for k, row in enumerate(
                [r["statement_id"] for r in opened.rows("statements")]
                + [r["event_id"] for r in opened.rows("events")]
                + [r["place_id"] for r in opened.rows("places")]
            )
            for d in drafts(opened, Wanted("ana", "accept", row))
        ]
    found = build(read([str(EXAMPLES)]).reports, decisions=made)
    assert {d.found for d in found.decisions} == {"id"}
    assert all(x.confidence == 1.0 for s in found.sheets for x in (*s.statements, *s.events, *s.places))
    assert {m.matter_id: m.verdict for m in found.matters} == {m.matter_id: m.verdict for m in findings.matters}
