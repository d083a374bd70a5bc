"""Fragments of HTML, as feeds and mails carry them, to text: a line a block. Whole pages are read by `html.py`."""

from __future__ import annotations

import re
from html.parser import HTMLParser

BLOCKS = frozenset(
    "address article aside blockquote dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main"
    " nav ol p pre section table tbody td tfoot th thead tr ul".split()
)
SILENT = frozenset(("script", "style", "template", "title"))
# A tag that is never closed makes the standard library's parser look for its end from every "<" again.
STRAY = re.compile(r"<(?![a-zA-Z/!?])|<(?=[^<>]{20000})")


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT and self._silent is None:
            self._silent = tag
        elif tag == "br":
            self.parts.append("\n")
        elif tag in BLOCKS:
            self.parts.append("\n\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._silent:
            self._silent = None
        elif tag in BLOCKS:
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        if self._silent is None:
            self.parts.append(re.sub(r"\s+", " ", data))


def plain_text(fragment: str) -> str:
    """The words of a fragment: blank lines between blocks, none of its scripts, styles or tags.

    >>> plain_text("<p>Shut on <b>Monday</b>.<p>Open<br>again &amp; dry.<script>x()</script>")
    'Shut on Monday.\\n\\nOpen\\nagain & dry.'
    """
    reader = _Text()
    reader.feed(STRAY.sub("&lt;", fragment))
    reader.close()
    lines = [line.strip() for line in "".join(reader.parts).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
