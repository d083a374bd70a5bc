"""The claim matrix: what was answered, by whom; copies folded under the origin they copy."""

from __future__ import annotations

from onrecord.views.pages.shelf import Row, shortened

ANSWER_LENGTH = 120
COLUMNS = 8  # origins side by side; more are told in a line underneath


def matrix(origins: list[Row]) -> Row | None:
    """Rows are distinct answers in order of time, columns are origins; None where there is but one answer of one origin."""
    shown = origins[:COLUMNS]
    answers: dict[str, dict[str, list[Row]]] = {}
    for origin in shown:
        for claim in origin["claims"]:
            answers.setdefault(_answer(claim), {}).setdefault(str(origin["origin_id"]), []).append(claim)
    if len(shown) == 1 and len(answers) == 1:
        return None
    return {
        "columns": [{"origin_id": o["origin_id"], "name": o["name"], "kind": o["kind"]} for o in shown],
        "rows": [
            {"answer": answer, "cells": [_cell(held.get(str(o["origin_id"]), [])) for o in shown]}
            for answer, held in answers.items()
        ],
        "more": len(origins) - len(shown),
    }


def _answer(claim: Row) -> str:
    return shortened(claim["value"] or "".join(text for text, mark in claim["pieces"] if mark), ANSWER_LENGTH)


def _cell(claims: list[Row]) -> Row | None:
    """The first claim of an origin that gives this answer, and how many more print it."""
    if not claims:
        return None
    first = claims[0]
    return {
        "claim_id": first["claim_id"],
        "stance": first["stance"],
        "label": first["report"]["label"],
        "published": first["report"]["published"],
        "copies": len({c["report"]["report_id"] for c in claims}) - 1,
    }
