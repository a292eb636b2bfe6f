"""widgets.md 7: the storage envelope, expiry, and storage that fails."""

import json

from sdk_shop import NOON, Shop

DAY = 24 * 3600 * 1000


def test_7_the_envelope(shop: Shop) -> None:
    shop.run("pathfora.utils.store.setItem('k', 5)")
    record = json.loads(shop.run("localStorage.k"))
    assert (record["$"], record["PATHFORA"]) == ("5", "1.2.20")
    days = shop.run("(record) => (Date.parse(record['@']) - Date.now()) / 864e5", record)
    assert days == 365


def test_7_reading_does_not_move_the_expiry(shop: Shop) -> None:
    shop.run("pathfora.utils.store.ttl('k', 'v', 1000)")
    before = shop.run("localStorage.k")
    assert shop.stored("k") == "v"
    assert shop.run("localStorage.k") == before
    shop.tick(2000)
    assert shop.stored("k") is None
    assert shop.run("localStorage.getItem('k')") is None


def test_7_foreign_values_are_returned_as_they_are(shop: Shop) -> None:
    shop.run("localStorage.a = '3'; localStorage.b = 'x'; localStorage.c = 'null'")
    assert [shop.stored(key) for key in "abc"] == ["3", "x", "null"]


def test_7_a_plain_number_as_page_view_does_not_break_the_constructor(shop: Shop) -> None:
    shop.run("localStorage.PathforaPageView = '3'")
    shop.open(keep=True)
    assert shop.stored("PathforaPageView") == "4"


def test_7_all_expired_records_of_ours_go_and_no_others(shop: Shop) -> None:
    shop.run("""() => {
      for (let i = 0; i < 6; i += 1) pathfora.utils.store.setItem('old' + i, 1, new Date(0));
      localStorage.theirs = JSON.stringify({$: '1', '@': new Date(0).toISOString()});
      pathfora.utils.store.removeExpiredItems();
    }""")
    assert shop.run("Object.keys(localStorage).filter((key) => key !== 'PathforaPageView')") == ["theirs"]


def test_1_6_ttl_wants_a_number(shop: Shop) -> None:
    script = "() => { try { pathfora.utils.store.ttl('k', 1, '5'); } catch (error) { return error.message; } }"
    assert shop.run(script) == "milliseconds must be a number!"


def test_1_6_read_takes_a_cookie_over(shop: Shop) -> None:
    shop.run("pathfora.utils.saveCookie('PathforaConfirm_x', '2|9')")
    assert shop.run("pathfora.utils.read('PathforaConfirm_x')") == "2|9"
    assert shop.run("document.cookie.includes('PathforaConfirm_x')") is False
    assert shop.stored("PathforaConfirm_x") == "2|9"
    shop.run("pathfora.utils.erase('PathforaConfirm_x')")
    assert shop.run("pathfora.utils.read('PathforaConfirm_x')") is None
    shop.run("pathfora.utils.write('PathforaConfirm_x', 1)")
    assert shop.run("pathfora.utils.read('PathforaConfirm_x')") == "1"


def test_7_a_full_store_breaks_nothing(shop: Shop) -> None:
    shop.run("() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; }")
    shop.show()
    assert shop.there()
    assert shop.explain()["verdict"] == "shown"


def test_7_blocked_storage_breaks_nothing(shop: Shop) -> None:
    block = """for (const name of ['localStorage', 'sessionStorage'])
      Object.defineProperty(window, name, {get() { throw new DOMException('denied', 'SecurityError'); }});"""
    shop.open(before=block)
    shop.show(displayConditions={"impressions": {"session": 1}})
    assert shop.there()
    shop.run("pathfora.clearById(['w'])")
    shop.show(displayConditions={"impressions": {"session": 1}})
    assert not shop.there()


def test_7_actions_leave_count_and_time(shop: Shop) -> None:
    for name, control in (("Confirm", "ok"), ("Cancel", "cancel"), ("Closed", "close")):
        for _ in range(2):
            shop.show(id=name)
            shop.run(f"document.querySelector('#{name} .pf-widget-{control}').click()")
            shop.tick(500)
        count, time = shop.stored(f"Pathfora{name}_{name}").split("|")
        assert count == "2"
        assert NOON < int(time) < NOON + DAY


