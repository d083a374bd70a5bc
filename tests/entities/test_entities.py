"""Names across reports: what is joined, what is kept apart, what is only offered, and who decides."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.entities import Known, resolve
from onrecord.entities.likeness import DOUBTED, JOINED, Named, pairs, weights
from onrecord.entities.sameness import folded
from onrecord.entities.told import bound
from onrecord.entities.wishes import Decision, Wishes, read_wishes
from onrecord.errors import UnreadableReport
from onrecord.records import Mention, Sheet
from tests.conftest import report_of, sheet_of


def known(*texts: str, wishes: Wishes | None = None) -> Known:
    """A few reports, resolved."""
    return resolve([sheet_of(text, name=f"r-{k}") for k, text in enumerate(texts)], wishes)


def ids(found: Known, name: str) -> set[str]:
    """Entities that answer to a name."""
    return {e.entity_id for e in found.entities if folded(name) in {folded(n) for n in (e.name, *e.aliases)}}


def named(text: str, kind: str = "person", reports: str = "r", shorts: str = "") -> Named:
    """A name as the judges of likeness see it."""
    return Named(
        folded(text), text, kind, frozenset(reports.split()), frozenset(), frozenset(folded(s) for s in shorts.split())
    )


FATHER = "Tomas Dovan, the son of Tomas Marek Dovan, said the pass was closed."


def test_a_father_and_a_son_of_nearly_one_name_stay_apart_and_are_no_doubt() -> None:
    found = known(FATHER, "Tomas Marek Dovan said the bridge was old.")
    assert ids(found, "Tomas Dovan").isdisjoint(ids(found, "Tomas Marek Dovan"))
    assert found.doubts == ()


def test_a_role_stands_after_a_name_or_before_it() -> None:
    for text in (
        "The mayor of Tarn, Ilyan Sorrel, said the bridge was open.",
        "Ilyan Sorrel, the mayor of Tarn, said no.",
    ):
        (roles,) = [e.roles for e in known(text).entities if e.name == "Ilyan Sorrel"]
        assert [r.lower() for r in roles] == ["the mayor of tarn"]


def test_a_middle_name_alone_is_a_doubt() -> None:
    (pair,) = pairs([named("Tomas Dovan", reports="a"), named("Tomas Marek Dovan", reports="b")])
    assert DOUBTED <= pair.weight < JOINED


def test_an_article_inside_a_name_is_a_spelling() -> None:
    (pair,) = pairs([named("Hamid al-Oskari"), named("Hamid Oskari")])
    assert pair.weight >= JOINED


def test_two_families_and_two_given_names_share_nothing() -> None:
    assert pairs([named("Pavle Irsa"), named("Milka Irsa"), named("Pavle Sorrel")]) == []


def test_initials_join_where_one_report_has_both_and_nothing_else_fits() -> None:
    long, short = named("Velmara Relief League", "group", "a b"), named("VRL", "group", "b")
    assert pairs([long, short])[0].weight >= JOINED
    rival = named("Varro Rowing League", "group", "b")
    assert pairs([long, named("VRL", "group", "c"), rival])[0].weight < JOINED


def test_a_short_name_needs_the_long_one_in_nearly_all_its_reports() -> None:
    long = named("Kessa Watch for Rivers", "group", "a b c")
    assert pairs([long, named("Watch", "group", "a b")])[0].weight >= JOINED
    assert pairs([long, named("Watch", "group", "d e f a")]) == []


def test_two_names_given_one_short_form_are_one() -> None:
    pair = pairs(
        [
            named("Tesh Liberation Front", "group", "a", shorts="TLF"),
            named("Tesh Liberation Force", "group", "b", shorts="TLF"),
        ]
    )[0]
    assert pair.weight >= JOINED


def test_a_surname_that_everybody_has_joins_nobody() -> None:
    people = [named(f"{letter}{other}rin Dovan", reports=letter + other) for letter in "abcdefgh" for other in "iouae"]
    found = pairs([named("Dovan", reports="z"), *people])
    assert [p for p in found if "dovan" in (p.one, p.other) and p.weight >= DOUBTED] == []
    more = [named(f"{letter}{other}rin Dovan", reports=letter + other) for letter in "klmnpqrst" for other in "iouae"]
    assert [p for p in pairs([named("Dovan", reports="z"), *people, *more]) if "dovan" in (p.one, p.other)] == []


def test_a_decision_wins_over_evidence_and_over_kin_and_the_last_one_stands() -> None:
    apart = Wishes(decisions=(Decision("Hanne Lund", "Hane Lund", "different", "ana", ""),))
    texts = ("Hanne Lund said the hall stood. Hanne Lund left.", "Hane Lund said the hall had gone.")
    assert ids(known(*texts), "Hane Lund") == ids(known(*texts), "Hanne Lund")
    assert ids(known(*texts, wishes=apart), "Hane Lund").isdisjoint(ids(known(*texts, wishes=apart), "Hanne Lund"))
    back = Wishes(decisions=(*apart.decisions, Decision("Hane Lund", "Hanne Lund", "same", "ana", "same voice")))
    assert ids(known(*texts, wishes=back), "Hane Lund") == ids(known(*texts, wishes=back), "Hanne Lund")


def test_a_list_of_names_joins_and_keeps_apart(tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text("name,aliases,not,type\nHanne Lund,The Mayor of Varro; H. Lund,Hane Lund,person\n", "utf-8")
    wishes = read_wishes(names=path)
    assert {(d.other, d.verdict) for d in wishes.decisions} == {
        ("The Mayor of Varro", "same"),
        ("H. Lund", "same"),
        ("Hane Lund", "different"),
    }
    assert ("hanne lund", "person") in wishes.types


@pytest.mark.parametrize("text", ["one,other\na,b\n", "one,other,verdict\na,b,perhaps\n"])
def test_a_log_that_cannot_be_followed_says_where(tmp_path: Path, text: str) -> None:
    path = tmp_path / "log.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(UnreadableReport, match=r"log\.csv"):
        read_wishes(decisions=path)


def test_a_spokesman_speaks_for_the_group_his_role_names() -> None:
    found = known("Pavle Irsa, spokesman of the Tesh Liberation Front, said the pass would stay closed.")
    (person,) = [e for e in found.entities if e.name == "Pavle Irsa"]
    assert person.party in ids(found, "Tesh Liberation Front")


def test_who_used_to_speak_or_only_speaks_about_a_group_has_no_party() -> None:
    found = known(
        "Pavle Irsa, a former spokesman of the Tesh Liberation Front, said the pass would stay closed.",
        "Hanne Lund, a historian of the Tesh Liberation Front, said the pass would stay closed.",
    )
    assert {e.party for e in found.entities if e.type == "person"} == {None}


def test_two_names_with_or_and_one_short_form_are_one_group() -> None:
    found = known("Talks with the Northern League or Harbour Union (HU) have failed, the mayor of Varro said.")
    assert ids(found, "Northern League") == ids(found, "Harbour Union")


@pytest.mark.parametrize(
    "text",
    [
        "Talks with either the Northern League or Harbour Union (HU) have failed, the mayor of Varro said.",
        "Talks with the Northern League or the Harbour Union (HU) have failed, the mayor of Varro said.",
        "Talks with the Northern League or Harbour Union have failed, the mayor of Varro said.",
        "Talks with the Northern League or Harbour Union (HU) have failed.\n\nThe Northern League and the Harbour Union met.",
    ],
)
def test_a_choice_between_two_groups_is_no_second_name(text: str) -> None:
    found = known(text)
    assert ids(found, "Northern League").isdisjoint(ids(found, "Harbour Union"))


def test_a_group_known_by_another_name_is_one_and_a_former_name_is_a_doubt() -> None:
    found = known("The Northern League, also known as the Harbour Union, closed the pass.")
    assert ids(found, "Northern League") == ids(found, "Harbour Union")
    found = known("The Northern League, formerly known as the Harbour Union, closed the pass.")
    assert ids(found, "Northern League").isdisjoint(ids(found, "Harbour Union"))
    assert [d.why.split(",")[0] for d in found.doubts] == ["formerly called"]


INTERVIEW = (
    "Pavle Irsa, a member of the delegation and son of Marek Anton Irsa, spoke in Varro.\n\n"
    "Radio Nine: Your father Marek Irsa met the mayor. What came of it?\n\nPavle Irsa: We talked about the pass.\n\n"
    "Radio Nine: Will it open?\n\nPavle Irsa: We hope so."
)


def test_two_names_of_one_parent_are_one_person_and_not_the_child() -> None:
    found = known(INTERVIEW)
    assert ids(found, "Marek Irsa") == ids(found, "Marek Anton Irsa")
    assert ids(found, "Pavle Irsa").isdisjoint(ids(found, "Marek Irsa"))


def test_spokesmen_of_one_group_who_share_a_rare_name_are_one_but_not_in_one_report() -> None:
    one = "Marek Teshvar, a spokesman for the Harbour Union, said the pass was closed."
    two = "The Harbour Union's spokesman, Teshvar Oskari, said the pass was open."
    found = known(one, two)
    assert ids(found, "Marek Teshvar") == ids(found, "Teshvar Oskari")
    found = known(one + "\n\n" + two)
    assert ids(found, "Marek Teshvar").isdisjoint(ids(found, "Teshvar Oskari"))
    found = known(one, two.replace("Harbour Union", "Northern League"))
    assert ids(found, "Marek Teshvar").isdisjoint(ids(found, "Teshvar Oskari"))


def test_the_valley_is_the_one_that_the_report_names() -> None:
    def names(text: str) -> list[str | None]:
        places = [(w, text.index(w)) for w in ("Kessa", "Lenn", "Valley") if w in text]
        mentions = tuple(
            Mention(mention_id=w, report_id="r-0", start=k, end=k + len(w), text=w, type="place", name=w, entity_id=None, why="")
            for w, k in places
        )  # fmt: skip
        return [m.name for m in bound(Sheet(report=report_of(text), mentions=mentions)).mentions]

    assert names("Rebels hold Kessa valley. The Valley is quiet.") == ["Kessa", "Kessa"]
    assert names("Rebels hold Kessa. The Valley is quiet.") == ["Kessa", "Valley"]
    assert names("Rebels hold Kessa valley and Lenn valley. The Valley is quiet.") == ["Kessa", "Lenn", "Valley"]


def test_a_body_of_a_union_is_not_the_union() -> None:
    found = known("The HU said so. The HU Council met in Varro, and the HU left.")
    assert ids(found, "HU").isdisjoint(ids(found, "HU Council"))


def test_every_weight_is_used_somewhere() -> None:
    source = Path(__file__).parents[2] / "src" / "onrecord" / "entities"
    code = "".join(p.read_text("utf-8") for p in source.glob("*.py"))
    assert [name for name in weights() if f'"{name}"' not in code] == []
