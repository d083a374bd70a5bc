"""Who said what, and on whose word."""

from __future__ import annotations

from onrecord.claims.statements.in_order import statements

__all__ = ["statements"]
