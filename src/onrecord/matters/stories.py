"""Which reports tell the same story: groups by the words, names and figures they share, apart where their days are apart.

Average linkage over cosine of weighted terms. Rare terms weigh most, names and figures more than other words: two
earthquakes share their verbs and differ in their towns. Pairs are sought among reports that share a rare term, so a pile
of many small stories costs little more than its size.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from onrecord.matters.likeness import stem
from onrecord.text.tables import words

WORD = re.compile(r"[^\W_]+(?:['’][a-z]+)?")
NAMES_WEIGH, FIGURES_WEIGH, PAIRS_WEIGH = 2.2, 2.0, 1.0
LEAST = 0.23  # mean cosine of two groups that are one story
DAYS = 10  # reports further apart tell two stories, or one story's next chapter
# A term in more reports than this brings no pair together, though it counts once they meet.
MOST_SHARED = 150

Bag = Mapping[str, float]


def bag(text: str) -> dict[str, float]:
    """The terms of a report with their weight before rarity: stems, pairs of neighbours, names, figures."""
    found: Counter[str] = Counter()
    before = ""
    for match in WORD.finditer(text):
        word = match.group().replace("’", "'").removesuffix("'s")
        low = word.lower()
        if low in words("comparing", "empty"):
            before = ""
            continue
        term = stem(low)
        found[term] += 1
        if before:
            found[f"{before} {term}"] += 1
        before = term
    capital = {stem(m.group(1).lower()) for m in re.finditer(r"(?<=[a-z,] )([A-Z][\w]+)", text)}
    return {t: (1 + math.log(n)) * _weigh(t, capital) for t, n in found.items()}


def _weigh(term: str, capital: set[str]) -> float:
    if " " in term:
        return PAIRS_WEIGH
    if any(c.isdigit() for c in term):
        return FIGURES_WEIGH
    return NAMES_WEIGH if term in capital else 1.0


def stories(texts: Sequence[str], days: Sequence[str | None], least: float = LEAST) -> list[int]:
    """The story of each report, as the position of the story's first report.

    Args:
        texts: of the reports.
        days: ISO days they were printed on, None where nobody knows.
        least: mean cosine at which two groups are one.
    """
    vectors = _weighted([bag(t) for t in texts])
    near = _near(vectors, days)
    members: dict[int, list[int]] = {k: [k] for k in range(len(texts))}
    sums = {(a, b): s for (a, b), s in near.items()}
    links: dict[int, set[int]] = defaultdict(set)
    for a, b in sums:
        links[a].add(b)
        links[b].add(a)
    while sums:
        (a, b), best = max(
            ((p, s / (len(members[p[0]]) * len(members[p[1]]))) for p, s in sums.items()),
            key=lambda item: (item[1], -item[0][0], -item[0][1]),
        )
        if best < least:
            break
        _merge(a, b, members, sums, links)
    return [k for k, _ in sorted(((g[0], m) for g in members.values() for m in g), key=lambda x: x[1])]


def _merge(
    a: int, b: int, members: dict[int, list[int]], sums: dict[tuple[int, int], float], links: dict[int, set[int]]
) -> None:
    """Puts group b into group a (a < b); what was near either is as near as both together."""
    members[a] = sorted(members[a] + members.pop(b))
    sums.pop((a, b))
    links[a].discard(b)
    links[b].discard(a)
    for c in links.pop(b):
        links[c].discard(b)
        key, old = (min(a, c), max(a, c)), (min(b, c), max(b, c))
        sums[key] = sums.get(key, 0.0) + sums.pop(old)
        links[a].add(c)
        links[c].add(a)


def _weighted(bags: Sequence[Bag]) -> list[dict[str, float]]:
    """Bags with rarity counted in, of unit length."""
    counts = Counter(t for one in bags for t in one)
    made = []
    for one in bags:
        row = {t: w * math.log((1 + len(bags)) / counts[t]) for t, w in one.items() if counts[t] > 1}
        length = math.sqrt(math.fsum(w * w for w in row.values())) or 1.0
        made.append({t: w / length for t, w in sorted(row.items())})
    return made


def _near(vectors: Sequence[Bag], days: Sequence[str | None]) -> dict[tuple[int, int], float]:
    posting: dict[str, list[int]] = defaultdict(list)
    for k, one in enumerate(vectors):
        for term in one:
            posting[term].append(k)
    meet = {
        (a, b)
        for held in posting.values()
        if len(held) <= MOST_SHARED
        for i, a in enumerate(held)
        for b in held[i + 1 :]
        if _close(days[a], days[b])
    }
    return {(a, b): math.fsum(w * vectors[b].get(t, 0.0) for t, w in vectors[a].items()) for a, b in sorted(meet)}


def _close(one: str | None, other: str | None) -> bool:
    if not one or not other:
        return True
    try:
        return abs((date.fromisoformat(one[:10]) - date.fromisoformat(other[:10])).days) <= DAYS
    except ValueError:
        return True
