"""One report's names made to agree: the same words are the same kind of thing throughout a report.

A sentence says little of a bare name ("Kessa fell"); the rest of the report says more. Types are settled by a vote that
weighs how sure each reading was. Three rules stand over the vote: a table of outlets has the last word on its own names;
an adjective names no place ("Velmaran troops" are somebody's, and where they are is another question); and the last word
of a person's full name is that person. Measured in docs/benchmarks.md, "names".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from onrecord.records import Named, Sentence
from onrecord.text.tables import words

Votes = Mapping[str, Mapping[str, float]]


def settled(sentences: Sequence[Sentence], text: str) -> tuple[Sentence, ...]:
    """The sentences with the types of their names settled over the whole report; spans stay as they were."""
    winners = _winners(_votes(sentences, text))
    return tuple(
        replace(s, names=tuple(replace(n, type=winners[_key(n, text)]) for n in s.names)) if s.names else s
        for s in sentences
    )


def _votes(sentences: Sequence[Sentence], text: str) -> Votes:
    """For every name how much speaks for each kind."""
    votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for sentence in sentences:
        adjectives = {word.end for word in sentence.words if word.tag == "ADJ"}
        for named in sentence.names:
            kind = "other" if named.end in adjectives else named.type
            votes[_key(named, text)][kind] += named.confidence
    return votes


def _winners(votes: Votes) -> dict[str, str]:
    """The kind of every name: what most speaks for, the rules above it last."""
    won = {key: max(sorted(count), key=lambda kind: count[kind]) for key, count in votes.items()}
    surnames = {key.split()[-1] for key, kind in won.items() if kind == "person" and " " in key}
    return {
        key: "organisation"
        if key in words("outlets")
        else "person"
        if key in surnames and "person" not in votes[key]
        else kind
        for key, kind in won.items()
    }


def _key(named: Named, text: str) -> str:
    return " ".join(text[named.start : named.end].lower().replace("’", "'").removeprefix("the ").split())
