"""What the sections say."""

import re
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


MANY = 600
NODES = """(host) => host.shadowRoot.querySelectorAll('[role="tabpanel"]:not([hidden]) *').length"""
MOST_NODES = 5000


def test_7_2_5_long_lists_have_few_nodes_in_every_section(stage: Stage) -> None:
    offer, persona = stage.workspace["experiences"][0], stage.workspace["personas"][0]
    numbers = range(MANY)
    stage.workspace["experiences"] = [{**offer, "id": f"offer-{n}", "label": f"Offer {n}."} for n in numbers]
    stage.workspace["personas"] = [{**persona, "id": f"persona-{n}"} for n in numbers]
    fields = [{"name": f"field_{n}.", "type": "string", "value": f"value {n}"} for n in numbers]
    audiences = [{"slug": f"slug_{n}.", "name": "", "own": True, "member": True} for n in numbers]
    stage.profiles["own-1"] = {"uid": "own-1", "found": True, "fields": fields, "audiences": audiences}
    stage.open(head="<script>document.cookie = 'seerid=own-1'</script>")
    page = stage.page
    page.evaluate(
        "(many) => { for (let n = 0; n < many; n++) { localStorage.setItem(`PathforaClosed_w${n}`, '1|1700000000000');"
        " jstag.emit('pathfora.many', { n }); } }",
        MANY,
    )
    host = page.locator("understudy-debugger")
    ready = {"Profile": "slug_0.", "Personalization": "Offer 0.", "Lab": "Closed: w0", "Activity": "pathfora.many"}
    for tab in ("Status", "Activity", "Profile", "Personalization", "Lab"):
        stage.show(tab)
        body = page.get_by_role("tabpanel", name=tab)
        expect(body).to_contain_text(ready.get(tab, "found"))
        assert host.evaluate(NODES) < MOST_NODES, tab
    stage.show("Profile")
    body = page.get_by_role("tabpanel", name="Profile")
    expect(body).to_contain_text(f"and {MANY - 100} more")
    body.get_by_label("Find a field").fill("field_599.")
    expect(body.get_by_role("row", name="field_599.")).to_be_visible()
    body.get_by_label("Find an audience").fill("slug_599.")
    expect(body.get_by_text("slug_599.")).to_be_visible()
    stage.show("Personalization")
    body = page.get_by_role("tabpanel", name="Personalization")
    body.get_by_label("Find a widget").fill("offer-599")
    expect(body.locator(".card")).to_have_count(1)


def test_7_2_20_a_profile_that_changes_is_drawn_where_it_has_changed(stage: Stage) -> None:
    view = {
        "uid": "own-1",
        "found": True,
        "fields": [{"name": "plan", "type": "string", "value": "gold"}, {"name": "n", "type": "int", "value": 1}],
        "audiences": [{"slug": "vips", "name": "vips", "own": True, "member": True}],
    }
    stage.profiles["own-1"] = view
    stage.open(head="<script>document.cookie = 'seerid=own-1'</script>")
    stage.show("Profile")
    page = stage.page
    body = page.get_by_role("tabpanel", name="Profile")
    search = body.get_by_label("Find a field")
    search.fill("n")
    row = body.locator("tr", has=page.locator("th", has_text=re.compile("^n$")))
    expect(row.locator("td").first).to_contain_text("1")
    made = body.evaluate_handle(
        """(node) => { const made = [];
          new MutationObserver((all) => made.push(...all.flatMap(({ addedNodes }) => [...addedNodes])))
            .observe(node, { childList: true, subtree: true });
          return made; }"""
    )
    fields = [view["fields"][0], {"name": "n", "type": "int", "value": 2}]  # type: ignore[index]
    stage.profiles["own-1"] = {**view, "fields": fields}
    stage.tell(type="event", event_id=9, stream="default", uid="own-1", time=1, data={"_uid": "own-1", "n": 2})
    expect(row.locator("td").first).to_contain_text("2")
    assert search.input_value() == "n"
    assert made.evaluate("(made) => made.filter((node) => node.nodeName !== '#text').length") < 20


def test_2_4_what_is_of_the_older_kind_is_listed_and_there_is_help(stage: Stage) -> None:
    body = arrange(stage, "Personalization")
    body.get_by_text("Of the older kind: none").click()
    expect(body).to_contain_text("The vendor has retired them.")
    stage.page.evaluate(
        """() => {
          const publish = ((jstag.config.pathfora ??= {}).publish ??= {});
          publish.candidates = {
            ...publish.candidates, variations: [{ id: "v1", weight: 3 }], legacyABTests: [{ id: "t1" }, null],
          };
          dispatchEvent(new Event("pathfora:decision"));
        }"""
    )
    body.get_by_text("Of the older kind: 3").click()
    for text in ("variation v1", "A/B test t1", "A/B test without an id"):
        expect(body).to_contain_text(text)
    link = stage.page.get_by_role("link", name="Help")
    expect(link).to_have_attribute("href", f"{ORIGIN}/__understudy__/api/docs")
