"""A gazetteer at rest: one SQLite file, indexed by how names are spelled, how they sound, and by division."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

from onrecord.errors import BrokenGazetteer
from onrecord.text.gazetteer.keys import readable, sounded, spelled
from onrecord.text.gazetteer.rows import Entry

FORMAT = "onrecord gazetteer 1"
TABLES = """
create table meta (key text primary key, value text not null) without rowid, strict;
create table places (
  id integer primary key, name text not null, feature text not null, country text not null, admin1 text not null,
  admin2 text not null, lat integer, lon integer, population integer not null
) strict;
create table names (key text not null, place integer not null, primary key (key, place)) without rowid, strict;
"""
ADD_NAME = "insert or ignore into names values (?,?)"
# A division without a point of its own gets the middle of the settlements in it; without a population, their sum.
POINTS = """
create temp table middles as
  select country, admin1, admin2, avg(lat) as lat, avg(lon) as lon from places
  where lat is not null and feature glob 'P*' group by country, admin1, admin2;
update places set (lat, lon) = (select cast(avg(m.lat) as integer), cast(avg(m.lon) as integer) from middles m
    where m.country = places.country and m.admin1 = places.admin1 and m.admin2 = places.admin2)
  where lat is null and feature = 'ADM2';
create temp table wider as select country, admin1, avg(lat) as lat, avg(lon) as lon from middles group by country, admin1;
update places set (lat, lon) = (select cast(avg(m.lat) as integer), cast(avg(m.lon) as integer) from wider m
    where m.country = places.country and m.admin1 = places.admin1)
  where lat is null and feature = 'ADM1';
update places set (lat, lon) = (select cast(avg(m.lat) as integer), cast(avg(m.lon) as integer) from wider m
    where m.country = places.country)
  where lat is null and feature glob 'PCL*';
create temp table peopled as select country, admin1, admin2, sum(population) as population from places
  where feature glob 'PPL*' and feature not in ('PPLX', 'PPLH') group by country, admin1, admin2;
update places set population = coalesce((select sum(p.population) from peopled p where p.country = places.country
    and p.admin1 = places.admin1 and p.admin2 = places.admin2), 0) where population = 0 and feature = 'ADM2';
update places set population = coalesce((select sum(p.population) from peopled p where p.country = places.country
    and p.admin1 = places.admin1), 0) where population = 0 and feature = 'ADM1';
