"""`/api/segment/<id>/fieldinfo`: what the members of an audience have in their fields (platform.md 3.6).

Of each field: how many members have it and how many have not, its most frequent terms with how many members each has
(`more_terms` says how many others there are), and for numbers and times their statistics and a histogram.

Decisions where the spec is silent: the terms of a list are its items and those of a map its keys; a time's term is its
day, and its statistics are in unix seconds. `sd` is that of the whole audience. A histogram has ten equal spans from
the least to the greatest, `{from, to, count}`. Terms are counted exactly, so `approx_cardinality` is no guess until a
field has a hundred thousand of them, after which new ones are only counted. Fields that the API names, such as
`lytics_content.Glazes`, may be keys of maps.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from math import sqrt

from understudy.server.platform.codec import plain
from understudy.server.platform.filterql.values import to_text

MOST_TERMS = 100_000
SPANS = 10


class FieldInfo:
    """Counts one field."""

    def __init__(self) -> None:
        self.present = 0
        self._terms: Counter[str] = Counter()
        self._others = 0
        self._numbers: list[float] = []
        self._times = False

    def take(self, value: object) -> None:
        """Count the value that one member has."""
        self.present += 1
        for term in _terms(value):
            if term in self._terms or len(self._terms) < MOST_TERMS:
                self._terms[term] += 1
            else:
                self._others += 1
        if isinstance(value, datetime):
            self._times = True
            self._numbers.append(value.timestamp())
        elif isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e300:
            self._numbers.append(float(value))

    def shown(self, name: str, members: int, limit: int) -> dict[str, object]:
        """What the API says of the field."""
        terms = sorted(self._terms.items(), key=lambda item: (-item[1], item[0]))
        return {
            "field": name,
            "terms_counts": dict(terms[:limit]),
            "more_terms": max(0, len(terms) - limit) + self._others,
            "ents_present": self.present,
            "ents_absent": members - self.present,
            "approx_cardinality": len(terms) + self._others,
            "stats": _statistics(self._numbers),
            "histograms": _histogram(self._numbers, times=self._times),
        }


class Fields:
    """Counts the fields of an audience's members: those named, or all."""

    def __init__(self, names: Collection[str] = ()) -> None:
        self._names = list(names)
        self._found: dict[str, FieldInfo] = {name: FieldInfo() for name in self._names}
        self.members = 0

    def visit(self, fields: Mapping[str, object]) -> None:
        """Count one member."""
        self.members += 1
        for name in self._names or fields:
            value = value_of(fields, name)
            if value is not None:
                self._found.setdefault(name, FieldInfo()).take(value)

    def shown(self, limit: int) -> list[dict[str, object]]:
        """All fields, as they were asked for, else by name."""
        return [self._found[name].shown(name, self.members, limit) for name in self._names or sorted(self._found)]


def value_of(fields: Mapping[str, object], name: str) -> object:
    """A field's value, or that of a key in a map."""
    if name in fields:
        return fields[name]
    head, _, key = name.partition(".")
    inner = fields.get(head)
    return inner.get(key.strip("`")) if isinstance(inner, Mapping) else None


def _terms(value: object) -> set[str]:
    if isinstance(value, datetime):
        return {str(plain(value))[:10]}
    items = value if isinstance(value, list | tuple | Mapping) else [value]
    return {text for item in items if (text := to_text(item)) is not None}


def _statistics(numbers: list[float]) -> dict[str, float]:
    if not numbers:
        return {"mean": 0, "sd": 0, "min": 0, "max": 0, "n": 0}
    mean = sum(numbers) / len(numbers)
    spread = (
        sqrt(sum((number - mean) ** 2 for number in numbers) / len(numbers)) if max(map(abs, numbers)) < 1e150 else 0
    )
    return {"mean": mean, "sd": spread, "min": min(numbers), "max": max(numbers), "n": len(numbers)}


def _histogram(numbers: list[float], *, times: bool) -> list[dict[str, object]]:
    if not numbers:
        return []
    least, greatest = min(numbers), max(numbers)
    width = (greatest - least) / SPANS
    counts = [0] * (SPANS if width else 1)
    for number in numbers:
        counts[min(int((number - least) / width), SPANS - 1) if width else 0] += 1

    def edge(place: int) -> object:
        number = least + place * width if place < SPANS else greatest
        return plain(datetime.fromtimestamp(number, UTC)) if times else number

    return [{"from": edge(place), "to": edge(place + 1), "count": count} for place, count in enumerate(counts)]
