"""Times in text: a tokenised rule grammar that gives TIMEX3 type and value and a half-open interval of days.

House rules: a weekday is the latest such day on or before the anchor, the anchor included, unless its verb looks ahead
("will", "until", "by", "due"); words beside a verb of saying date the utterance, and "yesterday" in what was said
counts from that day; nothing is invented where no anchor is known. The grammar is data: `words/times.tsv` says what
kind of word each word is, `words/time_rules.tsv` lists the rules, first match first; the readers of `text/times/` say what they mean.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from onrecord.text.tables import table
from onrecord.text.times import READERS, periods
from onrecord.text.times.context import Context, Undated, Words
from onrecord.text.times.lexicon import SENTENCE_END, Token, classes, letters, stretches, tokens
from onrecord.text.times.outlooks import Outlook, outlook_of, said_before
from onrecord.text.times.periods import DAY, Period

LOOKS_BACK = 8  # tokens before an expression that a reader may ask about
LOOKS = frozenset({"month_day", "same_month", "month_year", "weekday", "period", "season"})  # readers that ask the verb
COUNTS = frozenset({"relative_day", "ago", "part", "period"})  # readers whose words the speaker's day can anchor
DATED = frozenset({"weekday", "month_day", "full", "relative_day"})  # readers whose words can date an utterance
NEVER_FIRST = ("word", "mark", "line", "comma", "money", "percent", "poss", "hyphen")  # kinds that begin no rule
BEFORE_DATE = re.compile(r",?\s+(?:(?:on|of|in|the)\s+)*", re.I)
AFTER_DATE = re.compile(r",?\s+(?:(?:at|in|the|about|around|just|after|before|shortly)\s+)*", re.I)
APART = re.compile(r"\s+(?P<way>before|after|prior to|following|earlier than|later than)\s+(?:the\s+)?", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A time expression: offsets into the text given, TIMEX3 type and value, and the days [first, until) it names."""

    start: int
    end: int
    type: str  # DATE, TIME, DURATION, SET
    value: str | None  # underspecified ("XXXX-WXX-7") or None where relative words have no day to count from
    first: date | None
    until: date | None
    precision: str  # see `periods.Period`
    anchor: date | None  # the day it was counted from; None for words that need none
    rule: str

    @property
    def last(self) -> date | None:
        """The last day that it names."""
        return self.until - DAY if self.until else None


@dataclass(frozen=True, slots=True)
class Match:
    """A rule's match: its tokens, and all tokens before them in the stretch."""

    rule: str
    reader: str
    tokens: Sequence[Token]
    before: Sequence[Token]

    @property
    def start(self) -> int:
        """Offset of the first character."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Offset after the last character."""
        return self.tokens[-1].end


Verbs = Callable[[int, int], Outlook]


def parse(text: str, anchor: date | None, verbs: Verbs | None = None) -> tuple[Found, ...]:
    """All time expressions of a text, in order; they do not overlap.

    Args:
        text: any English text.
        anchor: the day that "yesterday" counts from: the report's, or the origin's where the report copies.
        verbs: what the verb about a stretch of characters looks to, where a reading of the text knows; words beside
            the stretch decide where it gives None.

    >>> [(f.value, f.rule) for f in parse("on Sunday", date(2021, 8, 23))]
    [('2021-08-22', 'weekday')]
    """
    matches = list(_matches(text))
    spoken = _utterances(text, matches, anchor, verbs)
    context = Context(anchor)
    found: list[Found] = []
    for match in matches:
        context.anchor = spoken.get(match.start, anchor) if match.reader in COUNTS else anchor
        made = _read(text, match, context, verbs)
        if made is None:
            continue
        found.append(made)
        _merge(text, found)
        if found[-1].first is not None:
            context.latest = Period(
                value=found[-1].value, first=found[-1].first, until=found[-1].until, precision=found[-1].precision
            )
    return tuple(found)


@cache
def grammar() -> tuple[re.Pattern[str], tuple[tuple[str, str], ...]]:
    """One expression over class strings, a group for each rule in the order of the table; rule and reader by group."""
    code, macros = letters(), dict[str, str]()
    groups: list[str] = []
    rules: list[tuple[str, str]] = []
    for row in table("time_rules"):
        pattern = _compiled(row["pattern"], macros, code)
        if row["reader"]:
            groups.append(f"({pattern})")
            rules.append((row["rule"], row["reader"]))
        else:
            macros[row["rule"]] = f"(?:{pattern})"
    never = "".join(code[kind] for kind in NEVER_FIRST)
    return re.compile(f"(?![{never}])(?:{'|'.join(groups)})"), tuple(rules)


