"""What a tab pretends, by every way in which a profile reaches a page; what a world's clock and faults do to a page."""

import json
from typing import Any

import pytest
from panel_stage import ORIGIN, Stage
from playwright.sync_api import expect

PROFILE = {"data": {"plan": "plain", "email": "a@shop.example", "segments": ["all", "plain_ones"]}, "status": 200}
PRETENDED = {"enter": ["vips"], "leave": ["plain_ones"], "fields": {"plan": "gold", "email": None}, "consent": None}
WAYS = {
    "fetch": "(url) => fetch(url).then((answer) => answer.json())",
    "XMLHttpRequest": """(url) => new Promise((done) => {
      const request = new XMLHttpRequest();
      request.onload = () => done(JSON.parse(request.responseText));
      request.open("GET", url);
      request.send(); })""",
    "XMLHttpRequest, json": """(url) => new Promise((done) => {
      const request = new XMLHttpRequest();
      request.responseType = "json";
      request.onload = () => done(request.response);
      request.open("GET", url);
      request.send(); })""",
    "JSONP": """(url) => new Promise((done) => {
      window.back = done;
      const script = document.createElement("script");
      script.src = `${url}.js?callback=back`;
      document.head.append(script); })""",
}


@pytest.mark.parametrize("way", WAYS)
def test_7_2_2_what_is_pretended_reaches_the_page_by(stage: Stage, way: str) -> None:
    url = "/api/personalize/shop/user/_uid/own-1"
    stage.files[url] = (json.dumps(PROFILE), "application/json")
    stage.files[f"{url}.js"] = (f"back({json.dumps(PROFILE)})", "text/javascript")
    stage.open()
    ask: Any = WAYS[way]
    assert stage.page.evaluate(ask, url) == PROFILE
    stage.page.evaluate("(text) => sessionStorage.setItem('understudy:overrides', text)", json.dumps(PRETENDED))
    stage.page.reload()
    assert stage.page.evaluate(ask, url)["data"] == {"plan": "gold", "segments": ["all", "vips"]}
    stage.page.get_by_role("button", name="Back to the truth").click()
    expect(stage.page.get_by_role("button", name="Back to the truth")).to_have_count(0)
    assert stage.page.evaluate(ask, url) == PROFILE


def test_7_2_2_the_referrer_is_pretended_until_it_is_not(stage: Stage) -> None:
    stage.open()
    stage.show("Lab")
    lab = stage.page.get_by_role("tabpanel", name="Lab")
    lab.get_by_label("Referrer").fill("https://search.example/?q=pots")
    lab.get_by_role("button", name="Come from there").click()
    expect(lab).to_contain_text("from https://search.example/?q=pots, from the next load on")
    stage.page.reload()
    assert stage.page.evaluate("document.referrer") == "https://search.example/?q=pots"
    lab.get_by_role("button", name="No longer: from https://search.example/").click()
    expect(lab.get_by_role("button", name="No longer: from")).to_have_count(0)
    assert stage.page.evaluate("document.referrer") == ""
    assert stage.page.evaluate("sessionStorage.getItem('understudy:overrides')") is None


def test_7_2_7_the_world_s_clock_and_faults_are_followed_and_said(stage: Stage) -> None:
    stage.open()
    badge = stage.page.locator("understudy-debugger .badge")
    stage.tell(type="clock", now=1_900_000_000_000, mode="frozen", offset_ms=0)
    expect(badge).to_contain_text("another time")
    assert stage.page.evaluate("Date.now()") == 1_900_000_000_000
    stage.tell(type="faults", active=["the profile fails (503)"])
    expect(badge).to_contain_text("another time · a fault is on")
    stage.tell(type="faults", active=["the profile fails (503)", "events are refused (500)"])
    expect(badge).to_contain_text("2 faults are on")
    stage.tell(type="clock", now=0, mode="real", offset_ms=0)
    expect(badge).not_to_contain_text("another time")
    assert stage.page.evaluate("Date.now()") != 1_900_000_000_000
    stage.tell(type="faults", active=[])
    expect(badge).to_be_hidden()


