"""One sentence as a scene: its tree, its names, and what stands in which grammatical function to a word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from onrecord.claims.events.frames import is_of, known_words
from onrecord.claims.trees import Tree
from onrecord.records import Word
from onrecord.text.tables import table

RELATIVE = frozenset("who which that whom whose where".split())
SURFACE = ("nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass")
OBLIQUE = ("obl", "obl:agent", "nmod", "obl:unmarked", "nmod:unmarked")
ALIKE = frozenset("we they i he she it us them who".split())
DEPTH = 6  # how far up a subject is sought


@cache
def irregular() -> dict[str, str]:
    """Verb forms whose dictionary form no rule gives ("fled", "sought")."""
    return {row["form"]: row["lemma"] for row in table("irregular")}


def _lemma(word: Word) -> str:
    known, low = known_words(), word.lemma.lower()
    if word.tag != "VERB":
        return low[:-1] if low.endswith("s") and low not in known and low[:-1] in known else low
    made = irregular().get(word.text.lower(), low)
    if made in known:
        return made
    tries = (f"{made}e", f"{made[:-1]}y", made[:-1], made[:-2], made.removesuffix("ed"))  # "denounc", "tri", "expell"
    return next((t for t in tries if t in known), made)


@dataclass(frozen=True, slots=True)
class Scene:
    """A tree, with the type of the name that each word belongs to (person, group, outlet, place, unknown)."""

    t: Tree
    names: Mapping[int, str]
    towns: frozenset[int] = frozenset()  # words of towns and their like: where things happen, seldom who does them
    bombed: bool = False  # whether the report tells of bombing: "strike" is then no stoppage
    _lemmas: dict[int, str] = field(default_factory=dict, repr=False)  # asked many times over
    _passives: dict[int, bool] = field(default_factory=dict, repr=False)
    _objects: dict[int, list[int]] = field(default_factory=dict, repr=False)

    def lemma(self, i: int) -> str:
        """Dictionary form of word i, in lower case; guesses of the reading's rules are mended where a frame knows better."""
        found = self._lemmas.get(i)
        if found is None:
            found = self._lemmas[i] = _lemma(self.t.words[i])
        return found

    def of_class(self, i: int, kind: str, doing: bool = False) -> bool:
        """Whether the phrase of noun i is of a word class: by its head, its parts, what it counts, or its name.

        A pronoun may be a force or an official only where it is the one `doing` something.
        """
        if kind == "agent":
            return self.agent(i) or self.t.words[i].tag == "PROPN"
        counts = is_of(self.lemma(i), "quantity") or self.t.words[i].tag in ("NUM", "DET")
        parts = self.core(i) if kind != "ground" or counts else (k for k in self.core(i) if self.case(k) != "of")
        if kind == "official":  # "official notice" is no official
            parts = (k for k in parts if self.t.words[k].tag != "ADJ")
        if any(is_of(self.lemma(k), kind) or self._named(k, kind) for k in parts):  # "control of the town" is no town
            return True
        low = self.t.lower(i)
        return (doing and kind in ("armed", "official") and low in ALIKE) or (
            kind == "ground" and low in ("it", "them")
        )

    def _named(self, k: int, kind: str) -> bool:
        name = self.names.get(k)
        wanted = {
            "ground": ("place",),
            "armed": ("group",),
            "official": ("person",),
            "group": ("group",),
            "person": ("person",),
        }
        return name in wanted.get(kind, ())

    def core(self, i: int) -> Iterator[int]:
        """A noun, its compounds and adjectives, and what "hundreds of ..." counts."""
        yield i
        for k in self.t.kids[i]:
            relation = self.t.words[k].relation
            counted = relation == "nmod" and self.case(k) == "of"
            if relation in ("compound", "amod", "flat", "nmod:desc", "conj") or counted:
                yield k
                if counted or relation == "conj":
                    yield from (m for m in self.t.kids[k] if self.t.words[m].relation in ("compound", "amod"))

    def case(self, k: int) -> str:
        """The preposition before a phrase, its first word, in lower case; empty where there is none."""
        return next((self.t.lower(m) for m in self.t.kids[k] if self.t.words[m].relation == "case"), "")

    def agent(self, k: int) -> bool:
        """Whether word k can act or be acted on: a name, a pronoun, a person, a force, an official, a group."""
        if k in self.names or self.t.words[k].tag == "PRON":
            return self.t.lower(k) not in ("it", "this", "that", "which", "what", "there") and not is_of(
                self.lemma(k), "abstract"
            )
        return any(self.of_class(k, kind) for kind in ("person", "armed", "official", "group", "crowd"))

    def passive(self, i: int) -> bool:
        """Whether the verb at i is passive."""
        found = self._passives.get(i)
        if found is None:
            found = self._passives[i] = self._is_passive(i)
        return found

    def _is_passive(self, i: int) -> bool:
        word = self.t.words[i]
        kids = [(self.t.words[k].relation, self.t.words[k].lemma) for k in self.t.kids[i]]
        relations = {relation for relation, _ in kids}
        if "aux:pass" in relations or ("nsubj:pass" in relations and "obj" not in relations):
            return True
        return "Voice=Pass" in word.features and ("aux", "have") not in kids and "obj" not in relations

    def heads(self, i: int) -> list[int]:
        """A noun and the nouns joined to it by "and", commas and the like."""
        found = [i]
        for k in self.t.kids[i]:
            if self.t.words[k].relation == "conj" and self.t.words[k].tag in ("NOUN", "PROPN", "PRON", "NUM", "ADJ"):
                found += self.heads(k)
        return found

    def surface(self, i: int, depth: int = 0) -> list[int]:
        """The heads of the grammatical subject of the verb, noun or adjective at i, its own or borrowed."""
        t, word = self.t, self.t.words[i]
        own = [k for k in t.kids[i] if t.words[k].relation in SURFACE and t.lower(k) != "there"]
        if own:
            subject = max((k for k in own if k < i), default=own[0])
            if word.relation == "acl:relcl" and t.lower(subject) in RELATIVE and word.head >= 0:
                return self.heads(word.head) if t.words[subject].tag == "PRON" else [word.head]
            return [] if t.words[subject].tag in ("VERB", "AUX") else self.heads(subject)
        if depth > DEPTH or word.head < 0:
            return []
        return self._borrowed(i, word.head, depth)

    def _borrowed(self, i: int, over: int, depth: int) -> list[int]:
        """The subject of a verb that has none: that of the verb or noun it hangs on."""
        t, word = self.t, self.t.words[i]
        above = t.words[over]
        if word.relation in ("acl", "acl:relcl") and word.tag == "VERB" and "VerbForm=Inf" not in word.features:
            return self.heads(over)
        if word.relation == "acl":
            return self.owners(over) or (self.surface(above.head, depth + 1) if above.head >= 0 else [])
        if word.relation in ("xcomp", "ccomp") or (
            word.relation == "advcl" and self.marked(i, "to", "for", "of", "from")
        ):
            thing = t.kid(over, "iobj", "obj")
            if thing is not None and is_of(self.lemma(over), "control") and not is_of(self.lemma(thing), "abstract"):
                return self.heads(thing)
            if is_of(self.lemma(over), "control") and (on := self.oblique(over, "on", "upon", "to", "with")):
                return on
            return self.surface(over, depth + 1)
        if word.relation in ("conj", "advcl", "xcomp", "parataxis", "dep", "obl", "csubj", "cop"):
            return self.surface(over, depth + 1)
        return []

    def owners(self, i: int) -> list[int]:
        """Whose a noun is: its possessor, "by" or "of" somebody, or a people ("Israeli")."""
        t = self.t
        for k in t.kids[i]:
            if t.words[k].relation == "nmod:poss":
                return self.heads(k)
        for k in t.kids[i]:
            if t.words[k].relation in ("nmod", "obl:agent") and self.case(k) in ("by", "of", "from") and self.agent(k):
                return self.heads(k)
        return self.peoples(i)

    def peoples(self, i: int) -> list[int]:
        """Adjectives and nouns before a noun that name a people, a state or a group: "Israeli", "Taliban"."""
        found = []
        for k in self.t.kids[i]:
            if k in self.towns and self.t.words[k].relation == "compound":  # "the Lenna attack"
                continue
            if k < i and self.t.words[k].relation in ("amod", "compound", "nmod:desc", "flat"):
                capital = self.t.words[k].text[:1].isupper() and k > 0
                if (
                    k in self.names
                    or (capital and self.t.words[k].tag in ("ADJ", "PROPN"))
                    or is_of(self.lemma(k), "armed")
                ):
                    found.append(k)
        return found

    def objects(self, i: int) -> list[int]:
        """The heads of what the verb at i does something to."""
        found = self._objects.get(i)
        if found is None:
            found = self._objects[i] = self._acted_on(i)
        return found

    def _acted_on(self, i: int) -> list[int]:
        t, word = self.t, self.t.words[i]
        if self.passive(i):
            if word.relation == "amod" and word.head >= 0:
                return [word.head]
            return self.surface(i)
        own = [k for k in t.kids[i] if t.words[k].relation == "obj"]
        if own:
            pointed = word.relation == "acl:relcl" and t.lower(own[0]) in RELATIVE
            thing = own[-1] if len(own) > 1 and own[1] == own[0] + 1 else own[0]  # "hand [the Ardin] [pass]"
            return self.heads(word.head) if pointed else self.heads(thing)
        following = next((k for k in t.kids[i] if t.words[k].relation == "conj" and t.words[k].tag == "VERB"), None)
        if following is not None and following - i <= 3 and not self.passive(following):
            return self.objects(following)
        if (
            word.relation == "acl:relcl"
            and t.kid(i, "nsubj") is not None
            and t.lower(t.kid(i, "nsubj") or 0) not in RELATIVE
        ):
            return self.heads(word.head)
        return []

    def doers(self, i: int) -> list[int]:
        """The heads of who does what the verb at i says; empty where nobody is named."""
        return self.oblique(i, "by") if self.passive(i) else self.surface(i)

    def oblique(self, i: int, *cases: str) -> list[int]:
        """The heads of the first phrase on i that one of these prepositions opens, in the order given."""
        for wanted in cases:
            for k in self.t.kids[i]:
                if self.t.words[k].relation in OBLIQUE and self.case(k) == wanted:
                    return self.heads(k)
        return []

    def clause(self, i: int) -> int | None:
        """The verb or predicate of the clause that i governs: "agreed [to meet]", "said [that C]"."""
        for k in self.t.kids[i]:
            relation = self.t.words[k].relation
            purpose = relation == "advcl" and self.infinitive(k)
            said = relation == "acl" and (self.infinitive(k) or self.marked(k, "that"))
            if k > i and (relation in ("xcomp", "ccomp") or purpose or said):
                return k
        return None

    def infinitive(self, k: int) -> bool:
        """Whether the verb at k stands after "to"."""
        return self.marked(k, "to")

    def marked(self, k: int, *marks: str) -> bool:
        """Whether one of these words opens the clause of k."""
        return any(self.t.words[m].relation == "mark" and self.t.lower(m) in marks for m in self.t.kids[k])