def test_7_cookies_of_older_versions_move_when_the_page_has_started(shop: Shop) -> None:
    old = {
        "PathforaConfirm_a": "2|9",
        "PathforaImpressions_a b": "4|8",
        "PathforaPageView": "7",
        "PathforaTest_t": "0.2",
    }
    for name, value in old.items():
        shop.run("([name, value]) => pathfora.utils.saveCookie(name, value)", [name, value])
    shop.run("document.cookie = 'PathforaUnlocked_g=true'; document.cookie = 'mine=1'; localStorage.clear()")
    shop.run("localStorage.PathforaTest_t = '0.9'")
    shop.open(keep=True)
    ours = "document.cookie.split('; ').filter((cookie) => /^(Pathfora|mine)/.test(cookie)).join()"
    shop.tick(1)
    assert shop.run(ours) == "mine=1"
    found = {key: shop.stored(key) for key in [*old, "PathforaUnlocked_g"]}
    # What local storage has already is newer than a cookie.
    assert found == {**old, "PathforaPageView": "8", "PathforaTest_t": "0.9", "PathforaUnlocked_g": "true"}
    shop.run("document.cookie = 'PathforaCancel_a=1|5'; pathfora.utils.updateLegacyCookies()")
    assert (shop.stored("PathforaCancel_a"), shop.run(ours)) == ("1|5", "mine=1")
    shop.run("pathfora.utils.deleteCookie('mine')")


def test_7_the_storage_is_put_in_order_by_the_first_widgets_and_the_page_view_counts_at_once(shop: Shop) -> None:
    seen = shop.run("""() => {
      pathfora.utils.saveCookie('PathforaPageView', 7);
      pathfora.utils.saveCookie('PathforaConfirm_a', '2|9');
      localStorage.clear();
      pathfora.utils.store.ttl('PathforaClosed_a', '1|1', -1);
      new pathfora.constructor();
      const found = [];
      const look = () => found.push([
        pathfora.utils.store.getItem('PathforaPageView'),
        document.cookie.includes('Pathfora'),
        'PathforaClosed_a' in localStorage,
      ]);
      look();
      // The page's earlier visits count for what it shows first.
      const message = {id: 'm', msg: 'Back again', displayConditions: {pageVisits: 8}};
      pathfora.initializeWidgets([pathfora.Message(message)]);
      look();
      document.cookie = 'PathforaCancel_a=1';
      pathfora.initializeWidgets([]);
      return [...found, document.cookie.includes('PathforaCancel_a'), document.getElementById('m') !== null];
    }""")
    assert seen == [["1", True, True], ["8", False, False], True, True]
    assert shop.stored("PathforaConfirm_a") == "2|9"
    shop.run("pathfora.utils.deleteCookie('PathforaCancel_a')")


def test_1_1_the_link_stands_at_once_and_loads_when_the_script_has_ended(shop: Shop) -> None:
    seen = shop.run("""async () => {
      new pathfora.constructor();
      const link = document.head.lastElementChild;
      document.head.append(document.createElement('style'));
      const now = [link.rel, link.getAttribute('href')];
      await null;
      return [...now, link.getAttribute('href').replace(/.*\\//, ''), link.nextSibling.localName];
    }""")
    assert seen == ["stylesheet", None, "pathfora.min.css", "style"]


def test_7_limits_of_counts(shop: Shop) -> None:
    shop.run("""() => { pathfora.utils.write('PathforaPageView', 9999); pathfora.initializePageViews();
      pathfora.utils.write('PathforaImpressions_w', '9998|5'); pathfora.utils.write('PathforaConfirm_w', '9999|5');
      pathfora.utils.write('PathforaTotalImpressionsSince_x', '3|5'); }""")
    shop.show()
    shop.run("document.querySelector('#w .pf-widget-ok').click()")
    assert shop.stored("PathforaPageView") == "9999"
    assert shop.stored("PathforaImpressions_w").startswith("9998|19")
    assert shop.stored("PathforaConfirm_w").startswith("9999|19")
    assert shop.stored("PathforaTotalImpressionsSince_x") == "4|5"


def test_7_raw_and_broken_values_count_as_what_they_say(shop: Shop) -> None:
    raw = {"PathforaImpressions_w": "3", "PathforaImpressions_x": "[]", "PathforaImpressions_y": "null"}
    shop.run("(raw) => Object.assign(localStorage, raw)", raw)
    shop.show(displayConditions={"impressions": {"total": 4, "global": {"total": 4, "buffer": 60}}})
    assert shop.there()
    assert shop.stored("PathforaImpressions_w").startswith("4|")
    assert shop.explain()["verdict"] == "shown"
