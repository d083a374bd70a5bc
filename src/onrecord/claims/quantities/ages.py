"""Ages: "32-year-old", "aged 40", "she was 35 when", "Dovan, 46, said"."""

from __future__ import annotations

import re

from onrecord.text.amounts import Amount

OLD = re.compile(r"[\s-]*(?:years?|yrs?|months?|weeks?|days?)?(?:[\s-]+olds?\b|\s+of\s+age\b)|\s?(?:yo|y/o)\b", re.I)
AGED = re.compile(r"\b(?:aged?|ages)(?:\s+(?:of|from|between|group)){0,2}\s+$", re.I)
IS = re.compile(r"\b(?:he|she|who)\s+(?:is|was|will\s+be|has\s+turned|turned|turns|would\s+be)\s+(?:about\s+)?$", re.I)
STOP = re.compile(r"\s*(?:[.,;]|$|(?:when|by|at|and|now)\b)")
APPOSED, APART = re.compile(r"[^\W\d][\w.'’-]*\s?,\s+$"), re.compile(r"\s?[,.;](?:\s|$)")
BRACKETED = re.compile(r"[A-Z][\w.'’-]*\s+\($")  # "Hanne Lund (46)"
OLDEST, YOUNGEST_APPOSED = 115, 10
BEFORE = 24  # characters before a number that can call it an age


def age_end(text: str, amount: Amount) -> int | None:
    """Where the words of an age end (after "old", else after its number or unit); None where an amount is no age."""
    end = amount.number_end
    if (after := OLD.match(text, end)) is not None:
        return after.end()
    if not (amount.number == int(amount.number) and amount.number <= OLDEST):
        return None
    before = text[max(0, amount.start - BEFORE) : amount.start]
    if AGED.search(before) and (amount.unit is None or amount.unit.kind == "duration"):
        return max(end, amount.end)
    if amount.unit is not None:
        return None
    if IS.search(before) and STOP.match(text, end):
        return end
    apposed = amount.kind == "digits" and amount.number >= YOUNGEST_APPOSED
    if apposed and BRACKETED.search(before) and text[end : end + 1] == ")":
        return end
    return end if apposed and APPOSED.search(before) and APART.match(text, end) else None
