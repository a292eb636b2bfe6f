"""Printing measurements: medians and 95th percentiles, with the load of the machine they were taken on."""

import os
import statistics
from collections.abc import Sequence


def median(values: Sequence[float]) -> float:
    """The middle value."""
    return statistics.median(values)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` (0..1) of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, round(share * len(ordered) + 0.5) - 1))]


def machine() -> str:
    """Cores and load average, without which a timing means little."""
    load = " ".join(f"{value:.1f}" for value in os.getloadavg()) if hasattr(os, "getloadavg") else "unknown"
    return f"{os.cpu_count()} cores, load {load}"


def show(title: str, headers: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print one table in Markdown."""
    cells = [[text(cell) for cell in row] for row in rows]
    widths = [max(len(header), *(len(row[column]) for row in cells)) for column, header in enumerate(headers)]
    print(f"\n## {title}  ({machine()})\n")
    print("| " + " | ".join(header.ljust(width) for header, width in zip(headers, widths, strict=True)) + " |")
    print("|" + "|".join("-" * (width + 2) for width in widths) + "|")
    for row in cells:
        print(
            "| "
            + " | ".join(
                cell.rjust(width) if i else cell.ljust(width)
                for i, (cell, width) in enumerate(zip(row, widths, strict=True))
            )
            + " |"
        )


def text(cell: object) -> str:
    """A cell: whole numbers with thousands separated, others with two decimals."""
    if isinstance(cell, float):
        return f"{cell:,.2f}" if cell < 1000 else f"{cell:,.0f}"
    return f"{cell:,}" if isinstance(cell, int) else str(cell)


def spread(label: str, values: Sequence[float]) -> list[object]:
    """A row: label, count, median, 95th percentile, worst."""
    return [label, len(values), median(values), percentile(values, 0.95), max(values)]
