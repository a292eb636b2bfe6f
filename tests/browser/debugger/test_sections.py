"""What the sections say."""

from typing import Any

from panel_stage import ORIGIN, Stage
from playwright.sync_api import Locator, expect

SHOWN: dict[str, Any] = {
    "id": "vip-offer",
    "type": "message",
    "layout": "modal",
    "verdict": "hidden",
    "reason": "Hidden: impressions",
    "time": 1,
    "gates": [
        {
            "gate": "audience",
            "pass": True,
            "actual": ["all", "high_value"],
            "required": "high_value",
        },
        {"gate": "impressions", "pass": False, "actual": {"limit": "widget.session", "found": 2}, "required": 2},
        {"gate": "showDelay", "pass": None, "required": 3},
    ],
}
RECEIPT: dict[str, Any] = {
    "type": "event",
    "event_id": 12,
    "account": "shop",
    "stream": "web",
    "uid": "own-1",
    "time": 1700000000000,
    "data": {
        "pf-widget-event": "confirm",
        "pf-widget-id": "vip-offer",
        "_ts": "1700000000000",
        "_uid": "own-1",
    },
    "changed": {"clicks": [1, 2]},
    "entered": ["clickers"],
    "left": ["sleepers"],
}


def arrange(stage: Stage, tab: str, **options: Any) -> Locator:
    stage.page.context.add_cookies([{"name": "seerid", "value": "own-1", "url": ORIGIN}])
    stage.open(**options)
    stage.show(tab)
    return stage.page.get_by_role("tabpanel", name=tab)


def test_status_of_a_page_with_a_tag(stage: Stage) -> None:
    body = arrange(stage, "Status")
    rows = body.locator("dl")
    expect(rows.nth(0)).to_have_text(
        "StatefoundVersion3.0.37AccountshopStreamwebSends tothis page's own hostThird-party idoffConsentnot asked for"
    )
    expect(rows.nth(1)).to_have_text("Visitor idown-1CookieseeridProfile key_uidProfile in pageloaded")
    expect(rows.nth(2)).to_have_text("StateloadedVersion1.2.20")
    expect(body.locator("dl", has_text="Workspace")).to_contain_text("Workspacestorefront")
    body.get_by_text("pathfora").first.focus()
    tree = body.locator("details details summary", has_text="pathfora")
    tree.focus()
    stage.page.keyboard.press("Enter")
    expect(body.locator("summary", has_text="publish")).to_be_visible()


def test_status_says_what_is_wrong(stage: Stage) -> None:
    body = arrange(stage, "Status", tag=False, body='<script async src="/api/tag/other/latest.min.js"></script>')
    expect(body).to_contain_text("not loaded")
    expect(body).to_contain_text("/api/tag/other/latest.min.js did not load")
    expect(body.locator("dl").nth(0)).to_contain_text("Versionnot provided")


def test_status_of_a_page_without_a_tag_and_of_an_old_one(stage: Stage) -> None:
    body = arrange(stage, "Status", tag=False)
    expect(body).to_contain_text("window.jstag does not exist")
    assert stage.page.evaluate("'jstag' in window") is False
    stage.page.evaluate("window.jstag = {isLoaded: true, config: {version: '2.1.0', cid: 'other'}, on() {}}")
    stage.page.evaluate(
        "document.head.append(Object.assign(document.createElement('script'), {src: '/doubles.js?none'}))"
    )
    stage.page.wait_for_function("jstag.config.version === '3.0.37'")
    expect(body).to_contain_text("3.0.37")


def test_an_old_tag_and_a_foreign_account_are_marked(stage: Stage) -> None:
    old = "<script>window.jstag = {isLoaded: true, config: {version: '2.1.0', cid: ['other']}, on() {}}</script>"
    body = arrange(stage, "Status", tag=False, head=old)
    expect(body.locator(".bad", has_text="deprecated")).to_be_visible()
    expect(body).to_contain_text("is of the account other; this workspace serves shop")


