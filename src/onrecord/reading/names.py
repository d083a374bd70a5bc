"""One report's names made to agree: the same words are the same kind of thing throughout a report.

A sentence says little of a bare name ("Kessa fell"); the rest of the report says more. Types are settled by a vote that
weighs how sure each reading was; a table of outlets has the last word on its own names. An adjective names no place:
"Velmaran troops" are somebody's, and where they are is another question. Measured in docs/benchmarks.md, "Names".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from onrecord.records import Named, Sentence
from onrecord.text.tables import table


def settled(sentences: Sequence[Sentence], text: str) -> tuple[Sentence, ...]:
    """The sentences with the types of their names settled over the whole report; spans stay as they were."""
    votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for sentence in sentences:
        adjectives = {word.end for word in sentence.words if word.tag == "ADJ"}
        for named in sentence.names:
            kind = "other" if named.end in adjectives else named.type
            votes[_key(named, text)][kind] += named.confidence
    outlets = {row["word"] for row in table("outlets")}
    winners = {
        key: "organisation" if key in outlets else max(sorted(count), key=lambda kind: count[kind])
        for key, count in votes.items()
    }
    return tuple(
        replace(s, names=tuple(replace(n, type=winners[_key(n, text)]) for n in s.names)) if s.names else s
        for s in sentences
    )


def _key(named: Named, text: str) -> str:
    return " ".join(text[named.start : named.end].lower().replace("’", "'").removeprefix("the ").split())
