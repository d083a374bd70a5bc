"""What the rules over tokens and the trees find together: which of the two is believed where.

Measured on PolNeAR, where a person had marked every attribution: the rules know quotations and where they end, the
trees know subjects far from their verb, the end of a clause, nouns that look like verbs, and cues that stand outside
every pattern. So a rule's find keeps its shape, and the tree mends its source and cuts what it has too much.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.claims.statements.attribution import Attribution
from onrecord.claims.statements.contents import WH
from onrecord.claims.statements.parsed import Proposal, Seen
from onrecord.records import Span

CLAUSES = frozenset({"clause", "that", "to"})
THINGS = frozenset({"object", "rest"})
MARKS = frozenset('"“”«»')
UNSAID = frozenset({"attitude", "show", "quoting"})
# Inside quotation marks these speak for nobody in particular: "people say that ...".
NO_ONE = frozenset(
    "i we you it this that these all everybody everyone people some others many nobody no who which one a".split()
)
AS_SAYING = re.compile(r"\bas (?:saying|having said|telling|stating)\b")
MODALS = frozenset("can could should may might must".split())
THINGS_POINTED_AT = frozenset("it this that these which what".split())
FEWEST_WORDS = 3  # of a thing said: "blamed the front" tells too little to stand as somebody's words
AROUND = frozenset({"before", "around", "beside"})
# Confidence by who sees the cue. Right as a whole, source and content, on all of PolNeAR: both .89, only a rule .60,
# only the tree .68. Where nothing reads English the rules' finds keep the confidence they have always had.
BOTH, ONLY_RULE, ONLY_TREE = 0.95, 0.75, 0.75


def joined(text: str, found: Sequence[Attribution], shown: Seen, quoted: Sequence[Span]) -> tuple[Attribution, ...]:
    """The rules' attributions of a sentence, mended and added to by those that its trees show.

    Args:
        text: the report's.
        found: what the rules find in the sentence.
        shown: what the trees show of it; empty where nothing reads English, and then the rules' finds are the answer.
        quoted: the quotations that can be speech; a cue inside one is that speaker's word.
    """
    if not shown.read:
        return tuple(found)
    made = [f if f.wraps else replace(f, sure=ONLY_RULE) for f in found if f.wraps or not _on_noun(f, shown)]
    for p in shown.proposals:
        if any(q.start < p.at < q.end for q in quoted):
            if (told := _retold(text, p, quoted)) is not None:
                made.append(told)
            continue
        same = next((k for k, f in enumerate(made) if f.cue and f.cue.start <= p.at < f.cue.end), None)
        if same is not None and _denied(text, made[same], p, quoted):
            made.pop(same)
        elif same is not None:
            made[same] = _mended(text, _hung(made, same, p), p, quoted)
        elif not _passing(text, p, made) and _free(text, p, made, quoted):
            made.append(_around(p, made) or replace(p.found, sure=ONLY_TREE))
    said = (f for f in made if f.wraps or not _nobody_says(text, f))
    return tuple(sorted(said, key=lambda f: f.cue.start if f.cue else -1))


def _nobody_says(text: str, found: Attribution) -> bool:
    """What only looks like speech: "you can ask why", and a thing that shows a thing: "sport reaffirms the order of things"."""
    if any(MARKS & set(c.of(text)) for c in found.content):
        return False
    source = found.source.of(text).lower() if found.source else "they"
    if source in ("you", "one"):
        return found.cue is not None and not MODALS.isdisjoint(found.cue.of(text).lower().split())
    of_a_thing = found.rule.removesuffix(", by the tree").endswith(("+ noun", "+ prep", "+ object"))
    return of_a_thing and source in THINGS_POINTED_AT


def _denied(text: str, found: Attribution, p: Proposal, quoted: Sequence[Span]) -> bool:
    """Whether the tree, which sees the cue and its subject, sees no clause where the rule took one: "tweeted a photograph"."""
    loose = found.rule.endswith("+ clause") and found.content[0].of(text).split()[0].lower() not in WH
    return loose and p.frame == "bare" and not found.wraps and not _quotes(found, quoted)


def _on_noun(found: Attribution, shown: Seen) -> bool:
    """Whether the cue is a noun that only looks like a verb: "the party claims that were made", "his address to"."""
    return found.cue is not None and not shown.nouns.isdisjoint(range(found.cue.start, found.cue.end))


def _quotes(found: Attribution, quoted: Sequence[Span]) -> bool:
    return any(q.meets(c) for q in quoted for c in found.content)


def _free(text: str, p: Proposal, made: Sequence[Attribution], quoted: Sequence[Span]) -> bool:
    """Whether an attribution that only the tree shows is taken: more of a kind were right than wrong."""
    source = p.found.source
    if not p.found.content or (source is not None and any(q.holds(source) for q in quoted)):
        return False
    said = p.found.content[0].of(text)
    if p.frame in THINGS and len(said.split()) < FEWEST_WORDS and not MARKS & set(said):
        return False
    if (
        p.frame in THINGS
        and said
        and p.found.lemma in ("cite", "quote")
        and text[p.at :].startswith(("citing", "quoting"))
    ):
        return False  # "citing fears of a flood": a reason, nobody's words
    if p.found.lemma in ("cite", "quote") and AS_SAYING.search(said):
        return False  # "C, the agency quoted an officer as saying": a tag, and its words stand before it
    around = [c for f in made for c in f.content if c.start <= p.at < c.end]
    if around and not _inside(p, around):
        return False
    if p.found.kind == "quoting":  # any verb will do beside a quotation: "..., the crowd sang"
        return p.frame in AROUND and any(q.start == c.start for q in quoted for c in p.found.content)
    inherits = (
        (p.frame == "rest" and not MARKS & set(said))
        or p.frame == "to"
        or (p.found.kind == "attitude" and p.frame != "to")
    )
    return p.own or not inherits


def _around(p: Proposal, made: Sequence[Attribution]) -> Attribution | None:
    """A tag around what others are said to have said wraps it, and says nothing of its own: "A said that C, says the report"."""
    holds = any(f.cue and not f.wraps and c.holds(f.cue) for f in made for c in p.found.content)
    if p.frame not in ("before", "around") or not holds:
        return None
    return replace(p.found, content=(), wraps=True, rule="tag around, by the tree")


def _passing(text: str, p: Proposal, made: Sequence[Attribution]) -> bool:
    """Whether "citing S" has already been read as whose word another attribution rests on."""
    after = p.found.cue.end if p.found.cue else p.at
    return any(f.relay and f.source and not text[after : f.source.start].strip() for f in made if f.source)


def _retold(text: str, p: Proposal, quoted: Sequence[Span]) -> Attribution | None:
    """What somebody quoted says that somebody else said: '"Dovan told me that the mill is on fire," she said'."""
    source = p.found.source
    if source is None or p.found.kind in UNSAID or p.frame not in ("clause", "that") or not p.own or p.found.negated:
        return None
    if source.of(text).split()[0].lower() in NO_ONE:
        return None
    inner = next(q for q in quoted if q.start < p.at < q.end)
    content = tuple(Span(c.start, _before_mark(text, c, inner)) for c in p.found.content)
    return replace(p.found, content=content, sure=ONLY_TREE)


def _before_mark(text: str, said: Span, around: Span) -> int:
    """Where words end that go as far as the closing mark of the quotation around them."""
    end = said.end
    while end >= around.end - 1 and end > said.start + 1 and not text[end - 1].isalnum():
        end -= 1
    return end


def _inside(p: Proposal, around: Sequence[Span]) -> bool:
    """Whether it lies whole in what another one says: "A said that B told C that ..."."""
    if p.frame not in ("clause", "that") or not p.own or p.found.kind == "attitude":
        return False
    parts = [s for s in (p.found.cue, p.found.source, *p.found.content) if s]
    return any(all(map(c.holds, parts)) for c in around)


def _hung(made: Sequence[Attribution], k: int, p: Proposal) -> Attribution:
    """A participle whose source no other attribution of the sentence shares takes that of the verb it hangs on."""
    found = made[k]
    shared = any(f.source == found.source for f in (*made[:k], *made[k + 1 :]))
    if not found.rule.startswith("participle") or shared or p.found.source is None:
        return found
    return replace(found, source=p.found.source, named=p.found.named, rule=f"{found.rule}; source by the tree")


def _mended(text: str, found: Attribution, p: Proposal, quoted: Sequence[Span]) -> Attribution:
    """An attribution that both have found: the rule's, with what the tree knows better."""
    if found.wraps or not p.found.content:
        return found
    if not _quotes(found, quoted) and (_elsewhere(text, found, p) or _overlong(found, p)):
        return replace(p.found, sure=ONLY_TREE)
    if found.relay is not None:  # the words say themselves on whose word they are
        return replace(found, sure=BOTH)
    source, named, content, rule = found.source, found.named, found.content, found.rule
    usual = p.frame in CLAUSES or p.found.named is not None
    longer = source is not None and p.found.source is not None and _fuller(source, p.found.source)
    if longer or (usual and "inverted" not in rule and source is not None and _better_source(source, p)):
        source, named, rule = p.found.source, p.found.named, f"{rule}; source by the tree"
    whole = p.frame in CLAUSES and len(content) == len(p.found.content) == 1
    if whole and _better_content(text, content[0], p, quoted):
        content, rule = p.found.content, f"{rule}; content by the tree"
    denied = found.negated or p.found.negated
    return replace(found, source=source, named=named, content=content, rule=rule, negated=denied, sure=BOTH)


