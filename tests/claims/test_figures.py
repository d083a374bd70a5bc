"""What figures count: golden rows, one sentence each; a figure that no ledger wants is in brackets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.claims.quantities.counted import one_of
from onrecord.claims.quantities.figure import wanted
from onrecord.claims.quantities.figures import figures, question_of
from onrecord.claims.quantities.sight import Sight
from onrecord.text.tables import words

# Sentence; then text, class and noun of each figure.
GOLDEN: list[tuple[str, list[tuple[str, str, str | None]]]] = [
    ("The ministry said 14 people were killed and 40 were wounded.",
     [("14 people", "killed", "people"), ("40", "wounded", "people")]),
    ("“We have received 31 dead,” she said.", [("31 dead", "killed", "dead")]),
    ("It raised its count of the dead in Lenna to 29.", [("29", "killed", None)]),
    ("The death toll rose from 14 to 29.", [("14", "killed", None), ("29", "killed", None)]),
    ("60 rebels were killed in Orm and 45 in Kessa.", [("60 rebels", "killed", "rebels"), ("45", "killed", "rebels")]),
    ("Shelling killed three soldiers and two porters and wounded at least 12 others, including four children.",
     [("three soldiers", "killed", "soldiers"), ("two porters", "killed", "porters"),
      ("at least 12 others", "wounded", "porters"), ("four children", "wounded", "children")]),
    ("Three soldiers and two porters were killed.",
     [("Three soldiers", "killed", "soldiers"), ("two porters", "killed", "porters")]),
    ("The blast left 35 people, including 22 children, dead.",
     [("35 people", "killed", "people"), ("22 children", "killed", "children")]),
    ("Those killed in the market include 14 children and four women.",
     [("14 children", "killed", "children"), ("four women", "killed", "women")]),
    ("22 children had been killed along with six teachers.",
     [("22 children", "killed", "children"), ("six teachers", "killed", "teachers")]),
    ("The war claimed 280,000 lives.", [("280,000 lives", "killed", "lives")]),
    ("Forty fighters killed two villagers.", [("Forty fighters", "fighters", "fighters"), ("two villagers", "killed", "villagers")]),
    ("Blast in Lenna Kills 12, Wounds 30", [("12", "killed", None), ("30", "wounded", None)]),
    ("Some 300 fled; 2,000 were arrested.", [("Some 300", "displaced", None), ("2,000", "detained", None)]),
    ("Hundreds gathered and thousands were forced to flee the town.",
     [("Hundreds", "people", None), ("thousands", "displaced", None)]),
    ("More than 1,000 displaced people came.", [("More than 1,000 displaced people", "displaced", "displaced people")]),
    ("One policeman was killed one day.", [("One policeman", "killed", "policeman"), ("[one day]", "duration", None)]),
    ("He has a force of 8,000 people.", [("8,000 people", "fighters", "people")]),
    ("They have 6,500 armed people.", [("6,500 armed people", "fighters", "armed people")]),
    ("Dozens of recruits and hundreds of its fighters wait.",
     [("Dozens of recruits", "fighters", "recruits"), ("hundreds of its fighters", "fighters", "fighters")]),
    ("Hundreds of Interior and Border guards are there.",
     [("Hundreds of Interior and Border guards", "fighters", "Interior and Border guards")]),
    ("They took three districts and 40 armoured vehicles, up from 12.",
     [("three districts", "places", "districts"), ("40 armoured vehicles", "vehicles", "armoured vehicles"),
      ("12", "vehicles", "armoured vehicles")]),
    ("They attacked from six sides, and the two sides met three times.",
     [("six sides", "attacks", "sides"), ("[two sides]", "abstract", "sides"), ("[three times]", "abstract", "times")]),
    ("Two sides met the two men.", [("[Two sides]", "abstract", "sides"), ("[two men]", "people", "men")]),
    ("A third of the fighters and 60 percent of the homes were gone.",
     [("A third of the fighters", "share", "fighters"), ("60 percent", "share", "homes")]),
    ("Dovan, 32, and the 46-year-old mayor, aged 40 and 45", [("32", "age", None), ("46-year-old", "age", None), ("40", "age", None), ("45", "age", None)]),
    ("Hanne Lund (46) and two boys ranging in age from 12 to 14", [("46", "age", None), ("two boys", "people", "boys"), ("12 to 14", "age", None)]),
    ("He lives at 17 Harbour Place.", []),
    ("She was 35 when the war began.", [("35", "age", None)]),
    ("It fell two days ago, in five hours.", [("[two days]", "duration", None), ("five hours", "duration", None)]),
    ("In the last 20 years the front grew.", [("last 20 years", "duration", None)]),
    ("It flew 40 sorties a day.", [("40 sorties a day", "attacks", "sorties")]),
    ("The road is 210 km (131 miles) long.", [("210 km", "distance", None), ("[131 miles]", "conversion", None)]),
    ("A 7- or 8-inch pipe", [("7", "distance", None), ("8-inch", "distance", None)]),
    ("One of the 20 hostages was freed.", [("[One]", "detained", "hostages"), ("20 hostages", "detained", "hostages")]),
    ("3 of the 25 porters were killed.", [("3", "killed", "porters"), ("25 porters", "thing", "porters")]),
    ("A 12-member council met.", [("12-member", "people", "member")]),
    ("They won 9-2.", [("[9-2]", "score", None)]),
    ("In 2009 the front had 2009 fighters.", [("2009 fighters", "fighters", "fighters")]),
    ("Channel Nine and the Ardin 500 reported before the 2011 civil war on a 2019 Camp Orm Accord.", []),
    ("They executed 15 detainees and freed 20 hostages.", [("15 detainees", "killed", "detainees"), ("20 hostages", "detained", "hostages")]),
    ("Six women were among at least 22 people killed.", [("Six women", "killed", "women"), ("at least 22 people", "killed", "people")]),
    ("Three U.N. officials met 40 Serbs.", [("Three U.N. officials", "people", "U.N. officials"), ("40 Serbs", "people", "Serbs")]),
    ("At least 10 civilians were killed, including five children.", [("At least 10 civilians", "killed", "civilians"), ("five children", "killed", "children")]),
    ("In Lenna 12 were killed.", [("12", "killed", None)]),
    ("40 houses or more burned.", [("40 houses or more", "buildings", "houses")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "rows"), GOLDEN, ids=lambda x: x if isinstance(x, str) else "")
def test_figures(text: str, rows: list[tuple[str, str, str | None]]) -> None:
    made = []
    for f in figures(Sight(text, 0)):
        words = text[f.start : f.end]
        made.append((words if wanted(text, f) else f"[{words}]", f.kind, f.counted))
    assert made == rows


def test_a_hedge_after_the_noun_counts() -> None:
    (found,) = figures(Sight("40 houses or more burned.", 0))
    assert (found.amount.low, found.amount.high, found.amount.exact) == (40, None, False)


def test_an_answer_counts_what_the_question_asks() -> None:
    asked = question_of("How many fighters do you have?")
    assert asked == ("fighters", "fighters")
    (found,) = figures(Sight("The ministry says we have 1,500, let them count.", 0), asked)
    assert (found.counted, found.kind) == ("fighters", "fighters")
    assert question_of("Why do you stay?") is None


@pytest.mark.parametrize(
    ("many", "one"), [("armed men", "armed man"), ("families", "family"), ("boxes", "box"), ("police", "police")]
)
def test_one_of(many: str, one: str) -> None:
    assert one_of(many) == one


def test_every_class_is_in_the_table_of_classes() -> None:
    known = words("classes")
    for name, column in (("counted", "kind"), ("units", "kind"), ("harm", "class")):
        from onrecord.text.tables import table

        assert {row[column] for row in table(name)} <= known, name


@given(st.text(max_size=100))
def test_any_text_gives_figures_inside_it(text: str) -> None:
    for f in figures(Sight(text, 0)):
        assert 0 <= f.start < f.end <= len(text)
        assert f.kind in words("classes")
