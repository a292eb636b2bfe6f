"""Where the panel stands, where it looks, and what survives when it is drawn anew."""

import pytest
from panel_stage import Stage
from playwright.sync_api import Locator, Page, expect

from understudy.server.bundling.bundle import STATIC, bundle

SECTIONS = ("Status", "Activity", "Profile", "Personalization", "Lab")
# What one section asks the page for and no other section that is drawn before it.
BREAKS = {
    "Status": "config",
    "Activity": "keepsLog",
    "Profile": "entity",
    "Personalization": "outlines",
    "Lab": "storage",
}
SECOND = """
  const config = { cid: ["second"], version: "3.0.99", cookie: "seerid" };
  window.otherTag = { config, send() {}, history: () => [], on() {} };
"""


def panel(page: Page) -> Locator:
    return page.get_by_role("complementary", name="Understudy debugger")


def box(page: Page) -> dict[str, float]:
    return dict(
        panel(page).evaluate(
            "(node) => (({ left, right, width }) => ({ left, right, width }))(node.getBoundingClientRect())"
        )
    )


def test_7_2_23_width_and_side_are_kept_and_moved_by_keys_and_pointer(stage: Stage) -> None:
    page = stage.page
    page.set_viewport_size({"width": 1200, "height": 800})
    page.emulate_media(reduced_motion="reduce")
    stage.open()
    stage.show("Status")
    assert page.evaluate("localStorage.length") == 0, "nothing is written before somebody moves it"
    assert box(page) == {"left": 720, "right": 1200, "width": 480}
    bar = page.get_by_role("separator", name="Width of the panel")
    bar.focus()
    page.keyboard.press("ArrowLeft")
    expect(bar).to_have_attribute("aria-valuenow", "500")
    assert box(page)["width"] == 500
    page.mouse.move(700, 400)
    page.mouse.down()
    page.mouse.move(600, 400)
    page.mouse.up()
    assert box(page)["width"] == 600
    page.get_by_role("button", name="To the left of the page").press("Enter")
    assert box(page) == {"left": 0, "right": 600, "width": 600}
    page.reload()
    expect(panel(page)).to_be_visible()
    assert box(page) == {"left": 0, "right": 600, "width": 600}
    page.get_by_role("separator").press("Home")
    assert box(page)["width"] == 320
    page.set_viewport_size({"width": 390, "height": 800})
    assert box(page) == {"left": 0, "right": 390, "width": 390}
    expect(page.get_by_role("separator")).to_be_hidden()


def test_7_2_23_the_panel_stands_at_the_bottom_of_a_wide_page(stage: Stage) -> None:
    page = stage.page
    page.set_viewport_size({"width": 1200, "height": 800})
    page.emulate_media(reduced_motion="reduce")
    stage.open()
    stage.show("Activity")
    page.get_by_role("button", name="To the left of the page").click()
    page.get_by_role("button", name="To the bottom of the page").click()
    assert panel(page).bounding_box() == {"x": 0, "y": 440, "width": 1200, "height": 360}
    bar = page.get_by_role("separator", name="Height of the panel")
    bar.press("ArrowUp")
    expect(bar).to_have_attribute("aria-valuenow", "380")
    page.mouse.move(600, 420)
    page.mouse.down()
    page.mouse.move(600, 300)
    page.mouse.up()
    assert panel(page).bounding_box() == {"x": 0, "y": 300, "width": 1200, "height": 500}
    page.reload()
    expect(page.get_by_role("tabpanel", name="Activity")).to_be_visible()
    assert panel(page).bounding_box() == {"x": 0, "y": 300, "width": 1200, "height": 500}
    page.set_viewport_size({"width": 1200, "height": 400})
    assert panel(page).bounding_box() == {"x": 0, "y": 0, "width": 1200, "height": 400}, "never larger than the page"
    page.set_viewport_size({"width": 1200, "height": 800})
    page.get_by_role("button", name="To the right of the page").click()
    assert box(page) == {"left": 720, "right": 1200, "width": 480}


