"""The mouth at the root of a claim, once copies are folded and chains followed: what "independent" counts."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from onrecord.claims.statements.speakers import has_title
from onrecord.matters.mouths import governed_from, sphere
from onrecord.records import Entity, Event, Link, Origin, Quantity, Reuse, Sheet, Span, Statement, content_id
from onrecord.text.tables import words

# A quotation's closing mark stands after the last shared word.
SLACK = 3
# What is spoken of, not what is said of it: "a raid that killed | 58", "convicted of kidnapping | three", "the | three".
TOLD_BY = re.compile(
    r"(?:\w[\w,]*\s+(?:that|which)\s+(?:(?:has|have|had|reportedly|also)\s+)*"
    r"(?:kill|claim|le(?:ft|aves)|wound|injur|displac|took|caused)\w*(?:\s+the\s+lives\s+of)?"
    r"(?:\s+(?:at|least|around|about|some|up|to|as|many|more|than|over|nearly|an|estimated))*"
    r"|\b(?:convicted|accused|suspected|guilty|charged)\s+(?:of|with)\s+\w+ing(?:\s+and\s+\w+ing)?"
    r"|\b(?:the|these|those))\s*$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement, figure or event that can answer a question: whose it is, where it stands, what it says."""

    claim_id: str
    kind: str  # statement, quantity, event
    report_id: str
    spans: tuple[Span, ...]
    text: str
    statement: Statement | None
    quantity: Quantity | None
    event: Event | None = None


