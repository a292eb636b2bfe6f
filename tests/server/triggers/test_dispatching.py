"""Jobs come, change and go while the server runs, in each world for itself (platform.md 4.1)."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import httpx2
from triggers_support import Stand, job_text, serving

from understudy.server.platform.outbox import Change, Notice
from understudy.server.platform.store import Reader
from understudy.server.site import Site

WORLD = {"X-Understudy-World": "qa"}


def save(stand: Stand, name: str, text: str | None) -> None:
    """Save a file of `webhooks/`, or delete it, and let the server read it."""
    path = stand.site.workspace.root / "webhooks" / name
    path.parent.mkdir(exist_ok=True)
    if text is None:
        path.unlink()
    else:
        path.write_text(text, "utf-8")
    portal = stand.client.portal
    assert portal is not None
    portal.call(stand.reload)
    dispatcher = stand.site.triggers.dispatcher
    assert dispatcher is not None
    portal.call(dispatcher.arrange)


def test_4_1_a_job_that_is_saved_runs_and_one_that_is_deleted_does_not(tmp_path: Path) -> None:
    with serving(tmp_path) as stand:
        stand.send(tier="gold")
        assert stand.site.platform.outbox.raising is None, "without jobs nothing is asked for any event"
        save(stand, "crm.yaml", job_text(withbackfill=True, user_fields=["_uid"]))
        assert [payload["data"]["_uid"] for payload in stand.payloads()] == ["ann"]
        save(stand, "crm.yaml", job_text(withbackfill=True, user_fields=["tier"]))
        stand.send(tier="tin")
        assert [payload["data"].get("tier") for payload in stand.payloads()] == [None, "tin"]
        save(stand, "crm.yaml", None)
        assert stand.site.platform.outbox.raising is None
        stand.send(tier="gold")
        assert len(stand.requests()) == 2
        save(stand, "crm.yaml", job_text(withbackfill=True, user_fields=["_uid"]))
        assert [one["data"]["segment_events"][0]["event"] for one in stand.payloads()] == ["enter", "exit", "enter"]


def test_4_1_a_job_that_is_switched_off_keeps_what_waits_for_it(tmp_path: Path) -> None:
    answers = [httpx2.Response(500)] * 10
    with serving(tmp_path, {"webhooks/crm.yaml": job_text()}, answers=answers) as stand:
        stand.send(tier="gold")
        assert stand.webhooks()["jobs"][0]["status"] == "failed"
        save(stand, "crm.yaml", job_text(running=False))
        job = stand.webhooks()["jobs"][0]
        assert (job["status"], job["waiting"]) == ("stopped", 1)
        save(stand, "crm.yaml", job_text())
        assert stand.webhooks()["jobs"][0]["waiting"] == 0
        assert len(stand.requests()) == 11


def test_4_1_a_job_that_is_broken_goes_on_as_it_was(tmp_path: Path) -> None:
    with serving(tmp_path, {"webhooks/crm.yaml": job_text()}) as stand:
        save(stand, "crm.yaml", "webhook_url: [")
        assert stand.site.workspace.problems
        stand.send(tier="gold")
        assert len(stand.payloads()) == 1


def test_4_1_worlds_have_jobs_and_deliveries_of_their_own(tmp_path: Path) -> None:
    with serving(tmp_path, {"webhooks/crm.yaml": job_text(webhook_url="memory:")}) as stand:
        worlds = stand.client.app.state.worlds  # type: ignore[attr-defined]
        assert stand.client.portal is not None
        overlay = {"webhooks/more.yaml": job_text(webhook_url="memory:", segment_ids=["silver"])}
        stand.client.portal.call(worlds.create, "qa", overlay)
        stand.client.post("/collect/json/default", json={"_uid": "bob", "tier": "gold"}, headers=WORLD)
        view = stand.client.get("/__understudy__/api/webhooks?wait=20", headers=WORLD).json()
        assert sorted(one["job"] for one in view["deliveries"]) == ["crm", "more"]
        assert stand.webhooks()["deliveries"] == []
        assert [job["key"] for job in stand.webhooks()["jobs"]] == ["crm"]
        stand.client.portal.call(worlds.reset, "qa")
        view = stand.client.get("/__understudy__/api/webhooks?wait=20", headers=WORLD).json()
        assert (view["deliveries"], [job["status"] for job in view["jobs"]]) == ([], ["running", "running"])
        stand.client.portal.call(worlds.delete, "qa")


def test_4_1_a_request_under_way_is_given_a_while_when_the_server_ends(tmp_path: Path) -> None:
    steps: list[str] = []

    async def slow(_: httpx2.Request) -> httpx2.Response:
        steps.append("begun")
        for _ in range(50):
            await asyncio.sleep(0)
        steps.append("done")
        return httpx2.Response(200)

    with serving(tmp_path, {"webhooks/crm.yaml": job_text()}, reply=slow) as stand:  # type: ignore[arg-type]
        stand.send(tier="gold")
    assert steps == ["begun", "done"]
    with serving(tmp_path, {"webhooks/crm.yaml": job_text()}) as stand:
        assert stand.payloads() == []


def test_4_1_waiting_between_tries_ends_with_the_server(tmp_path: Path) -> None:
    async def forever(_: float) -> None:
        await asyncio.Event().wait()

    def sleep_for_good(site: Site) -> None:
        site.triggers.sleep = forever

    files = {"webhooks/crm.yaml": job_text()}
    with serving(tmp_path, files, answers=[httpx2.Response(500)], before=sleep_for_good) as stand:
        stand.send(tier="gold")
        while not any(len(one.tries) == 1 for one in stand.site.triggers.log):
            stand.client.get("/__understudy__/api/webhooks")
    with serving(tmp_path, files) as stand:
        assert len(stand.payloads()) == 1


def test_4_1_a_job_that_is_woken_before_its_notice_is_committed_sends_it(tmp_path: Path) -> None:
    with serving(tmp_path, {"webhooks/crm.yaml": job_text(webhook_url="memory:")}) as stand:
        dispatcher, outbox, portal = stand.site.triggers.dispatcher, stand.site.platform.outbox, stand.client.portal
        raising = outbox.raising
        assert dispatcher is not None
        assert portal is not None
        assert raising is not None

        async def told_of_another_commit() -> None:
            dispatcher._wake_raised()
            for _ in range(20):  # turns of the loop, in which the job looks for what there is
                await asyncio.sleep(0)

        def raised(reader: Reader, change: Change) -> Iterator[Notice]:
            yield from raising(reader, change)
            portal.call(told_of_another_commit)

        outbox.raising = raised
        stand.send(tier="gold")
        assert [one["outcome"] for one in stand.webhooks()["deliveries"]] == ["delivered"]
