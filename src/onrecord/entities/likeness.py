"""Pairs of names that may be one entity's, with the evidence that says so; weights lie in `words/same.tsv`.

Names are compared only inside blocks (same surname by consonants, same initials), so cost grows with the size of the
blocks and not with the square of the pile. Evidence adds up; what reaches `JOINED` is one entity, what reaches `DOUBTED`
is offered to a person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from onrecord.entities.sameness import folded, near, skeleton, spelling
from onrecord.entities.told import Ties, shared_name
from onrecord.text.tables import table

JOINED, DOUBTED = 3.5, 2.0
# A block with more names than this is no block: "Mohammad" tells nobody apart.
LARGEST_BLOCK = 60
NEARLY_ALL = 0.7  # share of the reports with a short name that must have the long one
ARTICLES = frozenset({"al", "el"})
LINKING = frozenset("of for the and in on to a al".split())


@dataclass(frozen=True, slots=True)
class Named:
    """What is known of one name while pairs are judged. `key` is the folded name."""

    key: str
    text: str
    type: str
    reports: frozenset[str]
    roles: frozenset[str]
    shorts: frozenset[str]  # short forms that some report explains with this name, folded


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names and what speaks for their being one entity's."""

    one: str
    other: str
    evidence: tuple[str, ...]
    weight: float


@cache
def weights() -> Mapping[str, float]:
    """Kind of evidence to its weight."""
    return {row["word"]: float(row["weight"]) for row in table("same")}


def pairs(names: Sequence[Named], told: Ties | None = None) -> list[Pair]:
    """All pairs with any evidence, heaviest first, then by name.

    Args:
        names: all names of a pile.
        told: what its reports state of them.
    """
    by_key = {n.key: n for n in names}
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one, other, reason in [*_people(names), *_groups(names), *_short_names(names), *_lost_apostrophes(names)]:
        a, b = sorted((one, other))
        found[a, b].add(reason)
    for one, other, reason in _told(by_key, told) if told is not None else ():
        found[one, other].add(reason)
    for (one, other), evidence in found.items():
        evidence |= set(_besides(by_key[one], by_key[other]))
    _only(found)
    made = [
        Pair(one, other, tuple(sorted(e)), sum(weights()[name] for name in sorted(e)))
        for (one, other), e in found.items()
    ]
    return sorted(made, key=lambda p: (-p.weight, p.one, p.other))


def _blocks(named: Iterator[tuple[object, Named]]) -> Iterator[list[Named]]:
    blocks: dict[object, list[Named]] = defaultdict(list)
    for key, name in named:
        blocks[key].append(name)
    yield from (block for block in blocks.values() if 1 < len(block) <= LARGEST_BLOCK)


def _people(names: Sequence[Named]) -> Iterator[tuple[str, str, str]]:
    people = [n for n in names if n.type == "person"]
    for block in _blocks((spelling(n.key), n) for n in people if spelling(n.key)):
        for a, b in combinations(block, 2):
            if near(a.key, b.key):
                yield a.key, b.key, "same spelling"
    for block in _blocks((skeleton(n.key.split()[-1]), n) for n in people):
        for a, b in combinations(block, 2):
            yield from _within_surname(a, b)


def _within_surname(a: Named, b: Named) -> Iterator[tuple[str, str, str]]:
    short, long = sorted((a, b), key=lambda n: len(n.key.split()))
    one, other = short.key.split(), long.key.split()
    if not near(one[-1], other[-1]) or len(one) == len(other):
        return
    if len(one) == 1 and not short.reports & long.reports:
        yield short.key, long.key, "surname"
    elif len(one) > 1 and near(one[0], other[0]) and set(one[1:-1]) <= set(other[1:-1]):
        extra = set(other[1:-1]) - set(one[1:-1])
        initial = len(one) == 2 and len(other) == 3 and len(other[1]) == 1
        reason = "same spelling" if extra <= ARTICLES else "middle initial" if initial else "middle name"
        yield short.key, long.key, reason