def test_a_lost_connection_is_shown(stage: Stage) -> None:
    body = arrange(stage, "Status")
    expect(body).to_contain_text("Live updatesconnecting")
    stage.tell(type="hello")  # the scripted stream ends with its message
    expect(body).to_contain_text("Live updatesreconnecting")
    expect(stage.page.get_by_role("img", name="Live updates: lost")).to_be_visible()


def test_the_profile_says_what_is_there_and_invents_nothing(stage: Stage) -> None:
    body = arrange(stage, "Profile")
    expect(body).to_contain_text("no profile of this visitor yet")
    expect(body).to_contain_text("In no audience.")
    expect(body).to_contain_text("Not provided")
    stage.profiles["own-1"] = {
        "uid": "own-1",
        "found": True,
        "fields": [
            {"name": "email", "type": "string", "value": "a@b.example"},
            {"name": "visits", "type": "map", "value": {"home": 2}},
        ],
        "audiences": [
            {"slug": "high_value", "name": "High value", "own": True, "member": True},
            {"slug": "all", "name": "All", "own": False, "member": True},
            {"slug": "sleepers", "name": "Sleepers", "own": True, "member": False},
        ],
    }
    stage.tell(**RECEIPT)
    expect(body.get_by_role("row", name="email a@b.example string")).to_be_visible()
    expect(body.locator("h3", has_text="Audiences (2)")).to_be_visible()
    expect(body.locator("summary", has_text="high_value")).to_contain_text("in")
    expect(body.locator("summary", has_text="sleepers")).to_contain_text("not in")


def test_a_visitor_without_an_id_has_no_profile(stage: Stage) -> None:
    stage.open(tag=False)
    stage.show("Profile")
    expect(stage.page.get_by_role("tabpanel", name="Profile")).to_contain_text("no visitor id yet")


def test_every_experience_has_a_verdict_and_a_reason(stage: Stage) -> None:
    stage.workspace["experiences"][0]["inverse"] = {"id": "vip-offer-inverse", "type": "message", "layout": "bar"}
    stage.workspace["scripts"] = ["widgets/own.js"]
    body = arrange(stage, "Personalization")
    card = body.locator('[data-id="vip-offer"]')
    expect(card).to_contain_text("Waiting: the tag has not handed it to the widget SDK yet.")
    expect(body.locator('[data-id="spring"]')).to_contain_text("Not published: status is draft in widgets/spring.yaml.")
    expect(body.locator('[data-id="vip-offer-inverse"]')).to_contain_text("for everyone else")
    expect(body).to_contain_text("widgets/own.js")
    stage.page.evaluate("(shown) => decide(shown)", SHOWN)
    expect(card.locator(".reason")).to_contain_text("Shown 2 of 2 times in this session.")
    card.get_by_text("What was checked").click()
    expect(card.get_by_role("row", name="audience")).to_contain_text('The visitor is in "high_value".')
    expect(card.locator("tr.failing")).to_contain_text("impressions")
    expect(card.locator("tr.failing")).to_contain_text("stops")
    expect(card.get_by_role("row", name="showDelay")).to_contain_text("open")
    stage.page.evaluate("(shown) => decide({...shown, verdict: 'shown', reason: 'Shown'})", SHOWN)
    expect(card.locator(".chip").first).to_have_text("shown")
    expect(card.locator("details").first).to_have_attribute("open", "")
    stage.page.evaluate("(shown) => decide({...shown, id: 'own-widget'})", SHOWN)
    expect(body.locator('[data-id="own-widget"]')).to_contain_text("made by the page")


def test_without_tag_or_sdk_the_reason_says_so(stage: Stage) -> None:
    body = arrange(stage, "Personalization", tag=False)
    expect(body.locator('[data-id="vip-offer"]')).to_contain_text("there is no tag on this page")
