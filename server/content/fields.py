"""What a profile likes, as profile fields: `lytics_content`, `lytics_content_inferred`, `lytics_rollup` (3.2, 3.7).

The vendor's formulas are UNKNOWN; `interests` has ours, and these three follow from it:

lytics_content           topic to affinity, from the pages seen
lytics_content_inferred  topics that no page seen is about, but that go with those that are: 1 - product over the
                         topics liked of (1 - affinity * how often the two go together, see `topics`)
lytics_rollup            group of topics to its dearest topic's affinity by the group's weight for that

The 50 highest of each are kept, the vendor's limit for a user. What a persona (or an event) states of one of them
counts for the names that it has.
"""

import hashlib
from collections.abc import Callable, Mapping
from functools import cached_property

from understudy.server.content.book import ContentBook
from understudy.server.content.catalog import Catalog, catalog_of
from understudy.server.content.interests import STATED, interests, rolled_up, stated_values
from understudy.server.content.topics import Together, together
from understudy.server.hosts import LOCAL_HOSTS
from understudy.server.platform.codec import ordered_dumps
from understudy.server.platform.computed import Names
from understudy.server.platform.page_visits import FIELD as VISITED
from understudy.server.workspaces.files import Files

INFERRED, ROLLUP = "lytics_content_inferred", "lytics_rollup"
MOST = 50


class ContentFields:
    """`Computed` for the platform: the content of a workspace as it was when this was first asked for something."""

    names = frozenset({STATED, INFERRED, ROLLUP})
    sources = frozenset({VISITED})

    def __init__(self, book: ContentBook, files: Files, hosts: tuple[str, ...] = ()) -> None:
        self._book = book
        self._files = files
        self._hosts = tuple(sorted({*hosts, *LOCAL_HOSTS}))

    def over(self, change: Callable[[ContentBook], ContentBook]) -> "ContentFields":
        """The same with a changed book."""
        return ContentFields(change(self._book), self._files, self._hosts)

    @cached_property
    def catalog(self) -> Catalog:
        """The documents; made late, since most workspaces never ask."""
        return catalog_of(self._book, self._files.root / "pages")

    @cached_property
    def digest(self) -> str:
        """Follows from the topics of every document, the groups, and the site's hosts."""
        topics = {document.address: dict(document.topics) for document in self.catalog.documents}
        groups = {name: dict(group) for name, group in self._book.rollups.items()}
        return hashlib.sha256(ordered_dumps([topics, groups, self._hosts]).encode("utf-8", "replace")).hexdigest()[:16]

    def of(self, fields: Mapping[str, object], wanted: Names) -> dict[str, object]:
        """The fields of a profile that has any interests."""
        seen = fields.get(VISITED)
        views = self.catalog.seen(seen, self._hosts) if isinstance(seen, Mapping) else {}
        liked = _highest(interests(map(self.catalog.document, views), views), fields.get(STATED))
        found: dict[str, object] = {STATED: liked}
        if INFERRED in wanted:
            found[INFERRED] = _highest(inferred(liked, self._together), fields.get(INFERRED))
        if ROLLUP in wanted:
            found[ROLLUP] = _highest(rolled_up(liked, self._book.rollups), fields.get(ROLLUP))
        return {name: value for name, value in found.items() if value}

    @cached_property
    def _together(self) -> Together:
        return together(document.topics for document in self.catalog.documents)


def inferred(liked: Mapping[str, float], pairs: Together) -> dict[str, float]:
    """The affinity to topics that are not liked themselves, but go with those that are."""
    far: dict[str, float] = {}
    for topic, affinity in liked.items():
        for other, share in pairs.get(topic, {}).items():
            if other not in liked:
                far[other] = far.get(other, 1.0) * (1 - affinity * share)
    return {topic: 1 - rest for topic, rest in far.items()}


def _highest(values: Mapping[str, float], stated: object) -> dict[str, float]:
    """The `MOST` highest, of equal ones the first by name, and all that is stated; to six digits."""
    kept = {name: round(value, 6) for name, value in values.items()}
    if len(kept) > MOST:
        kept = dict(sorted(kept.items(), key=lambda item: (-item[1], item[0]))[:MOST])
    for name, value in stated_values(stated).items():
        kept[name] = round(value, 6)
    return kept
