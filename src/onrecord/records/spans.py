"""Stretches of text, and ids made from content."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


def content_id(kind: str, *parts: object) -> str:
    """An id made from content: the same facts give the same id in every run, on every machine.

    Args:
        kind: one or two letters that tell a reader what the id names ("s" statement, "q" quantity ...).
        parts: whatever makes the row the row it is; rendered with `repr`, so `1` and `"1"` differ.

    Returns:
        `kind`, a dash and 16 hexadecimal digits of SHA-256 (64 bits: a collision among ten million rows has odds
        of about 3 in a million).

    >>> content_id("s", "r-1", 0, 12) == content_id("s", "r-1", 0, 12)
    True
    """
    digest = hashlib.sha256("\x1f".join(map(repr, parts)).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{kind}-{digest[:16]}"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters [start, end) of one report's text exactly as frozen when read."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"span {self.start}..{self.end} is empty or backward")

    def of(self, text: str) -> str:
        """The characters themselves."""
        return text[self.start : self.end]

    def holds(self, other: Span) -> bool:
        """Whether `other` lies inside this span."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end
