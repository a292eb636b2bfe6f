"""Becoming a persona, going back, and starting over."""

import json
from typing import Any

from panel_stage import ORIGIN, Stage
from playwright.sync_api import expect

OWN: dict[str, Any] = {
    "local": {"PathforaImpressions_vip-offer": "2|1", "lytics_segments": '["all"]', "theme": "dark"},
    "session": {"PathforaImpressions_vip-offer": "2", "cart": "full"},
}
BROWSER = """() => ({
  cookies: Object.fromEntries(document.cookie.split("; ").map((pair) => pair.split("="))),
  local: {...localStorage},
  session: Object.fromEntries(Object.entries(sessionStorage).filter(([key]) => !key.startsWith("understudy:"))),
})"""


def arrange(stage: Stage) -> None:
    """A visitor of their own, with a history, on a page whose panel shows personas."""
    stage.page.context.add_cookies(
        [{"name": name, "value": value, "url": ORIGIN} for name, value in {"seerid": "own-1", "seerses": "e"}.items()]
    )
    stage.open()
    stage.page.evaluate(
        "({local, session}) => { Object.assign(localStorage, local); Object.assign(sessionStorage, session) }", OWN
    )
    stage.show("Lab")


def become(stage: Stage) -> None:
    stage.page.get_by_role("button", name="Become: High value").click()
    expect(stage.page.get_by_role("button", name="Current: High value")).to_be_visible()


def test_becoming_a_persona_takes_effect_at_once_and_hides_the_own_visitor(stage: Stage) -> None:
    arrange(stage)
    become(stage)
    assert stage.posts == [("persona", {"persona": "high-value"})]
    assert stage.page.evaluate(BROWSER) == {
        "cookies": {"seerid": "persona-high-value"},
        "local": {"theme": "dark"},
        "session": {"cart": "full"},
    }
    calls = stage.page.evaluate("calls")
    assert calls[-2:] == [["initializePageViews"], ["loadEntity", "persona-high-value"]]
    assert not [call for call in calls if call[0] in {"setid", "send", "setCookie"}]
    cookies = {cookie["name"]: cookie["value"] for cookie in stage.page.context.cookies()}
    assert cookies["seerid"] == "own-1", "the browser's own cookie was touched"
    assert stage.asked.count("/") == 1


def test_back_to_yourself_restores_everything(stage: Stage) -> None:
    arrange(stage)
    before = stage.page.evaluate(BROWSER)
    become(stage)
    stage.page.evaluate("localStorage.setItem('PathforaConfirm_vip-offer', '1|1')")
    stage.page.get_by_role("button", name="Close the debugger").click()
    badge = stage.page.get_by_text("as: High value")
    expect(badge.first).to_be_visible()
    stage.page.get_by_role("button", name="Back to the truth").click()
    expect(badge.first).to_be_hidden()
    assert stage.page.evaluate(BROWSER) == before
    assert stage.page.evaluate("calls").pop() == ["loadEntity", "own-1"]
    assert stage.page.evaluate("sessionStorage.getItem('understudy:persona')") is None


def test_the_badge_outlives_a_reload_and_the_own_visitor_too(stage: Stage) -> None:
    arrange(stage)
    before = stage.page.evaluate(BROWSER)
    become(stage)
    stage.page.reload()
    expect(stage.page.get_by_role("complementary").get_by_text("as: High value")).to_be_visible()
    stage.show("Lab")
    stage.page.get_by_role("button", name="Back to the truth").first.click()
    expect(stage.page.get_by_role("button", name="Current: Yourself")).to_be_visible()
    assert stage.page.evaluate(BROWSER) == before


def test_from_persona_to_persona_keeps_the_own_visitor(stage: Stage) -> None:
    second = {**stage.workspace["personas"][0], "id": "new", "uid": "crm-7", "label": "Newcomer"}
    stage.workspace["personas"].append(second)
    arrange(stage)
    before = stage.page.evaluate(BROWSER)
    become(stage)
    stage.uids["new"] = "crm-7"
    stage.page.get_by_role("button", name="Become: Newcomer").click()
    expect(stage.page.get_by_role("complementary").get_by_text("as: Newcomer")).to_be_visible()
    assert "crm-7" in json.dumps(stage.page.evaluate(BROWSER))
    stage.page.get_by_role("button", name="Back to the truth").first.click()
    expect(stage.page.get_by_role("button", name="Current: Yourself")).to_be_visible()
    assert stage.page.evaluate(BROWSER) == before


def test_a_refusal_changes_nothing_and_is_shown(stage: Stage) -> None:
    arrange(stage)
    before = stage.page.evaluate(BROWSER)
    stage.failing.add("persona")
    stage.page.get_by_role("button", name="Become: High value").click()
    expect(stage.page.get_by_role("tabpanel", name="Lab").get_by_role("alert").first).to_have_text("The disk is full.")
    assert stage.page.evaluate(BROWSER) == before
    assert stage.page.evaluate("calls") == []


