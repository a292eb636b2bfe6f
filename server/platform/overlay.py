"""Audiences that were made, changed or removed while the server runs, laid over those of the workspace.

They last until the server ends. A workspace that is read again stays beneath them, and its files are never written.
"""

from understudy.server.platform.audience import Audience
from understudy.server.platform.audiences import AudienceBook


class Overlay:
    """Slug to the audience that counts instead of the workspace's; None for one that counts no more."""

    def __init__(self) -> None:
        self._changes: dict[str, Audience | None] = {}

    def put(self, audience: Audience) -> None:
        """Let this audience count."""
        self._changes[audience.slug] = audience

    def remove(self, slug: str) -> None:
        """Let no audience of that slug count."""
        self._changes[slug] = None

    def over(self, book: AudienceBook) -> AudienceBook:
        """The book with these changes."""
        if not self._changes:
            return book
        kept = [audience for slug, audience in book.items() if slug not in self._changes]
        return AudienceBook([*kept, *(change for change in self._changes.values() if change)], book.computed)
