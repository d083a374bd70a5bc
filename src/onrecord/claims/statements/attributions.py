"""Attributions of one sentence: cue, source and content, before anyone asks who the source is.

One cue at a time, left to right: the cue decides where its content and its source may stand. What lies inside the
content of an earlier cue is that cue's words and is not read again.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from onrecord.claims.statements import contents, hearsay, phrases, sources
from onrecord.claims.statements.attribution import Attribution, Reach, span_of
from onrecord.claims.statements.contents import Content
from onrecord.claims.statements.cues import Cue, cue_at, verbs
from onrecord.claims.statements.sources import Phrase
from onrecord.records import Span
from onrecord.text.tokens import Token

BE = frozenset("is are was were be been being isn't aren't wasn't weren't isn’t aren’t wasn’t weren’t".split())
# Verbs of one who passes words on: "..., reports Al Arabiya".
PASSING_ON = frozenset("say report write state tell add claim announce confirm".split())
ANSWERS = frozenset(
    "comment say answer speak discuss elaborate confirm respond specify name speculate identify disclose reveal explain "
    "state describe clarify".split()
)
LONGEST_NAME = 4  # words between commas: "the president, Hanne B. Lund, warned"
# What follows these is who was addressed, never who spoke: "..., told the BBC".
ADDRESSED = frozenset("tell inform brief notify remind reassure assure accuse".split())


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
    return phrases.cited(row, found)


def _one(row: tuple[Token, ...], i: int, floor: int, found: list[Attribution], headline: bool) -> Reach | None:
    if (set_phrase := phrases.phrase(row, i, floor, found, attributions)) is not None:
        return set_phrase
    if row[i].lower not in speaking():
        return None
    cue = cue_at(row, i) or (_headline_cue(row, i) if headline else None)
    if sources.passive(row, i):
        return hearsay.passive(row, i, floor)
    if cue is None or _refusal_of_nothing(row, i, cue) or _quoted_for_nothing(row, i, cue):
        return None
    if row[i].lower.endswith("ing") and not _progressive(row, i):
        return _participle(row, i, cue, found)
    return _inverted(row, i, cue, floor, found) or _subject_first(row, i, cue, floor, found)


@cache
def speaking() -> frozenset[str]:
    """Every form that may be a cue; most words of a report are none, and are passed over at once."""
    return frozenset(verbs()) | frozenset(hearsay.kinds())


def _headline_cue(row: tuple[Token, ...], i: int) -> Cue | None:
    cues = verbs().get(row[i].lower, ()) if i else ()
    return next((c for c in cues if c.particle is None), None)


def _refusal_of_nothing(row: tuple[Token, ...], i: int, cue: Cue) -> bool:
    """ "refused to leave" and "declined to sell" are deeds; "declined to comment" is an answer."""
    if cue.lemma not in ("decline", "refuse"):
        return False
    return not (i + 2 < len(row) and row[i + 1].lower == "to" and row[i + 2].lower in ANSWERS)


def _quoted_for_nothing(row: tuple[Token, ...], i: int, cue: Cue) -> bool:
    """ "C the agency quoted an officer as saying": where the words cannot be told apart, what follows is still no content."""
    if cue.lemma not in ("quote", "cite"):
        return False
    k = next((m for m in range(i + 1, min(len(row), i + 16)) if row[m].lower == "as"), None)
    return k is not None and any(t.lower in phrases.SAYING for t in row[k + 1 : k + 3])


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
    owned = subject is not None and row[subject.last].lower.endswith(("'s", "’s"))
    if owned and (row[i].lower.endswith("s") or row[i].lower == cue.lemma):
        return None  # "Lund's comments", "the mayor's claims": a noun, whose it is stands before it
    if subject is not None and (reach := _parted(row, i, cue, floor, subject)) is not None:
        return reach
    content = contents.after(row, i, cue, len(row))
    source = span_of(row, subject.first, subject.last) if subject else found[-1].source
    first = subject.first if subject else i
    lead = contents.trailing(row, first, floor, len(row), i) if subject and cue.takes("q") else None
    if lead is not None and subject is not None and not _sound(row, cue, lead, subject):
        lead = None
    if content is None and lead is None:
        return _wrap(row, i, cue, subject, found) if subject else None
    if lead is not None and content is not None and _only_leads_in(row, lead, content):
        lead = None  # "Regarding the bridge, S said, "Q"": the occasion, not words of the quotation
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
    cue_span = span_of(row, subject.cue_first if subject else i, i + (1 if cue.particle else 0))
    rule = f"{cue.lemma} + {content.frame if content else 'trailing tag'}"
    made = Attribution(source, cue_span, spans, cue.lemma, cue.kind, rule, bool(subject and subject.negated), told)
    return Reach(made, resume)


def _only_leads_in(row: tuple[Token, ...], lead: Content, content: Content) -> bool:
    """Whether words before a tag only lead in to the whole sentence that is quoted after it."""
    opens = row[lead.first]
    whole = row[content.first].kind == "quote" and row[content.first].text.lstrip("“”\"'‘«")[:1].isupper()
    leading = opens.of("preposition") or opens.of("subordinator") or opens.lower.endswith("ing")
    return whole and leading and row[lead.last].kind != "quote"


def _parted(row: tuple[Token, ...], i: int, cue: Cue, floor: int, subject: Phrase) -> Reach | None:
    """ "C, S said, C": the tag stands inside one clause."""
    halves = contents.parted(row, subject.first, floor, i) if cue.takes("q") and cue.kind != "attitude" else None
    if halves is None:
        return None
    spans = tuple(span_of(row, h.first, h.last) for h in halves)
    source, said = span_of(row, subject.first, subject.last), span_of(row, subject.cue_first, i)
    made = Attribution(source, said, spans, cue.lemma, cue.kind, f"{cue.lemma} + tag inside", subject.negated)
    return Reach(made, halves[1].last + 1)


def _sound(row: tuple[Token, ...], cue: Cue, lead: Content, subject: Phrase) -> bool:
    """Whether words before a speech tag are likely its content: a quotation, or a clause before an unambiguous tag."""
    if row[lead.last].kind == "quote":
        return cue.kind != "attitude" or row[lead.first].kind == "quote"
    if cue.kind == "attitude" or (cue.takes("z") and subject.last - subject.first > 5):
        return False
    if cue.takes("z") and not (cue.takes("c") or cue.takes("t")):
        return False  # "S continued", "S began": words of their own only inside marks
    return contents.has_verb(row, lead)


def _joined(
    row: tuple[Token, ...], i: int, cue: Cue, content: Content | None, lead: Content | None
) -> tuple[tuple[Span, ...], int, Span | None]:
    """Content spans, the next unread token, and the addressee."""
    spans = []
    if lead is not None:
        lead = contents.only_quote(row, lead)
        spans.append(span_of(row, lead.first, lead.last))
    told, resume = None, i + 1
    if content is not None:
        spans.append(span_of(row, content.first, content.last))
        told, resume = content.told, content.last + 1
    elif cue.takes("a"):
        told, resume = contents.addressee(row, i + 1, len(row), cue)
    return tuple(spans), resume, span_of(row, *told) if told else None


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
    if subject is None or not _ends(row, subject.last + 1) or _named_before(row, i):
        return None
    lead = contents.trailing(row, i, floor, len(row), len(row) - 1)
    if lead is None:
        return _wrap(row, i, cue, subject, found)
    if row[lead.last].kind != "quote" and (cue.takes("z") or not contents.has_verb(row, lead)):
        return None
    lead = contents.only_quote(row, lead)
    spans = [span_of(row, lead.first, lead.last)]
    resume = subject.last + 1
    if resume + 1 < len(row) and row[resume].text in (",", ":") and row[resume + 1].kind == "quote":
        spans.append(span_of(row, resume + 1, resume + 1))
        resume += 2
    source = span_of(row, subject.first, subject.last)
    return Reach(
        Attribution(source, span_of(row, i, i), tuple(spans), cue.lemma, cue.kind, f"{cue.lemma} + inverted tag"),
        resume,
    )


def _named_before(row: tuple[Token, ...], i: int) -> bool:
    """ "the president, Hanne Lund, warned the front": a name between commas before the cue is who speaks."""
    k = i - 2
    while k > 0 and row[k].capital:
        k -= 1
    return row[i - 1].text == "," and 1 <= i - 2 - k <= LONGEST_NAME and row[k].text == ","


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
    source = span_of(row, subject.first, subject.last)
    made = Attribution(
        source, span_of(row, min(subject.cue_first, i), i), (), cue.lemma, cue.kind, "tag around", wraps=True
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
    if content is None or (content.frame == "noun" and cue.lemma in ("cite", "quote")):
        return None  # "citing fears of a flood": a reason, nobody's words
    source = found[-1].source if found else _sentence_subject(row, i)
    if source is None:
        return None
    made = Attribution(
        source,
        span_of(row, i, i),
        (span_of(row, content.first, content.last),),
        cue.lemma,
        cue.kind,
        f"participle {cue.lemma}",
    )
    return Reach(made, content.last + 1)


def _sentence_subject(row: tuple[Token, ...], stop: int) -> Span | None:
    """The noun phrase before the first finite verb of the sentence."""
    for k in range(1, stop):
        if contents.has_finite(row, k, k + 1) and (subject := sources.before(row, k, 0)) is not None:
            return span_of(row, subject.first, subject.last)
    return None
