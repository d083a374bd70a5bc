"""Attributions of one sentence: cue, source and content, before anyone asks who the source is.

One cue at a time, left to right: the cue decides where its content and its source may stand. What lies inside the
content of an earlier cue is that cue's words and is not read again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from onrecord.claims import contents, sources
from onrecord.claims.contents import Content
from onrecord.claims.cues import Cue, cue_at, verbs
from onrecord.claims.sources import Phrase
from onrecord.records import Span
from onrecord.text.tables import words
from onrecord.text.tokens import Token

BE = frozenset("is are was were be been being isn't aren't wasn't weren't isn’t aren’t wasn’t weren’t".split())
# Verbs of one who passes words on: "..., reports Al Arabiya".
PASSING_ON = frozenset("say report write state tell add claim announce confirm".split())
# Confidence where nothing but the rules reads English; as a whole .76 of them are right (PolNeAR, speech).
RULE_ALONE = 0.9
ANSWERS = frozenset(
    "comment say answer speak discuss elaborate confirm respond specify name speculate identify disclose reveal explain "
    "state describe clarify".split()
)
# What follows these is who was addressed, never who spoke: "..., told the BBC".
ADDRESSED = frozenset("tell inform brief notify remind reassure assure accuse".split())
SAYING = frozenset("saying said stating telling warning adding".split())


@dataclass(frozen=True, slots=True)
class Attribution:
    """One act of communication in one sentence, as spans of the report.

    `content` is empty for a speech tag around other attributions ("..., reports Al Arabiya"), whose `wraps` is true.
    `named` is what a source that is "who" points at. `relay` is a mouth between outlet and source that the same words
    name ("A report quoted B as saying"). `sure` is how likely the whole is right.
    """

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    lemma: str
    kind: str
    rule: str
    negated: bool = False
    told: Span | None = None
    named: Span | None = None
    relay: Span | None = None
    wraps: bool = False
    sure: float = RULE_ALONE


@dataclass(frozen=True, slots=True)
class Reach:
    """An attribution and the token from which the sentence is still unread."""

    found: Attribution
    resume: int


def attributions(row: tuple[Token, ...], *, headline: bool = False) -> tuple[Attribution, ...]:
    """All attributions of one sentence, in the order of their cues."""
    found: list[Attribution] = []
    floor, i = 0, 0
    while i < len(row):
        reach = _one(row, i, floor, found, headline)
        if reach is None:
            i += 1
            continue
        found.append(reach.found)
        i = max(i + 1, reach.resume)
        floor = i
    return tuple(found)


def _one(row: tuple[Token, ...], i: int, floor: int, found: list[Attribution], headline: bool) -> Reach | None:
    if row[i].lower == "according" and i + 1 < len(row) and row[i + 1].lower == "to":
        return _according(row, i, floor, found)
    if row[i].lower in ("quoted", "cited") and (reach := _quoted_as(row, i, floor, found)) is not None:
        return reach
    if row[i].lower in ("made", "makes", "make") and (reach := _made_clear(row, i, floor)) is not None:
        return reach
    cue = cue_at(row, i) or (_headline_cue(row, i) if headline else None)
    if cue is None or _passive(row, i) or _refusal_of_nothing(row, i, cue):
        return None
    if row[i].lower.endswith("ing") and not _progressive(row, i):
        return _participle(row, i, cue, found)
    return _inverted(row, i, cue, floor, found) or _subject_first(row, i, cue, floor, found)


def _headline_cue(row: tuple[Token, ...], i: int) -> Cue | None:
    cues = verbs().get(row[i].lower, ()) if i else ()
    return next((c for c in cues if c.particle is None), None)


def _passive(row: tuple[Token, ...], i: int) -> bool:
    """ "was told": the subject is not the one who spoke."""
    j = i - 1
    while j >= 0 and (row[j].of("adverb") or row[j].lower.endswith("ly")):
        j -= 1
    return j >= 0 and row[j].lower in BE and not row[i].lower.endswith("ing")


def _refusal_of_nothing(row: tuple[Token, ...], i: int, cue: Cue) -> bool:
    """ "refused to leave" and "declined to sell" are deeds; "declined to comment" is an answer."""
    if cue.lemma not in ("decline", "refuse"):
        return False
    return not (i + 2 < len(row) and row[i + 1].lower == "to" and row[i + 2].lower in ANSWERS)


def _progressive(row: tuple[Token, ...], i: int) -> bool:
    j = i - 1
    while j >= 0 and (row[j].of("adverb") or row[j].lower.endswith("ly")):
        j -= 1
    return j >= 0 and row[j].lower in BE


def _subject_first(row: tuple[Token, ...], i: int, cue: Cue, floor: int, found: list[Attribution]) -> Reach | None:
    """ "S said C", "C, S said", "Q, S said, Q"."""
    subject = sources.before(row, i, floor)
    carried = subject is None and found and _second_verb(row, i)
    if subject is None and not carried:
        return None
    if subject is not None and (reach := _parted(row, i, cue, floor, subject)) is not None:
        return reach
    content = contents.after(row, i, cue, len(row))
    source = _span(row, subject.first, subject.last) if subject else found[-1].source
    first = subject.first if subject else i
    lead = contents.trailing(row, first, floor, len(row), i) if subject and cue.takes("q") else None
    if lead is not None and subject is not None and not _sound(row, cue, lead, subject):
        lead = None
    if content is None and lead is None:
        return _wrap(row, i, cue, subject, found) if subject else None
    if (
        lead is not None
        and content is not None
        and row[lead.last].kind == "quote"
        and content.frame in ("to", "clause")
    ):
        content = None
    if lead is not None and content is not None and content.frame == "clause" and row[content.first].of("preposition"):
        content = None  # "C, S said in an audio message posted on Saturday": the occasion, not more words
    if content is not None and lead is not None and content.frame not in ("quote", "colon"):
        lead = None if row[first - 1].kind != "quote" else contents.only_quote(row, lead)
    spans, resume, told = _joined(row, i, cue, content, lead)
    cue_span = _span(row, subject.cue_first if subject else i, i + (1 if cue.particle else 0))
    rule = f"{cue.lemma} + {content.frame if content else 'trailing tag'}"
    made = Attribution(source, cue_span, spans, cue.lemma, cue.kind, rule, bool(subject and subject.negated), told)
    return Reach(made, resume)


def _parted(row: tuple[Token, ...], i: int, cue: Cue, floor: int, subject: Phrase) -> Reach | None:
    """ "C, S said, C": the tag stands inside one clause."""
    halves = contents.parted(row, subject.first, floor, i) if cue.takes("q") and cue.kind != "attitude" else None
    if halves is None:
        return None
    spans = tuple(_span(row, h.first, h.last) for h in halves)
    source, said = _span(row, subject.first, subject.last), _span(row, subject.cue_first, i)
    made = Attribution(source, said, spans, cue.lemma, cue.kind, f"{cue.lemma} + tag inside", subject.negated)
    return Reach(made, halves[1].last + 1)


def _sound(row: tuple[Token, ...], cue: Cue, lead: Content, subject: Phrase) -> bool:
    """Whether words before a speech tag are likely its content: a quotation, or a clause before an unambiguous tag."""
    if row[lead.last].kind == "quote":
        return cue.kind != "attitude" or row[lead.first].kind == "quote"
    if cue.kind == "attitude" or (cue.takes("z") and subject.last - subject.first > 5):
        return False
    return _has_verb(row, lead)


def _joined(
    row: tuple[Token, ...], i: int, cue: Cue, content: Content | None, lead: Content | None
) -> tuple[tuple[Span, ...], int, Span | None]:
    """Content spans, the next unread token, and the addressee."""
    spans = []
    if lead is not None:
        lead = contents.only_quote(row, lead)
        spans.append(_span(row, lead.first, lead.last))
    told, resume = None, i + 1
    if content is not None:
        spans.append(_span(row, content.first, content.last))
        told, resume = content.told, content.last + 1
    elif cue.takes("a"):
        told, resume = contents.addressee(row, i + 1, len(row), cue)
    return tuple(spans), resume, _span(row, *told) if told else None


def _second_verb(row: tuple[Token, ...], i: int) -> bool:
    """ "X called for calm and warned that": the second verb has the first one's subject."""
    return i > 0 and (row[i - 1].lower in ("and", "but") or row[i - 1].text == ",")


