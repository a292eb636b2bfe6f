"""The panel as a thing in the page: opening, closing, keyboard, and what it leaves alone."""

import pytest
from panel_stage import ORIGIN, OWN_SCRIPT, Stage
from playwright.sync_api import expect

HOST = "understudy-debugger"
STATE = """() => {
  const clone = document.documentElement.cloneNode(true);
  for (const node of clone.querySelectorAll("understudy-debugger, script[src*='__understudy__']")) node.remove();
  return {
    html: clone.outerHTML,
    cookie: document.cookie,
    local: {...localStorage},
    session: {...sessionStorage},
    calls: window.calls,
    names: Object.keys(window).sort(),
    height: document.documentElement.scrollHeight,
    width: document.documentElement.scrollWidth,
    top: document.querySelector("h1").getBoundingClientRect().top,
    focus: document.activeElement.tagName,
  };
}"""


def test_7_3_4_the_idle_panel_changes_nothing_outside_its_host(stage: Stage) -> None:
    stage.open(panel=False)
    without, requests = stage.page.evaluate(STATE), sorted(set(stage.asked))
    stage.asked.clear()
    stage.open()
    expect(stage.page.get_by_role("button", name="Open the Understudy debugger")).to_be_visible()
    assert stage.page.evaluate(STATE) == without
    stage.tell(type="hello")
    own = [path for path in stage.asked if path.startswith("/__understudy__/")]
    assert sorted({*stage.asked} - {*own}) == requests
    assert {path.split("?")[0] for path in own} == {"/__understudy__/debugger.js", "/__understudy__/live"}
    assert stage.page.evaluate(STATE) == without


