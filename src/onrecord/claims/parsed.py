"""Attributions that a sentence's tree shows: a cue word, the clause it governs, and the subject of that cue.

The rules over tokens read what stands beside what; the tree tells what hangs on what, so it finds subjects far from
their verb, clauses without "that", and cues inside what somebody else says.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from onrecord.claims.attribution import Attribution
from onrecord.claims.attributions import ANSWERS
from onrecord.claims.cues import Cue, nouns, verbs
from onrecord.claims.trees import Tree, negated, phrase, tree
from onrecord.records import Reading, Span

RELATIVE = frozenset("who which that whom whose".split())
SUBJECT = ("nsubj", "csubj", "nsubj:outer")
PASSIVE = ("nsubj:pass", "aux:pass", "csubj:pass")


@dataclass(frozen=True, slots=True)
class Proposal:
    """An attribution as the tree has it, the first character of its cue word, and how its content hangs on the cue."""

    found: Attribution
    at: int
    frame: str
    own: bool = False  # the cue's own subject, before it
    after: int | None = None  # where a second verb of the same subject starts ("said C and called D")


@dataclass(frozen=True, slots=True)
class Seen:
    """What the trees show of a stretch: its attributions, and where words start that could be a cue and are none.

    `nouns` only look like a verb ("the party's claims").
    """

    proposals: tuple[Proposal, ...] = ()
    nouns: frozenset[int] = frozenset()
    read: bool = False  # whether anything reads English here: a reading that shows nothing says something, too

    def of(self, span: Span) -> Seen:
        """What they show of a part."""
        return replace(self, proposals=tuple(p for p in self.proposals if span.start <= p.at < span.end))


def seen(reading: Reading, start: int, end: int, quoted: Sequence[Span] = ()) -> Seen:
    """What the trees of the sentences in a stretch of the report show.

    Args:
        reading: of the whole report.
        start: first character of the stretch.
        end: the character after its last.
        quoted: the quotations in it, marks included.
    """
    lo = bisect_right(reading.sentences, start, key=lambda s: s.start)
    found: list[Proposal] = []
    nominal: set[int] = set()
    for sentence in reading.sentences[max(0, lo - 1) :]:
        if sentence.start >= end:
            break
        near = [q for q in quoted if q.start < sentence.end and sentence.start < q.end]
        found += of_tree(tree(sentence), near)
        nominal |= {w.start for w in sentence.words if w.tag == "NOUN" and w.text.lower() in verbs()}
    return Seen(tuple(p for p in found if start <= p.at < end), frozenset(nominal), bool(reading.sentences))


def of_tree(t: Tree, quoted: Sequence[Span] = ()) -> tuple[Proposal, ...]:
    """All attributions that the tree of one sentence shows, in the order of their cues.

    Args:
        t: the sentence.
        quoted: the quotations around it, marks included; a content that meets one takes its marks along.
    """
    found = []
    for i, word in enumerate(t.words):
        made = None
        if word.tag in ("VERB", "AUX"):
            cue = _cue(t, i) or Cue(word.lemma, "quoting", frozenset("q"), frozenset())
            made = _verb(t, i, cue, quoted) if cue.kind != "quoting" or quoted else None
        elif word.tag == "NOUN" and word.text.lower() in nouns():
            made = _noun(t, i, quoted)
        if made is not None:
            found.append(made)
    return tuple(found)


def _cue(t: Tree, i: int) -> Cue | None:
    """The row of the cue table for the verb at i; a two-word verb wants its second word after it ("called Friday for")."""
    for cue in verbs().get(t.lower(i), ()):
        particle = cue.particle
        if particle is None or t.lower(i + 1) == particle or particle in _openers(t, i):
            return cue
    return None


def _openers(t: Tree, i: int) -> set[str]:
    """The particles and prepositions of what hangs on the verb after it."""
    after = [k for k in t.kids[i] if k > i]
    opening = [m for k in after for m in t.kids[k] if t.words[m].relation in ("case", "mark")]
    return {t.lower(k) for k in (*opening, *(k for k in after if t.words[k].relation == "compound:prt"))}


def _verb(t: Tree, i: int, cue: Cue, quoted: Sequence[Span]) -> Proposal | None:
    who = subject(t, i)
    content = _content(t, i, cue)
    if who is None and not (content and _asked(t, i, cue)):
        return None
    frame, runs = content or ("bare", [])
    if who is not None and frame in AROUND and (after := _behind(t, i, quoted)) is not None:
        who = after
    told = t.kid(i, "iobj", "obj") if cue.takes("a") and frame not in ("object", "rest") else t.kid(i, "iobj")
    made = Attribution(
        source=t.span(*who.words) if who else None,
        cue=t.span(_cue_first(t, i), i + (cue.particle is not None and t.lower(i + 1) == cue.particle)),
        content=tuple(grown(t.span(a, b), quoted) for a, b in runs),
        lemma=cue.lemma,
        kind=cue.kind,
        rule=f"{cue.lemma} + {frame}, by the tree",
        negated=negated(t, i),
        told=t.span(*phrase(t, told)) if told is not None else None,
        named=t.span(*who.named) if who and who.named else None,
    )
    return Proposal(made, t.words[i].start, frame, who is not None and who.own, _second(t, i))


def _second(t: Tree, i: int) -> int | None:
    """Where the next verb with the cue's subject starts, or the next cue with a clause of its own."""
    joined = [k for k in t.kids[i] if t.words[k].relation == "conj" and k > i]
    again = [k for k in joined if t.kid(k, *SUBJECT) is None or (_cue(t, k) and t.kid(k, "ccomp") is not None)]
    return min((t.words[min(t.under(k))].start for k in again), default=None)


