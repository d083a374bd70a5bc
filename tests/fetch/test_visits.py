"""Visits: polite, patient, and no further than they are allowed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord.fetch.network import Unanswered
from onrecord.ledger.kept import Kept, beside
from onrecord.reports import read
from onrecord.reports.ways import Ways
from onrecord.views.cli import cli
from tests.fetch.stage import PUBLIC, Web, answer
from tests.reports.samples import feed, page, portable

HOME = "https://herald.example/story"
RULES = "https://herald.example/robots.txt"


def test_what_robots_txt_forbids_is_not_asked_for() -> None:
    web = Web({RULES: answer("User-agent: *\nDisallow: /story"), HOME: answer(page())})
    error = web.fault(HOME)
    assert "robots.txt asks programs to stay away" in error.what
    assert "save the page in a browser" in error.hint
    assert web.pages_asked() == []


@pytest.mark.parametrize(
    ("rules", "allowed"),
    [
        ("User-agent: onrecord\nDisallow: /\n\nUser-agent: *\nAllow: /", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: onrecord\nAllow: /", True),
        ("User-agent: *\nDisallow: /\nAllow: /story$", True),
        ("\x00\xff nonsense <html>", True),
        ("", True),
    ],
)
def test_rules_for_us_win_over_rules_for_all(rules: str, allowed: bool) -> None:
    web = Web({RULES: answer(rules), HOME: answer(page())})
    if allowed:
        assert web.visitor().visit(HOME).status == 200
    else:
        web.fault(HOME)


def test_a_site_whose_rules_cannot_be_read_is_left_alone() -> None:
    for said in (answer(status=503), Unanswered("broken")):
        web = Web({RULES: said, HOME: answer(page())})
        assert "robots.txt cannot be read" in web.fault(HOME).what
        assert web.pages_asked() == []
    assert Web({RULES: answer(status=403), HOME: answer(page())}).visitor().visit(HOME).status == 200


def test_rules_are_asked_for_once_a_site_and_hosts_get_their_pauses() -> None:
    web = Web({RULES: answer("User-agent: *\nCrawl-delay: 7"), HOME: answer(page()), HOME + "2": answer(page())})
    visitor = web.visitor()
    visitor.visit(HOME)
    visitor.visit(HOME + "2")
    assert [url for url, _ in web.asked] == [RULES, HOME, HOME + "2"]
    assert web.waits == [1.0, 7.0]
    assert any("waiting 7 s" in told for told in web.told)
    rate = Web({RULES: answer("User-agent: *\nRequest-rate: 1/30"), HOME: answer(page())})
    visitor = rate.visitor()
    visitor.visit(HOME)
    visitor.visit(HOME)
    assert rate.waits[-1] == 30.0


def test_a_host_that_asks_for_hours_is_left_alone() -> None:
    web = Web({RULES: answer("User-agent: *\nCrawl-delay: 3600"), HOME: answer(page())})
    assert "3600 seconds between visits" in web.fault(HOME).what


def test_a_try_that_fails_is_made_again_with_growing_pauses() -> None:
    web = Web({HOME: [Unanswered("cut off"), answer(status=502), answer(page())]})
    assert web.visitor().visit(HOME).status == 200
    assert web.pages_asked() == [HOME] * 3
    gone = Web({HOME: Unanswered("cut off")})
    assert "no answer: cut off" in gone.fault(HOME).what
    assert gone.pages_asked() == [HOME] * 4
    assert sum(gone.waits) >= 21


def test_retry_after_is_honoured_as_a_number_and_as_a_date() -> None:
    web = Web({HOME: [answer(status=429, retry_after="30"), answer(page())]})
    web.visitor().visit(HOME)
    assert 30.0 in web.waits
    dated = Web({HOME: [answer(status=503, retry_after="Tue, 05 Mar 2024 10:00:41 GMT"), answer(page())]})
    dated.visitor().visit(HOME)
    assert 38 <= max(dated.waits) <= 41
    long = Web({HOME: answer(status=503, retry_after="7200")})
    assert "come back in 7200 seconds" in long.fault(HOME).what


@pytest.mark.parametrize("status", [401, 403, 404, 410, 418, 451, 204, 206, 300, 304])
def test_an_answer_that_is_no_page_is_said_with_a_cure(status: int) -> None:
    error = Web({HOME: answer(page(), status=status)}).fault(HOME)
    assert f"status {status}" in error.what


def test_redirects_are_followed_one_at_a_time_and_written_down() -> None:
    web = Web({
        "http://herald.example/a": answer(status=301, location="https://herald.example/b"),
        "https://herald.example/b": answer(status=302, location="/story"),
        HOME: answer(page(), set_cookie="secret=1", etag='"1"'),
    })  # fmt: skip
    made = web.visitor().visit("http://herald.example/a")
    assert made.found == HOME
    assert made.hops == ("http://herald.example/a", "https://herald.example/b")
    assert (made.asked, made.address, made.when) == ("http://herald.example/a", PUBLIC, "2024-03-05T10:00:04Z")
    assert made.headers == (("etag", '"1"'),)
    assert "https://herald.example/robots.txt" in [url for url, _ in web.asked]


def test_redirects_end() -> None:
    web = Web({HOME: answer(status=302, location=HOME)})
    assert "more than 5 redirects" in web.fault(HOME).what
    assert len(web.pages_asked()) == 6


def test_rules_behind_a_redirect_hold_and_rules_in_a_circle_forbid() -> None:
    there = Web({
        RULES: answer(status=301, location="https://www.herald.example/robots.txt"),
        "https://www.herald.example/robots.txt": answer("User-agent: *\nDisallow: /"), HOME: answer(page()),
    })  # fmt: skip
    assert "stay away" in there.fault(HOME).what
    assert "circles" in Web({RULES: answer(status=301, location=RULES), HOME: answer(page())}).fault(HOME).what


def test_a_page_that_has_not_changed_comes_from_what_was_kept(tmp_path: Path) -> None:
    def changed(headers: object) -> object:
        assert isinstance(headers, dict)
        same = (
            headers.get("If-None-Match") == '"1"'
            and headers.get("If-Modified-Since") == "Tue, 05 Mar 2024 09:00:00 GMT"
        )
        return answer(status=304) if same else answer(page(), etag='"1"', last_modified="Tue, 05 Mar 2024 09:00:00 GMT")

    web = Web({HOME: changed})  # type: ignore[dict-item]
    kept = Kept(tmp_path / "l.raw")
    for status in (200, 304):
        made = web.visitor(earlier=kept.earlier).visit(HOME)
        kept.fetched(made)
        assert (made.status, made.raw) == (status, page())
    assert [e["status"] for e in kept.entries()] == [200, 304]
    copy = kept.place(next(kept.entries())["sha256"])
    copy.chmod(0o644)
    copy.write_bytes(b"damaged")
    assert web.visitor(earlier=kept.earlier).visit(HOME).status == 200  # a damaged copy is fetched anew


def ways(web: Web, kept: Kept | None = None) -> Ways:
    """Ways that lead into a web of ours."""
    visitor = web.visitor()

    def visit(url: str) -> object:
        made = visitor.visit(url)
        if kept is not None:
            kept.fetched(made)
        return made

    return Ways(visit=visit)  # type: ignore[arg-type]


def test_a_page_becomes_a_report_with_its_address_and_the_hash_of_its_bytes(tmp_path: Path) -> None:
    body = page(head="<title>Bridge shut</title>")
    web = Web({HOME: answer(body, content_type="text/html; charset=utf-8")})
    kept = Kept(tmp_path / "l.raw", operator="Hanne Lund")
    (report,) = read([HOME], ways=ways(web, kept)).reports
    assert (report.path, report.url, report.title) == (HOME, HOME, "Bridge shut")
    (entry,) = kept.entries()
    assert report.source_sha256 == entry["sha256"]
    assert (entry["operator"], entry["method"], entry["status"], entry["size"]) == ("Hanne Lund", "GET", 200, len(body))
    assert (entry["item"], entry["source"], entry["time"]) == (HOME, HOME, "2024-03-05T10:00:01Z")
    assert entry["headers"] == [["content-type", "text/html; charset=utf-8"]]
    assert kept.place(entry["sha256"]).read_bytes() == body


def test_entries_of_a_feed_come_from_the_feed_itself() -> None:
    body = feed(
        "<item><title>One</title><link>https://herald.example/1</link><description>The bridge is shut.</description></item>",
        "<item><title>Two</title><link>https://herald.example/2</link><description>The school is open.</description></item>",
    )
    web = Web({HOME: answer(body, content_type="application/rss+xml")})
    reports = read([HOME], ways=ways(web)).reports
    assert sorted(r.url or "" for r in reports) == ["https://herald.example/1", "https://herald.example/2"]
    assert web.pages_asked() == [HOME]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (portable("The bridge at Kessa is shut."), "application/pdf"),
        ("Мост закрыт, сказал мэр.".encode("koi8-r"), "text/plain; charset=koi8-r"),
        (b'{"text": "The bridge is shut."}', "application/json"),
        (page(), ""),
    ],
)
def test_what_an_address_answers_is_read_as_what_it_is(body: bytes, kind: str) -> None:
    address = HOME + (".jsonl" if kind == "application/json" else "")
    web = Web({address: answer(body, content_type=kind)})
    found = read([address], ways=ways(web))
    assert len(found.reports) == 1, found.skipped


def test_one_address_that_fails_costs_no_other() -> None:
    web = Web({HOME: answer(page())})
    found = read([HOME, "https://herald.example/gone", "https://127.0.0.1/x"], ways=ways(web))
    assert len(found.reports) == 1
    assert [s.path for s in found.skipped] == ["https://127.0.0.1/x", "https://herald.example/gone"]


def test_without_ways_nothing_is_fetched() -> None:
    found = read([HOME])
    assert not found.reports
    assert "nothing is fetched here" in found.skipped[0].reason


def test_a_build_fetches_keeps_and_says_what_it_could_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    web = Web({HOME: answer(page(), content_type="text/html")})
    monkeypatch.setattr("onrecord.fetch.visits.Visitor", lambda **how: web.visitor(how["private"], how["earlier"]))
    ledger = tmp_path / "l.db"
    words = [
        "build",
        HOME,
        HOME + "-gone",
        "-o",
        str(ledger),
        "--reading",
        "none",
        "--json",
        "--operator",
        "Hanne Lund",
    ]
    result = CliRunner().invoke(cli, words)
    assert result.exit_code == 1
    told = json.loads(result.output)
    assert told["reports"] == 1
    assert [s["path"] for s in told["skipped"]] == [HOME + "-gone"]
    assert [e["operator"] for e in Kept(beside(ledger)).entries()] == ["Hanne Lund"]
    again = CliRunner().invoke(cli, [*words[:2], *words[3:]])
    assert json.loads(again.output)["new"] == 0
    assert again.exit_code == 0


def test_a_missing_extra_is_said_with_its_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    from onrecord.errors import NotFetched
    from onrecord.fetch.network import Client

    monkeypatch.setitem(sys.modules, "httpx", None)
    with pytest.raises(NotFetched, match=r"onrecord\[fetch\]"):
        Client()