def _groups(names: Sequence[Named]) -> Iterator[tuple[str, str, str]]:
    groups = [n for n in names if n.type in ("group", "unknown")]
    short = {n.key: n for n in groups if " " not in n.key and 2 <= len(n.key) <= 7 and n.text.isupper()}
    for name in groups:
        letters = "".join(w[0] for w in name.key.split() if w not in LINKING)
        if len(letters) >= 2 and letters in short and letters not in name.key.split():
            yield name.key, letters, "initials"
        for form in name.shorts & set(short):
            yield name.key, form, "explained acronym"
    for block in _blocks((form, n) for n in groups for form in sorted(n.shorts)):
        for a, b in combinations(block, 2):
            one, other = a.key.split(), b.key.split()
            if len(one) == len(other) > 2 and sum(x != y for x, y in zip(one, other, strict=True)) == 1:
                yield a.key, b.key, "kept short form"


def _short_names(names: Sequence[Named]) -> Iterator[tuple[str, str, str]]:
    """ "The Observatory" after "Syrian Observatory for Human Rights": reports that use the word nearly all have the name.

    A word that belongs to several names ("Army", "Council") is short for one only where that one is far the commonest.
    """
    groups = [n for n in names if n.type in ("group", "outlet", "unknown")]
    holders: dict[str, list[Named]] = defaultdict(list)
    for name in groups:
        for word in set(name.key.split()) - LINKING:
            if " " in name.key:
                holders[word].append(name)
    for short in groups:
        names_a_part = short.text.isupper()  # the "EU Council" is no EU
        held = [(len(short.reports & n.reports), n.key) for n in holders.get(short.key, ()) if not names_a_part]
        best = sorted(held, key=lambda h: (-h[0], h[1]))[:2]
        if best and best[0][0] >= NEARLY_ALL * len(short.reports) and (len(best) < 2 or best[1][0] * 4 <= best[0][0]):
            yield short.key, best[0][1], "short name"


def _lost_apostrophes(names: Sequence[Named]) -> Iterator[tuple[str, str, str]]:
    """Archives that lose their apostrophes write "Observatorys"; the form without the "s" is far commoner there."""
    by_key = {n.key: n for n in names}
    for name in names:
        bare = by_key.get(name.key[:-1]) if name.key.endswith("s") and " " in name.key else None
        if bare is not None and bare.type == name.type and len(bare.reports) >= 3 * len(name.reports):
            yield name.key, bare.key, "lost apostrophe"


def _besides(one: Named, other: Named) -> Iterator[str]:
    """Evidence that counts only beside other evidence."""
    if one.type != "person" and one.reports & other.reports:
        yield "one report"
    if one.type == "person" and {folded(r) for r in one.roles} & {folded(r) for r in other.roles}:
        yield "same role"


def _told(names: Mapping[str, Named], told: Ties) -> Iterator[tuple[str, str, str]]:
    """What reports state: another name of a group, a parent's two names, two names of a group's one spokesman."""
    stated = [*sorted(told.stated), *(("same child", pair) for pair in sorted(told.parents))]
    yield from ((a, b, reason) for reason, (a, b) in stated if a in names and b in names)
    mouths: dict[str, list[str]] = defaultdict(list)
    for person in sorted(told.spoke_for):
        if person in names and names[person].type == "person":
            for group in told.spoke_for[person]:
                mouths[group].append(person)
    for held in mouths.values():
        for a, b in combinations(held, 2):
            word = shared_name(a, b)
            others = [n for n in names if word in n.split() and n not in (a, b, word)] if word else ["none"]
            if not others and not names[a].reports & names[b].reports:
                yield a, b, "name shared by spokesmen"


def _only(found: dict[tuple[str, str], set[str]]) -> None:
    """A short form or lone surname that fits one name only says more than one that fits several."""
    fits: dict[str, set[str]] = defaultdict(set)
    for one, other in found:
        fits[one].add(other)
        fits[other].add(one)
    letters: dict[str, set[str]] = defaultdict(set)
    for (one, other), evidence in found.items():
        if "middle initial" in evidence:
            short, long = sorted((one, other), key=lambda k: len(k.split()))
            letters[short].add(long.split()[1])
    for (one, other), evidence in found.items():
        short = min((one, other), key=lambda k: (len(k.split()), len(k), k))
        if "middle initial" in evidence and len(letters[short]) > 1:  # "John F. Kerr" and "John E. Kerr"
            evidence -= {"middle initial"}
            evidence.add("middle name")
        if evidence & {"initials", "surname", "middle name"} and len(fits[short]) == 1:
            evidence.add("only candidate")
