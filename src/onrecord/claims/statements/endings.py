"""Where what was said ends: before a later attribution, before a tail that the narrator adds, at the sentence's stop."""

from __future__ import annotations

from onrecord.claims.statements.cues import cue_at
from onrecord.text.tables import table
from onrecord.text.tokens import Token

# Where a noun phrase that was said ends: what follows tells of the occasion, not of the words.
OCCASION = frozenset("during after before while when amid following".split())
DASHES = frozenset(("—", "–", "--", "-"))
LONGEST_ADDRESSEE = 8


def closing(tokens: tuple[Token, ...], first: int, ceiling: int, frame: str = "clause") -> int:
    """Last token of the content: before a later attribution, a tail that is not said, or the sentence's own stop."""
    last = ceiling - 1
    for k in range(first + 1, ceiling):
        if _closes(tokens, first, k, ceiling, frame):
            last = k - 1
            break
    while last > first and tokens[last].kind == "mark" and tokens[last].text in TAIL_MARKS:
        last -= 1
    return last


TAIL_MARKS = frozenset((".", ",", ";", ":", "?", "!", "—", "–"))


def _closes(tokens: tuple[Token, ...], first: int, k: int, ceiling: int, frame: str) -> bool:
    token = tokens[k]
    quote_only = frame in ("quote", "that", "clause") and tokens[first].kind == "quote"
    if quote_only and tokens[k - 1].kind == "quote" and token.kind == "word":
        return frame == "quote" or cue_at(tokens, k) is not None or token.capital or token.of("pronoun")
    if frame == "quote" and tokens[k - 1].kind == "quote" and token.text in DASHES:
        return True
    if token.text == ":" and k + 2 < ceiling and tokens[k + 1].kind == "quote":  # 'that C: "Q," he claimed'
        return _closes_with_cue(tokens, k + 2, ceiling)
    if frame in ("noun", "prep") and (token.text == "," or token.lower in OCCASION or _channel(tokens, k, ceiling)):
        return True
    if frame in ("noun", "prep") and token.lower == "but":
        return True
    if token.text in DASHES or token.text in (",", ";"):
        if token.text == "," and frame != "quote" and _described(tokens, first, k, ceiling):
            return True
        spliced = (
            token.text == ","
            and k + 1 < ceiling
            and tokens[k + 1].text in ("The", "This", "It", "They", "He", "She", "let")
        )
        return spliced or _new_attribution(tokens, k, ceiling)
    return False


# A clause shorter than this keeps its relative clause: it would be too little to be what was said.
SHORTEST_CLAUSE = 5


def _described(tokens: tuple[Token, ...], first: int, comma: int, ceiling: int) -> bool:
    """A closing ", where ..." or ", who ..." after a full clause is the narrator's description, not what was said."""
    if comma + 3 > ceiling:
        return False
    one_of = tokens[comma + 1].lower == "one" and tokens[comma + 2].lower == "of"
    if not one_of and tokens[comma + 1].lower not in ("where", "who", "which", "latterly", "whose"):
        return False
    return comma - first >= SHORTEST_CLAUSE and not any(t.text == "," for t in tokens[comma + 1 : ceiling])


def _channel(tokens: tuple[Token, ...], k: int, ceiling: int) -> bool:
    """ "in an op-ed ...": where the words were printed."""
    if tokens[k].lower not in ("in", "on", "via") or k + 2 >= ceiling:
        return False
    known = {row["word"] for row in table("channels")}
    return any(tokens[m].lower in known for m in range(k + 1, min(ceiling, k + 5)))


def _new_attribution(tokens: tuple[Token, ...], comma: int, ceiling: int) -> bool:
    """Whether another act of saying starts after the mark at `comma`."""
    k = comma + 1
    if k >= ceiling:
        return False
    if tokens[k].lower == "according" or tokens[k].lower in ("but", "while", "and", "though", "although", "whereas"):
        limit = k + 7 if tokens[k].lower != "according" else k + 1
        return limit == k + 1 or _cue_soon(tokens, k + 1, min(limit, ceiling), ceiling)
    token = tokens[k]
    if token.lower.endswith("ing") and cue_at(tokens, k) is not None:
        return True
    return _closes_with_cue(tokens, k, ceiling)


def _cue_soon(tokens: tuple[Token, ...], k: int, limit: int, ceiling: int) -> bool:
    for m in range(k, limit):
        if (cue := cue_at(tokens, m)) is not None and cue.kind != "attitude":
            follows = tokens[m + 1] if m + 1 < ceiling else None
            said = follows is not None and (follows.lower == "that" or follows.kind == "quote")
            if said or (cue.lemma in ("say", "tell", "add", "warn", "insist", "claim", "argue") and m > k):
                return True
        if tokens[m].text == ",":
            return False
    return False


def _closes_with_cue(tokens: tuple[Token, ...], k: int, ceiling: int) -> bool:
    """ "..., reports Al Arabiya." or "..., he said on Sunday.": the rest of the sentence is a short speech tag."""
    if ceiling - k > 22:
        return False
    for m in range(k, min(ceiling, k + 14)):
        cue = cue_at(tokens, m)
        if tokens[m].lower in ("cited", "quoted") and any(t.lower == "as" for t in tokens[m + 1 : m + 5]):
            return _tag_head(tokens, k, m)
        if tokens[m].lower in ("reporting", "saying") and m > k and tokens[m - 1].lower in ("is", "are", "was"):
            return _tag_head(tokens, k, m)
        if cue is not None and cue.takes("q") and cue.kind != "attitude" and not tokens[m].lower.endswith("ing"):
            inverted = m == k and (not cue.takes("z") or (m + 1 < ceiling and tokens[m + 1].capital))
            return inverted or (m > k and tag_tail(tokens, m + 1, ceiling) and _tag_head(tokens, k, m))
        if tokens[m].kind == "quote" or tokens[m].of("relative") or tokens[m].lower in ("that", "and", "but"):
            return False
    return False


def _tag_head(tokens: tuple[Token, ...], k: int, m: int) -> bool:
    opens = tokens[k].capital or tokens[k].of("determiner") or tokens[k].of("pronoun")
    return opens and not tokens[k].of("preposition") and m - k <= 12


def tag_tail(tokens: tuple[Token, ...], k: int, ceiling: int) -> bool:
    """Nothing said follows the cue: the sentence ends, or goes on with an adjunct, an addressee or "adding that"."""
    if k >= ceiling or tokens[k].kind == "mark":
        return True
    nxt = tokens[k]
    return (
        nxt.of("day")
        or nxt.of("preposition")
        or nxt.lower in ("reporters", "him", "them", "earlier", "last", "recently", "me", "us")
        or _told_and_done(tokens, k, ceiling)
    )


def _told_and_done(tokens: tuple[Token, ...], k: int, ceiling: int) -> bool:
    """ "told AFP news agency in an interview.": an addressee, then nothing that could be told."""
    m = k
    while m < ceiling and tokens[m].kind == "word" and not tokens[m].of("preposition") and m - k < LONGEST_ADDRESSEE:
        if tokens[m].of("auxiliary") or tokens[m].of("pronoun") or tokens[m].lower == "that":
            return False
        m += 1
    rest = tokens[m:ceiling]
    if any(t.lower == "that" for t in rest[:12]):
        return False
    starts = tokens[k].capital or tokens[k].of("determiner") or tokens[k].lower.endswith("s")
    return starts and (m == ceiling or tokens[m].kind != "word" or tokens[m].of("preposition"))
