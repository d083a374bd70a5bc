"""Whether it happened: realis from tense, negation, modality, condition, questions and the verbs an event hangs on.

The words are data (`words/realis.tsv`). From the trigger the walk goes up the tree and gathers what each step shows; of
several the first of `ORDER` holds. A threat, plan, attempt, condition or denial is never an act: what hangs as an
infinitive on a verb that the table does not know counts as planned.
"""

from __future__ import annotations

from onrecord.claims.events.frames import is_of
from onrecord.claims.events.moods import ORDER, PAST_MODAL, WOULD, Walk, bare, condition, cues, own, settled
from onrecord.claims.events.scenes import Scene

STEPS, NESTED = 12, 4
OPENING = frozenset("for of to against on with about over at in".split())


def realis(scene: Scene, i: int) -> tuple[str, str]:
    """The realis of the event whose trigger is word i, and the word that shows it (empty for actual)."""
    walk = Walk(scene)
    at: int | None = i
    for _ in range(STEPS):
        if at is None:
            break
        own(walk, at)
        at = _up(walk, at, i)
        if walk.over:
            break
    if walk.warned and {"planned", "possible"} & set(walk.shown):
        walk.show("threatened", walk.warned)
    if "planned" in walk.shown and walk.shown["planned"] in WOULD and _if_beside(scene):
        walk.show("conditional", "if")
    if scene.t.words[i].tag == "NOUN" and bare(scene, i):
        walk.show("generic", "no occasion")
    value = next((v for v in ORDER if v in walk.shown), "actual")
    return ("conditional" if value == "possible" else value), walk.shown.get(value, "")


def _if_beside(scene: Scene) -> bool:
    """Whether the sentence sets a condition somewhere; what will be is then taken to hang on it."""
    t = scene.t
    return any(
        w.relation == "mark" and w.text.lower() in ("if", "unless") and t.lower(k - 1) not in ("even", "as")
        for k, w in enumerate(t.words)
    )


def _up(walk: Walk, i: int, trigger: int) -> int | None:
    """The next word up whose tense and mood bear on the event, after noting what this step shows; None at the top."""
    t = walk.scene.t
    word = t.words[i]
    over = word.head
    if over < 0:
        return None
    relation = word.relation
    if relation == "acl:relcl" and _anybody(walk.scene, over) and _irreal(walk.scene, over):
        walk.show("conditional", "whoever")
    if relation in ("acl:relcl", "parataxis", "root", "dislocated", "discourse"):
        return None
    if relation == "conj":
        return _joined(walk, i, over)
    if word.tag in ("NOUN", "PROPN", "NUM", "PRON", "ADJ") and relation not in ("xcomp", "ccomp", "advcl", "acl"):
        return _noun_up(walk, i, over, trigger)
    return _verb_up(walk, i, over)


def _anybody(scene: Scene, k: int) -> bool:
    """ "anyone who", "rebels who": nobody in particular."""
    bare_plural = "Number=Plur" in scene.t.words[k].features and not any(
        scene.t.words[m].relation in ("det", "nmod:poss", "nummod") for m in scene.t.kids[k]
    )
    return scene.t.lower(k) in ("anyone", "anybody", "whoever", "everyone", "those", "all") or bare_plural


def _irreal(scene: Scene, k: int) -> bool:
    """Whether the verb that a noun hangs on is of the future or allowed only."""
    over = scene.t.words[k].head
    return over >= 0 and any((scene.t.lower(m), "modal") in cues() for m in scene.t.kids[over])


def _joined(walk: Walk, i: int, over: int) -> int | None:
    """A second verb or noun shares the mood of the first unless it has its own subject or auxiliaries."""
    t = walk.scene.t
    own = any(t.words[k].relation.startswith(("aux", "nsubj", "csubj")) for k in t.kids[i])
    if own and any(t.words[k].relation.startswith(("nsubj", "csubj")) for k in t.kids[i]):
        if any(condition(walk.scene, k) for k in t.kids[over] if t.words[k].relation == "advcl"):
            walk.show("conditional", "if")
        return None
    finite = "VerbForm=Fin" in t.words[i].features or own
    if finite and "VerbForm=Fin" in t.words[over].features and t.words[i].tag == "VERB":
        return None
    return over


