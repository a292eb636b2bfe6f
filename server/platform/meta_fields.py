"""Computed fields that follow from a profile's others alone (platform.md 3.2).

- `_total_sz`, `_cust_sz`, `_internal_sz`: bytes of all values as JSON; of those that pages and files name; of the rest.
- `_last_scored`: when the scores were last worked out for an event.
- `deliver_hour` (0-23) and `deliver_day` (0-6, Sunday first), UTC: when the visitor was active most often. The vendor
  predicts both; our formula is the highest count of `hourly` and `hourofweek`, the earliest of several.

The vendor's models also give `needs_message next_event next_event_low next_event_upper segment_prediction
segment_prediction_percentile decision_ttl holdout_groups picked_experiences`. Nothing here can know them: they are what
a persona or an event states.
"""

import re
from collections.abc import Callable, Mapping

from understudy.server.platform.codec import ordered_dumps
from understudy.server.platform.computed import NONE, Computed, Names
from understudy.server.platform.rules import FIELDS
from understudy.server.platform.scores import NAMES

HOUR = re.compile(r"[0-9]{1,3}")  # of the day, or of the week
_SIZES = frozenset({"_total_sz", "_cust_sz", "_internal_sz"})


class Sizes:
    """How large a profile is."""

    names = _SIZES
    sources = None
    digest = ""

    def of(self, fields: Mapping[str, object], _wanted: Names = NONE) -> dict[str, object]:
        """The three sizes."""
        sizes = {name: len(ordered_dumps({name: value}).encode("utf-8", "replace")) for name, value in fields.items()}
        custom = sum(size for name, size in sizes.items() if name not in FIELDS and not name.startswith("_"))
        total = sum(size for name, size in sizes.items() if name not in _SIZES)
        return {"_total_sz": total, "_cust_sz": custom, "_internal_sz": total - custom}


class Habits:
    """When a visitor is there."""

    names = frozenset({"deliver_hour", "deliver_day", "_last_scored"})
    sources = frozenset({"hourly", "hourofweek", "last_active_ts", *NAMES[:1]})
    digest = ""

    def of(self, fields: Mapping[str, object], _wanted: Names = NONE) -> dict[str, object]:
        """Those of the fields that are known; what a persona states stays."""
        found = {
            "deliver_hour": _busiest(fields.get("hourly"), int),
            "deliver_day": _busiest(fields.get("hourofweek"), lambda hour: int(hour) // 24),
            "_last_scored": fields.get("last_active_ts") if NAMES[0] in fields else None,
        }
        return {name: value for name, value in found.items() if value is not None and name not in fields}


ALWAYS: tuple[Computed, ...] = (Sizes(), Habits())


def _busiest(counts: object, group: Callable[[str], int]) -> int | None:
    """The group with the most counts, the lowest of several."""
    sums: dict[int, float] = {}
    for key, count in counts.items() if isinstance(counts, Mapping) else ():
        if HOUR.fullmatch(str(key)) and isinstance(count, int | float):
            sums[group(key)] = sums.get(group(key), 0) + count
    return min(sums, key=lambda each: (-sums[each], each), default=None)
