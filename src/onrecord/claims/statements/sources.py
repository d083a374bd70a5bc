"""Whose words: the noun phrase that is the subject of a cue, before it or after it, in full."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.claims.statements.cues import verbs
from onrecord.text.tables import words
from onrecord.text.tokens import Token

BREAKS = frozenset(";:()[]") | {"—", "–", "--", "...", "…", "––"}
BE = frozenset("is are was were be been being isn't aren't wasn't weren't isn’t aren’t wasn’t weren’t".split())
HAVING = frozenset("has have had having".split())
CONCEDING = frozenset("whatever whoever whichever however what".split())
# Longer phrases before a verb are clauses misread.
LONGEST_SOURCE = 32


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens [first, last] of a sentence that name a source, and where its cue starts (auxiliaries and negation in)."""

    first: int
    last: int
    cue_first: int
    negated: bool = False


def before(tokens: tuple[Token, ...], i: int, floor: int = 0) -> Phrase | None:
    """The subject that stands before the cue at i, not reaching left of `floor`; None when there is none."""
    j, cue_first, negated = _over_helpers(tokens, i - 1, floor)
    if j < floor:
        return None
    if tokens[j].of("relative"):
        return _antecedent(tokens, j, floor, cue_first, negated)
    if tokens[j].text == ",":
        first, last = _apposed(tokens, j, floor), j - 1
    elif (dashed := _dashed(tokens, j, floor)) is not None:
        first, last = dashed, j - 1
    elif tokens[j].lower in ("and", "but", "or") or tokens[j].kind != "word":
        return None
    elif tokens[j].of("pronoun"):
        first, last = j, j
    else:
        first, last = _phrase_start(tokens, j, floor), j
    first = _past_openers(tokens, first, last)
    if first > last or last - first > LONGEST_SOURCE or not _nominal(tokens, first, last):
        return None
    if tokens[first].lower in CONCEDING:  # "We will not leave, whatever the generals say": they have said nothing
        return None
    return Phrase(first, last, cue_first, negated)


def after(tokens: tuple[Token, ...], i: int, ceiling: int) -> Phrase | None:
    """The subject that stands after the cue at i ("..., said the minister"), before token `ceiling`."""
    if i + 1 >= ceiling or not _starts_noun_phrase(tokens[i + 1]) or tokens[i + 1].lower in ("that", "this", "one"):
        return None
    last = i + 1
    if not tokens[last].of("pronoun"):
        last = _phrase_end(tokens, i + 1, ceiling)
    return Phrase(i + 1, last, i)


def _over_helpers(tokens: tuple[Token, ...], j: int, floor: int) -> tuple[int, int, bool]:
    """Steps left over auxiliaries, adverbs, days and parentheses to the last token of the subject."""
    cue_first, negated = j + 1, False
    while j >= floor:
        token = tokens[j]
        if token.of("auxiliary"):
            cue_first, negated = j, negated or token.of("negation")
        elif token.of("negation"):
            cue_first, negated = j, True
        elif not (_adverb(token) and not token.of("pronoun")):
            skip = _aside(tokens, j, floor)
            if not skip:
                break
            j -= skip
            continue
        j -= 1
    return j, cue_first, negated


def _adverb(token: Token) -> bool:
    return token.of("adverb") or (token.lower.endswith("ly") and len(token.lower) > 4 and not token.capital)


def _aside(tokens: tuple[Token, ...], j: int, floor: int) -> int:
    """How many tokens ending at j are an aside between subject and verb: ", however,", "on Sunday", "last week"."""
    if tokens[j].text == ",":
        for width in (2, 3, 4):
            k = j - width
            if k > floor and tokens[k].text == "," and all(_plain_aside(t) for t in tokens[k + 1 : j]):
                return width + 1
        return 0
    if tokens[j].text.isdigit() and j - 1 > floor and tokens[j - 1].of("month"):  # "the front on July 22 announced"
        return 3 if j - 2 > floor and tokens[j - 2].lower in ("on", "in") else 2
    if tokens[j].of("day") or tokens[j].of("month"):
        return 2 if j > floor and tokens[j - 1].lower in ("on", "in", "last", "early", "late") else 1
    if tokens[j].of("timeword") and j > floor and tokens[j - 1].lower in ("last", "this", "earlier", "next", "that"):
        return 2
    return 0


def _plain_aside(token: Token) -> bool:
    return token.of("opener") or token.of("adverb") or token.lower in ("in", "turn", "for", "his", "her", "part", "too")