"""
COLUMNS = "id, name, feature, country, admin1, admin2, lat, lon, population"
BY_KEY = (
    f"select {COLUMNS} from names join places on places.id = names.place where key = ? order by population desc, id"
)
BY_SOUND = f"select {COLUMNS}, key from names join places on places.id = names.place where key >= ? and key < ? order by key, id"
# Points are kept as whole hundred-thousandths of a degree, about a metre.
GRAIN = 100_000
Places = Iterable[tuple[Entry, Iterable[str]]]
# Countries whose names reach English through another script, by more than one system.
TRANSLITERATED = frozenset(
    "AE AF AM AZ BD BG BH BT BY CN DJ DZ EG EH ER ET GE GR IL IN IQ IR JO KG KH KP KR KW KZ LA LB LK LY MA MD MK MM MN MR MV NP OM PK"
    " PS QA RS RU SA SD SO SY TH TJ TM TN TR TW UA UZ YE".split()
)
FEWEST_SOUNDS = 2
LEAST_ALIKE = 0.6  # of the letters, for two spellings of like sound to be one name


def write(path: Path, places: Places, more: Iterable[tuple[int, str]], meta: Mapping[str, str]) -> int:
    """Lays places with all their names down as a new file, and returns how many.

    Args:
        path: replaced when it is there, only once the new one is whole.
        places: each with the names it goes by; a place given twice keeps its first row and all names.
        more: further names by GeoNames id; those of places that are not there are left out.
        meta: sources and licences.
    """
    aside = path.with_name(path.name + ".part")
    aside.unlink(missing_ok=True)
    with closing(sqlite3.connect(aside)) as db:
        db.executescript("pragma journal_mode=off; pragma synchronous=off;" + TABLES)
        _fill(db, places, more)
        db.executescript(POINTS)
        db.executemany("insert into meta values (?,?)", sorted({"format": FORMAT, **meta}.items()))
        count = int(db.execute("select count(*) from places").fetchone()[0])
        db.commit()
        db.execute("vacuum")
    aside.replace(path)
    return count


def _fill(db: sqlite3.Connection, places: Places, more: Iterable[tuple[int, str]]) -> None:
    countries = {}
    for entry, names in places:
        countries[entry.geoname_id] = entry.country
        db.execute("insert or ignore into places values (?,?,?,?,?,?,?,?,?)", _row(entry))
        keys = _codes(entry).union(*(_keys(name, entry.country) for name in (entry.name, *names)))
        db.executemany(ADD_NAME, [(key, entry.geoname_id) for key in sorted(keys)])
    for geoname_id, name in more:
        if (country := countries.get(geoname_id)) is not None:
            db.executemany(ADD_NAME, [(key, geoname_id) for key in sorted(_keys(name, country))])


def _row(entry: Entry) -> tuple[object, ...]:
    points = [None if degree is None else round(degree * GRAIN) for degree in (entry.lat, entry.lon)]
    head = (entry.geoname_id, entry.name, entry.feature, entry.country, entry.admin1, entry.admin2)
    return (*head, *points, entry.population)


def _keys(name: str, country: str) -> set[str]:
    """How a name is spelled, and how it sounds ("~AF:prvn:parwan") where spellings vary; nothing for one in another script."""
    key = spelled(name)
    if not readable(key):
        return set()
    sound = sounded(key) if country in TRANSLITERATED else ""
    return {key, f"~{country}:{sound}:{key}"} if len(sound) >= FEWEST_SOUNDS else {key}


def _codes(entry: Entry) -> set[str]:
    """The code of a country or a division ("=AF", "=AF.40"), nothing for other places."""
    depth = {"country": 1, "ADM1": 2, "ADM2": 3}.get("country" if entry.kind == "country" else entry.feature, 0)
    return {"=" + ".".join((entry.country, entry.admin1, entry.admin2)[:depth])} if depth else set()


class Store:
    """One gazetteer file, open for reading. The answers are kept: a report asks for the same names again and again."""

    def __init__(self, path: Path) -> None:
        """Opens a file that `write` made.

        Raises:
            BrokenGazetteer: there is none, or it is something else.
        """
        try:
            self._db = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False)
            self.meta = dict(self._db.execute("select key, value from meta"))
        except sqlite3.Error as error:
            raise BrokenGazetteer(f"this is no gazetteer ({error})", where=str(path)) from error
        if self.meta.get("format") != FORMAT:
            raise BrokenGazetteer(f"this gazetteer has another format ({self.meta.get('format')})", where=str(path))
        self._answers = cache(self._ask)
        self._heard = cache(self._hear)

    def named(self, name: str) -> tuple[Entry, ...]:
        """Places that a name is spelled like, the most populous first."""
        return self._answers(spelled(name))

    def numbered(self, geoname_id: int) -> Entry | None:
        """The place with this id, None where it is not here."""
        row = self._db.execute(f"select {COLUMNS} from places where id = ?", (geoname_id,)).fetchone()
        return _entry(row) if row else None

    def sounding(self, name: str, country: str) -> tuple[Entry, ...]:
        """Places of one country that a name is another transliteration of: those spelled most like it."""
        sound = sounded(name)
        return self._heard(country, sound, spelled(name)) if len(sound) >= FEWEST_SOUNDS else ()

    def division(self, *codes: str) -> Entry | None:
        """A country, or its first or second division, by its codes: `division("AF", "40")`."""
        found = self._answers("=" + ".".join(codes))
        return found[0] if found else None

    def _ask(self, key: str) -> tuple[Entry, ...]:
        return tuple(_entry(row) for row in self._db.execute(BY_KEY, (key,)))

    def _hear(self, country: str, sound: str, key: str) -> tuple[Entry, ...]:
        prefix = f"~{country}:{sound}:"
        rows = self._db.execute(BY_SOUND, (prefix, prefix[:-1] + ";")).fetchall()
        rated = [(_alike(key, row[-1][len(prefix) :]), _entry(row[:-1])) for row in rows]
        best = max((likeness for likeness, _ in rated), default=0.0)
        return tuple(dict.fromkeys(entry for likeness, entry in rated if likeness == best >= LEAST_ALIKE))


def _alike(one: str, two: str) -> float:
    """Share of letters that two spellings have in common, in order, blanks left out."""
    return SequenceMatcher(None, one.replace(" ", ""), two.replace(" ", ""), autojunk=False).ratio()


def _entry(row: tuple[int, str, str, str, str, str, int | None, int | None, int]) -> Entry:
    lat, lon = (None if grains is None else grains / GRAIN for grains in row[6:8])
    return Entry(*row[:6], lat, lon, row[8])