def _verb_up(walk: Walk, i: int, over: int) -> int | None:
    relation = walk.scene.t.words[i].relation
    if relation == "ccomp":
        return _that(walk, i, over)
    if relation == "acl":
        return _on_noun(walk, i, over)
    if relation == "advcl" and not walk.scene.infinitive(i):
        return _beside(walk, i, over)
    return _open(walk, i, over)


def _that(walk: Walk, i: int, over: int) -> int | None:
    """ "denied that they attacked", "fears that they will": what the governing verb says of a clause of its own."""
    t, known, scene = walk.scene.t, cues(), walk.scene
    lemma = scene.lemma(over)
    if (lemma, "neg-ccomp") in known and any((t.lower(k), "neg") in known for k in t.kids[over]):
        walk.show("denied", f"not {lemma}")
        return None
    value = known.get((lemma, "verb")) or known.get((lemma, "adj"))
    if value is not None and not (value == "planned" and _tensed(scene, i)):
        _governed(walk, over, value, lemma)
    return over if not _tensed(scene, i) and value is None and not t.kid(i, "nsubj") else None


def _on_noun(walk: Walk, i: int, over: int) -> int | None:
    """ "an attempt to kill", "the threat of bombing", "their right to protest"; a participle on a noun is a fact."""
    scene = walk.scene
    lemma, to = scene.lemma(over), scene.infinitive(i)
    value = cues().get((lemma, "noun"))
    if scene.marked(i, "that") and _disbelieved(scene, over):
        walk.show("denied", f"{lemma} denied")
        return None
    if value is not None and (to or scene.marked(i, "that", "of") or _gerund_of(scene, i)):
        _governed(walk, over, value, lemma)
        return over if value in ("planned", "attempted") else None
    if to:
        walk.show("planned", f"{lemma} to")
    return None


def _disbelieved(scene: Scene, k: int) -> bool:
    """ "no evidence that", "the claim that C is false", "dismissed reports that C"."""
    t, known, over = scene.t, cues(), scene.t.words[k].head
    if any(t.words[m].relation == "det" and (t.lower(m), "neg-det") in known for m in t.kids[k]):
        return True
    return (
        over >= 0 and (scene.lemma(over), "untrue") in known and t.words[k].relation in ("nsubj", "nsubj:pass", "obj")
    )


def _beside(walk: Walk, i: int, over: int) -> int | None:
    """ "before it exploded", "for killing him", "committed to fighting": clauses beside the main one."""
    t, known, scene = walk.scene.t, cues(), walk.scene
    lemma = scene.lemma(over)
    if scene.marked(i, "before") and (lemma, "before-verb") in known:  # "was defused before it exploded"
        walk.show("denied", f"{lemma} before")
        return None
    if (lemma, "factive") in known and scene.marked(i, "for", "of", "with"):
        return None
    future = any(t.lower(k) in WOULD for k in t.kids[over])
    if future and "Tense=Pres" in t.words[i].features and "VerbForm=Fin" in t.words[i].features:
        walk.show("planned", "will ... when")  # "will begin when they withdraw"
        return None
    gerund = "VerbForm=Fin" not in t.words[i].features and not t.kid(i, "nsubj", "nsubj:pass")
    value = known.get((lemma, "verb")) or known.get((lemma, "adj")) or known.get((lemma, "verb-gerund"))
    if gerund and value is not None and any(t.lower(m) in OPENING | {"from"} for m in t.kids[i]):
        _governed(walk, over, "planned" if value == "warned" else value, lemma)
    return over if gerund else None


