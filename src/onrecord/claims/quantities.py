"""Figures of one report: how many of what, in whose words. Dates, clock times, ordinals and names are no figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from onrecord.records import Quantity, Sheet, Span, Statement, content_id
from onrecord.text.marks import quotations
from onrecord.text.numerals import Numeral, numerals
from onrecord.text.sentences import sentences
from onrecord.text.tables import table, words

READ = frozenset({"headline", "deck", "body", "caption", "list", "turn", "question"})
NOUN_PHRASE = re.compile(
    r"\s*(?:of\s+)?(?:(?:the|its|their|his|her|our)\s+)?(?P<np>#?[A-Za-z][\w'’-]*(?:\s+(?!and\b|or\b|in\b|on\b|at\b|from\b|who\b|which\b|that\b|to\b|for\b|by\b|with\b|as\b|of\b|were\b|was\b|are\b|is\b|have\b|has\b|had\b|will\b|after\b|before\b|since\b|into\b|under\b)#?[A-Za-z][\w'’-]*){0,3})"
)
AGE = re.compile(r"(?P<n>\d{1,3})[- ]years?[- ]old\b", re.I)
ELLIPSIS = re.compile(r"(?:and|,)\s+(?P<n>\d[\d,]*)\s+(?P<place>in\s+#?[A-Z]\w+)")
NOT_COUNTS = re.compile(r"^(?:of|the|other|another|more|percent|th|st|nd|rd|a\.m|p\.m|am|pm|o'clock)\b", re.I)
NAME_BEFORE = re.compile(
    r"(?:\b(?:Article|Section|Chapter|Highway|Route|Flight|Group|Channel|Resolution|Unit|Brigade|No\.?|number|page|G|F|Boeing)\s*-?)$",
    re.I,
)
MONTH_NEAR = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?\s*(?:\d{1,2},?\s*)?$"
)
VERB_CLASS = re.compile(
    r"\b(killed|killing|dead|died|dying|wounded|injured|displaced|arrested|detained|captured)\b", re.I
)
VERB_KIND = {
    "killing": "killed",
    "dead": "killed",
    "died": "killed",
    "dying": "killed",
    "injured": "wounded",
    "arrested": "detained",
    "captured": "detained",
}
FILLERS = frozenset(
    "displaced armed young old new more other additional local internally foreign afghan former government".split()
)


@dataclass(frozen=True, slots=True)
class Counted:
    """What a numeral counts: the end of its phrase, the words, the class, the unit."""

    end: int
    words: str | None
    kind: str | None
    unit: str | None


@cache
def units() -> dict[str, tuple[str, str]]:
    """Unit words to unit and kind."""
    return {row["word"]: (row["unit"], row["kind"]) for row in table("units")}


def quantities(sheet: Sheet) -> tuple[Quantity, ...]:
    """All figures of a report in text order."""
    found: dict[int, Quantity] = {}
    for sentence in _sentences(sheet):
        text = sentence.of(sheet.report.text)
        for start, numeral, counted, why in _figures(text):
            row = _row(sheet, sentence.start + start, sentence.start + counted.end, numeral, counted, why, sentence)
            found.setdefault(row.start, row)
    return tuple(found[k] for k in sorted(found))


def _sentences(sheet: Sheet) -> Iterator[Span]:
    text = sheet.report.text
    for passage in sheet.passages:
        if passage.role in READ:
            yield from sentences(text, passage.start, passage.end, quotations(text, passage.start, passage.end))


def _figures(text: str) -> Iterator[tuple[int, Numeral, Counted, str]]:
    taken: list[tuple[int, int]] = []
    for match in AGE.finditer(text):
        number = float(match["n"])
        taken.append(match.span())
        numeral = Numeral(match.start(), match.end(), match.start(), number, number, True, None, None, False)
        yield match.start(), numeral, Counted(match.end(), None, "age", "year"), "age"
    last: Counted | None = None
    for numeral in numerals(text):
        if any(s < numeral.end and numeral.start < e for s, e in taken):
            continue
        if (
            last is not None
            and (ellipsis := ELLIPSIS.match(text, max(0, numeral.start - 4))) is not None
            and last.words
        ):
            yield (
                numeral.start,
                numeral,
                Counted(ellipsis.end(), last.words, last.kind, last.unit),
                "second figure of one count",
            )
            continue
        if _no_count(text, numeral):
            continue
        counted = _counted(text, numeral)
        if counted is not None:
            last = counted
            yield _start(text, numeral, counted), numeral, counted, _why(numeral, counted)


def _start(text: str, numeral: Numeral, counted: Counted) -> int:
    """The figure's span takes in "last" of "the last 20 years"."""
    lead = re.search(r"\b(?:last|past|next)\s+$", text[: numeral.start])
    return lead.start() if lead and counted.kind == "duration" else numeral.start


def _why(numeral: Numeral, counted: Counted) -> str:
    how = "vague word" if numeral.vague else "numeral"
    return f"{how}{' with ' + numeral.modifier if numeral.modifier and not numeral.vague else ''} + {counted.kind or 'noun'}"


def _no_count(text: str, numeral: Numeral) -> bool:
    """Dates, years, clock times, ordinals, names with figures, "one of"."""
    before, after = text[: numeral.figure_start], text[numeral.end :]
    number = text[numeral.figure_start : numeral.end].strip()
    if MONTH_NEAR.search(before) or NAME_BEFORE.search(before) or re.match(r"(?:st|nd|rd|th)\b|:\d\d|/\d|-\d", after):
        return True
    if re.match(
        r"\s+(?:January|February|March|April|May|June|July|August|September|October|November|December)\b", after
    ):
        return True
    if number.lower() in ("one", "a", "zero") or before.endswith((":", "/", "(+")):
        return True
    year = re.fullmatch(r"(?:19|20)\d\d", number) is not None
    if year and not re.match(r"\s+(?:" + "|".join(sorted(words("counted"))) + r")\b", after, re.I):
        return True
    return re.match(r"\s*(?:a\.m|p\.m|am|pm|o['’]clock|GMT|hours? GMT)\b", after) is not None


