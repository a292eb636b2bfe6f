"""The panel on a real server with the real tag and SDK: verdicts, remedies, pretending, and nothing inaccessible."""

import re
import textwrap
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from support.axe import violations
from support.serving import Serving
from support.storefront import open_panel, settled

SETTINGS = """
account = "gates"
[profile]
public_fields = ["plan"]
[tag.entity]
preload = true
[tag.pathfora.install.sdk]
src = "{url}/static/pathfora.js"
"""
PAGE = """<!doctype html><html lang="en"><head><title>Gates</title></head><body><main><h1>Gates</h1>
<script>
  window.jstag = window.jstag || {};
</script>
SNIPPET
<div data-pfblock="x">Block</div></main></body></html>"""
BASE = """
label: {name}
{aim}
widget:
  type: message
  layout: slideout
  headline: {name}
  msg: "{msg}"
  displayConditions:
    {condition}
"""
# Each widget is stopped by another gate of debugger.md 7.1: its aim and its condition, and the gate.
GATES: dict[str, tuple[str, str, str]] = {
    "audience": ("audience: vips", "showOnInit: true", "audience"),
    "visits": ("", "pageVisits: 5", "pageVisits"),
    "address": ("", "urlContains: [{match: simple, value: /nowhere}]", "urlContains"),
    "meta": ("", "metaContains: [{name: kind, content: none}]", "metaContains"),
    "later": ("", "date: {start_at: '2040-01-01T00:00:00Z'}", "date"),
    "seen": ("", "impressions: {session: 1, total: 1}", "impressions"),
    "pressed": ("", "hideAfterAction: {closed: {hideCount: 1}}", "hideAfterAction"),
    "leaving": ("", "showOnExitIntent: true", "showOnExitIntent"),
    "scrolled": ("", "scrollPercentageToDisplay: 90", "scrollPercentageToDisplay"),
    "manual": ("", "manualTrigger: true", "manualTrigger"),
    "never": ("", "showOnInit: false", "showOnInit"),
    "fields": ("", "showOnMissingFields: false", "fields"),
}
MEMORY = """() => {
  const keep = (value) => JSON.stringify({ $: value, "@": "2045-01-01T00:00:00Z", PATHFORA: "1.2.20" });
  localStorage.setItem("PathforaImpressions_seen", keep("1|1700000000000"));
  sessionStorage.setItem("PathforaImpressions_seen", "1");
  localStorage.setItem("PathforaClosed_pressed", keep("1|1700000000000"));
}"""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("gates")
    for folder in ("widgets", "audiences", "personas", "pages", "schemas"):
        (root / folder).mkdir()
    (root / "understudy.toml").write_text(SETTINGS)
    for name, (aim, condition, _gate) in GATES.items():
        msg = "Hello {{nickname}}" if name == "fields" else "Hello"
        text = BASE.format(name=name, aim=aim, msg=msg, condition=condition)
        (root / "widgets" / f"{name}.yaml").write_text(text)
    (root / "audiences" / "vips.fql").write_text('FILTER plan = "gold" ALIAS vips WITH is_public = true\n')
    persona = """
    # who pays most
    label: Gold member
    identities: {email: gold@shop.example}
    fields:
      plan: gold   # the best one
      visits_left: 3
    """
    (root / "personas" / "gold.yaml").write_text(textwrap.dedent(persona))
    snippet = (Path(__file__).resolve().parents[3] / "examples/storefront/pages/index.html").read_text("utf-8")
    scripts = re.findall(r"<script>.*?</script>", snippet, re.DOTALL)
    tag = (
        next(one for one in scripts if "jstag" in one)
        .replace("storefront", "gates")
        .replace("latest.min.js", "latest.js")
    )
    (root / "pages" / "index.html").write_text(PAGE.replace("SNIPPET", tag))
    return root


@pytest.fixture
def shop(page: Page, serving: Serving) -> Page:
    page.goto(serving.url)
    settled(page)
    page.evaluate(MEMORY)
    page.reload()
    settled(page)
    return page


def card(page: Page, name: str) -> Locator:
    return page.locator(f'understudy-debugger [data-id="{name}"]')


