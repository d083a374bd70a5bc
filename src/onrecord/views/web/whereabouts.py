"""Which place somebody means: candidates of the gazetteer for a name, and one that is no guess."""

from __future__ import annotations

import json
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.errors import BadDecision
from onrecord.ledger.decisions.corrections import NOBODY
from onrecord.ledger.decisions.drafts import Wanted
from onrecord.ledger.decisions.gazetted import called, point
from onrecord.ledger.store import Ledger
from onrecord.text.gazetteer import Entry, gazetteer
from onrecord.views.pages.catalogue import Catalogue
from onrecord.views.pages.shelf import Row, Shelf

MOST = 12  # candidates shown; those left out are counted


def candidates(request: Request) -> Response:
    """/review/places.json?q=NAME: the places that bear a name, the most populous first."""
    name = " ".join(request.query_params.get("q", "").split())
    found = called(name, gazetteer()) if name else ()
    rows = [told(entry, request.app.state.words) for entry in found[:MOST]]
    return Response(
        json.dumps({"q": name, "total": len(found), "rows": rows}, ensure_ascii=False), media_type="application/json"
    )


def told(entry: Entry, words: Catalogue) -> Row:
    """A place as one tells it from its namesakes. `value` is what a decision keeps: name and GeoNames id."""
    known = gazetteer()
    lies = (known.division(entry.country, entry.admin1) if entry.admin1 else None, known.division(entry.country))
    around = [e.name for e in lies if e is not None and e.geoname_id != entry.geoname_id]
    people = [words.say("population {n}", n=f"{entry.population:,}")] if entry.population else []
    return {
        "value": _value(entry),
        "name": entry.name,
        "geoname_id": entry.geoname_id,
        "lat": entry.lat,
        "lon": entry.lon,
        "label": " · ".join([words.say("town" if entry.kind == "city" else entry.kind), *around, *people]),
    }


def _value(entry: Entry) -> str:
    return f"{entry.name} ({entry.geoname_id})"


def placed(ledger: Ledger, wanted: Wanted, words: Catalogue) -> Wanted:
    """A correction of a place with its number in it, so that no build need guess among namesakes; others as they are.

    Raises:
        BadDecision: no place of the gazetteer is called so, or several are.
    """
    new = " ".join((wanted.new or "").split())
    if wanted.act != "correct" or wanted.field != "place" or not _of_places(ledger, wanted.row_id):
        return wanted
    if new.lower() in NOBODY or _is_point(new):
        return wanted
    found, where = called(new, gazetteer()), str(ledger.path)
    if len(found) == 1:
        return replace(wanted, new=_value(found[0]))
    if not found and "gazetteer" in Shelf(ledger).run["settings"]:
        return wanted  # it may be a place of the gazetteer that the ledger was built with, which is not here
    if not found:
        raise BadDecision(
            f"no place is called {new!r}", where=where, hint="give another name of it, or latitude, longitude"
        )
    named = "; ".join(f"{_value(e)}: {told(e, words)['label']}" for e in found[:MOST])
    raise BadDecision(f"{len(found)} places are called {new!r}", where=where, hint=f"give the number of one: {named}")


def _of_places(ledger: Ledger, row_id: str) -> bool:
    return next(ledger.rows("places", "place_id = ?", (row_id,)), None) is not None


def _is_point(new: str) -> bool:
    try:
        return point(new) is not None
    except ValueError:
        return True  # whoever reads it next says what is wrong with it


ROUTES = (Route("/review/places.json", candidates),)
