"""Making, resetting and ending worlds."""

import asyncio
import gc
import threading
import weakref
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from support.hubs import everything_told

from understudy.dev_tools.hubs import Hubs
from understudy.server.faults import Fault, Faults
from understudy.server.platform import RawEvent, StoreError
from understudy.server.platform.audience import parse_audience
from understudy.server.site import Site
from understudy.server.workspaces.overlays import OverlaidFolder, OverlayError
from understudy.server.worlds import WorldError, Worlds

VIP = 'FILTER plan = "gold" ALIAS vip\n'
OFFER = "label: {label}\nwidget: {{type: message, layout: modal, msg: Hi}}\n"
BROKEN = "label: [\n"


def event(**data: object) -> RawEvent:
    return RawEvent("shop", "default", {"_uid": "u1", **data}, 1_800_000_000_000.0)


def test_a_world_without_files_of_its_own_shares_the_workspace(site: Site) -> None:
    made = asyncio.run(Worlds(site).create("a"))
    assert (made.world, made.workspace) == ("a", site.workspace)
    assert made.platform.audiences is site.platform.audiences
    made.platform.close()


def test_names_are_given_where_none_is_asked_for(site: Site) -> None:
    async def story() -> list[str]:
        worlds = Worlds(site)
        async with worlds.attended():
            await worlds.create("w1")
            return [(await worlds.create()).world for _ in range(2)]

    assert asyncio.run(story()) == ["w2", "w3"]


def test_a_world_that_fails_to_end_with_the_server_keeps_no_other_from_ending(site: Site) -> None:
    left: list[str] = []

    @asynccontextmanager
    async def attendant(attended: Site) -> AsyncIterator[None]:
        yield
        left.append(attended.world)
        if attended.world == "b":
            raise OSError("no more space")

    async def story() -> list[bool]:
        worlds = Worlds(site, [attendant])
        made: list[Site] = []
        with pytest.raises(OSError, match="no more space"):
            async with worlds.attended():
                made += [await worlds.create(name) for name in ("a", "b", "c")]
        assert list(worlds) == [site]
        return [one.closed for one in made]

    assert asyncio.run(story()) == [True, True, True]
    assert sorted(left) == ["a", "b", "c", "default"]


@pytest.mark.parametrize("name", ["A", "a_b", "-a", "a-", "a.b", "ä", "x" * 64, "a b", "../a"])
def test_a_name_must_fit_in_a_host_name(site: Site, name: str) -> None:
    with pytest.raises(WorldError, match="is no name for a world") as caught:
        asyncio.run(Worlds(site).create(name))
    assert caught.value.status == 400


def test_names_are_not_taken_twice_and_the_default_is_taken(site: Site) -> None:
    async def story() -> None:
        worlds = Worlds(site)
        async with worlds.attended():
            await worlds.create("a")
            for name in ("a", "default"):
                with pytest.raises(WorldError, match="already") as caught:
                    await worlds.create(name)
                assert caught.value.status == 409

    asyncio.run(story())


def test_there_is_room_for_so_many_and_a_deleted_one_makes_room(site: Site) -> None:
    async def story() -> None:
        worlds = Worlds(site, most=2)
        async with worlds.attended():
            await worlds.create("a")
            await worlds.create("b")
            with pytest.raises(WorldError, match=r"There are 2 worlds, the most .* Delete those"):
                await worlds.create("c")
            await worlds.delete("a")
            await worlds.create("c")

    asyncio.run(story())


def test_the_default_world_is_reset_and_never_deleted(site: Site) -> None:
    async def story() -> None:
        worlds = Worlds(site)
        await site.platform.collect(event())
        with pytest.raises(WorldError, match="reset it instead"):
            await worlds.delete("default")
        assert await worlds.reset("default") is site
        assert site.platform.profile("_uid", "u1") is None

    asyncio.run(story())


