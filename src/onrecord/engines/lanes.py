"""Who works on what next: neighbours go to one worker, so that what it has just learned serves it again."""

from __future__ import annotations


class Lanes:
    """Numbers that are given out once each. Every lane is a stretch of neighbours; who has done his helps with the longest."""

    def __init__(self, count: int, lanes: int) -> None:
        bounds = [count * k // lanes for k in range(lanes + 1)]
        self._lanes = [list(range(bounds[k], bounds[k + 1]))[::-1] for k in range(lanes)]

    def __bool__(self) -> bool:
        return any(self._lanes)

    def append(self, number: int) -> None:
        """Gives a number back: it is next in the first lane."""
        self._lanes[0].append(number)

    def take(self, lane: int) -> int:
        """The next number of a lane; of an empty one, after it got the far half of the longest.

        Raises:
            IndexError: nothing is left in any lane.
        """
        held = self._lanes[lane]
        if not held:
            longest = max(self._lanes, key=len)
            half = (len(longest) + 1) // 2
            held[:], longest[:] = longest[:half], longest[half:]
        return held.pop()
