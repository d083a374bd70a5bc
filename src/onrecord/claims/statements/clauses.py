"""Which words of a sentence's tree were said: the clause that a cue governs, or what hangs on its object."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.claims.trees import Tree
from onrecord.records import Span

Runs = list[tuple[int, int]]
# A clause with one of these words before it completes what is said of the object: "accused him of lying".
COMPLETES = frozenset("of as for by".split())
# What opens the occasion, and no more of what was said: "called him a liar in a speech".
WHEN = frozenset("in on at during before after".split())
NO_REST = frozenset("conj cc parataxis punct obl:unmarked nmod:unmarked advcl".split())


def clause_runs(t: Tree, c: int, v: int) -> Runs:
    """Runs of the clause of c, without the words of the cue v where v hangs in it, and without "that" and outer marks."""
    members = t.under(c, {v})
    inside = v in t.under(c)
    if c > v and not inside:
        members = {k for k in members if k > v}
    around = t.under(v) if inside else {v}
    runs: Runs = []
    for k in sorted(members):
        if runs and not any(m in around for m in range(runs[-1][1] + 1, k)):
            runs[-1] = (runs[-1][0], k)
        else:
            runs.append((k, k))
    trimmed = [trim(t, a, b) for a, b in runs]
    return [(a, b) for a, b in trimmed if a < b or t.words[a].tag not in ("PUNCT", "SCONJ")]


def rest_of(t: Tree, i: int, thing: int) -> tuple[int, int]:
    """From the object of the verb at i to the end of what hangs on the verb without a comma before it."""
    first, last = _bounds(t.under(thing))
    for k in t.kids[i]:
        joined = t.words[k].relation not in NO_REST or t.lower(last + 1) == "to"
        if k > thing and (joined or (t.words[k].relation == "advcl" and t.lower(last + 1) in COMPLETES)):
            a, b = _bounds(t.under(k))
            if a == last + 1 and not (t.words[k].relation == "obl" and t.lower(a) in WHEN):
                last = b
    return trim(t, first, last)


def has_that(t: Tree, clause: int) -> bool:
    return any(t.lower(k) == "that" and t.words[k].relation == "mark" for k in t.kids[clause])


def grown(span: Span, quoted: Sequence[Span]) -> Span:
    """The span with the marks of quotations that it starts or ends in."""
    for q in quoted:
        if q.meets(span):
            if q.start < span.start <= q.start + 2:
                span = Span(q.start, span.end)
            if q.end - 3 <= span.end < q.end or span.start <= q.start < span.end < q.end:
                span = Span(span.start, q.end)
    return span


def trim(t: Tree, a: int, b: int) -> tuple[int, int]:
    while a < b and (t.words[a].tag in ("PUNCT", "CCONJ") or (t.lower(a) == "that" and t.words[a].relation == "mark")):
        a += 1
    while b > a and t.words[b].tag == "PUNCT":
        b -= 1
    return a, b


def _bounds(members: set[int]) -> tuple[int, int]:
    return min(members), max(members)
