"""Line charts as SVG, without a script and without a style in the markup: a line for each variation.

Only the lines are SVG, in a box of 100 by 100 that is stretched to whatever room there is; strokes keep their width.
What is written beside them is text of the page, at equal distances, so it stays readable on a narrow screen.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from understudy.server.reports.insights.card import percent
from understudy.server.reports.periods import Period
from understudy.server.reports.series import Point
from understudy.server.reports.subjects import Part

# What a quarter of a chart's height may stand for: these times a power of ten, or of shares one of these.
STEPS = (1, 2, 3, 5)
SHARES = (0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.25)
QUARTERS = 4
NAMED_TIMES = 4  # along the time axis
DOTTED = 60  # points at most, for each to have a dot
COLOURS = 6  # the stylesheet's; dashes tell lines apart as well


@dataclass(frozen=True, slots=True)
class Curve:
    """One line: `path` is its `d`, `dots` that of its points."""

    label: str
    look: int
    path: str
    dots: str


@dataclass(frozen=True, slots=True)
class Chart:
    """`heights` are what stands beside the lines from the top down, `times` below them; `rows` are the table of it."""

    title: str
    summary: str
    curves: tuple[Curve, ...]
    heights: tuple[str, ...]
    times: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def charts(over_time: Sequence[tuple[Part, list[Point]]], period: Period) -> list[Chart]:
    """Reached and converted visitors, and the rate of all so far."""
    return [
        _chart("Reached visitors", over_time, period, lambda point: point.reach, "{:,.0f}".format),
        _chart("Converted visitors", over_time, period, lambda point: point.converted, "{:,.0f}".format),
        _chart("Conversion rate so far", over_time, period, lambda point: point.rate, percent),
    ]


def _chart(
    title: str,
    over_time: Sequence[tuple[Part, list[Point]]],
    period: Period,
    value: Callable[[Point], float | None],
    write: Callable[[float], str],
) -> Chart:
    lines = [(part, [value(point) for point in points]) for part, points in over_time]
    highest = max((each for _, values in lines for each in values if each is not None), default=0)
    step = _step(highest, whole=write is not percent)
    times = [moment(point.start, period) for point in over_time[0][1]]
    tops = [
        f"{part.label}: at most {write(most)}"
        for part, values in lines
        for most in [max((each for each in values if each is not None), default=0)]
    ]
    return Chart(
        title=title,
        summary=f"{title} by {period.by}. {'; '.join(tops)}.",
        curves=tuple(_curve(part, place, values, step * QUARTERS) for place, (part, values) in enumerate(lines)),
        heights=tuple(write(step * quarter) for quarter in range(QUARTERS, -1, -1)),
        times=tuple(times[place] for place in named(len(times))),
        rows=tuple(
            (time, tuple("none" if values[row] is None else write(values[row] or 0) for _, values in lines))
            for row, time in enumerate(times)
        ),
    )


def _step(highest: float, *, whole: bool) -> float:
    """The least step of which four reach as high as the highest value."""
    sizes = (factor * 10**power for power in count() for factor in STEPS) if whole else iter(SHARES)
    return next(size for size in sizes if size * QUARTERS >= highest)


def named(points: int) -> list[int]:
    """Which of so many points to name, from the first to the last at equal distances."""
    most = min(NAMED_TIMES, points)
    return [round(place * (points - 1) / max(1, most - 1)) for place in range(most)]


def _curve(part: Part, place: int, values: list[float | None], top: float) -> Curve:
    across = max(1, len(values) - 1)
    spots = [
        (round(index * 100 / across, 2), round(100 - value * 100 / top, 2))
        for index, value in enumerate(values)
        if value is not None
    ]
    path = " ".join(f"{'L' if index else 'M'}{x:g} {y:g}" for index, (x, y) in enumerate(spots))
    dots = " ".join(f"M{x:g} {y:g}h0" for x, y in spots) if len(values) <= DOTTED else ""
    return Curve(part.label, place % COLOURS, path, dots)


def moment(start: datetime, period: Period) -> str:
    """The beginning of an hour or a day as people read it."""
    return start.strftime("%Y-%m-%d %H:%M" if period.by == "hour" else "%Y-%m-%d")
