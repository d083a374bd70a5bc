"""The server: every page with its JSON, and what it refuses."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from onrecord.ledger.store import Ledger, publish
from onrecord.pipeline import build
from onrecord.views import web
from onrecord.views.web import app
from onrecord.views.web.api import described
from onrecord.views.web.ask import Answer, ask
from onrecord.views.web.guard import POLICY, known, posted
from onrecord.views.web.screens import SCREENS, json_path_of, path_of
from tests.conftest import report_of

EVIL = 'Hanne Lund said "<script>alert(1)</script> is what they wrote on the bridge." <img src=x onerror=alert(1)>'
HOSTILE = (
    "'",
    '"',
    "' or 1=1 --",
    '"; drop table reports; --',
    "%",
    "_",
    "\\",
    "{n}",
    "</script><script>",
    "\0",
    "é\u202e",
    "a" * 5000,
)


def rows_of(ledger: Path, sql: str) -> list[str]:
    """The first column of a query."""
    with Ledger(ledger) as opened:
        return [str(r[0]) for r in opened.db.execute(sql)]


def addresses(ledger: Path) -> list[tuple[str, str]]:
    """Every page of a ledger and its JSON, of pages of one row all."""
    found = []
    for page in SCREENS:
        rows = rows_of(ledger, page.ids) if page.ids else [""]
        found += [(path_of(page).replace("{row}", r), json_path_of(page).replace("{row}", r)) for r in rows]
    return found


def test_every_page_answers_with_its_json_beside_it(ledger: Path) -> None:
    made = app(ledger)
    names = {path_of(p): p for p in SCREENS}
    for address, beside in addresses(ledger):
        page, data = ask(made, address), ask(made, beside)
        assert (page.status, data.status) == (200, 200), address
        assert page.headers["content-type"].startswith("text/html")
        assert page.headers["content-security-policy"] == POLICY
        assert f'href="{beside}"' in page.text, address
        kind = names.get(address) or names[re.sub(r"[^/]+$", "{row}", address)]
        assert set(kind.keys) <= set(json.loads(data.body)), address


def test_every_link_of_every_page_leads_to_a_page(ledger: Path) -> None:
    made = app(ledger)
    seen: dict[str, int] = {}
    for address, _ in addresses(ledger):
        text = ask(made, address).text
        for link in re.findall(r'href="(/[^"#]*)', text):
            plain = link.replace("&amp;", "&")
            if not re.match(
                r"/[a-z_]+\.(?!json$|json\?|css$|js$)", plain
            ):  # files are the business of their own routes
                seen[plain] = seen.get(plain) or ask(made, plain).status
    assert len(seen) > 60 and set(seen.values()) == {200}, {k: v for k, v in seen.items() if v != 200}


def test_anchors_of_links_are_there_and_no_id_stands_twice(ledger: Path) -> None:
    made = app(ledger)
    pages = {address: ask(made, address).text for address, _ in addresses(ledger)}
    for address, text in pages.items():
        ids = re.findall(r'\bid="([^"]+)"', text)
        assert len(ids) == len(set(ids)), (address, [i for i in ids if ids.count(i) > 1])
        for target, anchor in re.findall(r'href="([^"#?]*)(?:\?[^"#]*)?#([^"]+)"', text):
            there = pages.get(target or address)
            assert there is None or f'id="{anchor}"' in there, (address, target, anchor)


def test_openapi_names_every_page_with_the_filters_of_its_table(ledger: Path) -> None:
    found = json.loads(ask(app(ledger), "/openapi.json").body)
    assert found["openapi"] == "3.1.0"
    assert set(found["paths"]) >= {json_path_of(p) for p in SCREENS}
    names = {p["name"] for p in found["paths"]["/statements.json"]["get"]["parameters"]}
    assert {"page", "q", "speaker", "kind"} <= names
    for path, at in described({})["paths"].items():
        for row in re.findall(r"\{(\w+)\}", path):
            assert any(p["name"] == row and p["in"] == "path" and p["required"] for p in at["get"]["parameters"])


def test_every_json_of_the_server_is_described_and_answers_as_described(ledger: Path) -> None:
    made = app(ledger)
    served = {r.path for r in made.routes if isinstance(r, Route) and "GET" in (r.methods or ())}
    told = described({})
    assert {p for p in served if p.endswith(".json")} - {"/openapi.json"} <= set(told["paths"])
    with Ledger(ledger) as opened:
        ids = {json_path_of(p): opened.db.execute(p.ids).fetchone()[0] for p in SCREENS if p.ids}
    pages = {p for p in told["paths"] if p.endswith(".json")}
    assert {"/review.json", "/review/places.json"} < pages
    for path in pages:
        answer = ask(made, path.replace("{row}", ids.get(path, "")) + "?q=Kenya")
        name = told["paths"][path]["get"]["operationId"]
        assert answer.status == 200 and answer.headers["content-type"] == "application/json", path
        assert set(told["components"]["schemas"][name]["required"]) <= set(json.loads(answer.body)), path


def test_every_link_to_json_beside_a_page_leads_to_some(ledger: Path) -> None:
    made = app(ledger)
    pages = [p.path for p in made.routes if isinstance(p, Route) and p.name in {n for n, _ in made.state.nav}]
    for path in (*pages, "/review", "/export", "/api", "/search"):
        (beside,) = re.findall(r'class="json" href="([^"]+)"', ask(made, path).text)
        assert isinstance(json.loads(ask(made, beside).body), dict), path


def test_what_is_not_there_says_so_in_html_and_in_json(ledger: Path) -> None:
    made = app(ledger)
    for address in (
        "/matter/x-none",
        "/report/r-none",
        "/who/e-none",
        "/nothing",
        "/matter/..%2f..%2fetc",
        "/../style.css",
    ):
        assert ask(made, address).status == 404, address
    told = json.loads(ask(made, "/matter/x-none.json").body)
    assert told["ok"] is False and told["status"] == 404 and "x-none" in told["error"]
    assert "names of matters are" in ask(made, "/matters?bogus=1").text


@pytest.mark.parametrize("value", HOSTILE)
def test_filters_with_quotes_and_worse_find_nothing_and_break_nothing(ledger: Path, value: str) -> None:
    made = app(ledger)
    for address in ("/matters?q=", "/statements?speaker=", "/search?q=", "/people?q=", "/events?q=", "/export?table=statements&speaker=", "/matters?verdict=", "/matters?page=", "/report/x?span="):  # fmt: skip
        answer = ask(made, address + quote(value))
        assert answer.status in (200, 400, 404), (address, value)
        assert "<script>" not in answer.text
    assert ask(made, "/matters?" + quote(value) + "=1").status in (200, 400)
    assert len(rows_of(ledger, "select 1 from reports")) == 10


def test_text_of_a_report_runs_nothing_on_any_page(tmp_path: Path) -> None:
    publish(tmp_path / "l.db", build([report_of(EVIL, outlet="<b>Post</b>"), report_of(EVIL + " Twice.", name="r-1")]))
    made = app(tmp_path / "l.db")
    for address, _ in [*addresses(tmp_path / "l.db"), ("/search?q=script", ""), ("/search?q=alert&in=statements", "")]:
        text = ask(made, address).text
        assert "<script>alert" not in text and "<img" not in text and "<b>Post" not in text, address


def test_pages_hold_no_script_and_no_style_of_their_own(ledger: Path) -> None:
    made = app(ledger)
    for address, _ in addresses(ledger):
        text = ask(made, address).text
        assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", text), address
        assert re.findall(r"<script[^>]*>", text) == ['<script src="/pages.js" defer>']


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "", "localhost:80@evil", "[::2]"]
)
def test_another_host_name_is_refused(ledger: Path, host: str) -> None:
    answer = ask(app(ledger), "/", headers={"host": host})
    assert answer.status == 421 and b"Irsa" not in answer.body


def test_own_names_are_known_with_any_port() -> None:
    assert known("LOCALHOST:8787", web.HERE) and known("[::1]:1", web.HERE) and known("127.0.0.1.", web.HERE)


def test_a_server_at_every_address_is_called_by_any_of_them_and_by_no_other_name() -> None:
    everywhere = ("localhost", "0.0.0.0", "desk")
    assert known("192.168.1.20:8787", everywhere) and known("[fe80::1]:80", everywhere) and known("desk", everywhere)
    assert not known("192.168.1.20.evil.example", everywhere) and not known("evil.example", everywhere)
    assert not known("192.168.1.20", web.HERE)


def with_a_post(ledger: Path, monkeypatch: pytest.MonkeyPatch, **settings: object) -> object:
    """A server that answers a post at /mark, as the review does."""

    @posted
    async def mark(request: Request) -> PlainTextResponse:
        return PlainTextResponse("marked")

    monkeypatch.setattr(web, "ROUTES", (*web.ROUTES, (Route("/mark", mark, methods=["POST"]),)))
    return app(ledger, **settings)  # type: ignore[arg-type]


def post(made: object, headers: dict[str, str], word: str | None = None) -> Answer:
    """A post of a form with or without the word of the server."""
    body = b"x=1" if word is None else f"csrf={word}".encode()
    form = {"content-type": "application/x-www-form-urlencoded"}
    return ask(made, "/mark", method="POST", headers=form | headers, body=body)  # type: ignore[arg-type]


def test_a_post_of_our_own_page_is_taken(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = with_a_post(ledger, monkeypatch)
    word = made.state.csrf  # type: ignore[attr-defined]
    assert post(made, {"origin": "http://localhost", "sec-fetch-site": "same-origin"}, word).status == 200
    assert post(made, {"x-csrf": word}).status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://localhost:1", "sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_forged_post_is_refused_even_with_the_word(
    ledger: Path, monkeypatch: pytest.MonkeyPatch, headers: dict[str, str]
) -> None:
    made = with_a_post(ledger, monkeypatch)
    assert post(made, headers, made.state.csrf).status == 403  # type: ignore[attr-defined]


def test_a_browser_may_tell_us_where_our_own_forms_come_from(ledger: Path) -> None:
    # Under no-referrer a browser sends "Origin: null" with a form of our own, which would then be refused.
    assert ask(app(ledger), "/").headers["referrer-policy"] == "same-origin"


def test_a_post_without_the_word_is_refused(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = with_a_post(ledger, monkeypatch)
    for word in (None, "", "wrong", "é"):
        assert post(made, {"origin": "http://localhost"}, word).status == 403


def test_for_reading_only_no_post_is_taken(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = with_a_post(ledger, monkeypatch, read_only=True)
    assert post(made, {}, made.state.csrf).status == 403  # type: ignore[attr-defined]
    assert ask(made, "/").status == 200  # type: ignore[arg-type]


def test_a_token_is_asked_for_once_and_kept_as_a_cookie(ledger: Path) -> None:
    made = app(ledger, token="swordfish")
    for address in ("/", "/matters.json", "/style.css", "/openapi.json", "/?token=wrong"):
        answer = ask(made, address)
        assert answer.status == 401 and b"Irsa" not in answer.body, address
    first = ask(made, "/matters?token=swordfish&verdict=contested")
    assert first.status == 303 and first.headers["location"] == "/matters?verdict=contested"
    cookie = first.headers["set-cookie"]
    assert "HttpOnly" in cookie and "samesite=strict" in cookie.lower() and "swordfish" not in cookie
    assert ask(made, "/", headers={"cookie": cookie.split(";")[0]}).status == 200
    assert ask(made, "/", headers={"authorization": "Bearer swordfish"}).status == 200
    assert ask(made, "/", headers={"cookie": "onrecord=swordfish"}).status == 401


def test_a_token_leads_to_no_other_server(ledger: Path) -> None:
    made = app(ledger, token="t")
    for address in ("//evil.example/?token=t", "/%5Cevil.example?token=t", "///evil.example?token=t"):
        assert re.match(r"/(?![/\\])", ask(made, address).headers["location"]), address


def test_a_ledger_that_is_gone_or_new_shows_at_once(ledger: Path, tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    path.write_bytes(ledger.read_bytes())
    made = app(path)
    assert "Irsa" in ask(made, "/").text
    publish(path, build([]))
    assert "No matters yet" in ask(made, "/").text
    path.unlink()
    assert ask(made, "/").status == 503


def test_a_ledger_of_an_older_version_says_so_and_no_more(ledger: Path, tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    path.write_bytes(ledger.read_bytes())
    with sqlite3.connect(path) as db:
        db.execute("drop table decisions")
        db.execute("drop table events")
    made = app(path)
    assert ask(made, "/run").status == 200
    answer = ask(made, "/events")
    assert answer.status == 503 and "onrecord build" in answer.text
