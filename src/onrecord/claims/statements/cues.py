"""Cues: the words that report an act of communication, with the frames each one takes. The table is data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from onrecord.text.tables import table
from onrecord.text.tokens import Token


@dataclass(frozen=True, slots=True)
class Cue:
    """One verb of the cue table.

    `frames` is a set of letters and prepositions: q a quotation, c a clause without "that", t a that-clause, i "to" with
    an infinitive, n a noun phrase, a an addressee ("told X"), w a wh-clause, z a word too ambiguous for anything but a
    quotation or "that"; a preposition (for, on, of, about, against, at, to) opens the content.
    """

    lemma: str
    kind: str
    frames: frozenset[str]
    forms: frozenset[str]

    @property
    def particle(self) -> str | None:
        """The second word of a two-word verb ("call on")."""
        return self.lemma.partition(" ")[2] or None

    def takes(self, frame: str) -> bool:
        """Whether the verb takes this frame."""
        return frame in self.frames


@cache
def verbs() -> dict[str, tuple[Cue, ...]]:
    """All verb forms, each with the cues it may be; two-word verbs first."""
    found: dict[str, list[Cue]] = {}
    for row in table("cues"):
        if row["part"] == "verb":
            forms = frozenset(row["forms"].split())
            cue = Cue(row["lemma"], row["class"], frozenset(row["frames"].split()), forms)
            for form in forms:
                found.setdefault(form, []).append(cue)
    return {form: tuple(sorted(cues, key=lambda c: -len(c.lemma.split()))) for form, cues in found.items()}


@cache
def nouns() -> frozenset[str]:
    """Nouns that name an act of communication ("statement", "claim")."""
    return frozenset(form for row in table("cues") if row["part"] == "noun" for form in row["forms"].split())


def cue_at(tokens: tuple[Token, ...], i: int) -> Cue | None:
    """The cue that the token at i is, judged by the word and the one after it; None when it is none."""
    token = tokens[i]
    if token.kind != "word" or (token.capital and i > 0 and tokens[i - 1].kind == "word"):
        return None
    following = tokens[i + 1].lower if i + 1 < len(tokens) else ""
    for cue in verbs().get(token.lower, ()):
        if cue.particle is None or cue.particle == following:
            return cue
    return None
