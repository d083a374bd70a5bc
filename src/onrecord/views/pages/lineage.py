"""Who copied whom: families of reports that share wording, each as a picture and as a tree, with the passages for every edge."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from onrecord.views.pages.asked import Asked
from onrecord.views.pages.shelf import Row, Shelf, leaf_of
from onrecord.views.pages.tree import Drawn, drawn

FAMILIES = 5  # on one leaf
EVIDENCE = 60  # pairs of one family whose passages stand on the page; more are counted
QUOTED = 0.9  # wording shared to this share inside quotation marks is a shared statement, and no copying
PAIRS = """select from_report, to_report, sum(characters) as characters, sum(to_end - to_start) as to_characters,
  sum(characters * quoted_share) / sum(characters) as quoted, max(direction = 'from-to') as known,
  max(from_share) as from_share, max(to_share) as to_share, min(why) as why, max(parent) as parent, count(*) as runs
  from reuse group by from_report, to_report order by characters desc, from_report, to_report"""
AGENCY = "agency:"  # before the name of an agency among the names of reports


@dataclass(slots=True)
class Family:
    """Reports tied by shared wording, and the pairs that tie them."""

    reports: set[str] = field(default_factory=set)
    pairs: list[Row] = field(default_factory=list)


def page(shelf: Shelf, asked: Asked) -> Row:
    """What lineage.html shows: families, largest first."""
    families = _families(shelf.all(PAIRS))
    leaf = leaf_of(asked, len(families), FAMILIES)
    shown = families[leaf["skip"] : leaf["skip"] + leaf["take"]]
    linked = sum(len(f.reports) for f in families)
    return {
        "leaf": leaf,
        "families": [_family(shelf, f, asked.whole) for f in shown],
        "alone": shelf.count("select count(*) from reports") - linked,
    }


def _families(pairs: list[Row]) -> list[Family]:
    of: dict[str, Family] = {}
    for pair in pairs:
        one, two = (of.setdefault(r, Family({r})) for r in (pair["from_report"], pair["to_report"]))
        if one is not two:
            one, two = sorted((one, two), key=lambda f: -len(f.reports))
            one.reports |= two.reports
            one.pairs += two.pairs
            of.update(dict.fromkeys(two.reports, one))
        one.pairs.append(pair)
    found = {id(f): f for f in of.values()}.values()
    return sorted(found, key=lambda f: (-len(f.reports), min(f.reports)))


def _family(shelf: Shelf, family: Family, whole: bool) -> Row:
    briefs = {r: shelf.brief(r) for r in family.reports}
    order = sorted(briefs, key=lambda r: (briefs[r]["published"] or "9999", r))
    pairs = sorted(family.pairs, key=lambda p: (-p["characters"], p["from_report"], p["to_report"]))
    agencies = sorted({p["parent"] for p in pairs if p["parent"]})
    roots = _roots(order, pairs)
    picture = drawn(order, agencies, pairs, QUOTED)
    shown = pairs if whole else pairs[:EVIDENCE]
    return {
        "family_id": f"f-{order[0]}",
        "reports": [briefs[r] for r in order],
        "origins": len(roots),
        "roots": [r.removeprefix(AGENCY) if r.startswith(AGENCY) else briefs[r]["label"] for r in roots],
        "tree": _named(picture, briefs),
        "pairs": [_pair(shelf, p, briefs) for p in shown],
        "more": len(pairs) - len(shown),
        "drawn": picture,
    }


def _roots(order: list[str], pairs: list[Row]) -> list[str]:
    """Reports and agencies that copy nobody here. Reports of an unknown order, or of one agency, are one root."""
    leader = {r: r for r in order}

    def lead(r: str) -> str:
        while leader.setdefault(r, r) != r:
            r = leader[r]
        return r

    copying = [p for p in pairs if p["quoted"] < QUOTED]
    for p in copying:
        if not p["known"]:
            one, two = sorted((lead(p["from_report"]), lead(p["to_report"])), key=order.index)
            leader[two] = one
    later = {lead(p["to_report"]) for p in copying if p["known"] and lead(p["from_report"]) != lead(p["to_report"])}
    agencies: dict[str, set[str]] = defaultdict(set)
    for p in pairs:
        for name in filter(None, (p["parent"] or "").split(", ")):
            agencies[AGENCY + name] |= {lead(p["from_report"]), lead(p["to_report"])}
    fed = set().union(*agencies.values()) if agencies else set()
    roots = [r for r in order if lead(r) == r and r not in later and r not in fed]
    return [*sorted(agencies), *roots]


def _named(picture: Drawn, briefs: dict[str, Row]) -> list[Row]:
    """The tree in lines: depth, report or agency, and the pair that ties it to the line it hangs on."""
    lines = []
    for node in picture.nodes:
        report = briefs.get(node.name)
        lines.append(
            {
                "depth": node.depth,
                "report": report,
                "agency": None if report else node.name,
                "tie": node.tie,
                "pair": node.pair,
            }
        )
    return lines


def _pair(shelf: Shelf, pair: Row, briefs: dict[str, Row]) -> Row:
    """Two reports with what they share, side by side."""
    one, two = shelf.report(pair["from_report"])["text"], shelf.report(pair["to_report"])["text"]
    runs = shelf.all(
        "select * from reuse where from_report = ? and to_report = ? order by from_start",
        pair["from_report"],
        pair["to_report"],
    )
    sides = [
        {**r, "left": one[r["from_start"] : r["from_end"]], "right": two[r["to_start"] : r["to_end"]]} for r in runs
    ]
    return {
        **pair,
        "from": briefs[pair["from_report"]],
        "to": briefs[pair["to_report"]],
        "statement": pair["quoted"] >= QUOTED,
        "runs": sides,
    }
