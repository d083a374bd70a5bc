"""The tutorial notebook runs, gives what it shows, and tells nothing of the machine it was run on."""

from __future__ import annotations

import json
import re

import pytest

from tests.notebooks import TUTORIAL, outputs


def test_the_tutorial_gives_what_it_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(TUTORIAL.parent)
    notebook = json.loads(TUTORIAL.read_text(encoding="utf-8"))
    kept = [cell["outputs"] for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert sum(map(len, kept)) > 8
    for number, (shown, given) in enumerate(zip(kept, outputs(notebook["cells"]), strict=True), 1):
        assert shown == given, f"cell of code {number}; after a change that is meant, run: python -m tests.notebooks"


def test_the_tutorial_holds_no_path_script_or_address() -> None:
    text = TUTORIAL.read_text(encoding="utf-8")
    assert not re.search(r"/(tmp|home|root|work|Users|var)/|[A-Z]:\\\\|<script|https?://", text)