def test_a_reset_brings_back_the_beginning_and_keeps_the_files(site: Site) -> None:
    async def story() -> None:
        worlds = Worlds(site)
        async with worlds.attended():
            made = await worlds.create("a", {"audiences/vip.fql": VIP})
            first = await made.platform.collect(event(plan="gold", _eid="one"))
            assert "vip" in first.entered
            await made.platform.put_audience(parse_audience('FILTER plan = "gold" ALIAS more'))
            made.faults.set(Faults(collector=Fault(status=500)))
            await made.platform.set_clock(lambda clock: clock.set(1_900_000_000_000))
            await worlds.reset("a")
            assert made.platform.profile("_uid", "u1") is None
            assert made.platform.events("_uid", "u1") == []
            assert (made.clock.mode, made.faults.on, "more" in made.platform.audiences) == ("real", False, False)
            again = await made.platform.collect(event(plan="gold", _eid="one"))
            assert (again.repeated, "vip" in again.entered, again.event_id > first.event_id) == (False, True, True)

    asyncio.run(story())


def test_attendants_are_there_for_each_world_as_long_as_it_is(site: Site) -> None:
    told: list[str] = []

    @asynccontextmanager
    async def attend(one: Site) -> AsyncIterator[None]:
        told.append(f"{one.world} opens")
        yield
        told.append(f"{one.world} {'ends' if one.closed else 'pauses'}")

    async def story() -> None:
        worlds = Worlds(site, [attend])
        async with worlds.attended():
            await worlds.create("a")
            await worlds.create("b")
            await worlds.delete("b")
            await worlds.reset("a")

    asyncio.run(story())
    assert told == [
        *("default opens", "a opens", "b opens", "b ends", "a pauses", "a opens"),
        *("a ends", "default pauses"),
    ]


def test_a_world_whose_attendant_fails_is_not_left_behind(site: Site) -> None:
    @asynccontextmanager
    async def attend(one: Site) -> AsyncIterator[None]:
        if one.world != "default":
            raise RuntimeError("no")
        yield

    async def story() -> None:
        worlds = Worlds(site, [attend])
        async with worlds.attended():
            with pytest.raises(RuntimeError):
                await worlds.create("a")
            assert [each.world for each in worlds] == ["default"]

    asyncio.run(story())


def own_threads() -> int:
    """How many there are, without those that the event loop keeps for whatever is run aside."""
    return sum(1 for thread in threading.enumerate() if not thread.name.startswith("asyncio_"))


