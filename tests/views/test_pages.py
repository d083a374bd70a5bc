"""What the screens show: copies folded, origins counted, clocks kept apart, hits marked, long lists told in full."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from onrecord.ledger.store import Ledger, publish
from onrecord.pipeline import build
from onrecord.views.pages import BY_NAME, atlas, clocks, find, lineage, matters, overview, people, reader, story
from onrecord.views.pages.asked import Asked, file_of, live, static
from onrecord.views.pages.shelf import Row, Shelf
from onrecord.views.pages.tree import drawn
from onrecord.views.report import write
from tests.conftest import report_of


@pytest.fixture
def shelf(ledger: Path) -> Iterator[Shelf]:
    """The example ledger, open."""
    with Ledger(ledger) as opened:
        yield Shelf(opened)


def asked(row: str | None = None, **pairs: str) -> Asked:
    """What an address asks."""
    return Asked(row=row, pairs=tuple(pairs.items()))


def contested(shelf: Shelf) -> Row:
    """The page of the fighters in Kessa: two origins, one printed three times."""
    found = shelf.all("select matter_id from matters where question like 'How many fighters%'")[0]
    page = matters.page(shelf, asked(found["matter_id"]))
    assert page is not None
    return page


def test_the_overview_sets_outlets_reports_and_origins_side_by_side(shelf: Shelf) -> None:
    page = overview.page(shelf, asked())
    assert page["tally"]["reports"] == 10 and page["tally"]["outlets"] == 7
    assert 0 < page["tally"]["origins"] < page["tally"]["statements"]
    assert page["groups"][0]["verdict"] == "contested"
    relayed = sum(any(link["role"] == "relay" for link in s["chain"]) for s in shelf.ledger.rows("statements"))
    assert page["tally"]["relayed"] == relayed > 0


def test_skipped_inputs_are_told_by_reason(tmp_path: Path) -> None:
    from onrecord.reports import read

    (tmp_path / "a.txt").write_text("")
    (tmp_path / "b.txt").write_text("")
    given = read([str(tmp_path)])
    publish(tmp_path / "l.db", build(given.reports, skipped=given.skipped))
    with Ledger(tmp_path / "l.db") as opened:
        page = overview.page(Shelf(opened), asked())
    assert page["skipped"]["total"] == 2 and page["skipped"]["reasons"][0]["inputs"] == 2


def test_copies_are_folded_under_the_origin_that_they_copy(shelf: Shelf) -> None:
    page = contested(shelf)
    first = page["origins"][0]
    assert [o["name"] for o in page["origins"]] == ["Pavle Irsa", "Ilian Sorrel"]
    assert (first["copies"], len(first["claims"]), first["more"]) == (2, 3, 0)
    cells = [[bool(c) for c in row["cells"]] for row in page["matrix"]["rows"]]
    assert cells == [[True, False], [False, True]]
    assert page["matrix"]["rows"][0]["cells"][0]["copies"] == 2


def test_one_answer_of_one_origin_makes_no_matrix(shelf: Shelf) -> None:
    single = shelf.all("select matter_id from matters where verdict = 'single-origin' and question like '%climb%'")[0]
    page = matters.page(shelf, asked(single["matter_id"]))
    assert page is not None and page["matrix"] is None


def test_every_piece_of_a_claim_quotes_its_report(shelf: Shelf) -> None:
    for origin in contested(shelf)["origins"]:
        for claim in origin["claims"]:
            text = shelf.report(claim["report"]["report_id"])["text"]
            assert "".join(t for t, mark in claim["pieces"] if mark) == "".join(text[a:b] for a, b in claim["spans"])


PAIR: Row = {"characters": 200, "to_characters": 200, "quoted": 0.0, "known": 1, "parent": None}


def pair(one: str, two: str, **facts: Any) -> Row:
    """Shared wording of two reports."""
    return {**PAIR, "from_report": one, "to_report": two, **facts}


@pytest.mark.parametrize(
    ("pairs", "roots"),
    [
        ([pair("a", "b"), pair("b", "c")], ["a"]),
        ([pair("a", "c"), pair("b", "c")], ["a", "b"]),  # put together from two
        ([pair("a", "b", known=0)], ["a"]),  # one of them copied, whichever
        ([pair("a", "b", quoted=0.95, known=0), pair("b", "c")], ["a", "b"]),  # a shared quotation is no copying
        ([pair("a", "b", known=0, parent="Northern Wire")], [lineage.AGENCY + "Northern Wire"]),
    ],
)
def test_origins_of_a_family_are_those_that_copy_nobody(pairs: list[Row], roots: list[str]) -> None:
    order = sorted({r for p in pairs for r in (p["from_report"], p["to_report"])})
    assert lineage._roots(order, pairs) == roots


def test_the_picture_hangs_each_report_on_what_it_copies_most_and_shows_agencies() -> None:
    pairs = [
        pair("a", "b", characters=900),
        pair("b", "c", characters=500),
        pair("a", "c"),
        pair("x", "y", known=0, parent="Northern Wire"),
    ]
    picture = drawn(["a", "b", "c", "x", "y"], ["Northern Wire"], pairs, lineage.QUOTED)
    depth = {n.name: n.depth for n in picture.nodes}
    assert depth == {"Northern Wire": 0, "a": 0, "b": 1, "c": 2, "x": 1, "y": 2}
    assert [e.style for e in picture.edges].count("parent") == 2
    places = [(n.x, n.y) for n in picture.nodes]
    assert len(set(places)) == len(places)
    assert all(
        0 <= n.x <= picture.width - picture.box and 0 <= n.y <= picture.height - picture.high for n in picture.nodes
    )


def test_a_ring_of_copies_still_makes_a_tree() -> None:
    picture = drawn(["a", "b", "c"], [], [pair("a", "b"), pair("b", "c"), pair("c", "a")], lineage.QUOTED)
    assert sorted(n.name for n in picture.nodes) == ["a", "b", "c"]


def test_edges_of_the_example_carry_their_evidence(shelf: Shelf) -> None:
    family = lineage.page(shelf, asked())["families"][0]
    assert (len(family["reports"]), family["origins"], family["roots"]) == (3, 1, ["Oskaran Herald"])
    evidence = {f"p-{p['from']['report_id']}-{p['to']['report_id']}" for p in family["pairs"]}
    assert {line["pair"] for line in family["tree"] if line["pair"]} <= evidence
    for one in family["pairs"]:
        for run in one["runs"]:
            assert run["left"].lower().split()[0] == run["right"].lower().split()[0]


def event(**facts: Any) -> Row:
    """An event as the story gets it."""
    return {
        "date_from": "2024-03-01", "date_to": "2024-03-01", "realis": "actual", "assertion": "reported as fact",
        "report": {"published": "2024-03-05"}, **facts,
    }  # fmt: skip


def test_the_two_clocks_are_kept_apart_and_long_ago_does_not_squeeze_the_axis() -> None:
    rows = [event(), event(date_from="1975-01-01", date_to="1975-12-31"), event(date_from=None, date_to=None)]
    made = clocks.clocks(rows)
    assert made is not None
    day, old, undated = made.lines
    assert day.x is not None and day.reported is not None and day.x < day.reported
    assert old.before and old.x == 0.0 and not day.before
    assert undated.x is None and undated.reported == day.reported
    assert all("1975" not in label for _, label in made.ticks)


@pytest.mark.parametrize(
    ("facts", "style"),
    [
        ({}, "asserted"),
        ({"assertion": "claimed"}, "attributed"),
        ({"realis": "denied"}, "denied"),
        ({"realis": "threatened"}, "open"),
        ({"realis": "planned", "assertion": "claimed"}, "open"),
    ],
)
def test_a_bar_is_solid_only_where_the_report_says_so_itself(facts: dict[str, str], style: str) -> None:
    assert clocks.style(event(**facts)) == style


def test_a_story_says_nothing_where_no_clock_does() -> None:
    assert clocks.clocks([]) is None
    assert clocks.clocks([event(date_from=None, date_to=None, report={"published": None})]) is None


def test_the_story_of_the_example_holds_every_event_in_order_of_time(shelf: Shelf) -> None:
    rows = []
    for leaf in range(1, 10):
        page = story.page(shelf, asked(page=str(leaf)))
        rows += page["rows"] if leaf <= page["leaf"]["leaves"] else []
    assert len(rows) == page["leaf"]["total"] == shelf.count("select count(*) from events")
    days = [e["date_from"] or e["date_to"] or e["report"]["published"] or "9999" for e in rows]
    assert days == sorted(days)


def test_a_person_has_what_they_said_what_is_said_of_them_and_where_they_turned(shelf: Shelf) -> None:
    sorrel = shelf.all("select entity_id from entities where name = 'Ilian Sorrel'")[0]["entity_id"]
    page = people.page(shelf, asked(sorrel))
    assert page is not None
    said = next(p for p in page["parts"] if p["part"] == "said")
    assert said["total"] == len(said["rows"]) > 3
    days = [s["said_from"] or s["report"]["published"] for s in said["rows"]]
    assert days == sorted(days)
    assert [t["matter"]["verdict"] for t in page["turned"]] == ["changed"]
    assert len(page["turned"][0]["claims"]) == 2


def test_said_about_somebody_is_what_others_say_with_the_name_in_it(shelf: Shelf) -> None:
    dovan = shelf.all("select entity_id from entities where name = 'Tomas Dovan'")[0]["entity_id"]
    page = people.page(shelf, asked(dovan))
    assert page is not None
    about = next(p for p in page["parts"] if p["part"] == "about")
    assert about["total"] and all(s["speaker_entity"] != dovan and "Dovan" in s["text"] for s in about["rows"])


def test_a_report_marks_all_that_was_found_and_pieces_make_up_its_text(shelf: Shelf) -> None:
    for report in shelf.all("select report_id, text from reports"):
        page = reader.page(shelf, asked(report["report_id"]))
        assert page is not None
        for block in page["blocks"]:
            assert "".join(p.text for p in block["pieces"]) == report["text"][block["start"] : block["end"]]
        anchors = [a for b in page["blocks"] for p in b["pieces"] for a in p.anchors]
        rows = sum(shelf.count(f"select count(*) from {t} where report_id = ?", report["report_id"]) for t in ("statements", "quantities", "events"))  # fmt: skip
        assert len(anchors) == len(set(anchors)) <= rows


def test_a_copied_stretch_says_where_it_was_first_seen(shelf: Shelf) -> None:
    later = shelf.all("select to_report from reuse where direction = 'from-to' order by characters desc")[0]
    page = reader.page(shelf, asked(later["to_report"]))
    assert page is not None
    notes = {p.note for b in page["blocks"] for p in b["pieces"] if "copied" in p.classes.split()}
    assert any("first seen in Oskaran Herald, 2024-03-05" in (n or "") for n in notes)


def test_a_span_marks_exactly_its_characters_also_after_an_emoji(tmp_path: Path) -> None:
    text = "📢 Notice.\n\nHanne Lund said 9,000 people crossed the bridge."
    publish(tmp_path / "l.db", build([report_of(text)], reading="none"))
    start = text.index("9,000")
    with Ledger(tmp_path / "l.db") as opened:
        report_id = next(opened.rows("reports"))["report_id"]
        page = reader.page(Shelf(opened), asked(report_id, span=f"{start}-{start + 5}"))
    assert page is not None
    assert "".join(p.text for b in page["blocks"] for p in b["pieces"] if "asked" in p.classes.split()) == "9,000"


def test_a_search_finds_every_hit_and_marks_its_words(shelf: Shelf) -> None:
    page = find.page(shelf, asked(q="fighters"))
    holding = sum("fighters" in r["text"].lower() for r in shelf.ledger.rows("reports"))
    assert page["totals"]["reports"] == len(page["rows"]) == holding
    assert all(t.lower() == "fighters" for row in page["rows"] for t, mark in row["pieces"] if mark)
    assert find.page(shelf, asked(q='"OR'))["totals"]["reports"] == 0


def test_a_forged_mark_in_a_report_marks_nothing(tmp_path: Path) -> None:
    publish(
        tmp_path / "l.db", build([report_of("The bridge \ue000fell\ue001 on Monday, Hanne Lund said.")], reading="none")
    )
    with Ledger(tmp_path / "l.db") as opened:
        page = find.page(Shelf(opened), asked(q="bridge"))
    assert [t for row in page["rows"] for t, mark in row["pieces"] if mark] == ["bridge"]


def test_places_are_gathered_with_every_spelling_and_report(tmp_path: Path) -> None:
    text = "Afghanistan closed its border. Afghan troops left Kabul."
    publish(tmp_path / "l.db", build([report_of(text), report_of(text + " Again.", name="r-1")], reading="none"))
    with Ledger(tmp_path / "l.db") as opened:
        page = atlas.page(Shelf(opened), asked())
    country = next(p for p in page["rows"] if p["precision"] == "country")
    assert (
        country["times"] == 4 and set(country["written"]) == {"Afghan", "Afghanistan"} and len(country["reports"]) == 2
    )


def test_long_lists_are_told_in_full_and_files_hold_every_leaf(
    ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import onrecord.views.pages.shelf as shelves

    monkeypatch.setattr(shelves.leaf_of, "__defaults__", (4,))
    site = write(ledger, tmp_path / "site").parent
    leaves = sorted(p.name for p in site.glob("reports*.html"))
    assert leaves == ["reports-2.html", "reports-3.html", "reports.html"]
    assert "1 to 4 of 10" in (site / "reports.html").read_text("utf-8")
    assert 'rel="next" href="reports-3.html"' in (site / "reports-2.html").read_text("utf-8")


def test_addresses_lead_to_the_same_page_in_files_and_on_the_server() -> None:
    assert live("person", "e 1/2") == "/who/e%201%2F2"
    assert static("who/e-1.html")("matter", "x-1", "c-2") == "../matter/x-1.html#c-2"
    assert static("lineage.html")("report", "r-1", query=[("span", "3-9")]) == "report/r-1.html#span=3-9"
    assert all(file_of(name, "x").endswith(".html") for name in BY_NAME)


def steps(ledger: Path, name: str, asked: Asked) -> int:
    """How many steps of its machine SQLite takes for a page, in hundreds."""
    taken = 0

    def step() -> int:
        nonlocal taken
        taken += 1
        return 0

    with Ledger(ledger) as opened:
        opened.db.set_progress_handler(step, 100)
        assert BY_NAME[name].data(Shelf(opened), asked)
    return taken


def test_pages_of_one_row_cost_no_more_in_a_larger_ledger(tmp_path: Path) -> None:
    from bench.pages_speed import pile

    cost: dict[str, list[int]] = {"report": [], "matter": []}
    for claims in (800, 6400):
        path = tmp_path / f"{claims}.db"
        publish(path, pile(claims))
        with Ledger(path) as opened:
            matter = opened.db.execute(
                "select matter_id from matters where reports = 3 and kind = 'figure'"
            ).fetchone()[0]
        cost["report"].append(steps(path, "report", asked("r-000003")))
        cost["matter"].append(steps(path, "matter", asked(matter)))
    for name, (small, large) in cost.items():
        assert large <= 2 * small + 5, (name, small, large)