def test_opening_and_closing_gives_the_focus_and_takes_it_back(stage: Stage) -> None:
    stage.open()
    page = stage.page
    page.focus("#own")
    page.keyboard.press("Alt+Shift+KeyU")
    expect(page.get_by_role("complementary", name="Understudy debugger")).to_be_visible()
    expect(page.get_by_role("tab", name="Status")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Activity")).to_be_focused()
    expect(page.get_by_role("tabpanel", name="Activity")).to_be_visible()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("tab", name="Lab")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Home")
    expect(page.get_by_role("tab", name="Status")).to_be_focused()
    page.keyboard.press("End")
    expect(page.get_by_role("tab", name="Lab")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("complementary", name="Understudy debugger")).to_be_hidden()
    expect(page.locator("#own")).to_be_focused()
    page.get_by_role("button", name="Open the Understudy debugger").click()
    page.get_by_role("button", name="Close the debugger").click()
    expect(page.get_by_role("button", name="Open the Understudy debugger")).to_be_focused()


def test_an_open_panel_is_open_again_after_a_reload(stage: Stage) -> None:
    stage.open()
    stage.show("Profile")
    stage.page.reload()
    expect(stage.page.get_by_role("tab", name="Profile")).to_have_attribute("aria-selected", "true")
    stage.page.get_by_role("button", name="Close the debugger").click()
    stage.page.reload()
    expect(stage.page.get_by_role("button", name="Open the Understudy debugger")).to_be_visible()
    assert stage.page.evaluate("sessionStorage.length") == 0


def test_what_is_done_in_the_panel_is_not_told_to_the_page(stage: Stage) -> None:
    stage.open(
        body="""<script>window.heard = [];
      for (const type of ["click", "keydown", "input", "focusin", "pointerdown"])
        document.addEventListener(type, (event) => heard.push([type, event.target.localName]));</script>"""
    )
    stage.show("Activity")
    stage.page.get_by_label("Filter activity").press_sequentially("abc")
    stage.page.keyboard.press("Escape")
    assert [kind for kind, target in stage.page.evaluate("heard") if target == HOST] == []


def test_the_page_has_one_panel_and_frames_have_none(stage: Stage) -> None:
    second = OWN_SCRIPT
    stage.files["/frame"] = (f"<!doctype html><head>{second}</head><body>frame", "text/html")
    stage.open(head=second, body='<iframe src="/frame"></iframe>')
    expect(stage.page.locator(HOST)).to_have_count(1)
    stage.page.frame_locator("iframe").get_by_text("frame").wait_for()
    expect(stage.page.frame_locator("iframe").locator(HOST)).to_have_count(0)


def test_a_page_that_drops_the_host_gets_it_back(stage: Stage) -> None:
    stage.open()
    stage.page.evaluate("document.querySelector('understudy-debugger').remove()")
    expect(stage.page.get_by_role("button", name="Open the Understudy debugger")).to_be_visible()


@pytest.mark.parametrize(
    "policy",
    [
        "default-src 'self'",
        "default-src 'self'; style-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
    ],
)
def test_the_panel_is_whole_under_a_strict_policy(stage: Stage, policy: str) -> None:
    stage.page.add_init_script(
        "window.broken = [];"
        "document.addEventListener('securitypolicyviolation', (e) => broken.push(e.sourceFile + e.effectiveDirective))"
    )
    stage.open(meta=f'<meta http-equiv="Content-Security-Policy" content="{policy}">')
    stage.show("Status")
    expect(stage.page.get_by_role("tabpanel", name="Status")).to_contain_text("storefront")
    width = stage.page.get_by_role("complementary").evaluate("(node) => node.getBoundingClientRect().width")
    assert width == 480
    for tab in ("Activity", "Profile", "Personalization", "Lab"):
        stage.show(tab)
    own = [line for line in stage.page.evaluate("broken") if "debugger.js" in line]
    assert own == []


@pytest.mark.parametrize("policy", ["script-src 'nonce-n1'", "script-src 'nonce-n1' 'strict-dynamic'"])
def test_7_3_5_the_panel_is_loaded_by_the_nonce_of_the_first_script(stage: Stage, policy: str) -> None:
    head = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    own = OWN_SCRIPT.replace("<script", "<script nonce=n1")
    stage.files["/"] = (f"<!doctype html><html lang=en><head>{head}{own}<title>Shop</title></head>", "text/html")
    stage.page.goto(f"{ORIGIN}/")
    stage.show("Status")
    expect(stage.page.get_by_role("tabpanel", name="Status")).to_contain_text("storefront")


def test_a_panel_that_does_not_load_says_so_and_is_tried_again(stage: Stage) -> None:
    script = stage.files.pop("/__understudy__/debugger-panel.js")
    stage.open()
    launcher = stage.page.get_by_role("button", name="Open the Understudy debugger")
    launcher.click()
    refusal = stage.page.locator(f"{HOST} .overlay")
    expect(refusal).to_contain_text("debugger-panel.js")
    stage.files["/__understudy__/debugger-panel.js"] = script
    launcher.click()
    expect(stage.page.get_by_role("complementary", name="Understudy debugger")).to_be_visible()
    expect(refusal).to_be_hidden()


def test_hostile_styles_do_not_reach_the_panel(stage: Stage) -> None:
    stage.open(
        head="<style>* { display: none !important; font-size: 60px !important }"
        "html, head, body { display: block !important }</style>"
    )
    launcher = stage.page.get_by_role("button", name="Open the Understudy debugger")
    expect(launcher).to_be_visible()
    launcher.click()
    assert stage.page.get_by_role("tab", name="Status").evaluate("(node) => getComputedStyle(node).fontSize") == "13px"


def test_the_panel_can_be_used_over_a_modal_dialog(stage: Stage) -> None:
    stage.open(body="<dialog id=d>Page dialog <button>In the dialog</button></dialog>")
    page = stage.page
    page.evaluate("d.showModal()")
    page.keyboard.press("Alt+Shift+KeyU")
    page.get_by_role("tab", name="Activity").click()
    expect(page.get_by_role("tabpanel", name="Activity")).to_be_visible()
    page.evaluate("d.close()")
    page.get_by_role("tab", name="Profile").click()
    page.evaluate("d.showModal()")
    page.get_by_role("tab", name="Lab").click()
    expect(page.get_by_role("tabpanel", name="Lab")).to_be_visible()


COMPONENT = """() => {
  const root = document.body.appendChild(document.createElement("x-dialog")).attachShadow({ mode: "open" });
  const dialog = root.appendChild(document.createElement("dialog"));
  dialog.append(document.createElement("input"));
  dialog.showModal();
}"""
# What comes while the panel is open and lies over it, and what takes it away again.
COVERS = {
    "a popover": ("cover.popover = 'manual'; cover.showPopover()", "cover.remove()"),
    "a dialog added later": (
        "cover.remove(); window.late = document.body.appendChild(document.createElement('dialog')); late.showModal()",
        "late.remove()",
    ),
    "two dialogs, the first of the page on top": (
        "for (const at of ['append', 'prepend']) {"
        " const one = document.createElement('dialog'); document.body[at](one); one.showModal() }",
        "for (const one of document.querySelectorAll('dialog')) one.close()",
    ),
    "a dialog of a component": (f"({COMPONENT})()", "document.querySelector('x-dialog').remove()"),
    "an element that fills the screen": ("cover.requestFullscreen()", "document.exitFullscreen()"),
}


@pytest.mark.parametrize("cover", COVERS)
def test_7_0_5_the_panel_can_be_used_over_what_comes_above_it(stage: Stage, cover: str) -> None:
    page, (come, go) = stage.page, COVERS[cover]
    stage.open(
        head="<style>#cover { position: fixed; inset: 0; width: 100vw; height: 100vh; background: #fff }</style>",
        body="<div id=cover hidden>Over all</div>",
    )
    stage.show("Activity")
    field = page.get_by_label("Filter activity")
    field.fill("abc")
    page.evaluate(f"() => {{ cover.hidden = false; {come} }}")
    page.get_by_role("tab", name="Lab").click()
    expect(page.get_by_role("tabpanel", name="Lab")).to_be_visible()
    page.get_by_role("tab", name="Activity").click()
    field.click()
    page.keyboard.type("d")
    expect(field).to_have_value("abcd")
    page.evaluate(f"() => {{ {go} }}")
    page.get_by_role("tab", name="Profile").click()
    expect(page.get_by_role("tabpanel", name="Profile")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("complementary", name="Understudy debugger")).to_be_hidden()


def test_a_small_screen_has_a_sheet_at_the_bottom(stage: Stage) -> None:
    stage.page.set_viewport_size({"width": 390, "height": 800})
    stage.open()
    stage.show("Status")
    box = stage.page.get_by_role("complementary").bounding_box()
    assert box is not None
    assert (box["x"], box["width"], box["y"] + box["height"]) == (0, 390, 800)
    assert box["y"] > 100
    assert stage.page.evaluate("document.documentElement.scrollWidth") == 390


def test_a_section_that_fails_says_so_and_the_others_work(stage: Stage) -> None:
    stage.open()
    stage.page.evaluate("() => { window.pathfora.explain = () => { throw new Error('The trace is gone.') } }")
    stage.show("Personalization")
    body = stage.page.get_by_role("tabpanel", name="Personalization")
    expect(body.get_by_role("alert")).to_contain_text("The trace is gone.")
    stage.show("Status")
    expect(stage.page.get_by_role("tabpanel", name="Status")).to_contain_text("found")
    stage.show("Personalization")
    stage.page.evaluate("() => { window.pathfora.explain = () => [] }")
    body.get_by_role("button", name="Try again").click()
    expect(body).to_contain_text("Offer for our best customers")


def test_7_2_5_what_nobody_looked_at_is_told_later_as_it_was(stage: Stage) -> None:
    stage.open()
    seen = stage.page.evaluate("""async () => {
      for (let number = 0; number < 700; number++) {
        history.replaceState(null, "", number < 350 ? "/" : "/later");
        navigator.sendBeacon(`/c/shop/web?number=${number}`, "_uid=own-1");
      }
      history.replaceState(null, "", "/now");
      const events = await window.__understudy__.events({ kind: "collect" });
      return events.map(({ data, route, transport }) => [Number(data.number), data._uid, route, transport]);
    }""")
    assert seen == [[number, "own-1", "/" if number < 350 else "/later", "beacon"] for number in range(700)], (
        "in order, with the address that the page had then"
    )


BURST = """async () => {
  let asked = 0;
  const { explain } = window.pathfora;
  for (let number = 1; number <= 200; number++) {
    const own = { id: `own-${number}`, verdict: "shown", reason: "Shown", gates: [] };
    window.pathfora.explain = () => (asked++, [...explain(), own]);
    dispatchEvent(new Event("pathfora:decision"));
    await fetch("/doubles.js");
  }
  window.asked = () => asked;
}"""


def test_7_3_a_burst_of_changes_is_drawn_a_few_times_and_its_end_is_seen(stage: Stage) -> None:
    stage.open()
    stage.show("Personalization")
    body = stage.page.get_by_role("tabpanel", name="Personalization")
    expect(body).to_contain_text("Offer for our best customers")
    stage.page.evaluate(BURST)
    expect(body.locator('[data-id="own-200"]')).to_be_visible()
    assert stage.page.evaluate("asked()") < 120


def test_without_the_workspace_the_page_alone_is_shown(stage: Stage) -> None:
    stage.failing.add("workspace")
    stage.open()
    stage.page.evaluate(
        "decide({id: 'own', type: 'message', layout: 'bar', verdict: 'shown', reason: 'Shown', gates: []})"
    )
    stage.show("Personalization")
    body = stage.page.get_by_role("tabpanel", name="Personalization")
    expect(body.get_by_role("alert").first).to_contain_text("The disk is full.")
    expect(body.locator('[data-id="own"]')).to_contain_text("made by the page")


def test_every_control_is_large_enough_to_hit(stage: Stage) -> None:
    stage.open()
    for tab in ("Status", "Activity", "Profile", "Personalization", "Lab"):
        stage.show(tab)
        sizes = stage.page.locator(f"{HOST} :is(button, summary, input):visible").evaluate_all(
            "(nodes) => nodes.map((node) => [node.textContent, node.getBoundingClientRect()])"
            ".filter(([, box]) => box.width < 24 || box.height < 24).map(([text]) => text)"
        )
        assert sizes == [], tab