class Roots:
    """Finds the origin of claims over one pile."""

    def __init__(self, sheets: Sequence[Sheet], reuse: Sequence[Reuse], entities: Sequence[Entity]) -> None:
        self.sheets = {s.report.report_id: s for s in sheets}
        self._reports = {s.report.report_id: s.report for s in sheets}
        self._names = {e.entity_id: e.name for e in entities}
        self._party = {e.entity_id: e.party for e in entities}
        self._groups = {e.entity_id for e in entities if e.type in ("group", "outlet")}
        self._speaking = self._groups | {e.entity_id for e in entities if e.type == "place"}
        self._outlets = {e.entity_id for e in entities if e.type == "outlet"}
        self._places = {e.name: e.entity_id for e in entities if e.type == "place"}
        self._texts = {s.report.report_id: s.report.text for s in sheets}
        self._said = {s.report.report_id: s.statements for s in sheets}
        self._mentions = {s.report.report_id: s.mentions for s in sheets}
        self._families: dict[tuple[str, tuple[Span, ...]], tuple[set[tuple[str, int, int]], list[str]]] = {}
        self._origins: dict[tuple[str, str], Origin] = {}
        self._runs: dict[str, list[tuple[int, int, str, int, Reuse]]] = defaultdict(list)
        for row in reuse:
            self._runs[row.from_report].append((row.from_start, row.from_end, row.to_report, row.to_start, row))
            self._runs[row.to_report].append((row.to_start, row.to_end, row.from_report, row.from_start, row))

    @cached_property
    def called(self) -> Mapping[str, Counter[tuple[str, str]]]:
        """How often the pile calls an entity what: kind and name of its mentions, counted."""
        found: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
        for mention in (m for s in self.sheets.values() for m in s.mentions if m.entity_id and m.name):
            found[mention.entity_id or ""][mention.type, mention.name or ""] += 1
        return found

    def origin(self, claim: Claim) -> Origin:
        """The origin of a claim: its innermost speaker, else the report whose narration it is, copies folded."""
        key = claim.kind, claim.claim_id
        if (known := self._origins.get(key)) is None:
            known = self._origins[key] = self._found(claim)
        return known

    def _found(self, claim: Claim) -> Origin:
        statement = claim.statement
        if statement is None or (claim.quantity is not None and self._in_passing(claim, statement)):
            return self._narration(claim)
        first, folds = self._first_printed(claim, statement)
        if first.speaker and not _vague(first):
            return self._speaker(first, folds)
        return self._narration(claim)

    def party(self, origin: Origin) -> str | None:
        """The name of the group that an origin speaks for; None where that is not known."""
        return self._names.get(origin.party or "")

    def sphere(self, claim: Claim, origin: Origin) -> str | None:
        """What kind of mouth an origin is, by its own words, its party's, or the phrase that names it: see `mouths.sphere`."""
        source = claim.statement.source if claim.statement is not None else None
        phrase = None
        if source is not None and origin.kind == "speaker":
            text = self._texts[claim.report_id]
            before = re.search(r"\w*[ ]?$", text[max(0, source.start - 20) : source.start])
            phrase = (before.group() if before else "") + source.of(text)  # "regime media", of which "media" was read
        return sphere(origin.name) or sphere(self._names.get(origin.party or "")) or sphere(phrase)

    def related(self, one: Claim, other: Claim) -> bool:
        """Whether the reports of two claims share wording: they tell one story, at least in part."""
        return any(other.report_id == run[2] for run in self._runs.get(one.report_id, ()))

    def copied(self, one: Claim, other: Claim) -> bool:
        """Whether the second claim is the first one's wording, printed again in another report."""
        family, _ = self._family(one.report_id, one.spans)
        return any(
            other.report_id == report and any(s.start < end and start < s.end for s in other.spans)
            for report, start, end in family
        )

    def prints(self, claim: Claim) -> list[str]:
        """The other reports that print a claim's wording, sorted."""
        family, _ = self._family(claim.report_id, claim.spans)
        return sorted({report for report, _, _ in family} - {claim.report_id})

    def when(self, claim: Claim) -> tuple[str, str]:
        """The day of a claim's report and its id, for ordering; undated reports come last."""
        return self._reports[claim.report_id].published or "9999", claim.report_id

    def tie(self, one: Claim, other: Claim) -> str | None:
        """The reuse row and span pair that make the second claim a print of the first; None where there is none."""
        if not self.copied(one, other):
            return None
        _, folds = self._family(one.report_id, one.spans)
        return "; ".join(folds) or None

    def _in_passing(self, claim: Claim, statement: Statement) -> bool:
        """Whether a figure only tells which attack somebody speaks of ("condemned a raid that killed 58"): it is the report's."""
        text, at = self._texts[claim.report_id], claim.spans[0].start
        start = max((c.start for c in statement.content if c.start <= at), default=at)
        return bool(TOLD_BY.search(text[start:at]))

    def _first_printed(self, claim: Claim, statement: Statement) -> tuple[Statement, list[str]]:
        """The same words in the earliest report that prints them: a copy may know the speaker less well."""
        family, folds = self._family(claim.report_id, claim.spans)
        for report, start, end in sorted(family, key=lambda f: (self._reports[f[0]].published or "9999", f)):
            for other in self._said[report]:
                if any(c.start < end and start < c.end for c in other.content):
                    return other, folds
        return statement, folds

    def _speaker(self, statement: Statement, folds: Sequence[str] = ()) -> Origin:
        link = statement.chain[-1]
        entity = statement.speaker_entity or link.entity_id or self._holder(statement)
        name = self._names.get(entity or "", statement.speaker or "")
        key = entity or f"{statement.report_id}:{name.lower()}"
        via = [link.name for link in statement.chain[1:-1] if link.name]
        why = f"innermost speaker of the chain{' (through ' + ', '.join(via) + ')' if via and not entity else ''}"
        why += f"; copies folded: {'; '.join(folds)}" if folds else ""
        party = entity if entity in self._speaking else self._party.get(entity or "")
        party = self._places.get(governed_from(name) or "", party)
        if entity is None:
            party = self._named_within(statement.report_id, link)
        return Origin(
            origin_id=content_id("o", "speaker", key),
            kind="speaker",
            name=name,
            entity_id=entity,
            why=why + (f"; speaks for {self._names.get(party, party)}" if party and party != entity else ""),
            party=party,
            named=self._known(entity, name),
        )

    def _holder(self, statement: Statement) -> str | None:
        """The one person whom a report names with the office that describes a speaker: "the governor" is "Governor Irsa"."""
        described = (statement.speaker or "").lower().split()
        if not described or described[0] != "the" or described[-1] not in words("nouns", "title"):
            return None
        text = self._texts[statement.report_id]
        people = (m for m in self._mentions[statement.report_id] if m.type == "person" and m.entity_id)
        held = {m.entity_id for m in people if has_title(text, m, described[-1])}
        return min(held) if len(held) == 1 else None  # type: ignore[type-var]

    def _known(self, entity: str | None, name: str) -> bool:
        """Whether a mouth is known apart; an outlet of no state has its figures from somebody, as a report's own account has."""
        if entity is None:
            return not untold(name)
        return name.lower() not in words("untold") and (entity not in self._outlets or sphere(name) == "power")

    def _named_within(self, report: str, link: Link) -> str | None:
        """The group that a description of a speaker names: "a spokesman for the Front" speaks for the Front."""
        if link.start is None or link.end is None:
            return None
        inside = [m.entity_id for m in self._mentions[report] if link.start <= m.start and m.end <= link.end]
        groups = [e for e in inside if e in self._groups]
        return groups[-1] if groups else None

    def _narration(self, claim: Claim) -> Origin:
        family, folds = self._family(claim.report_id, claim.spans)
        root = min((f[0] for f in family), key=lambda r: (self._reports[r].published or "9999", r))
        report = self._reports[root]
        name = report.outlet or report.path
        why = "the report's own account" + (f"; folded: {'; '.join(folds)}" if folds else "")
        whose = report.outlet or root  # two reports of one outlet are one mouth
        return Origin(origin_id=content_id("o", "document", whose), kind="document", name=name, entity_id=None, why=why)

    def _family(self, report: str, spans: Iterable[Span]) -> tuple[set[tuple[str, int, int]], list[str]]:
        """Where the same stretch stands, through any number of copies, with the span pair of each fold."""
        first = (report, tuple(spans))
        if (known := self._families.get(first)) is not None:
            return known
        family = {(report, span.start, span.end) for span in first[1]}
        todo, folds, seen = sorted(family), [], {report}
        while todo:
            here, start, end = todo.pop()
            over = [run for run in self._runs[here] if run[0] <= start and end <= run[1] + SLACK]
            for a, _, other, other_start, row in over:
                if other not in seen:
                    seen.add(other)
                    folds.append(f"{row.reuse_id} ({row.from_start}-{row.from_end} = {row.to_start}-{row.to_end})")
                    family.add((other, other_start + start - a, other_start + end - a))
                    todo.append((other, other_start + start - a, other_start + end - a))
        self._families[first] = family, sorted(folds)
        return self._families[first]


