"""The log: it only grows, nothing is lost, whoever reads a copy of it sees one state."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import BadDecision, CannotWrite
from onrecord.ledger.decisions.exchange import as_csv, as_json_lines, read_entries
from onrecord.ledger.decisions.log import Log, identified
from onrecord.ledger.decisions.replay import disputes, in_order, live, standing, standing_entries
from onrecord.records import Anchor, Judgement

WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)
ANCHORS = st.builds(
    Anchor, report_id=st.sampled_from(["r-1", "r-2"]), start=st.integers(0, 50), end=st.integers(51, 99),
    quote=WORDS, prefix=st.text(max_size=3), suffix=st.just(""),
)  # fmt: skip


@st.composite
def entries(draw: st.DrawFn) -> list[Judgement]:
    """A log: acts of two people on a few rows, some of them undos of earlier entries, of undos too."""
    made: list[Judgement] = []
    for seq in range(draw(st.integers(0, 12))):
        who = draw(st.sampled_from(["ana", "ben"]))
        if made and draw(st.booleans()):
            made.append(
                identified(Judgement(seq=seq, who=who, act="undo", undoes=draw(st.sampled_from(made)).judgement_id))
            )
        else:
            act = draw(st.sampled_from(["accept", "reject", "unsure", "correct"]))
            field, new = ("speaker", draw(st.none() | WORDS)) if act == "correct" else (None, None)
            row = draw(st.sampled_from(["s-1", "s-2", "s-3"]))
            made.append(
                identified(
                    Judgement(
                        seq=seq, who=who, when="2024-03-05T10:00:00.000+00:00", act=act, row_table="statements", row_id=row,
                        field=field, new=new, anchor=draw(st.none() | ANCHORS), reason=draw(st.none() | WORDS),
                    )
                )
            )  # fmt: skip
    return made


def act(row: str = "s-1", who: str = "ana", what: str = "accept") -> Judgement:
    """One act, not yet in a log."""
    return Judgement(who=who, act=what, row_table="statements", row_id=row)


@given(entries(), st.randoms())
def test_state_is_a_function_of_the_set_of_entries(log: list[Judgement], chance: object) -> None:
    shuffled = [*log, *log[:3]]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert live(shuffled) == live(log)
    assert standing(live(shuffled)) == standing(live(log))
    assert disputes(live(shuffled)) == disputes(live(log))


@given(entries())
def test_an_undo_and_its_undo_leave_the_state_as_it_was(log: list[Judgement]) -> None:
    for entry in live(log):
        undo = identified(Judgement(seq=100, who="ana", act="undo", undoes=entry.judgement_id))
        again = identified(Judgement(seq=101, who="ana", act="undo", undoes=undo.judgement_id))
        assert entry not in live([*log, undo])
        assert set(live(log)) - set(live([*log, undo])) == {entry}
        assert live([*log, undo, again]) == live(log)


@given(entries())
def test_everything_can_be_taken_back(log: list[Judgement]) -> None:
    undone = [
        identified(Judgement(seq=200 + k, who="ana", act="undo", undoes=e.judgement_id))
        for k, e in enumerate(live(log))
    ]
    assert live([*log, *undone]) == ()


@given(entries(), entries())
@settings(max_examples=50)
def test_logs_put_together_in_any_order_give_one_state(one: list[Judgement], two: list[Judgement]) -> None:
    assert in_order([*one, *two]) == in_order([*two, *one, *one])
    assert standing(live([*one, *two])) == standing(live([*two, *one]))


@given(log=entries())
@settings(max_examples=60)
def test_text_carries_every_entry(log: list[Judgement], tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("text")
    for name, text in (("l.jsonl", as_json_lines(log)), ("l.csv", as_csv(log))):
        (folder / name).write_bytes(text.encode())
        assert read_entries(folder / name) == tuple(log), name


def test_a_file_takes_another_log_in_once(tmp_path: Path) -> None:
    ana, ben = Log(tmp_path / "ana.db"), Log(tmp_path / "ben.db")
    ana.write([act("s-1"), act("s-2")], batch=True)
    ben.write([act("s-1", "ben", "reject")])
    assert (ana.merge(ben.acts()), ana.merge(ben.acts()), ben.merge(ana.acts())) == (1, 0, 2)
    assert ana.acts() == ben.acts()
    assert len(disputes(live(ana.acts()))) == 1


def test_a_clock_that_jumps_back_keeps_the_order(tmp_path: Path) -> None:
    times = iter([5_000_000, 5_000_000, 4_000_000, 4_000_000, 1, 1])
    log = Log(tmp_path / "l.db", clock=lambda: next(times))
    made = [log.write([act("s-1", what=w)])[0] for w in ("accept", "reject", "unsure")]
    assert log.acts() == tuple(made)
    assert [e.seq for e in made] == [5_000_000, 5_000_001, 5_000_002]
    assert standing(live(log.acts()))["verdict", "statements", "s-1"].act == "unsure"


def test_nothing_is_changed_or_removed_behind_our_back(tmp_path: Path) -> None:
    log = Log(tmp_path / "l.db")
    log.write([act()])
    db = sqlite3.connect(tmp_path / "l.db")
    for sql in ("update acts set act = 'reject'", "delete from acts"):
        with pytest.raises(sqlite3.IntegrityError, match="only grows"):
            db.execute(sql)
    db.close()
    text = as_json_lines(log.acts()).replace('"accept"', '"reject"')
    (tmp_path / "changed.jsonl").write_text(text)
    with pytest.raises(BadDecision, match="not what was decided"):
        read_entries(tmp_path / "changed.jsonl")


def test_undo_goes_back_stroke_by_stroke_without_end_and_after_a_restart(tmp_path: Path) -> None:
    log = Log(tmp_path / "l.db")
    log.write([act("s-1")])
    log.write([act(f"s-{k}") for k in range(2, 52)], batch=True)
    log.write([act("s-1", "ben", "reject")])
    assert len(live(log.acts())) == 52
    again = Log(tmp_path / "l.db")  # another process
    assert len(again.undo("ana")) == 50
    assert {e.row_id for e in live(again.acts())} == {"s-1"}
    back = again.undo("ana")
    assert again.undo("ana") == ()
    assert [e.who for e in live(again.acts())] == ["ben"]
    assert len(again.acts()) == 52 + 50 + 1
    again.undo("ana", back[0].judgement_id)
    assert {e.who for e in live(again.acts())} == {"ana", "ben"}
    batch = next(e.batch for e in again.acts() if e.act == "undo" and e.batch)
    assert len(again.undo("ben", batch)) == 50
    assert len(live(again.acts())) == 52
    with pytest.raises(BadDecision, match="nothing that stands"):
        again.undo("ana", "j-none")


def test_a_ledger_is_never_taken_for_a_log(ledger: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    copy.write_bytes(ledger.read_bytes())
    with pytest.raises(BadDecision, match="no log of decisions"):
        Log(copy).write([act()])
    assert copy.read_bytes() == ledger.read_bytes()
    with pytest.raises(CannotWrite):
        Log(tmp_path / "none" / "l.db").write([act()])


WRITER = """
import sys
from pathlib import Path
from onrecord.ledger.decisions.log import Log
from onrecord.records import Judgement
log = Log(Path(sys.argv[1]))
for k in range(10_000):
    log.write([Judgement(who="ana", act="accept", row_table="statements", row_id=f"s-{k}")])
    print(k, flush=True)
"""


def test_a_kill_between_two_acts_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    process = subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    told = [process.stdout.readline() for _ in range(25)]
    time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    rest = process.stdout.read().split("\n")
    process.wait()
    told += [line for line in rest if line.strip()]
    acts = Log(path).acts()
    assert [e.row_id for e in acts[: len(told)]] == [f"s-{k}" for k in range(len(told))]
    assert len(acts) <= len(told) + 1
    Log(path).undo("ana")
    assert len(standing_entries(Log(path).acts())) == len(acts)
