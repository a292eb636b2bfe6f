"""Audiences that were made, changed or removed while the server runs, laid over those of the workspace; and what works
out fields for them.

They last until the server ends. A workspace that is read again stays beneath them, and its files are never written.
"""

from collections.abc import Callable

from understudy.server.platform.audience import Audience
from understudy.server.platform.audiences import AudienceBook
from understudy.server.platform.computed import Computed


class Overlay:
    """Slug to the audience that counts instead of the workspace's; None for one that counts no more."""

    def __init__(self) -> None:
        self._changes: dict[str, Audience | None] = {}
        self.beside: tuple[Audience, ...] = ()
        self.recompute: Callable[[Computed], Computed] | None = None

    def put(self, audience: Audience) -> None:
        """Let this audience count."""
        self._changes[audience.slug] = audience

    def remove(self, slug: str) -> None:
        """Let no audience of that slug count."""
        self._changes[slug] = None

    def over(self, book: AudienceBook) -> AudienceBook:
        """The book with these changes."""
        computed = book.computed.changed(self.recompute) if self.recompute else book.computed
        if not self._changes and not self.beside and computed is book.computed:
            return book
        files = {slug for slug, audience in book.items() if audience.source}
        beside = {audience.slug: audience for audience in self.beside if audience.slug not in files}
        kept = [audience for slug, audience in {**book, **beside}.items() if slug not in self._changes]
        return AudienceBook([*kept, *(change for change in self._changes.values() if change)], computed.all)
