"""Scores a build against hand-made gold: statements, speakers, chains, figures, events, matters, copies.

    python bench/score.py examples/velmara examples/velmara-gold [--misses]

Rules. A gold statement is found by the statement of the same report with the highest character Dice, if at least one
half; each prediction serves once. Right speaker: the names resolve to one entity of entities.json, or share half of
their words. Right chain: right speaker and the same relays in order. What gold calls optional costs nothing. A figure is
found when spans meet and low and high are equal (an open low may be one more). A matter is found when one matter holds
half of its claims (two at least) and no more strangers than claims. A gold event is found by an event of the same report
whose trigger overlaps, the same type first, each event once; type, actors, recipients and realis are shares of those
found (one right name is enough, and what gold leaves open is not asked). `acts` is the share of gold's other realis that
no overlapping event of the same type writes as actual.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from onrecord.pipeline import build
from onrecord.records import Event, Findings, Span, Statement
from onrecord.reports import read

Gold = dict[str, Any]


@dataclass(slots=True)
class Score:
    """Figures by name (0 to 1), and a line for everything missed."""

    figures: dict[str, float] = field(default_factory=dict)
    misses: list[str] = field(default_factory=list)


def score(findings: Findings, gold: Path) -> Score:
    """All figures of a build against a gold folder."""
    result = Score()
    names = _names(json.loads((gold / "entities.json").read_text(encoding="utf-8")))
    _statements(findings, _lines(gold / "statements.jsonl"), names, result)
    _quantities(findings, _lines(gold / "quantities.jsonl"), result)
    _events(findings, _lines(gold / "events.jsonl"), names, result)
    _matters(findings, json.loads((gold / "matters.json").read_text(encoding="utf-8")), result)
    _copies(findings, json.loads((gold / "reuse.json").read_text(encoding="utf-8"))["copied"], result)
    return result


def _lines(path: Path) -> list[Gold]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def _words(name: str | None) -> frozenset[str]:
    plain = "".join(c if c.isalnum() else " " for c in (name or "").lower())
    return frozenset(plain.split()) - {"the", "a", "an"}


def _names(entities: list[Gold]) -> dict[frozenset[str], str]:
    return {_words(form): e["name"] for e in entities for form in (e["name"], *e["aliases"])}


def _same(gold: str | None, got: str | None, names: dict[frozenset[str], str]) -> bool:
    one, two = _words(gold), _words(got)
    if not one or not two:
        return one == two
    if one in names or two in names:
        return names.get(one) == names.get(two)
    return 2 * len(one & two) >= 0.5 * (len(one) + len(two))


def _characters(spans: Any) -> set[int]:
    pairs = ((s.start, s.end) if isinstance(s, Span) else s for s in spans)
    return {k for start, end in pairs for k in range(start, end)}


def _dice(a: set[int], b: set[int]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0


def _statements(findings: Findings, gold: list[Gold], names: dict[frozenset[str], str], result: Score) -> None:
    made = [(s.report.path, x) for s in findings.sheets for x in s.statements if x.attitude is None]
    match = pair(gold, made)
    must = [k for k, g in enumerate(gold) if not g["optional"]]
    used = set(match.values())
    extra = [x for j, (_, x) in enumerate(made) if j not in used]
    right = [k for k in must if k in match and _same(gold[k]["speaker"], made[match[k]][1].speaker, names)]
    chains = [k for k in right if _relays_right(gold[k]["relays"], made[match[k]][1], names)]
    total = sum(k in match for k in must) + len(extra)
    for name, hits in (("statements", [k for k in must if k in match]), ("speakers", right), ("chains", chains)):
        result.figures[name] = round(2 * len(hits) / (total + len(must)), 4)
    wrong = [k for k in must if k not in chains]
    result.misses += [f"statement {gold[k]['doc']} {gold[k]['speaker']}: {gold[k]['text'][0][:70]}" for k in wrong]
    result.misses += [f"extra {x.speaker}: {x.text[:70]}" for x in extra]


def pair(gold: list[Gold], made: list[tuple[str | None, Statement]]) -> dict[int, int]:
    """Gold statements to predictions, best Dice first, each once."""
    sets = [_characters(x.content) for _, x in made]
    found = [
        (_dice(_characters(g["content"]), sets[j]), k, j)
        for k, g in enumerate(gold)
        for j, (path, _) in enumerate(made)
        if path == g["doc"]
    ]
    match: dict[int, int] = {}
    for dice, k, j in sorted(found, key=lambda f: (-f[0], f[1], f[2])):
        if dice >= 0.5 and k not in match and j not in match.values():
            match[k] = j
    return match


def _relays_right(gold: list[str], statement: Statement, names: dict[frozenset[str], str]) -> bool:
    got = [link.name for link in statement.chain if link.role == "relay"]
    return len(gold) == len(got) and all(_same(a, b, names) for a, b in zip(gold, got, strict=True))


def _quantities(findings: Findings, gold: list[Gold], result: Score) -> None:
    made = [(s.report.path, q) for s in findings.sheets for q in s.quantities]
    found = [
        g
        for g in gold
        if any(
            path == g["doc"]
            and q.start < g["span"][1]
            and g["span"][0] < q.end
            and q.low in (g["low"], g["low"] + 1)
            and q.high == g["high"]
            for path, q in made
        )
    ]
    result.figures["quantities"] = round(len(found) / len(gold), 4)
    result.misses += [f"figure {g['doc']}: {g['text']}" for g in gold if g not in found]


def _events(findings: Findings, gold: list[Gold], names: dict[frozenset[str], str], result: Score) -> None:
    made = [(s.report.path, e) for s in findings.sheets for e in s.events]
    near = [
        (e.type == g["type"], k, j)
        for k, g in enumerate(gold)
        for j, (path, e) in enumerate(made)
        if path == g["doc"] and e.start < g["span"][1] and g["span"][0] < e.end
    ]
    match: dict[int, Event] = {}
    used: set[int] = set()
    for _, k, j in sorted(near, key=lambda n: (not n[0], gold[n[1]]["optional"], n[1], n[2])):
        if k not in match and j not in used:
            match[k] = made[j][1]
            used.add(j)
    must = [k for k, g in enumerate(gold) if not g["optional"]]
    found = [k for k in must if k in match]
    extra = [e for j, (_, e) in enumerate(made) if j not in used and not any(n[2] == j for n in near)]
    result.figures["events"] = round(2 * len(found) / max(1, len(found) + len(extra) + len(must)), 4)
    for figure, right in _event_shares(gold, match, names).items():
        asked = [k for k in found if figure not in ("actors", "recipients") or gold[k][figure]]
        result.figures[f"event {figure}"] = round(sum(right(k) for k in asked) / max(1, len(asked)), 4)
        result.misses += [f"event {figure} {gold[k]['doc']} {gold[k]['text']}" for k in asked if not right(k)]
    unreal = [k for k, g in enumerate(gold) if g["realis"] != "actual"]
    false = {
        k for _, k, j in near if k in unreal and made[j][1].realis == "actual" and made[j][1].type == gold[k]["type"]
    }
    result.figures["acts"] = round(1 - len(false) / max(1, len(unreal)), 4) if made else 0.0
    result.misses += [f"event missed {gold[k]['doc']} {gold[k]['text']}" for k in must if k not in match]
    result.misses += [f"event extra {e.type} {e.realis} {e.text}" for e in extra]
    result.misses += [f"event written as actual: {gold[k]['doc']} {gold[k]['text']}" for k in sorted(false)]


def _event_shares(
    gold: list[Gold], match: dict[int, Event], names: dict[frozenset[str], str]
) -> dict[str, Callable[[int], bool]]:
    def cast(k: int, role: str) -> bool:
        return any(_same(g, name, names) for g in gold[k][role] for name in getattr(match[k], role))

    return {
        "type": lambda k: bool(match[k].type == gold[k]["type"]),
        "realis": lambda k: bool(match[k].realis == gold[k]["realis"]),
        "actors": lambda k: cast(k, "actors"),
        "recipients": lambda k: cast(k, "recipients"),
    }


def _matters(findings: Findings, gold: list[Gold], result: Score) -> None:
    where: dict[str, tuple[str | None, set[int]]] = {}
    for sheet in findings.sheets:
        where |= {x.statement_id: (sheet.report.path, _characters(x.content)) for x in sheet.statements}
        where |= {q.quantity_id: (sheet.report.path, set(range(q.start, q.end))) for q in sheet.quantities}
        where |= {e.event_id: (sheet.report.path, set(range(e.start, e.end))) for e in sheet.events}
    right = 0
    for g in gold:
        need = [(c["doc"], set(range(*c["span"]))) for c in g["claims"]]
        held = [(n, m.matter_id, m) for m in findings.matters if (n := _holds(findings, m.matter_id, need, where))]
        best = max(held)[2] if held else None
        if best is not None and (best.verdict, best.origins) == (g["verdict"], g["origins"]):
            right += 1
        else:
            got = f"{best.verdict}, {best.origins} origins" if best else "not found"
            result.misses.append(f"matter {g['id']} ({g['verdict']}, {g['origins']}): {got}")
    result.figures["matters"] = round(right / len(gold), 4)


def _holds(
    findings: Findings,
    matter: str,
    need: list[tuple[str, set[int]]],
    where: dict[str, tuple[str | None, set[int]]],
) -> int:
    """How many of the gold's claims a matter holds; 0 when they are too few or strangers outnumber them."""
    got = [where[c.claim_id] for c in findings.claims if c.matter_id == matter]
    inside = sum(any(doc == d and span & s for d, s in got) for doc, span in need)
    strangers = sum(not any(doc == d and span & s for doc, span in need) for d, s in got)
    return inside if inside >= max(2, (len(need) + 1) // 2) and strangers <= inside else 0


def _copies(findings: Findings, gold: list[list[str]], result: Score) -> None:
    path = {s.report.report_id: s.report.path for s in findings.sheets}
    made = {tuple(sorted((path[r.from_report] or "", path[r.to_report] or ""))) for r in findings.reuse}
    wanted = {tuple(sorted(pair)) for pair in gold}
    result.figures["copies"] = round(2 * len(made & wanted) / (len(made) + len(wanted)), 4) if made or wanted else 1.0
    result.misses += [f"copies: {p}" for p in sorted(made ^ wanted)]


def main() -> None:
    """Prints the figures of a folder of reports against its gold."""
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    result = score(build(read([sys.argv[1]]).reports), Path(sys.argv[2]))
    for name, value in result.figures.items():
        print(f"{name:17} {value:.3f}")
    if "--misses" in sys.argv:
        print(*result.misses, sep="\n")


if __name__ == "__main__":
    main()