def _elsewhere(text: str, found: Attribution, p: Proposal) -> bool:
    """The rule takes words before a cue for what was said, the tree words after it: "Dovan, a tall man, denied that C"."""
    said = p.found.content[0]
    before = all(c.end <= p.at for c in found.content) and said.start > p.at
    if not before or "," in text[p.at : said.start]:  # "C, S added, stressing D": a tag after all
        return False
    return p.frame in THINGS or (p.own and p.frame in CLAUSES)


def _overlong(found: Attribution, p: Proposal) -> bool:
    """A source that no comma ends has swallowed what was said: "According to Dovan the valley is lost"."""
    ours, theirs = found.source, p.found.source
    return p.frame == "according" and bool(ours and theirs and theirs.start == ours.start and theirs.end < ours.end)


def _fuller(ours: Span, theirs: Span) -> bool:
    """The same phrase with its title: "Undersecretary for Education Mr. Dovan"."""
    return theirs.end == ours.end and theirs.start < ours.start


def _better_source(ours: Span, p: Proposal) -> bool:
    """The cue's own subject before it is better, but where it only cuts the rule's phrase short."""
    theirs = p.found.source
    if theirs is None or theirs == ours or not p.own:
        return False
    return theirs.start != ours.start or theirs.end > ours.end


def _better_content(text: str, ours: Span, p: Proposal, quoted: Sequence[Span]) -> bool:
    """The tree's end is better before a comma, a stop, or a verb of the same speaker; never inside a quotation."""
    theirs = p.found.content[0]
    if any(q.start < theirs.end < q.end for q in quoted):
        return False
    if p.frame == "to":
        return True
    if ours.start != theirs.start or theirs.end >= ours.end:
        return False
    rest = text[theirs.end : ours.end].lstrip()
    follows = rest.lstrip(" ,")
    if follows.startswith(("and ", "but ", "or ")):
        return p.after is not None and p.after <= ours.end - len(follows) + 1
    return rest[0] in ",;—–-."