def _inverted(row: tuple[Token, ...], i: int, cue: Cue, floor: int, found: list[Attribution]) -> Reach | None:
    """ "C, said S": the mark or quotation before the cue, the source right after it."""
    if (
        i == floor
        or not cue.takes("q")
        or cue.lemma in ADDRESSED
        or (row[i - 1].text not in (",", "—", "–", "--", "-") and row[i - 1].kind != "quote")
    ):
        return None
    subject = sources.after(row, i, len(row))
    if subject is None or not _ends(row, subject.last + 1):
        return None
    lead = contents.trailing(row, i, floor, len(row), len(row) - 1)
    if lead is None:
        return _wrap(row, i, cue, subject, found)
    if row[lead.last].kind != "quote" and (cue.takes("z") or not _has_verb(row, lead)):
        return None
    lead = contents.only_quote(row, lead)
    spans = [_span(row, lead.first, lead.last)]
    resume = subject.last + 1
    if resume + 1 < len(row) and row[resume].text in (",", ":") and row[resume + 1].kind == "quote":
        spans.append(_span(row, resume + 1, resume + 1))
        resume += 2
    source = _span(row, subject.first, subject.last)
    return Reach(
        Attribution(source, _span(row, i, i), tuple(spans), cue.lemma, cue.kind, f"{cue.lemma} + inverted tag"), resume
    )


