"""Limits of real experiences, over reloads, days and query strings (widgets.md 3.6-3.10)."""

from typing import Any

import pytest
from playwright.sync_api import expect
from vendor_site import VendorSite

HOUR = 3600
MARCH = 1_900_000_000  # 2030-03-17T17:46:40Z


def reload(vendor: VendorSite) -> None:
    vendor.page.reload()
    vendor.happened("pathfora.publish.done")


def stops(vendor: VendorSite, name: str) -> list[list[Any]]:
    """The gates that hide a widget: name, found, needed."""
    script = """(name) => pathfora.explain(name).gates.filter(({ pass }) => pass === false)
      .map(({ gate, actual, required }) => [gate, actual, required])"""
    return list(vendor.run(script, name))


def test_a_total_counts_over_reloads_and_other_tabs(vendor: VendorSite) -> None:
    vendor.open("limits?w=twice").widget("twice")
    assert vendor.run("sessionStorage.PathforaImpressions_twice") == "1"
    assert vendor.run("JSON.parse(localStorage.PathforaImpressions_twice).PATHFORA") == vendor.run("pathfora.version")
    other = vendor.page.context.new_page()
    other.goto(vendor.url + "limits?w=twice")
    expect(other.locator("#twice")).to_be_visible()
    reload(vendor)
    assert vendor.verdict("twice").startswith("Hidden: impressions is")
    assert stops(vendor, "twice") == [["impressions", {"limit": "widget.total", "found": 2}, 2]]
    expect(vendor.page.locator("#twice")).to_have_count(0)


def test_closed_for_an_hour(vendor: VendorSite) -> None:
    vendor.page.clock.install(time=MARCH)
    vendor.open("limits?w=dismissed").widget("dismissed").locator(".pf-widget-close").click()
    vendor.page.clock.fast_forward(HOUR * 1000 - 60_000)
    reload(vendor)
    assert vendor.verdict("dismissed").startswith("Hidden: hideAfterAction is")
    assert list(stops(vendor, "dismissed")[0][1]) == ["closed"]
    vendor.page.clock.fast_forward(60_000)
    reload(vendor)
    vendor.widget("dismissed").locator(".pf-widget-ok").click()
    vendor.page.clock.fast_forward(1000 * HOUR * 1000)
    reload(vendor)
    assert vendor.verdict("dismissed").startswith("Hidden")
    assert stops(vendor, "dismissed")[0][1]["confirm"]["count"] == 1


@pytest.mark.parametrize(
    ("when", "verdict"),
    [
        ("2030-02-28T23:59:58Z", "Hidden: date is 2030-02-28T23:59:58"),
        ("2030-03-01T00:00:01Z", "Shown"),
        ("2030-05-31T23:59:50Z", "Shown"),
        ("2030-06-01T00:00:01Z", "Hidden: date is 2030-06-01T00:00:01"),
    ],
)
def test_dates_of_an_experience(vendor: VendorSite, when: str, verdict: str) -> None:
    vendor.page.clock.set_fixed_time(when)
    vendor.open("limits?w=spring")
    assert vendor.verdict("spring").startswith(verdict)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("utm_campaign=spring&w=campaign", True),
        ("w=campaign&utm_campaign=spring", True),
        ("a=1&w=campaign&utm_campaign=spring&b=2", True),
        ("w=campaign&utm_campaign=spring&utm_source=news", True),
        ("w=campaign&utm_campaign=spring&lytics_variation_preview_id=1", True),
        ("w=campaign&utm_campaign=spring&utm_source=partner", False),
        ("w=campaign&utm_campaign=springtime", False),
        ("w=campaign", False),
        ("", False),
    ],
)
def test_addresses_with_queries(vendor: VendorSite, query: str, shown: bool) -> None:
    vendor.open(f"limits?{query}" if query else "limits")
    assert vendor.verdict("campaign").startswith("Shown" if shown else "Hidden: urlContains is http://")
