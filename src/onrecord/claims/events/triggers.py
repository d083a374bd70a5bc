"""Triggers: the words of a sentence that name events, each with the frame that fits it best."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from onrecord.claims.events.frames import Frame, frames, is_of, second
from onrecord.claims.events.moods import cues
from onrecord.claims.events.roles import carrier
from onrecord.claims.events.scenes import OBLIQUE, Scene
from onrecord.records import Span

PARTS = {"VERB": "verb", "NOUN": "noun", "ADJ": "adj"}
INSIDE = ("compound", "flat", "nmod:desc")  # "attack helicopter", "war crimes court": no event of their own
BESIDE = ("compound:prt", "advmod", "obj", "xcomp", "obl:unmarked")


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that names an event, the part of speech it is read as, its frame, the characters, and why."""

    at: int
    part: str
    frame: Frame
    span: Span
    why: str


def triggers(scene: Scene) -> tuple[Trigger, ...]:
    """All triggers of a sentence in text order. A noun that a verb's frame has used up is none ("wage war")."""
    found: list[Trigger] = []
    used: set[int] = set()
    for i, word in enumerate(scene.t.words):
        part = PARTS.get(word.tag)
        inside = word.relation in INSIDE and not attempted(scene, i)
        if part is None or i in scene.names or inside or (part == "verb" and word.relation == "amod"):
            continue
        made = _best(scene, i, part)
        if made is not None and made[0].type != "none" and not (made[0].is_a("body") and _group(scene, i)):
            frame, last = made
            found.append(Trigger(i, part, frame, _span(scene, i, last, frame), f"{scene.lemma(i)} ({part})"))
            if frame.is_a("phrase"):
                used |= last
            if frame.is_a("refusal"):
                used |= set(scene.objects(i))
    at = {f.at: f for f in found if not _nature(scene, f)}
    return tuple(f for f in at.values() if f.at not in used and not _twice(scene, f, at) and not _told(scene, f, at))


def attempted(scene: Scene, i: int) -> bool:
    """ "assassination attempt", "bomb plot": the noun before an attempt, plan or threat names what was attempted."""
    word = scene.t.words[i]
    return (
        word.relation == "compound"
        and word.tag == "NOUN"
        and cues().get((scene.lemma(word.head), "noun")) in ("attempted", "planned")
    )


def _nature(scene: Scene, found: Trigger) -> bool:
    """ "a storm destroyed", "died in the flood": nobody's act."""
    if found.part != "verb" or found.frame.type not in ("ASSAULT", "COERCE", "PROTEST"):
        return False
    near = (*scene.doers(found.at), *scene.oblique(found.at, "in", "from", "of"))
    return any(is_of(scene.lemma(k), "nature") for k in near)


def _group(scene: Scene, i: int) -> bool:
    """ "a leader of the resistance": the word means people who fight, not a fight."""
    word = scene.t.words[i]
    return word.relation == "nmod" and scene.case(i) == "of" and is_of(scene.lemma(word.head), "member")


def _twice(scene: Scene, found: Trigger, at: Mapping[int, Trigger]) -> bool:
    """ "talks and consultations": the second noun of one event."""
    word = scene.t.words[found.at]
    first = at.get(word.head)
    return (
        found.part == "noun"
        and word.relation == "conj"
        and first is not None
        and first.frame.type == found.frame.type == "CONSULT"
    )


def _told(scene: Scene, found: Trigger, at: Mapping[int, Trigger]) -> bool:
    """ "ready to attack": the act itself tells it; readiness is an event only where nothing else names one."""
    return found.frame.is_a("else") and (clause := scene.clause(found.at)) is not None and clause in at


def _best(scene: Scene, i: int, part: str) -> tuple[Frame, set[int]] | None:
    """The frame that asks for most among those whose needs are met, with the words that met them."""
    lemma = scene.lemma(i)
    keys = [(lemma, part)]
    if part == "verb" and lemma in ("prepared", "ready"):
        keys.append((lemma, "adj"))
    for key in keys:
        for frame in frames().get(key, ()):
            met = [_met(scene, i, need) for need in frame.needs]
            if all(m is not None for m in met):
                return frame, {k for m in met for k in (m or ())}
    if part == "verb":
        for frame in second().get(lemma, ()):
            if (near := _near(scene, i, frame.needs[0].removeprefix("near:"))) is not None and _sides(scene, i):
                return frame, near
    return None


def _near(scene: Scene, i: int, wanted: str) -> set[int] | None:
    """The object or prepositional phrase of the verb whose head is one of these words."""
    words = set(wanted.split(","))
    for k in (*scene.objects(i), *(k for k in scene.t.kids[i] if scene.t.words[k].relation in OBLIQUE)):
        if scene.t.words[k].tag == "NOUN" and scene.lemma(k) in words and (scene.lemma(k), "noun") not in frames():
            return {k}
    return None


def _sides(scene: Scene, i: int) -> bool:
    """Whether somebody who can act is the verb's doer; the dictionary's frames are too loose without."""
    return any(scene.agent(k) for k in scene.doers(i))


