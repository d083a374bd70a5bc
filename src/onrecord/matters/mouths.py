"""What kind of mouth somebody is: one that holds arms or office, or one that watches those who do.

"State media" may be an agency that is also named, but it is no monitor; "a monitor" is no ministry. So a mouth that is only
described adds an origin beside mouths that are all of the other kind. Words lie in `words/mouths.tsv`.
"""

from __future__ import annotations

import re
from functools import cache

from onrecord.entities.sameness import folded
from onrecord.text.tables import table


@cache
def _pattern() -> re.Pattern[str]:
    found: dict[str, list[str]] = {"power": [], "watch": []}
    for row in table("mouths"):
        found[row["kind"]].append(re.escape(folded(row["word"])))
    longest = {kind: "|".join(sorted(held, key=len, reverse=True)) for kind, held in found.items()}
    return re.compile("|".join(rf"\b(?P<{kind}>{held})\b" for kind, held in longest.items()))


def sphere(name: str | None) -> str | None:
    """ "power" or "watch", where the words of a name or description say one of them only.

    >>> sphere("State television"), sphere("Kessa Observatory for Rivers"), sphere("Hanne Lund")
    ('power', 'watch', None)
    >>> sphere("a police monitor") is None
    True
    """
    kinds = {m.lastgroup for m in _pattern().finditer(folded(name or ""))}
    return kinds.pop() if len(kinds) == 1 else None


@cache
def governed_from(name: str) -> str | None:
    """The country whose government a capital stands for when it speaks, as the gazetteer spells it.

    >>> governed_from("Moscow"), governed_from("Varro")
    ('Russia', None)
    """
    return next((row["country"] for row in table("capitals") if row["word"] == folded(name)), None)
