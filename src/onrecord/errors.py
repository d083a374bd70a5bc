"""Every error a user can meet, and nothing else.

    OnrecordError
    ├── UnreadableReport     a file is there, but no reader makes a report of it
    ├── NotFetched           an address was not visited, or answered with no report
    ├── BadManifest          manifest.csv or a column mapping cannot be followed
    ├── BadLedger            a ledger is missing, is no ledger, or was changed after it was sealed
    ├── BrokenModel          the model of English, or the pipeline named instead of it, does not load
    ├── BrokenGazetteer      a gazetteer, or a dump that one is to be made of, cannot be read
    ├── UnknownRow           an id or a table name that the ledger does not hold
    ├── BadDecision          a decision cannot be followed, or a log of decisions cannot be read
    ├── NotInstalled         a library that is asked for by name is not there
    ├── BadFilter            a filter names what a table has not, or a value that it cannot be
    ├── CannotWrite          the place to write to is not writable, or is full
    ├── LedgerHeld           another build is writing this ledger
    ├── BrokenPool           worker processes do not start, or cannot go on
    ├── MissingEngine        Spark, or the Java that it needs, is not installed or does not start
    └── BadTables            a folder of tables is none, or was not finished

Each says what happened, where, and what to do.
"""

from __future__ import annotations


class OnrecordError(Exception):
    """Catch this to catch all of ours.

    Args:
        what: what happened, with the offending value.
        where: a file, a file and line, or a report and its offsets.
        hint: what the user can do about it.
    """

    def __init__(self, what: str, *, where: str, hint: str) -> None:
        super().__init__(f"{where}: {what}\n  hint: {hint}")
        self.what, self.where, self.hint = what, where, hint


class UnreadableReport(OnrecordError):
    """A file is there, but no reader makes a report of it."""


class NotFetched(OnrecordError):
    """An address was not visited, or answered with no report."""


class BadManifest(OnrecordError):
    """manifest.csv or a column mapping cannot be followed."""


class BadLedger(OnrecordError):
    """A ledger is missing, is no ledger, or was changed after it was sealed."""


class BrokenModel(OnrecordError):
    """The model of English, or the pipeline named instead of it, does not load."""


class BrokenGazetteer(OnrecordError):
    """A gazetteer, or a dump that one is to be made of, cannot be read."""

    def __init__(self, what: str, *, where: str) -> None:
        super().__init__(what, where=where, hint="make one with: onrecord gazetteer DUMPS... -o places.db")


class UnknownRow(OnrecordError):
    """An id or a table name that the ledger does not hold."""


class BadDecision(OnrecordError):
    """A decision cannot be followed, or a log of decisions cannot be read."""


class NotInstalled(OnrecordError):
    """A library that is asked for by name is not there."""

    def __init__(self, what: str, *, hint: str) -> None:
        super().__init__(f"no {what} here", where="Python", hint=hint)


class BadFilter(OnrecordError):
    """A filter names what a table has not, or gives a value that it cannot be."""


class CannotWrite(OnrecordError):
    """The place to write to is not writable, or is full."""


class LedgerHeld(OnrecordError):
    """Another build is writing this ledger."""


class BrokenPool(OnrecordError):
    """Worker processes do not start, or cannot go on."""


class MissingEngine(OnrecordError):
    """Spark, or the Java that it needs, is not installed or does not start."""


class BadTables(OnrecordError):
    """A folder of tables is none, or was not finished."""
