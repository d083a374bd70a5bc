"""Incidents in MUC-4's sense, picked from our events, and the scorer for them; `bench/events.py` calls it.

MUC-4 asks for terrorist incidents: violence against people or property that are no fighters, told of one occasion. Of our
events those count that are violent acts (ASSAULT, COERCE/seize), not generic, historical or conditional, whose recipient is
no fighter, and not mere fighting. What the key calls individual, organisation, victim and target is told by words.
"""

from __future__ import annotations

import re
from typing import Any

from onrecord.claims.events.frames import is_of

Row = dict[str, Any]
SLOTS = ("perp_individual", "perp_organisation", "target", "victim", "weapon")
FIGHTERS = frozenset(
    "soldier soldiers troops army guerrilla guerrillas rebel rebels combatants insurgents patrol battalion police policemen "
    "subversives contras column force forces unit units brigade military".split()
)
ORGANISATION = frozenset(
    "front army movement farc eln fmln mrta urng m-19 epl party cartel cartels group organization government forces force police command extraditables path luminoso "
    "command contras nationalpolice commandos fpmr arena dignity cell".split()
)
THINGS = frozenset(
    "building house home office offices headquarters embassy bridge pipeline car bus vehicle vehicles plant station tower towers "
    "power line lines facilities installation installations farm store bank truck trucks train airport base town village city "
    "ambassy residence headquarters school church hotel newspaper radio plane helicopter aircraft installations property street "
    "businesses stores farms buildings homes houses cars buses ranch warehouse post barracks company complex center facility oil "
    "embassies banks pylons substation substations infrastructure theater restaurant university institute shop".split()
)
EMPTY = frozenset(
    "other others each thousands hundreds many those this that which who dozens it they them he she we us i you people everything country nation peace democracy violence place area region time themselves himself world struggle process war".split()
)
WARLIKE = frozenset(
    "overthrow overthrew raided raid war conflict fighting combat confrontation offensive invasion invaded invading battle clash clashed clashes struggle confronted resistance uprising aggression violence defend fight fought occupied occupation topple toppled coup".split()
)
STATES = frozenset("states u.s united soviet union nicaragua honduras government cuba panama".split())
NO_TARGET = frozenset(
    "cocaine drug drugs kg tons weapons rifles rifle machineguns machinegun ammunition grenades grenade arms pistol pistols explosives radios laboratories rounds launchers "
    "enemy positions position neighborhood neighborhoods areas sectors section municipality country nation countries capital front money".split()
)
ARMS = frozenset(
    "bomb bombs device devices charge charges dynamite bullets bullet gunfire shots explosion explosions grenade mine mines rockets weapons shrapnel pipeline car".split()
)
MEN = frozenset(
    "members member men guerrillas guerrilla terrorists terrorist gunmen soldiers officers rebels individuals persons people agents murderers assassins group criminals traffickers activists militants hitmen subjects elements squad column patrol killers youths subversives extremists".split()
)
PEOPLE = frozenset(
    "jesuit priest judge peasant passenger crew civilian journalist newsman reporter mayor governor senator candidate leader worker engineer technician bodyguard driver guard "
    "maid daughter son wife child woman man citizen american missionary nun professor rector magistrate lawyer attorney doctor businessman rancher banker diplomat "
    "ambassador consul adviser unionist student teacher councilman deputy minister official policeman secretary wounded dead victim relative adviser youth boy girl clergyman bishop "
    "archbishop editor publisher manager executive tourist philosopher housewife farmer fisherman miner trader merchant occupant pedestrian passerby resident population colombian peruvian salvadoran".split()
)
TYPES = {"ATTACK", "BOMBING", "KIDNAPPING", "ARSON", "ROBBERY", "FORCED WORK STOPPAGE"}


def tokens(text: str) -> list[str]:
    """Words in lower case without articles, numbers and marks."""
    found = re.findall(r"[a-z0-9-]+", text.lower())
    return [
        w for w in found if w not in ("the", "a", "an", "some", "several", "two", "three", "his", "her", "their", "its")
    ]


def incidents(events: list[Row]) -> list[Row]:
    """The events that are incidents; none where no incident of the document has anybody in particular as its victim."""
    found = [e for e in events if _incident(e)]
    return found if any(_slot(p) and _specific(p, e) for e in found for p in e["recipient"]) else []


