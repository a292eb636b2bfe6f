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
