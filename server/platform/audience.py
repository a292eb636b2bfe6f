"""One audience: a FilterQL statement with the slug by which widgets and browsers know it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from understudy.server.platform.filterql import FilterQLError, Statement, parse
from understudy.server.platform.filterql.nodes import And, Not, Or, Phrase
from understudy.server.platform.filterql.standing import Marks
from understudy.server.platform.terms import Terms

USERS = "user"
MOST_CONDITIONS = 1_000


@dataclass(frozen=True)
class Audience:
    """Who is meant: `public` audiences are told to the browser (the vendor's "Enable for personalization").

    `source` is the file it was read from, None for a built-in one.
    """

    slug: str
    name: str
    public: bool
    statement: Statement
    source: Path | None = None

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What INCLUDE may call it: its slug and its ALIAS."""
        alias = self.statement.alias
        return (self.slug,) if alias is None or alias == self.slug else (self.slug, alias)

    @cached_property
    def terms(self) -> Terms:
        """What follows from its statement."""
        return Terms(self.statement.phrase)


@dataclass(frozen=True, slots=True)
class Decided:
    """What a book has decided of a profile: its audiences, where its values stand, and when to look at it again."""

    digest: str
    members: list[str]
    marks: Marks
    due: datetime | None


def parse_audience(text: str, *, slug: str = "", source: Path | None = None) -> Audience:
    """Parse an audience's text; raises `FilterQLError`, also for an option of WITH that is of the wrong type, and for
    more conditions than the vendor takes (platform.md 3.3).

    Its slug is `WITH slug = …`, else its ALIAS, else `slug` (the file's name). It is public unless `WITH is_public =
    false`: on one's own machine an audience that a widget names should work at once.
    """
    statement = parse(text)
    if (found := conditions(statement.phrase)) > MOST_CONDITIONS:
        hint = "move some to audiences of their own, and INCLUDE those"
        raise FilterQLError(1, 1, f"{found:,} conditions, where the vendor takes {MOST_CONDITIONS:,}", hint, text=text)
    options = statement.options
    name, public = options.get("name"), options.get("is_public", True)
    if not isinstance(public, bool):
        raise _wrong_option(text, "is_public", public, "write true or false")
    if not (own_slug := str(options.get("slug") or statement.alias or slug)):
        raise FilterQLError(1, 1, "the audience has no name", "end it with ALIAS and a name", text=text)
    return Audience(own_slug, str(own_slug if name is None else name), public, statement, source)


def conditions(phrase: Phrase) -> int:
    """How many conditions a phrase joins."""
    return sum(map(conditions, phrase_parts(phrase))) or 1


def phrase_parts(phrase: Phrase) -> tuple[Phrase, ...]:
    """The phrases that one joins, one level down."""
    if isinstance(phrase, And | Or):
        return phrase.children
    return (phrase.child,) if isinstance(phrase, Not) else ()


def _wrong_option(text: str, key: str, value: object, hint: str) -> FilterQLError:
    place = text.rfind(key)
    line = text.count("\n", 0, place) + 1
    column = place - text.rfind("\n", 0, place)
    return FilterQLError(line, column, f"{key} cannot be {value!r}", hint, token=key, text=text)
