"""What a person asks of a ledger, as one value: the same filter makes the page, its count, and the file taken away.

A filter is made from the pairs of a query string or from `--where NAME=VALUE`. Repeating a name asks for any of its
values; different names must all hold. Names are those of `ledger.names`, with a sense behind them: `confidence_min`,
`published_from`, `speaker_not`, `text_has`, `place_id_known=no`. `q` holds words to be found, `sort` the order
(`-said_from`: latest first). An empty value asks nothing, as an empty field of a form does.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from onrecord.errors import BadFilter
from onrecord.ledger.names import INDEXED, SEARCHED, SENSES, Name, names, schema
from onrecord.ledger.shape import Row, opened
from onrecord.ledger.store import Ledger

MOST_VALUES = 200  # SQLite gives up on expressions a thousand deep; nobody types so many
IS = "is"


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One name with its sense and the values of which any may hold."""

    name: str
    sense: str  # is, not, has, min, max, from, to, known
    values: tuple[str, ...]

    @property
    def asked(self) -> str:
        """As it stands in a query string: "confidence_min"."""
        return self.name if self.sense == IS else f"{self.name}_{self.sense}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Rows of one table that a person asks for. Two that ask the same are equal, whatever the order of asking."""

    table: str
    conditions: tuple[Condition, ...] = ()
    words: str = ""  # full-text search; "a phrase" in double quotes, begin* for words that begin so
    sort: tuple[str, ...] = ()  # columns, first to last; "-" before one turns it round

    @classmethod
    def parse(cls, table: str, pairs: Iterable[tuple[str, str]] = ()) -> Filter:
        """A filter from the pairs of a query string.

        Raises:
            BadFilter: no such table, no such name or sense, or a value that is no number, day or text.
        """
        if table not in schema():
            raise BadFilter(f"no table {table!r}", where="filter", hint=f"tables are {', '.join(schema())}")
        asked: dict[tuple[str, str], dict[str, None]] = {}
        words: list[str] = []
        order: list[str] = []
        for key, value in pairs:
            if not value.strip():
                continue
            if key == "q":
                words.append(_words(table, value))
            elif key == "sort":
                order += [_sorted(table, name) for name in value.split(",") if name.strip()]
            else:
                name, sense = _name(table, key)
                asked.setdefault((name, sense), {})[_value(table, name, sense, value)] = None
        if sum(map(len, asked.values())) > MOST_VALUES:
            raise BadFilter(f"more than {MOST_VALUES} values", where="filter", hint="ask for less at a time")
        made = (Condition(name=n, sense=s, values=tuple(sorted(v))) for (n, s), v in asked.items())
        ordered = tuple(sorted(made, key=lambda c: c.asked))
        return cls(table=table, conditions=ordered, words=" ".join(words), sort=tuple(dict.fromkeys(order)))

    def with_(self, *pairs: tuple[str, str]) -> Filter:
        """This filter and more."""
        return Filter.parse(self.table, [*self.pairs(), *pairs])

    def without(self, *asked: str) -> Filter:
        """This filter less these names, as they stand in the query ("confidence_min", "q", "sort")."""
        kept = tuple(c for c in self.conditions if c.asked not in asked)
        words, order = "" if "q" in asked else self.words, () if "sort" in asked else self.sort
        return replace(self, conditions=kept, words=words, sort=order)

    def pairs(self) -> list[tuple[str, str]]:
        """The pairs it can be made from again."""
        found = [(c.asked, v) for c in self.conditions for v in c.values]
        found += [("q", self.words)] if self.words else []
        return [*found, ("sort", ",".join(self.sort))] if self.sort else found

    def query(self) -> str:
        """The query string, without "?": the same for filters that ask the same."""
        return urlencode(self.pairs())

    def __str__(self) -> str:
        """In words.

        >>> str(Filter.parse("statements", [("q", "ceasefire"), ("speaker", "Irsa"), ("confidence_min", "0.6")]))
        "statements with confidence at least 0.6, of Irsa, that hold 'ceasefire'"
        """
        parts = [_in_words(names(self.table)[c.name], c) for c in self.conditions]
        parts += [f"that hold '{self.words}'"] if self.words else []
        table = self.table.replace("_", " ")
        asked = f"{table} {', '.join(parts)}" if parts else f"all {table}"
        turned = [f"{name.removeprefix('-')}{', last first' if name.startswith('-') else ''}" for name in self.sort]
        return f"{asked}, by {', then '.join(turned)}" if turned else asked


