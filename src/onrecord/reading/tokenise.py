"""Tokens of a stretch of English as the treebanks cut them (UD English-EWT, GUM, PUD): "do n't", "eye - witness", "$ 5".

One pattern finds runs in a single pass; a run that may hold more than one token ("ex-minister's", "Mr.") is looked at
once more. No pattern can step back further than a fixed number of characters, so the time is linear on any input.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from onrecord.text.tables import table
from onrecord.text.tables import words as shared


@cache
def listed(kind: str) -> Mapping[str, str]:
    """Rows of one `kind` of the table of tokens: from word to where it is cut ("" where it is not)."""
    return {row["word"]: row["cuts"] for row in table("tokens") if row["kind"] == kind}


# Letters, digits, and what stands on or inside letters: accents, vowel signs, joiners, soft hyphens.
W = (
    r"[\w\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670"
    r"\u0900-\u0963\u0966-\u0dff\u0e31-\u0e3a\u0e47-\u0e4e\u200b-\u200d\u2060]"
)
DOMAIN = r"(?i:com|org|net|gov|edu|mil|info|biz|co\.[a-z]{2}|tv|eu|uk|de|fr|ru|ca|au|nz|ch|jp|cn|html?|pdf|docx?|xlsx?|jpe?g|png|exe|zip)"
ENDS = rf"(?!{W})"
UNITS = "|".join(sorted(map(re.escape, listed("unit")), key=len, reverse=True))
TOKEN = re.compile(
    rf"""
    (?P<plain> [^\W\d_]++ (?=[\s,;?!)]|\Z) )
  | (?P<web> (?: (?:https?|ftp)://|www\.|mailto: ) [^\s<>"“”]++
      | [\w.+-]{{1,64}}+@ (?:[\w-]{{1,63}}\.){{0,8}} \w++
      | (?:[A-Za-z0-9][\w-]{{0,62}}+\.){{1,8}} {DOMAIN} {ENDS} (?:/[^\s<>"“”]*+)?
      | (?:[a-z][\w-]{{1,62}}+\.){{2,8}} [a-z]\w++ )
  | (?P<whole>
        [@#] (?=[^\W\d_]) {W}++
      | ['’] (?: (?i:em|til|tis|twas|cause|n)['’]? | \d\ds? ) {ENDS}
      | (?<=[^\s\"“‘'(\[]) ['’`] (?i:s|re|ve|ll|d|m) {ENDS}
      | (?: (?<![^\s(\[])[+.] (?=\d) )?
        (?: \d{{1,3}}(?:,\d{{3}}){{1,8}}(?:\.\d++)? | \d++(?:[-.]\d++){{2,8}} | \d{{3}}-\d{{4}} | \d++(?:[.:/]\d++){{0,8}} )
        (?: (?:st|nd|rd|th|ST|ND|RD|TH|s|(?<=0)['’]s){ENDS} | (?=(?i:{UNITS}){ENDS}) | {ENDS} )
      | [A-Z]{{1,3}}\$
    )
  | (?P<dotted> (?:[A-Za-z]\.){{1,12}}[A-Za-z]{ENDS}\.? | Ph\.?D{ENDS}\.? | M\.Sc{ENDS}\.? )
  | (?P<run> {W}++ (?:[-'’`&/*]{W}++)*+ (?:\.(?![.!?]))? )
  | [.!?]{{2,}}+ | …++\.? | -{{2,}}+ | \${{2,}}+ | \*++ | =++ | ~++ | << | >> | `` | '' | ‘’ | ’’
  | [:;=]['-]?[)(](?![\w)]) | [\U0001f1e6-\U0001f1ff]{{2}}
  | \S (?: \u200d\S | [\ufe0e\ufe0f\U0001f3fb-\U0001f3ff\u0300-\u036f\u20e3] )*+
    """,
    re.VERBOSE,
)
LEFT_OVER = re.compile(r"[.,;:!?'’)\]]++\Z")
CLITIC = re.compile(r"(?i:n['’`]t|['’`](?:s|re|ve|ll|d|m))\Z")
LONGEST_SLASHED = max(map(len, listed("slashed")))  # a longer run is not even compared: runs may be of any length
JOINT = re.compile(r"[-&/*]")
REST = re.compile(r"[\s\"'”’)\]»]*+(.?)", re.DOTALL)


def tokenise(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of the tokens of text[start:end], in order; every character that is no blank is inside exactly one.

    The stretch is best one sentence: at its end "etc." is a word and a full stop.

    >>> [("Don't go to the U.S., Mr. Oke!")[s:e] for s, e in tokenise("Don't go to the U.S., Mr. Oke!", 0, 30)]
    ['Do', "n't", 'go', 'to', 'the', 'U.S.', ',', 'Mr.', 'Oke', '!']
    """
    found: list[tuple[int, int]] = []
    contractions = listed("contraction")
    for match in TOKEN.finditer(text, start, end):
        kind, span = match.lastgroup, match.span()
        if kind == "plain":
            if (cuts := contractions.get(match.group().lower())) is not None:
                found += _cut(span[0], cuts)
            else:
                found.append(span)
        elif kind in ("run", "dotted"):
            found += _run(text, *span, end)
        elif kind == "web" and (over := LEFT_OVER.search(match.group())):
            edge = span[0] + over.start()
            found += [(span[0], edge), *((k, k + 1) for k in range(edge, span[1]))]
        else:
            found.append(span)
    return found


def _cut(at: int, parts: str) -> Iterator[tuple[int, int]]:
    """Spans of parts that stand one after the other without a blank."""
    for part in parts.split(" "):
        yield at, at + len(part)
        at += len(part)


def _run(text: str, start: int, end: int, limit: int) -> Iterator[tuple[int, int]]:
    """The tokens of letters, digits, hyphens, apostrophes and at most one full stop at the end."""
    stop = text[end - 1] == "." and not _keeps_stop(text, start, end, limit)
    edge = end - stop
    at = start
    for joint in JOINT.finditer(text, start, edge):
        if not _holds(text, start, at, joint.start(), edge):
            yield from _piece(text, at, joint.start())
            yield joint.span()
            at = joint.end()
    yield from _piece(text, at, edge)
    if stop:
        yield edge, end


def _holds(text: str, start: int, at: int, joint: int, end: int) -> bool:
    """Whether the mark at `joint` joins what stands before it (from `at`) and after it into one word."""
    mark = text[joint]
    if mark == "*":
        return True
    before = text[max(at, joint - 16) : joint]
    if mark == "-":
        return before.lower() in listed("prefix")
    if mark == "/":
        return end - start <= LONGEST_SLASHED and text[start:end].lower() in listed("slashed")
    after = JOINT.split(text[joint + 1 : min(end, joint + 6)], maxsplit=1)[0]
    return 0 < len(before) <= 4 and before.isupper() and after[:1].isupper() and len(after) <= 3


def _piece(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A word with its clitics cut off: "should n't 've"."""
    word = text[start:end]
    if (cuts := listed("contraction").get(word.lower())) is not None:
        yield from _cut(start, cuts)
        return
    tail: list[tuple[int, int]] = []
    while (clitic := CLITIC.search(text, max(start + 1, end - 3), end)) and len(tail) < 3:
        tail.append(clitic.span())
        end = clitic.start()
    if start < end:
        yield start, end
    yield from reversed(tail)


def _keeps_stop(text: str, start: int, end: int, limit: int) -> bool:
    """Whether the full stop at end - 1 belongs to the word: an abbreviation, mostly one that does not end the stretch."""
    word = JOINT.split(text[max(start, end - 16) : end - 1])[-1]
    lower = word.lower()
    rest = REST.match(text, end, limit)
    after = rest.group(1) if rest else ""
    if lower in shared("abbreviations", "title") or ("." in word and word.isupper()):
        return True
    if len(word) == 1 and word.isupper():
        return bool(after)
    if lower in listed("numbered"):
        return after.isdigit() or (lower == "no" and after == "#")
    known = "." in word or lower in shared("abbreviations", "plain") or lower in listed("abbreviation")
    return known and bool(after)
