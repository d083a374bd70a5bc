"""What was said: the stretch a cue governs, after it, before it, or around it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from onrecord.claims.statements.cues import Cue, cue_at, nouns
from onrecord.claims.statements.endings import LONGEST_ADDRESSEE, closing, tag_tail
from onrecord.claims.statements.sources import BREAKS
from onrecord.text.tables import words
from onrecord.text.tokens import Token

WH = frozenset("whether how why what when where who if".split())
OBJECTS = frozenset("him her them us me it you himself reporters journalists".split())
LONGEST_ADJUNCT = 12


@dataclass(frozen=True, slots=True)
class Content:
    """Tokens [first, last] that were said; `told` are the tokens of the one it was said to; `frame` says how it is joined."""

    first: int
    last: int
    frame: str
    told: tuple[int, int] | None = None


def after(tokens: tuple[Token, ...], i: int, cue: Cue, ceiling: int) -> Content | None:
    """The content that follows the cue at token i and ends before token `ceiling`; None when nothing fits its frames."""
    k = i + 1 + (1 if cue.particle else 0)
    k = _over_aside(tokens, _over_adverbs(tokens, k, ceiling), ceiling)
    told = None
    if cue.takes("a") or cue.lemma == "call on":
        told, k = addressee(tokens, k, ceiling, cue)
    k = _over_adjuncts(tokens, k, ceiling)
    if k >= ceiling:
        return None
    start = _opening(tokens, k, ceiling, cue, told is not None)
    if start is None:
        return None
    first, frame = start
    last = closing(tokens, first, ceiling, frame)
    said = any(t.kind != "mark" for t in tokens[first : last + 1])
    return Content(first, last, frame, told) if said else None


def _opening(tokens: tuple[Token, ...], k: int, ceiling: int, cue: Cue, told: bool) -> tuple[int, str] | None:
    """First token of the content and the frame that opens it."""
    token = tokens[k]
    if token.text in (",", ":", "—", "–", "-", "--") and k + 1 < ceiling:
        nxt = tokens[k + 1]
        if nxt.kind == "quote" and cue.takes("q"):
            return k + 1, "quote"
        if nxt.lower == "that" and k + 2 < ceiling:
            return k + 2, "that"
        if token.text == ":" and cue.takes("q") and k + 2 < ceiling:
            return k + 1, "colon"
        return None
    if token.kind == "quote":
        return (k, "quote") if cue.takes("q") or cue.takes("t") else None
    if token.lower == "that":
        return _that(tokens, k, ceiling, cue)
    if token.lower in WH and (cue.takes("w") or (cue.takes("c") and token.lower in ("whether", "how", "why"))):
        return k, "wh"
    if token.lower == "to" and k + 1 < ceiling and (tokens[k + 1].kind == "word" or tokens[k + 1].text in "\"“‘'"):
        infinitive = cue.takes("i") or cue.lemma == "say"
        bare = not (tokens[k + 1].of("determiner") or tokens[k + 1].capital or tokens[k + 1].lower in OBJECTS)
        return (k, "to") if infinitive and bare else None
    if token.lower in cue.frames and len(token.lower) > 1 and k + 1 < ceiling:
        return k + 1, "prep"
    if token.lower.endswith("ing") and cue.lemma in ("claim", "deny", "admit", "report", "suggest", "recommend"):
        return k, "gerund"
    if cue.takes("z"):
        return None
    if cue.takes("c") and _clause(tokens, k, ceiling):
        return k, "clause"
    if cue.takes("n") and not told and _object(tokens, k, ceiling):
        return _reports_that(tokens, k, ceiling) or (k, "noun")
    return None


def _reports_that(tokens: tuple[Token, ...], k: int, ceiling: int) -> tuple[int, str] | None:
    """ "highlighted reports that C": what was reported is what was said."""
    for m in range(k + 1, min(ceiling - 1, k + 4)):
        if tokens[m].lower == "that" and tokens[m - 1].lower in words("nouns", "accountnoun"):
            return m + 1, "that"
    return None


def _that_noun(tokens: tuple[Token, ...], k: int, ceiling: int) -> bool:
    """ "repeated that claim on Monday": one noun of speech, and no verb after it."""
    noun = tokens[k + 1].lower if k + 1 < ceiling else ""
    if noun.endswith("s") or not (noun in nouns() or noun in words("nouns", "accountnoun")):
        return False
    stop = next((m for m in range(k + 2, ceiling) if tokens[m].kind == "mark"), ceiling)
    return not has_finite(tokens, k + 2, stop)


def _that(tokens: tuple[Token, ...], k: int, ceiling: int, cue: Cue) -> tuple[int, str] | None:
    if _that_noun(tokens, k, ceiling):
        return (k, "noun") if cue.takes("n") else None
    while k < ceiling and tokens[k].lower == "that":
        k += 1
    allowed = cue.takes("t") or cue.takes("c")
    return (k, "that") if allowed and k < ceiling else None


def _over_adverbs(tokens: tuple[Token, ...], k: int, ceiling: int) -> int:
    while k < ceiling and (tokens[k].of("adverb") or (tokens[k].lower.endswith("ly") and len(tokens[k].lower) > 4)):
        k += 1
    return k


def _over_aside(tokens: tuple[Token, ...], k: int, ceiling: int) -> int:
    """Past ", however," between cue and content."""
    for width in (2, 3, 4):
        end = k + width
        inside = tokens[k + 1 : end]
        if (
            end < ceiling
            and tokens[k].text == tokens[end].text == ","
            and all(t.of("opener") or t.of("adverb") or t.of("preposition") for t in inside)
        ):
            return end + 1
    return k


def addressee(tokens: tuple[Token, ...], k: int, ceiling: int, cue: Cue) -> tuple[tuple[int, int] | None, int]:
    """The phrase the words were said to, and the token after it: "told Al Arabiya", "warned the people of Panjshir"."""
    start = k
    if k >= ceiling or tokens[k].kind != "word" or tokens[k].lower in ("that", "to", "of", "against", "about"):
        return None, k
    if tokens[k].lower in ("him", "her", "them", "us", "me", "reporters", "journalists", "lawmakers", "supporters"):
        return (k, k), k + 1
    if tokens[k].of("pronoun"):
        return None, k
    while k < ceiling and k - start < LONGEST_ADDRESSEE and tokens[k].kind == "word":
        token = tokens[k]
        ends = token.lower in ("that", "to", "about", "he", "she", "they", "it", "we", "i", "there", "if")
        if ends or token.of("day") or token.of("auxiliary") or (token.of("preposition") and token.lower != "of"):
            break
        if k > start and _clause_starts(tokens, k, start):
            break
        k += 1
    begins = k < ceiling and tokens[k].lower in ("he", "she", "they", "it", "we", "i", "there")
    if begins and k > start:
        return (start, k - 1), k
    if cue.lemma not in ("tell", "inform", "brief", "notify", "remind", "assure", "call on") and not (
        k < ceiling and (tokens[k].lower in ("that", "to", "against", "about", "of") or tokens[k].of("preposition"))
    ):
        return None, start
    return ((start, k - 1), k) if k > start else (None, start)


def _clause_starts(tokens: tuple[Token, ...], k: int, start: int) -> bool:
    """A determiner after a finished name or plural opens the told clause: "told AFP the army had"."""
    opens = tokens[k].of("determiner") and not tokens[k].capital
    return opens and tokens[k - 1].lower != "of" and k - 1 >= start


def _over_adjuncts(tokens: tuple[Token, ...], k: int, ceiling: int) -> int:
    """Past "on Sunday", "in an interview with X", "last week" between cue and content, if content follows."""
    at = k
    while at < ceiling:
        token = tokens[at]
        if token.of("day") or (token.of("timeword") and at > k):
            at += 1
        elif token.lower in ("last", "this", "late", "early", "earlier") and at + 1 < ceiling:
            if not (tokens[at + 1].of("timeword") or tokens[at + 1].of("day") or tokens[at + 1].lower in ("this",)):
                break
            at += 2
        elif token.lower == "on" and at + 1 < ceiling and (tokens[at + 1].of("day") or tokens[at + 1].of("month")):
            at += 2
            while at < ceiling and tokens[at].text[:1].isdigit():
                at += 1
        elif token.of("preposition") and token.lower != "to" and (to := _long_adjunct(tokens, at, ceiling)):
            at = to
        else:
            break
    return at


def _long_adjunct(tokens: tuple[Token, ...], at: int, ceiling: int) -> int | None:
    """End of a longer adjunct, only where "that" or a quotation follows soon: "said in a statement on Friday that"."""
    for k in range(at + 1, min(ceiling, at + LONGEST_ADJUNCT)):
        if tokens[k].lower == "that" or tokens[k].kind == "quote":
            return k
        if tokens[k].text in (",", ":") and k + 1 < ceiling and tokens[k + 1].kind == "quote":
            return k
        if tokens[k].text in BREAKS or tokens[k].text == "," or tokens[k].of("auxiliary"):
            return None
    return None


def _clause(tokens: tuple[Token, ...], k: int, ceiling: int) -> bool:
    """Whether a clause of its own can start at k: something that can be a subject, and a verb later."""
    token = tokens[k]
    if token.kind != "word" and token.text not in ('"', "“", "'", "‘", "$", "#", "@"):
        return False
    hedged = any(t.text[:1].isdigit() for t in tokens[k + 1 : min(ceiling, k + 3)])  # "around 4,000 fighters"
    if token.of("preposition") and not (hedged and token.lower in ("around", "about", "over", "at", "up", "under")):
        comma = next((m for m in range(k + 1, min(ceiling, k + 12)) if tokens[m].text == ","), None)
        return comma is not None and comma + 2 < ceiling and _clause(tokens, comma + 1, ceiling)
    return any(_finite(tokens, m) for m in range(k + 1, min(ceiling, k + 30)))


def _finite(tokens: tuple[Token, ...], k: int) -> bool:
    token = tokens[k]
    if token.kind != "word" or token.capital:
        return False
    verbal = token.lower.endswith(("ed", "es", "s")) and len(token.lower) > 3 and not token.of("preposition")
    return token.of("auxiliary") or verbal or cue_at(tokens, k) is not None


def _object(tokens: tuple[Token, ...], k: int, ceiling: int) -> bool:
    """Whether a noun phrase of some weight starts at k."""
    token = tokens[k]
    starts = token.kind == "word" and not token.of("preposition") and not token.of("subordinator")
    return starts and token.lower not in ("him", "her", "them", "us", "me", "it", "so", "himself") and ceiling - k >= 2


def trailing(tokens: tuple[Token, ...], source_first: int, floor: int, ceiling: int, cue_at_: int) -> Content | None:
    """The content that stands before its speech tag: "C, he said", "C, said the minister of X"."""
    last = source_first - 1
    if last < floor or (tokens[last].text not in (",", "—", "–", "--", "-") and tokens[last].kind != "quote"):
        return None
    if not tag_tail(tokens, cue_at_ + 1, ceiling) and tokens[last].kind != "quote":
        return None
    if tokens[last].kind != "quote":
        last -= 1
    first = floor
    while first < last and (
        tokens[first].text in (",", "—", "–", ";", ".", "-") or tokens[first].lower in ("but", "and")
    ):
        first += 1
    words_said = sum(t.kind != "mark" for t in tokens[first : last + 1])
    heavy = words_said >= 4 or any(t.kind == "quote" for t in tokens[first : last + 1])
    if not heavy or tokens[first].of("relative"):
        return None
    return Content(first, last, "trailing")


def parted(tokens: tuple[Token, ...], source_first: int, floor: int, cue: int) -> tuple[Content, Content] | None:
    """The halves of a clause that a speech tag parts: "The bridge, he said, is shut", "The bridge, he said, "is shut"."""
    k, last = cue + 2, source_first - 2
    first = _past_joints(tokens, floor, last)
    if k >= len(tokens) or last < first or tokens[cue + 1].text != "," or tokens[last + 1].text != ",":
        return None
    quoted = tokens[k].kind == "quote" and tokens[k].text.lstrip("“”«»„‟\"'`‘’")[:1].islower()
    if not quoted and not (tokens[k].of("auxiliary") and not tokens[k].capital):
        return None
    if tokens[first].of("preposition") or tokens[first].of("subordinator") or tokens[first].of("opener"):
        return None
    end = k if quoted else closing(tokens, k, len(tokens))
    return Content(first, last, "parted"), Content(k, end, "parted")


def _past_joints(tokens: tuple[Token, ...], first: int, last: int) -> int:
    while first < last and (tokens[first].kind == "mark" or tokens[first].lower in ("but", "and")):
        first += 1
    return first


def only_quote(tokens: tuple[Token, ...], content: Content) -> Content:
    """Trailing content that ends in a quotation with a full clause before it keeps only the quotation."""
    quotes = [k for k in range(content.first, content.last + 1) if tokens[k].kind == "quote"]
    if quotes and content.last == quotes[-1] and quotes[-1] > content.first:
        lead = tokens[quotes[-1] - 1]
        if lead.text in (".", ":", "?", "!", "(") or lead.kind == "quote":
            return replace(content, first=quotes[-1])
    return content


def has_finite(tokens: tuple[Token, ...], first: int, stop: int) -> bool:
    """Whether a word in tokens [first, stop) reads as a finite verb."""
    return any(_finite(tokens, k) for k in range(first, min(stop, len(tokens))))


def has_verb(tokens: tuple[Token, ...], content: Content) -> bool:
    """Whether the content, its first word left out, holds a word that reads as a finite verb."""
    return has_finite(tokens, content.first + 1, content.last + 1)
