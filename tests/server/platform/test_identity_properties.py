"""Whatever events come in whatever order: nothing is counted twice or lost, and the memory is what is on record."""

import asyncio
from contextlib import closing
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from platform_support import NOW

from understudy.server.platform import AudienceBook, Platform, RawEvent, Receipt, parse_audience
from understudy.server.platform.sqlite_store import SQLiteStore

BOOK = AudienceBook(
    parse_audience(text)
    for text in (
        "FILTER EXISTS email ALIAS known",
        "FILTER EXISTS uuid ALIAS numbered",
        "FILTER AND (EXISTS _uids, NOT INCLUDE known) ALIAS anonymous",
        'FILTER tier = "gold" ALIAS gold',
        "FILTER _num_aliases > 2 ALIAS many",
        "FILTER _num_events > 2 ALIAS busy",
    )
)
POOLS = {
    "_uid": ("a", "b", "c"),
    "_uido": ("a", "b"),
    "email": ("ann@x.test", "bob@x.test"),
    "uuid": ("1", "2"),
    "tier": ("gold", "tin"),
}
IDENTITIES = [(kind, value) for kind in ("_uid", "email", "uuid") for value in POOLS[kind]]
EVENTS = st.fixed_dictionaries({}, optional={key: st.sampled_from(values) for key, values in POOLS.items()})
SEEDS = st.tuples(st.sampled_from(POOLS["_uid"]), st.sampled_from(POOLS["tier"]))
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("event"), EVENTS),
        st.tuples(st.just("event"), EVENTS),
        st.tuples(st.just("seed"), SEEDS),
        st.tuples(st.just("forget"), st.sampled_from(IDENTITIES)),
    ),
    max_size=12,
)


class World:
    """A platform on which steps are run, and the audiences of each profile as its receipts told them."""

    def __init__(self, *, remembers: bool) -> None:
        self.store = SQLiteStore(":memory:")
        self.platform = Platform(self.store, BOOK, clock=lambda: NOW)
        self.remembers = remembers

    def step(self, kind: str, given: Any) -> Receipt | None:
        if not self.remembers:
            self.store._writer._session.roll_back()
        if kind == "event":
            return asyncio.run(self.platform.collect(RawEvent("acc", "default", given, NOW)))
        if kind == "seed":
            asyncio.run(self.platform.seed({"_uid": given[0]}, {"tier": given[1]}))
        else:
            asyncio.run(self.platform.forget(*given))
        return None

    def owners(self) -> dict[tuple[str, str], str]:
        found = {identity: self.platform.profile(*identity) for identity in IDENTITIES}
        return {identity: profile.id for identity, profile in found.items() if profile}

    def profiles(self) -> list[Any]:
        rows = self.store._writing.execute("SELECT id, state FROM profiles ORDER BY id").fetchall()
        return [tuple(row) for row in rows]

    def close(self) -> None:
        self.platform.close()


def run_through(world: World, steps: list[tuple[str, Any]]) -> None:
    for kind, step in steps:
        before = {owner: world.platform.profile("_id", owner) for owner in set(world.owners().values())}
        receipt = world.step(kind, step)
        for (field, value), owner in world.owners().items():
            profile = world.platform.profile("_id", owner)
            assert profile is not None
            # A uuid that was replaced by another still leads to the profile, which shows the latest.
            assert field == "uuid" or (field, value) in profile.identities
            stored = world.platform.events(field, value, limit=1000)
            assert profile.fields.get("_num_events", 0) == len({event.event_id for event in stored}) == len(stored)
        if receipt and step.keys() <= {"_uid", "tier"} and receipt.uid:
            owner = world.owners()["_uid", receipt.uid]
            earlier, now = before.get(owner), world.platform.profile("_id", owner)
            assert now is not None
            was = set(earlier.segments) if earlier else set()
            assert set(receipt.entered) == set(now.segments) - was
            assert set(receipt.left) == was - set(now.segments)


@given(STEPS)
def test_identities_lead_to_one_profile_that_counts_each_event_once(steps: list[tuple[str, Any]]) -> None:
    with closing(World(remembers=True)) as world:
        run_through(world, steps)


@given(STEPS)
def test_a_writer_that_remembers_writes_what_one_that_does_not_would(steps: list[tuple[str, Any]]) -> None:
    with closing(World(remembers=True)) as one, closing(World(remembers=False)) as other:
        for kind, step in steps:
            assert one.step(kind, step) == other.step(kind, step)
            assert one.profiles() == other.profiles()