def test_7_3_1_every_verdict_names_the_gate_that_stops_it(shop: Page) -> None:
    open_panel(shop, "Personalization")
    trace = """(id) => { const { gates, verdict } = pathfora.explain(id);
      const wanted = verdict === "waiting" ? null : false;
      return gates.filter(({ pass }) => pass === wanted).at(verdict === "waiting" ? -1 : 0)?.gate }"""
    assert {name: shop.evaluate(trace, name) for name in GATES} == {name: gate for name, (*_, gate) in GATES.items()}
    for name, (*_, gate) in GATES.items():
        one = card(shop, name)
        expect(one.locator(".remedy")).to_contain_text("It would appear")
        one.get_by_text("What was checked").click()
        expect(one.locator("tr", has=shop.locator("th", has_text=re.compile(f"^{gate}$")))).to_be_visible()
    expect(card(shop, "visits").locator(".remedy")).to_contain_text(re.compile(r"after [34] more page views"))
    expect(card(shop, "later").locator(".remedy")).to_contain_text(re.compile(r"in \d+ days"))
    expect(card(shop, "audience").locator(".stages")).to_have_text("✓ published ✗ for this visitor ✗ shown")


@pytest.mark.parametrize(
    ("name", "button"),
    [
        ("audience", 'Pretend "vips"'),
        ("visits", re.compile(r"Count \d more")),
        ("later", "Go to that time"),
        ("seen", "Count from zero"),
        ("pressed", "Forget what was pressed"),
        ("leaving", "Leave the page"),
        ("manual", "Pull the trigger"),
        ("fields", "Pretend nickname"),
    ],
)
def test_7_2_1_the_smallest_change_makes_the_widget_appear(shop: Page, name: str, button: str) -> None:
    open_panel(shop, "Personalization")
    expect(card(shop, name).locator(".chip").first).not_to_have_text("shown")
    card(shop, name).get_by_role("button", name=button).click()
    expect(card(shop, name).locator(".chip").first).to_have_text("shown")
    expect(shop.locator(f"#{name}")).to_have_count(1)


def test_7_2_2_what_is_pretended_is_shown_and_one_press_ends_it(shop: Page) -> None:
    panel = open_panel(shop, "Lab")
    panel.get_by_label("Audience", exact=True).fill("vips")
    panel.get_by_role("button", name="In it", exact=True).click()
    expect(shop.locator("#audience")).to_have_count(1)
    assert shop.evaluate("jstag.getSegments()").count("vips") == 1
    panel.get_by_label("Field's name").fill("plan")
    panel.get_by_label("Field's value").fill('"silver"')
    panel.get_by_role("button", name="Set", exact=True).click()
    shop.wait_for_function("jstag.getEntity().data.user.plan === 'silver'")
    expect(panel.locator(".strip")).to_contain_text("profile overridden")
    shop.reload()
    settled(shop)
    assert shop.evaluate("jstag.getEntity().data.user.plan") == "silver"
    panel.locator(".strip").get_by_role("button", name="Back to the truth").click()
    shop.wait_for_function("jstag.getEntity().data.user.plan === undefined && !jstag.getSegments().includes('vips')")
    expect(shop.locator("#audience")).to_have_count(0)
    expect(panel.locator(".strip")).to_be_hidden()
    assert shop.evaluate("Object.keys(sessionStorage).filter((key) => key.startsWith('understudy:'))") == [
        "understudy:panel"
    ]


def test_7_2_7_the_clock_is_set_for_server_and_page_and_the_faults_are_seen(shop: Page, serving: Serving) -> None:
    panel = open_panel(shop, "Lab")
    expect(panel.get_by_text("later: date changes")).to_be_visible()
    panel.get_by_label("Date and time").fill("2041-05-06T07:08:09")
    panel.get_by_role("button", name="Stand still there", exact=True).click()
    shop.wait_for_function("new Date().getFullYear() === 2041 && Date.now() === Date.now()")
    expect(shop.locator("#later")).to_have_count(1)
    assert shop.evaluate("[new Date() instanceof Date, new Date(0).getTime(), typeof Date(), Date.UTC(1970, 0)]") == [
        True,
        0,
        "string",
        0,
    ]
    shop.reload()
    settled(shop)
    assert shop.evaluate("new Date().getFullYear()") == 2041
    panel.get_by_label("The profile fails (503)").check()
    expect(panel.locator(".strip")).to_contain_text("another time · a fault is on")
    panel.get_by_role("button", name="Close the debugger").click()
    expect(shop.locator("understudy-debugger .badge")).to_contain_text("a fault is on")
    shop.locator("understudy-debugger .badge").get_by_role("button").click()
    expect(shop.locator("understudy-debugger .badge")).to_be_hidden()
    assert shop.evaluate("new Date().getFullYear()") < 2041
    open_panel(shop, "Lab")
    expect(panel.get_by_label("The profile fails (503)")).not_to_be_checked()