def _incident(event: Row) -> bool:
    violent = event["type"] == "ASSAULT" or (event["type"], event["mode"]) == ("COERCE", "seize")
    if not violent or event["realis"] in ("generic", "historical", "conditional", "denied", "planned"):
        return False
    trigger = tokens(event["trigger"]["text"])
    if set(trigger) & WARLIKE or any(set(tokens(p["text"])) & STATES or p["type"] == "place" for p in event["actor"]):
        return False
    seized = event["mode"] == "seize" or trigger[:1] in (["captured"], ["capture"])
    if seized and any(set(tokens(p["text"])) & FIGHTERS for p in event["actor"]):
        return False
    if seized and not event["actor"]:
        return False
    if any(
        set(tokens(p["text"])) & {"soldiers", "troops", "guerrillas", "rebels", "battalion", "company"}
        for p in event["recipient"]
    ):
        return False
    state = any(set(tokens(p["text"])) & {"police", "army", "forces", "troops", "soldiers"} for p in event["actor"])
    return any(_slot(p) == "victim" or (_slot(p) and not state) for p in event["recipient"])


def _specific(party: Row, event: Row) -> bool:
    """Whether somebody in particular is meant: a name, one person, a number of them, or a day is given."""
    words = tokens(party["text"])
    number = bool(
        re.search(r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|several|dozens?)\b", party["text"].lower())
    )
    return (
        number
        or party["type"] == "person"
        or not words[-1].endswith("s")
        or bool(event["date_from"])
        or bool(event["actor"])
    )


def _told(party: Row) -> bool:
    words = tokens(party["text"])
    return bool(words) and not set(words[-1:]) & EMPTY


def _slot(party: Row) -> str | None:
    """Whether somebody hit is a victim or something hit a target; None for fighters, places, weapons and what cannot be told."""
    words = tokens(party["text"].split(" of ")[0].split(" that ")[0].split(" who ")[0])
    if not words or not _told(party) or set(words) & NO_TARGET or words[-1].isdigit():
        return None
    if words[-1] in THINGS or words[-1].rstrip("s") in THINGS:
        return "target"
    if set(tokens(party["text"])) & FIGHTERS or party["type"] in ("place", "group"):
        return None
    person = (
        is_of(words[-1], "person") or is_of(words[-1].rstrip("s"), "person") or is_of(words[-1].rstrip("s"), "official")
    )
    if person or words[-1].rstrip("s") in PEOPLE or party["type"] in ("person", "unknown"):
        return "victim"
    return None


def slots(event: Row) -> dict[str, list[str]]:
    """Phrases of an incident by slot."""
    found: dict[str, list[str]] = {s: [] for s in SLOTS}
    for p in event["actor"]:
        words = tokens(p["text"])
        if not _told(p) or event["inferred"] or set(words) & ARMS:
            continue
        if (set(words) & ORGANISATION or p["type"] == "group") and not set(words[-1:]) & MEN:
            found["perp_organisation"].append(p["text"])
        else:
            found["perp_individual"].append(p["text"])
            found["perp_organisation"] += [w for w in p["text"].split()[:-1] if w.isupper() and len(w) > 2]
    for p in event["recipient"]:
        if (slot := _slot(p)) and not event["inferred"]:
            found[slot].append(p["text"])
    found["weapon"] = list(event.get("instrument", []))
    return found


def entities(phrases: list[str]) -> list[set[str]]:
    """Phrases that are one: the same words, or the same last word where one holds the other."""
    found: list[set[str]] = []
    for phrase in phrases:
        words = tokens(phrase)
        home = next((e for e in found if any(_one(words, tokens(other)) for other in e)), None)
        if home is None:
            found.append({phrase})
        else:
            home.add(phrase)
    return found


def _one(a: list[str], b: list[str]) -> bool:
    return bool(a and b) and (set(a) <= set(b) or set(b) <= set(a))


def gold_slots(doc: Row) -> dict[str, list[list[str]]]:
    """Entities of a document's key by slot: lists of alternative strings, one entity once."""
    found: dict[str, list[list[str]]] = {s: [] for s in SLOTS}
    kinds = {
        "individual": "perp_individual",
        "organization": "perp_organisation",
        "person_name": "victim",
        "person_desc": "victim",
        "physical": "target",
    }
    for template in doc["gold"]:
        for filler in (*template["actor"], *template["recipient"]):
            _add(found[kinds[filler["kind"]]], filler)
        for filler in template.get("instrument", []):
            _add(found["weapon"], filler)
    return found


def _add(slot: list[list[str]], filler: Row) -> None:
    names = [a["text"].replace('\\"', "") for a in filler["alts"] if a.get("text")]
    names += [o for a in filler["alts"] for o in a.get("of", [])] if filler.get("kind") == "person_desc" else []
    if not names or filler.get("optional"):
        return
    for entity in slot:
        if {n.lower() for n in names} & {n.lower() for n in entity}:
            entity += names
            return
    slot.append(names)


