"""What became of those counted: killed, wounded, displaced, detained, missing, by the tree and by the words around a figure.

The words are data: `words/harm.tsv`. A figure's class is changed only where it counts people in some way (`OPEN`):
captured vehicles stay vehicles.
"""

from __future__ import annotations

import re

from onrecord.claims.quantities.harm_words import LIVES, by_words, classes
from onrecord.claims.quantities.sight import Sight
from onrecord.claims.trees import Tree

HARM = frozenset({"killed", "wounded", "missing", "displaced", "detained"})
OPEN = frozenset({"people", "fighters", "casualties", "thing", "bare", "abstract"})
# Prisoners and refugees stay what they are, unless they are killed or wounded.
HELD, WORSE = frozenset({"detained", "displaced"}), frozenset({"killed", "wounded"})
# Between two figures, of which the later tells of some of the former, or that stand in one list.
INCLUDING = re.compile(
    r"(?:\s+(?:others?|more|people))?(?:\s+(?:were|was|(?:have|has|had)\s+been)\s+\w+ed)?(?:,|\s*\()?\s*"
    r"(?:including|among\s+them|of\s+(?:them|whom)|among\s+whom)\s+(?:at\s+least\s+)?",
    re.I,
)
LISTED = re.compile(
    r"\s*(?:,|;|(?:,\s*)?\b(?:and|or|plus|as\s+well\s+as|along\s+with)\b)\s*(?:another\s+|a\s+further\s+)?", re.I
)


def harm(sight: Sight, start: int, end: int) -> tuple[str, str] | None:
    """Class and evidence of what became of those counted in text[start:end]; None where nothing near says."""
    lives = LIVES.search(sight.text, start, end) is not None
    return (None if lives else _by_tree(sight, end)) or by_words(sight.text, start, end)


def _by_tree(sight: Sight, end: int) -> tuple[str, str] | None:
    """What the tree says was done to those counted, or what they did: killed them, were killed, died."""
    place = sight.word(end - 1)
    if place is None:
        return None
    t, i = place
    if t.words[i].tag == "NUM" and t.words[i].relation.startswith("nummod"):
        return None
    for k in t.kids[i]:  # "three men | killed near the bridge"
        word = t.words[k]
        if word.relation == "acl" and "VerbForm=Part" in word.features and "Tense=Past" in word.features:
            return _done("verb", t, k)
    return _governed(t, i)


def _governed(t: Tree, i: int) -> tuple[str, str] | None:
    """What the verb says whose object or subject the noun is; all nouns of a list share it."""
    while t.words[i].relation == "conj" and t.words[t.words[i].head].tag in ("NOUN", "PROPN", "NUM"):
        i = t.words[i].head
    word = t.words[i]
    if word.head < 0:
        return None
    if word.relation in ("obj", "nsubj:pass") and t.words[word.head].tag == "VERB":
        return _done("verb", t, word.head)
    if word.relation in ("nsubj", "nsubj:pass") and t.words[word.head].tag == "ADJ":
        return _done("participle", t, word.head)  # "four people, among them a guard, are dead"
    return _done("subject", t, word.head) if word.relation == "nsubj" else None


def _done(kind: str, t: Tree, verb: int) -> tuple[str, str] | None:
    found = classes(kind).get(t.words[verb].lemma)
    return (found, f"{t.words[verb].text} by the tree") if found is not None else None
