"""A number that likely copies of a text share, to bring them together in a row."""

from __future__ import annotations

import re
from zlib import crc32

PIECES = re.compile(r"[^.!?\n]{40,}")  # about a sentence; shorter ones are menus and set phrases


def likeness(text: str) -> int:
    """The least hash of the sentences of a text: two texts share it as likely as they share sentences (0 to 1).

    Source: Broder 1997, on the resemblance of documents.

    >>> one = "The bridge at Kessa was shut on Tuesday after the flood. Nobody was hurt, a spokesman for the town said."
    >>> likeness(one) == likeness(one.replace(" The", "Read more. The")), likeness("")
    (True, 0)
    """
    return min((crc32(piece.strip().encode("utf-8", "surrogatepass")) for piece in PIECES.findall(text)), default=0)
