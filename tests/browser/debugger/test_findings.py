"""Status: what is wrong with the installation, said plainly and with its fix (debugger.md 2.1, 7.2 rank 4 and 24)."""

import pytest
from panel_stage import ORIGIN, Stage
from playwright.sync_api import expect

OLD = "<script>window.jstag = {isLoaded: true, config: {version: '2.1.0', cid: ['shop']}, on() {}}</script>"
CASES: dict[str, tuple[dict[str, object], list[str]]] = {
    "no tag": ({"tag": False}, ["There is no tag on this page.", "understudy snippet"]),
    "something else": (
        {"tag": False, "head": "<script>window.jstag = 'text'</script>"},
        ["window.jstag is a string, not the tag.", "Rename that one's global."],
    ),
    "the snippet's stub": (
        {"tag": False, "head": "<script>window.jstag = {send() {}, init() {}}</script>"},
        ["The snippet has run; its script has not come yet."],
    ),
    "an old tag": ({"tag": False, "head": OLD}, ["The tag's version 2.1.0 is deprecated."]),
    "a tag that cannot be read": (
        {
            "tag": False,
            "head": """<script>
              const bad = { get() { throw new Error("closed") } };
              window.jstag = Object.defineProperties({ isLoaded: true, on() {}, config: {} }, { getEntity: bad });
            </script>""",
        },
        ["The visitor's profile has not been loaded."],
    ),
    "two tags": (
        {"head": '<script src="/api/tag/shop/latest.js"></script><script src="/api/tag/shop/latest.min.js"></script>'},
        ["The page has the tag more than once."],
    ),
    "a tag in a frame": (
        {"body": '<iframe src="/framed"></iframe>'},
        ["A frame of this page has a tag too: /framed."],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_7_2_4_each_finding_is_said_with_its_fix(stage: Stage, name: str) -> None:
    options, texts = CASES[name]
    for path in ("/api/tag/shop/latest.js", "/api/tag/shop/latest.min.js"):
        stage.files[path] = ("", "text/javascript")
    stage.files["/framed"] = ("<!doctype html><script>window.jstag = {}</script>", "text/html")
    stage.open(**options)  # type: ignore[arg-type]
    stage.show("Status")
    body = stage.page.get_by_role("tabpanel", name="Status")
    for text in texts:
        expect(body).to_contain_text(text)


def test_7_2_4_a_page_that_is_right_is_called_so(stage: Stage) -> None:
    stage.page.context.add_cookies([{"name": "seerid", "value": "own-1", "url": ORIGIN}])
    stage.open()
    stage.show("Status")
    body = stage.page.get_by_role("tabpanel", name="Status")
    expect(body.locator(".verdict")).to_have_text("Installed right, as far as a page can tell")
    expect(body.locator(".finding")).to_have_count(0)


def test_7_2_4_what_the_policy_blocks_is_named_with_its_directive(stage: Stage) -> None:
    policy = "<meta http-equiv='Content-Security-Policy' content=\"img-src 'none'\">"
    stage.open(meta=policy, body="<img src='/c/shop/web?_e=pv'>")
    stage.show("Status")
    body = stage.page.get_by_role("tabpanel", name="Status")
    expect(body.locator(".finding", has_text="blocked by the page's policy (img-src)")).to_contain_text("Allow it in")
