"""Deciding a statement for one profile, quickly (`evaluate`) or with the reason for every part (`explain`)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from understudy.server.platform.filterql.compiler import Check, compile_phrase
from understudy.server.platform.filterql.context import UNKNOWN, Context
from understudy.server.platform.filterql.nodes import Ident, Phrase, Statement

Include = Callable[[str], object]


@dataclass(slots=True)
class Explanation:
    """One condition: its text, its answer (None: not evaluable), the field values it looked at, and its parts."""

    text: str
    result: bool | None
    seen: dict[str, object]
    parts: list["Explanation"]

    def lines(self, indent: int = 0) -> list[str]:
        """The explanation as indented text, one condition a line."""
        mark = {True: "yes", False: "no", None: "unknown"}[self.result]
        seen = ", ".join(f"{name} is {_shown(value)}" for name, value in self.seen.items())
        line = f"{'  ' * indent}{mark}: {self.text}" + (f"  ({seen})" if seen else "")
        return [line, *(text for part in self.parts for text in part.lines(indent + 1))]


def _shown(value: object) -> str:
    if value is None:
        return "missing"
    return value.isoformat() if isinstance(value, datetime) else repr(value)


def no_includes(_slug: str) -> object:
    """The lookup for statements on their own: it knows no audience."""
    return UNKNOWN


def evaluate(
    statement: Statement, fields: Mapping[str, object], *, now: datetime, include: Include = no_includes
) -> bool:
    """Decide `statement` over typed profile fields (str, int, float, bool, datetime, list, dict).

    `now` anchors relative dates (UTC when it has no zone). `include(slug)` answers True, False, or UNKNOWN for a slug
    that does not exist. A match is the value True, and nothing else. To decide many statements many times, see
    `AudienceBook`, which compiles each once.
    """
    return compile_phrase(statement.phrase)(Context(fields, now, include)) is True


def explain(
    statement: Statement, fields: Mapping[str, object], *, now: datetime, include: Include = no_includes
) -> Explanation:
    """As `evaluate`, with the reason for every part that was looked at; slower, for people."""
    recorder = _Recorder()
    compile_phrase(statement.phrase, recorder.wrap)(Context(fields, now, include))
    return recorder.root.parts[0]


class _Recorder:
    """Writes down each node's answer below that of the node it is part of."""

    def __init__(self) -> None:
        self.root = Explanation("", None, {}, [])
        self._current = self.root

    def wrap(self, node: Phrase | Ident, check: Check) -> Check:
        return self._seeing(node, check) if isinstance(node, Ident) else self._recording(node, check)

    def _seeing(self, node: Ident, check: Check) -> Check:
        def run(context: Context) -> object:
            value = check(context)
            self._current.seen[str(node)] = None if value is UNKNOWN else value
            return value

        return run

    def _recording(self, node: Phrase, check: Check) -> Check:
        def run(context: Context) -> object:
            parent, entry = self._current, Explanation(str(node), None, {}, [])
            parent.parts.append(entry)
            self._current = entry
            try:
                answer = check(context)
            finally:
                self._current = parent
            entry.result = answer if isinstance(answer, bool) else None
            return answer

        return run
