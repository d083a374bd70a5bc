"""The range plot: figures of several mouths on one axis, as inline SVG. The same numbers stand in a table beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10

WIDTH, LEFT, RIGHT, ROW, TOP = 720, 190, 70, 44, 14


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
    """A bar with its places in the picture."""

    bar: Bar
    y: int
    x1: float
    x2: float
    open: bool


@dataclass(frozen=True, slots=True)
class Plot:
    """All that the template draws."""

    width: int
    height: int
    left: int
    bars: tuple[Drawn, ...]
    ticks: tuple[tuple[float, str], ...]
    axis: int


def range_plot(bars: Sequence[Bar]) -> Plot | None:
    """Bars on one axis that starts at zero; None where no bar has a figure."""
    known = [b for b in bars if b.low is not None]
    if not known:
        return None
    most = max(max(b.low or 0, b.high or 0) for b in known)
    step = _step(most)
    top = step * (floor(most / step) + 1)
    scale = (WIDTH - LEFT - RIGHT) / top
    drawn = []
    for k, bar in enumerate(known):
        low = bar.low or 0.0
        high = bar.high if bar.high is not None else top
        drawn.append(Drawn(bar, TOP + k * ROW + ROW // 2, LEFT + low * scale, LEFT + high * scale, bar.high is None))
    ticks = tuple((LEFT + k * step * scale, f"{k * step:,.0f}") for k in range(int(top / step) + 1))
    axis = TOP + len(known) * ROW
    return Plot(WIDTH, axis + 30, LEFT, tuple(drawn), ticks, axis)


def _step(most: float) -> float:
    """A round step that gives four to eight ticks.

    >>> [_step(x) for x in (9, 45, 9000)]
    [2.0, 10.0, 2000.0]
    """
    power = 10.0 ** floor(log10(max(most, 1)))
    return next((power * k for k in (0.2, 0.5, 1.0, 2.0) if most / (power * k) <= 6), power * 2)
