"""The range plot: figures of several mouths on one axis. Places are shares of the axis in percent, so that it fits any width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10

MARGIN = 2.0  # percent of the width left free on each side, for the dots at the ends


@dataclass(frozen=True, slots=True)
class Bar:
    """One mouth's figure: low and high (None is open), about or exact, and how many more reports print it."""

    name: str
    text: str
    low: float | None
    high: float | None
    about: bool
    more: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """A bar with its places on the axis."""

    bar: Bar
    x1: float
    x2: float
    open: bool


@dataclass(frozen=True, slots=True)
class Plot:
    """All that the template draws."""

    bars: tuple[Drawn, ...]
    ticks: tuple[tuple[float, str], ...]


def range_plot(bars: Sequence[Bar]) -> Plot | None:
    """Bars on one axis that starts at zero; None where no bar has a figure."""
    known = [b for b in bars if b.low is not None]
    if not known:
        return None
    most = max(max(b.low or 0, b.high or 0) for b in known)
    step = _step(most)
    top = step * (floor(most / step) + 1)

    def x(value: float) -> float:
        return round(MARGIN + value / top * (100 - 2 * MARGIN), 2)

    drawn = [Drawn(b, x(b.low or 0.0), x(b.high if b.high is not None else top), b.high is None) for b in known]
    return Plot(tuple(drawn), tuple((x(k * step), f"{k * step:,.0f}") for k in range(int(top / step) + 1)))


def _step(most: float) -> float:
    """A round step that gives four to eight ticks.

    >>> [_step(x) for x in (9, 45, 9000)]
    [2.0, 10.0, 2000.0]
    """
    power = 10.0 ** floor(log10(max(most, 1)))
    return next((power * k for k in (0.2, 0.5, 1.0, 2.0) if most / (power * k) <= 6), power * 2)
