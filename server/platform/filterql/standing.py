"""Where the values of a profile stand among the constants that all conditions compare them with.

While every value stands where it stood, no condition has another answer. So after most events no audience has to be
decided again, and when time alone may move a profile is read off with the same look.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from understudy.server.platform.filterql.compiler import Check, compile_operand
from understudy.server.platform.filterql.context import UNKNOWN, Context
from understudy.server.platform.filterql.nodes import Ident, Phrase
from understudy.server.platform.filterql.reads import field_names
from understudy.server.platform.filterql.uses import Opaque, Use, opaque

Marks = tuple[object, ...]
Behind = Callable[[frozenset[str]], frozenset[str] | None]

_OTHER = 0  # a text that none of the constants is
_TEXT = {str}
_NONE: frozenset[str] = frozenset()
_DATES = {"time", "month"}


class Standings:
    """The fields that some named conditions look at, by their `uses`; those that are not in `looked_at` need not be
    told as touched.

    `behind` answers, of fields that a condition looks at, with those that they are worked out from besides; None stands
    for any. `always` has the names of conditions that only deciding them tells about, whatever changes, and `rest` what
    time moves in ways that are not looked at here.
    """

    def __init__(self, conditions: Mapping[str, Iterable[Use | Opaque]], behind: Behind) -> None:
        self.always: set[str] = set()
        self.rest: list[Phrase] = []
        self._by_field: defaultdict[str, set[str]] = defaultdict(set)
        self._behind = behind
        # The fields that each kind of look is for, with what reads a key inside one; the place among the marks comes
        # first, and those of `_times` come after those of `_subjects`.
        self._subjects: list[tuple[str, Check | None, Callable[[object], object]]] = []
        self._times: list[tuple[str, Check | None, list[int], list[str]]] = []
        users: list[frozenset[str]] = []
        users_of_times: list[frozenset[str]] = []
        for subject, found in self._by_subject(conditions).items():
            names = frozenset(name for name, _ in found)
            kind = next((use.kind for _, use in found if use.kind != "exists"), "exists")
            marks: dict[str, list[Any]] = {
                each: sorted({mark for _, use in found for mark in use.marks if use.kind == each})
                for each in (_DATES if kind in _DATES else (kind,))
            }
            read = compile_operand(subject) if len(subject.parts) > 1 else None
            if kind in _DATES:
                self._times.append((subject.parts[0], read, marks["time"], marks["month"]))
                users_of_times.append(names)
            else:
                self._subjects.append((subject.parts[0], read, _PLACES[kind](marks[kind])))
                users.append(names)
        self._users = [*users, *users_of_times]
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        for place, (field, _, _) in enumerate(self._subjects):
            self._places[field].append(place)
        self.looked_at = frozenset((*self._places, *self._by_field))

    def look(
        self, context: Context, before: Marks | None = None, touched: Iterable[str] = ()
    ) -> tuple[Marks, int | None, bool]:
        """Where each value stands, the next unix second at which time alone will have moved one, and whether it is sure
        that there is none before (but for what is in `rest`).

        With `before`, where they stood, only the fields `touched` are looked at, and times.
        """
        if before is None:
            marks = [_stands(context, subject) for subject in self._subjects]
        else:
            marks = list(before[: len(self._subjects)])
            for field in touched:
                for place in self._places.get(field, ()):
                    marks[place] = _stands(context, self._subjects[place])
        first, sure = self._look_at_times(context, marks.append)
        return tuple(marks), first, sure

    def _look_at_times(self, context: Context, add: Callable[[object], None]) -> tuple[int | None, bool]:
        fields, second = context.fields, context.second
        first, sure = None, second is not None
        for field, read, ages, months in self._times:
            value = fields.get(field) if read is None else read(context)
            if value is None or value is UNKNOWN:
                add(None)
            elif type(value) is not datetime or second is None:
                add(object())
                sure = False
            else:
                begun = int(value.timestamp())
                passed = bisect_right(ages, second - begun)
                add((passed, *_compared(begun, months, context)) if months else passed)
                if passed < len(ages) and (first is None or begun + ages[passed] < first):
                    first = begun + ages[passed]
        return first, sure

    def concerned(self, before: Marks, after: Marks, touched: Iterable[str]) -> frozenset[str]:
        """The conditions whose answers may be others, when values stood so and stand so, and these fields changed."""
        found = set(self.always)
        for field in touched:
            found |= self._by_field.get(field, _NONE)
        if before != after:
            for old, new, users in zip(before, after, self._users, strict=True):
                if old != new:
                    found |= users
        return frozenset(found)

    def _by_subject(self, conditions: Mapping[str, Iterable[Use | Opaque]]) -> dict[Ident, list[tuple[str, Use]]]:
        """The uses of each field that stands somewhere; all others go where only deciding helps."""
        found: defaultdict[Ident, list[tuple[str, Use]]] = defaultdict(list)
        for name, each in conditions.items():
            for use in each:
                if isinstance(use, Opaque):
                    self._decide_always(name, use)
                else:
                    found[use.subject].append((name, use))
                    self.rest += [use.node] if use.kind == "month" else []
        for subject, its_uses in list(found.items()):
            kinds = {use.kind for _, use in its_uses} - {"exists"}
            if (len(kinds) > 1 and not kinds <= _DATES) or self._behind(
                names := frozenset(field_names(subject))
            ) != names:
                for name, use in found.pop(subject):
                    self._decide_always(name, opaque(use.node))
        return found

    def _decide_always(self, name: str, use: Opaque) -> None:
        fields = self._behind(use.fields)
        for field in fields or ():
            self._by_field[field].add(name)
        if use.moving or fields is None:
            self.always.add(name)
        self.rest += [use.node] if use.moving else []


def _stands(context: Context, subject: tuple[str, Check | None, Callable[[object], object]]) -> object:
    field, read, place = subject
    value = context.fields.get(field) if read is None else read(context)
    return None if value is None or value is UNKNOWN else place(value)


def _compared(begun: int, months: list[str], context: Context) -> list[int | None]:
    """On which side of each date a time is."""
    found: list[int | None] = []
    for date in months:
        moment = context.date(date)
        second = None if moment is None else int(moment.timestamp())
        found.append(None if second is None else (begun > second) - (begun < second))
    return found


def _exists(_marks: object) -> Callable[[object], object]:
    return lambda _value: True


def _number(marks: list[int | float]) -> Callable[[object], object]:
    def place(value: object) -> object:
        if isinstance(value, int | float) and type(value) is not bool:
            return bisect_left(marks, value) + bisect_right(marks, value)
        return object()  # stands nowhere twice

    return place


def _text(marks: list[str]) -> Callable[[object], object]:
    wanted = frozenset(marks)

    def place(value: object) -> object:
        if type(value) is str:
            return value if value in wanted else _OTHER
        if type(value) is list and set(map(type, value)) <= _TEXT:
            return wanted.intersection(value)
        if type(value) is dict:
            return (wanted.intersection(value),)
        return object()

    return place


_PLACES: dict[str, Callable[..., Callable[[object], object]]] = {"exists": _exists, "number": _number, "text": _text}
