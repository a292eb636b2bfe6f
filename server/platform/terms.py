"""What follows from the statement of one audience alone, worked out once.

One audience may be in many books: each world with files of its own has one, and so has each reading of a workspace.
"""

from functools import cached_property

from understudy.server.platform.filterql import includes
from understudy.server.platform.filterql.compiler import Check, compile_phrase
from understudy.server.platform.filterql.nodes import Include, Phrase
from understudy.server.platform.filterql.reads import all_names
from understudy.server.platform.filterql.sense import Senseless, senseless
from understudy.server.platform.filterql.uses import Opaque, Use, uses
from understudy.server.platform.filterql.watches import Watch, watches


class Terms:
    """A phrase, with all that a book asks about it."""

    def __init__(self, phrase: Phrase) -> None:
        self.phrase = phrase

    @cached_property
    def check(self) -> Check:
        """Decides it."""
        return compile_phrase(self.phrase)

    @cached_property
    def includes(self) -> tuple[Include, ...]:
        """Every INCLUDE in it."""
        return tuple(includes(self.phrase))

    @cached_property
    def included(self) -> frozenset[str]:
        """The names that its INCLUDEs have, in lower case."""
        return frozenset(include.slug.lower() for include in self.includes)

    @cached_property
    def names(self) -> frozenset[str]:
        """The fields that it looks at."""
        return all_names(self.phrase)

    @cached_property
    def uses(self) -> tuple[Use | Opaque, ...]:
        """How it looks at them."""
        return tuple(uses(self.phrase))

    @cached_property
    def watches(self) -> tuple[Watch, ...]:
        """What time changes in it."""
        return tuple(watches(self.phrase))

    @cached_property
    def senseless(self) -> tuple[Senseless, ...]:
        """What it compares with no number and no date."""
        return tuple(senseless(self.phrase))