def _has_verb(row: tuple[Token, ...], content: Content) -> bool:
    return contents.has_finite(row, content.first + 1, content.last + 1)


def _ends(row: tuple[Token, ...], k: int) -> bool:
    return (
        k >= len(row)
        or row[k].kind != "word"
        or row[k].of("preposition")
        or row[k].of("day")
        or row[k].of("relative")
        or row[k].lower in ("last", "earlier", "this", "while", "when", "after")
    )


def _wrap(row: tuple[Token, ...], i: int, cue: Cue, subject: Phrase, found: list[Attribution]) -> Reach | None:
    """A tag that says who printed the attributions before it: "..., reports Al Arabiya"."""
    if not found or cue.lemma not in PASSING_ON or not _ends(row, max(i, subject.last) + 1):
        return None
    source = _span(row, subject.first, subject.last)
    made = Attribution(
        source, _span(row, min(subject.cue_first, i), i), (), cue.lemma, cue.kind, "tag around", wraps=True
    )
    return Reach(made, max(i, subject.last) + 1)


def _participle(row: tuple[Token, ...], i: int, cue: Cue, found: list[Attribution]) -> Reach | None:
    """ ", adding that C": the source is that of the attribution before, or the sentence's subject."""
    if i == 0 or (
        row[i - 1].text != "," and row[i - 1].kind != "quote" and row[i - 1].lower not in ("and", "while", "by")
    ):
        return None
    loose = replace(cue, frames=(cue.frames - {"z"}) | {"c", "t"})
    content = contents.after(row, i, loose, len(row))
    if content is None:
        return None
    source = found[-1].source if found else _sentence_subject(row, i)
    if source is None:
        return None
    made = Attribution(
        source,
        _span(row, i, i),
        (_span(row, content.first, content.last),),
        cue.lemma,
        cue.kind,
        f"participle {cue.lemma}",
    )
    return Reach(made, content.last + 1)


def _sentence_subject(row: tuple[Token, ...], stop: int) -> Span | None:
    """The noun phrase before the first finite verb of the sentence."""
    for k in range(1, stop):
        if contents.has_finite(row, k, k + 1) and (subject := sources.before(row, k, 0)) is not None:
            return _span(row, subject.first, subject.last)
    return None


def _made_clear(row: tuple[Token, ...], i: int, floor: int) -> Reach | None:
    """ "S made it clear (in ...) that C"."""
    k = i + 2 if i + 1 < len(row) and row[i + 1].lower == "it" else i + 1
    if k >= len(row) or row[k].lower not in ("clear", "plain", "known"):
        return None
    subject = sources.before(row, i, floor)
    cue = replace(verbs()["said"][0], lemma="clarify", frames=frozenset({"t", "q"}))
    content = contents.after(row, k, cue, len(row))
    if subject is None or content is None:
        return None
    span = _span(row, content.first, content.last)
    made = Attribution(
        _span(row, subject.first, subject.last),
        _span(row, subject.cue_first, k),
        (span,),
        "make clear",
        "say",
        "made clear that",
    )
    return Reach(made, content.last + 1)


