"""What `store` says of a database, kept by the one there is and by one that has nothing in common with it."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from memory_store import MemoryStore
from platform_support import NOW

from understudy.server.platform import AudienceBook, Platform, RawEvent, StoreError, parse_audience
from understudy.server.platform.outbox import Notice
from understudy.server.platform.sqlite_store import SQLiteStore
from understudy.server.platform.state import ProfileState
from understudy.server.platform.store import Reader, Session, Store

DAY = 86_400_000.0
MAKERS: Sequence[Callable[[], Store]] = (lambda: SQLiteStore(":memory:"), MemoryStore)
PROFILE, UID, JOB = st.sampled_from("pqr"), st.sampled_from(["ann", "bob"]), st.sampled_from("jk")
AT = st.sampled_from([5.0, 50.0, 500.5])
EVENT = st.builds(
    lambda who, key: RawEvent("acc", "s", {**who, key: {"x": [1, None]}}, NOW, "raw"),
    st.builds(lambda uid, inside: {"origin": {"_uid": uid}} if inside else {"_uid": uid}, UID, st.booleans()),
    st.sampled_from("kl"),
)
STATE = st.builds(lambda each, n: ProfileState(each, {"x": [n, "v"]}, ["all"], "d"), PROFILE, st.integers(0, 3))
Step = tuple[Any, ...]
STEP = st.one_of(
    st.tuples(st.just("save"), STATE),
    st.tuples(st.just("add_event"), st.none() | PROFILE, UID, AT, EVENT),
    st.tuples(st.just("claim"), st.sampled_from(["1", "2"]), st.just("acc")),
    st.tuples(st.just("point"), st.just("_uid"), UID, PROFILE),
    st.tuples(st.just("unpoint"), st.just("_uid"), UID),
    st.tuples(st.just("move"), PROFILE, PROFILE).filter(lambda step: step[1] != step[2]),
    st.tuples(st.just("delete"), PROFILE),
    st.tuples(st.just("plan"), PROFILE, AT),
    st.tuples(st.just("replan"), PROFILE, st.none() | AT),
    st.tuples(st.just("plan_all"), st.sampled_from(["one", "two"])),
    st.tuples(st.just("queue"), st.builds(Notice, JOB, st.none() | PROFILE, AT, st.just("{}"))),
    st.tuples(st.just("unqueue"), st.lists(st.integers(1, 4))),
    st.tuples(st.just("unqueue_all"), JOB),
    st.tuples(st.just("set_progress"), JOB, PROFILE),
    st.tuples(st.just("delete_orphans"), UID, st.sampled_from([("_uid",), ("_uid", "origin._uid")])),
    st.tuples(st.just("clear")),
)


def all_of(reader: Reader) -> list[object]:
    """Everything that a store can be asked."""
    last = reader.last_event()
    return [
        [reader.find("_uid", uid) for uid in ("ann", "bob", "nobody")],
        [(reader.load(each), reader.identities(each), reader.events(each, 3)) for each in "pqrs"],
        [reader.profiles(after, limit) for after, limit in (("", 9), ("p", 1), ("r", 9))],
        [reader.profiles("", 9, ("y", "x")), reader.profiles("", 9, ())],
        [reader.outlines("", 2), last, reader.events_with("k", 0, last), reader.events_with("l", 1, 2)],
        [reader.due(now, limit) for now, limit in ((4, 9), (50, 9), (501, 1))],
        [reader.next_due(), reader.queue_sizes(), sorted(reader.queueing())],
        [(reader.queued(job, after, 2), reader.progress(job)) for job in "jk" for after in (0, 2)],
    ]


def apply(store: Store, steps: list[Step], fails: bool) -> list[object]:
    """Do all steps in one piece of work, which may fail at its end; what they answered, and what is then there."""

    def work(session: Session) -> list[object]:
        answers = [getattr(session, name)(*arguments) for name, *arguments in steps]
        if fails:
            raise KeyError("at the end")
        return answers

    try:
        answers: object = asyncio.run(store.write(work))
    except KeyError as error:
        answers = str(error)
    return [answers, store.read(all_of)]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.lists(STEP, max_size=6), st.sampled_from([False, False, True])), max_size=5))
def test_all_stores_answer_alike(pieces: list[tuple[list[Step], bool]]) -> None:
    one, other = (make() for make in MAKERS)
    for steps, fails in pieces:
        assert apply(one, steps, fails) == apply(other, steps, fails)
    one.close()
    other.close()


def history(store: Store) -> list[object]:
    """What a platform over the store tells of a few visitors."""
    now = [NOW]
    book = AudienceBook.with_defaults([parse_audience('FILTER lastvisit_ts > "now-1d" ALIAS fresh')])
    platform = Platform(store, book, clock=lambda: now[0])
    told: list[object] = []

    async def work() -> None:
        ann, bob = {"_uid": "a", "_e": "pv"}, {"_uid": "b", "email": "b@x.test"}
        for number, data in enumerate([ann, bob, {**ann, **bob, "_uid": "a"}, {"n": "1"}]):
            raw = RawEvent("acc", "default", {**data, "_eid": f"e{number % 3}"}, NOW + number)
            receipts = await platform.collect_all([raw, raw])
            told.extend((each.event_id, each.repeated, dict(each.moved), each.entered, each.left) for each in receipts)
        told.append(await platform.seed({"_uid": "c"}, {"name": "Cid"}))
        now[0] += 2 * DAY
        told.append([moved.as_json() for moved in await platform.pass_time()])
        told.append(await platform.erase("_uid", "c"))

    asyncio.run(work())
    told += [platform.profile("email", "b@x.test"), platform.events("_uid", "a"), platform.profile("_uid", "c")]
    told += [list(platform.outlines()), platform.personalize("_uid", "a", {})]
    platform.close()
    platform.close()
    return told


def test_the_platform_is_the_same_over_any_store() -> None:
    one, other = (history(make()) for make in MAKERS)
    assert one == other


@pytest.mark.parametrize("make", MAKERS)
def test_a_closed_store_says_so(make: Callable[[], Store]) -> None:
    store = make()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.read(lambda reader: reader.last_event())
    with pytest.raises(StoreError, match="closed"):
        asyncio.run(store.write(lambda session: session.clear()))
