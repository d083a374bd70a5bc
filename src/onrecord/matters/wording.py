"""How a question calls a mouth that its report calls only by somebody else: "its spokesman"."""

from __future__ import annotations

OF_SOMEBODY = frozenset(("its", "their", "his", "her", "our", "my", "your", "whose"))


def mouth(name: str, party: str | None) -> str:
    """A mouth in words that stand by themselves; any other name as it is.

    Args:
        name: as the report has it.
        party: the group that it speaks for, where that is known.

    >>> mouth("its spokesman", "Tesh Front"), mouth("Its official", None), mouth("their officials", None), mouth("Lund", None)
    ('a spokesman of Tesh Front', 'an official', 'officials', 'Lund')
    """
    whose, _, rest = name.partition(" ")
    if whose.lower() not in OF_SOMEBODY or not rest:
        return name
    many = rest.endswith(("men", "women", "people")) or (rest.endswith("s") and not rest.endswith("ss"))
    article = "" if many else "an " if rest[0].lower() in "aeiou" else "a "
    return f"{article}{rest}" + (f" of {party}" if party else "")
