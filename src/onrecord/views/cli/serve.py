"""`onrecord serve`: the pages, live."""

from __future__ import annotations

import secrets
import socket
import sys
from pathlib import Path

import click

HERE = ("127.0.0.1", "localhost", "::1")
SHORTEST = 12  # characters of a token
EVERYWHERE = ("0.0.0.0", "::")


@click.command()
@click.argument("ledger", type=click.Path())
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="The address to listen at. Beyond this machine it demands --token.",
)
@click.option(
    "--port", default=8787, show_default=True, type=click.IntRange(0, 65535), help="The port; 0 takes a free one."
)
@click.option(
    "--token",
    envvar="ONRECORD_TOKEN",
    help="What visitors must bring once; `new` makes one and prints it. Also ONRECORD_TOKEN.",
)
@click.option(
    "--allow-host",
    "allowed",
    multiple=True,
    metavar="NAME",
    help="Another name this server is called by; may be repeated.",
)
@click.option("--read-only", is_flag=True, help="Refuse everything that would change something.")
@click.option("--who", default="", envvar="ONRECORD_WHO", help="Whose name stands on decisions.")
@click.option("--blind", is_flag=True, help="Second coding: show nobody what others have decided.")
@click.option("--get", "path", metavar="PATH", help="Print the answer to one address, such as /matters.json, and stop.")
@click.option("--browser", is_flag=True, help="Open the first page in a browser.")
def serve(
    ledger: str,
    host: str,
    port: int,
    token: str | None,
    allowed: tuple[str, ...],
    read_only: bool,
    who: str,
    blind: bool,
    path: str | None,
    browser: bool,
) -> None:
    """Serve the pages of a ledger, live, on this machine."""
    if path is not None:
        _print(Path(ledger), path)
        return
    if host not in HERE and not token:
        raise click.UsageError(
            f"--host {host} lets other machines in: give --token WORD, or --token new to have one made"
        )
    token = secrets.token_urlsafe(18) if token == "new" else token
    if token and len(token) < SHORTEST:
        raise click.UsageError(
            f"a token of fewer than {SHORTEST} characters is soon guessed: give a longer one, or --token new"
        )
    import uvicorn

    from onrecord.views.web import app

    made = app(Path(ledger), token=token, read_only=read_only, who=who, blind=blind, hosts=names(host, allowed))
    with _listening(host, port) as sock:
        address = f"http://{_shown(host)}:{sock.getsockname()[1]}/" + (f"?token={token}" if token else "")
        click.echo(f"pages at {address}   (stop with Ctrl-C)")
        if browser:
            click.launch(address)
        config = uvicorn.Config(made, log_level="warning", server_header=False, proxy_headers=False, lifespan="off")
        uvicorn.Server(config).run([sock])


def _print(ledger: Path, path: str) -> None:
    """Prints a page or its JSON; exit code 1 where there is none."""
    from onrecord.views.web import app
    from onrecord.views.web.ask import ask

    answer = ask(app(ledger), path)
    click.echo(answer.body, nl=False)
    if answer.status != 200:
        sys.exit(1)


def names(host: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
    """Names this server answers to: this machine's own, the one it listens at, and those allowed."""
    own = ["localhost", "127.0.0.1", "[::1]", _bracketed(host)]
    if host in EVERYWHERE:
        own += [socket.gethostname(), socket.getfqdn()]
    return tuple(dict.fromkeys(n.lower() for n in (*own, *map(_bracketed, allowed))))


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


def _shown(host: str) -> str:
    return socket.gethostname() if host in EVERYWHERE else _bracketed(host)


def _listening(host: str, port: int) -> socket.socket:
    sock = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((host, port))
        sock.listen()
    except OSError as error:
        sock.close()
        raise click.UsageError(f"cannot listen at {host}:{port}: {error.strerror}; give another --port") from error
    return sock
