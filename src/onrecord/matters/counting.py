"""How many independent mouths are behind a matter, and how every claim is tied to the one it repeats: the ladder.

same text (a copy) < same utterance (one mouth, the same words or the same day and channel) < same speaker (two occasions)
< same party (a spokesman and his movement) < independent. What is not known to be another mouth is not counted as one.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from onrecord.entities.sameness import folded
from onrecord.matters.likeness import terms
from onrecord.matters.origins import Claim, Roots
from onrecord.records import Origin

FEWEST = 5  # content words that make wording telling
SAME_WORDS = 0.75  # Dice of the content words of two prints of one utterance
HELD = 0.85  # share of the shorter one's words that stand in one run in the other, in one report


def settled(group: Sequence[Claim], roots: Roots) -> list[Origin]:
    """The origin of every claim; a report's own account of what a speaker in it says is that speaker's."""
    origins = [roots.origin(c) for c in group]
    told: dict[tuple[str, object], Origin] = {}
    for claim, origin in zip(group, origins, strict=True):
        if origin.kind == "speaker" and claim.quantity is not None:
            told.setdefault((claim.report_id, claim.quantity.low), origin)
    made = []
    for claim, origin in zip(group, origins, strict=True):
        key = (claim.report_id, claim.quantity.low if claim.quantity is not None else None)
        made.append(told.get(key, origin) if origin.kind == "document" else origin)
    return made


def one_utterance(group: Sequence[Claim], origins: Sequence[Origin]) -> list[Origin]:
    """The origins for counting: statements in nearly the same words are one utterance, whoever is named.

    Two people do not choose the same words; two news desks that name a ministry and its spokesman for them do. In one
    report two witnesses may say much the same; there one must hold the other's words: a heading, and its sentence.
    """
    made = list(origins)
    for k, claim in enumerate(group):
        for j in range(k):
            other = group[j]
            if claim.quantity is None and same_words(other, claim):
                made = [made[j] if o.origin_id == made[k].origin_id else o for o in made]
                break
    return made


def same_words(one: Claim, other: Claim) -> bool:
    """Whether two claims are two prints of one utterance, by their content words."""
    a, b = terms(one.text), terms(other.text)
    if min(len(a), len(b)) < FEWEST:
        return False
    if one.report_id == other.report_id:
        short, long = sorted((_words(one.text), _words(other.text)), key=len)
        run = SequenceMatcher(None, short, long, autojunk=False).find_longest_match().size
        return run >= HELD * len(short)
    return 2 * len(a & b) >= SAME_WORDS * (len(a) + len(b))


def _words(text: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in text.lower()).split()


def interest(origin: Origin) -> str:
    """Whose interest an origin is: its party, else itself; mouths that two reports describe alike may be one."""
    if origin.party is not None:
        return origin.party
    described = origin.kind == "speaker" and origin.entity_id is None
    return folded(origin.name or "") if described else origin.origin_id


def independent(origins: Sequence[Origin], clash: bool = False, spheres: Sequence[str | None] = ()) -> int:
    """The least number of independent origins that the evidence shows.

    A report's own account of what somebody is quoted for elsewhere, or a mouth nobody names, may be that somebody again:
    news desks seldom count the dead themselves. Each counts as an origin only where the claims clash. A mouth nobody names
    that is of another kind than all that are named ("state media" beside an observatory) is somebody else.

    Args:
        origins: of the claims, any number of times.
        clash: the claims cannot all hold, so that mouths of which nobody knows who they are must be different ones.
        spheres: what kind of mouth each origin is, see `mouths.sphere`; empty where nobody asked.
    """
    origins = _without_short_names(origins)
    named = {interest(o) for o in origins if o.named and o.kind == "speaker"}
    other = {interest(o) for o in origins} - named
    if clash:
        return len(named | other)
    kinds: dict[str, set[str]] = {key: set() for key in named | other}
    for origin, kind in zip(origins, spheres, strict=False):
        kinds[interest(origin)] |= {kind} if kind is not None else set()
    speaking = {interest(o) for o in origins if o.kind == "speaker"} - named
    described = {kind for key in speaking if len(kinds[key]) == 1 for kind in kinds[key]}
    apart = [kind for kind in described if all(kinds[key] and kind not in kinds[key] for key in named)]
    return max(len(named) + len(apart), 1)


def _without_short_names(origins: Sequence[Origin]) -> list[Origin]:
    """The origins, a short name in place of the longer one that ends in it: "Lund" may be Hanne Lund, whatever joined them."""
    full = {folded(o.name): o for o in origins if o.kind == "speaker" and o.name}
    longer = {short: next((full[n] for n in sorted(full) if n.endswith(f" {short}")), None) for short in full}
    return [(longer[folded(o.name)] or o) if o.kind == "speaker" and o.name else o for o in origins]


def ladder(group: Sequence[Claim], origins: Sequence[Origin], roots: Roots) -> list[tuple[str, str | None]]:
    """For every claim of a group: its rung against the earliest claim of its interest, and what ties them."""
    order = sorted(range(len(group)), key=lambda k: (*roots.when(group[k]), group[k].spans[0].start))
    first: dict[str, list[int]] = {}
    made: dict[int, tuple[str, str | None]] = {}
    for k in order:
        earlier = first.setdefault(interest(origins[k]), [])
        made[k] = _rung(group, origins, roots, earlier, k) if earlier else ("first", None)
        earlier.append(k)
    return [made[k] for k in range(len(group))]


def _rung(
    group: Sequence[Claim], origins: Sequence[Origin], roots: Roots, earlier: Sequence[int], k: int
) -> tuple[str, str | None]:
    for j in earlier:
        if group[j].report_id != group[k].report_id and (tie := roots.tie(group[j], group[k])) is not None:
            return "same text", tie
    same = [j for j in earlier if origins[j].origin_id == origins[k].origin_id]
    for j in same:
        if (tie := _utterance(group[j], group[k])) is not None:
            return "same utterance", f"{group[j].claim_id}: {tie}"
    name = origins[k].name or "unnamed"
    return ("same speaker", f"{group[same[0]].claim_id}: {name}") if same else ("same party", origins[k].party)


def _utterance(one: Claim, other: Claim) -> str | None:
    if same_words(one, other):
        return "the same words"
    said = (one.statement, other.statement)
    if said[0] and said[1] and said[0].said_from and said[0].said_from == said[1].said_from:
        mine, yours = (s.chain[-1].channel for s in said if s is not None)
        return "the same day and channel" if mine and mine == yours else None
    return None
