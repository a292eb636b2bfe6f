"""The account's settings, and what browsers may ask for by them (platform.md 3.8)."""

import re
import threading
from collections.abc import Mapping
from typing import Any

import pytest
from starlette.testclient import TestClient

from understudy.server.account_settings import SLUGS
from understudy.server.limits import MINUTE, SECOND, Limits
from understudy.server.platform.audience import parse_audience
from understudy.server.platform.audiences import AudienceBook
from understudy.server.site import Site

BASE = "/api/account/setting"
EVIL = {"origin": "https://evil.test", "sec-fetch-site": "cross-site"}
LOCAL = {"origin": "http://localhost:3000"}
PUBLIC = (
    "/api/personalize/storefront/user/_uid/u1",
    "/api/me/storefront/u1",
    "/api/content/recommend/storefront/user/_uid/u1",
)
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1"
CRAWLER = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
HEADLESS = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/140.0 Safari/537.36"


def put(client: TestClient, slug: str, value: object) -> dict[str, Any]:
    answer = client.put(f"{BASE}/{slug}", json={"value": value})
    assert answer.status_code == 200, answer.text
    return dict(answer.json()["data"])


def user(client: TestClient) -> dict[str, Any]:
    return dict(client.get(PUBLIC[0]).json()["data"]["user"])


def test_3_8_settings_are_read_changed_and_given_back(client: TestClient, site: Site) -> None:
    everything = {one["slug"]: one for one in client.get(BASE).json()["data"]}
    assert set(everything) == set(SLUGS)
    assert everything["allowlist_fields_public_api"]["value"] == ["first_name"]
    client.get("/c/storefront?_uid=u1&first_name=Ann&tier=gold")
    assert put(client, "allowlist_fields_public_api", ["tier"]) | {"description": ""} == {
        "slug": "allowlist_fields_public_api",
        "name": "Allowlist fields for public API",
        "description": "",
        "field": "profile.public_fields",
        "value": ["tier"],
        "changed": True,
    }
    assert ("first_name" in user(client), user(client)["tier"]) == (False, "gold")
    assert 'public_fields = ["first_name"]' in (site.workspace.root / "understudy.toml").read_text()
    assert client.delete(f"{BASE}/allowlist_fields_public_api").json()["data"]["changed"] is False
    assert (user(client)["first_name"], "tier" in user(client)) == ("Ann", False)
    assert client.put(f"{BASE}/entity_timeout", content="50").json()["data"]["value"] == 50
    assert client.get(f"{BASE}/entity_timeout").json()["data"]["value"] == 50


@pytest.mark.parametrize(
    ("slug", "body", "status", "said"),
    [
        ("entity_timeout", "-1", 400, "entity_timeout: it must be 0 or more, not -1."),
        ("entity_timeout", '"soon"', 400, "entity_timeout: it must be a whole number, not 'soon'."),
        ("entity_timeout", "{", 400, "not JSON"),
        ("entity_timeout", "[" * 9000, 400, "nested too deep"),
        ("entity_timeout", "1" * 70_000, 413, "over the limit"),
        ("allow_bots", '{"value": "yes"}', 400, "must be true or false, not 'yes' (write true, without quotes)"),
        ("allowlist_domains_public_api", '["https://shop.example"]', 400, "'[0]': "),
        ("nope", "1", 404, "No such setting"),
    ],
)
def test_3_8_what_a_setting_cannot_be_is_said(client: TestClient, slug: str, body: str, status: int, said: str) -> None:
    before = client.get(BASE).json()
    answer = client.put(f"{BASE}/{slug}", content=body)
    assert (answer.status_code, answer.json()["data"]) == (status, None)
    assert said in answer.json()["message"]
    assert client.get(BASE).json() == before
    assert client.put(f"{BASE}/entity_timeout", content="5", headers=EVIL).status_code == 403


def test_3_8_the_domains_that_may_read_are_a_setting(client: TestClient) -> None:
    origin = {"origin": "https://www.shop.example"}
    assert "access-control-allow-origin" not in client.get(PUBLIC[0], headers=origin).headers
    put(client, "allowlist_domains_public_api", ["shop.example"])
    for path in PUBLIC:
        assert client.get(path, headers=origin).headers["access-control-allow-origin"] == origin["origin"]
        included = {"referer": "https://www.shop.example/", "sec-fetch-site": "cross-site"}
        assert client.get(f"{path}?callback=cb", headers=included).text.startswith("/**/cb(")


def test_3_8_the_account_may_close_its_public_api(client: TestClient) -> None:
    put(client, "allow_public_personalization_api", False)
    for path in PUBLIC:
        refused = client.get(path, headers=LOCAL)
        assert (refused.status_code, "public_api" in refused.json()["message"]) == (403, True)
        assert refused.headers["access-control-allow-origin"] == LOCAL["origin"]
    client.get("/c/storefront?_uid=u1&_e=pv")
    assert client.get("/api/entity/user/u1").status_code == 200
    assert client.get("/api/content/recommend/user/_uid/u1").status_code == 200
    assert client.get("/api/me/_uid/u1").status_code == 200


