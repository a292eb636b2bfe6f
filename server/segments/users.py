"""Who needs an audience: what would be about nobody, without a word, were it deleted."""

from collections.abc import Iterator

from understudy.server.content.book import named_collections
from understudy.server.experiences.segments import experience_audiences
from understudy.server.segments.vendor_object import find
from understudy.server.site import Site
from understudy.widgets.experience import Experience

MOST_NAMED = 5


def users_of(site: Site, slug: str) -> list[str]:
    """The experiences, webhooks and audiences that name an audience, in words."""
    return [*_experiences(site, slug), *_webhooks(site, slug), *_audiences(site, slug)]


def listed(users: list[str]) -> str:
    """Some of them, and how many more there are."""
    more = len(users) - MOST_NAMED
    return ", ".join(users[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _experiences(site: Site, slug: str) -> Iterator[str]:
    book = site.content.catalog(site).book

    def collected(one: Experience) -> set[str]:
        if slug in site.workspace.content.collections:  # the one of its file is there again
            return set()
        return {found.id for name in named_collections(one) if (found := book.collection(name))}

    for one in site.experiences.all(site):
        made = {audience.slug for audience in experience_audiences([one])}
        if slug in {one.audience, *one.exclude, *made} or slug in collected(one):
            yield f"the experience {one.id!r}"


def _webhooks(site: Site, slug: str) -> Iterator[str]:
    book = site.platform.audiences
    for job in site.triggers.jobs(site):
        if any((found := find(site.account, book, name)) and found.slug == slug for name in job.segment_ids):
            yield f"the webhook {job.label!r}"


def _audiences(site: Site, slug: str) -> Iterator[str]:
    book = site.platform.audiences
    for one in book.values():
        if one.slug != slug and any(found and found.slug == slug for found in map(book.find, one.terms.included)):
            yield f"the audience {one.slug!r}"
