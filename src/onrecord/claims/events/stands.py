"""How far each mouth of a chain stands behind an event: assertion, by link."""

from __future__ import annotations

from onrecord.records import Stand, Statement

WRONGS = frozenset({"ASSAULT", "COERCE", "COOPERATE", "MOBILIZE", "SANCTION"})


def assertion(within: Statement | None, realis: str, type_: str, actors: tuple[str, ...]) -> str:
    """The innermost mouth's own stand.

    A narrator reports as fact, also what he negates. A speaker denies, allows as possible what is conditional, accuses
    somebody else of a wrong, or claims.
    """
    if within is None:
        return "reported as fact"
    if realis == "denied" or within.polarity == "denied":
        return "denied"
    if realis == "conditional" or within.kind == "question":
        return "possible"
    wrong = type_ in WRONGS and realis in ("actual", "historical") and bool(actors)
    return "accused" if wrong and within.speaker not in actors else "claimed"


def stands(outlet: str | None, within: Statement | None, said: str) -> tuple[Stand, ...]:
    """The stand of every mouth, outermost first: those around the speaker only pass on what he says."""
    if within is None:
        return (Stand(role="outlet", name=outlet, assertion=said),)
    *around, speaker = within.chain
    passed = (Stand(role=link.role, name=link.name, assertion="passed on") for link in around)
    return (*passed, Stand(role=speaker.role, name=speaker.name, assertion=said))