AROUND = frozenset({"before", "around"})


def _asked(t: Tree, i: int, cue: Cue) -> bool:
    """ "Asked whether ...", "she was asked about C": a question put by nobody who is named."""
    if cue.lemma != "ask" or t.lower(i) != "asked" or t.kid(i, "ccomp") is None:
        return False
    passive = any(t.words[k].relation in PASSIVE for k in t.kids[i])
    return passive or (t.words[i].relation in ("advcl", "acl") and t.kid(i, *SUBJECT) is None)


def _behind(t: Tree, i: int, quoted: Sequence[Span]) -> Who | None:
    """The noun after a speech tag whose subject the tree has sought inside the quotation before it."""
    own = t.kid(i, *SUBJECT)
    after = t.kid(i, "obj", "nsubj", "iobj")
    if own is None or after is None or after < i or not any(q.holds(t.span(own, own)) for q in quoted):
        return None
    return Who(bare(t, after))


def _cue_first(t: Tree, i: int) -> int:
    first = i
    while first - 1 in t.kids[i] and (
        t.words[first - 1].relation.startswith("aux") or t.words[first - 1].relation == "advmod"
    ):
        first -= 1
    return first


@dataclass(frozen=True, slots=True)
class Who:
    """First and last word of a source; of the phrase that it points at ("who"); whether it is the cue's own subject."""

    words: tuple[int, int]
    named: tuple[int, int] | None = None
    own: bool = False


def subject(t: Tree, i: int, depth: int = 0) -> Who | None:
    """Whom the verb at i has for its speaker: its subject, its agent, or that of the verb it goes with."""
    word = t.words[i]
    if any(t.words[k].relation in PASSIVE for k in t.kids[i]):
        agent = t.kid(i, "obl:agent")
        return Who(bare(t, agent)) if agent is not None else None
    own = nearest(t, i)
    if own is not None:
        return _own(t, i, own)
    over = word.head
    if depth > 4 or over < 0:
        return None
    if word.relation == "acl" and t.lower(i).endswith("ing"):
        paper = t.lower(over) in nouns() and t.words[over].relation in ("obj", "obl")
        writer = subject(t, t.words[over].head, depth + 1) if paper and t.words[over].head >= 0 else None
        return writer or Who(bare(t, over, {i}))
    if word.relation == "conj" or (word.relation in ("xcomp", "advcl", "parataxis", "dep") and i > over):
        controlled = word.relation == "xcomp" and t.kid(over, "obj", "iobj") is not None
        if not controlled and t.words[over].tag in ("VERB", "AUX", "ADJ", "NOUN"):
            above = subject(t, over, depth + 1)
            return replace(above, own=False) if above else None
    return None