def test_7_2_6_what_is_remembered_can_be_read_changed_and_forgotten(shop: Page) -> None:
    panel = open_panel(shop, "Lab")
    views = panel.get_by_label("Value of PathforaPageView")
    expect(views).to_have_value("2")
    views.fill("4")
    views.press("Enter")
    shop.wait_for_function("JSON.parse(localStorage.PathforaPageView).$.startsWith('4')")
    expect(panel.get_by_text("Closed: pressed")).to_be_visible()
    panel.get_by_role("button", name="Forget PathforaClosed_pressed in localStorage").click()
    expect(shop.locator("#pressed")).to_have_count(1)
    panel.get_by_role("button", name="Forget what widgets remember").click()
    shop.wait_for_function("!localStorage.getItem('PathforaPageView')")


def test_7_2_13_a_widget_is_shown_by_force_and_nobody_hears_of_it(shop: Page) -> None:
    sent: list[str] = []
    shop.on("request", lambda request: sent.append(request.url) if "/c/" in request.url else None)
    open_panel(shop, "Personalization")
    one = card(shop, "never")
    one.get_by_text("Show by force").click()
    one.get_by_label("Layout").select_option("modal")
    one.get_by_label("Theme").select_option("dark")
    before = shop.evaluate("JSON.stringify({ ...localStorage })")
    one.get_by_role("button", name="Show", exact=True).click()
    forced = shop.locator(".pf-widget.pf-widget-modal", has_text="never")
    expect(forced).to_be_visible()
    forced.locator(".pf-widget-ok").dispatch_event("click")
    expect(forced).to_have_count(0)
    shop.goto(f"{shop.url}?understudy-show=never")
    expect(shop.locator(".pf-widget", has_text="never")).to_be_visible()
    assert "understudy" not in shop.evaluate("location.href")
    assert [url for url in sent if "pf-widget" in url and "never" in url] == []
    assert "PathforaImpressions_never" not in before + shop.evaluate("JSON.stringify({ ...localStorage })")


def test_7_2_14_outlines_name_what_is_on_the_page(shop: Page) -> None:
    panel = open_panel(shop, "Personalization")
    card(shop, "manual").get_by_role("button", name="Pull the trigger").click()
    panel.get_by_role("button", name="Outline on the page").click()
    expect(shop.locator("understudy-debugger .edge", has_text="manual · slideout")).to_be_visible()
    expect(panel.get_by_role("button", name="Outline on the page")).to_have_attribute("aria-pressed", "true")
    panel.get_by_role("button", name="Outline on the page").click()
    expect(shop.locator("understudy-debugger .edge")).to_have_count(0)


def test_7_2_20_the_profile_says_where_it_comes_from_and_what_is_missing(shop: Page) -> None:
    shop.evaluate("() => new Promise((done) => jstag.send({ plan: 'gold', colour: 'red' }, done))")
    panel = open_panel(shop, "Profile")
    row = panel.get_by_role("row", name=re.compile("^colour"))
    expect(row).to_contain_text("event")
    expect(row).to_contain_text("just now")
    panel.get_by_label("Find an audience").fill("vips")
    panel.locator("summary", has_text="vips").click()
    expect(panel.get_by_text('plan = "gold"')).to_be_visible()
    lookup = panel.get_by_label("Field or audience")
    for name, answer in {
        "colour": 'add "colour" to public_fields',
        "nickname": "nickname was never sent",
        "vips": "vips",
    }.items():
        lookup.fill(name)
        expect(panel.get_by_role("status").last).to_contain_text(answer)
    shop.reload()
    settled(shop)
    shop.evaluate("() => new Promise((done) => jstag.send({ colour: 'blue' }, done))")
    expect(panel.get_by_text("red → blue")).to_be_visible()


