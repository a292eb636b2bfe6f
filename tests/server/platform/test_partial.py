"""Going through all profiles with only the fields that a condition looks at finds the same as with all of them."""

import asyncio

from platform_support import NOW

from understudy.server.platform import AudienceBook, Platform, RawEvent, parse_audience
from understudy.server.platform.codec import from_ms
from understudy.server.platform.partial import fields_of, stored_fields, values_of

TEXTS = (
    "FILTER AND (score_quantity > 1, _num_days >= 1) ALIAS scored",
    "FILTER AND (INCLUDE scored, NOT INCLUDE ly_known_email) ALIAS nested",
    "FILTER scores.quantity < 40 ALIAS legacy",
    "FILTER hourly.12 > 1 ALIAS noon",
    "FILTER _num_aliases > 1 ALIAS several",
    'FILTER `.days` = "2026-11-23" ALIAS hidden',
    "FILTER deliver_hour = 12 ALIAS habit",
    "FILTER _total_sz > 100 ALIAS large",
)
BOOK = AudienceBook.with_defaults(map(parse_audience, TEXTS))


def test_3_6_counts_are_those_of_whole_profiles() -> None:
    platform = Platform.open(":memory:", BOOK, clock=lambda: NOW)

    async def work() -> None:
        for number in range(24):
            data = {
                "_uid": f"u{number % 7}",
                "_e": "pv",
                "url": "shop.test/a",
                **({"email": "x@y.z"} if number % 7 == 3 else {}),
            }
            at = NOW - (number % 3) * 40 * 86_400_000
            await platform.collect(RawEvent("acc", "default", {**data, "_ts": str(at)}, at))
        await platform.seed({"_uid": "p"}, {"score_quantity": 90, "order_count": 3})

    asyncio.run(work())
    slugs = list(BOOK)
    found = platform.people.counts([BOOK[slug].statement for slug in slugs])
    profiles = platform._store.read(lambda reader: reader.profiles("", 99))
    members = [BOOK.members(state.values(from_ms(NOW)), from_ms(NOW)) for state in profiles]
    assert len(profiles) == 8
    assert dict(zip(slugs, found, strict=True)) == {slug: sum(slug in each for each in members) for slug in slugs}
    assert {slug for slug, count in zip(slugs, found, strict=True) if count} >= {
        "scored",
        "nested",
        "legacy",
        "several",
    }
    for slug in slugs:
        names = fields_of([BOOK[slug].statement], BOOK)
        for state in profiles if names is not None else ():
            part = platform._store.read(lambda reader, n=names: reader.profiles("", 99, stored_fields(n)))  # type: ignore[misc]
            mine = next(each for each in part if each.id == state.id)
            whole = state.values(from_ms(NOW))
            assert values_of(mine, names or frozenset(), from_ms(NOW)) == {
                n: whole[n] for n in names or () if n in whole
            }
    platform.close()