def _compiled(pattern: str, macros: dict[str, str], code: dict[str, str]) -> str:
    grouped = re.sub(r"\((?!\?)", "(?:", pattern)
    named = re.sub(r"[A-Za-z]+", lambda m: macros[m.group()] if m.group().isupper() else code[m.group()], grouped)
    return named.replace(" ", "")


def _matches(text: str) -> Iterator[Match]:
    pattern, rules = grammar()
    for start, end in stretches(text):
        found = tokens(text, start, end)
        for match in pattern.finditer(classes(found)):
            if match.lastindex and match.end() > match.start():
                rule, reader = rules[match.lastindex - 1]
                yield Match(
                    rule,
                    reader,
                    found[match.start() : match.end()],
                    found[max(0, match.start() - LOOKS_BACK) : match.start()],
                )


def _read(text: str, match: Match, context: Context, verbs: Verbs | None) -> Found | None:
    context.used = None
    context.outlook = None
    if match.reader in LOOKS:
        context.outlook = (verbs and verbs(match.start, match.end)) or outlook_of(text, match.start, match.end)
    try:
        read = READERS[match.reader](Words(match.tokens, match.before), context)
    except Undated:
        read = ("DATE", Period(value=None))
    except (ValueError, OverflowError):  # 30 February, the year 0: no day of any calendar
        return None
    if read is None:
        return None
    kind, period = read
    return Found(
        start=match.start,
        end=match.end,
        type=kind,
        value=period.value,
        first=period.first,
        until=period.until,
        precision=period.precision,
        anchor=context.used,
        rule=match.rule,
    )


def _utterances(text: str, matches: Sequence[Match], anchor: date | None, verbs: Verbs | None) -> dict[int, date]:
    """For starts of words that count from a day: the day their sentence says it was said on ("said on Saturday")."""
    spoken: dict[int, date] = {}
    for k, match in enumerate(matches):
        if match.reader not in DATED or not said_before(text, match.start):
            continue
        made = _read(text, match, Context(anchor), verbs)
        if made is None or made.first is None or made.precision != "day":
            continue
        for other in (*reversed(matches[:k]), *matches[k + 1 :]):
            between = text[min(match.end, other.end) : max(match.start, other.start)]
            if len(between) < 400 and not SENTENCE_END.search(between):
                spoken.setdefault(other.start, made.first)
    return spoken


def _merge(text: str, found: list[Found]) -> None:
    """Puts the last two together where they are one expression: a clock time and its day, a distance and its date."""
    if len(found) < 2:
        return
    one, two = found[-2:]
    between = text[one.end : two.start]
    made = None
    if len(between) < 24:
        made = _narrowed(one, two, BEFORE_DATE, between) or _narrowed(two, one, AFTER_DATE, between)
        made = made or _composed(one, two, APART.fullmatch(between))
    if made is not None:
        found[-2:] = [replace(made, start=one.start, end=two.end)]


def _narrowed(time: Found, day: Found, glue: re.Pattern[str], between: str) -> Found | None:
    """ "10 p.m." and "Wednesday"."""
    if time.rule not in ("clock", "part of day") or day.precision != "day" or not glue.fullmatch(between):
        return None
    if day.first is None or time.value is None:
        return None
    made = periods.at(periods.day(day.first), "T" + time.value.partition("T")[2])
    return replace(day, type="TIME", value=made.value, precision=made.precision, rule=f"{day.rule}, {time.rule}")


def _composed(far: Found, day: Found, glue: re.Match[str] | None) -> Found | None:
    """ "two days before the September 11, 2001 attacks" is a day, not a length and another day."""
    length = re.fullmatch(r"P(\d+)([DWMY])", far.value or "")
    if glue is None or length is None or day.first is None or far.type != "DURATION":
        return None
    steps = int(length[1]) * (-1 if glue["way"].lower() in ("before", "prior to", "earlier than") else 1)
    letter = length[2]
    if day.precision == "decade" and letter == "Y" and steps % 10 == 0:
        letter, steps = "DE", steps // 10
    made = periods.shifted(day.first, letter, steps)
    return replace(
        day, value=made.value, first=made.first, until=made.until, precision=made.precision, rule="distance from a date"
    )
