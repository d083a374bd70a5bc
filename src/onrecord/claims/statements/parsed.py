"""Attributions that a sentence's tree shows: a cue word, the clause it governs, and the subject of that cue.

The rules over tokens read what stands beside what; the tree tells what hangs on what, so it finds subjects far from
their verb, clauses without "that", and cues inside what somebody else says.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from onrecord.claims.statements.attribution import Attribution
from onrecord.claims.statements.attributions import ANSWERS
from onrecord.claims.statements.clauses import COMPLETES, Runs, clause_runs, grown, has_that, rest_of, trim
from onrecord.claims.statements.cues import Cue, nouns, verbs
from onrecord.claims.statements.subjects import PASSIVE, RELATIVE, SUBJECT, Who, owner, subject
from onrecord.claims.trees import Tree, bare, negated, phrase, tree
from onrecord.records import Reading, Span, Word


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

    `nouns` only look like a verb ("the party's claims", "pledged delegates").
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
        shown = tree(sentence)
        found += of_tree(shown, near)
        nominal |= {
            w.start for w, low in zip(sentence.words, shown.lowers, strict=True) if low in verbs() and _no_verb(w)
        }
    return Seen(tuple(p for p in found if start <= p.at < end), frozenset(nominal), bool(reading.sentences))


def _no_verb(word: Word) -> bool:
    """A form that looks like a verb and is none here: "the party's claims", "pledged delegates"."""
    return word.tag not in ("VERB", "AUX") or word.relation == "amod"


def of_tree(t: Tree, quoted: Sequence[Span] = ()) -> tuple[Proposal, ...]:
    """All attributions that the tree of one sentence shows, in the order of their cues.

    Args:
        t: the sentence.
        quoted: the quotations around it, marks included; a content that meets one takes its marks along.
    """
    found: list[Proposal] = []
    if not quoted and _speaking().isdisjoint(t.lowers):
        return ()
    for i, word in enumerate(t.words):
        made = None
        if t.lower(i) == "according" and t.lower(i + 1) == "to":
            made = _according(t, i, quoted)
        elif word.tag in ("VERB", "AUX"):
            cue = _cue(t, i) or (_quoting(t, i) if quoted else None)
            made = _verb(t, i, cue, quoted) if cue is not None else None
        elif word.tag == "NOUN" and word.text.lower() in nouns():
            made = _noun(t, i, quoted)
        if made is not None:
            found.append(made)
    return tuple(found)


def _quoting(t: Tree, i: int) -> Cue | None:
    """Any verb may stand beside a quotation: "..., the crowd sang"."""
    word = t.words[i]
    if word.relation not in ("parataxis", "acl:relcl") and t.kid(i, "ccomp", "parataxis") is None:
        return None
    return Cue(word.lemma, "quoting", frozenset("q"), frozenset())


@cache
def _speaking() -> frozenset[str]:
    """Words without which a sentence holds no attribution."""
    return frozenset(verbs()) | nouns() | {"according"}


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
    if _of_it(t, i, cue):
        return None
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
        negated=negated(t, i) or _unsaid(t, i),
        told=t.span(*phrase(t, told)) if told is not None else None,
        named=t.span(*who.named) if who and who.named else None,
    )
    return Proposal(made, t.words[i].start, frame, who is not None and who.own, _second(t, i))


# Verbs that never say of their own subject what it is: "gas believed to be chlorine" believes nothing.
PASSIVE_ONLY = frozenset("believe think suspect understand report allege say know assume presume fear consider".split())


def _of_it(t: Tree, i: int, cue: Cue) -> bool:
    """Whether a past form before "to be" or "to have" tells what others think of the noun before it."""
    past = not t.lower(i).endswith(("s", "ing")) and t.lower(i) != cue.lemma
    return past and cue.lemma in PASSIVE_ONLY and t.lower(i + 1) == "to" and t.lower(i + 2) in ("be", "have")


NOT_DOING = frozenset("refuse decline avoid forbear hesitate fail stop".split())


def _unsaid(t: Tree, i: int) -> bool:
    """ "refused to criticise", "does not want to report", "left without saying": nobody said it."""
    word = t.words[i]
    if any(t.lower(k) == "without" and t.words[k].relation in ("mark", "case") for k in t.kids[i]):
        return True
    if word.relation not in ("xcomp", "advcl") or word.head < 0:
        return False
    return t.words[word.head].lemma in NOT_DOING or (word.relation == "xcomp" and negated(t, word.head))


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


def _content(t: Tree, i: int, cue: Cue) -> tuple[str, Runs] | None:
    """How the content hangs on the cue, and its runs of words."""
    if (clause := t.kid(i, "ccomp")) is not None:
        frame = "before" if clause < i else "that" if has_that(t, clause) else "clause"
        runs = clause_runs(t, clause, i)
        return (frame, runs) if runs else None
    if cue.takes("c") and (sibling := _beside(t, i)) is not None:
        return "clause", clause_runs(t, sibling, i)
    word = t.words[i]
    if (_reports(cue) or cue.kind == "quoting") and t.kid(i, *SUBJECT) is not None and (over := _stands_in(t, i)) >= 0:
        runs = clause_runs(t, over, i)
        return ("around", runs) if runs else None
    to = t.kid(i, "xcomp")
    refused = cue.lemma in ("decline", "refuse") and to is not None and t.lower(to) not in ANSWERS
    if to is not None and to > i and cue.takes("i") and not refused and any(t.lower(k) == "to" for k in t.kids[to]):
        return "to", clause_runs(t, to, i)
    if word.relation == "advcl" and word.head >= 0 and cue.takes("q") and _marked_as(t, i) and _reports(cue):
        runs = clause_runs(t, word.head, i)
        return ("as", runs) if runs else None
    side = t.kid(i, "parataxis")
    if side is not None and side > i and cue.takes("q") and not cue.takes("z"):
        return "beside", clause_runs(t, side, i)
    if (of_whom := t.kid(i, "nsubj:pass")) is not None and t.kid(i, "obl:agent") is not None:
        return "passive", _of_whom(t, i, of_whom) if cue.takes("n") or cue.takes("n2") else []
    return _thing(t, i, cue)


def _beside(t: Tree, i: int) -> int | None:
    """The clause right after the cue that the tree has hung beside it: "He is saying | he is going", both under "told"."""
    if i + 1 >= len(t.words) or t.words[i + 1].relation != "nsubj" or t.words[i].head < 0:
        return None
    verb = t.words[i + 1].head
    hung = t.words[verb].relation in ("ccomp", "parataxis", "conj") and t.words[verb].head == t.words[i].head
    return verb if verb > i + 1 and hung else None


def _stands_in(t: Tree, i: int) -> int:
    """The head of the clause that a speech tag stands in or after; -1 where the verb at i is no such tag.

    A tag between two commas may have been hung on the noun before it: "The trouble, Dovan writes, began in spring".
    """
    word, first = t.words[i], min(k for k in t.under(i) if t.words[k].tag != "PUNCT")
    between = t.lower(first - 1) == "," and t.lower(i + 1) == ","
    if word.relation != "parataxis" and not (
        word.relation == "acl:relcl" and between and t.lower(first) not in RELATIVE
    ):
        return -1
    over = word.head
    while between and over >= 0 and t.words[over].relation in SUBJECT and t.words[over].head > i:
        over = t.words[over].head
    return over if word.relation == "parataxis" or over != word.head else -1


def _of_whom(t: Tree, i: int, of_whom: int) -> Runs:
    """ "The front was accused by Dovan of lying": of whom or what, and what is said of it."""
    after = [k for k in t.kids[i] if k > i and t.words[k].relation in ("obl", "advcl", "xcomp")]
    if t.words[of_whom].tag == "PRON" and not any(t.lower(min(t.under(k))) in COMPLETES for k in after):
        return []  # "they were denied by the ministry": of what, the sentence does not say
    said = [trim(t, min(t.under(k)), max(t.under(k))) for k in after if t.lower(min(t.under(k))) in COMPLETES]
    return [bare(t, of_whom), *said[:1]]


def _reports(cue: Cue) -> bool:
    return cue.takes("c") or cue.takes("t")


def _marked_as(t: Tree, i: int) -> bool:
    if t.lower(i).endswith("ing"):  # "quoted her as saying" is another tag's
        return False
    return any(t.lower(k) == "as" and t.words[k].relation in ("mark", "advmod") for k in t.kids[i])


def _thing(t: Tree, i: int, cue: Cue) -> tuple[str, Runs] | None:
    """Content that is no clause: "for calm", "the claims", "him a traitor"."""
    for k in t.kids[i]:
        if t.words[k].relation in ("obl", "advcl", "xcomp") and k > i:
            case = next((t.lower(m) for m in t.kids[k] if t.words[m].relation in ("case", "mark")), "")
            if len(case) > 1 and (cue.takes(case) or (case == cue.particle and cue.takes("n"))):
                first, last = rest_of(t, i, k)
                while first < min(k, last) and t.lower(first) == case:
                    first += 1
                return "prep", [(first, last)]
    thing = t.kid(i, "obj", "xcomp") if cue.takes("n2") else t.kid(i, "obj")
    if thing is None:
        return None
    if thing < i:
        which = cue.takes("n2") and t.lower(thing) in RELATIVE and t.kid(i, "xcomp", "obl")
        return ("which", [(thing, thing), rest_of(t, i, which)]) if which and which > i else None
    if cue.takes("n2"):
        return "rest", [rest_of(t, i, thing)]
    if cue.takes("n") and (t.words[thing].tag != "PRON" or t.lower(thing + 1) in COMPLETES):
        return "object", [rest_of(t, i, thing)]
    return None


def _according(t: Tree, i: int, quoted: Sequence[Span]) -> Proposal | None:
    """ "According to S C", also where no comma stands and inside another clause: "has learned that according to S C"."""
    noun = t.words[i].head
    over = t.words[noun].head if noun > i and t.words[i].relation == "case" else -1
    if over < 0 or t.words[noun].relation not in ("obl", "nmod", "advmod"):
        return None
    runs = clause_runs(t, over, noun)
    first, last = bare(t, noun)
    made = Attribution(
        source=t.span(max(first, i + 2), last),
        cue=t.span(i, i + 1),
        content=tuple(grown(t.span(a, b), quoted) for a, b in runs),
        lemma="according to",
        kind="say",
        rule="according to, by the tree",
    )
    return Proposal(made, t.words[i].start, "according", True)


def _noun(t: Tree, i: int, quoted: Sequence[Span]) -> Proposal | None:
    """ "his claim that C", "a promise by S to C", "S made the claim that C"."""
    clause = next((k for k in t.kids[i] if k > i and t.words[k].relation in ("acl", "ccomp", "acl:relcl")), None)
    if clause is None:
        return None
    to = any(t.lower(k) == "to" and t.words[k].relation == "mark" for k in t.kids[clause])
    if not to and not has_that(t, clause):
        return None
    who = owner(t, i, clause)
    runs = clause_runs(t, clause, i)
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