def test_reset_forgets_the_visitor_and_starts_a_new_one(stage: Stage) -> None:
    arrange(stage)
    stage.page.get_by_role("button", name="Reset visitor").click()
    expect(stage.page.get_by_text("own visitor: fresh-1")).to_be_visible()
    assert stage.posts == [("reset", {"uid": "own-1"})]
    found = stage.page.evaluate(BROWSER)
    assert found["cookies"] == {"seerid": "fresh-1"}
    assert found["local"] == {"theme": "dark"}
    assert stage.page.evaluate("calls").pop() == ["loadEntity", "fresh-1"]


def test_starting_over_as_a_persona_seeds_it_again(stage: Stage) -> None:
    arrange(stage)
    before = stage.page.evaluate(BROWSER)
    become(stage)
    stage.page.evaluate("localStorage.setItem('PathforaConfirm_vip-offer', '1|1')")
    stage.page.get_by_role("button", name="Start over as High value").click()
    stage.page.wait_for_function("calls.filter(([name]) => name === 'loadEntity').length === 2")
    assert [name for name, _ in stage.posts] == ["persona", "persona"]
    assert stage.page.evaluate("localStorage.getItem('PathforaConfirm_vip-offer')") is None
    stage.page.get_by_role("button", name="Back to the truth").first.click()
    expect(stage.page.get_by_role("button", name="Current: Yourself")).to_be_visible()
    assert stage.page.evaluate(BROWSER) == before


def test_without_a_tag_there_is_nobody_to_become(stage: Stage) -> None:
    stage.open(tag=False)
    stage.show("Lab")
    stage.page.get_by_role("button", name="Become: High value").click()
    expect(stage.page.get_by_role("tabpanel", name="Lab").get_by_role("alert").first).to_contain_text(
        "no tag on this page"
    )
    assert stage.posts == []


def test_7_3_3_a_persona_set_by_the_address_is_there_before_the_first_script_and_in_this_tab_only(stage: Stage) -> None:
    stage.page.context.add_cookies([{"name": "seerid", "value": "own-1", "url": ORIGIN}])
    probe = (
        "<script>window.first = [document.cookie, location.search, localStorage.getItem('lytics_segments')]</script>"
    )
    stage.open(head=probe)
    page = stage.page
    page.evaluate("localStorage.setItem('lytics_segments', '[1]')")
    page.goto(f"{ORIGIN}/?a=1&understudy-persona=high-value")
    assert page.evaluate("first") == ["seerid=persona-high-value", "?a=1", None]
    page.reload()
    assert page.evaluate("first")[0] == "seerid=persona-high-value"
    page.evaluate("localStorage.setItem('PathforaConfirm_x', '1|1'); location.href = '/?b=2'")
    page.wait_for_url("**/?b=2")
    assert page.evaluate("first")[0] == "seerid=persona-high-value"
    assert page.evaluate("localStorage.getItem('PathforaConfirm_x')") == "1|1"
    expect(page.get_by_text("as: High value").first).to_be_visible()

    other = page.context.new_page()
    other.route(f"{ORIGIN}/**", stage.answer)
    other.goto(f"{ORIGIN}/")
    assert other.evaluate("first") == ["seerid=own-1", "", "[1]"]
    assert other.evaluate("Object.keys(localStorage)") == ["lytics_segments"]
    other.close()

    page.get_by_role("button", name="Back to the truth").click()
    page.wait_for_function("document.cookie === 'seerid=own-1'")
    page.reload()
    assert page.evaluate("first")[0] == "seerid=own-1"
    assert page.evaluate("[...Object.keys(localStorage), sessionStorage.length]") == ["lytics_segments", 0]


def test_7_3_3_an_unknown_persona_in_the_address_is_refused_in_words(stage: Stage) -> None:
    stage.failing.add("persona")
    stage.open()
    stage.page.goto(f"{ORIGIN}/?understudy-persona=nobody")
    expect(stage.page.get_by_text("nobody could not be put on: The disk is full.")).to_be_visible()


def test_a_persona_s_storage_is_whole_for_the_page(stage: Stage) -> None:
    arrange(stage)
    become(stage)
    found = stage.page.evaluate(
        """() => {
          localStorage.PathforaPageView = "x";
          localStorage.setItem("theme", "light");
          const keys = Object.keys(localStorage).sort();
          const { PathforaPageView, length, theme, missing } = localStorage;
          const read = [PathforaPageView, localStorage.getItem("PathforaPageView"), theme, length];
          const has = ["PathforaPageView" in localStorage, "PathforaImpressions_vip-offer" in localStorage, missing];
          delete localStorage.PathforaPageView;
          document.cookie = "PathforaOld=1; path=/";
          const cookie = document.cookie;
          document.cookie = "PathforaOld=; max-age=0";
          return { keys, read, has, cookie, after: [document.cookie, localStorage.PathforaPageView ?? null] };
        }"""
    )
    assert found == {
        "keys": ["PathforaPageView", "theme"],
        "read": ["x", "x", "light", 2],
        "has": [True, False, None],
        "cookie": "seerid=persona-high-value; PathforaOld=1",
        "after": ["seerid=persona-high-value", None],
    }
