"""How each report reads: sentences, words with their tags and heads, names, and what the pronouns stand for.

A reading is named on the command line: `bundled` is our own model, `spacy:NAME` any spaCy pipeline, `none` no model, so
that only the rules work. All give the same records.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from onrecord.errors import BrokenModel
from onrecord.records import Reading, Sheet

READINGS = ("bundled", "spacy", "none")  # each but the last is a module here; heavy, so imported when named
DEFAULT = "bundled"
UNREAD = frozenset({"furniture", "credit", "byline", "dateline"})


def _reader(by: str) -> tuple[ModuleType | None, str]:
    """The module of a reading, None for `none`, and what stands after the colon."""
    name, _, detail = by.partition(":")
    if name not in READINGS:
        raise BrokenModel(f"no reading is called {by!r}", where="--reading", hint=f"choose {', '.join(READINGS)}")
    return (None if name == "none" else import_module(f"onrecord.reading.{name}")), detail


def check(by: str) -> None:
    """Loads a reading, so that a build ends here and not at every report.

    Raises:
        BrokenModel: no reading has this name, or it does not load.
    """
    module, detail = _reader(by)
    if module is not None:
        module.load(detail)


def fingerprint(by: str) -> str | None:
    """What tells this model from another one: a hash or a name with its version. None for `none`."""
    module, detail = _reader(by)
    return None if module is None else str(module.fingerprint(detail))


def read(sheet: Sheet, by: str = DEFAULT) -> Reading:
    """The passages of a report that say something, read.

    Args:
        sheet: a report with its passages.
        by: the name of a reading, with what it wants to know after a colon.

    Raises:
        BrokenModel: no reading has this name, or it does not load.
    """
    module, detail = _reader(by)
    if module is None:
        return Reading()
    passages = tuple(p for p in sheet.passages if p.role not in UNREAD)
    made: Reading = module.read(sheet.report.text, passages, detail)
    return made