def test_7_2_21_what_is_selected_and_in_focus_survives_a_change(stage: Stage) -> None:
    page = stage.page
    stage.open(body="<iframe srcdoc='<p>In</p>'></iframe>")
    stage.show("Status")
    body = page.get_by_role("tabpanel", name="Status")
    account = body.locator("dd", has_text="shop").first
    account.evaluate("(node) => getSelection().selectAllChildren(node)")
    root = body.locator("summary", has_text="jstag.config")
    root.focus()
    body.evaluate("(node) => (node.scrollTop = 60)")
    handle = account.element_handle()
    page.evaluate("document.title = 'Later'; history.replaceState(null, '', '/?later')")
    stage.workspace["problems"] = [{"path": "widgets/a.yaml", "line": 3, "message": "Broken", "hint": "Mend it"}]
    stage.tell(type="problems", problems=stage.workspace["problems"])
    expect(body.get_by_text("widgets/a.yaml:3: Broken")).to_be_visible()
    assert handle is not None
    assert handle.evaluate("(node) => node.isConnected")
    assert page.evaluate("getSelection().toString()") == "shop"
    expect(root).to_be_focused()
    assert body.evaluate("(node) => node.scrollTop") > 0


def test_7_2_24_a_frame_and_a_tag_of_another_name_can_be_looked_at(stage: Stage) -> None:
    page = stage.page
    stage.files["/inner"] = (f"<!doctype html><title>In</title><script>{SECOND}</script>", "text/html")
    stage.open(body='<iframe src="/inner"></iframe>')
    stage.show("Status")
    body = page.get_by_role("tabpanel", name="Status")
    place, name = body.get_by_label("Look into"), body.get_by_label("Global name of the tag")
    expect(place.locator("option")).to_have_text(["the page itself", "the frame /inner, with otherTag"])
    place.select_option("the frame /inner, with otherTag")
    name.fill("otherTag")
    body.get_by_role("button", name="Look there").click()
    expect(body).to_contain_text("Version3.0.99Accountsecond")
    place.select_option("the page itself")
    name.fill("jstag")
    body.get_by_role("button", name="Look there").click()
    expect(body).to_contain_text("Accountshop")
    assert page.evaluate("sessionStorage.getItem('understudy:looking')") is None


def test_7_2_24_two_tags_of_one_page_are_said_and_chosen(stage: Stage) -> None:
    page = stage.page
    stage.open(body=f"<script>{SECOND}</script>")
    stage.show("Status")
    body = page.get_by_role("tabpanel", name="Status")
    expect(body).to_contain_text("The page has more than one tag: window.jstag, window.otherTag.")
    body.get_by_label("Global name of the tag").fill("otherTag")
    body.get_by_role("button", name="Look there").click()
    expect(body).to_contain_text("Accountsecond")
    page.reload()
    expect(body).to_contain_text("Accountsecond")


@pytest.mark.parametrize("section", SECTIONS)
def test_a_crash_in_one_section_is_that_section_s_alone(stage: Stage, section: str) -> None:
    page, question = stage.page, BREAKS[section]
    source, anchor = bundle(STATIC / "debugger" / "panel.js", "debugger"), "const known = question in answers"
    broken = f"if (question === {question!r} && window.breaks) throw new Error('It broke.');\n{anchor}"
    assert anchor in source
    stage.files["/__understudy__/debugger.js"] = (source.replace(anchor, broken), "text/javascript")
    stage.open(head="<script>window.breaks = true</script>")
    stage.show(section)
    expect(page.get_by_role("tabpanel", name=section).get_by_role("alert").first).to_contain_text("It broke.")
    for other in SECTIONS:
        if other == section or (BREAKS[section] == "entity" and other == "Lab"):
            continue
        stage.show(other)
        body = page.get_by_role("tabpanel", name=other)
        expect(body).not_to_be_empty()
        expect(body).not_to_contain_text("This part cannot be shown")
    page.evaluate("window.breaks = false")
    stage.show(section)
    expect(page.get_by_role("tabpanel", name=section)).not_to_contain_text("It broke.")
