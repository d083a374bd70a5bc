"""How many of what, whose, where and as of when."""

from __future__ import annotations

from onrecord.claims.quantities.rows import all_figures, quantities

__all__ = ["all_figures", "quantities"]