def nearest(t: Tree, i: int) -> int | None:
    """The subject of the verb at i; of two, the one that stands next before it ("The bridge, he said, is shut")."""
    subjects = [k for k in t.kids[i] if t.words[k].relation in SUBJECT]
    return max((k for k in subjects if k < i), default=subjects[0] if subjects else None)


def _own(t: Tree, i: int, own: int) -> Who | None:
    """The subject itself. "who" stays the source, as "he" does, and points at the phrase before it."""
    word = t.words[i]
    if t.words[own].tag in ("VERB", "AUX") or t.lower(own) == "there":
        return None
    if word.relation == "acl:relcl" and t.lower(own) in RELATIVE and word.head >= 0:
        return Who((own, own), bare(t, word.head, {i}), own < i)
    return Who(bare(t, own), None, own < i)


def bare(t: Tree, i: int, without: Collection[int] = ()) -> tuple[int, int]:
    """A noun phrase without the preposition before it."""
    first, last = phrase(t, i, without)
    while first < i and t.words[first].relation in ("case", "mark"):
        first += 1
    return first, last


Runs = list[tuple[int, int]]


def _content(t: Tree, i: int, cue: Cue) -> tuple[str, Runs] | None:
    """How the content hangs on the cue, and its runs of words."""
    if (clause := t.kid(i, "ccomp")) is not None:
        frame = "before" if clause < i else "that" if _has_that(t, clause) else "clause"
        runs = _clause(t, clause, i)
        return (frame, runs) if runs else None
    word = t.words[i]
    if word.relation == "parataxis" and (_reports(cue) or cue.kind == "quoting") and t.kid(i, *SUBJECT) is not None:
        runs = _clause(t, word.head, i)
        return ("around", runs) if runs else None
    to = t.kid(i, "xcomp")
    refused = cue.lemma in ("decline", "refuse") and to is not None and t.lower(to) not in ANSWERS
    if to is not None and to > i and cue.takes("i") and not refused and any(t.lower(k) == "to" for k in t.kids[to]):
        return "to", _clause(t, to, i)
    if word.relation == "advcl" and word.head >= 0 and cue.takes("q") and _marked_as(t, i) and _reports(cue):
        runs = _clause(t, word.head, i)
        return ("as", runs) if runs else None
    side = t.kid(i, "parataxis")
    if side is not None and side > i and cue.takes("q") and not cue.takes("z"):
        return "beside", _clause(t, side, i)
    return _thing(t, i, cue)


def _reports(cue: Cue) -> bool:
    return cue.takes("c") or cue.takes("t")


def _marked_as(t: Tree, i: int) -> bool:
    return any(t.lower(k) == "as" and t.words[k].relation in ("mark", "advmod") for k in t.kids[i])


def _thing(t: Tree, i: int, cue: Cue) -> tuple[str, Runs] | None:
    """Content that is no clause: "for calm", "the claims", "him a traitor"."""
    for k in t.kids[i]:
        if t.words[k].relation in ("obl", "advcl", "xcomp") and k > i:
            case = next((t.lower(m) for m in t.kids[k] if t.words[m].relation in ("case", "mark")), "")
            if len(case) > 1 and (cue.takes(case) or (case == cue.particle and cue.takes("n"))):
                first, last = _rest(t, i, k)
                while first < min(k, last) and t.lower(first) == case:
                    first += 1
                return "prep", [(first, last)]
    thing = t.kid(i, "obj", "xcomp") if cue.takes("n2") else t.kid(i, "obj")
    if thing is None or thing < i:
        return None
    if cue.takes("n2"):
        return "rest", [_rest(t, i, thing)]
    if cue.takes("n") and t.words[thing].tag != "PRON":
        return "object", [_rest(t, i, thing)]
    return None


NO_REST = frozenset("conj cc parataxis punct obl:unmarked nmod:unmarked advcl".split())