def test_7_2_19_without_a_server_there_are_no_fault_switches(stage: Stage) -> None:
    stage.open()
    stage.show("Lab")
    lab = stage.page.get_by_role("tabpanel", name="Lab")
    expect(lab).to_contain_text("there is no Understudy server here")
    expect(lab.get_by_role("button", name="All off")).to_be_hidden()
    stage.views["faults"] = {"profile": {"status": 503}, "offline": False, "active": ["the profile fails (503)"]}
    stage.tell(type="faults", active=["the profile fails (503)"])
    expect(lab.get_by_label("The profile fails (503)")).to_be_checked()
    expect(lab.get_by_role("button", name="All off")).to_be_visible()


def test_7_3_7_two_ports_of_one_host_keep_separate_state(stage: Stage) -> None:
    other = ORIGIN.replace(":9", ":10")
    stage.page.route(f"{other}/**", lambda route: stage.answer_for(route, other))
    stage.open()
    stage.show("Lab")
    lab = stage.page.get_by_role("tabpanel", name="Lab")
    lab.get_by_label("Audience").fill("vips")
    lab.get_by_role("button", name="In it", exact=True).click()
    expect(lab).to_contain_text("in vips")
    stage.show("Activity")
    stage.page.evaluate("fetch('/c/shop/web?_e=here')")
    activity = stage.page.get_by_role("tabpanel", name="Activity")
    expect(activity.locator(".row:not(.heading)", has_text="here")).to_have_count(1)
    stage.page.evaluate("(url) => fetch(url, { mode: 'no-cors' }).catch(() => 0)", f"{other}/c/shop/web?_e=elsewhere")
    stage.page.evaluate("fetch('/c/shop/web?_e=too')")
    expect(activity.locator(".row:not(.heading)", has_text="too")).to_have_count(1)
    expect(activity.locator(".row:not(.heading)", has_text="elsewhere")).to_have_count(0)
    stage.page.goto(f"{other}/")
    expect(stage.page.get_by_role("button", name="Open the Understudy debugger")).to_be_visible()
    expect(stage.page.locator("understudy-debugger .badge")).to_be_hidden()
    kept = "Object.keys(sessionStorage).filter((key) => /overrides|address/.test(key))"
    assert stage.page.evaluate(kept) == []
    stage.show("Activity")
    expect(activity.locator(".row", has_text="too")).to_have_count(0)
    stage.page.goto(f"{ORIGIN}/")
    stage.show("Lab")
    expect(lab).to_contain_text("in vips")


def test_7_2_2_the_address_is_pretended_without_a_load(stage: Stage) -> None:
    stage.open()
    stage.show("Lab")
    where = "location.pathname + location.search"
    real = stage.page.evaluate(where)
    stage.page.evaluate("() => { window.loads = 1; history.replaceState = () => (window.loads += 1); }")
    lab = stage.page.get_by_role("tabpanel", name="Lab")
    lab.get_by_label("Address of the page").fill("https://other.example/sale")
    lab.get_by_role("button", name="Be there").click()
    expect(lab).to_contain_text("https://other.example/sale is no address of this page's own server")
    lab.get_by_label("Address of the page").fill("/sale?utm_source=mail")
    lab.get_by_role("button", name="Be there").click()
    expect(lab).to_contain_text("at /sale?utm_source=mail, which a reload asks the server for")
    assert stage.page.evaluate(where) == "/sale?utm_source=mail"
    stage.page.get_by_role("button", name="Back to the truth").click()
    expect(lab.get_by_role("button", name="No longer: at")).to_have_count(0)
    assert (stage.page.evaluate(where), stage.page.evaluate("window.loads")) == (real, 1)
    kept = "Object.keys(sessionStorage).filter((key) => /overrides|address/.test(key))"
    assert stage.page.evaluate(kept) == []