def test_2_4_a_setting_of_the_tag_is_baked_in(client: TestClient) -> None:
    def baked() -> bool:
        return re.search(r'"?pageViewOnFirst"?:\s*true', client.get("/api/tag/storefront/latest.js").text) is not None

    assert not baked()
    put(client, "pageview_on_first_send", True)
    assert baked()


class Slow:
    """Works out a field when the test says so."""

    names = frozenset({"slow"})
    sources: frozenset[str] = frozenset()
    digest = ""

    def __init__(self) -> None:
        self.go = threading.Event()

    def of(self, _fields: Mapping[str, object], _wanted: object) -> dict[str, object]:
        assert self.go.wait(30)
        return {"slow": 1}


def test_3_8_an_answer_has_what_is_there_in_time(client: TestClient, site: Site) -> None:
    quick = parse_audience("FILTER points = 3 ALIAS quick")
    site.platform.use_audiences(AudienceBook([quick]))
    client.get("/c/storefront?_uid=u1&first_name=Ann&points=3")
    slow = Slow()
    site.platform.use_audiences(AudienceBook([quick, parse_audience("FILTER slow = 1 ALIAS late")], [slow]))
    put(client, "entity_timeout", 20)
    try:
        assert user(client) == {"_uid": "u1", "first_name": "Ann", "segments": ["quick"]}
        assert client.get(PUBLIC[1]).json()["data"] == {"_uid": "u1", "first_name": "Ann", "segments": ["quick"]}
        assert client.get(PUBLIC[0].replace("u1", "nobody")).json()["data"]["user"] == {"segments": []}
    finally:
        slow.go.set()
    put(client, "entity_timeout", 30_000)
    assert user(client)["segments"] == ["late", "quick"]
    site.platform.close()
    assert client.get(PUBLIC[0]).status_code == 503


def test_3_2_a_browsers_name_tells_of_phones_and_crawlers(client: TestClient, site: Site) -> None:
    for uid, agent in (("phone", PHONE), ("crawler", CRAWLER), ("headless", HEADLESS)):
        client.get(f"/c/storefront?_uid={uid}", headers={"user-agent": agent})
    client.get("/c/storefront?_uid=stated&_uamob=f", headers={"user-agent": PHONE})

    def fields(uid: str) -> tuple[object, ...]:
        profile = site.platform.profile("_uid", uid)
        return tuple(profile.fields.get(name) for name in ("is_mobile", "is_bot", "user_agent")) if profile else ()

    assert [fields(uid) for uid in ("phone", "crawler", "headless", "stated")] == [
        ("t", None, None),
        (None, "t", None),
        (None, None, None),
        ("f", None, None),
    ]
    assert site.platform.events("_uid", "headless")[0].data == {"_uid": "headless"}
    put(client, "collect_user_agent", True)
    put(client, "allow_bots", False)
    for uid, agent in (("phone", PHONE), ("none", CRAWLER)):
        assert client.get(f"/c/storefront?_uid={uid}", headers={"user-agent": agent}).status_code == 200
    assert fields("phone") == ("t", None, PHONE)
    assert fields("none") == ()


def at(site: Site, moment: float) -> None:
    site.clock.freeze()
    site.clock.set(moment)


def limited(site: Site, **limits: int) -> None:
    settings = site.workspace.settings
    changed = settings.model_copy(update={"limits": settings.limits.model_copy(update=limits)})
    object.__setattr__(site.workspace, "settings", changed)


def test_3_7_too_many_recommendations_are_refused_until_the_second_is_over(client: TestClient, site: Site) -> None:
    limited(site, recommend_per_second=2, recommend_per_minute=3)
    at(site, 1_000_000_000_200)
    both = (PUBLIC[2], "/api/content/recommend/user/_uid/u1")
    assert [client.get(path).status_code for path in (*both, both[0])] == [200, 200, 429]
    refused = client.get(both[0], headers=LOCAL)
    assert (refused.headers["retry-after"], refused.json()["status"]) == ("1", 429)
    assert refused.headers["access-control-allow-origin"] == LOCAL["origin"]
    assert refused.headers["access-control-expose-headers"] == "Retry-After"
    at(site, 1_000_000_001_000)
    assert [client.get(both[0]).status_code for _ in range(2)] == [200, 429]
    minute = client.get(both[1])
    assert minute.headers["retry-after"] == str((60_000 - 1_000_000_001_000 % 60_000) // 1000)
    at(site, 1_000_000_061_000)
    assert client.get(both[1]).status_code == 200


def test_nothing_is_counted_without_limits(client: TestClient, site: Site) -> None:
    limits = Limits()
    assert [limits.wait("x", 5.0, (SECOND, 0), (MINUTE, 0)) for _ in range(3)] == [0, 0, 0]
    assert limits._counts == {}
    assert [limits.wait("x", 999.0, (SECOND, 1)) for _ in range(2)] == [0, 1]
    assert limits.wait("y", 999.0, (SECOND, 1)) == 0
    assert limits.wait("x", 1000.0, (SECOND, 1)) == 0


def test_a_setting_counts_for_its_world_until_that_is_reset(site: Site) -> None:
    site.account_settings.put("entity_timeout", 7)
    other = Site(site.workspace, site.platform)
    assert (site.settings.profile.timeout_ms, other.settings.profile.timeout_ms) == (7, 0)
    site.renew()
    assert site.settings is site.workspace.settings