def _open(walk: Walk, i: int, over: int) -> int:
    """An infinitive or gerund on a verb: "tried to", "began to"; after a verb that the table does not know it is planned."""
    t, known, scene = walk.scene.t, cues(), walk.scene
    word, lemma, to = t.words[i], _governor(scene, over), scene.infinitive(i)
    kinds = ("verb", "adj", "noun", *(("verb-to",) if to else ("verb-gerund",)))
    value = next((known[lemma, kind] for kind in kinds if (lemma, kind) in known), None)
    if value is not None:
        _governed(walk, over, "planned" if value == "warned" and to else value, lemma)
        return over
    had_to = lemma in ("have", "force") and "Tense=Past" in t.words[over].features and t.kid(over, "obj") is None
    done = word.relation == "xcomp" and (had_to or (lemma, "open-verb") in known)
    if to and not done:
        walk.show("planned", f"{lemma} to")
    return over


def _gerund_of(scene: Scene, i: int) -> bool:
    return scene.t.lower(i).endswith("ing") and any(scene.t.lower(m) in ("of", "for", "at") for m in scene.t.kids[i])


def _tensed(scene: Scene, i: int) -> bool:
    """Whether the clause of i says by itself when: a finite verb in the past, without a modal."""
    t = scene.t
    words = [i, *(k for k in t.kids[i] if t.words[k].relation.startswith(("aux", "cop")))]
    modal = any((t.lower(k), "modal") in cues() for k in words)
    return not modal and any("Tense=Past" in t.words[k].features or t.lower(k) in PAST_MODAL | {"has"} for k in words)


def _governed(walk: Walk, over: int, value: str, by: str) -> None:
    """What a governing word says of the event; "not deny" and "fail to prevent" cancel out."""
    t = walk.scene.t
    failed = value == "denied" and _failed(walk.scene, over)
    walk.over |= failed  # what nobody prevented happened, and "failed" says no more of it
    if not failed and (value != "denied" or not any((t.lower(k), "neg") in cues() for k in t.kids[over])):
        walk.show(value, by)


def _failed(scene: Scene, k: int) -> bool:
    """ "failed to prevent", "failed to take the steps needed to avoid"."""
    words = scene.t.words
    for _ in range(NESTED):
        relation, k = words[k].relation, words[k].head
        if k < 0 or relation not in ("xcomp", "acl", "advcl", "obj"):
            return False
        if scene.lemma(k) in ("fail", "failure"):
            return True
    return False


HAPPENS = ("nsubj", "nsubj:pass", "csubj")
ON_NOUNS = ("nmod", "nmod:poss", "compound", "appos", "nmod:desc", "amod", "flat")


def _noun_up(walk: Walk, i: int, over: int, trigger: int) -> int | None:
    """From a noun to what it hangs on: "the threat of war", "demanded talks", "talks will begin", "killed in the attack"."""
    t, scene = walk.scene.t, walk.scene
    relation, case = t.words[i].relation, scene.case(i)
    if relation in ON_NOUNS:
        return _of_noun(walk, i, over)
    _governs(walk, i, over, trigger)
    if relation in HAPPENS:
        _predicated(walk, i, over, trigger)
    lemma, happens = scene.lemma(over), relation in HAPPENS and is_of(scene.lemma(over), "happen")
    within = relation == "obl" and case in ("in", "into", "during", "through")
    if settled(scene, i) and not (happens or within or _support(scene, relation, lemma, case)):
        return None
    denied = any((t.lower(k), "neg") in cues() for k in t.kids[over])
    if (
        relation in HAPPENS and t.words[over].tag == "VERB" and denied and not happens
    ):  # "the attack did not worry them"
        return None
    return over


def _of_noun(walk: Walk, i: int, over: int) -> int | None:
    lemma, case = walk.scene.lemma(over), walk.scene.case(i)
    value = cues().get((lemma, "noun"))
    if value is not None and (
        case in ("of", "for", "to", "against", "at", "on") or walk.scene.t.words[i].relation == "compound"
    ):
        _governed(walk, over, value, lemma)
        return over
    return over if case in ("of", "for") and not settled(walk.scene, i) else None


