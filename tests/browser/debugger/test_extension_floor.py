"""What the vendor's extension shows on pages with the vendor's tag: the least that ours shows (debugger.md 7.2)."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from extension_stage import PAGE, Watched, show
from playwright.sync_api import Page, Route, expect
from support.axe import violations

VENDOR = "https://c.lytics.io"
TAG = f'<script src="{VENDOR}/api/tag/acct/latest.min.js"></script>'
USER = {
    "_uid": "u-1",
    "_id": "p-1",
    "segments": ["all", "smt_new"],
    "score_momentum": 41,
    "lytics_content": {"tea": 0.5},
}
CONFIG: dict[str, Any] = {"version": "10.2.0", "cid": ["acct"], "entity": {"byFieldKey": "_uid"}}
PUBLISHED = {
    "experiences": [{"id": "e-1", "type": "message", "audience": "smt_new"}],
    "variations": [{"id": "v-1", "weight": 3}],
    "legacyABTests": [{"id": "t-1"}],
}
# The vendor's seven kinds, and those that its extension does not know (debugger.md 3).
CALLS = [
    ("/api/tag/acct/other.js", "Load tag", "The tag's script was loaded."),
    ("/api/personalize/acct/user/_uid/u-1", "Load profile", "The visitor's profile was asked for."),
    ("/c/acct?colour=red", "Collect data", "Data was sent about the visitor."),
    ("/static/pathfora.min.js", "Load widget SDK", "The widget SDK was loaded."),
    ("/static/pathfora.min.css", "Load widget styles", "The widgets' stylesheet was loaded."),
    ("/api/experience/candidate/acct/config.js", "Load experiences", "The published experiences were loaded."),
    ("/api/program/campaign/config/acct/config.js", "Load campaigns", "Campaigns of the older kind were loaded"),
    ("/api/experience/preview/acct/e-1/config.js", "Load preview", "An experience that is not published was loaded"),
    ("/api/content/recommend/acct/user/_uid/u-1", "Recommend", "Recommendations were asked for."),
    ("/cid/acct", "Visitor id", "A visitor id was asked for that other sites share."),
]

Visit = Callable[..., tuple[Page, Page]]


@pytest.fixture
def visit(watched: Watched) -> Iterator[Visit]:
    """Opens a page with a tag from the vendor's host, by the name and with the settings that a test wants."""
    served = {"script": ""}

    def vendor(route: Route) -> None:
        script = served["script"] if route.request.url.endswith("/latest.min.js") else ""
        headers = {"Access-Control-Allow-Origin": "*"}
        route.fulfill(status=200, body=script, content_type="text/javascript", headers=headers)

    def opened(html: str = TAG, name: str = "jstag", **config: Any) -> tuple[Page, Page]:
        served["script"] = f"""window.{name} = {{
          isLoaded: true, config: {json.dumps(CONFIG | config)}, send() {{}}, on() {{}},
          getEntity: () => ({{ data: {{ user: {json.dumps(USER)} }} }}), getSegments: () => ["all", "smt_new"],
        }}; document.cookie = "seerid=u-1";"""
        return watched.visit(watched.sites.page(PAGE.format(html)))

    watched.context.route("https://*.lytics.io/**", vendor)
    yield opened
    watched.context.unroute("https://*.lytics.io/**")
    watched.context.clear_cookies()


def body(panel: Page, section: str) -> Any:
    show(panel, section)
    return panel.get_by_role("tabpanel", name=section)


def test_3_each_kind_of_request_has_its_name_and_a_sentence(visit: Visit, watched: Watched) -> None:
    page, panel = visit(url=watched.sites.host)
    first = watched.sites.host
    calls = [(VENDOR + path, label, sentence) for path, label, sentence in CALLS]
    calls += [(first + "/c/acct?size=9", "Collect data", CALLS[2][2]), (first + "/cid/own", "Visitor id", CALLS[9][2])]
    calls.append((f"{VENDOR}/api/program/campaign/variation/preview/acct/v/config.js", "Load preview", CALLS[7][2]))
    page.evaluate("(all) => Promise.all(all.map((one) => fetch(one)))", [address for address, _, _ in calls])
    page.evaluate("(url) => fetch(url)", f"{first}/basket")
    activity = body(panel, "Activity")
    for address, label, sentence in calls:
        activity.get_by_label("Filter activity").fill(address.partition("//")[2])
        rows = activity.locator(".row:not(.heading)")
        expect(rows).to_have_count(1)
        rows.first.click()
        detail = activity.get_by_role("region")
        expect(detail).to_contain_text(address)
        expect(detail.locator(".chip").first).to_have_text(label)
        expect(detail).to_contain_text(sentence)
    activity.get_by_label("Filter activity").fill("basket")
    expect(activity).to_contain_text("Nothing passes the filter.")
    lines = body(panel, "Tab").locator(".tab-line")
    expect(lines).to_have_count(len(calls) + 1)  # and the tag itself