def test_deleting_leaves_no_threads_files_or_memory(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    threads, left = own_threads(), sorted(tmp_path.iterdir())
    gone: list[weakref.ref[object]] = []

    async def story() -> None:
        worlds = Worlds(site)
        async with worlds.attended():
            for round_ in range(20):
                made = await worlds.create("a", {"audiences/vip.fql": VIP} if round_ % 2 else None)
                await made.platform.collect(event(plan="gold"))
                gone.extend([weakref.ref(made), weakref.ref(made.platform)])
                assert own_threads() == threads + 1
                await worlds.delete("a")
                with pytest.raises(StoreError, match="closed"):
                    made.platform.profile("_uid", "u1")
                del made
            assert list(worlds) == [site]

    asyncio.run(story())
    gc.collect()
    assert [one for one in gone if one() is not None] == []
    assert own_threads() == threads
    assert sorted(tmp_path.iterdir()) == left


def test_worlds_end_with_the_server(site: Site) -> None:
    async def story() -> Site:
        worlds = Worlds(site)
        async with worlds.attended():
            made = await worlds.create("a")
        assert [each.world for each in worlds] == ["default"]
        return made

    with pytest.raises(StoreError, match="closed"):
        asyncio.run(story()).platform.profile("_uid", "u1")
    assert site.platform.profile("_uid", "u1") is None


def test_a_saved_file_reaches_every_world_and_leaves_overlays_on_top(site: Site, shop: Path) -> None:
    async def story() -> None:
        worlds = Worlds(site)
        async with worlds.attended():
            plain = await worlds.create("plain")
            own = await worlds.create("own", {"widgets/offer.yaml": OFFER.format(label="Mine")})
            (shop / "audiences" / "vip.fql").write_text(VIP)
            (shop / "widgets" / "offer.yaml").write_text(OFFER.format(label="New"))
            old, new = worlds.reload()
            assert (old.experiences[0].label, new.experiences[0].label) == ("Offer", "New")
            for world, label in ((site, "New"), (plain, "New"), (own, "Mine")):
                assert world.workspace.experiences[0].label == label
                assert "vip" in world.platform.audiences
                assert "vip" in (await world.platform.collect(event(plan="gold"))).entered

    asyncio.run(story())


def test_a_streams_end_is_the_worlds_and_not_its_reset(site: Site) -> None:
    async def story() -> None:
        hubs = Hubs()
        worlds = Worlds(site, [hubs.attend])
        async with worlds.attended():
            made = await worlds.create("a")
            frames = hubs.of(made).listen()
            assert b"retry" in await anext(frames)
            await worlds.reset("a")
            await made.platform.collect(event(plan="gold"))
            assert any([b'"plan":"gold"' in await anext(frames) for _ in range(2)])
            await worlds.delete("a")
            assert [frame async for frame in frames if b'"type":"event"' in frame] == []

    asyncio.run(story())


def test_a_worlds_file_goes_before_one_on_disk_that_bars_its_way(site: Site, shop: Path) -> None:
    async def story() -> None:
        worlds = Worlds(site)
        async with worlds.attended():
            own = await worlds.create("own", {"pages/new/a.html": "own"})
            (shop / "pages" / "new").write_text("a file where the world has a folder")
            worlds.reload()
            assert (own.workspace.root / "pages" / "new" / "a.html").read_text() == "own"

    asyncio.run(story())


def test_a_world_whose_files_cannot_be_laid_out_stays_as_it_was(
    site: Site, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_folder: OverlaidFolder, _source: Path) -> Path:
        raise OverlayError("the files cannot be laid out: the disk is full")

    async def story() -> None:
        worlds = Worlds(site)
        async with worlds.attended():
            own = await worlds.create("own", {"pages/own.html": "own"})
            plain = await worlds.create("plain")
            (shop / "widgets" / "offer.yaml").write_text(OFFER.format(label="New"))
            assert (own.workspace.root / "pages" / "own.html").read_text() == "own"
            monkeypatch.setattr(OverlaidFolder, "fill", full)
            worlds.reload()
            assert [one.workspace.experiences[0].label for one in (site, own, plain)] == ["New", "Offer", "New"]

    asyncio.run(story())


def test_what_comes_at_once_is_done_one_after_the_other(site: Site) -> None:
    """Each event is told once afterwards: no attendant is left over, or there twice."""

    async def story() -> None:
        hubs = Hubs()
        worlds = Worlds(site, [hubs.attend])
        async with worlds.attended():
            made = await worlds.create("a")
            await asyncio.gather(*(worlds.reset("a") for _ in range(5)))
            await made.platform.collect(event(plan="gold"))
            told = [message["type"] for message in await everything_told(hubs.of(made))]
            assert told.count("event") == 1
            done = await asyncio.gather(
                worlds.delete("a"), worlds.reset("a"), worlds.delete("a"), return_exceptions=True
            )
            assert [getattr(one, "status", 0) for one in done] == [0, 404, 404]
            assert len(made.platform._receipts) == 0

    asyncio.run(story())


def test_a_broken_file_of_a_world_is_a_problem_there_and_the_good_version_stays(site: Site) -> None:
    async def story() -> None:
        worlds = Worlds(site)
        async with worlds.attended():
            made = await worlds.create("a", {"widgets/offer.yaml": BROKEN})
            assert [problem.path for problem in made.workspace.problems] == ["widgets/offer.yaml"]
            assert made.workspace.experiences[0].label == "Offer"
            assert site.workspace.problems == ()

    asyncio.run(story())
