"""Why a profile is in an audience or not: every condition with its answer, included audiences opened up.

Unlike `AudienceBook.explain`, which tells what was looked at, this tells everything: also what stands after the
condition that settled the matter, because whoever asks wants to know all that is in the way.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from understudy.server.platform.audience import Audience
from understudy.server.platform.audiences import AudienceBook
from understudy.server.platform.codec import plain
from understudy.server.platform.defaults import default_audiences
from understudy.server.platform.filterql.compiler import compile_operand, compile_phrase
from understudy.server.platform.filterql.context import UNKNOWN, Context
from understudy.server.platform.filterql.datemath import RELATIVE
from understudy.server.platform.filterql.nodes import And, Call, Ident, Include, Literal, Not, Or, Phrase
from understudy.server.platform.filterql.reads import Node, parts
from understudy.server.platform.filterql.sense import senseless

BUILT_IN = "default_audiences.fql"
NO_FILE = "in no file"  # made for an experience, or by the API
WORDS = {True: "pass", False: "fail", None: "unknown"}


@dataclass(slots=True)
class Reason:
    """One condition: its text, its answer (None: cannot be evaluated), what it saw, and the conditions it is made of.

    Of an INCLUDE, `place` is the file and line where it stands, and `note` the file of the included audience, or why
    there is none. Of a comparison with what is no number and no date, `note` says so.
    """

    text: str
    result: bool | None
    seen: dict[str, object] = field(default_factory=dict)
    parts: list["Reason"] = field(default_factory=list)
    place: str = ""
    note: str = ""

    def lines(self, indent: int = 0) -> list[str]:
        """The tree as indented text, one condition a line."""
        told = [f"{name} is {_shown(value)}" for name, value in self.seen.items()]
        told += [text for text in (self.place, self.note) if text]
        line = f"{'  ' * indent}{WORDS[self.result]}: {self.text}" + (f"  ({', '.join(told)})" if told else "")
        return [line, *(text for part in self.parts for text in part.lines(indent + 1))]

    def as_json(self) -> dict[str, object]:
        """The tree, ready for JSON; a value that is missing is null."""
        seen = {name: None if value is UNKNOWN else plain(value) for name, value in self.seen.items()}
        own: dict[str, object] = {"text": self.text, "result": WORDS[self.result], "seen": seen}
        own |= {name: text for name, text in (("place", self.place), ("note", self.note)) if text}
        return {**own, "parts": [part.as_json() for part in self.parts]}


def reason_for(book: AudienceBook, slug: str, fields: Mapping[str, object], now: datetime) -> Reason:
    """Why the profile with these typed fields is in the audience or not; raises `KeyError` for an unknown slug."""
    fields = book.filled(fields, book[slug].statement.phrase)
    return _Reasons(book, Context(fields, now, book.lookup(fields, now))).of(book[slug].statement.phrase, (book[slug],))


class _Reasons:
    def __init__(self, book: AudienceBook, context: Context) -> None:
        self._book = book
        self._context = context

    def of(self, node: Phrase, within: tuple[Audience, ...]) -> Reason:
        """The reason for a condition of the last of these audiences, each of which includes the next."""
        answer = compile_phrase(node)(self._context)
        result = answer if isinstance(answer, bool) else None
        if isinstance(node, And | Or):
            word = "AND" if isinstance(node, And) else "OR"
            return Reason(word, result, parts=[self.of(child, within) for child in node.children])
        if isinstance(node, Not) and isinstance(node.child, And | Or | Not | Include):
            return Reason("NOT", result, parts=[self.of(node.child, within)])
        if isinstance(node, Include):
            return self._include(node, result, within)
        wrong = "; ".join(f"{one.message}: {one.hint}" for one in senseless(node))
        return Reason(str(node), result, dict(self._seen(node)), note=wrong)

    def _include(self, node: Include, result: bool | None, within: tuple[Audience, ...]) -> Reason:
        reason = Reason(str(node), result, place=f"{file_of(within[-1])}:{node.line}")
        target = self._book.find(node.slug)
        if target is None:
            reason.note = "there is no such audience"
        elif target in within:
            reason.note = "it includes itself by way of this"
        else:
            reason.note = f"from {file_of(target)}"
            reason.parts = [self.of(target.statement.phrase, (*within, target))]
        return reason

    def _seen(self, node: Node) -> Iterator[tuple[str, object]]:
        """The values of everything in a condition that is not written out in it."""
        for part in parts(node):
            yield from self._seen(part)
            if isinstance(part, Ident | Call):
                yield str(part), compile_operand(part)(self._context)
            elif isinstance(part, Literal) and (moment := self._moment(part.value)):
                yield str(part), moment

    def _moment(self, value: object) -> datetime | None:
        return self._context.date(value) if isinstance(value, str) and RELATIVE.match(value) else None


def file_of(audience: Audience) -> str:
    """The file that an audience is in, if it is in one."""
    if audience.source is not None:
        return audience.source.as_posix()
    return BUILT_IN if audience in default_audiences() else NO_FILE


def _shown(value: object) -> str:
    if value is UNKNOWN:
        return "missing"
    shown = moment_text(value) if isinstance(value, datetime) else repr(plain(value))
    return shown if len(shown) <= 200 else f"{shown[:200]}…"


def moment_text(moment: datetime) -> str:
    """A time to the minute, or as finely as it is given: `2027-01-03T10:00Z`."""
    text = str(plain(moment))
    return text.removesuffix("Z").removesuffix(".000").removesuffix(":00") + "Z"
