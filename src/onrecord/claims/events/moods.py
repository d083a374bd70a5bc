"""What a word shows of its own mood: auxiliaries, marks, negation, attributes, an if-clause, a question.

The words are data (`words/realis.tsv`): each has a kind (modal, mark, neg, adverb, attribute ...) and the realis it shows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from onrecord.claims.events.frames import is_of
from onrecord.claims.events.scenes import OBLIQUE, Scene
from onrecord.text.tables import table

# The first that holds is the realis. "possible" is what a modal or "any" allows; it is written as conditional, and gives
# way to a denial ("could not").
ORDER = ("conditional", "denied", "attempted", "threatened", "possible", "planned", "generic", "historical", "actual")
COUNTERFACTUAL = frozenset("would could might should may must".split())
PAST_MODAL = frozenset("have 've ’ve".split())
WOULD = frozenset("will would 'll ’ll wo shall".split())
INVERTED = frozenset("had should were".split())  # "had they attacked, ..."
ALONE = frozenset("case punct cop conj cc nsubj advmod".split())
SUBJECTS = ("nsubj", "nsubj:outer", "nsubj:pass")


@cache
def cues() -> dict[tuple[str, str], str]:
    """Realis by word and kind of cue."""
    return {(row["word"], row["kind"]): row["realis"] for row in table("realis")}


@dataclass(slots=True)
class Walk:
    """What the way up from a trigger has shown: realis values with the words that show them."""

    scene: Scene
    shown: dict[str, str] = field(default_factory=dict)
    warned: str | None = None
    over: bool = False  # nothing further up bears on it

    def show(self, value: str | None, by: str) -> None:
        """Notes a value; the first word that shows it is kept as the reason."""
        if value == "warned":
            self.warned = by
        elif value in ORDER:
            self.shown.setdefault(value, by)


def own(walk: Walk, i: int) -> None:
    """Notes what hangs on word i itself."""
    scene, t = walk.scene, walk.scene.t
    for k in t.kids[i]:
        _kid(walk, i, k)
    modals = [t.lower(k) for k in t.kids[i] if t.words[k].relation.startswith("aux")]
    if any(m in COUNTERFACTUAL for m in modals) and any(m in PAST_MODAL for m in modals):
        walk.show("conditional", " ".join(modals))
    predicate = t.kid(i, "cop", "aux:pass") is not None and t.words[i].relation not in ("xcomp", "acl", "advcl")
    if predicate and scene.infinitive(i):  # "the aim is to attack", "was to be attacked"
        walk.show("planned", "to")
    if "Mood=Imp" in t.words[i].features:
        walk.show("planned", "an order")
    if _inverted(scene, i):
        walk.show("conditional", "had")
    if _asked(scene, i):
        walk.show("conditional", "?")


def _kid(walk: Walk, i: int, k: int) -> None:
    """What one dependent of word i shows."""
    scene, t, known = walk.scene, walk.scene.t, cues()
    word, relation = t.lower(k), t.words[k].relation
    nominal = t.words[i].tag in ("NOUN", "PROPN")
    if relation.startswith("aux"):
        walk.show(known.get((word, "modal")), word)
    elif relation in ("mark", "case", "cc"):
        walk.show(known.get((word, "mark")) if relation == "mark" else None, word)
        walk.show(known.get((word, "neg-case")) or known.get((word, "neg")), word)
    elif relation == "det" or (relation in ("amod", "advmod") and nominal):
        kinds = ("neg-det", "attribute", "neg", "adverb")
        walk.show(next((known[word, kind] for kind in kinds if (word, kind) in known), None), word)
    elif relation in ("advmod", "cc:preconj"):
        walk.show(known.get((word, "neg")) or known.get((word, "adverb")) or known.get((word, "neg-case")), word)
    elif relation == "advcl" and condition(scene, k):
        walk.show("conditional", condition(scene, k))
    elif relation in (*SUBJECTS, "obj"):
        _side(walk, i, k)
    elif relation in OBLIQUE and scene.case(k) == "in" and not nominal:
        walk.show(known.get((scene.lemma(k), "fiction")), scene.lemma(k))


def _side(walk: Walk, i: int, k: int) -> None:
    """A subject or object that denies ("nobody", "no soldier"), or a subject that says what is aimed at or wanted."""
    scene, t, known = walk.scene, walk.scene.t, cues()
    if (t.lower(k), "nobody") in known or (t.lower(k) == "one" and t.lower(k - 1) == "no"):
        walk.show("denied", t.lower(k))
    for m in t.kids[k]:
        if t.words[m].relation == "det" and (t.lower(m), "neg-det") in known:
            walk.show("denied", t.lower(m))
        wanted = t.words[m].relation == "acl:relcl" and t.lower(k) in ("all", "what", "thing", "everything", "only")
        if wanted and t.words[k].relation != "obj":  # "all they wanted was his release"
            walk.show(known.get((scene.lemma(m), "verb")), scene.lemma(m))
    aimed = known.get((scene.lemma(k), "noun"))
    if aimed is not None and scene.infinitive(i):  # "the aim is to attack"
        walk.show(aimed, scene.lemma(k))


def _inverted(scene: Scene, i: int) -> bool:
    """ "Had the army attacked, ...": an auxiliary before the subject of a clause beside another."""
    t = scene.t
    subject = t.kid(i, "nsubj", "nsubj:pass")
    first = next((k for k in t.kids[i] if t.words[k].relation.startswith("aux")), None)
    beside = t.words[i].relation in ("advcl", "ccomp", "parataxis") or i < t.words[i].head
    return beside and None not in (subject, first) and (first or 0) < (subject or 0) and t.lower(first or 0) in INVERTED


def condition(scene: Scene, k: int) -> str:
    """The word that makes the clause of k a condition of what it hangs on; empty for "even if" and other clauses."""
    t = scene.t
    for m in t.kids[k]:
        if t.words[m].relation == "mark" and cues().get((t.lower(m), "mark")) == "conditional":
            return "" if t.lower(m - 1) == "even" or t.lower(m) == "whether" else t.lower(m)
    return ""


def _asked(scene: Scene, i: int) -> bool:
    """Whether i heads a question: a mark at the end of its clause and a verb or question word before its subject."""
    t = scene.t
    if not any(t.lower(k) == "?" for k in t.kids[i]):
        return False
    subject = t.kid(i, "nsubj", "nsubj:pass", "expl")
    if subject is not None and t.lower(subject) in ("who", "what", "which"):
        return True
    first = min((k for k in t.kids[i] if t.words[k].relation.startswith(("aux", "cop", "advmod"))), default=None)
    return subject is None or (first is not None and first < subject) or t.words[i].tag != "VERB"


def bare(scene: Scene, i: int) -> bool:
    """ "War is a cruel teacher", "an endless cycle of war": a singular noun that means no occasion.

    Either it is the subject of what is said to be so in the present, or it stands alone after "of" or "in".
    """
    t, word = scene.t, scene.t.words[i]
    if "Number=Plur" in word.features or not is_of(scene.lemma(i), "lasting"):
        return False
    alone = all(t.words[k].relation in ALONE for k in t.kids[i])
    if word.relation == "nsubj" and t.words[word.head].tag == "NOUN":
        return not any("Tense=Past" in t.words[k].features or t.lower(k) in WOULD for k in t.kids[word.head])
    if word.relation == "nsubj" or word.relation == "root":
        told = word.head if word.head >= 0 else i
        return (
            alone and t.words[told].tag != "VERB" and not any("Tense=Past" in t.words[k].features for k in t.kids[told])
        )
    return alone and scene.case(i) in ("of", "in") and word.relation in ("nmod", "obl")


def settled(scene: Scene, i: int) -> bool:
    """Whether the noun takes its event for granted: "the attack", "their killing"."""
    t = scene.t
    return any(
        t.words[k].relation == "nmod:poss"
        or (t.words[k].relation == "det" and t.lower(k) in ("the", "this", "that", "these", "those"))
        for k in t.kids[i]
    )
