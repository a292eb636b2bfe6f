"""Single-page sites with the vendor's route-change recipe, put in at the edge (tag.md 8.1, 9.14)."""

import pytest
from playwright.sync_api import expect
from vendor_site import VendorSite


def route_to(vendor: VendorSite, path: str, profiles: int) -> None:
    """Change the route, and wait until the page has its profile again and the experiences have been published."""
    published = len(vendor.happened("pathfora.publish.done"))
    vendor.run("(path) => history.pushState({}, '', path)", path)
    vendor.page.wait_for_function("(count) => profiles === count", arg=profiles)
    vendor.happened("pathfora.publish.done", published + 1)


@pytest.mark.parametrize("start", ["spa", "spa?listen", "swapped/spa"])
def test_every_route_starts_the_experiences_afresh(vendor: VendorSite, start: str) -> None:
    vendor.open(start)
    vendor.widget("welcome").locator(".pf-widget-close").click()
    vendor.widget("members-inverse")
    folder = "/swapped" if "/" in start else ""
    route_to(vendor, f"{folder}/spa/shoes", 1)
    vendor.widget("welcome")
    vendor.widget("members-inverse")
    route_to(vendor, f"{folder}/elsewhere", 2)
    expect(vendor.page.locator(".pf-widget")).to_have_count(0)
    assert vendor.reason("welcome").startswith("Hidden: urlContains is http")
    vendor.page.go_back()
    vendor.page.wait_for_function("profiles === 3")
    vendor.widget("welcome")
    assert vendor.run("jstag.config.pathfora.publish.candidates.experiences.length") == 6
    visitor = str(vendor.run("() => new Promise(jstag.getid)"))
    views = [event["data"]["url"] for event in vendor.stored(visitor, 4) if event["data"].get("_e") == "pv"]
    place = vendor.url.removeprefix("http://")
    assert [view.removeprefix(place).removeprefix("swapped/") for view in views][1:] == [
        "spa/shoes",
        "elsewhere",
        "spa/shoes",
    ]
    assert vendor.errors == []


def test_a_visitor_who_becomes_known_gets_what_is_for_members(vendor: VendorSite) -> None:
    vendor.open("spa")
    vendor.widget("members-inverse")
    vendor.run("() => new Promise((done) => jstag.identify({ email: 'bo@example.com' }, done))")
    route_to(vendor, "/spa/account", 1)
    vendor.widget("members")
    expect(vendor.page.locator("#members-inverse")).to_have_count(0)


def test_routes_that_change_faster_than_the_network(vendor: VendorSite) -> None:
    vendor.open("spa")
    vendor.widget("welcome")
    vendor.happened("entity.loaded")
    vendor.hold("**/api/personalize/**")
    for step in ("one", "two", "three"):
        vendor.run("(step) => history.pushState({}, '', `/spa/${step}`)", step)
    vendor.release()
    vendor.page.wait_for_function("profiles === 3")
    vendor.happened("pathfora.publish.done", 2)
    vendor.widget("welcome")
    assert len(vendor.happened("entity.loaded", 2)) == 2
    assert vendor.errors == []


def test_nothing_piles_up_over_many_routes(vendor: VendorSite) -> None:
    vendor.open("spa")
    vendor.widget("welcome")
    vendor.happened("entity.loaded")
    vendor.run("""() => {
      const real = jstag.entityReady;
      window.subscribed = 0;
      jstag.entityReady = (listener) => {
        const off = real(listener);
        subscribed += 1;
        return () => { subscribed -= 1; off(); };
      };
    }""")
    for count in range(1, 4):
        route_to(vendor, f"/spa/{count}", count)
    vendor.widget("welcome")
    assert vendor.run("subscribed") == 0
    assert vendor.run("pathfora.callbacks.length") == 0
    assert vendor.run("document.querySelectorAll('.pf-widget').length") == 2