def test_2_1_status_tells_what_is_and_version_10_is_not_old(visit: Visit) -> None:
    _page, panel = visit()
    status = body(panel, "Status")
    for text in ("Version10.2.0", "Accountacct", "Streamdefault", "Cookieseerid", "Profile key_uid", "Visitor idu-1"):
        expect(status).to_contain_text(text)
    expect(status).to_contain_text("jstag.config")
    expect(status).not_to_contain_text("deprecated")
    expect(status).to_contain_text("Third-party idnot provided")


def test_2_3_the_profile_is_shown_and_saved_as_json(visit: Visit, tmp_path: Path) -> None:
    _page, panel = visit()
    profile = body(panel, "Profile")
    for text in ("Profile idp-1", "smt_new", "momentum", "41", "tea"):
        expect(profile).to_contain_text(text)
    with panel.expect_download() as saved:
        profile.get_by_role("button", name="Save profile as JSON").click()
    saved.value.save_as(tmp_path / "profile.json")
    assert saved.value.suggested_filename == "profile.json"
    assert json.loads((tmp_path / "profile.json").read_text()) == USER


def test_2_4_active_and_older_experiences_are_listed_apart(visit: Visit) -> None:
    _page, panel = visit(pathfora={"publish": {"candidates": PUBLISHED}})
    personalization = body(panel, "Personalization")
    expect(personalization.locator('[data-id="e-1"]')).to_contain_text("published")
    expect(personalization.locator(".card")).to_have_count(1)
    expect(personalization.locator(".card")).to_contain_text("Waiting: the widget SDK has not loaded.")
    personalization.get_by_text("as it was published").click()
    expect(personalization.locator(".card")).to_contain_text("smt_new")
    personalization.get_by_text("Of the older kind: 2").click()
    for text in ("variation v-1", "A/B test t-1"):
        expect(personalization).to_contain_text(text)
    expect(personalization.get_by_role("alert").first).to_have_class("hint")  # that there is no workspace is no fault


def test_2_empty_states_say_that_there_is_nothing_and_break_nothing(visit: Visit) -> None:
    _page, panel = visit("")
    panel.set_viewport_size({"width": 360, "height": 700})
    for section, text in {
        "Status": "No tag, so no configuration.",
        "Activity": "Nothing",
        "Profile": "This browser has no visitor id yet",
        "Personalization": "Of the older kind: none",
        "Tab": "No request of a tag was seen in this tab",
    }.items():
        expect(body(panel, section)).to_contain_text(text)
        expect(panel.get_by_text("This part cannot be shown")).to_have_count(0)
        assert violations(panel, "body", without=()) == [], section


def test_7_2_24_a_lone_tag_of_another_name_is_found_and_looked_at(visit: Visit, watched: Watched) -> None:
    page, panel = visit(name="acme", url=watched.sites.host)
    status = body(panel, "Status")
    expect(status).to_contain_text("There is no tag under window.jstag, but there is one under window.acme.")
    expect(status.get_by_label("Global name of the tag")).to_have_value("acme")
    status.get_by_role("button", name="Look there").click()
    expect(status).to_contain_text("Accountacct")
    page.evaluate("(url) => fetch(url)", f"{watched.sites.host}/c/acct?own=1")
    expect(body(panel, "Activity").locator(".row", has_text="own")).to_have_count(1)
    page.reload()
    expect(body(panel, "Status")).to_contain_text("Accountacct")


def test_7_2_24_the_tag_of_a_frame_or_the_other_of_two_is_looked_at_when_chosen(visit: Visit) -> None:
    page, panel = visit(f"<script>window.second = {{ config: {{ cid: ['two'] }}, send() {{}} }}</script>{TAG}")
    status = body(panel, "Status")
    expect(status).to_contain_text("The page has more than one tag: window.second, window.jstag.")
    expect(status).to_contain_text("Accountacct")
    status.get_by_label("Global name of the tag").fill("second")
    status.get_by_role("button", name="Look there").click()
    expect(status).to_contain_text("Accounttwo")
    page.evaluate("sessionStorage.clear()")

    _page, panel = visit(f"<iframe srcdoc='{TAG}'></iframe>")
    status = body(panel, "Status")
    expect(status).to_contain_text("A frame of this page has a tag too")
    status.get_by_label("Look into").select_option(label="the frame srcdoc, with jstag")
    status.get_by_role("button", name="Look there").click()
    expect(status).to_contain_text("Accountacct")
