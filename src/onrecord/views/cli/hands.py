"""Whose hand a decision is: named, or the person this machine knows."""

from __future__ import annotations

import getpass
import os
from typing import Any

WHO: dict[str, Any] = {
    "envvar": "ONRECORD_WHO",
    "help": "Whose decision it is. Default: ONRECORD_WHO, else the name you are logged in with.",
}


def whose(named: str | None) -> str:
    """The name to record; "unknown" where nobody is logged in by name."""
    if named and named.strip():
        return " ".join(named.split())
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return os.environ.get("USERNAME", "unknown")
