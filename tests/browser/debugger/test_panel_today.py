"""debugger.md 2.1 and 7.2, rank 21: what has been requested today, as calls are made and as the day changes."""

from panel_stage import Stage
from playwright.sync_api import expect

CALL = "fetch('/c/shop/web?_e=pv').catch(() => 0)"


def facts(seen: int, today: int) -> str:
    return f"Requests seen{seen}Requests today{today}Events sent{seen}FailednoneLast activity"


def test_7_2_21_requests_of_today_are_counted_as_they_are_made_and_the_day_ends_at_midnight(stage: Stage) -> None:
    stage.files["/c/shop/web"] = ("", "image/gif")
    stage.page.clock.install(time="2026-03-01T23:58:00")
    stage.open()
    stage.show("Status")
    rows = stage.page.get_by_role("tabpanel", name="Status").locator("dl", has_text="Requests today")
    expect(rows).to_contain_text("Requests seen0Requests today0Events sent0")
    for count in (1, 2):
        stage.page.evaluate(CALL)
        expect(rows).to_contain_text(facts(count, count))
    stage.page.clock.fast_forward("05:00")
    stage.page.evaluate(CALL)
    expect(rows).to_contain_text("Requests today1")


def test_7_2_21_a_clock_that_is_set_for_the_page_moves_no_request_to_another_day(stage: Stage) -> None:
    stage.files["/c/shop/web"] = ("", "image/gif")
    pretended = "JSON.stringify({ time: Date.UTC(2041, 4, 6), since: Date.now(), frozen: false })"
    stage.page.add_init_script(f"sessionStorage.setItem('understudy:clock', {pretended})")
    stage.open()
    assert stage.page.evaluate("new Date().getFullYear()") == 2041
    stage.show("Status")
    stage.page.evaluate(CALL)
    rows = stage.page.get_by_role("tabpanel", name="Status").locator("dl", has_text="Requests today")
    expect(rows).to_contain_text(facts(1, 1))