def right(gold: list[str], got: set[str]) -> bool:
    """Whether a predicted entity is one of the key's: a phrase equals an alternative, or holds it with its last word."""
    for g in map(tokens, gold):
        for p in map(tokens, got):
            if g and p and (g == p or (set(g) <= set(p) and g[-1] in p) or (set(p) <= set(g) and p[-1] == g[-1])):
                return True
    return False


def score(gold: list[Row], pred: list[Row], misses: bool = False) -> dict[str, float]:
    """Micro-F1 over slots, spurious share, realis F1, share written as actual."""
    found = {s: [0, 0, 0] for s in SLOTS}
    none = spurious = 0
    held = {"tp": 0, "fp": 0, "fn": 0}
    unreal = false = 0
    for g, p in zip(gold, pred, strict=True):
        told = incidents(p["pred"])
        required = [t for t in g["gold"] if not t["optional"]]
        if not g["gold"]:
            none += 1
            spurious += bool(told)
        want = gold_slots(g)
        have: dict[str, list[str]] = {s: [] for s in SLOTS}
        for e in told:
            for s, phrases in slots(e).items():
                have[s] += phrases
        for s in SLOTS:
            got = entities(have[s])
            left = list(want[s])
            hits = 0
            for entity in got:
                match = next((w for w in left if right(w, entity)), None)
                if match is not None:
                    left.remove(match)
                    hits += 1
                elif misses:
                    print("extra", s, entity, g["id"])
            if misses and left:
                print("missed", s, left, g["id"])
            found[s][0] += hits
            found[s][1] += len(got)
            found[s][2] += len(want[s])
        gold_unreal = [t for t in g["gold"] if t["stage"] != "ACCOMPLISHED"]
        ours = unreal_of(p["pred"])
        held["tp"] += bool(gold_unreal and ours)
        held["fp"] += bool(ours and not gold_unreal)
        held["fn"] += bool(gold_unreal and not ours)
        done = [t for t in g["gold"] if t["stage"] == "ACCOMPLISHED"]
        for t in gold_unreal:
            if not any(
                right(_names(t), {n}) for d in done for n in _names(d)
            ):  # threatened first, then killed: that is done
                unreal += 1
                false += _actual(t, p["pred"])
        del required
    tp, got_, want_ = (sum(v[k] for v in found.values()) for k in range(3))
    for s, (a, b, c) in found.items():
        print(f"  {s:18} P {a / max(1, b):.3f} R {a / max(1, c):.3f} ({a} right, {b} written, {c} in gold)")
    precision, recall = tp / max(1, got_), tp / max(1, want_)
    f1 = 2 * precision * recall / (precision + recall) if tp else 0.0
    realis = 2 * held["tp"] / max(1, 2 * held["tp"] + held["fp"] + held["fn"])
    print(f"roles P {precision:.3f} R {recall:.3f} F1 {f1:.3f}")
    print(f"spurious {spurious / max(1, none):.3f} ({spurious} of {none} documents without incidents)")
    print(f"threatened or attempted F1 {realis:.3f} {held}; written as actual {false} of {unreal}")
    return {"roles": f1, "spurious": spurious / max(1, none), "realis": realis}


def unreal_of(events: list[Row]) -> list[Row]:
    """Threatened and attempted violence of a document: with somebody or something hit, or a threat of death or attack."""
    found = []
    for e in events:
        hit = any(_slot(p) for p in e["recipient"]) or bool(
            re.match("defus|deactiv|attempt", e["trigger"]["text"].lower())
        )
        if (
            e["type"] == "ASSAULT"
            and e["realis"] in ("attempted", "threatened")
            and not set(tokens(e["trigger"]["text"])) & WARLIKE
            and hit
        ) or (
            e["type"] == "THREATEN"
            and e["realis"] == "actual"
            and "threat" in e["trigger"]["text"].lower()
            and any(p["type"] != "place" for p in e["recipient"])
        ):
            found.append(e)
    return found


def _names(template: Row) -> list[str]:
    return [a["text"] for f in template["recipient"] for a in f["alts"] if a.get("text")]


def _actual(template: Row, events: list[Row]) -> bool:
    """Whether a template that did not come about is written as done: its own recipient under an actual violent event."""
    names = _names(template)
    done = [e for e in events if e["type"] == "ASSAULT" and e["realis"] == "actual"]
    return any(right(names, {p["text"]}) for e in done for p in e["recipient"]) if names else False
