"""What many tests share: the example pile, built once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from onrecord.ledger.store import publish
from onrecord.pipeline import build, read_alone
from onrecord.records import Findings, Report, Sheet
from onrecord.reports import read

# The same cases everywhere, whatever else the machine does; ONRECORD_EXPLORE=1 looks for new ones.
settings.register_profile(
    "house",
    deadline=None,
    derandomize=not os.environ.get("ONRECORD_EXPLORE"),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("house")

EXAMPLES = Path(__file__).parents[1] / "examples" / "velmara"


def report_of(
    text: str, outlet: str | None = "Oskaran Herald", published: str | None = "2024-03-05", name: str = "r-0"
) -> Report:
    """A report made in a test."""
    return Report(
        report_id=name, path=f"{name}.txt", url=None, outlet=outlet, title=None, byline=None, dateline=None,
        published=published, published_why=None, language="en", text=text,
    )  # fmt: skip


def sheet_of(text: str, **facts: str | None) -> Sheet:
    """Everything one report says by itself."""
    sheet = read_alone(report_of(text, **facts))  # type: ignore[arg-type]
    assert isinstance(sheet, Sheet), sheet
    return sheet


@pytest.fixture(scope="session")
def findings() -> Findings:
    """The example pile, built."""
    return build(read([str(EXAMPLES)]).reports)


@pytest.fixture(scope="session")
def ledger(findings: Findings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example ledger."""
    path = tmp_path_factory.mktemp("ledger") / "ledger.db"
    publish(path, findings)
    return path
