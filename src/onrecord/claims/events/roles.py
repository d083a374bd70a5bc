"""Who did it to whom, as heads of phrases: a frame's roles filled from the sentence's tree.

Functions of a verb: subj (who does it, also by "by" in a passive), obj, iobj, any preposition, owner (whose the object
is: "rejected Mirani's offer"), csubj and cobj (subject and object of the clause it governs), deep (the first name in what
hangs on it). A function with "@" counts only when it can act. Functions of a noun: poss, comp (a people or force before
it), waging (poss, but "Miran's war" is fought in Miran unless it is against somebody), subj (of the verb that carries
it: "launched an attack"), any preposition. Venues ("in Osk") are never asked for as actors.
"""

from __future__ import annotations

from onrecord.claims.events.frames import Frame, Functions, frames, is_of
from onrecord.claims.events.scenes import OBLIQUE, Scene


def fill(scene: Scene, i: int, frame: Frame, part: str) -> tuple[list[int], list[int]]:
    """The heads of actors and recipients of the event whose trigger is word i, in text order within a function."""
    actors = [k for k in _all(scene, i, frame.actors, part, set()) if k != i]
    actors = list(dict.fromkeys(m for k in actors for m in _holders(scene, k)))
    taken = set(actors)
    for k in actors:
        taken |= scene.t.under(k, {i})
    recipients = [k for k in _all(scene, i, frame.recipients, part, taken) if k not in actors]
    return actors, recipients


def _holders(scene: Scene, k: int) -> list[int]:
    """An actor, or in place of a weapon those whose it is: "the army's guns fired", "shells fell" (nobody)."""
    arms = is_of(scene.lemma(k), "weapon") and not is_of(scene.lemma(k), "armed") and k not in scene.names
    return scene.owners(k) if arms else [k]


def _acting(scene: Scene, heads: list[int]) -> list[int]:
    """Heads with those behind an abstract noun or an event in its place: "the army's offensive killed", "efforts by X"."""
    found: list[int] = []
    for k in heads:
        noun = (
            frames().get((scene.lemma(k), "noun")) if scene.t.words[k].tag == "NOUN" and k not in scene.names else None
        )
        if noun or is_of(scene.lemma(k), "abstract"):
            behind = scene.owners(k) or (_carried(scene, k) if noun else [])
            found += [m for m in behind if not is_of(scene.lemma(m), "abstract")]
        else:
            found.append(k)
    return list(dict.fromkeys(found))


def _all(scene: Scene, i: int, functions: Functions, part: str, taken: set[int]) -> list[int]:
    names, every = functions
    found: list[int] = []
    for name in names:
        got = [k for k in _one(scene, i, name, part, taken) if k not in found and k != i]
        got = _acting(scene, got)
        found += got
        if got and not every:
            break
    return found


def _one(scene: Scene, i: int, name: str, part: str, taken: set[int]) -> list[int]:
    wanted = name.removesuffix("@")
    got = _of_noun(scene, i, wanted) if part == "noun" else _of_verb(scene, i, wanted)
    if part == "noun" and wanted == "by" and not got:
        got = credited(scene, i)
    if wanted == "deep":
        got = _deep(scene, i, taken)
    return [k for k in got if scene.agent(k)] if name.endswith("@") else got


def _of_verb(scene: Scene, i: int, name: str) -> list[int]:
    t = scene.t
    if name == "subj":
        return scene.doers(i) if t.words[i].tag != "ADJ" else scene.surface(i)
    if name == "obj":
        return scene.objects(i)
    if name == "iobj":
        k = t.kid(i, "iobj")
        return scene.heads(k) if k is not None else []
    if name == "owner":
        return [m for k in scene.objects(i)[:1] for m in scene.owners(k)]
    if name in ("csubj", "cobj"):
        return _of_clause(scene, i, name)
    return _by_case(scene, i, name)


def _by_case(scene: Scene, i: int, case: str) -> list[int]:
    """A prepositional phrase on the verb, or on its object: "fired shells at the town", "signed a pact with Y"."""
    got = scene.oblique(i, case)
    if not got:
        for k in scene.objects(i)[:1]:
            got = scene.oblique(k, case)
    clause = scene.clause(i) if not got else None
    if clause is not None and case in ("with", "against"):
        got = scene.oblique(clause, case)
    return got


def _of_clause(scene: Scene, i: int, name: str) -> list[int]:
    """Who the governed clause is about. Names of people, groups and states only: "demanded that Y leave"."""
    clause = scene.clause(i)
    if clause is None:
        return []
    t = scene.t
    if name == "csubj":
        own = [k for k in t.kids[clause] if t.words[k].relation in ("nsubj", "nsubj:pass")]
        return [k for m in own[:1] for k in scene.heads(m) if scene.agent(k)]
    for k in (
        *scene.objects(clause),
        *(h for c in ("to", "against", "with", "on", "from", "for") for h in scene.oblique(clause, c)),
    ):
        if scene.agent(k):
            return scene.heads(k)
        if owners := scene.owners(k):
            return owners
    return []


