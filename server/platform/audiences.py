"""All audiences of a site, decided together for one profile: `INCLUDE` finds its audience here."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from understudy.server.platform.audience import USERS, Audience, Decided, parse_audience
from understudy.server.platform.computed import NONE, Computations, Computed, Names
from understudy.server.platform.defaults import default_audiences
from understudy.server.platform.filterql import UNKNOWN, Explanation, explain
from understudy.server.platform.filterql.compiler import Check
from understudy.server.platform.filterql.context import Context
from understudy.server.platform.filterql.evaluator import no_includes
from understudy.server.platform.filterql.nodes import Phrase
from understudy.server.platform.filterql.reads import union
from understudy.server.platform.filterql.standing import Marks, Standings
from understudy.server.platform.filterql.watches import Watch, earliest, watches
from understudy.server.platform.include_order import included_first
from understudy.server.platform.meta_fields import ALWAYS
from understudy.server.platform.terms import Terms

__all__ = ["Audience", "AudienceBook", "AudienceProblem", "Flip", "default_audiences", "parse_audience"]

_MAX_PLANS = 256  # kept; pages send events of few kinds
_LAST = 253_402_300_799  # the last second of the year 9999


@dataclass(frozen=True, slots=True)
class AudienceProblem:
    """An INCLUDE that leads nowhere or in a circle, or a comparison without sense, at its 1-based place in the text."""

    audience: Audience
    line: int
    column: int
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Flip:
    """The moment at which a profile enters an audience, or leaves it, although nothing happens to the profile."""

    at: datetime
    inside: bool


class AudienceBook(Mapping[str, Audience]):
    """Slug to audience. Immutable: a changed workspace makes a new book.

    Of two audiences with one slug the later stays, so a workspace can redefine a built-in one. An audience that
    includes itself, directly or not, has no members; neither has one that includes such a one, or one about another
    table than `user`. `computed` work out fields that are not stored, for the audiences that read them.
    """

    def __init__(self, audiences: Iterable[Audience], computed: Sequence[Computed] = ALWAYS) -> None:
        self.computed = Computations(tuple(computed))
        self._audiences = {audience.slug: audience for audience in audiences}
        self._names: dict[str, str] = {}
        for audience in self._audiences.values():
            for name in audience.names:
                self._names.setdefault(name.lower(), audience.slug)
        # A slug of one's own goes before another's alias.
        self._names.update({slug.lower(): slug for slug in self._audiences})
        self._included = {
            slug: found
            for slug, audience in self._audiences.items()
            if (found := {self._names.get(name, "") for name in audience.terms.included} - {""})
        }
        order, self._circles = included_first(self._audiences, self._included)
        self._lost = set(self._circles)
        for slug in order:  # included ones come before those that include them
            if not self._lost.isdisjoint(self._below(slug)):
                self._lost.add(slug)
        self._checks: list[tuple[str, Check]] = [
            (slug, self._audiences[slug].terms.check)
            for slug in order
            if slug not in self._lost and self._audiences[slug].statement.table == USERS
        ]
        self._needs: dict[str, Names] = {}  # what has to be worked out for an audience
        for slug, _ in self._checks:
            if names := self._needs_of(self._audiences[slug].terms):
                self._needs[slug] = names
        self._plans: dict[frozenset[str], list[tuple[str, Check]]] = {}

    # What deciding needs beyond the checks is worked out when a first profile is decided.

    @cached_property
    def _standings(self) -> Standings:
        return Standings({slug: self._audiences[slug].terms.uses for slug, _ in self._checks}, self._behind)

    @cached_property
    def _watches(self) -> dict[str, tuple[Watch, ...]]:
        return {slug: self._audiences[slug].terms.watches for slug, _ in self._checks}

    @cached_property
    def _all_watches(self) -> list[Watch]:
        return _each_once(self._watches.values())

    @cached_property
    def _rest(self) -> list[Watch]:
        return _each_once(watches(phrase) for phrase in self._standings.rest)

    @cached_property
    def _timed(self) -> Names:
        return self._needed(slug for slug, found in self._watches.items() if found)

    @classmethod
    def with_defaults(cls, audiences: Iterable[Audience] = (), computed: Sequence[Computed] = ALWAYS) -> "AudienceBook":
        """The vendor's default audiences and these."""
        return cls((*default_audiences(), *audiences), computed)

    def __getitem__(self, slug: str) -> Audience:
        return self._audiences[slug]

    def __iter__(self) -> Iterator[str]:
        return iter(self._audiences)

    def __len__(self) -> int:
        return len(self._audiences)

    @cached_property
    def digest(self) -> str:
        """Changes exactly when some audience's meaning does."""
        text = "\n".join(f"{slug}: {audience.statement}" for slug, audience in sorted(self.items()))
        text += self.computed.digest(self._needed(self._needs))
        return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]

    def find(self, name: str) -> Audience | None:
        """The audience of that slug or alias, in any case."""
        slug = self._names.get(name.lower())
        return None if slug is None else self._audiences[slug]

    def members(self, fields: Mapping[str, object], now: datetime) -> list[str]:
        """The slugs of all audiences that a profile with these typed fields is in, sorted."""
        return sorted(slug for slug, answer in self._answers(self._checks, fields, now).items() if answer is True)

    def decide(
        self, fields: Mapping[str, object], now: datetime, before: Decided | None = None, touched: Iterable[str] = ()
    ) -> Decided:
        """As `members` and `next_moment` at once.

        With `before`, what was decided last by this book, only those audiences are decided again that can be concerned
        when time goes by and these fields are touched.
        """
        looked_at = self._standings.looked_at
        touched = [field for field in touched if field in looked_at]
        marks, due = self._look(fields, now, before, touched)
        if before is None:
            return Decided(self.digest, self.members(fields, now), marks, due)
        concerned = self._standings.concerned(before.marks, marks, touched)
        return Decided(self.digest, self._members_after(before.members, concerned, fields, now), marks, due)

    def public(self, slugs: Iterable[str]) -> list[str]:
        """Those of the slugs that a browser may know, in the given order."""
        return [slug for slug in slugs if slug in self._audiences and self._audiences[slug].public]

    def explain(self, slug: str, fields: Mapping[str, object], now: datetime) -> Explanation:
        """Why a profile is in the audience or not, condition by condition; raises `KeyError` for an unknown slug."""
        whole = self.filled(fields, self[slug].statement.phrase)
        return explain(self[slug].statement, whole, now=now, include=self.lookup(whole, now))

    def needs(self, phrase: Phrase) -> Names:
        """What has to be worked out for a condition, and the audiences that it includes."""
        return self._needs_of(Terms(phrase))

    def filled(self, fields: Mapping[str, object], phrase: Phrase) -> Mapping[str, object]:
        """The fields, with the computed ones that a condition needs."""
        return self.computed.over(fields, self.needs(phrase))

    def lookup(self, fields: Mapping[str, object], now: datetime) -> Callable[[str], object]:
        """What INCLUDE answers for a profile: by a name, True, False, or UNKNOWN where there is no such audience."""
        answers = self._answers(self._checks, fields, now)
        return lambda name: self._answer(name, answers)

    def next_moment(self, fields: Mapping[str, object], now: datetime) -> datetime | None:
        """The next moment at which time alone may move the profile; it is in the same audiences until then."""
        return self._look(fields, now)[1]

    def flip(self, slug: str, fields: Mapping[str, object], now: datetime) -> Flip | None:
        """When the profile next enters or leaves the audience by time alone; None when it never does.

        Raises `KeyError` for an unknown slug.
        """
        self[slug]
        closure = self._closure(slug)
        checks = [check for check in self._checks if check[0] in closure]
        wanted = [watch for each, _ in checks for watch in self._watches[each]]
        context = Context(self.computed.over(fields, self._timed), now, no_includes)
        inside = self._answers(checks, fields, now).get(slug) is True
        for moment in sorted({moment for watch in wanted for moment in watch.after(context)}):
            if (self._answers(checks, fields, moment).get(slug) is True) is not inside:
                return Flip(moment, not inside)
        return None

    @cached_property
    def clock_digest(self) -> str:
        """Changes when `next_moment` may."""
        keys = "\n".join(sorted(watch.key for watch in self._all_watches))
        return hashlib.sha256(keys.encode("utf-8", "replace")).hexdigest()[:16]

    def problems(self) -> list[AudienceProblem]:
        """Every INCLUDE that leads nowhere or back to where it stands, and what is compared with no number or date."""
        found = []
        for audience in self.values():
            wrong = audience.terms.senseless
            found += [AudienceProblem(audience, one.line, one.column, one.message, one.hint) for one in wrong]
            for include in audience.terms.includes:
                target = self.find(include.slug)
                if target is None:
                    message, hint = f"there is no audience {include.slug!r}", "name one that exists, or add it"
                elif audience.slug in self._circles and target.slug in self._circles:
                    message, hint = f"{audience.slug!r} includes itself by way of this", "break the circle of INCLUDEs"
                elif target.slug in self._lost:
                    message = f"{target.slug!r} includes itself, or one that does, so this has no members"
                    hint = "break that circle of INCLUDEs"
                else:
                    continue
                found.append(AudienceProblem(audience, include.line, include.column, message, hint))
        return found

    def _answers(
        self, checks: list[tuple[str, Check]], fields: Mapping[str, object], now: datetime
    ) -> dict[str, object]:
        answers: dict[str, object] = {}
        if self._needs:
            fields = self.computed.over(fields, self._needed(slug for slug, _ in checks))
        context = Context(fields, now, lambda name: self._answer(name, answers))
        for slug, check in checks:
            answers[slug] = check(context)
        return answers

    def _needs_of(self, terms: Terms) -> Names:
        own = self.computed.among(terms.names)
        return own | self._needed(self._names.get(name, "") for name in terms.included) if terms.included else own

    def _needed(self, slugs: Iterable[str]) -> Names:
        return NONE.union(*(self._needs[slug] for slug in slugs if slug in self._needs))

    def _look(
        self, fields: Mapping[str, object], now: datetime, before: Decided | None = None, touched: Iterable[str] = ()
    ) -> tuple[Marks, datetime | None]:
        context = Context(self.computed.over(fields, self._timed), now, no_includes)
        marks, second, sure = self._standings.look(context, None if before is None else before.marks, touched)
        if not sure:
            return marks, earliest(self._all_watches, context)
        due = None if second is None or second > _LAST else datetime.fromtimestamp(second, UTC)
        return marks, earliest(self._rest, context, due) if self._rest else due

    def _behind(self, names: frozenset[str]) -> frozenset[str] | None:
        """The fields that matter to whoever looks at these; None when any may."""
        given = self.computed.among(names)
        return union((names, *self.computed.sources(given))) if given else names

    def _members_after(
        self, members: list[str], concerned: frozenset[str], fields: Mapping[str, object], now: datetime
    ) -> list[str]:
        if not concerned:
            return members
        answers = self._answers(self._plan(concerned), fields, now)
        kept = [slug for slug in members if slug not in answers]
        return sorted([*kept, *(slug for slug, answer in answers.items() if answer is True)])

    def _plan(self, concerned: frozenset[str]) -> list[tuple[str, Check]]:
        """The checks of these audiences, of those that include them, and of all that those include."""
        if concerned not in self._plans:
            if len(self._plans) >= _MAX_PLANS:
                self._plans.clear()
            wanted = set(concerned)
            for slug, _ in self._checks:  # included ones come before those that include them
                if not wanted.isdisjoint(self._below(slug)):
                    wanted.add(slug)
            for slug, _ in reversed(self._checks):
                if slug in wanted:
                    wanted |= self._below(slug)
            self._plans[concerned] = [check for check in self._checks if check[0] in wanted]
        return self._plans[concerned]

    def _closure(self, slug: str) -> set[str]:
        """An audience with all that it includes, directly or not."""
        found, waiting = {slug}, [slug]
        while waiting:
            new = self._below(waiting.pop()) - found
            found |= new
            waiting += new
        return found

    def _below(self, slug: str) -> Set[str]:
        """The audiences that one includes directly, as far as they exist."""
        return self._included.get(slug, NONE)

    def _answer(self, name: str, answers: Mapping[str, object]) -> object:
        return answers.get(self._names.get(name.lower(), ""), UNKNOWN)


def _each_once(found: Iterable[Iterable[Watch]]) -> list[Watch]:
    return list({watch.key: watch for some in found for watch in some}.values())
