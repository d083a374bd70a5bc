"""What happened, or is said to, who did it to whom, and whether it happened at all."""

from __future__ import annotations

from onrecord.claims.events.rows import events, scene_of

__all__ = ["events", "scene_of"]
