"""What a reader asks a page for, and where a page lies: the two ways to write an address, for the server and for files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

LEAF_ROWS = 50  # rows on one leaf of a long list
Pairs = tuple[tuple[str, str], ...]
Href = Callable[..., str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The row a page is about and the query pairs of its address, in the order given."""

    row: str | None = None
    pairs: Pairs = ()
    whole: bool = False  # a file: lists inside a page are never cut, since no other page can hold the rest

    def get(self, name: str) -> str | None:
        """The last value of a name that is not empty, else None."""
        return next((v for k, v in reversed(self.pairs) if k == name and v.strip()), None)

    @property
    def leaf(self) -> int:
        """Which leaf of a long list, counted from 1; anything else than a number is the first."""
        given = self.get("page") or "1"
        return max(1, int(given)) if given.isascii() and given.isdigit() and len(given) < 8 else 1

    @property
    def filters(self) -> Pairs:
        """The pairs that choose rows: all but the leaf, empty ones left out."""
        return tuple((k, v) for k, v in self.pairs if k not in ("page", "span") and v.strip())

    def but(self, **changed: Any) -> Pairs:
        """The filters with some of them changed; None takes one away.

        >>> Asked(pairs=(("verdict", "contested"), ("page", "3"))).but(q="bridge")
        (('verdict', 'contested'), ('q', 'bridge'))
        """
        kept = [(k, v) for k, v in self.filters if k not in changed]
        return (*kept, *((k, str(v)) for k, v in changed.items() if v is not None))


def leaves(total: int, rows: int = LEAF_ROWS) -> int:
    """How many leaves a list of so many rows has; an empty one has one.

    >>> [leaves(n) for n in (0, 50, 51)]
    [1, 1, 2]
    """
    return max(1, -(-total // rows))


# Where each page lies. A page of one row is a folder; {row} is its id.
PLACES = {
    "overview": ("/", "index.html"),
    "matter": ("/matter/{row}", "matter/{row}.html"),
    "report": ("/report/{row}", "report/{row}.html"),
    "person": ("/who/{row}", "who/{row}.html"),
}


def live(page: str, row: str | None = None, at: str = "", query: Iterable[tuple[str, str]] = ()) -> str:
    """The address of a page on the server.

    >>> live("matter", "x-1", at="c-2"), live("matters", query=[("verdict", "contested")]), live("overview")
    ('/matter/x-1#c-2', '/matters?verdict=contested', '/')
    """
    path = PLACES.get(page, (f"/{page}", ""))[0].replace("{row}", quote(row or "", safe=""))
    pairs = urlencode([(k, v) for k, v in query])
    return path + (f"?{pairs}" if pairs else "") + (f"#{at}" if at else "")


def file_of(page: str, row: str | None = None, leaf: int = 1) -> str:
    """The file of a page in the static site.

    >>> file_of("matter", "x-1"), file_of("matters", leaf=2), file_of("overview")
    ('matter/x-1.html', 'matters-2.html', 'index.html')
    """
    name = PLACES.get(page, ("", f"{page}.html"))[1].replace("{row}", row or "")
    return name if leaf == 1 else name.removesuffix(".html") + f"-{leaf}.html"


def static(here: str) -> Href:
    """Addresses as a file in the static site gives them. Files take no filters: of a query only leaf and span count."""
    up = "../" * here.count("/")

    def href(page: str, row: str | None = None, at: str = "", query: Iterable[tuple[str, str]] = ()) -> str:
        asked = dict(query)
        at = at or (f"span={asked['span']}" if "span" in asked else "")
        return up + file_of(page, row, int(asked.get("page", 1))) + (f"#{at}" if at else "")

    return href