def _dashed(tokens: tuple[Token, ...], j: int, floor: int) -> int | None:
    """Start of a subject with an apposition between dashes: "Massoud – leader of the front – warns"."""
    if tokens[j].text not in ("–", "—", "--", "-"):
        return None
    for k in range(j - 1, floor, -1):
        if tokens[k].text == tokens[j].text:
            return _phrase_start(tokens, k - 1, floor) if tokens[k - 1].kind == "word" else None
    return None


def _apposed(tokens: tuple[Token, ...], j: int, floor: int) -> int:
    """Start of a subject whose apposition ends at the comma j: "Naeem, a spokesman, said"."""
    commas = [k for k in range(floor, j) if tokens[k].text == ","]
    hard = max((k for k in range(floor, j) if _breaks(tokens[k])), default=floor - 1)
    starts = [hard + 1, *(k + 1 for k in commas if k > hard)]
    for start in starts:
        clause_end = next((k for k in commas if k > start), j)
        first = _past_openers(tokens, start, clause_end - 1)
        if first < clause_end and _names_someone(tokens, first, clause_end):
            return first
    return starts[-1]


def _names_someone(tokens: tuple[Token, ...], first: int, stop: int) -> bool:
    """Whether tokens [first, stop) read as a noun phrase of their own: no verb in it, no preposition at its head."""
    head = tokens[first]
    if head.of("preposition") or head.of("subordinator") or head.of("relative") or head.lower.endswith("ing"):
        return False
    return _starts_noun_phrase(head) and not any(_verbish(tokens, k) for k in range(first, stop)) and stop - first <= 14


def _phrase_start(tokens: tuple[Token, ...], j: int, floor: int) -> int:
    """First token of the noun phrase that ends at j."""
    k = j
    while k > floor and not _breaks(tokens[k - 1]) and tokens[k - 1].text != ",":
        if _verbish(tokens, k - 1) and not _inside_relative(tokens, k - 1, floor):
            break
        if tokens[k - 1].of("subordinator") and not _joins_names(tokens, k - 1, floor, j):
            break
        k -= 1
    k = _past_preposition(tokens, k, j)
    name_before = k - 1 > floor and tokens[k - 1].text == "," and not tokens[k].capital
    if name_before and (named := _name_run(tokens, k - 2, floor)) is not None:
        return named
    return k


def _past_preposition(tokens: tuple[Token, ...], k: int, j: int) -> int:
    """A phrase that opens with a preposition ("In a statement the ministry") starts at its last determiner or name."""
    if not tokens[k].of("preposition"):
        return k
    best = j
    for m in range(j, k + 1, -1):
        if tokens[m].of("determiner"):
            return m
        if tokens[m].capital and not tokens[m - 1].capital:
            best = m
            if not tokens[m - 1].of("preposition"):
                return m
    return best


def _name_run(tokens: tuple[Token, ...], j: int, floor: int) -> int | None:
    """Start of a run of capitalised words that ends at j and begins its clause; None when there is none."""
    k = j
    while k >= floor and tokens[k].capital:
        k -= 1
    if j - k < 2 or (k >= floor and not (_breaks(tokens[k]) or tokens[k].text == "," or tokens[k].of("subordinator"))):
        return None
    return k + 1


def _joins_names(tokens: tuple[Token, ...], k: int, floor: int, j: int) -> bool:
    """Tells "and" between two parts of one subject ("Smith and Jones said"), not between two clauses."""
    if tokens[k].lower not in ("and", "or") or k <= floor:
        return False
    left = k - 1
    while left >= floor and not _breaks(tokens[left]) and tokens[left].text != ",":
        if _verbish(tokens, left):
            return False
        left -= 1
    return tokens[k - 1].kind == "word" and not any(_verbish(tokens, m) for m in range(k + 1, j + 1))


def _inside_relative(tokens: tuple[Token, ...], k: int, floor: int) -> bool:
    return any(tokens[m].of("relative") for m in range(max(floor, k - 4), k))


def _antecedent(tokens: tuple[Token, ...], j: int, floor: int, cue_first: int, negated: bool) -> Phrase | None:
    """ "X, who said ...": the phrase that "who" stands for."""
    last = j - 2 if j - 1 >= floor and tokens[j - 1].text == "," else j - 1
    if tokens[j].lower == "which" or last < floor or tokens[last].kind != "word":
        return None
    first = _past_openers(tokens, _phrase_start(tokens, last, floor), last)
    return Phrase(first, last, cue_first, negated) if first <= last else None