def _governs(walk: Walk, i: int, over: int, trigger: int) -> None:
    """What a verb or adjective says of a noun it governs: "planned an attack", "hinted at talks", "wary of war"."""
    known, scene = cues(), walk.scene
    lemma, case, relation = _governor(scene, over), scene.case(i), scene.t.words[i].relation
    pair = known.get((f"{lemma} {case}", "verb"))
    announced = known.get((lemma, "verb-noun")) if relation in ("obj", "nsubj:pass") else None
    value = pair or known.get((lemma, "verb")) or known.get((lemma, "adj")) or announced
    if value is None or not (pair or _direct(scene, i, over, value)):
        return
    failed = relation == "nsubj:pass" and value == "attempted" and lemma == "fail"
    urged = (
        value in ("threatened", "planned") and relation == "obj" and scene.agent(i) and i != trigger
    )  # "urged the men"
    if not failed and not urged:
        _governed(walk, over, value, lemma)
        if value == "warned" and i == trigger:
            walk.show("threatened", lemma)


def _direct(scene: Scene, i: int, over: int, value: str) -> bool:
    """Whether a noun stands where its governor speaks of it, and not merely beside it ("vowed in a speech")."""
    relation, case = scene.t.words[i].relation, scene.case(i)
    if relation in HAPPENS:
        return relation == "nsubj:pass" or scene.t.words[over].tag == "ADJ" or value == "possible"
    if relation != "obl":
        return relation in ("obj", "xcomp", "obl:unmarked")
    asked = case == "about" and value == "planned"  # "asked about the visit"
    away = case == "from" and value in ("denied", "conditional")
    return not case or away or (case in OPENING - {"in", "at"} and not asked)


def _governor(scene: Scene, k: int) -> str:
    """A verb's dictionary form, with its particle where the table knows the two together ("call off")."""
    lemma = scene.lemma(k)
    particles = (m for m in scene.t.kids[k] if scene.t.words[m].relation in ("compound:prt", "advmod"))
    pairs = (f"{lemma} {scene.t.lower(m)}" for m in particles)
    return next((p for p in pairs if (p, "verb") in cues()), lemma)


def _predicated(walk: Walk, i: int, over: int, trigger: int) -> None:
    """What is said of a noun: "seems likely", "is a lie", "will fail", "hinges on", "... are over if they burn it"."""
    scene, t, known = walk.scene, walk.scene.t, cues()
    lemma = scene.lemma(over)
    if any(condition(scene, k) for k in t.kids[over] if t.words[k].relation == "advcl"):
        walk.show("conditional", "if")
    if (said := t.kid(over, "xcomp")) is not None:
        word = scene.lemma(said)
        walk.show(known.get((word, "adj")) or known.get((word, "untrue")), word)
    if _untrue(scene, over, t.words[i].relation):
        walk.show("denied", lemma)
    walk.show(known.get((lemma, "subject-verb")), lemma)
    if lemma == "fail" and i == trigger and is_of(scene.lemma(i), "striving"):
        walk.show("attempted", lemma)


def _untrue(scene: Scene, k: int, relation: str) -> bool:
    """ "C is a lie", "was dismissed", "is out of the question"."""
    predicate = scene.t.words[k].tag != "VERB" or relation == "nsubj:pass"
    untrue = (scene.lemma(k), "untrue") in cues()
    return predicate and (untrue or (scene.case(k) == "out" and (scene.lemma(k), "out-of") in cues()))


def _support(scene: Scene, relation: str, lemma: str, case: str) -> bool:
    """Whether the verb only carries the noun: "launched the attack", "took part in the talks"."""
    carries = relation in ("obj", "nsubj:pass") or (
        relation == "obl" and case in ("in", "on", "for", "into", "to", "of")
    )
    return carries and is_of(lemma, "support")
