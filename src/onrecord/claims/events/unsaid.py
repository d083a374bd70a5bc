"""Sides that a sentence leaves unsaid, and those that it seems to say: both need the whole report.

Who only tells of a fight is not in it. The other side of a fight is added only where the report is of two sides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.claims.events.drafts import INFERRED, Desk, Draft
from onrecord.claims.events.parties import Party
from onrecord.claims.events.scenes import Scene

FIGHTING = ("ASSAULT", "MOBILIZE")  # who withdraws from a treaty is no fighter
HARMING = ("ASSAULT", "RETREAT", "MOBILIZE", "COERCE", "SANCTION")


def without_observers(desk: Desk, drafts: Sequence[tuple[Scene, Draft]]) -> Iterator[tuple[Scene, Draft]]:
    """The drafts, with nobody in a fight who only tells of it: a monitor, an agency.

    "killing two, the monitor said" kills no monitor, whatever the tree says; "they seized the hill" may point at whoever
    spoke last. So who is quoted counts as fighting only where sentences name him as doing so, often enough for a slip.
    """
    sides = desk.parties.sides
    does = [(d, p.name) for _, d in drafts for p in _in_fight(d) if desk.parties.named(p) and not _tells(d, p)]
    sides.did(name for _, name in does)
    sides.fought(name for d, name in does if d.trigger.frame.type in FIGHTING)
    for scene, draft in drafts:
        own = draft.within.speaker if draft.within is not None else None  # "said it would halt aid": it is the speaker
        gone = {p for p in _in_fight(draft) if sides.observes(p.name) and (desk.parties.named(p) or p.name != own)}
        actors = tuple(p for p in draft.actors if p not in gone)
        yield scene, replace(draft, actors=actors, recipients=tuple(p for p in draft.recipients if p not in gone))


def _in_fight(draft: Draft) -> tuple[Party, ...]:
    """Who does what is done in a fight, or has it done to him."""
    return (*draft.actors, *draft.recipients) if draft.trigger.frame.type in HARMING else ()


def _tells(draft: Draft, party: Party) -> bool:
    """Whether the phrase is that of the one who tells of it, or is told; "vowed to fight" tells of oneself."""
    if (said := draft.within) is None or said.text.startswith("to "):
        return False
    source = said.source
    here = source is not None and party.span.start < source.end and source.start < party.span.end
    return here or party.name == said.addressee


def with_rival(desk: Desk, scene: Scene, draft: Draft) -> Draft:
    """The draft with a side that its sentence leaves unsaid, where words of fighting, talks or refusal imply one.

    Only where the report is of two sides that fight: monitors, agencies and courts are named often, too.
    """
    frame = draft.trigger.frame
    side = desk.parties.side(draft.within)
    if frame.is_a("sides") and not draft.actors:
        return _with_actors(desk, scene, draft, side)
    implied = any(map(frame.is_a, ("rival", "face", "refusal", "give")))
    if not implied or draft.recipients or len(draft.actors) != 1:
        return draft
    actor, named = draft.actors[0].name, desk.parties.sides.kind(draft.actors[0].name) != "unknown"
    if frame.is_a("face") and not named:  # "the two sides met"
        return draft
    speaker = draft.within.speaker if draft.within is not None else None
    ours = (
        actor == speaker
        or actor.lower().startswith("our ")
        or (side is not None and desk.parties.sides.allied(actor, side.name))
    )
    fights = desk.parties.sides.fights
    told = side is not None and (fights(side.name) or (frame.type == "CONSULT" and fights(actor)))
    if side is not None and told and named and not ours and frame.type != "RETREAT":
        return replace(draft, recipients=(side,), why=(*draft.why, "recipient: who says so"), sure=INFERRED)
    if frame.is_a("refusal") and not named and not ours:  # on whose side "the officials" stand, nobody says
        return draft
    return against_rival(desk, scene, draft, {actor} | ({speaker} if speaker else set()))


def against_rival(desk: Desk, scene: Scene, draft: Draft, names: set[str]) -> Draft:
    """The draft with the other side of some names for its recipient, where the report is of two sides."""
    rival = desk.parties.rival(scene.t.words[draft.trigger.at].start, names)
    why = (*draft.why, "recipient: the other side of the fight")
    return replace(draft, recipients=(rival,), why=why, sure=INFERRED) if rival is not None else draft


def _with_actors(desk: Desk, scene: Scene, draft: Draft, side: Party | None) -> Draft:
    """ "There are no talks with X", said by Y: Y and X; "war is coming": the groups that the sentence names."""
    if draft.recipients:
        if side is None or side.name in {p.name for p in draft.recipients}:
            return draft
        return replace(draft, actors=(side,), why=(*draft.why, "actor: who says so"), sure=INFERRED)
    words = scene.t.words
    named = desk.parties.groups(words[0].start, words[-1].end) if draft.trigger.part == "noun" else ()
    why = (*draft.why, "actors: the groups its sentence names")
    return replace(draft, actors=named, why=why, sure=INFERRED) if named else draft
