"""Scores predicted events against public gold: types, roles, direction, realis, nulls.

    python bench/predict.py events GOLD.jsonl PRED.jsonl
    python bench/events.py SET GOLD.jsonl PRED.jsonl [--misses] [--half 0|1]

SET is plover_gsr, petrarch_unit, muc4 or re3d. Rules, by set:

plover_gsr. One event a sentence. The main prediction is the first line of `pred` (nearest to the root of the tree), typed as
PLOVER types it (`plover`: what is planned counts as AGREE or THREATEN, what is denied as REJECT). Type accuracy is over all
sentences; "folded" counts CONCEDE and RETREAT as one type, as the published anchors do. Roles: a gold name is found when a predicted phrase
of that role holds its last word, or is held by it and shares it; F1 over all names. A reciprocal event counts in either
role. Direction: of sentences where gold names both sides and the prediction finds one at least in either role, the share
where no found name stands on the wrong side.

petrarch_unit. Codes are a toy's and are not scored. A sentence with no gold event is kept null when no event is written as
actual between two sides that are both named by name. Direction: of gold events for which a prediction finds the actor or the
recipient by name (its first five letters; capitals that stand for states are not resolved), the share where in some such
prediction no gold name stands on the wrong side only. Events that gold lists both ways may run either way.

muc4. Role fillers by CEAF-REE: each gold slot (perpetrator, target, victim) of a document is a set of entities with
alternatives; a prediction is right when one of its phrases equals or holds an alternative; micro-F1 over slots. Spurious: share of
documents without gold templates for which an event of the template types with an actual, attempted or threatened realis
is written. Realis: a document holds a threatened or attempted template or not, F1 over documents; a gold non-actual template
is written as actual when an event of its type in the document is actual and none is not.

re3d. A relation of two sides is found when a predicted event of a fitting type has both, by overlap of characters, in either order:
FightingAgainst by ASSAULT, COERCE, MOBILIZE; AlliesOf by COOPERATE, SUPPORT, AID; CommWith by CONSULT, REQUEST, AGREE. InChargeOf is
no event (who leads what): it is counted to show what is not read.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

if __package__:
    from bench import muc4
else:
    import muc4

Row = dict[str, Any]
FOLD = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}


def words(text: str) -> list[str]:
    """Words in lower case, without possessive marks."""
    return [w for w in re.findall(r"[\w.&-]+", re.sub(r"['’]s?\b", "", text.lower())) if w.strip(".-&")]


def same(gold: str, got: str) -> bool:
    """Whether a predicted phrase holds the head of a gold name, or is a part of it that holds the head."""
    g, p = words(re.split(r",| of | in | at | operating ", gold)[0]) or words(gold), words(got)
    return bool(g and p) and (g[-1] in p or p[-1] in g)


def sides(event: Row, role: str) -> list[str]:
    """The phrases of a role with the names they were told to be."""
    return [f"{p['text']} {p['name']}" if p["name"] not in p["text"] else p["text"] for p in event[role]]


def prf(right: int, got: int, gold: int) -> str:
    """Precision, recall and F1 as text."""
    p, r = right / got if got else 0.0, right / gold if gold else 0.0
    return f"P {p:.3f} R {r:.3f} F1 {2 * p * r / (p + r) if p + r else 0:.3f}"


def plover(gold: list[Row], pred: list[Row], misses: bool) -> None:
    """Type, roles and direction on single-event sentences."""
    typed = folded = found = got = total = judged = straight = 0
    confusion: Counter[str] = Counter()
    for g, p in zip(gold, pred, strict=True):
        want, main = g["gold"][0], (p["pred"] or [None])[0]
        type_ = main["plover"] if main else "none"
        typed += type_ == want["type"]
        folded += FOLD.get(type_, type_) == FOLD.get(want["type"], want["type"])
        if FOLD.get(type_, type_) != FOLD.get(want["type"], want["type"]):
            confusion[f"{want['type']} as {type_}"] += 1
        names = {r: [x["text"] for x in want[r]] for r in ("actor", "recipient")}
        have = {r: sides(main, r) if main else [] for r in ("actor", "recipient")}
        if want["reciprocal"]:
            names = {"actor": names["actor"] + names["recipient"], "recipient": []}
            have = {"actor": have["actor"] + have["recipient"], "recipient": []}
        right = {r: [n for n in names[r] if any(same(n, h) for h in have[r])] for r in names}
        found += sum(map(len, right.values()))
        total += sum(map(len, names.values()))
        got += sum(map(len, have.values()))
        wrong = [
            n
            for r, o in (("actor", "recipient"), ("recipient", "actor"))
            for n in names[r]
            if n not in right[r] and any(same(n, h) for h in have[o])
        ]
        if names["actor"] and names["recipient"] and (wrong or any(right.values())):
            judged += 1
            straight += not wrong
        if misses and (
            FOLD.get(type_, type_) != FOLD.get(want["type"], want["type"])
            or sum(map(len, right.values())) < sum(map(len, names.values()))
        ):
            print(
                g["id"][10:],
                want["type"],
                names,
                want["trigger"],
                "| got",
                type_,
                main and (main["type"], main["realis"], main["trigger"]["text"]),
                have,
                "|",
                g["text"],
            )
    n = len(gold)
    print(f"type accuracy {typed / n:.3f}, folded {folded / n:.3f} ({n} sentences)")
    print(f"role heads {prf(found, got, total)}")
    print(f"direction {straight / max(1, judged):.3f} ({straight} of {judged})")
    print("confusions:", confusion.most_common(12))


def _coded(names: list[str], phrases: list[str]) -> bool:
    """Whether a phrase holds a name of a coded actor, also as a people ("Mirani" of "Miran")."""
    stems = {w.lower()[:5] for n in names for w in re.split("[_ ]", n) if len(w) > 2}
    return any(w[: len(s)] == s for p in phrases for w in words(p) for s in stems)


def petrarch(gold: list[Row], pred: list[Row], misses: bool) -> None:
    """Expected nulls kept null, and which way events run."""
    null = kept = pairs = judged = straight = both = 0
    for g, p in zip(gold, pred, strict=True):
        whole = [
            e
            for e in p["pred"]
            if e["realis"] == "actual" and all(any(map(_proper, e[r])) for r in ("actor", "recipient"))
        ]
        null += not g["gold"]
        kept += not g["gold"] and not whole
        if misses and whole and not g["gold"]:
            print(
                "not null",
                [(e["type"], e["trigger"]["text"], sides(e, "actor"), sides(e, "recipient")) for e in whole],
                g["text"],
            )
        ways = {(w["actor"], w["recipient"]) for w in g["gold"]}
        for want in g["gold"]:
            if not want["actor_names"] or not want["recipient_names"]:
                continue
            pairs += 1
            paired = (want["recipient"], want["actor"]) in ways
            marks = [_marks(want, e, paired) for e in p["pred"]]
            found = [m for m in marks if any(m)]
            judged += bool(found)
            right = any(not m[2] for m in found)
            straight += right
            both += any(m[0] and m[1] and not m[2] for m in found)
            if misses and not right:
                print(
                    want["actor_names"][:2],
                    ">",
                    want["recipient_names"][:2],
                    [(e["type"], e["trigger"]["text"], sides(e, "actor"), sides(e, "recipient")) for e in p["pred"]],
                    g["text"],
                )
    print(f"nulls kept {kept / max(1, null):.3f} ({kept} of {null})")
    print(
        f"direction {straight / max(1, judged):.3f} ({straight} of {judged} with a side found; {pairs} pairs, both sides right in {both})"
    )


def _proper(party: Row) -> bool:
    """Whether a phrase holds a name: a capital letter inside it."""
    return any(w[0].isupper() for w in party["text"].split() if w.lower() not in ("the", "a", "its", "his", "their"))


def _marks(want: Row, event: Row, paired: bool) -> tuple[bool, bool, bool]:
    """Whether the gold's actor and recipient stand in their roles, and whether one stands only in the other's."""
    one, two = sides(event, "actor"), sides(event, "recipient")
    names, others = want["actor_names"], want["recipient_names"]
    if paired or not two:  # both act: "X and Y met"
        return _coded(names, one + two), _coded(others, one + two), False
    actor, recipient = _coded(names, one), _coded(others, two)
    wrong = (not actor and _coded(names, two)) or (not recipient and _coded(others, one))
    return actor, recipient, wrong


PAIRS = {
    "FightingAgainst": ("ASSAULT", "COERCE", "MOBILIZE"),
    "AlliesOf": ("COOPERATE", "SUPPORT", "AID"),
    "CommWith": ("CONSULT", "REQUEST", "AGREE"),
    "InChargeOf": (),
}


def re3d(gold: list[Row], pred: list[Row], misses: bool) -> None:
    """Pairs of sides by kind of relation, by overlap of their characters; neither has a direction here."""
    for kind, types in PAIRS.items():
        right = got = want = 0
        for g, p in zip(gold, pred, strict=True):
            pairs = [(r["actor"], r["recipient"]) for r in g["gold"] if r["type"] == kind]
            ours = [q for e in p["pred"] if e["type"] in types and e["realis"] != "denied" for q in _sided(e)]
            want, got = want + len(pairs), got + len(ours)
            found = [pair for pair in pairs if any(_meet(pair, q) for q in ours)]
            right += len(found)
            for pair in pairs if misses else ():
                if pair not in found:
                    print(
                        "missed",
                        kind,
                        [x["text"] for x in pair],
                        g["text"][pair[0]["start"] - 60 : pair[1]["end"] + 60].replace("\n", " "),
                    )
        print(f"{kind:16} {prf(right, got, want)} ({right} found of {want}, {got} written)")


def _sided(event: Row) -> list[tuple[Row, Row]]:
    """Pairs of actor and recipient; where all are actors, pairs of those."""
    if event["recipient"]:
        return [(a, b) for a in event["actor"] for b in event["recipient"]]
    return [(a, b) for k, a in enumerate(event["actor"]) for b in event["actor"][k + 1 :]]


def _meet(one: tuple[Row, Row], two: tuple[Row, Row]) -> bool:
    over = [[a["start"] < b["end"] and b["start"] < a["end"] for b in two] for a in one]
    return (over[0][0] and over[1][1]) or (over[0][1] and over[1][0])


def main() -> None:
    """Prints the figures of a set."""
    args = [a for a in sys.argv[1:] if not a.startswith("--")]
    if len(args) < 3 or args[0] not in SETS:
        sys.exit(__doc__)
    half = next((int(a[-1]) for a in sys.argv if a.startswith("--half=")), None)
    gold, pred = ([json.loads(line) for line in Path(a).read_text(encoding="utf-8").splitlines()] for a in args[1:3])
    if half is not None:
        gold, pred = gold[half::2], pred[half::2]
    SETS[args[0]](gold, pred, "--misses" in sys.argv)


SETS = {"plover_gsr": plover, "petrarch_unit": petrarch, "muc4": muc4.score, "re3d": re3d}

if __name__ == "__main__":
    main()
