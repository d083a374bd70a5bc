"""Across reports: shared wording (`reuse.py`), independent origins (`origins.py`, `counting.py`), matters (`agreement.py`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.engines.memory import uncollected
from onrecord.matters.agreement import matter, statement_groups
from onrecord.matters.dating import dating_groups
from onrecord.matters.fights import fight_groups
from onrecord.matters.figures import figure_groups
from onrecord.matters.incidents import incident_groups
from onrecord.matters.moves import Move, moved
from onrecord.matters.origins import Claim, Roots, claims
from onrecord.matters.reuse import reuse
from onrecord.matters.states import state_groups
from onrecord.records import Entity, Matter, MatterClaim, Origin, Reuse, Sheet


@dataclass(frozen=True, slots=True)
class Together:
    """What a pile shows that no report shows by itself, each kind sorted by id."""

    reuse: tuple[Reuse, ...]
    origins: tuple[Origin, ...]
    matters: tuple[Matter, ...]
    claims: tuple[MatterClaim, ...]


@uncollected(lasting=True)
def compare(sheets: Sequence[Sheet], entities: Sequence[Entity], moves: Sequence[Move] = ()) -> Together:
    """Reuse, origins and matters of a pile. The order of the sheets does not matter.

    Args:
        sheets: what each report says by itself.
        entities: who is who.
        moves: claims that a person has moved to another matter, or out of one.
    """
    pile = sorted(sheets, key=lambda s: s.report.report_id)
    shared = reuse(pile)
    roots = Roots(pile, shared, entities)
    found = claims(pile)
    groups = [("figure", g) for g in figure_groups(found, pile, roots)]
    groups += [("state", g) for g in state_groups(found, pile, roots)]
    turned = {c.claim_id for kind, g in groups if kind == "state" for c in g}
    incidents = incident_groups(pile, entities, roots)
    groups += [("event", g) for g in incidents]
    same = statement_groups(found, roots, pile)
    groups += [("statement", g) for g in same if not {c.claim_id for c in g} <= turned]
    groups = moved(groups, moves, found, pile)
    asked: list[tuple[str, list[Claim], str | None]] = [(kind, g, None) for kind, g in groups]
    asked += [("dating", g, question) for question, g in dating_groups(incidents, pile)]
    asked += [("fight", g, question) for question, g in fight_groups(found, pile, entities, roots)]
    matters: list[Matter] = []
    rows: list[MatterClaim] = []
    origins: dict[str, Origin] = {}
    for kind, group, question in asked:
        row, members, behind = matter(group, kind, roots, question)
        matters.append(row)
        rows += members
        origins |= {o.origin_id: o for o in behind}
    return Together(
        reuse=shared,
        origins=tuple(sorted(origins.values(), key=lambda o: o.origin_id)),
        matters=tuple(sorted(matters, key=lambda m: m.matter_id)),
        claims=tuple(sorted(rows, key=lambda c: (c.matter_id, c.claim_id))),
    )
