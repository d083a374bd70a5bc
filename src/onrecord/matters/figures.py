"""Figures that answer one question: who counts the same thing in the same place, and who prints whose count again.

A false meeting puts a contradiction into the ledger that nobody made, so the rules are narrow. Two figures meet when they
count one class of one whole, neither is named as a part of a larger count, their sentences name no different place and no
different day, and either two mouths of one report give them side by side, or two reports of the same days tell them in
sentences that are alike.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from onrecord.matters.likeness import terms
from onrecord.matters.origins import Claim, Roots
from onrecord.records import Quantity, Sheet, Time
from onrecord.text.tables import words

COMPARED = frozenset("fighters killed wounded displaced detained people vehicles weapons buildings".split())
HARM = frozenset("killed wounded displaced detained".split())
# Figures that can be set against each other; two shells and three shells are two moments of one attack.
CONTESTED = HARM | {"fighters", "people"}
NEIGHBOURS = 2  # names that the surroundings of two figures of one report must share
DAYS_APART = 1
AROUND = 250  # characters of surroundings on each side, at most the paragraph and the one before
ALIKE = 0.4  # Dice of the content words of two figures' sentences, two reports
# Two reports' equal counts of one town are of one incident from here on; of two kinds of harm each from here.
TELLING, TELLING_PAIR = 10, 3
NARROW = ("point", "district", "province")
ALIKE_DIFFERENT = 0.6  # the same where the figures differ and no town is named in both
BESIDE, ADJACENT = (
    700,
    300,
)  # characters between two mouths' figures of harm in one report: set against each other, or not
OTHERS = re.compile(r"\b(?:others?|more|another|of (?:them|those|the)|remaining)\b", re.I)
# Figures further apart than this count different things; smaller forces than this are squads in an incident.
MOST_TIMES_APART, SMALLEST_FORCE = 20, 100
# Figures of harm further apart than this, in two reports, tell of two incidents.
HARM_TIMES_APART = 3
STOP = re.compile(r"[.!?][\"”’')]*\s+(?=[\"“‘'(]?[A-Z0-9])|\n")
# A part of a larger count, or a count added to one, before the figure or after it.
PART_BEFORE = re.compile(
    r"(?:\b(?:includ(?:ing|es?|ed)|among (?:them|whom|those|the dead)|of (?:them|whom|which|those)|as well as|along with|"
    r"another|others?|further|additional|remaining|also)\b)\W*(?:(?:at least|some|about|around|up to|as many as)\W+)?$",
    re.I,
)
PART_AFTER = re.compile(
    r"^\W*(?:(?:others|more|of (?:them|those|whom|the)|from one)\b|(?:were|are) (?:civilians|children|women|fighters|"
    r"militants|rebels|soldiers|among)\b|among (?:them|the dead)\b)|^[^.]{0,40}\bwere among the (?:dead|victims|wounded)\b",
    re.I,
)
BY_PLACE = re.compile(r"\b\d+ in (?:the )?[A-Z]")  # "150 bodies in Kessa, 100 in Lenn, 67 in Varro"
DEATHS = re.compile(r"\b(?:kill|dead|death|die[ds]?\b|slain|martyr)\w*", re.I)
WOUNDS = re.compile(r"\b(?:wound|injur|hurt)\w*", re.I)
# Words that set one count against another; and those that make a figure a sum over a time.
AGAINST = re.compile(
    r"\b(?:but|however|whereas|only|put the|instead|rather|disput\w+|den(?:y|ied|ies)|toll|though|although|not more)\b",
    re.I,
)
TOTALS = re.compile(
    r"\b(?:since|so far|in total|altogether|overall|over the (?:past|last)|in the (?:past|last)|last (?:month|year|week)|"
    r"this (?:month|year)|began|have been killed|has killed|have killed|war|conflict)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Setting:
    """What stands around a figure: names in its own paragraph, names near it, and what its own sentence says."""

    own: frozenset[str]
    near: frozenset[str]
    terms: frozenset[str]
    origin: str
    places: frozenset[str] = frozenset()  # towns and provinces of its sentence, no countries
    days: tuple[tuple[str, str], ...] = ()  # first and last day of every time in its sentence
    part: bool = False  # a part of another count, or added to it
    total: bool = False  # a sum over a war or a season, not of one incident
    against: bool = False  # its sentence sets it against another
    named: bool = True  # whether its mouth is known apart: "the source" of a report is often one named before
    sphere: str | None = None  # what kind of mouth it is, see `mouths.sphere`
    spoken: bool = True  # whether somebody says it, rather than the report by itself
    points: frozenset[str] = frozenset()  # of its sentence's places those no wider than a district
    beside: frozenset[tuple[str, float]] = frozenset()  # class and number of the other harm its sentence counts
    region: frozenset[int] = frozenset()  # GeoNames ids of all places of its report that are narrower than a country


def figure_groups(found: Sequence[Claim], sheets: Sequence[Sheet], roots: Roots) -> list[list[Claim]]:
    """Groups of exact figures that count one thing, each with the copies of its members."""
    by_id = {s.report.report_id: s for s in sheets}
    kept = [
        c
        for c in found
        if c.quantity is not None
        and _comparable(c.quantity)
        and _class_sure(by_id[c.report_id].report.text, c.quantity)
    ]
    mouths = [roots.origin(c) for c in kept]
    origins = [o.origin_id for o in mouths]
    around = [
        replace(
            setting(by_id[c.report_id], c, o.party or o.origin_id),
            named=o.named,
            spoken=o.kind == "speaker",
            sphere=roots.sphere(c, o),
        )
        for c, o in zip(kept, mouths, strict=True)
    ]
    links: dict[int, set[int]] = defaultdict(set)
    copies: dict[int, set[int]] = defaultdict(set)
    for i, j in _pairs(kept, by_id, roots):
        copied = roots.copied(kept[i], kept[j])
        if copied or _meet(kept[i], kept[j], around[i], around[j], by_id) or _one_story(i, j, kept, around, roots):
            links[i].add(j)
            links[j].add(i)
        if copied:
            copies[i].add(j)
            copies[j].add(i)
    for i, same in sorted(copies.items()):  # what meets a figure meets its copies
        for k in links[i] - same - {i}:
            for j in same - {k}:
                links[j].add(k)
                links[k].add(j)
    grouped = _absorbed(list(stars(links)), links, kept)
    groups = [group for group in grouped if len({origins[k] for k in group}) > 1 or _printed_again(kept, group)]
    return [[kept[k] for k in group] for group in groups]


def _absorbed(groups: Sequence[list[int]], links: Mapping[int, set[int]], kept: Sequence[Claim]) -> list[list[int]]:
    """Groups of one number that meet in a link are one group: equal counts of one incident, told too differently to be alike."""
    low = [c.quantity.low if c.quantity is not None else None for c in kept]
    owner = {k: n for n, group in enumerate(groups) for k in group}
    made = {n: list(group) for n, group in enumerate(groups)}
    single = {n for n, group in made.items() if len({low[k] for k in group}) == 1}
    for k in sorted(links):
        for j in sorted(links[k]):
            one, other = owner.get(k), owner.get(j)
            if one is None or other is None or one == other or low[k] != low[j] or not {one, other} <= single:
                continue
            for moved in made.pop(other):
                made[one].append(moved)
                owner[moved] = one
    return [sorted(group) for group in made.values()]


def _pairs(kept: Sequence[Claim], sheets: Mapping[str, Sheet], roots: Roots) -> Iterator[tuple[int, int]]:
    """Pairs of one class that may meet, in order: of one report, of neighbouring days, or printed from each other.

    The number grows with the figures of a few days, not with the square of the pile.
    """
    blocks: dict[tuple[str, object], list[int]] = defaultdict(list)
    for k, claim in enumerate(kept):
        name = _class(claim)
        blocks[name, claim.report_id].append(k)
        if (day := _ordinal(sheets[claim.report_id])) is not None:
            blocks[name, day].append(k)
    for i, claim in enumerate(kept):
        name, day = _class(claim), _ordinal(sheets[claim.report_id])
        near: list[object] = [claim.report_id, *roots.prints(claim)]
        near += [day + d for d in range(-DAYS_APART, DAYS_APART + 1)] if day is not None else []
        yield from ((i, j) for j in sorted({j for key in near for j in blocks.get((name, key), ()) if j > i}))


def _class(claim: Claim) -> str:
    return (claim.quantity.counted_class if claim.quantity is not None else None) or ""


def _ordinal(sheet: Sheet) -> int | None:
    try:
        return date.fromisoformat((sheet.report.published or "")[:10]).toordinal()
    except ValueError:
        return None


def _printed_again(kept: Sequence[Claim], group: Sequence[int]) -> bool:
    return len({kept[k].report_id for k in group}) > 1


def stars(links: Mapping[int, set[int]]) -> Iterator[list[int]]:
    """The best-linked claim and those linked to it and to each other, then the rest: nothing chains through a go-between."""
    left = set(links)
    for centre in sorted(links, key=lambda k: (-len(links[k]), k)):
        if centre in left:
            group = _tight(centre, links[centre] & left, links)
            left -= set(group)
            if len(group) > 1:
                yield group


def _tight(centre: int, near: set[int], links: Mapping[int, set[int]]) -> list[int]:
    """A group round its centre in which every two are linked; the best-linked join first."""
    group = [centre]
    for k in sorted(near, key=lambda k: (-len(links[k] & near), k)):
        if all(k in links[m] for m in group):
            group.append(k)
    return sorted(group)


def _comparable(quantity: Quantity) -> bool:
    vague = quantity.high is None and not (quantity.modifier or "").startswith(("more", "over", "at least", "no "))
    whole = quantity.scope == "whole" and quantity.realis == "actual"
    return quantity.counted_class in COMPARED and whole and not vague and (quantity.low or 0) >= 2


def _class_sure(text: str, quantity: Quantity) -> bool:
    """Whether the words beside a figure of harm agree with its class: "killing six people and wounding 32" has two."""
    before = text[max(0, quantity.start - 30) : quantity.start].rsplit(".", 1)[-1]
    after = text[quantity.end : quantity.end + 25].split(".", 1)[0].split(" and ", 1)[0]
    own, other = (DEATHS, WOUNDS) if quantity.counted_class == "killed" else (WOUNDS, DEATHS)
    if quantity.counted_class not in ("killed", "wounded") or own.search(quantity.text) or own.search(after):
        return True
    found = list(other.finditer(before))
    return not found or any(m.start() > found[-1].start() for m in own.finditer(before))


def setting(sheet: Sheet, claim: Claim, origin: str = "") -> Setting:
    """The surroundings of a figure."""
    text, first, last = sheet.report.text, claim.spans[0].start, claim.spans[-1].end
    start = max(text.rfind("\n", 0, first) + 1, first - AROUND)
    stop = text.find("\n", last)
    end = min(len(text) if stop < 0 else stop, last + AROUND)
    before = max(text.rfind("\n", 0, len(text[:start].rstrip())) + 1, start - AROUND)
    names = [(m.start, m.entity_id or m.name or m.text, m.type) for m in sheet.mentions if before <= m.start < end]
    own = frozenset(n for at, n, kind in names if at >= start and kind not in ("person", "outlet"))
    a, b = sentence_around(text, first, last)
    return Setting(
        own=own,
        near=frozenset(n for _, n, _ in names),
        terms=terms(text[a:b]) - _names(sheet, a, b),
        origin=origin,
        places=frozenset(p.name for p in sheet.places if a <= p.start < b and p.precision != "country"),
        days=tuple(d for t in sheet.times if a <= t.start < b and (d := _day(t))),
        part=bool(
            OTHERS.search(claim.text)
            or len(BY_PLACE.findall(text[a:b])) > 1
            or PART_BEFORE.search(text[max(a, first - 40) : first])
            or PART_AFTER.match(text[last:b])
        ),
        total=bool(TOTALS.search(text[a:b])),
        against=bool(AGAINST.search(text[a:b])),
        points=frozenset(p.name for p in sheet.places if a <= p.start < b and p.precision in ("point", "district")),
        beside=frozenset(_beside_it(sheet, claim, a, b)),
        region=frozenset(p.geoname_id for p in sheet.places if p.geoname_id and p.precision in NARROW),
    )


def _beside_it(sheet: Sheet, claim: Claim, a: int, b: int) -> Iterator[tuple[str, float]]:
    """Class and number of the other harm that a sentence counts: "killed 16 people and wounded 40"."""
    own = claim.quantity.counted_class if claim.quantity is not None else None
    for q in sheet.quantities:
        if a <= q.start < b and q.counted_class in HARM and q.counted_class != own and (q.low or 0) >= TELLING_PAIR:
            yield q.counted_class or "", q.low or 0.0


def _names(sheet: Sheet, a: int, b: int) -> frozenset[str]:
    """Words of the mouths a sentence names: that one watchdog counts twice makes no two counts one."""
    mouths = [m.text for m in sheet.mentions if a <= m.start < b and m.type in ("group", "outlet", "person")]
    return terms(" ".join(mouths))


def sentence_around(text: str, first: int, last: int) -> tuple[int, int]:
    """The sentence that holds characters first to last, as far as stops and line ends tell."""
    start = max((m.end() for m in STOP.finditer(text, max(0, first - 600), first)), default=max(0, first - 600))
    found = STOP.search(text, last, min(len(text), last + 600))
    return start, found.start() + 1 if found else min(len(text), last + 600)


def _day(time: Time) -> tuple[str, str] | None:
    """The days of a time; none for spans longer than a week, which bar nothing."""
    if time.date_from is None or time.date_to is None or time.type not in ("DATE", "TIME"):
        return None
    first, last = time.date_from[:10], time.date_to[:10]
    return (first, last) if _apart(first, last) <= 6 else None


def _meet(a: Claim, b: Claim, one: Setting, two: Setting, sheets: Mapping[str, Sheet]) -> bool:
    qa, qb = a.quantity, b.quantity
    if qa is None or qb is None or qa.unit != qb.unit or (one.own and two.own and not one.own & two.own):
        return False
    low, high = sorted((qa.low or 1.0, qb.low or 1.0))
    if high > MOST_TIMES_APART * max(low, 1.0) or (qa.counted_class == "fighters" and low < SMALLEST_FORCE):
        return False
    same_words = _head(qa) == _head(qb)
    if one.origin == two.origin and (qa.low != qb.low or not same_words):
        return False  # one mouth with two figures counts two things, as far as rules can tell
    if not _one_time_and_place(a, b, one, two) or one.part != two.part or one.total != two.total:
        return False
    if qa.low != qb.low and (one.part or _holds_less(qa, qb)):
        return False
    if a.report_id == b.report_id:
        told = one.spoken and two.spoken and one.origin != two.origin
        like = same_words or qa.counted_class == "fighters" or _whole(qa, qb)
        return told and like and _beside(a, b, one, two) and len(one.near & two.near) >= NEIGHBOURS
    close = days_between(sheets[a.report_id], sheets[b.report_id]) <= DAYS_APART
    if close and _no_chance(qa, qb, one, two):
        return True
    if qa.low != qb.low and not _could_differ(qa.counted_class or "", low, high, one, two):
        return False
    return close and bool(one.own & two.own) and (same_words or _whole(qa, qb)) and _alike(one, two)


def _holds_less(a: Quantity, b: Quantity) -> bool:
    """Whether the smaller figure counts only civilians where the other counts everybody: no contradiction."""
    low, high = sorted((a, b), key=lambda q: q.low or 0.0)
    return _head(low) == "civilians" and _head(high) != "civilians"


def _no_chance(a: Quantity, b: Quantity, one: Setting, two: Setting) -> bool:
    """Whether two equal counts of harm can hardly be of two incidents: one town and a large number, or a second equal count."""
    if a.low != b.low or one.part or not (_whole(a, b) or _head(a) == _head(b)) or a.counted_class not in HARM:
        return False
    large = (a.low or 0) >= TELLING and bool(one.points) and one.points == two.points
    return large or bool(one.beside & two.beside and one.region & two.region)


def _one_story(i: int, j: int, kept: Sequence[Claim], around: Sequence[Setting], roots: Roots) -> bool:
    """Whether two reports that share wording give one large count, of a place that neither sentence names another for."""
    a, b, one, two = kept[i], kept[j], around[i], around[j]
    if a.quantity is None or b.quantity is None or a.report_id == b.report_id or a.quantity.low != b.quantity.low:
        return False
    harm = a.quantity.counted_class in HARM and (
        _whole(a.quantity, b.quantity) or _head(a.quantity) == _head(b.quantity)
    )
    alone = not (one.part or two.part or one.total or two.total) and not (one.points and two.points)
    large = (a.quantity.low or 0) >= TELLING and _one_time_and_place(a, b, one, two)
    return harm and alone and large and bool(one.region & two.region) and roots.related(a, b)


def _could_differ(counted: str, low: float, high: float, one: Setting, two: Setting) -> bool:
    """Whether two reports' different figures are of one incident: near each other, told alike, of one town or very alike.

    A report's own count is a sum of what it was told, or an older one; only mouths contradict each other.
    """
    if not (one.spoken and two.spoken):
        return False
    near = counted not in HARM or high <= HARM_TIMES_APART * low
    return counted in CONTESTED and near and (bool(one.places & two.places) or _alike(one, two, ALIKE_DIFFERENT))


def _one_time_and_place(a: Claim, b: Claim, one: Setting, two: Setting) -> bool:
    """Whether nothing sets the two apart: whose, where, and when, each only where both say it."""
    qa, qb = a.quantity, b.quantity
    assert qa is not None
    assert qb is not None
    if qa.subject_entity and qb.subject_entity and qa.subject_entity != qb.subject_entity:
        return False
    if one.places and two.places and not (one.places <= two.places or two.places <= one.places):
        return False
    return not (one.days and two.days) or any(x[0] <= y[1] and y[0] <= x[1] for x in one.days for y in two.days)


def _beside(a: Claim, b: Claim, one: Setting, two: Setting) -> bool:
    """Whether one report sets two figures against each other; a count of a force may stand anywhere in it."""
    qa, qb = a.quantity, b.quantity
    assert qa is not None
    assert qb is not None
    if qa.counted_class == "fighters" or qa.low == qb.low:
        return True
    if not (one.named and two.named) and (one.sphere is None or two.sphere is None or one.sphere == two.sphere):
        return False
    gap = abs(qa.start - qb.start)
    later = two if qb.start > qa.start else one
    return qa.counted_class in CONTESTED and (gap <= ADJACENT or (gap <= BESIDE and later.against))


def _head(quantity: Quantity) -> str:
    return (quantity.counted or "").lower().split()[-1] if quantity.counted else ""


def _whole(a: Quantity, b: Quantity) -> bool:
    """Whether both count all that came to one kind of harm; "women" or "soldiers" may be a part of it. Of two equal counts a bare number ("a toll of 16") does."""
    heads = {_head(a), _head(b)} - ({""} if a.low == b.low else set())
    return a.counted_class in HARM and heads <= words("comparing", "whole")


def _alike(one: Setting, two: Setting, least: float = ALIKE) -> bool:
    return 2 * len(one.terms & two.terms) >= least * (len(one.terms) + len(two.terms)) > 0


def days_between(a: Sheet, b: Sheet) -> int:
    """Days between two reports, from the days they were printed; a report without a day is close to nothing."""
    try:
        return _apart((a.report.published or "")[:10], (b.report.published or "")[:10])
    except ValueError:
        return DAYS_APART + 1


def _apart(first: str, last: str) -> int:
    return abs((date.fromisoformat(first) - date.fromisoformat(last)).days)
