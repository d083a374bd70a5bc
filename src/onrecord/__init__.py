"""onrecord: who said what, on whose word, and which reports copy, corroborate or contradict each other.

In Python: `import onrecord; led = onrecord.open("ledger.db"); led.statements.where(speaker="Irsa")`. What Python users
call lies in `onrecord.api` and is fetched when first asked for, so that importing the package costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.api import OpenLedger, Row, Table, build, open

__version__ = "0.1.0"
__all__ = ["OpenLedger", "Row", "Table", "__version__", "build", "open"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from onrecord import api

        return getattr(api, name)
    raise AttributeError(f"module 'onrecord' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
