"""How fast the pages of a large ledger come: milliseconds from the request to its last byte, over a socket of this machine.

python -m bench.pages_speed [CLAIMS]      100,000 claims by default; prints the median and the slowest of ROUNDS

The ledger is made up: reports of drawn words, a sixth of them copies, speakers and matters of skewed sizes.
"""

from __future__ import annotations

import http.client
import random
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.pictures import served
from onrecord.ledger.store import Ledger, publish
from onrecord.records import (
    Entity,
    Event,
    Findings,
    Link,
    Matter,
    MatterClaim,
    Mention,
    Origin,
    Passage,
    Place,
    Quantity,
    Report,
    Reuse,
    Run,
    Sheet,
    Span,
    Stand,
    Statement,
)

ROUNDS = 7
A_REPORT = 12  # statements of one report; every second holds a figure, every third an event
WORDS = [
    f"{a}{b}"
    for a in "ba do ke li mu na po ri su te".split()
    for b in "bridge market ridge river gate road hill town".split()
]
VERDICTS = ("contested", "changed", "single-origin", "corroborated", "compatible")


def pile(claims: int) -> Findings:
    """A ledger of so many claims, always the same one."""
    draw = random.Random(9)
    reports = claims // 16
    people = max(20, reports // 3)
    entities = [Entity(entity_id=f"e-{k:06}", name=f"Person {k}", type="person", aliases=(), roles=(), same_why="", party=None) for k in range(people)]  # fmt: skip
    origins = [Origin(origin_id=f"o-{k:06}", kind="speaker", name=f"Person {k}", entity_id=f"e-{k:06}", why="its own words") for k in range(people)]  # fmt: skip
    sheets = tuple(_sheet(draw, k, people) for k in range(reports))
    matters, held = _matters(draw, sheets)
    return Findings(
        run=Run(version="0", settings='{"reading":"none"}', words_hash="0", model_hash=None, code_hash="0", inputs=reports),
        sheets=sheets, entities=tuple(entities), origins=tuple(origins), matters=tuple(matters), claims=tuple(held),
        reuse=tuple(_reuse(draw, sheets)),
    )  # fmt: skip


def _sheet(draw: random.Random, k: int, people: int) -> Sheet:
    here, day = f"r-{k:06}", f"2024-{1 + k % 12:02}-{1 + k % 28:02}"
    lines, spans, at = [], [], 0
    for _ in range(A_REPORT):
        line = " ".join(draw.choices(WORDS, k=24)) + "."
        spans.append((at, at + len(line)))
        lines.append(line)
        at += len(line) + 1
    text = "\n".join(lines)
    outlet = f"Outlet {k % 90}"
    report = Report(
        report_id=here, path=f"{here}.txt", url=None, outlet=outlet, title=None, byline=None, dateline=None,
        published=day, published_why=None, language="en", text=text,
    )  # fmt: skip
    statements, mentions, quantities, events, places, passages = [], [], [], [], [], []
    for n, (a, b) in enumerate(spans):
        who = f"e-{min(int(draw.expovariate(1 / (people / 8))), people - 1):06}"
        name = f"Person {int(who[2:])}"
        chain = [Link(role="outlet", name=outlet), Link(role="speaker", name=name, entity_id=who, start=a, end=a + 4)]
        if n % 5 == 0:
            chain.insert(1, Link(role="relay", name="Wire", entity_id="e-000001", start=a, end=a + 4))
        said = f"s-{k:06}-{n:02}"
        passages.append(Passage(passage_id=f"p-{k:06}-{n:02}", report_id=here, start=a, end=b, role="body"))
        statements.append(
            Statement(
                statement_id=said, report_id=here, content=(Span(start=a, end=b),), text=text[a:b], source=None, cue=None,
                kind="indirect", speaker=name, speaker_entity=who, chain=tuple(chain), parent_statement=None,
                polarity="affirmed", attitude=None, addressee=None, said_from=day, said_to=day, why="made up", confidence=0.9,
            )
        )  # fmt: skip
        mentions.append(Mention(mention_id=f"m-{k:06}-{n:02}", report_id=here, start=a, end=a + 4, text=text[a : a + 4], type="person", name=name, entity_id=who, why="made up"))  # fmt: skip
        if n % 2 == 0:
            quantities.append(
                Quantity(
                    quantity_id=f"q-{k:06}-{n:02}", report_id=here, start=a, end=a + 4, text=text[a : a + 4], low=float(n * 10),
                    high=float(n * 10), exact=True, modifier=None, modifier_start=None, modifier_end=None, unit=None,
                    counted="people", counted_class="killed", scope="whole", subject=None, subject_entity=None, place_id=None,
                    as_of_from=day, as_of_to=day, realis="actual", statement_id=said, why="made up", confidence=0.9,
                )
            )  # fmt: skip
        if n % 3 == 0:
            events.append(
                Event(
                    event_id=f"v-{k:06}-{n:02}", report_id=here, start=a, end=a + 4, text=text[a : a + 4], type="ASSAULT", mode=None,
                    contexts=(), actors=(name,), actor_entities=(who,), actor_spans=(), recipients=(), recipient_entities=(),
                    recipient_spans=(), place_id=None, date_from=day, date_to=day, date_precision="day",
                    realis="actual" if n % 2 else "denied", assertion="claimed",
                    stands=(Stand(role="outlet", name=outlet, assertion="passed on"),), territory=None, statement_id=said,
                    why="made up", confidence=0.8,
                )
            )  # fmt: skip
            places.append(
                Place(
                    place_id=f"m-{k:06}-{n:02}", report_id=here, start=a, end=a + 4, text=text[a : a + 4], name=f"Town {k % 400}",
                    geoname_id=k % 400, country="AF", province="Balkh", lat=36.0 + (k % 20) / 20, lon=66.0 + (k % 30) / 10,
                    radius_km=5.0, precision="point", exact=True, how="made up", confidence=0.9,
                )
            )  # fmt: skip
    return Sheet(
        report=report, passages=tuple(passages), statements=tuple(statements), mentions=tuple(mentions),
        quantities=tuple(quantities), events=tuple(events), places=tuple(places),
    )  # fmt: skip


def _matters(draw: random.Random, sheets: tuple[Sheet, ...]) -> tuple[list[Matter], list[MatterClaim]]:
    """Claims dealt out to matters: most hold a few, some hold hundreds."""
    figures = [(q.quantity_id, "quantity", q.text, s) for sheet in sheets for q in sheet.quantities for s in sheet.statements if s.statement_id == q.statement_id]  # fmt: skip
    said = [(s.statement_id, "statement", None, s) for sheet in sheets for s in sheet.statements]
    matters, held = [], []
    for kind, claims in (("figure", figures), ("statement", said)):
        draw.shuffle(claims)
        while claims:
            taken = [claims.pop() for _ in range(min(len(claims), 2 + int(draw.paretovariate(1.1))))]
            name = f"x-{len(matters):06}"
            reports = len({c[3].report_id for c in taken})
            matters.append(
                Matter(
                    matter_id=name, kind=kind, question=" ".join(draw.choices(WORDS, k=6)) + "?", verdict=VERDICTS[len(matters) % 5],
                    outlets=reports, reports=reports, origins=reports, mouths=reports, low=None, high=None, first="2024-01-01",
                    last="2024-12-28", why="made up",
                )
            )  # fmt: skip
            held += [
                MatterClaim(
                    matter_id=name, claim_id=c, claim_kind=k, origin_id=f"o-{(s.speaker_entity or '')[2:]}", value=value,
                    stance="differs" if n % 3 else "supports", fold="first", fold_why=None,
                )
                for n, (c, k, value, s) in enumerate(taken)
            ]  # fmt: skip
    return matters, held


def _reuse(draw: random.Random, sheets: tuple[Sheet, ...]) -> Iterator[Reuse]:
    for k in range(6, len(sheets), 6):
        one, two = sheets[k - draw.randint(1, 6)].report, sheets[k].report
        yield Reuse(
            reuse_id=f"u-{k:06}", from_report=one.report_id, from_start=0, from_end=150, to_report=two.report_id, to_start=0,
            to_end=150, characters=150, from_share=0.1, to_share=0.1, quoted_share=0.0, in_order=True,
            direction="from-to" if k % 4 else "undirected", parent=None, why="made up",
        )  # fmt: skip


def addresses(ledger: Path) -> dict[str, str]:
    """What is measured: name and address; where there is a choice, the fullest page."""
    with Ledger(ledger) as opened:

        def first(sql: str) -> str:
            return str(opened.db.execute(sql).fetchone()[0])

        largest = first("select matter_id from matter_claims group by matter_id order by count(*) desc")
        middle = first("select matter_id from matters where reports = 4")
        talker = first("select speaker_entity from statements group by 1 order by count(*) desc")
    return {
        "overview": "/", "overview, JSON": "/overview.json", "matters": "/matters", "matters, far leaf": "/matters?page=300",
        "matters, words": "/matters?q=market", "matter of 4 reports": f"/matter/{middle}", "largest matter": f"/matter/{largest}",
        "search reports": "/search?q=babridge+dogate", "search a common word": "/search?q=babridge",
        "search statements": "/search?q=babridge&in=statements", "report": "/report/r-000003", "reports": "/reports",
        "people": "/people", "person who says most": f"/who/{talker}", "statements": "/statements?speaker=Person+3",
        "events": "/events", "story": "/story", "places": "/places", "lineage": "/lineage", "export": "/export?table=statements", "run": "/run",
    }  # fmt: skip


def measure(address: str, path: str) -> tuple[float, float, int]:
    """Median and slowest milliseconds of ROUNDS requests, and the bytes of one."""
    taken, size = [], 0
    for _ in range(ROUNDS):
        connection = http.client.HTTPConnection(address.removeprefix("http://"))
        start = time.perf_counter()
        connection.request("GET", path)
        answer = connection.getresponse()
        size = len(answer.read())
        taken.append((time.perf_counter() - start) * 1000)
        assert answer.status == 200, (path, answer.status)
        connection.close()
    return statistics.median(taken), max(taken), size


def main(claims: int) -> None:
    """Makes the ledger and prints one line a page."""
    with TemporaryDirectory() as folder:
        ledger = Path(folder) / "ledger.db"
        publish(ledger, pile(claims))
        with Ledger(ledger) as opened:
            tables = ("matter_claims", "matters", "statements", "reports", "entities")
            counts = {t: opened.db.execute(f"select count(*) from {t}").fetchone()[0] for t in tables}
        print(", ".join(f"{n:,} {t}" for t, n in counts.items()), f"{ledger.stat().st_size / 1e6:.0f} MB")
        with served(ledger) as address:
            measure(address, "/api")  # the templates are read at the first page
            for name, path in addresses(ledger).items():
                middle, most, size = measure(address, path)
                print(f"{name:24}{middle:8.0f} ms{most:8.0f} ms{size / 1000:9.0f} kB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 100_000)
