"""The review queue: by key and by button, in bulk and back, in a browser with no network beyond this machine."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from onrecord.ledger.decisions.drafts import Wanted, drafts
from onrecord.ledger.decisions.log import Log, beside
from onrecord.ledger.decisions.queue import queue
from onrecord.ledger.decisions.replay import live
from onrecord.ledger.store import Ledger, publish
from onrecord.pipeline import build
from onrecord.views.web import app
from onrecord.views.web.ask import Answer, ask
from tests.conftest import report_of
from tests.views.test_browser import SPILT

CHROMIUM = Path("/usr/bin/chromium")
browser = pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's Chromium is not installed: apt install chromium")


def pile() -> list[Any]:
    """Fifty statements about the bridge, and a few about a road."""
    bridge = "\n\n".join(f"Pavle Irsa said the bridge at post {chr(65 + k % 26)}{k} was open." for k in range(50))
    road = "\n\n".join(f"Hanne Lund said the road to Varro was shut on day {k}." for k in range(8))
    return [report_of(bridge, name="r-1"), report_of(road, name="r-2", outlet="Border Post")]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A ledger of that pile."""
    publish(tmp_path / "ledger.db", build(pile()))
    return tmp_path / "ledger.db"


@contextmanager
def served(ledger: Path, *options: str) -> Iterator[str]:
    """The server in a process of its own; its address."""
    command = [sys.executable, "-m", "onrecord", "serve", str(ledger), "--port", "0", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield process.stdout.readline().split()[2].rstrip("/")
    finally:
        process.terminate()
        process.wait(20)


@contextmanager
def page_of(address: str) -> Iterator[Any]:
    """A browser page that notes every trouble; only this machine may be asked."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=str(CHROMIUM))
        page = chromium.new_context(viewport={"width": 1280, "height": 900}).new_page()
        troubles: list[str] = []
        page.on("request", lambda r: None if r.url.startswith((address, "data:")) else troubles.append(r.url))
        page.on("console", lambda m: troubles.append(m.text))
        page.on("pageerror", lambda e: troubles.append(str(e)))
        yield page
        assert troubles == []
        chromium.close()


def eventually(check: Any) -> None:
    """Waits for what happens in the background."""
    until = time.monotonic() + 20
    while not check() and time.monotonic() < until:
        time.sleep(0.05)
    assert check()


@browser
def test_twenty_rows_by_key_and_the_focus_is_on_the_next(desk: Path) -> None:
    log = Log(beside(desk))
    with served(desk, "--who", "ana") as address, page_of(address) as page:
        page.goto(f"{address}/review?table=statements")
        shown = page.locator(".judge").evaluate_all("all => all.map(e => e.dataset.row)")
        for _ in range(20):
            page.keyboard.press("a")
        assert page.evaluate("document.activeElement.dataset.row") == shown[20]
        assert page.locator(".judge.done").count() == 20
        assert page.locator("#decided").inner_text() == "20"
        eventually(lambda: log.length() == 20)
        assert [(a.row_id, a.act, a.who) for a in log.acts()] == [(row, "accept", "ana") for row in shown[:20]]
        page.keyboard.press("r")
        for _ in range(2):
            page.keyboard.press("u")
        eventually(lambda: log.length() == 23)
        assert {a.row_id for a in live(log.acts())} == set(shown[:19])
        page.wait_for_function("row => document.activeElement.dataset.row === row", arg=shown[19])
        for _ in range(6):  # the end of the leaf: the next one comes by itself
            page.keyboard.press("a")
        page.wait_for_function("first => !document.querySelector(`[data-row='${first}']`)", arg=shown[0])
        assert page.locator(".judge").count() == 25
        assert page.locator("#decided").inner_text() == "25"


@browser
def test_fifty_in_bulk_stop_start_undo_and_all_are_open_again(desk: Path) -> None:
    log = Log(beside(desk))
    query = urlencode({"table": "statements", "q": "bridge"})
    with served(desk, "--who", "ana") as address, page_of(address) as page:
        page.goto(f"{address}/review?{query}")
        page.get_by_text("All 50 rows of this filter").click()
        page.get_by_role("button", name="Accept 50 rows").click()
        page.wait_for_selector(".empty")
        assert page.locator(".judge").count() == 0
        assert page.locator("#decided").inner_text() == "50"
    assert len(live(log.acts())) == 50
    assert len({a.batch for a in log.acts()}) == 1
    with served(desk, "--who", "ana") as address, page_of(address) as page:
        page.goto(f"{address}/review?{query}")
        page.keyboard.press("u")
        page.wait_for_selector(".judge")
        assert page.locator(".judge").count() == 25
        assert page.locator("#decided").inner_text() == "0"
        assert "50 rows" in page.locator(".bulk summary").inner_text()
    left = {p.name for p in desk.parent.iterdir() if p.name.startswith("ledger.decisions")}
    assert left == {"ledger.decisions.db"}  # a stopped server leaves the log and nothing beside it
    assert live(log.acts()) == ()
    assert len(log.acts()) == 100  # fifty acts and fifty undos: the log holds every one


@browser
def test_a_span_is_corrected_by_marking_it(ledger: Path, tmp_path: Path) -> None:
    copy = tmp_path / "ledger.db"
    copy.write_bytes(ledger.read_bytes())
    log = Log(beside(copy))
    with served(copy, "--who", "ana") as address, page_of(address) as page:
        page.goto(f"{address}/review?table=statements")
        page.keyboard.press("e")
        assert page.evaluate("document.activeElement.name") == "field"
        page.evaluate(
            """() => { const mark = document.querySelector('.judge .context mark').firstChild, range = document.createRange();
            range.setStart(mark, 2); range.setEnd(mark, 10); getSelection().removeAllRanges(); getSelection().addRange(range); }"""
        )
        page.wait_for_function("document.querySelector('details.edit[open] [name=field]').value === 'span'")
        page.locator("details.edit[open] button").click()
        eventually(lambda: log.length() == 1)
        (act,) = log.acts()
        assert (act.act, act.field) == ("correct", "span")
        start, end, quote = json.loads(act.new or "")[0]
        assert end - start == 8
        with Ledger(copy) as opened:
            assert act.anchor is not None
            text = next(opened.rows("reports", "report_id = ?", (act.anchor.report_id,)))["text"]
        assert text[start:end] == quote
        page.keyboard.press("?")
        assert page.locator("dialog[open]").count() == 1
        page.keyboard.press("Escape")
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.id") == "sift"


NAMES = (
    ("Oskaran Herald", "The mayor of Tarn, Ilyan Petru Sorrel, said the bridge at Kessa was open."),
    ("Border Post", "Ilyan Sorrel said the bridge at Kessa was shut. Hanne Lund said the road was open."),
    ("Varro Dispatch", "The Kessa Relief Front, formerly called the Tarn Aid League, said it had forty trucks."),
    ("Border Post", "The Tarn Aid League said the road was shut. Ilyan Sorrel thanked the Tarn Aid League."),
)


@browser
def test_names_are_merged_and_kept_apart_by_key_with_what_they_said_side_by_side(tmp_path: Path) -> None:
    pile = [report_of(text, outlet, name=f"r-{k}") for k, (outlet, text) in enumerate(NAMES)]
    path = tmp_path / "ledger.db"
    log = Log(beside(path))
    publish(path, build(pile))
    with served(path, "--who", "ana") as address, page_of(address) as page:
        page.goto(f"{address}/review?table=doubts&state=all")
        assert page.locator(".judge").count() == 2
        pairs = page.locator(".judge").evaluate_all(
            "all => all.map(e => [...e.querySelectorAll('h3')].map(h => h.innerText))"
        )
        assert sorted(map(sorted, pairs)) == [
            ["Ilyan Petru Sorrel", "Ilyan Sorrel"],
            ["Kessa Relief Front", "Tarn Aid League"],
        ]
        person = next(k for k, pair in enumerate(pairs) if "Ilyan Sorrel" in pair)
        sides = page.locator(".judge").nth(person).locator("section")
        assert all(sides.nth(k).locator("mark").first.inner_text() == pairs[person][k] for k in (0, 1))
        assert "the mayor of Tarn" in page.locator(".judge").nth(person).inner_text().replace("The", "the")
        for k in (0, 1):
            page.keyboard.press("m" if k == person else "s")
            page.locator(".judge").nth(k).locator(".verdict." + ("merge" if k == person else "split")).wait_for()
        page.wait_for_load_state("networkidle")
    assert {a.act: {a.old, a.new} for a in log.acts()} == {
        "merge": {"Ilyan Petru Sorrel", "Ilyan Sorrel"},
        "split": {"Kessa Relief Front", "Tarn Aid League"},
    }
    found = build(pile, decisions=log.acts())
    assert [{e.name, *e.aliases} for e in found.entities if "Sorrel" in e.name] == [
        {"Ilyan Petru Sorrel", "Ilyan Sorrel"}
    ]
    publish(path, found)
    assert rows(path, "doubts") == []
    with served(path, "--who", "ana") as address, page_of(address) as page:
        page.goto(f"{address}/review")
        for length in (3, 4):
            page.locator(".desk .undo button").click()
            eventually(lambda length=length: log.length() == length)
            page.wait_for_load_state("networkidle")
    publish(path, build(pile, decisions=log.acts()))
    assert len(rows(path, "doubts")) == 2


ROAD = (
    "Crews reached Herat on Monday. Pavle Irsa said 40 trucks were in Kunduz on Sunday.\n\n"
    "Two people were killed in Herat on Sunday, the roads office said."
)


@pytest.fixture
def road(tmp_path: Path) -> Path:
    """A ledger with days and places of the real world, whose names several places bear."""
    publish(tmp_path / "ledger.db", build([report_of(ROAD)]))
    return tmp_path / "ledger.db"


def one(ledger: Path, table: str, text: str) -> dict[str, Any]:
    """The first row of a table that holds these words."""
    with Ledger(ledger) as opened:
        return next(r for r in opened.rows(table) if text in r["text"])


@browser
def test_days_and_places_are_corrected_by_key_and_the_ledger_follows(road: Path) -> None:
    log = Log(beside(road))
    day, place, trucks = (
        one(road, *which) for which in (("times", "Monday"), ("places", "Kunduz"), ("quantities", "40"))
    )
    with served(road, "--who", "ana") as address, page_of(address) as page:
        page.goto(f"{address}/review?table=times&time_id={day['time_id']}")
        page.keyboard.press("d")
        page.keyboard.type("2024-03-01/2024-03-04")
        page.keyboard.press("Enter")
        page.wait_for_selector(".empty")  # the leaf is done: the next one comes
        page.goto(f"{address}/review?table=places&place_id={place['place_id']}")
        page.keyboard.press("w")
        page.locator(".candidates button").nth(2).wait_for()
        for _ in range(2):
            page.keyboard.press("ArrowDown")
        picked = page.evaluate("document.activeElement.firstChild.data").strip()
        page.keyboard.press("Enter")
        page.wait_for_selector(".empty")
        page.goto(f"{address}/review?table=quantities&quantity_id={trucks['quantity_id']}")
        page.keyboard.press("d")
        page.keyboard.type("2024-03-02")
        page.keyboard.press("Enter")
        page.wait_for_selector(".empty")
        page.goto(f"{address}/review?table=quantities&quantity_id={trucks['quantity_id']}&state=all")
        page.keyboard.press("w")
        page.keyboard.type("Her")
        page.keyboard.press("Enter")
        page.locator("details.place[open] button", has_text="Correct the place").first.click()
        eventually(lambda: log.length() == 4)
    told = [(a.act, a.row_table, a.row_id, a.field, a.new) for a in log.acts()]
    assert told == [
        ("correct", "times", day["time_id"], "date", "2024-03-01/2024-03-04"),
        ("correct", "places", place["place_id"], "place", picked),
        ("correct", "quantities", trucks["quantity_id"], "date", "2024-03-02"),
        ("correct", "quantities", trucks["quantity_id"], "place", "Herat"),
    ]
    publish(road, build([report_of(ROAD)], decisions=log.acts()))
    now = [one(road, *which) for which in (("times", "Monday"), ("places", "Kunduz"), ("quantities", "40"))]
    assert (now[0]["date_from"], now[0]["date_to"]) == ("2024-03-01", "2024-03-04")
    assert f"{now[1]['name']} ({now[1]['geoname_id']})" == picked and now[1]["geoname_id"] != place["geoname_id"]
    assert now[2]["as_of_from"] == "2024-03-02"
    assert now[2]["place_id"] in {p["place_id"] for p in (one(road, "places", "Herat"),)}
    with served(road, "--who", "ana") as address, page_of(address) as page:  # after a restart, all can be taken back
        for length, left in ((5, "3"), (6, "2"), (7, "1"), (8, "0")):  # rows: two corrections are of one figure
            page.goto(f"{address}/review?state=all")
            page.keyboard.press("u")
            eventually(lambda length=length: log.length() == length)
            page.wait_for_function("n => document.getElementById('decided')?.innerText === n", arg=left)
            page.wait_for_load_state("networkidle")
    assert live(log.acts()) == ()


@browser
def test_the_place_of_a_claim_is_said_beside_it_and_the_claim_stays_open(road: Path) -> None:
    log, trucks = Log(beside(road)), one(road, "quantities", "40")
    with served(road, "--who", "ana") as address, page_of(address) as page:
        page.goto(f"{address}/review?table=quantities&quantity_id={trucks['quantity_id']}")
        page.keyboard.press("w")
        page.locator(".lookup [name=new]").fill("36.7, 68.9")
        page.keyboard.press("Enter")
        page.wait_for_selector(".verdict.correct")
        assert page.locator(".judge.done").count() == 0
        page.keyboard.press("a")
        eventually(lambda: log.length() == 2)
    assert [(a.act, a.row_id, a.new) for a in log.acts()] == [
        ("correct", trucks["place_id"], "36.7, 68.9"),
        ("accept", trucks["quantity_id"], None),
    ]


@browser
@pytest.mark.parametrize(("scheme", "width"), [("light", 360), ("dark", 1280)])
def test_axe_finds_nothing_serious_in_the_queue(ledger: Path, tmp_path: Path, scheme: str, width: int) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    from playwright.sync_api import sync_playwright

    copy = tmp_path / "ledger.db"
    copy.write_bytes(ledger.read_bytes())
    with served(copy, "--who", "ana") as address, sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=str(CHROMIUM))
        page = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme).new_page()
        page.goto(f"{address}/review")
        for key in "are":
            page.keyboard.press(key)
        page.wait_for_selector(".judge.done .verdict.reject")
        found = axe.run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}).response["violations"]
        assert [v["id"] for v in found if v["impact"] in ("serious", "critical")] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        chromium.close()


@browser
@pytest.mark.parametrize(("scheme", "width"), [("light", 360), ("dark", 1280)])
def test_axe_finds_nothing_in_open_forms_and_nothing_is_cut(tmp_path: Path, scheme: str, width: int) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    from playwright.sync_api import sync_playwright

    pile = [report_of(text, outlet, name=f"r-{k}") for k, (outlet, text) in enumerate(NAMES)]
    publish(tmp_path / "ledger.db", build([*pile, report_of(ROAD, name="r-road")]))
    with served(tmp_path / "ledger.db", "--who", "ana") as address, sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=str(CHROMIUM))
        page = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme).new_page()
        for table, key, waited in (
            ("places", "w", ".candidates button"),
            ("times", "d", "details.day[open]"),
            ("quantities", "w", "details.place[open] select"),
            ("doubts", "j", ".sides"),
        ):
            page.goto(f"{address}/review?table={table}")
            page.keyboard.press(key)
            page.wait_for_selector(waited)
            assert axe.run(page).response["violations"] == [], table
            assert page.evaluate("document.documentElement.scrollWidth") <= width, table
            assert page.evaluate(SPILT) == [], table
        chromium.close()


@browser
def test_the_page_fits_a_phone_and_needs_no_script(desk: Path) -> None:
    from playwright.sync_api import sync_playwright

    with served(desk, "--who", "ana") as address, sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=str(CHROMIUM))
        page = chromium.new_context(viewport={"width": 360, "height": 800}, java_script_enabled=False).new_page()
        page.goto(f"{address}/review")
        first = page.locator(".judge").first.get_attribute("data-row")
        box = page.locator("main").bounding_box()
        assert box is not None and box["width"] <= 360
        page.locator(".judge").first.get_by_role("button", name="Reject").click()
        assert page.locator(".judge").first.get_attribute("data-row") != first
        page.locator(".desk .undo button").click()
        assert page.locator(".judge").first.get_attribute("data-row") == first
        chromium.close()
    assert [a.act for a in Log(beside(desk)).acts()] == ["reject", "undo"]


class Visitor:
    """Somebody who posts forms without a browser."""

    def __init__(self, ledger: Path, **options: Any) -> None:
        self.app = app(ledger, **options)

    def get(self, path: str) -> Answer:
        """A page."""
        return ask(self.app, path)

    def post(self, path: str, headers: dict[str, str] | None = None, **form: str) -> Answer:
        """A form, with the word of the server unless another one is given."""
        body = urlencode({"csrf": self.app.state.csrf, **form}).encode()
        return ask(self.app, path, method="POST", body=body, headers=headers)


def rows(ledger: Path, table: str = "statements") -> list[str]:
    """Ids in the order of the queue."""
    with Ledger(ledger) as opened:
        return [i.row_id for i in queue(opened) if i.table == table]


def test_forged_posts_change_nothing(desk: Path) -> None:
    row = rows(desk)[0]
    visitor = Visitor(desk, who="ana")
    assert visitor.post("/review", csrf="guessed", row=row, act="accept").status == 403
    assert visitor.post("/review", {"origin": "https://evil.example"}, row=row, act="accept").status == 403
    assert visitor.post("/review", {"sec-fetch-site": "cross-site"}, row=row, act="accept").status == 403
    assert visitor.post("/review", {"host": "evil.example"}, row=row, act="accept").status == 421
    assert Visitor(desk, who="ana", read_only=True).post("/review", row=row, act="accept").status == 403
    assert visitor.post("/review", row="s-none", act="accept").status == 400
    assert visitor.post("/review", row=row, act="undo").status == 400
    assert ask(visitor.app, f"/review?row={row}&act=accept").status == 400  # a link decides nothing
    assert Log(beside(desk)).acts() == ()


def test_a_page_for_reading_only_shows_no_acts(desk: Path) -> None:
    text = Visitor(desk, read_only=True).get("/review").text
    assert 'method="post"' not in text and "for reading only" in text


def test_a_name_of_several_places_is_no_decision_and_its_candidates_are_told(road: Path) -> None:
    visitor, place = Visitor(road, who="ana"), one(road, "places", "Kunduz")["place_id"]
    found = json.loads(visitor.get("/review/places.json?q=Kunduz").text)
    assert found["total"] == len(found["rows"]) > 1 and found["rows"][1]["label"].startswith(
        "town · Kunduz · Afghanistan"
    )
    assert json.loads(visitor.get("/review/places.json?q=").text)["rows"] == []
    for new, says in (
        ("Kunduz", "give the number of one: Kunduz (11"),
        ("Nowhere At All", "no place is called"),
        ("95, 7", "no point"),
    ):
        answer = visitor.post("/review", row=place, act="correct", field="place", new=new)
        assert answer.status == 400 and says in answer.text, new
    assert Log(beside(road)).acts() == ()
    for new in (found["rows"][1]["value"], str(found["rows"][1]["geoname_id"]), "36.7,68.9", "unknown"):
        assert visitor.post("/review", row=place, act="correct", field="place", new=new).status == 303
    (first, same, *_) = Log(beside(road)).acts()
    assert first.new == same.new == found["rows"][1]["value"]


def test_bulk_acts_on_what_was_counted_or_on_nothing(desk: Path) -> None:
    visitor = Visitor(desk, who="ana")
    back = urlencode({"table": "statements", "q": "bridge"})
    assert visitor.post("/review/bulk", act="accept", count="49", back=back).status == 409
    assert visitor.post("/review/bulk", act="merge", count="50", back=back).status == 400
    assert Log(beside(desk)).acts() == ()
    assert visitor.post("/review/bulk", act="reject", count="50", back=back).status == 303
    assert {a.act for a in Log(beside(desk)).acts()} == {"reject"}
    assert visitor.get("/review?table=statements&speaker=Nobody").text.count('class="item judge') == 0
    assert visitor.get("/review?table=nonsense").status == 400
    assert visitor.get("/review?speaker=Pavle+Irsa").status == 400  # which table's speaker?


def test_the_second_coder_sees_nothing_of_the_first(desk: Path) -> None:
    row = rows(desk)[0]
    Visitor(desk, who="ana-first").post("/review", row=row, act="reject", reason="a plain mistake")
    blind = Visitor(desk, who="ben", blind=True)
    for address in ("/review", "/review?state=all", "/review.json?state=all"):
        text = blind.get(address).text
        assert row in text and "ana-first" not in text and "plain mistake" not in text
    assert "ana-first" in Visitor(desk, who="ben").get("/review?state=all").text
    assert blind.post("/review/apply").status == 403
    publish(desk, build(pile(), decisions=Log(beside(desk)).acts()))
    assert "not blind" in blind.get("/review").text


def test_who_judged_is_recorded(desk: Path) -> None:
    row = rows(desk)[0]
    shared = Visitor(desk, token="word")
    cookie = shared.get("/review?token=word").headers["set-cookie"].split(";")[0]
    assert shared.post("/review", {"cookie": cookie}, row=row, act="accept").status == 403  # who are you?
    named = shared.post("/review/who", {"cookie": cookie}, who="  Ana  Núñez ").headers["set-cookie"].split(";")[0]
    assert shared.post("/review", {"cookie": f"{cookie}; {named}"}, row=row, act="accept").status == 303
    assert [a.who for a in Log(beside(desk)).acts()] == ["Ana Núñez"]
    assert Visitor(desk, who="ben").post("/review/who", who="ana").status == 403


def test_decisions_are_followed_from_the_page(desk: Path) -> None:
    visitor = Visitor(desk, who="ana")
    row = rows(desk)[0]
    visitor.post("/review", row=row, act="correct", field="speaker", new="Hanne Lund")
    assert "1 decision is marked on the pages" in visitor.get("/review").text
    assert visitor.post("/review/apply").status == 303
    eventually(lambda: not visitor.app.state.desk.follower.state()["running"])
    with Ledger(desk) as opened:
        (now,) = opened.rows("statements", "statement_id = ?", (row,))
    assert now["speaker"] == "Hanne Lund" and now["why"].endswith("speaker corrected by ana")
    assert "not yet in the ledger" not in visitor.get("/review").text


def test_a_decided_row_is_marked_on_every_page_at_once(ledger: Path, tmp_path: Path) -> None:
    copy = tmp_path / "ledger.db"
    copy.write_bytes(ledger.read_bytes())
    with Ledger(copy) as opened:
        matter = next(opened.rows("matters", "kind = 'figure'"))["matter_id"]
        figure = next(opened.rows("matter_claims", "matter_id = ?", (matter,)))["claim_id"]
        said = next(opened.rows("statements"))
        event = next(opened.rows("events"))
    visitor = Visitor(copy, who="ana")
    marks = 'class="judged reject"'
    for row, pages in (
        (figure, (f"/matter/{matter}", f"/quantities?quantity_id={figure}")),
        (
            said["statement_id"],
            (
                f"/report/{said['report_id']}",
                f"/statements?statement_id={said['statement_id']}",
                f"/who/{said['speaker_entity']}",
            ),
        ),
        (event["event_id"], (f"/report/{event['report_id']}", f"/events?event_id={event['event_id']}")),
    ):
        assert visitor.post("/review", row=row, act="reject").status == 303
        for page in pages:
            if not page.endswith("None"):
                assert marks in visitor.get(page).text, page
        visitor.post("/review/undo")
        assert not any(marks in visitor.get(page).text for page in pages)


def test_the_queue_puts_first_what_changes_most(ledger: Path) -> None:
    with Ledger(ledger) as opened:
        items = queue(opened)
        held = {c["claim_id"] for c in opened.rows("matter_claims")}
        open_matters = {m["matter_id"] for m in opened.rows("matters", "verdict in ('contested', 'changed')")}
        contested = {c["claim_id"] for c in opened.rows("matter_claims") if c["matter_id"] in open_matters}
    first = [i for i in items if i.contested]
    assert items[: len(first)] == first and {i.row_id for i in first} == contested - {""}
    rest = items[len(first) :]
    assert [i.weight for i in rest] == sorted((i.weight for i in rest), reverse=True)
    assert min(i.effect for i in items if i.row_id in held) > 1


def test_text_of_a_report_runs_nothing_in_the_queue(tmp_path: Path) -> None:
    text = 'Hanne Lund said "<script>alert(1)</script> is what they wrote on the bridge." <img src=x onerror=alert(1)>'
    publish(tmp_path / "l.db", build([report_of(text, outlet="<b>Post</b>")]))
    with Ledger(tmp_path / "l.db") as opened:
        row = next(opened.rows("statements"))["statement_id"]
        Log(beside(tmp_path / "l.db")).write(drafts(opened, Wanted("<i>ana</i>", "accept", row, reason="<u>so</u>")))
    shown = Visitor(tmp_path / "l.db").get("/review?state=all").text
    assert not any(tag in shown for tag in ("<script>alert", "<img", "<b>Post", "<i>ana", "<u>so"))
