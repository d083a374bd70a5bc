"""Makes words/cameo.tsv, a second table of frames, from PETRARCH's verb dictionary (CAMEO.2.0.txt, MIT, openeventdata/petrarch2).

    python training/frames.py CAMEO.2.0.txt src/onrecord/text/words/cameo.tsv

Kept are a verb's own code and patterns with one phrase after the verb ("- * (ON ISSUE) [036]"); of sets (&FOOD) all
members count. Codes become PLOVER types by the root of the code (PLOVER manual v2.0, its table of CAMEO equivalents);
statements (01, 02) name no event. What our own table has for a word and a phrase is asked first.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOTS = {
    "03": "AGREE", "04": "CONSULT", "05": "SUPPORT", "06": "COOPERATE", "07": "AID", "08": "CONCEDE", "09": "ACCUSE",
    "10": "REQUEST", "11": "ACCUSE", "12": "REJECT", "13": "THREATEN", "14": "PROTEST", "15": "MOBILIZE", "16": "SANCTION",
    "17": "COERCE", "18": "ASSAULT", "19": "ASSAULT", "20": "ASSAULT",
}  # fmt: skip
RETREAT = ("084", "085", "086", "087")
SOURCE = "petrarch2 CAMEO.2.0 (MIT, (c) 2014 Open Event Data)"
LIGHT = frozenset(
    "take have make get go come give put be do set hold keep".split()
)  # the noun tells, and ours are asked for it
LARGEST_SET = 60  # a larger set tells too little
PATTERN = re.compile(
    r"^- \* (?:\((\w+) )?[{(]?(?:&?[A-Z_]+ )?(&?[A-Z_]+)[})]*\s*\[(\d{2,4})(?::\d+)?\]\s*(?:#\s*(.+))?$"
)


def type_of(code: str) -> str | None:
    """PLOVER type of a CAMEO code; None for statements."""
    return "RETREAT" if code[:3] in RETREAT else ROOTS.get(code[:2])


def plain(word: str) -> str:
    """A dictionary word in lower case, in the singular where it looks like a plural."""
    low = word.strip("+_").replace("_", " ").lower()
    return low[:-1] if low.endswith("s") and not low.endswith(("ss", "us", "is")) and len(low) > 4 else low


def sets(lines: list[str]) -> dict[str, list[str]]:
    """Members of the noun sets."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in lines:
        if line.startswith("&"):
            name = line.split()[0]
        elif line.startswith("+") and name:
            found.setdefault(name, []).append(plain(line.split()[0]).split()[-1])
        elif line.startswith("---"):
            break
    return found


def rows(lines: list[str]) -> dict[tuple[str, str], str]:
    """PLOVER type by verb and what must stand beside it ("" for nothing)."""
    members, found, block = sets(lines), {}, ""
    for line in lines:
        if head := re.match(r"^---\s+(\w+)\s+\[(\S+)\]", line):
            block = head[1].lower().split("_")[0]
            if "_" not in head[1] and (kind := type_of(head[2])):
                found.setdefault((block, ""), kind)
        elif verb := re.match(r"^([A-Z]+) (?:\{[^}]*\} )?\[(\d+)", line):
            if kind := type_of(verb[2]):
                found.setdefault((verb[1].lower(), ""), kind)
        elif (pattern := PATTERN.match(line.strip())) and (kind := type_of(pattern[3])):
            beside = members.get(pattern[2], []) if pattern[2].startswith("&") else [plain(pattern[2])]
            verbs = [v.strip().lower() for v in re.split("[,;]", pattern[4] or block) if v.strip().isalpha()]
            if 0 < len(beside) <= LARGEST_SET:
                for word in set(verbs or [block]) - LIGHT:
                    found.setdefault((word, "near:" + ",".join(sorted(set(beside)))), kind)
    return found


def main() -> None:
    """Writes the table."""
    lines = Path(sys.argv[1]).read_text(encoding="utf-8", errors="replace").splitlines()
    out = ["word\tneeds\ttype\tsource"]
    out += [f"{verb}\t{needs}\t{kind}\t{SOURCE}" for (verb, needs), kind in sorted(rows(lines).items())]
    Path(sys.argv[2]).write_text("\n".join(out) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