def _met(scene: Scene, i: int, need: str) -> set[int] | None:
    """The words that meet a need (none for a mere condition); None where it is not met."""
    name, _, wanted = need.partition(":")
    if name.startswith("+"):
        return _beside(scene, i, name[1:])
    if wanted:
        return _phrase(scene, i, name, wanted)
    if name.startswith("@"):
        oblique = [k for k in scene.t.kids[i] if scene.t.words[k].relation in (*OBLIQUE, "advcl")]
        return set() if any(scene.of_class(k, name[1:]) for k in oblique) else None
    return set() if CONDITIONS[name](scene, i) else None


CONDITIONS: Mapping[str, Callable[[Scene, int], bool]] = {
    "obj": lambda s, i: bool(s.objects(i)),
    "noobj": lambda s, i: not s.objects(i),
    "subj": lambda s, i: bool(s.doers(i)),
    "comp": lambda s, i: s.clause(i) is not None,
    "to": lambda s, i: (k := s.clause(i)) is not None and s.infinitive(k),
    "other": lambda s, i: (
        (k := s.clause(i)) is not None and not s.passive(i) and (s.t.kid(k, "nsubj") is not None or bool(s.objects(i)))
    ),
    "must": lambda s, i: (k := s.clause(i)) is not None and _must(s, k),
    "passive": lambda s, i: s.passive(i),
    # "left the town"; not "leaving him to fend for himself", "leaving the town in their hands"
    "plain": lambda s, i: s.t.kid(i, "xcomp", "ccomp") is None and not s.oblique(i, "in", "without"),
    "plural": lambda s, i: "Number=Plur" in s.t.words[i].features,
    "bombed": lambda s, i: s.bombed and not any(is_of(s.lemma(k), "labour") for k in range(len(s.t.words))),
    "single": lambda s, i: "Number=Sing" in s.t.words[i].features,
}


def _must(scene: Scene, k: int) -> bool:
    """Whether a clause lays a duty on somebody: "must leave", "should leave", "has to leave"."""
    t = scene.t
    duty = any(t.lower(m) in ("must", "should", "ought") and t.words[m].relation == "aux" for m in t.kids[k])
    return duty and any(t.words[m].relation.startswith("nsubj") and scene.agent(m) for m in t.kids[k])


def _beside(scene: Scene, i: int, wanted: str) -> set[int] | None:
    """A particle, a preposition or a word that stands with the verb or noun: "+over", "+for", "+hostage"."""
    t = scene.t
    verb = carrier(scene, i) if t.words[i].tag == "NOUN" else None
    thing = scene.objects(i)[:1] if t.words[i].tag == "VERB" else []
    around = (*t.kids[i], *(t.kids[verb] if verb is not None else ()), *(m for k in thing for m in t.kids[k] if m > i))
    for k in around:
        relation = t.words[k].relation
        if relation in BESIDE and (t.lower(k) == wanted or scene.lemma(k) == wanted):
            return {k}
        if relation in (*OBLIQUE, "advcl", "xcomp"):
            if t.words[k].tag == "NOUN" and scene.lemma(k) == wanted:
                return {k}
            for m in t.kids[k]:
                if (
                    t.words[m].relation in ("case", "mark", "advmod")
                    and t.lower(m) == wanted
                    and not is_of(scene.lemma(k), "abstract")
                ):
                    return {m}
                if t.words[m].relation == "conj" and scene.lemma(m) == wanted:
                    return {k}
    if i + 1 < len(t.words) and t.lower(i + 1) == wanted and t.words[i + 1].tag in ("ADP", "ADV"):
        return {i + 1}
    return None


HEADS: Mapping[str, Callable[[Scene, int], list[int]]] = {
    "obj": lambda s, i: s.objects(i),
    "subj": lambda s, i: s.doers(i),
    "clause": lambda s, i: [k] if (k := s.clause(i)) is not None else [],
    "comp": lambda s, i: [k for k in s.t.kids[i] if s.t.words[k].relation in ("compound", "amod")],
    "of": lambda s, i: s.oblique(i, "of"),
    "on": lambda s, i: s.oblique(i, "on"),
    "for": lambda s, i: s.oblique(i, "for"),
    "against": lambda s, i: s.oblique(i, "against"),
}


def _phrase(scene: Scene, i: int, name: str, wanted: str) -> set[int] | None:
    heads = HEADS[name](scene, i)
    words = wanted.split(",")
    for k in heads:
        for word in words:
            if word.startswith("@"):
                if scene.of_class(k, word[1:], name == "subj"):
                    return {k}
            elif any(scene.lemma(m) == word or scene.t.lower(m) == word for m in scene.core(k)):
                return {k}
    return None


def _span(scene: Scene, i: int, met: set[int], frame: Frame) -> Span:
    """The word itself; a phrase runs to the last word that made it one, when that is near."""
    near = [k for k in met if i < k <= i + 4] if frame.is_a("phrase") else []
    return scene.t.span(i, max(near, default=i))
