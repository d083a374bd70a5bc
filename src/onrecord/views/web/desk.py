"""What the pages know of decisions: what waits, what is decided and by whom, and how far the ledger follows it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

from onrecord.ledger.decisions.log import Log, beside
from onrecord.ledger.decisions.queue import Item, queue
from onrecord.ledger.decisions.replay import disputes, live, slots, standing
from onrecord.ledger.store import Ledger
from onrecord.records import Judgement
from onrecord.views.web.follower import Follower

Names = Mapping[str, tuple[str, str]]  # doubt: the two names


@dataclass(frozen=True, slots=True)
class Overlay:
    """The decisions that stand, by the row each is on. Those of an earlier id of a row count for the row as it is now."""

    acts: tuple[Judgement, ...]
    rows: Mapping[str, str | None]  # id of an entry: the row it was followed on at the last build

    def by_row(self) -> dict[str, list[Judgement]]:
        """Standing decisions on each row, in order; a pair of names lies under the key "one / other", folded and sorted."""
        found: dict[str, list[Judgement]] = {}
        for slot, act in self.standing().items():
            kept = found.setdefault(_key(slot), [])
            if act not in kept:
                kept.append(act)
        return {key: sorted(acts, key=lambda a: (a.seq, a.who)) for key, acts in found.items()}

    def standing(self) -> dict[Hashable, Judgement]:
        """The last of the live entries on each thing decided."""
        return standing(self.acts, self.rows)

    def disputed(self) -> frozenset[str]:
        """Rows that two people have decided unlike."""
        return frozenset(map(_key, disputes(self.acts, self.rows)))


def _key(slot: Hashable) -> str:
    assert isinstance(slot, tuple)
    if slot[0] == "names":
        return f"{slot[1]} / {slot[2]}"
    return str(slot[1] if slot[0] == "move" else slot[2])


def pair_key(one: str, other: str) -> str:
    """The key under which decisions on two names lie in an overlay."""
    (slot,) = slots(Judgement(who="", act="merge", old=one, new=other))
    return _key(slot)


class Desk:
    """Reads the log and the queue of one ledger; what has not changed since is not read again."""

    def __init__(self, ledger: Path) -> None:
        self.ledger, self.log = ledger, Log(beside(ledger))
        self.follower = Follower(ledger)
        self._lock = Lock()
        self._acts: tuple[int, tuple[Judgement, ...]] = (-1, ())
        self._queue: tuple[Any, list[Item]] = (None, [])

    def acts(self) -> tuple[Judgement, ...]:
        """All entries of the log."""
        with self._lock:
            length = self.log.length()
            if length != self._acts[0]:
                self._acts = (length, self.log.acts())
            return self._acts[1]

    def queue(self, opened: Ledger) -> list[Item]:
        """What may be judged, in order of effect."""
        stat = self.ledger.stat()
        now = (stat.st_ino, stat.st_mtime_ns, stat.st_size)
        with self._lock:
            if now != self._queue[0]:
                self._queue = (now, queue(opened))
            return self._queue[1]

    def overlay(self, opened: Ledger, only: str | None = None) -> Overlay:
        """What stands, of everybody or of one person only."""
        acts = live(a for a in self.acts() if only in (None, a.who))
        rows = {d["judgement_id"]: d["row_id"] for d in followed(opened) if d["row_id"]}
        return Overlay(acts, rows)

    def waiting(self, opened: Ledger) -> int:
        """How many decisions the ledger does not follow yet, those taken back since among them."""
        stand = {a.judgement_id for a in standing(live(self.acts())).values()}
        return len(stand ^ {d["judgement_id"] for d in followed(opened)})


def followed(opened: Ledger) -> Iterable[dict[str, Any]]:
    """The decisions that the ledger follows."""
    return opened.rows("decisions") if opened.columns("decisions") else ()
