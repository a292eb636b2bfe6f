"""Counting what visitors have seen, and how seldom (platform.md 3.7)."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from understudy.server.content.catalog import page_hash
from understudy.server.content.popularity import Popularity
from understudy.server.platform import AudienceBook, Platform, RawEvent, parse_audience
from understudy.server.platform import page_visits as module

TWICE = parse_audience("FILTER pageviewct > 1 ALIAS twice")
A, B = page_hash("shop.example/a"), page_hash("shop.example/b")


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Platform]:
    platform = Platform.open(tmp_path / "store.sqlite", AudienceBook([TWICE]))
    yield platform
    platform.close()


async def see(platform: Platform, uid: str, *urls: str) -> None:
    for url in urls:
        await platform.collect(RawEvent("acc", "default", {"_uid": uid, "_e": "pv", "url": url}, 1.0))


def test_visitors_are_counted_once_a_page(platform: Platform, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_AT_ONCE", 2)  # several readings for so few

    async def story() -> None:
        for uid in ("u1", "u2", "u3", "u4"):
            await see(platform, uid, "shop.example/a")
        await see(platform, "u1", "shop.example/a", "shop.example/b")
        await platform.collect(RawEvent("acc", "default", {"_uid": "none"}, 1.0))

    asyncio.run(story())
    everyone, twice = platform.people.page_visits(), platform.people.page_visits("twice")
    assert (everyone.visitors, everyone.by_page) == (4, {A: 4, B: 1})
    assert (twice.visitors, twice.by_page) == (1, {A: 1, B: 1})
    assert platform.people.page_visits("nobody").visitors == 0


def test_a_count_is_kept_for_twenty_times_as_long_as_it_took(platform: Platform) -> None:
    times = iter([100.0, 101.0, 120.9, 121.0, 121.5, 122.0, 122.5])
    popularity = Popularity(lambda: next(times))

    async def story() -> None:
        await see(platform, "u1", "shop.example/a")
        first = await popularity.visits(platform)
        await see(platform, "u2", "shop.example/a")
        assert await popularity.visits(platform) is first
        assert (await popularity.visits(platform)).visitors == 2
        assert (await popularity.visits(platform, "twice")).visitors == 0

    asyncio.run(story())


def test_an_audience_of_the_name_of_one_that_is_gone_is_counted_anew(platform: Platform) -> None:
    times = iter((0.0, 100.0, 101.0, 102.0, 103.0, 104.0))
    popularity = Popularity(lambda: next(times))

    async def story() -> None:
        await see(platform, "u1", "shop.example/a", "shop.example/b")
        assert (await popularity.visits(platform, "twice")).visitors == 1
        await see(platform, "u2", "shop.example/a", "shop.example/b")
        assert (await popularity.visits(platform, "twice")).visitors == 1  # of a moment ago
        popularity.keep_only({"twice"})
        assert (await popularity.visits(platform, "twice")).visitors == 1
        popularity.keep_only(set())
        assert (await popularity.visits(platform, "twice")).visitors == 2

    asyncio.run(story())