def _counted(text: str, numeral: Numeral) -> Counted | None:
    """The phrase after the numeral, its class and unit."""
    if numeral.symbol == "%":
        return Counted(numeral.end, "percent", "share", "percent")
    if numeral.symbol:
        unit = {"€": "EUR", "£": "GBP"}.get(numeral.symbol.strip(), "USD")
        return Counted(numeral.end, None, "money", unit)
    match = NOUN_PHRASE.match(text, numeral.end)
    if match is None or NOT_COUNTS.match(match["np"]):
        return None
    phrase = match["np"].split()
    first = phrase[0].lower().strip("#'’")
    if first in units():
        measure, of = units()[first]
        return Counted(match.start("np") + len(phrase[0]), phrase[0], of, measure)
    head = _head(phrase)
    if head == 0:
        return None
    chosen = phrase[:head]
    kind = _kind(chosen, text, numeral, match.start("np"))
    end = match.start("np") + _length(match["np"], head)
    plural = (
        chosen[-1].lower().endswith(("s", "men", "people", "children", "women", "dead", "wounded")) or kind is not None
    )
    if not plural and not chosen[-1].startswith("#"):
        return None
    return Counted(end, " ".join(chosen), kind, None)


def _length(phrase: str, count: int) -> int:
    """Characters of the first `count` words of a phrase, blanks between them as they stand."""
    match = re.match(rf"\S+(?:\s+\S+){{{count - 1}}}", phrase)
    return match.end() if match else len(phrase)


def _head(phrase: list[str]) -> int:
    """How many words of the phrase belong to what is counted: up to the first plural or known noun."""
    for k, word in enumerate(phrase, 1):
        lower = word.lower().strip("#'’,")
        known = lower in words("counted") and lower not in FILLERS
        if (
            known
            or word.startswith("#")
            or (lower.endswith("s") and len(lower) > 3 and not lower.endswith(("ss", "'s", "ous")))
        ):
            return k
        if lower in ("killed", "wounded", "dead", "injured"):
            return k
    return 1 if phrase[0][0].isupper() or phrase[0].lower() in words("counted") else 0


def _kind(phrase: list[str], text: str, numeral: Numeral, at: int) -> str | None:
    """The class of what is counted: a verb of harm near it wins, then its words, then "force of N people"."""
    classes = {row["word"]: row["kind"] for row in table("counted")}
    own = [classes[w] for p in phrase if (w := p.lower().strip("#'’")) in classes]
    if own and own[-1] in ("killed", "wounded", "displaced", "detained"):
        return own[-1]  # "15 injured" are wounded, whoever was killed beside them
    after = text[at : at + 60]
    harm = VERB_CLASS.search(after)
    if harm and re.match(
        r"\S+(?:\s+\S+){0,3}\s+(?:(?:were|was|have been|had been|are)\s+)?(?:\w+ly\s+)?$", after[: harm.start()] or " "
    ):
        word = harm.group(1).lower()
        return VERB_KIND.get(word, word)
    before = text[max(0, numeral.start - 40) : numeral.start]
    if re.search(r"\bkill(?:ed|ing)\s+(?:\w+\s+)?$", before):
        return "killed"
    if re.search(r"\b(?:wound|injur)(?:ed|ing)\s+(?:\w+\s+)?$", before):
        return "wounded"
    if own and own[-1] == "people" and re.search(r"\b(?:force|army|militia|unit|group)\s+of\s+$", before):
        return "fighters"
    if "fighters" in own or "displaced" in own:
        return "fighters" if "fighters" in own else "displaced"
    return own[-1] if own else None


def _row(sheet: Sheet, start: int, end: int, numeral: Numeral, counted: Counted, why: str, sentence: Span) -> Quantity:
    text = sheet.report.text
    while end > start and text[end - 1] in " ,.;:\n":
        end -= 1
    holder = _holder(sheet, start, end)
    place = next(
        (p.place_id for p in sheet.places if sentence.start <= p.start < sentence.end and p.precision != "country"),
        None,
    )
    return Quantity(
        quantity_id=content_id("q", sheet.report.report_id, start, end),
        report_id=sheet.report.report_id,
        start=start,
        end=end,
        text=text[start:end],
        low=numeral.low,
        high=numeral.high,
        exact=numeral.exact,
        modifier=numeral.modifier,
        unit=counted.unit,
        counted=counted.words,
        counted_class=counted.kind,
        subject=None,
        subject_entity=None,
        place_id=place,
        as_of_from=holder.said_from if holder else sheet.report.published and sheet.report.published[:10],
        as_of_to=holder.said_to if holder else sheet.report.published and sheet.report.published[:10],
        statement_id=holder.statement_id if holder else None,
        why=why,
        confidence=0.9 if counted.kind else 0.7,
    )


def _holder(sheet: Sheet, start: int, end: int) -> Statement | None:
    """The innermost statement that holds the figure."""
    holding = [s for s in sheet.statements if any(c.start <= start and end <= c.end for c in s.content)]
    return min(holding, key=lambda s: (sum(c.end - c.start for c in s.content), s.statement_id), default=None)
