"""Who speaks where no verb says so: "X: ...", "... - X", "From the desk of X", "The ministry issued this statement:"."""

from __future__ import annotations

from onrecord.claims.statements import contents, sources
from onrecord.claims.statements.attribution import Attribution, span_of
from onrecord.claims.statements.chains import channels
from onrecord.claims.statements.cues import cue_at, nouns
from onrecord.records import Span
from onrecord.text.tables import words
from onrecord.text.tokens import Token

DASHES = frozenset(("—", "–", "--", "-", "―"))
LONGEST_LABEL = 5  # words before a colon that are still a name: "Justice Minister Hanne B. Lund"
LONGEST_SIGNATURE = 14
OFFICES = frozenset("desk office pen".split())
THESE_WORDS = frozenset("following this these".split())


def headline(row: tuple[Token, ...]) -> Attribution | None:
    """A headline of the form "X: what X says", or "What X says: X"."""
    colon = next((k for k, t in enumerate(row) if t.text == ":"), None)
    if colon is None or not 1 <= colon < len(row) - 2:
        return labelled(row)
    left, right = row[:colon], row[colon + 1 :]
    if _nobody(left):
        return None
    if len(left) <= 4 and _names(left) and len(right) >= 4:
        source, content = left, right
    elif len(right) <= 4 and all(t.capital for t in right) and len(left) >= 4:
        source, content = right, left
    else:
        return labelled(row)
    spans = (Span(content[0].start, content[-1].end),)
    mark = span_of(row, colon, colon)
    return Attribution(Span(source[0].start, source[-1].end), mark, spans, ":", "say", "headline with a colon")


def _nobody(label: tuple[Token, ...]) -> bool:
    """ "Warning: ...", "Fact check: ...": what a line is, and nobody's name."""
    return " ".join(t.lower for t in label).replace("’", "'") in words("labels", "nobody")


def _names(label: tuple[Token, ...]) -> bool:
    """Whether the words before a headline's colon name somebody: in capitals, or by a noun ("Aid worker", "Health ministry")."""
    if all(t.capital or t.of("preposition") for t in label):
        return True
    return label[0].capital and label[-1].lower in words("nouns") and not any(t.of("auxiliary") for t in label)


def labelled(row: tuple[Token, ...]) -> Attribution | None:
    """'X: "..."': a name, a colon and a quotation, which are the whole sentence or its start."""
    colon = next((k for k, t in enumerate(row[: LONGEST_LABEL + 1]) if t.text == ":"), None)
    if colon is None or colon + 1 >= len(row) or row[colon + 1].kind != "quote":
        return None
    if not colon or not all(t.capital or t.of("preposition") for t in row[:colon]) or _nobody(row[:colon]):
        return None
    content = (span_of(row, colon + 1, colon + 1),)
    return Attribution(
        span_of(row, 0, colon - 1), span_of(row, colon, colon), content, ":", "say", "label and quotation"
    )


def signed(row: tuple[Token, ...]) -> Attribution | None:
    """'"..." - X, mayor of Y': a quotation, a dash and who signs it; without the quotation where the line before is it."""
    dash = 1 if row[0].kind == "quote" else 0
    signature = row[dash + 1 :]
    if len(row) <= dash or row[dash].text not in DASHES or not 1 <= len(signature) <= LONGEST_SIGNATURE:
        return None
    if not signature[0].capital or any(t.kind == "quote" or t.of("auxiliary") for t in signature):
        return None
    last = len(row) - 1
    while row[last].kind == "mark":
        last -= 1
    content = (span_of(row, 0, 0),) if dash else ()
    return Attribution(
        span_of(row, dash + 1, last), span_of(row, dash, dash), content, "-", "say", "signed with a dash"
    )


def announcing(row: tuple[Token, ...]) -> Attribution | None:
    """What announces the quotation that follows, also in the next paragraph: "He said:", "And from X:"."""
    if (line := _from_line(row)) is not None:
        return line
    if row[-1].text not in (":", ","):
        return None
    for i in range(len(row) - 2, -1, -1):
        cue = cue_at(row, i)
        if cue is not None and cue.takes("q") and (subject := sources.before(row, i)) is not None:
            source, said = span_of(row, subject.first, subject.last), span_of(row, subject.cue_first, i)
            return Attribution(source, said, (), cue.lemma, cue.kind, f"{cue.lemma}: before the quotation")
    return (_issued(row) or _name_line(row)) if row[-1].text == ":" else None


def _from_line(row: tuple[Token, ...]) -> Attribution | None:
    """ "And from Minister Dovan:", "From the desk of Hanne Lund, editor.": a line of its own before a quotation."""
    first = 1 if row[0].lower == "and" else 0
    if len(row) < first + 3 or len(row) > LONGEST_SIGNATURE or row[first].lower != "from":
        return None
    name = first + 1
    if row[name].lower == "the" and row[name + 1].lower in OFFICES and name + 3 < len(row):
        name += 3
    last = len(row) - 1
    while last > name and row[last].kind == "mark":
        last -= 1
    if not row[name].capital or any(t.of("auxiliary") or t.kind == "quote" for t in row):
        return None
    return Attribution(
        span_of(row, name, last), span_of(row, first, name - 1), (), "from", "say", "from, before the quotation"
    )


def _issued(row: tuple[Token, ...]) -> Attribution | None:
    """ "The ministry issued the following statement:": a noun of speech before the colon, and who gave it."""
    near = row[-5:-1]
    if not any(t.lower in nouns() or t.lower in THESE_WORDS or t.lower in channels() for t in near):
        return None
    for k in range(1, len(row) - 1):
        if contents.has_finite(row, k, k + 1) and (subject := sources.before(row, k)) is not None:
            said = span_of(row, subject.cue_first, len(row) - 2)
            return Attribution(span_of(row, subject.first, subject.last), said, (), "issue", "say", "words that follow")
    return None


def _name_line(row: tuple[Token, ...]) -> Attribution | None:
    """A line that is only a name and a colon."""
    name = row[:-1]
    if not 1 <= len(name) <= LONGEST_LABEL or not all(t.capital for t in name) or _nobody(name):
        return None
    return Attribution(span_of(row, 0, len(row) - 2), span_of(row, len(row) - 1, len(row) - 1), (), ":", "say", "label")
