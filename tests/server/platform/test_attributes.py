"""The vendor's profile attributes, row by row: which keys of an event feed them (platform.md 3.2)."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.server.platform.audience import parse_audience
from understudy.server.platform.audiences import AudienceBook, Flip
from understudy.server.platform.facts import facts_of
from understudy.server.platform.meta_fields import Habits, Sizes
from understudy.server.platform.profile import profile_of
from understudy.server.platform.schema import NO_SCHEMA
from understudy.server.platform.state import ProfileState

MONDAY_NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
AT = MONDAY_NOON.timestamp() * 1000
ISO, LATER = "2026-11-23T12:00:00.000Z", "2026-11-23T13:00:00.000Z"
PAGE = "www.shop.co.uk/mugs?x=1"


def widget(event: str, **more: str) -> dict[str, object]:
    return {"pf-widget-id": "w", "pf-widget-event": event, **more}


ROWS: list[tuple[str, list[dict[str, object]], object]] = [
    ("_uid", [{"_uid": "a"}, {"_uid": "b"}], "b"),
    ("_uids", [{"_uid": "b"}, {"_uid": "a"}], ["a", "b"]),
    ("email", [{"email": "Ann Lee <Ann@Example.com>"}], "ann@example.com"),
    ("uuid", [{"uuid": "7"}], "7"),
    *((name, [{name: "old"}, {name: "new"}], "new") for name in ("name", "first_name", "last_name", "title", "phone")),
    *((name, [{name: "old"}, {name: "new"}], "new") for name in ("cell", "origin", "age", "gender", "status")),
    ("companies", [{"companies": ["b", "a"]}, {"companies": "c"}], ["a", "b", "c"]),
    ("language", [{"_ul": "en-us"}], "en-us"),
    ("timezone", [{"_tz": "-7"}], "-7"),
    *((name, [{name: "old"}, {name: "new"}], "new") for name in ("city", "country", "state")),
    ("user_attributes", [{"attr": {"a": "1"}}, {"attr": {"b": "2"}}], {"a": "1", "b": "2"}),
    ("event_first_seen", [{"_e": "pv"}, {"_e": "pv"}], {"pv": ISO}),
    ("event_last_seen", [{"_e": "pv"}, {"_e": "pv"}], {"pv": LATER}),
    ("channels", [{"_channel": "mail"}, {"url": PAGE}], ["mail", "web"]),
    ("last_channel_activities", [{"_channel": "mail"}, {"url": PAGE}], {"mail": ISO, "web": LATER}),
    ("devices", [{"_device": "desktop"}, {"_device": "desktop"}], {"desktop": 2}),
    ("hourly", [{}, {}], {"12": 1, "13": 1}),
    ("hourofweek", [{}, {}], {"36": 1, "37": 1}),
    ("last_active_ts", [{}, {}], LATER),
    ("domains", [{"url": PAGE}], ["shop.co.uk"]),
    ("firstvisit_ts", [{}, {}], ISO),
    ("lastvisit_ts", [{}, {}], LATER),
    ("pageviewct", [{"_e": "pv"}, {"_e": "pv"}, {"_e": "click"}], 2),
    ("refdomain", [{"_ref": "news.example.org/today"}], ["example.org"]),
    ("user_agent", [{"_ua": "Mozilla/5.0"}], "Mozilla/5.0"),
    ("visitct", [{"_sesstart": "1"}, {}, {"_sesstart": "1"}], 2),
    *((name, [{name: "Ghent"}], "Ghent") for name in ("visit_city", "visit_country", "visit_region")),
    ("form_data", [{"formdata_fn": "Ann"}, {"formdata_ln": "Lee"}], {"fn": "Ann", "ln": "Lee"}),
    ("forms_submitted", [{"form_name": "a"}, {"form_name": "b"}], ["a", "b"]),
    *((f"utm_{part}_last", [{f"utm_{part}": "x"}, {f"utm_{part}": "y"}], "y") for part in ("campaign", "content")),
    *((f"utm_{part}_last", [{f"utm_{part}": "x"}, {f"utm_{part}": "y"}], "y") for part in ("medium", "source", "term")),
    *((f"utm_{part}s", [{f"utm_{part}": "y"}, {f"utm_{part}": "x"}], ["x", "y"]) for part in ("campaign", "content")),
    *(
        (f"utm_{part}s", [{f"utm_{part}": "y"}, {f"utm_{part}": "x"}], ["x", "y"])
        for part in ("medium", "source", "term")
    ),
    ("ly_hover", [widget("hover"), widget("hover")], {"w": 2}),
    ("ly_impressions", [widget("show")], {"w": 1}),
    ("ly_closes", [widget("close")], {"w": 1}),
    ("ly_conversions", [widget("conversion"), widget("submit"), widget("show")], {"w": 2}),
    ("ly_milestones", [widget("milestone")], {"w": 1}),
    ("ly_goals", [widget("goal")], {"w": 1}),
    ("ly_cancels", [widget("cancel")], {"w": 1}),
    ("is_mobile", [{"_uamob": "t"}], "t"),
    ("is_bot", [{"_uabot": "t"}], "t"),
    ("hashedurls", [{"url": PAGE}, {"url": "https://www.shop.co.uk:8443/mugs#top"}], [2]),
    ("consent_status", [{"consent": {"purpose": "ads", "consented": "true"}}], {"ads": "true"}),
    ("consent_ts", [{"consent": {"purpose": "ads", "consented": "true"}}], {"ads": ISO}),
    ("consent_source", [{"consent": {"purpose": "ads", "location": "banner"}}], {"ads": "banner"}),
    ("_created", [{}, {}], ISO),
    ("_modified", [{}, {}], LATER),
    ("_last_scored", [{}, {}], LATER),
    ("_num_aliases", [{"_uid": "a", "email": "a@b.test"}, {"_uid": "b"}], 3),
    ("_num_days", [{}, {}], 1),
    ("_num_events", [{}, {}], 2),
    ("_num_streams", [{}, {}], 1),
    ("_streamnames", [{}, {}], ["default"]),
    ("deliver_hour", [{}, {}, {}], 13),
    ("deliver_day", [{}, {}], 1),
    ("_segments", [{}], ["everybody"]),
    ("_segs", [{}], ["everybody"]),
]


def profile(events: list[dict[str, object]]) -> Mapping[str, Any]:
    state = ProfileState("p")
    for number, data in enumerate(events):
        state.feed(facts_of(data, "default", AT + min(number, 1) * 3_600_000), number, NO_SCHEMA)
    book = AudienceBook([parse_audience("FILTER * ALIAS everybody")])
    return profile_of(state, book, MONDAY_NOON).fields


@pytest.mark.parametrize(("field", "events", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_3_2_a_field_is_fed(field: str, events: list[dict[str, object]], expected: object) -> None:
    found = profile(events)[field]
    assert (list(found.values()) if isinstance(expected, list) and isinstance(found, dict) else found) == expected


def test_3_2_splits_and_scores_are_numbers() -> None:
    fields = profile([{}])
    assert all(0 <= fields[name] <= 99 for name in ("_split", "_split2"))
    scores = [name for name in fields if name.startswith("score_")]
    assert len(scores) == 9
    assert all(0 <= fields[name] <= 100 for name in scores)


def test_3_2_sizes_are_bytes_and_add_up() -> None:
    small, large = profile([{"note": "x"}]), profile([{"note": "x" * 1000, "é": "é"}])
    assert large["_cust_sz"] - small["_cust_sz"] > 999
    assert abs(large["_internal_sz"] - small["_internal_sz"]) < 50
    assert large["_total_sz"] == large["_cust_sz"] + large["_internal_sz"]
    assert set(Sizes().of({}).values()) == {0}
    book = AudienceBook([parse_audience("FILTER _total_sz > 1000 ALIAS big")])
    assert book.members({"note": "x" * 2000}, MONDAY_NOON) == ["big"]
    before = book.decide({"note": ""}, MONDAY_NOON)
    assert book.decide({"note": "x" * 2000}, MONDAY_NOON, before, ["note"]).members == ["big"]


def test_3_6_a_computed_time_moves_a_profile_by_itself() -> None:
    fields = {"last_active_ts": MONDAY_NOON, "score_quantity": 3}
    book = AudienceBook([parse_audience('FILTER _last_scored > "now-3d" ALIAS fresh')])
    due = MONDAY_NOON + timedelta(days=3)
    assert book.members(fields, MONDAY_NOON) == ["fresh"]
    assert book.next_moment(fields, MONDAY_NOON) == due
    assert book.decide(fields, MONDAY_NOON).due == due
    assert book.flip("fresh", fields, MONDAY_NOON) == Flip(due, inside=False)


def test_3_2_a_persona_states_what_the_vendors_models_say() -> None:
    names = ("needs_message", "next_event", "next_event_low", "next_event_upper", "segment_prediction", "decision_ttl")
    stated = {name: {"default": 0.5} for name in (*names, "segment_prediction_percentile", "holdout_groups")}
    state = ProfileState("p")
    state.assign({**stated, "deliver_hour": 9})
    fields = profile_of(state, AudienceBook([]), MONDAY_NOON).fields
    assert {name: fields[name] for name in stated} == stated
    assert fields["deliver_hour"] == 9


@given(st.dictionaries(st.integers(0, 167).map(str), st.integers(1, 9), min_size=1))
def test_3_2_the_day_to_deliver_is_the_busiest(counts: dict[str, int]) -> None:
    found = Habits().of({"hourofweek": counts})["deliver_day"]
    sums = [sum(count for hour, count in counts.items() if int(hour) // 24 == day) for day in range(7)]
    assert isinstance(found, int)
    assert sums[found] == max(sums)
    assert max(sums) not in sums[:found]
