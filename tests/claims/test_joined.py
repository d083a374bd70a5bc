"""What trees add to the rules: each line has its tree written out, so that no model has to be right for it to hold.

A tree is one line of word/TAG/relation>head, heads counted from 0, -1 for the root. Every case here comes out
differently, or not at all, where nothing but the rules reads the report.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.claims.statements import statements
from onrecord.claims.trees import phrase
from onrecord.claims.trees import tree as tree_of
from onrecord.mentions import mentions
from onrecord.passages import passages
from onrecord.records import Reading, Sentence, Sheet, Statement, Word
from tests.conftest import report_of, sheet_of

FAR = (
    "The mayor of Varro, whose house stands beside the bridge that was shut on Monday, has often warned the road is unsafe.",
    "The/DET/det>1 mayor/NOUN/nsubj>19 of/ADP/case>3 Varro/PROPN/nmod>1 ,/PUNCT/punct>7 whose/PRON/nmod:poss>6 "
    "house/NOUN/nsubj>7 stands/VERB/acl:relcl>1 beside/ADP/case>10 the/DET/det>10 bridge/NOUN/obl>7 "
    "that/PRON/nsubj:pass>13 was/AUX/aux:pass>13 shut/VERB/acl:relcl>10 on/ADP/case>15 Monday/PROPN/obl>13 "
    ",/PUNCT/punct>1 has/AUX/aux>19 often/ADV/advmod>19 warned/VERB/root>-1 the/DET/det>21 road/NOUN/nsubj>23 "
    "is/AUX/cop>23 unsafe/ADJ/ccomp>19 ./PUNCT/punct>19",
)
WHO = (
    "Hanne Lund, who told reporters the bridge was shut, left the town.",
    "Hanne/PROPN/nsubj>11 Lund/PROPN/flat>0 ,/PUNCT/punct>4 who/PRON/nsubj>4 told/VERB/acl:relcl>0 "
    "reporters/NOUN/iobj>4 the/DET/det>7 bridge/NOUN/nsubj:pass>9 was/AUX/aux:pass>9 shut/VERB/ccomp>4 ,/PUNCT/punct>0 "
    "left/VERB/root>-1 the/DET/det>13 town/NOUN/obj>11 ./PUNCT/punct>11",
)
AS = (
    "The bridge is shut, as police have said.",
    "The/DET/det>1 bridge/NOUN/nsubj:pass>3 is/AUX/aux:pass>3 shut/VERB/root>-1 ,/PUNCT/punct>8 as/SCONJ/mark>8 "
    "police/NOUN/nsubj>8 have/AUX/aux>8 said/VERB/advcl>3 ./PUNCT/punct>3",
)
CALLED = (
    "Hanne Lund called the bridge a disgrace to the valley.",
    "Hanne/PROPN/nsubj>2 Lund/PROPN/flat>0 called/VERB/root>-1 the/DET/det>4 bridge/NOUN/obj>2 a/DET/det>6 "
    "disgrace/NOUN/xcomp>2 to/ADP/case>9 the/DET/det>9 valley/NOUN/nmod>6 ./PUNCT/punct>2",
)
SANG = (
    '"Nobody will cross the bridge," the crowd sang.',
    '"/PUNCT/punct>3 Nobody/PRON/nsubj>3 will/AUX/aux>3 cross/VERB/ccomp>10 the/DET/det>5 bridge/NOUN/obj>3 '
    ',/PUNCT/punct>3 "/PUNCT/punct>3 the/DET/det>9 crowd/NOUN/nsubj>10 sang/VERB/root>-1 ./PUNCT/punct>10',
)
LETTERS = (
    "In three separate letters, Lund attacked the front, saying it had shut the bridge.",
    "In/ADP/case>3 three/NUM/nummod>3 separate/ADJ/amod>3 letters/NOUN/obl>6 ,/PUNCT/punct>3 Lund/PROPN/nsubj>6 "
    "attacked/VERB/root>-1 the/DET/det>8 front/NOUN/obj>6 ,/PUNCT/punct>10 saying/VERB/advcl>6 it/PRON/nsubj>13 "
    "had/AUX/aux>13 shut/VERB/ccomp>10 the/DET/det>15 bridge/NOUN/obj>13 ./PUNCT/punct>6",
)
PROMISE = (
    "The valley remembers the promise by Hanne Lund that nobody would pay for the bridge.",
    "The/DET/det>1 valley/NOUN/nsubj>2 remembers/VERB/root>-1 the/DET/det>4 promise/NOUN/obj>2 by/ADP/case>6 "
    "Hanne/PROPN/nmod>4 Lund/PROPN/flat>6 that/SCONJ/mark>11 nobody/PRON/nsubj>11 would/AUX/aux>11 pay/VERB/acl>4 "
    "for/ADP/case>14 the/DET/det>14 bridge/NOUN/obl>11 ./PUNCT/punct>2",
)
ASKED = (
    "Lund was asked by Meridian Wire whether the bridge was shut.",
    "Lund/PROPN/nsubj:pass>2 was/AUX/aux:pass>2 asked/VERB/root>-1 by/ADP/case>4 Meridian/PROPN/obl:agent>2 "
    "Wire/PROPN/flat>4 whether/SCONJ/mark>10 the/DET/det>8 bridge/NOUN/nsubj:pass>10 was/AUX/aux:pass>10 "
    "shut/VERB/ccomp>2 ./PUNCT/punct>2",
)
TWICE = (
    "Hanne Lund says the bridge was shut and called the front a gang of thieves.",
    "Hanne/PROPN/nsubj>2 Lund/PROPN/flat>0 says/VERB/root>-1 the/DET/det>4 bridge/NOUN/nsubj:pass>6 was/AUX/aux:pass>6 "
    "shut/VERB/ccomp>2 and/CCONJ/cc>8 called/VERB/conj>2 the/DET/det>10 front/NOUN/obj>8 a/DET/det>12 "
    "gang/NOUN/xcomp>8 of/ADP/case>14 thieves/NOUN/nmod>12 ./PUNCT/punct>2",
)
INSIDE = (
    "Hanne Lund says that Tomas Dovan claims that the bridge is shut.",
    "Hanne/PROPN/nsubj>2 Lund/PROPN/flat>0 says/VERB/root>-1 that/SCONJ/mark>6 Tomas/PROPN/nsubj>6 Dovan/PROPN/flat>4 "
    "claims/VERB/ccomp>2 that/SCONJ/mark>11 the/DET/det>9 bridge/NOUN/nsubj:pass>11 is/AUX/aux:pass>11 "
    "shut/VERB/ccomp>6 ./PUNCT/punct>2",
)
NOUN = (
    "Such party claims that nobody believes have shut the bridge.",
    "Such/ADJ/amod>2 party/NOUN/compound>2 claims/NOUN/nsubj>7 that/PRON/obj>5 nobody/PRON/nsubj>5 "
    "believes/VERB/acl:relcl>2 have/AUX/aux>7 shut/VERB/root>-1 the/DET/det>9 bridge/NOUN/obj>7 ./PUNCT/punct>7",
)

Row = tuple[str | None, str | None, str]
GOLDEN: list[tuple[tuple[str, str], list[Row]]] = [
    (FAR, [("The mayor of Varro", "The mayor of Varro, whose house stands beside the bridge that was shut on Monday", "the road is unsafe")]),
    (WHO, [("Hanne Lund", "who", "the bridge was shut")]),
    (AS, [("police", "police", "The bridge is shut")]),
    (CALLED, [("Hanne Lund", "Hanne Lund", "the bridge a disgrace to the valley")]),
    (SANG, [("the crowd", "the crowd", '"Nobody will cross the bridge,"')]),
    (LETTERS, [("Lund", "Lund", "it had shut the bridge")]),
    (PROMISE, [("Hanne Lund", "Hanne Lund", "nobody would pay for the bridge")]),
    (ASKED, [("Meridian Wire", "Meridian Wire", "whether the bridge was shut")]),
    (TWICE, [("Hanne Lund", "Hanne Lund", "the bridge was shut")]),
    (INSIDE, [("Hanne Lund", "Hanne Lund", "Tomas Dovan claims that the bridge is shut"), ("Tomas Dovan", "Tomas Dovan", "the bridge is shut")]),
    (NOUN, []),
]  # fmt: skip


def sentence_of(text: str, tree: str) -> Sentence:
    """A sentence with the tree written for it."""
    words, at = [], 0
    for cell in tree.split(" "):
        word, tag, place = cell.rsplit("/", 2)
        relation, head = place.split(">")
        at = text.index(word, at)
        words.append(
            Word(
                start=at, end=at + len(word), text=word, lemma=word.lower(), tag=tag, features="_", head=int(head),
                relation=relation,
            )
        )  # fmt: skip
        at += len(word)
    return Sentence(start=words[0].start, end=words[-1].end, words=tuple(words))


def both(text: str, tree: str) -> tuple[tuple[Statement, ...], tuple[Statement, ...]]:
    """The statements with the tree, and by the rules alone."""
    report = report_of(text + "\n\nThe day ended with rain over all of the town and its harbour. It was a Monday.")
    sheet = Sheet(report=report, passages=passages(report))
    sheet = replace(sheet, mentions=mentions(sheet))
    read = replace(sheet, reading=Reading(sentences=(sentence_of(report.text, tree),)))
    return statements(read), statements(sheet)


def rows(found: tuple[Statement, ...], text: str) -> list[Row]:
    """Speaker, source and words of statements."""
    return [(s.speaker, s.source.of(text) if s.source else None, s.text) for s in found]


@pytest.mark.parametrize(("case", "wanted"), GOLDEN)
def test_golden(case: tuple[str, str], wanted: list[Row]) -> None:
    by_tree, by_rule = both(*case)
    got = rows(by_tree, case[0])
    assert [r for r in got if r in wanted] == wanted, got
    assert [r for r in rows(by_rule, case[0]) if r in wanted] != wanted or not wanted
    assert rows(by_rule, case[0]) != got


def test_what_is_said_inside_came_through_the_one_around() -> None:
    (outer, inner), alone = both(*INSIDE)
    assert inner.parent_statement == outer.statement_id
    assert outer.parent_statement is None
    assert [k.name for k in inner.chain] == ["Oskaran Herald", "Hanne Lund", "Tomas Dovan"]
    assert len(alone) == 1


def test_where_both_find_it_the_row_is_surer() -> None:
    (by_tree, *_), (by_rule, *_) = both(*TWICE)
    assert by_tree.confidence > by_rule.confidence
    (lone,), _ = both(*CALLED)
    assert lone.confidence < by_rule.confidence


def test_a_rule_that_a_reading_does_not_bear_out_is_less_sure_than_a_rule_alone() -> None:
    text = "Hanne Lund said the bridge was shut."
    tree = "Hanne/X/dep>2 Lund/X/dep>2 said/VERB/root>-1 the/X/dep>2 bridge/X/dep>2 was/X/dep>2 shut/X/dep>2 ./X/dep>2"
    (read,), (alone,) = both(text, tree)
    assert read.text == alone.text == "the bridge was shut"
    assert (read.confidence, alone.confidence) == (0.7125, 0.855)


def test_an_answer_tells_what_others_said() -> None:
    text = "Wire: Is the bridge open?\n\nLund: The police say that the bridge is shut.\n\nWire: Since when?\n\nLund: Since May."
    tree = (
        "The/DET/det>1 police/NOUN/nsubj>2 say/VERB/root>-1 that/SCONJ/mark>7 the/DET/det>5 bridge/NOUN/nsubj:pass>7 "
        "is/AUX/aux:pass>7 shut/VERB/ccomp>2 ./PUNCT/punct>2"
    )
    report = report_of(text)
    sheet = Sheet(report=report, passages=passages(report))
    inner = [s for s in statements(replace(sheet, reading=Reading(sentences=(sentence_of(text, tree),)))) if s.cue]
    assert [(s.speaker, s.text, [k.name for k in s.chain]) for s in inner] == [
        ("The police", "the bridge is shut", ["Oskaran Herald", "Lund", "The police"])
    ]
    assert [s.text for s in statements(sheet) if s.cue] == ["the bridge is shut"]  # by rules alone, too


WORDS = ("Lund", "said", "that", '"', ",", "the", "bridge", "called", "claims", "asked", "who", "to", "for", "and", ".")
TAGS = ("VERB", "NOUN", "PROPN", "PUNCT", "AUX", "PRON")
RELATIONS = tuple(
    "nsubj ccomp xcomp obj obl advcl conj parataxis acl acl:relcl mark case punct flat nmod:poss obl:agent nsubj:pass".split()
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(TAGS), st.sampled_from(RELATIONS), st.integers(-1, 14)), min_size=1, max_size=15))  # fmt: skip
def test_no_tree_however_wrong_raises_or_misquotes(cells: list[tuple[str, str, str, int]]) -> None:
    text = " ".join(word for word, *_ in cells)
    tree = " ".join(f"{w}/{tag}/{relation}>{min(head, len(cells) - 1)}" for w, tag, relation, head in cells)
    report = report_of(text)
    sheet = Sheet(report=report, passages=passages(report), reading=Reading(sentences=(sentence_of(text, tree),)))
    for statement in statements(sheet):
        assert statement.text == " ".join(s.of(text) for s in statement.content)


def test_a_deed_is_no_word_though_the_verb_could_be_one() -> None:
    text = "Hanne Lund and her men attack the market of Lenna on Mondays."
    tree = (
        "Hanne/PROPN/nsubj>5 Lund/PROPN/flat>0 and/CCONJ/cc>4 her/PRON/nmod:poss>4 men/NOUN/conj>0 attack/VERB/root>-1 "
        "the/DET/det>7 market/NOUN/obj>5 of/ADP/case>9 Lenna/PROPN/nmod>7 on/ADP/case>11 Mondays/PROPN/obl>5 ./PUNCT/punct>5"
    )
    assert both(text, tree) == ((), ())


def test_a_name_before_a_hyphen_only_qualifies() -> None:
    (said,) = sheet_of("The Britain-based observatory said two men had died.").statements
    assert said.speaker == "The Britain-based observatory"


def test_the_day_between_who_and_said_is_no_part_of_who() -> None:
    text = "The Lenna Observers on Monday accused the front of shelling the market."
    tree = (
        "The/DET/det>2 Lenna/PROPN/compound>2 Observers/PROPN/nsubj>5 on/ADP/case>4 Monday/PROPN/nmod>2 accused/VERB/root>-1 "
        "the/DET/det>7 front/NOUN/obj>5 of/ADP/mark>9 shelling/VERB/advcl>5 the/DET/det>11 market/NOUN/obj>9 ./PUNCT/punct>5"
    )
    t = tree_of(sentence_of(text, tree))
    assert t.span(*phrase(t, 2)).of(text) == "The Lenna Observers"


PLEDGED = (
    "The count gave the pledged delegates to the front.",
    "The/DET/det>1 count/NOUN/nsubj>2 gave/VERB/root>-1 the/DET/det>5 pledged/VERB/amod>5 delegates/NOUN/obj>2 "
    "to/ADP/case>8 the/DET/det>8 front/NOUN/obl>2 ./PUNCT/punct>2",
)
ACCUSED = (
    "Dovan was accused by the ministry of burning the mill.",
    "Dovan/PROPN/nsubj:pass>2 was/AUX/aux:pass>2 accused/VERB/root>-1 by/ADP/case>5 the/DET/det>5 "
    "ministry/NOUN/obl:agent>2 of/SCONJ/mark>7 burning/VERB/advcl>2 the/DET/det>9 mill/NOUN/obj>7 ./PUNCT/punct>2",
)
NO_COMMA = (
    "According to Dovan the valley was lost to the rain in May.",
    "According/VERB/case>2 to/ADP/fixed>0 Dovan/PROPN/obl>6 the/DET/det>4 valley/NOUN/nsubj:pass>6 was/AUX/aux:pass>6 "
    "lost/VERB/root>-1 to/ADP/case>9 the/DET/det>9 rain/NOUN/obl>6 in/ADP/case>11 May/PROPN/obl>6 ./PUNCT/punct>6",
)
WRITES = (
    "The trouble, Dovan writes, began in the spring.",
    "The/DET/det>1 trouble/NOUN/nsubj>6 ,/PUNCT/punct>4 Dovan/PROPN/nsubj>4 writes/VERB/acl:relcl>1 ,/PUNCT/punct>1 "
    "began/VERB/root>-1 in/ADP/case>9 the/DET/det>9 spring/NOUN/obl>6 ./PUNCT/punct>6",
)
RETOLD = (
    '"Dovan says that the mill is on fire," Hanne Lund said.',
    '"/PUNCT/punct>2 Dovan/PROPN/nsubj>2 says/VERB/ccomp>13 that/SCONJ/mark>8 the/DET/det>5 mill/NOUN/nsubj>8 is/AUX/cop>8 '
    'on/ADP/case>8 fire/NOUN/ccomp>2 ,/PUNCT/punct>2 "/PUNCT/punct>2 Hanne/PROPN/nsubj>13 Lund/PROPN/flat>11 '
    "said/VERB/root>-1 ./PUNCT/punct>13",
)


def test_a_participle_before_a_noun_reports_nothing() -> None:
    assert both(*PLEDGED)[0] == ()


def test_the_agent_of_a_passive_speaks() -> None:
    (row,), _ = both(*ACCUSED)
    assert (row.speaker, row.text) == ("the ministry", "Dovan of burning the mill")


def test_a_source_without_a_comma_after_it_swallows_nothing() -> None:
    (row,), _ = both(*NO_COMMA)
    assert (row.speaker, row.text) == ("Dovan", "the valley was lost to the rain in May")


def test_a_tag_between_commas_parts_one_clause() -> None:
    (row,), _ = both(*WRITES)
    assert (row.speaker, row.text) == ("Dovan", "The trouble began in the spring")


def test_a_quoted_speaker_passes_on_what_another_says() -> None:
    inner = next(s for s in both(*RETOLD)[0] if s.speaker == "Dovan")
    assert inner.text == "the mill is on fire"
    assert [k.name for k in inner.chain][1:] == ["Hanne Lund", "Dovan"]
    assert inner.parent_statement is not None
