"""Whether a figure is all of its kind, a part of a number that is also given, or some more besides those told before."""

from __future__ import annotations

import re

from onrecord.claims.quantities.figure import Figure
from onrecord.claims.quantities.sight import tail

PART_BEFORE = re.compile(
    r"\b(?:including|among\s+(?:them|whom|those)|of\s+(?:whom|them|which|those)|most\s+of\s+them|mostly)\W+"
    r"(?:(?:were|are|was)\s+)?$|\((?:including\s+)?$",
    re.I,
)
# Of the dead, or of those told before; "45 of its men were killed" are all who were.
PART_AFTER = re.compile(
    r"\s+of\s+(?:the\s+|these\s+|those\s+)?"
    r"(?:dead|killed|wounded|injured|victims|casualties|bodies|them|those|these|whom|which)\b",
    re.I,
)
AMONG = re.compile(r"(?:\s+including\s[^,;.]{1,30})?\s+(?:were|was)\s+among\b", re.I)
BY_A_VERB = re.compile(r" (?:after it|before it|by the tree)")
MORE_BEFORE = re.compile(r"\b(?:another|(?:an?\s+)?(?:further|additional)|the\s+other|plus)\s+$", re.I)
MORE_AFTER = re.compile(r"\s+(?:others?|more|additional|further)\b", re.I)


def scope(text: str, figure: Figure) -> str:
    """whole, part ("including 11 children", "nine of the dead") or more ("another 40", "34 others").

    Two whole figures of one thing can contradict each other; a part and some more contradict nothing.
    """
    before, number_end = tail(text, figure.start), figure.amount.number_end
    some = figure.why.startswith("a part of the figure after") and not BY_A_VERB.search(figure.why)
    if some or PART_BEFORE.search(before) or PART_AFTER.match(text, number_end) or AMONG.match(text, figure.end):
        return "part"
    if MORE_BEFORE.search(tail(text, figure.amount.number_start)) or MORE_AFTER.match(text, number_end):
        return "more"
    return "whole"