def _quoted_as(row: tuple[Token, ...], i: int, floor: int, found: list[Attribution]) -> Reach | None:
    """ "S was quoted as saying C", "R quoted S as having said that C", "C, R cited him as saying"."""
    k = next((m for m in range(i + 1, min(len(row), i + 16)) if row[m].lower == "as"), None)
    if k is None:
        return None
    end = k + 2 if k + 1 < len(row) and row[k + 1].lower == "having" else k + 1
    if end >= len(row) or row[end].lower not in SAYING:
        return None
    subject = sources.before(row, i, floor)
    relay = None
    if _passive(row, i):
        source = _span(row, subject.first, subject.last) if subject else None
    else:
        source = _span(row, i + 1, k - 1) if k > i + 1 else None
        relay = _span(row, subject.first, subject.last) if subject else None
    saying = verbs()["saying"][0]
    content = contents.after(row, end, saying, len(row))
    cue = _span(row, subject.cue_first if subject else i, end)
    rule = "quoted as saying"
    if content is not None:
        spans: tuple[Span, ...] = (_span(row, content.first, content.last),)
        return Reach(Attribution(source, cue, spans, "say", "say", rule, relay=relay), content.last + 1)
    lead = contents.trailing(row, subject.first, floor, len(row), end) if subject else None
    if lead is not None and (row[lead.last].kind == "quote" or _has_verb(row, lead)):
        lead = contents.only_quote(row, lead)
        spans = (_span(row, lead.first, lead.last),)
        return Reach(Attribution(source, cue, spans, "say", "say", rule, relay=relay), end + 1)
    if found and relay is not None:
        return Reach(Attribution(relay, cue, (), "quote", "say", rule, wraps=True), end + 1)
    return None


def _according(row: tuple[Token, ...], i: int, floor: int, found: list[Attribution]) -> Reach | None:
    """ "According to S, C" and "C, according to S"."""
    first = i + 2
    if first >= len(row):
        return None
    cue = _span(row, i, i + 1)
    opens = i == 0 or all(t.kind == "mark" or t.of("opener") for t in row[:i])
    last = _according_source(row, first, opens)
    source = _span(row, first, last)
    if not opens:
        return _according_after(row, i, floor, found, source, cue, last)
    start = last + 1
    while start < len(row) and row[start].kind == "mark":
        start += 1
    inner = attributions(row[start:]) if start < len(row) else ()
    if inner and inner[0].source is not None and inner[0].source.start <= row[start].start + 40 and inner[0].content:
        made = Attribution(source, cue, (), "according to", "say", "according to, around a statement", wraps=True)
        return Reach(made, start)
    end = contents.closing(row, start, len(row))
    if end < start:
        return None
    made = Attribution(source, cue, (_span(row, start, end),), "according to", "say", "according to, opening")
    return Reach(made, end + 1)


def _according_after(
    row: tuple[Token, ...], i: int, floor: int, found: list[Attribution], source: Span, cue: Span, last: int
) -> Reach | None:
    end = i - 1
    while end >= floor and row[end].kind == "mark":
        end -= 1
    if end - floor < 2:
        if not found:
            return None
        return Reach(Attribution(source, cue, (), "according to", "say", "according to, around", wraps=True), last + 1)
    first = floor
    while first < end and (row[first].kind == "mark" or row[first].lower in ("but", "and")):
        first += 1
    made = Attribution(source, cue, (_span(row, first, end),), "according to", "say", "according to, closing")
    return Reach(made, last + 1)


def _according_source(row: tuple[Token, ...], first: int, opens: bool) -> int:
    """Last token of the source of "according to": to the comma, or past a noun that can speak."""
    k = first
    while k + 1 < len(row) and row[k + 1].kind == "word" and k - first < 24:
        if row[k + 1].of("relative") or (not opens and row[k + 1].of("day")):
            break
        ends = row[k].lower in words("nouns", "accountnoun") and row[k + 1].lower not in words("nouns", "accountnoun")
        if opens and ends and not row[k + 1].of("preposition"):
            break
        k += 1
    apposed = opens and k + 2 < len(row) and row[k + 1].text == "," and row[k + 2].lower in ("a", "an", "the", "who")
    while k > first and (row[k].of("preposition") or row[k].lower in ("published", "posted", "released", "issued")):
        k -= 1
    if apposed and (comma := next((m for m in range(k + 2, len(row)) if row[m].text == ","), None)) is not None:
        return comma - 1
    return k


def _span(row: tuple[Token, ...], first: int, last: int) -> Span:
    return Span(row[first].start, row[last].end)
