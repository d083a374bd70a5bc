"""Writes the rows of `text/words/units.tsv` that come from CLDR, and keeps the rows of our own.

    python -m training.units          (needs `babel`, BSD; its data is CLDR's, Unicode licence)

Names are British ("kilometre"), words are British and American. Units that no report of a conflict uses are left out.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

TABLE = Path(__file__).parents[1] / "src" / "onrecord" / "text" / "words" / "units.tsv"
COLUMNS = ("word", "side", "unit", "kind", "name", "source")
KINDS = {
    "length": "distance", "area": "area", "mass": "weight", "volume": "volume", "speed": "speed", "power": "power",
    "energy": "energy", "pressure": "pressure", "temperature": "temperature", "duration": "duration",
    "electric": "electric", "frequency": "frequency", "digital": "data", "torque": "torque", "light": "light",
    "angle": "angle", "force": "force", "acceleration": "speed", "consumption": "rate",
}  # fmt: skip
LEFT_OUT = re.compile(
    r"person|length-point|earth|solar|dalton|grain|drop$|pinch|jigger|spoon|dram|cup|beaufort|scandinavian|light-speed|"
    r"generic|angle-(?:degree|arc)|revolution|bar$|stone|mole|ofglucose|duration-quarter|duration-night|"
    r"acre-foot|metric$|imperial|radius|mass-ton$|parsec|foodcalorie|carat|fathom|force-foot|"
    r"gasoline|100-kilometer|mile-per-gallon"
)

# Short forms and codes that are English words, or that names are made of ("COP 27").
WORDS_FIRST = frozenset(
    "in ac au bu cal dec fur gal cd pt qt bit bits atmosphere atmospheres oz t "
    "ALL TOP CUP PEN TRY MAD BAM COP SOS GEL LAK NAD SAR MOP ERN AMD ARS ANG BOB".split()
)


def shape(patterns: Any, width: str) -> dict[str, str]:
    """The words of a unit for one and for many, without the place of the number."""
    found = patterns.get(width, {})
    return {n: found[n].replace("{0}", "").strip() for n in ("one", "other") if n in found}


def measures() -> list[dict[str, str]]:
    """Rows of CLDR's units of measure."""
    from babel import Locale

    american, british = (Locale.parse(k)._data["unit_patterns"] for k in ("en", "en_GB"))
    rows = []
    for key in american:
        kind = KINDS.get(key.partition("-")[0])
        if kind is None or LEFT_OUT.search(key):
            continue
        long = [shape(american[key], "long"), shape(british[key], "long") if key in british else {}]
        name = (long[1] or long[0])["one"].lower().removeprefix("us ")
        short = shape(american[key], "short").get("other", name)
        unit = name if kind == "duration" else short
        words = {w.lower() for forms in long for w in forms.values()} | (
            {short} if len(short) > 1 and kind != "duration" else set()
        )
        rows += [row(w, "after", unit, kind, name) for w in sorted(words)]
    return rows


def currencies() -> list[dict[str, str]]:
    """Rows of CLDR's names of currencies in use, and of their ISO 4217 codes, which stand on either side."""
    from babel import Locale
    from babel.numbers import list_currencies

    english = Locale.parse("en")
    rows = []
    for code in sorted(list_currencies()):
        names = english._data["currency_names_plural"].get(code, {})
        one = names.get("one", "")
        if not one or re.search(r"\(|old|testing|unknown|unit|gold|silver|platinum|palladium|ecu|franc \(", one, re.I):
            continue
        rows += [row(w.lower(), "after", code, "money", one) for w in sorted(set(names.values()))]
        rows.append(row(code, "both", code, "money", one))
    return rows


def row(word: str, side: str, unit: str, kind: str, name: str) -> dict[str, str]:
    """One line of the table."""
    return dict(zip(COLUMNS, (word, side, unit, kind, name, "CLDR"), strict=True))


def main() -> None:
    """Writes the table anew: our own rows first and as they stand; a word of ours is not taken from CLDR."""
    with TABLE.open(encoding="utf-8") as lines:
        own = [r for r in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE) if r["source"] != "CLDR"]
    ours = {r["word"] for r in own}
    taken = {r["word"]: r for r in (*currencies(), *measures()) if r["word"] not in ours | WORDS_FIRST}
    with TABLE.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(
            out, COLUMNS, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None
        )
        writer.writeheader()
        writer.writerows([*own, *(taken[w] for w in sorted(taken))])


if __name__ == "__main__":
    main()