def pairs_of(wheres: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs from `NAME=VALUE`.

    Raises:
        BadFilter: there is no "=".
    """
    found = []
    for item in wheres:
        name, equals, value = item.partition("=")
        if not equals or not name.strip():
            raise BadFilter(f"{item!r} is not NAME=VALUE", where="filter", hint="write speaker=Irsa")
        found.append((name.strip(), value))
    return found


def where(asked: Filter) -> tuple[str, tuple[Any, ...]]:
    """The SQL condition on table `t`, and its values. No text of a user ever stands in the SQL."""
    clauses: list[str] = []
    values: list[Any] = []
    for condition in asked.conditions:
        clause, bound = _clause(names(asked.table)[condition.name], condition)
        clauses.append(clause)
        values += bound
    if asked.words:
        clause, bound = _search(asked.table, asked.words)
        clauses.append(clause)
        values += bound
    return " and ".join(f"({c})" for c in clauses) or "1", tuple(values)


def order(asked: Filter) -> str:
    """What to sort by: the names asked for, absent values last, then the order of the ledger."""
    known, parts = names(asked.table), []
    for name in asked.sort:
        column = name.removeprefix("-")
        sql = f't."{column}"' if column in schema()[asked.table] else known[column].order
        parts += [f"{sql} is null", f"{sql} desc" if name.startswith("-") else sql]
    return ", ".join([*parts, "t.rowid"])


def count(ledger: Ledger, asked: Filter) -> int:
    """How many rows it asks for."""
    clause, values = where(asked)
    return int(ledger.db.execute(f"select count(*) from {asked.table} t where {clause}", values).fetchone()[0])


def rows(ledger: Ledger, asked: Filter, limit: int | None = None, offset: int = 0) -> Iterator[Row]:
    """The rows it asks for, in a stable order, with their lists opened. `offset` rows are passed over first."""
    clause, values = where(asked)
    sql = f"select t.* from {asked.table} t where {clause} order by {order(asked)} limit ? offset ?"
    for row in ledger.db.execute(sql, (*values, -1 if limit is None else limit, offset)):
        yield opened(dict(row))


def _name(table: str, key: str) -> tuple[str, str]:
    known = names(table)
    if key in known:
        return key, IS
    name, _, sense = key.rpartition("_")
    if name in known and sense in SENSES[known[name].kind]:
        return name, sense
    if name in known:
        senses = ", ".join(f"{name}_{s}" for s in SENSES[known[name].kind])
        raise BadFilter(f"{name} takes no {sense!r}", where=f"filter on {table}", hint=f"it takes {senses}")
    cure = f"names of {table} are q, sort, {', '.join(known)}"
    raise BadFilter(f"no name {key!r}", where=f"filter on {table}", hint=cure)


def _value(table: str, name: str, sense: str, value: str) -> str:
    """The value as it is kept: a number in its shortest form, a day, yes or no, or text as given."""
    kind = names(table)[name].kind
    if sense == "known":
        fine, cure = value in ("yes", "no"), "write yes or no"
    elif kind == "number":
        fine, cure = _number(value) is not None, "write a number such as 0.6"
    elif kind == "day":
        fine, cure = _day(value, moment=sense == IS), "write a day such as 2021-08-22, a month 2021-08, or a year 2021"
    else:
        fine, cure = _sound(value), "take out the characters that are no text"
    if not fine:
        raise BadFilter(f"{name} cannot be {value!r}", where=f"filter on {table}", hint=cure)
    return f"{_number(value):.15g}" if kind == "number" and sense != "known" else value


def _number(value: str) -> float | None:
    try:
        number = float(value)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _day(value: str, moment: bool) -> bool:
    if re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", value):
        value, read = value + "-01-01"[len(value) - 4 :], date.fromisoformat
    elif moment:
        read = datetime.fromisoformat
    else:
        return False
    try:
        read(value)
    except ValueError:
        return False
    return True


def _sound(value: str) -> bool:
    """Whether SQLite can hold it: no half of a surrogate pair."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _sorted(table: str, name: str) -> str:
    column = name.strip().removeprefix("-")
    if column in schema()[table] or (column in names(table) and names(table)[column].order):
        return name.strip()
    sortable = [*schema()[table], *(n for n, k in names(table).items() if k.order and n not in schema()[table])]
    raise BadFilter(
        f"{table} cannot be sorted by {column!r}", where=f"filter on {table}", hint=f"sort by {', '.join(sortable)}"
    )


def _words(table: str, value: str) -> str:
    if table not in INDEXED and table not in SEARCHED:
        able = ", ".join(t for t in schema() if t in INDEXED or t in SEARCHED)
        raise BadFilter(f"{table} cannot be searched", where=f"filter on {table}", hint=f"q is for {able}")
    if not _sound(value):
        raise BadFilter(f"no words in {value!r}", where=f"filter on {table}", hint="take out what is no text")
    return " ".join(value.split())


def phrases(words: str) -> list[tuple[str, bool]]:
    """What is searched for: words and "phrases", and whether only their beginning must match.

    >>> phrases('cease* "the old market" —')
    [('cease', True), ('the old market', False)]
    """
    found = []
    for phrase, word in re.findall(r'"([^"]*)"|([^\s"]+)', words):
        text = (phrase or word).replace("\0", " ").strip()
        if re.search(r"\w", text):
            found.append((text.removesuffix("*"), text.endswith("*") and not phrase))
    return found


def _search(table: str, words: str) -> tuple[str, list[Any]]:
    wanted = phrases(words)
    if not wanted:
        return "0", []  # nothing but punctuation: no row holds it as a word
    if table in INDEXED:
        match = " ".join(f'"{text}"{"*" if begins else ""}' for text, begins in wanted)
        found = f"t.id in (select rowid from {table}_search where {table}_search match ?)"
        return found, [match]
    held = f"instr(lower({SEARCHED[table]}), lower(?)) > 0"
    return " and ".join([held] * len(wanted)), [text for text, _ in wanted]


def _clause(name: Name, condition: Condition) -> tuple[str, list[Any]]:
    """A condition as SQL. What is not known to hold does not hold; "not" is true of absent values."""
    test = {
        "has": f"instr(lower({name.column}), lower(?)) > 0",
        "min": f"{name.column} >= ?",
        "max": f"{name.column} <= ?",
        "from": f"substr({name.until}, 1, length(?)) >= ?",
        "to": f"substr({name.column}, 1, length(?)) <= ?",
    }.get(condition.sense, name.test)
    if condition.sense == "known":
        wanted = {
            "yes": f"{name.column} is not null",
            "no": f"not ifnull({name.wrap.format(f'{name.column} is not null')}, 0)",
        }
        parts = [name.wrap.format(wanted[v]) if v == "yes" else wanted[v] for v in condition.values]
        return " or ".join(parts), []
    any_of = " or ".join([f"({test})"] * len(condition.values))
    bound = [b for v in condition.values for b in [_bound(name, v)] * test.count("?")]
    clause = name.wrap.format(any_of)
    return (f"not ifnull(({clause}), 0)" if condition.sense == "not" else clause), bound


def _bound(name: Name, value: str) -> str | float:
    return float(value) if name.kind == "number" else value


IN_WORDS = {"has": "holding", "min": "at least", "max": "at most", "from": "from", "to": "up to", "not": "not"}


def _in_words(name: Name, condition: Condition) -> str:
    values: Sequence[str] = condition.values
    told = " or ".join(values)
    if condition.sense == "known":
        return f"with {condition.name.replace('_', ' ')} {'unknown' if told == 'no' else 'known'}"
    if condition.sense == "not":
        return "not " + name.meaning.format(told)
    if condition.sense in IN_WORDS:
        told = f"{IN_WORDS[condition.sense]} {told}"
    return name.meaning.format(told)
