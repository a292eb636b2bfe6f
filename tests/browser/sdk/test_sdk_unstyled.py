"""design.md: nothing flashes. What lies over the page is not seen before its styles are there; without any, it is."""

from playwright.sync_api import Route
from sdk_shop import Shop, stylesheet

MADE = """() => pathfora.initializeWidgets(['modal', 'bar', 'inline'].map((layout) =>
  pathfora.Message({id: layout, layout, msg: 'Text', positionSelector: layout === 'inline' ? '#host' : ''})))"""
SEEN = """() => ['modal', 'bar', 'inline'].filter((id) => document.getElementById(id)
  .checkVisibility({visibilityProperty: true}))"""
PLACES = "() => ['modal', 'bar', 'inline'].map((id) => getComputedStyle(document.getElementById(id)).position)"
ADOPTED = "() => document.adoptedStyleSheets.flatMap((sheet) => [...sheet.cssRules]).map((rule) => rule.selectorText)"
GUARD = ":where(.pf-widget:not(.pf-widget-inline))"


def test_9_1_nothing_over_the_page_is_seen_before_its_styles(shop: Shop) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    shop.page.route("**/*.css", hold)
    try:
        with shop.page.expect_request("**/*.css"):
            shop.page.evaluate("""() => {
              const SDK = pathfora.constructor;
              for (const link of document.querySelectorAll('link')) link.remove();
              pathfora = new SDK();
            }""")
        shop.run(MADE)
        shop.tick(50)
        assert shop.run(SEEN) == ["inline"]
        assert shop.run(PLACES) == ["fixed", "fixed", "static"]
        assert GUARD in shop.run(ADOPTED)
        for route in held:
            route.fulfill(body=stylesheet(), content_type="text/css")
        shop.page.wait_for_function(f"!({ADOPTED})().includes('{GUARD}')")
        assert shop.run(SEEN) == ["modal", "bar", "inline"]
    finally:
        shop.page.unroute("**/*.css", hold)


def test_9_1_without_any_styles_it_is_seen_all_the_same(shop: Shop) -> None:
    def refuse(route: Route) -> None:
        route.abort()

    shop.page.route("**/*.css", refuse)
    try:
        shop.open()
        shop.page.wait_for_function("logged.some((line) => line.includes('no styles from'))")
        shop.run(MADE)
        shop.tick(50)
        shop.page.wait_for_function(f"!({ADOPTED})().includes('{GUARD}')")
        assert shop.run(SEEN) == ["modal", "bar", "inline"]
    finally:
        shop.page.unroute("**/*.css", refuse)