def _deep(scene: Scene, i: int, taken: set[int]) -> list[int]:
    """The first state, group or person named in what hangs on the word after it."""
    top = carrier(scene, i) if scene.t.words[i].tag == "NOUN" else None
    for k in sorted(scene.t.under(i if top is None else top) - taken):
        if (
            k > i
            and scene.names.get(k) in ("place", "group", "person", "unknown")
            and scene.agent(k)
            and not _venue(scene, k)
        ):
            over = scene.t.words[k].head
            whose = scene.t.words[k].relation == "nmod:poss" and scene.agent(over)
            return [over] if whose else scene.heads(k)
    return []


def _venue(scene: Scene, k: int) -> bool:
    """ "in Osk", "at Tern": where, not who."""
    return scene.t.words[k].relation in OBLIQUE and scene.case(k) in ("in", "at", "near", "outside")


def _of_noun(scene: Scene, i: int, name: str) -> list[int]:
    t = scene.t
    if t.words[i].relation == "compound":  # "assassination attempt on X": roles stand on the attempt
        i = t.words[i].head
    if name == "poss":
        k = t.kid(i, "nmod:poss")
        if k is not None and t.words[k].tag == "PRON" and (whose := _carried(scene, i)):
            return whose
        return scene.heads(k) if k is not None else scene.peoples(i)
    if name == "waging":
        against = scene.oblique(i, "against", "on", "with")
        poss = _of_noun(scene, i, "poss")
        return [
            k
            for k in poss
            if against or not (scene.names.get(k) in ("place", "unknown") or is_of(scene.lemma(k), "ground"))
        ]
    if name in ("comp", "adj"):
        return scene.peoples(i)
    if name == "subj":
        return _carried(scene, i)
    if name == "obj":
        return []
    if name == "by" and (k := t.kid(i, "obl:agent")) is not None:
        return scene.heads(k)
    got = scene.oblique(i, name)
    if (
        not got
        and (verb := carrier(scene, i)) is not None
        and name in ("on", "against", "with", "to", "from", "at", "between", "for", "over")
    ):
        got = [k for k in scene.oblique(verb, name) if k != i]
    return got


def carrier(scene: Scene, i: int) -> int | None:
    """The verb that carries a noun: "launched an attack", "talks were held", "take part in a battle"."""
    word = scene.t.words[i]
    over = word.head
    if over < 0 or scene.t.words[over].tag not in ("VERB", "NOUN", "AUX"):
        return None
    if word.relation in ("obj", "nsubj:pass", "obl", "nmod", "xcomp") and is_of(scene.lemma(over), "support"):
        return over if word.relation != "obl" or scene.case(i) in ("in", "on", "for", "into", "to", "of") else None
    if word.relation == "conj":
        return carrier(scene, over)
    return None


def _carried(scene: Scene, i: int) -> list[int]:
    verb = carrier(scene, i)
    if verb is not None and scene.t.words[verb].tag == "VERB" and not is_of(scene.lemma(verb), "borne"):
        return [k for k in scene.doers(verb) if k != i]
    participle = next(
        (k for k in scene.t.kids[i] if scene.t.words[k].relation == "acl" and is_of(scene.lemma(k), "support")), None
    )
    if participle is not None and scene.passive(participle):
        return scene.doers(participle)
    predicate = scene.t.words[i].relation in ("root", "conj", "ccomp", "parataxis") or scene.t.kid(i, "cop") is not None
    if predicate and scene.case(i) in ("in", "at", "on"):  # "X is in talks with Y", "at war"
        return scene.surface(i)
    return []


def credited(scene: Scene, i: int) -> list[int]:
    """Who an act is laid to elsewhere in the sentence: "X claimed responsibility for", "was blamed on X", "X is responsible for"."""
    t, word = scene.t, scene.t.words[i]
    over = word.head
    if over < 0:
        return []
    lemma = scene.lemma(over)
    if (
        scene.case(i) == "for"
        and lemma == "responsibility"
        and t.words[over].relation in ("obj", "obl")
        and t.words[over].head >= 0
    ):
        return scene.doers(t.words[over].head)
    if scene.case(i) == "for" and (thing := t.kid(over, "obj")) is not None and scene.lemma(thing) == "responsibility":
        return scene.doers(over)
    if scene.case(i) == "for" and lemma == "responsible":
        return scene.surface(over) or ([t.words[over].head] if t.words[over].relation == "amod" else [])
    if word.relation in ("obj", "nsubj:pass") and is_of(lemma, "crediting"):
        return scene.oblique(over, "to", "on")
    return []


def under(scene: Scene, i: int) -> list[int]:
    """Who is "under attack": the subject of the predicate that the noun is."""
    return scene.surface(i) if scene.case(i) == "under" else []
