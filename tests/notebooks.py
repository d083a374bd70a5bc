"""Runs the cells of a notebook in this process and gives their outputs, as a notebook keeps them.

`python -m tests.notebooks` writes docs/tutorial.ipynb anew; `tests/test_tutorial.py` holds it to what its cells give.
"""

from __future__ import annotations

import ast
import io
import json
import os
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

TUTORIAL = Path(__file__).parents[1] / "docs" / "tutorial.ipynb"
Cell = dict[str, Any]


def outputs(cells: list[Cell]) -> list[list[Cell]]:
    """What each cell of code gives, one after another in one namespace."""
    names: dict[str, Any] = {"__name__": "__main__"}
    return [_run("".join(cell["source"]), names) for cell in cells if cell["cell_type"] == "code"]


def _run(code: str, names: dict[str, Any]) -> list[Cell]:
    tree = ast.parse(code)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    printed, value = io.StringIO(), None
    with redirect_stdout(printed):
        exec(compile(tree, "<cell>", "exec"), names)
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), "<cell>", "eval"), names)
    found: list[Cell] = []
    if printed.getvalue():
        found.append({"name": "stdout", "output_type": "stream", "text": _lines(printed.getvalue())})
    if value is not None:
        data = {"text/plain": _lines(repr(value))}
        if hasattr(value, "_repr_html_"):
            data = {"text/html": _lines(value._repr_html_()), **data}
        found.append({"data": data, "execution_count": None, "metadata": {}, "output_type": "execute_result"})
    return found


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def written(cells: list[tuple[str, str]]) -> dict[str, Any]:
    """A notebook of (kind, text) cells, run."""
    made: list[Cell] = []
    for number, (kind, text) in enumerate(cells, 1):
        cell: Cell = {"cell_type": kind, "id": f"cell-{number}", "metadata": {}, "source": _lines(text)}
        made.append(cell | ({"execution_count": None, "outputs": []} if kind == "code" else {}))
    ran = iter(outputs(made))
    for cell in made:
        if cell["cell_type"] == "code":
            cell["outputs"] = next(ran)
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return {
        "cells": made,
        "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


if __name__ == "__main__":
    os.chdir(TUTORIAL.parent)
    kept = json.loads(TUTORIAL.read_text(encoding="utf-8"))
    anew = written([(c["cell_type"], "".join(c["source"])) for c in kept["cells"]])
    TUTORIAL.write_text(json.dumps(anew, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
