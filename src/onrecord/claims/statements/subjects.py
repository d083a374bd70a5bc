"""Whom a sentence's tree has for the speaker: of a verb that is a cue, of a noun that is one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from onrecord.claims.statements.cues import nouns
from onrecord.claims.trees import Tree, bare, phrase

RELATIVE = frozenset("who which that whom whose".split())
SUBJECT = ("nsubj", "csubj", "nsubj:outer")
PASSIVE = ("nsubj:pass", "aux:pass", "csubj:pass")


@dataclass(frozen=True, slots=True)
class Who:
    """First and last word of a source; of the phrase that it points at ("who"); whether it is the cue's own subject."""

    words: tuple[int, int]
    named: tuple[int, int] | None = None
    own: bool = False


def subject(t: Tree, i: int, depth: int = 0) -> Who | None:
    """Whom the verb at i has for its speaker: its subject, its agent, or that of the verb it goes with."""
    word = t.words[i]
    if any(t.words[k].relation in PASSIVE for k in t.kids[i]):
        agent = t.kid(i, "obl:agent")
        return Who(bare(t, agent)) if agent is not None else None
    own = nearest(t, i)
    if own is not None:
        return _own(t, i, own)
    over = word.head
    if depth > 4 or over < 0:
        return None
    if word.relation == "acl" and t.lower(i).endswith("ing"):
        paper = t.lower(over) in nouns() and t.words[over].relation in ("obj", "obl")
        writer = subject(t, t.words[over].head, depth + 1) if paper and t.words[over].head >= 0 else None
        return writer or Who(bare(t, over, {i}))
    leads_in = word.relation == "advcl" and t.lower(i).endswith("ing")  # "Before announcing that C, S left"
    if word.relation == "conj" or leads_in or (word.relation in ("xcomp", "advcl", "parataxis", "dep") and i > over):
        controlled = word.relation == "xcomp" and t.kid(over, "obj", "iobj") is not None
        if not controlled and t.words[over].tag in ("VERB", "AUX", "ADJ", "NOUN"):
            above = subject(t, over, depth + 1)
            return replace(above, own=False) if above else None
    return None


def nearest(t: Tree, i: int) -> int | None:
    """The subject of the verb at i; of two, the one that stands next before it ("The bridge, he said, is shut")."""
    subjects = [k for k in t.kids[i] if t.words[k].relation in SUBJECT]
    return max((k for k in subjects if k < i), default=subjects[0] if subjects else None)


def _own(t: Tree, i: int, own: int) -> Who | None:
    """The subject itself. "who" stays the source, as "he" does, and points at the phrase before it."""
    word = t.words[i]
    if t.words[own].tag in ("VERB", "AUX") or t.lower(own) == "there":
        return None
    if word.relation == "acl:relcl" and t.lower(own) in RELATIVE and word.head >= 0:
        return Who((own, own), bare(t, word.head, {i}), own < i)
    return Who(bare(t, own), None, own < i)


def owner(t: Tree, i: int, clause: int) -> Who | None:
    """Whose claim it is: its possessor, "by S", "from S", or the subject of the verb that makes it."""
    owner = t.kid(i, "nmod:poss")
    if owner is not None:
        first, last = phrase(t, owner)
        while last > first and t.words[last].relation == "case":
            last -= 1
        return Who((first, last))
    for k in t.kids[i]:
        if t.words[k].relation in ("nmod", "obl:agent") and k < clause:
            case = next((t.lower(m) for m in t.kids[k] if t.words[m].relation == "case"), "")
            if case in ("by", "from", "of"):
                return Who(bare(t, k))
    over = t.words[i].head
    if over >= 0 and t.words[i].relation == "obj" and t.words[over].tag == "VERB":
        return subject(t, over)
    return None
