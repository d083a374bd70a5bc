"""Whether a figure is all of its kind, a part of a number that is also given, or some more besides those told before."""

from __future__ import annotations

import re

from onrecord.claims.figure import Figure

PART_BEFORE = re.compile(
    r"\b(?:including|among\s+(?:them|whom|those)|of\s+(?:whom|them|which|those)|most\s+of\s+them|mostly)\W+"
    r"(?:(?:were|are|was)\s+)?$|\((?:including\s+)?$",
    re.I,
)
PART_AFTER = re.compile(
    r"\s+of\s+(?:the|those|these|them|its|whom|which)\b|(?:\s+including\s[^,;.]{1,30})?\s+(?:were|was)\s+among\b", re.I
)
MORE_BEFORE = re.compile(r"\b(?:another|(?:an?\s+)?(?:further|additional)|the\s+other|plus)\s+$", re.I)
MORE_AFTER = re.compile(r"\s+(?:others?|more|additional|further)\b", re.I)


def scope(text: str, figure: Figure) -> str:
    """whole, part ("including 11 children", "nine of the dead") or more ("another 40", "34 others").

    Two whole figures of one thing can contradict each other; a part and some more contradict nothing.
    """
    before, number_end = text[: figure.start], figure.amount.number_end
    if PART_BEFORE.search(before) or PART_AFTER.match(text, number_end) or PART_AFTER.match(text, figure.end):
        return "part"
    if "a part of the figure after" in figure.why:
        return "part"
    if MORE_BEFORE.search(text[: figure.amount.number_start]) or MORE_AFTER.match(text, number_end):
        return "more"
    return "whole"