def test_7_2_2_a_persona_is_changed_for_a_visit_or_in_its_file(shop: Page, workspace: Path) -> None:
    panel = open_panel(shop, "Lab")
    one = panel.locator(".card", has_text="Gold member")
    one.get_by_text("Fields").click()
    fields = one.get_by_label("Fields of Gold member")
    fields.fill('{"plan": "lead"}')
    one.get_by_role("button", name="Visit with these").click()
    shop.wait_for_function("jstag.getEntity().data.user?.plan === 'lead'")
    assert "plan: gold" in (workspace / "personas/gold.yaml").read_text()
    fields.fill('{"plan": "gold", "visits_left": 2, "_id": 1}')
    one.get_by_role("button", name="Save to its file").click()
    expect(panel.get_by_role("alert").first).to_contain_text("The fields are not right")
    fields.fill('{"plan": "gold", "visits_left": 2}')
    one.get_by_role("button", name="Save to its file").click()
    expect(one.get_by_role("status")).to_have_text("Saved to personas/gold.yaml.")
    text = (workspace / "personas/gold.yaml").read_text()
    assert "# who pays most" in text
    assert "plan: gold   # the best one" in text
    assert "visits_left: 2" in text


def test_the_source_of_a_widget_opens_at_the_line_of_its_gate(shop: Page, workspace: Path) -> None:
    open_panel(shop, "Personalization")
    one = card(shop, "visits")
    one.get_by_text("widgets/visits.yaml").click()
    expect(one.locator(".line.at")).to_contain_text("pageVisits: 5")
    link = one.get_by_role("link")
    assert link.get_attribute("href") == f"vscode://file{(workspace / 'widgets/visits.yaml').as_posix()}:10"
    one.get_by_label("Editor").select_option("JetBrains")
    expect(link).to_have_attribute("href", re.compile("^idea://open"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wrong_in_any_section(shop: Page, scheme: str) -> None:
    shop.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    for section in ("Status", "Activity", "Profile", "Personalization", "Lab"):
        panel = open_panel(shop, section)
        if section == "Activity":
            panel.locator(".row:not(.heading)").first.click()
        panel.locator("details:visible").evaluate_all("(all) => all.slice(0, 5).forEach((one) => (one.open = true))")
        assert violations(shop, "understudy-debugger") == [], section


# What each section says once it has been drawn.
DRAWN = {
    "Status": "jstag.config",
    "Activity": "page view",
    "Profile": "Why is a field not there?",
    "Personalization": "manual",
    "Lab": "What flips when",
}


def test_it_can_be_used_at_400_percent(page: Page, serving: Serving) -> None:
    page.set_viewport_size({"width": 320, "height": 225})  # 1280 by 900 at 400 %
    page.goto(serving.url)
    settled(page)
    for section, text in DRAWN.items():
        panel = open_panel(page, section)
        body = panel.get_by_role("tabpanel", name=section)
        expect(body).to_contain_text(text)
        assert body.evaluate("(node) => node.scrollWidth <= node.clientWidth"), section
        assert body.evaluate("(node) => node.clientHeight") > 60, section


def test_7_2_10_two_moments_are_compared(shop: Page) -> None:
    panel = open_panel(shop, "Lab")
    panel.get_by_role("button", name="Take a snapshot").click()
    expect(panel.get_by_text("Taken on")).to_be_visible()
    panel.get_by_label("Audience", exact=True).fill("vips")
    panel.get_by_role("button", name="In it", exact=True).click()
    expect(shop.locator("#audience")).to_have_count(1)
    panel.get_by_role("button", name="Compare with now").click()
    expect(panel.get_by_text("widget audience hidden → shown")).to_be_visible()
    expect(panel.get_by_text(re.compile("audiences.vips .* in$"))).to_be_visible()


def test_7_2_23_the_panel_works_in_a_window_of_its_own(shop: Page) -> None:
    panel = open_panel(shop, "Status")
    with shop.expect_popup() as opened:
        panel.get_by_role("button", name="In a window of its own").click()
    window = opened.value
    expect(panel).to_have_count(0)
    window.get_by_role("tab", name="Personalization").click()
    window.locator('[data-id="manual"]').get_by_role("button", name="Pull the trigger").click()
    expect(shop.locator("#manual")).to_have_count(1)
    expect(window.locator('[data-id="manual"] .chip').first).to_have_text("shown")
    colour = "(node) => getComputedStyle(node).backgroundColor"
    assert window.locator(".panel").evaluate(colour) == "rgb(255, 255, 255)"
    window.get_by_role("button", name="In a window of its own").click()
    expect(panel).to_be_visible()
    assert window.is_closed() or window.wait_for_event("close")
