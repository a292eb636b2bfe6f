"""What a site has to recommend: its workspace's content, with what the API has added and changed laid over it.

What is made by the API lasts until the world is reset, and outlives the server; files of `content/` are not written. As
with the vendor a collection is an audience of the table `content`: one that is in audiences/, or was made by the
segment API, counts as a collection beside those of `content/`, and in place of one with its id.
"""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from understudy.server.content.book import Collection, ContentBook
from understudy.server.content.catalog import Catalog, catalog_of
from understudy.server.content.document import ContentDocument
from understudy.server.content.entries import TABLE, DocumentEntry
from understudy.server.content.fields import ContentFields
from understudy.server.content.options import ContentOptions
from understudy.server.platform.audience import Audience
from understudy.server.platform.audiences import AudienceBook
from understudy.server.platform.computed import Computed

if TYPE_CHECKING:
    from understudy.server.site import Site

MOST = 10_000  # documents of the API's own


class ContentShelf:
    """One site's additions to its workspace's content."""

    def __init__(self) -> None:
        self._entries: dict[str, DocumentEntry] = {}
        self._made: tuple[ContentBook, AudienceBook, ContentOptions, ContentBook] | None = None

    @property
    def entries(self) -> Mapping[str, DocumentEntry]:
        """The documents that the API has made or changed, by address."""
        return self._entries

    def restore(self, site: "Site", entries: Mapping[str, DocumentEntry]) -> None:
        """Let these documents count, as they did before."""
        self._entries, self._made = dict(entries), None
        self.refresh(site)

    def catalog(self, site: "Site") -> Catalog:
        """Every document of the site, and its collections, as they are now."""
        workspace = site.workspace
        options = site.settings.content.options()
        return catalog_of(self._book(workspace.content, site.platform.audiences, options), workspace.root / "pages")

    def put(self, site: "Site", entries: Mapping[str, DocumentEntry]) -> None:
        """Let these documents count, by address; audiences that go by topics follow."""
        if len(self._entries.keys() | entries.keys()) > MOST:
            raise ValueError(f"There would be more than {MOST:,} documents; put them into content/ instead.")
        self._entries = {**self._entries, **entries}
        self._made = None
        self.refresh(site)

    def refresh(self, site: "Site") -> None:
        """Let audiences that go by topics follow what was put here, and the site's settings of content."""
        site.platform.recompute(partial(self._computed, site))

    def relate(self, site: "Site", document: ContentDocument, topic: str, relevance: float) -> None:
        """Let a document be about a topic as much as that; 0 for not at all."""
        before = self._entries.get(document.address) or next(
            (one for one in site.workspace.content.documents if one.address == document.address), None
        )
        others = {name: value for name, value in document.topics.items() if name.casefold() != topic.casefold()}
        entry = before or DocumentEntry.model_validate({"url": document.address})
        changed = entry.model_copy(update={"topics": {**others, topic: relevance}})
        self.put(site, {document.address: changed})

    def _book(self, given: ContentBook, audiences: AudienceBook, options: ContentOptions) -> ContentBook:
        made = self._made
        if made is None or made[0] is not given or made[1] is not audiences or made[2] != options:
            book = _laid_over(given, options, self._entries, audiences.values())
            made = self._made = given, audiences, options, book
        return made[3]

    def _computed(self, site: "Site", given: Computed) -> Computed:
        if not isinstance(given, ContentFields):
            return given
        return given.over(lambda book: _laid_over(book, site.settings.content.options(), self._entries))


def _laid_over(
    book: ContentBook,
    options: ContentOptions,
    entries: Mapping[str, DocumentEntry],
    audiences: Iterable[Audience] = (),
) -> ContentBook:
    collections = {one.slug: Collection(one.slug, one.name, one.statement) for one in audiences if _of_content(one)}
    if not entries and not collections and options == book.options:
        return book
    documents = {**{entry.address: entry for entry in book.documents}, **entries}
    return ContentBook(tuple(documents.values()), {**book.collections, **collections}, book.rollups, options)


def _of_content(audience: Audience) -> bool:
    return audience.statement.table == TABLE
