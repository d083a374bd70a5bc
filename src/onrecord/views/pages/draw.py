"""Pages to HTML and to JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from onrecord.views.pages import NAV
from onrecord.views.pages.asked import Asked, Href
from onrecord.views.pages.catalogue import Catalogue
from onrecord.views.pages.shelf import SIGNS, Row, Shelf
from onrecord.views.wording import day, number

DRAWN = ("drawn", "plot")  # shapes of pictures, of no use without the template


@cache
def environment() -> Environment:
    """The templates. Everything that comes from a report is escaped."""
    env = Environment(
        loader=PackageLoader("onrecord.views.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters |= {"day": day, "number": number, "percent": lambda share: f"{share * 100:.0f} %"}
    env.globals |= {"signs": SIGNS}
    return env


def html(template: str, shelf: Shelf, asked: Asked, href: Href, words: Catalogue, seen: Mapping[str, Any]) -> str:
    """A page as HTML. `seen` holds the rows of the page and, from the server, `live`, `who`, `csrf` and more of NAV."""
    context = {
        "live": False,
        "root": "/",
        "read_only": True,
        "who": "",
        "csrf": "",
        "judged": {},  # decisions that stand, by the row they are on; marked where a server answers
        "nav": NAV,
        "here": template.removesuffix(".html"),
        "asked": asked,
        "href": href,
        "_": words.say,
        "_n": words.many,
        "language": words.language,
        "foot": foot(shelf),
    }
    return environment().get_template(template).render(context | dict(seen))


def foot(shelf: Shelf) -> Row:
    """What stands under every page: which program and ledger made it."""
    return {
        "version": shelf.meta["version"],
        "offsets": shelf.meta["offsets"],
        "reading": shelf.run["settings"].get("reading", "none"),
        "seal": shelf.meta["seal:statements"][:12],
        "skipped": len(shelf.run["skipped"]),
    }


def json_text(data: Mapping[str, Any]) -> str:
    """The rows of a page as JSON."""
    return json.dumps(_plain(data), ensure_ascii=False, default=asdict)


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, Mapping):
        return {k: _plain(v) for k, v in value.items() if k not in DRAWN}
    return [_plain(v) for v in value] if isinstance(value, list | tuple) else value