def untold(speaker: str) -> bool:
    """Whether a description may be of anybody else who is named: "a monitor", "the source", "state media".

    A "police officer" is somebody, if unnamed; "a bomb attack" is nobody.

    >>> untold("a monitoring group"), untold("The Britain-based group"), untold("a police officer"), untold("Hanne Lund")
    (True, True, False, False)
    """
    parts = [w.strip(".,'’\"”").lower() for w in speaker.split()]
    described = bool(parts) and parts[0] in ("a", "an", "the", "this", "these", "some")
    somebody = any(w in words("nouns", "personnoun") or w in words("nouns", "title") for w in parts)
    return any(w in words("untold") for w in parts) or (described and parts[-1] == speaker.split()[-1] and not somebody)


def _vague(statement: Statement) -> bool:
    """Pronouns nobody explains are no origin."""
    name = (statement.speaker or "").lower()
    return statement.speaker_entity is None and name in words("comparing", "pronoun")


def claims(sheets: Sequence[Sheet]) -> list[Claim]:
    """Everything in a pile that may answer a question, in a fixed order: no attitudes, no interview questions."""
    found = []
    for sheet in sorted(sheets, key=lambda s: s.report.report_id):
        held = {s.statement_id: s for s in sheet.statements}
        for s in sheet.statements:
            if s.attitude is None and s.kind != "question":
                found.append(Claim(s.statement_id, "statement", s.report_id, s.content, s.text, s, None))
        for q in sheet.quantities:
            said = held.get(q.statement_id or "")
            found.append(Claim(q.quantity_id, "quantity", q.report_id, (Span(q.start, q.end),), q.text, said, q))
    return found