def _rest(t: Tree, i: int, thing: int) -> tuple[int, int]:
    """From the object of the verb at i to the end of what hangs on the verb without a comma before it."""
    first, last = _bounds(t.under(thing))
    for k in t.kids[i]:
        if k > thing and (t.words[k].relation not in NO_REST or t.lower(last + 1) == "to"):
            a, b = _bounds(t.under(k))
            if a == last + 1:
                last = b
    return _trim(t, first, last)


def _has_that(t: Tree, clause: int) -> bool:
    return any(t.lower(k) == "that" and t.words[k].relation == "mark" for k in t.kids[clause])


def _clause(t: Tree, c: int, v: int) -> Runs:
    """Runs of the clause of c, without the words of the cue v where v hangs in it, and without "that" and outer marks."""
    members = t.under(c, {v})
    if c > v:
        members = {k for k in members if k > v}
    around = t.under(v) if v in t.under(c) else {v}
    runs: Runs = []
    for k in sorted(members):
        if runs and not any(m in around for m in range(runs[-1][1] + 1, k)):
            runs[-1] = (runs[-1][0], k)
        else:
            runs.append((k, k))
    trimmed = [_trim(t, a, b) for a, b in runs]
    return [(a, b) for a, b in trimmed if a < b or t.words[a].tag != "PUNCT"]


def _bounds(members: set[int]) -> tuple[int, int]:
    return min(members), max(members)


def _trim(t: Tree, a: int, b: int) -> tuple[int, int]:
    while a < b and (t.words[a].tag in ("PUNCT", "CCONJ") or (t.lower(a) == "that" and t.words[a].relation == "mark")):
        a += 1
    while b > a and t.words[b].tag == "PUNCT":
        b -= 1
    return a, b


def grown(span: Span, quoted: Sequence[Span]) -> Span:
    """The span with the marks of quotations that it starts or ends in."""
    for q in quoted:
        if q.meets(span):
            if q.start < span.start <= q.start + 2:
                span = Span(q.start, span.end)
            if q.end - 3 <= span.end < q.end or span.start <= q.start < span.end < q.end:
                span = Span(span.start, q.end)
    return span


def _noun(t: Tree, i: int, quoted: Sequence[Span]) -> Proposal | None:
    """ "his claim that C", "a promise by S to C", "S made the claim that C"."""
    clause = next((k for k in t.kids[i] if k > i and t.words[k].relation in ("acl", "ccomp", "acl:relcl")), None)
    if clause is None:
        return None
    to = any(t.lower(k) == "to" and t.words[k].relation == "mark" for k in t.kids[clause])
    if not to and not _has_that(t, clause):
        return None
    who = _owner(t, i, clause)
    runs = _clause(t, clause, i)
    if who is None or not runs:
        return None
    made = Attribution(
        source=t.span(*who.words),
        named=t.span(*who.named) if who.named else None,
        cue=t.span(i, i),
        content=tuple(grown(t.span(a, b), quoted) for a, b in runs),
        lemma=t.words[i].lemma,
        kind="say",
        rule=f"{t.lower(i)} {'to' if to else 'that'}, by the tree",
    )
    return Proposal(made, t.words[i].start, "noun to" if to else "noun that")


def _owner(t: Tree, i: int, clause: int) -> Who | None:
    """Whose claim it is: its possessor, "by S", "from S", or the subject of the verb that makes it."""
    owner = t.kid(i, "nmod:poss")
    if owner is not None:
        first, last = phrase(t, owner)
        while last > first and t.words[last].relation == "case":
            last -= 1
        return Who((first, last))
    for k in t.kids[i]:
        if t.words[k].relation in ("nmod", "obl:agent") and k < clause:
            case = next((t.lower(m) for m in t.kids[k] if t.words[m].relation == "case"), "")
            if case in ("by", "from", "of"):
                return Who(bare(t, k))
    over = t.words[i].head
    if over >= 0 and t.words[i].relation == "obj" and t.words[over].tag == "VERB":
        return subject(t, over)
    return None
