"""The command line answers at once: what is heavy is imported when it is used."""

from __future__ import annotations

import resource
import subprocess
import sys

HEAVY = (
    "numpy",
    "onnxruntime",
    "duckdb",
    "pyspark",
    "pyarrow",
    "trafilatura",
    "feedparser",
    "jinja2",
    "rich",
    "starlette",
)


def seconds(*words: str) -> float:
    """CPU seconds of Python with some words, the best of three."""
    spent = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *words], check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(spent)


def test_help_takes_no_time() -> None:
    # on a slow or busy machine click alone takes longer than is asked of us
    assert seconds("-m", "onrecord", "--help") <= max(0.15, 2.2 * seconds("-c", "import click"))


def test_help_imports_nothing_heavy() -> None:
    code = "import sys, onrecord.views.cli; print(*sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    assert not set(HEAVY) & set(loaded)