def _past_openers(tokens: tuple[Token, ...], first: int, last: int) -> int:
    while first < last and (
        tokens[first].of("opener") or tokens[first].kind != "word" or tokens[first].lower in ("and", "but", "or", "as")
    ):
        first += 1
    return first


def _nominal(tokens: tuple[Token, ...], first: int, last: int) -> bool:
    """A source has a word that can name somebody, and does not end in one that cannot."""
    tail = tokens[last]
    if tail.of("preposition") or tail.of("subordinator") or tail.of("auxiliary") or tail.lower in ("to", "not"):
        return False
    if first == last and (tail.of("adverb") or tail.of("opener")) and not tail.of("pronoun"):
        return False  # "Also not mentioned": nobody
    if first == last and not (tail.capital or tail.of("pronoun") or tail.lower.endswith("s")):
        return tail.lower in words("nouns") or (not tail.of("determiner") and not tail.lower.endswith("ing"))
    return tail.kind == "word" and tail.lower not in ("the", "a", "an", "there", "as")


def _starts_noun_phrase(token: Token) -> bool:
    return token.kind == "word" and (
        token.capital
        or token.of("determiner")
        or token.of("pronoun")
        or (token.lower.endswith("s") and not token.of("preposition") and not token.of("auxiliary"))
        or token.lower in words("nouns")
    )


def _phrase_end(tokens: tuple[Token, ...], start: int, ceiling: int) -> int:
    """Last token of the noun phrase that starts at `start`, one apposition after a comma included."""
    k = start
    while k + 1 < ceiling and (_continues(tokens, k + 1) or _initial(tokens, k + 1)):
        k += 1
    if k + 2 < ceiling and tokens[k + 1].text == "," and not tokens[k + 2].of("subordinator"):
        nxt = tokens[k + 2]
        plain = nxt.kind == "word" and not nxt.lower.endswith("ing") and nxt.lower not in verbs()
        if plain and not nxt.capital and not nxt.of("opener") and not nxt.of("preposition"):
            m = k + 2
            while m + 1 < ceiling and tokens[m + 1].kind == "word" and not _stops_apposition(tokens[m + 1]):
                m += 1
            return m
    return k


def _initial(tokens: tuple[Token, ...], k: int) -> bool:
    """The full stop of "Hanne B. Lund"."""
    before, after = tokens[k - 1], tokens[k + 1] if k + 1 < len(tokens) else None
    return tokens[k].text == "." and before.capital and len(before.text) == 1 and after is not None and after.capital


def _continues(tokens: tuple[Token, ...], k: int) -> bool:
    token = tokens[k]
    if token.kind != "word" or (token.of("subordinator") and token.lower != "and"):
        return False
    if token.lower == "and":
        return k + 1 < len(tokens) and tokens[k + 1].capital
    if token.of("preposition"):
        return token.lower in ("of", "for")
    return not (token.of("relative") or token.of("auxiliary") or token.of("day") or _adverb(token))


def _stops_apposition(token: Token) -> bool:
    return token.of("subordinator") or token.of("relative") or token.of("day") or token.lower.endswith("ing")


def _breaks(token: Token) -> bool:
    return token.kind == "quote" or token.text in BREAKS or token.lower == "that" or token.text in ("“", "”", '"')


def _verbish(tokens: tuple[Token, ...], k: int) -> bool:
    """Whether the word can only be, or most often is, a finite verb."""
    token = tokens[k]
    if token.kind != "word" or token.capital:
        return False
    if token.of("auxiliary"):
        return True
    if token.lower in verbs() and not (k > 0 and tokens[k - 1].of("determiner")):
        return not token.lower.endswith(("ing", "s")) and token.lower not in words("nouns")
    past = token.lower.endswith("ed") and len(token.lower) > 4
    if past and k > 0 and tokens[k - 1].lower in HAVING:
        return True
    return (
        past
        and k > 0
        and not tokens[k - 1].of("determiner")
        and (tokens[k - 1].capital or tokens[k - 1].of("pronoun") or tokens[k - 1].of("relative"))
    )


def passive(row: tuple[Token, ...], i: int) -> bool:
    """ "was told": the subject is not the one who spoke."""
    j = i - 1
    while j >= 0 and (row[j].of("adverb") or row[j].lower.endswith("ly")):
        j -= 1
    return j >= 0 and row[j].lower in BE and not row[i].lower.endswith("ing")
