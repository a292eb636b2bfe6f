"""What reports go through: the events of widgets and the outlines of profiles, as they are on record."""

import asyncio
import re
from pathlib import Path

import pytest
from platform_support import NOW, Send

from understudy.server.platform import AudienceBook, Platform, parse_audience
from understudy.server.platform.conversions import COUNTS_AS, converts
from understudy.server.platform.decoder import decode_event
from understudy.server.platform.event import RawEvent
from understudy.server.platform.survey import _AT_ONCE, _SPAN
from understudy.widgets.tactics import TACTICS

DAY = 86_400_000.0


@pytest.mark.parametrize(
    ("kind", "widget_type", "converted"),
    [
        ("confirm", "message", True),
        ("confirm", "", True),
        ("confirm", "form", False),
        ("submit", "form", True),
        ("subscribe", "subscription", True),
        ("unlock", "sitegate", True),
        ("conversion", "message", True),
        ("show", "message", False),
        ("success.confirm", "message", False),
    ],
)
def test_2_4_what_counts_as_a_conversion(kind: str, widget_type: str, converted: bool, send: Send) -> None:
    assert converts(kind, widget_type) is converted
    receipt = send(f"_uid=u&pf-widget-id=w&pf-widget-event={kind}&pf-widget-type={widget_type}")
    assert ("ly_conversions" in receipt.moved) is converted  # profiles count what reports count


def test_2_4_acts_are_what_happened_with_widgets(platform: Platform, send: Send) -> None:
    send("_uid=u&_e=pv&url=a.test/")
    send("_uid=u&pf-widget-id=w&pf-widget-event=show&pf-widget-type=message&_ts=1700000000000")
    send("_uid=u&pf-widget-event=show")  # of no widget
    send("pf-widget-id=w&pf-widget-event=show")  # nobody's
    send("_uid=u&note=%22pf-widget-event%22:")  # says the key, and does not have it
    send("_uid=v&pf-widget-id=x&pf-widget-id=w&pf-widget-event=confirm&pf-widget-action=go")
    found = list(platform.acts())
    assert [(act.number, act.widget, act.kind, act.action) for act in found] == [
        (2, "w", "show", ""),
        (6, "w", "confirm", "go"),
    ]
    assert (found[0].time, found[0].widget_type, found[1].time) == (1_700_000_000_000, "message", NOW)
    assert found[0].profile != found[1].profile
    send("_uid=u&email=a@b.test")
    send("_uid=v&email=a@b.test")  # it is one visitor
    assert len({act.profile for act in platform.acts()}) == 1
    asyncio.run(platform.forget("_uid", "u"))
    assert list(platform.acts()) == []


def test_no_event_and_no_profile_is_missed_at_the_seams(tmp_path: Path) -> None:
    platform = Platform.open(tmp_path / "s.sqlite", AudienceBook([]))
    count = max(_SPAN, _AT_ONCE) * 2 + 1
    events = [
        RawEvent(
            "a", "default", {"_uid": f"v{n % (_AT_ONCE * 2)}", "pf-widget-id": "w", "pf-widget-event": "show"}, NOW
        )
        for n in range(count)
    ]
    asyncio.run(platform.collect_all(events))
    assert [act.number for act in platform.acts()] == list(range(1, count + 1))
    ids = [each.id for each in platform.outlines()]
    assert ids == sorted(set(ids))
    assert len(ids) == _AT_ONCE * 2
    platform.close()


def test_2_4_outlines_know_audiences_that_were_left(platform: Platform, send: Send) -> None:
    platform.use_audiences(
        AudienceBook(
            [parse_audience('FILTER mood = "blue" ALIAS blue'), parse_audience("FILTER visitct > 0 ALIAS here")]
        )
    )
    send("_uid=u&_sesstart=1&mood=blue&_ref=https://a.test/&url=b.test/&utm_source=mail")
    (first,) = platform.outlines()
    assert (first.members, first.former, first.ever) == (["blue", "here"], frozenset(), {"blue", "here"})
    assert (first.referrers, first.domains, first.sources) == ({"a.test"}, {"b.test"}, {"mail"})
    assert send("_uid=u&mood=red").left == ["blue"]
    (then,) = platform.outlines()
    assert (then.members, then.former) == (["here"], {"blue"})
    platform.use_audiences(AudienceBook([parse_audience("FILTER visitct < 9 ALIAS new")]))
    assert next(platform.outlines()).members == ["new"]  # decided by what counts now
    send("_uid=u&_sesstart=1")
    (last,) = platform.outlines()
    assert (last.members, last.former) == (["new"], {"blue"})  # it is the audience that has moved, not the visitor


def test_2_4_who_has_left_by_time_alone_was_there(tmp_path: Path) -> None:
    now = [NOW]
    book = AudienceBook([parse_audience('FILTER lastvisit_ts > "now-1w" ALIAS recent')])
    platform = Platform.open(tmp_path / "s.sqlite", book, clock=lambda: now[0])

    async def work() -> None:
        await platform.collect(decode_event("_uid=u", "acc", "default", NOW))
        await platform.pass_time()
        now[0] += 8 * DAY
        await platform.pass_time()

    asyncio.run(work())
    (found,) = platform.outlines()
    assert (found.members, found.ever) == ([], {"recent"})
    platform.close()


def test_a_profile_that_is_no_strict_json_is_outlined_all_the_same(platform: Platform) -> None:
    data = {"_uid": "u", "ratio": float("nan"), "url": "b.test/"}
    asyncio.run(platform.collect(RawEvent("acc", "default", data, NOW)))
    (found,) = platform.outlines()
    assert found.domains == {"b.test"}
    assert found.id


def test_2_4_every_tactic_says_what_counts() -> None:
    assert COUNTS_AS.keys() == set(TACTICS)
    for widget_type, said in COUNTS_AS.values():
        for kind in re.findall(r"confirm|submit|subscribe|unlock", said):
            assert converts(kind, widget_type.partition(" or ")[0])
