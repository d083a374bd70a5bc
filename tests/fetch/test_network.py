"""The one module that opens connections, against a server of our own on this machine."""

from __future__ import annotations

import ast
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

import onrecord.fetch.network as network
from onrecord.errors import NotFetched
from onrecord.fetch.addresses import spot
from onrecord.fetch.network import Client, Unanswered
from onrecord.fetch.visits import Visitor
from onrecord.reports import read
from onrecord.reports.ways import Ways
from tests.reports.samples import page

SOURCE = Path(__file__).parents[2] / "src" / "onrecord"
OPENS = frozenset(("socket", "ssl", "httpx", "requests", "aiohttp", "urllib3", "ftplib", "smtplib", "telnetlib", "http.client", "urllib.request"))  # fmt: skip


@pytest.mark.parametrize("package", ["httpx", "protego"])
def test_without_the_extra_an_address_is_skipped_with_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch, package: str
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    found = read(["https://example.org/a"], ways=Ways(visit=Visitor().visit))
    (row,) = found.skipped
    assert (row.path, row.reason) == (
        "https://example.org/a",
        "not fetched: addresses are read with the packages httpx and protego, which are not installed",
    )
    assert row.hint == "install them: pip install 'onrecord[fetch]'"


class _Site(BaseHTTPRequestHandler):
    asked: list[tuple[str, str]]

    def do_GET(self) -> None:
        self.asked.append((self.path, self.headers["Host"]))
        if self.path == "/away":
            self.send_response(302)
            self.send_header("Location", "/page")
            self.end_headers()
        elif self.path == "/large":
            self.send_response(200)
            self.end_headers()
            for _ in range(200):
                self.wfile.write(b"x" * 1000)
        elif self.path == "/cut":
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b"x")
        elif self.path == "/slow":
            threading.Event().wait(3)
        else:
            self.send_response(200 if self.path == "/page" else 404)
            self.send_header("Content-Type", "text/html")
            self.send_header("Set-Cookie", "secret=1")
            self.end_headers()
            self.wfile.write(page() + repr(self.headers.get("Cookie")).encode())

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture()
def site() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Address of a server and what it was asked."""
    _Site.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}", _Site.asked
    server.shutdown()
    server.server_close()


def _visitor() -> Visitor:
    return Visitor(private=True, sleep=lambda _: None)


def test_a_page_is_fetched_by_number_under_its_name(site: tuple[str, list[tuple[str, str]]]) -> None:
    home, asked = site
    client = Client()
    made = client.ask(spot(home + "/page", private=True), "127.0.0.1", {})
    assert made.status == 200
    assert made.header("content-type") == "text/html"
    assert asked == [("/page", home.removeprefix("http://"))]


def test_a_visit_over_a_real_connection(site: tuple[str, list[tuple[str, str]]]) -> None:
    home, asked = site
    made = _visitor().visit(home + "/away")
    assert made.raw.startswith(page())
    assert made.raw.endswith(b"None"), "a cookie was sent back"
    assert [path for path, _ in asked] == ["/robots.txt", "/away", "/page"]


def test_bytes_and_seconds_are_bounded(
    site: tuple[str, list[tuple[str, str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    home, _ = site
    monkeypatch.setattr(network, "LARGEST", 100_000)
    with pytest.raises(NotFetched, match="more than 0 MB"):
        Client().ask(spot(home + "/large", private=True), "127.0.0.1", {})
    monkeypatch.setattr(network, "LONGEST", 0.3)
    with pytest.raises(NotFetched, match="takes longer"):
        Client().ask(spot(home + "/slow", private=True), "127.0.0.1", {})


def test_a_broken_answer_is_no_answer(site: tuple[str, list[tuple[str, str]]]) -> None:
    home, _ = site
    with pytest.raises(Unanswered):
        Client().ask(spot(home + "/cut", private=True), "127.0.0.1", {})
    with pytest.raises(Unanswered):
        Client().ask(spot("http://localhost:1/", private=True), "127.0.0.1", {})


def test_the_environment_names_no_proxy_for_us(
    site: tuple[str, list[tuple[str, str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    home, _ = site
    assert Client().ask(spot(home + "/page", private=True), "127.0.0.1", {}).status == 200


def test_only_one_module_opens_connections() -> None:
    """The local server of the pages listens; it opens none, and has tests of its own."""
    for path in sorted(SOURCE.rglob("*.py")):
        if path == SOURCE / "fetch" / "network.py" or "web" in path.parts or "serve" in path.stem:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [a.name for a in node.names] if isinstance(node, ast.Import) else []
            assert not any(n in OPENS or n.split(".")[0] in OPENS for n in names), path
