"""One trace of every decision: `pathfora.explain()` and the `pathfora:decision` event."""

from sdk_shop import NOON, Shop


def test_an_entry(shop: Shop) -> None:
    shop.show(layout="bar", displayConditions={"impressions": {"session": 2}})
    entry = shop.explain()
    assert set(entry) == {"id", "type", "layout", "verdict", "reason", "gates", "time"}
    head = {key: entry[key] for key in ("id", "type", "layout", "verdict", "reason")}
    assert head == {
        "id": "w",
        "type": "message",
        "layout": "bar",
        "verdict": "shown",
        "reason": "Shown: impressions",
    }
    assert entry["time"] == NOON + 1000
    assert [(gate["gate"], gate["pass"]) for gate in entry["gates"]] == [
        ("showOnInit", True),
        ("impressions", True),
        ("render", True),
    ]


def test_gates_come_in_the_order_of_evaluation(shop: Shop) -> None:
    conditions = {
        "impressions": {"session": 9},
        "urlContains": ["/"],
        "hideAfterAction": {"confirm": {"hideCount": 9}},
        "pageVisits": 1,
        "date": {},
        "showDelay": 1,
    }
    shop.run(
        """(displayConditions) => pathfora.initializeWidgets({target: [{segment: 'all', widgets: [
          pathfora.Message({id: 'w', displayConditions})]}]})""",
        conditions,
    )
    shop.tick(1000)
    assert [gate["gate"] for gate in shop.explain()["gates"]] == (
        [
            "profile",
            "audience",
            "date",
            "pageVisits",
            "hideAfterAction",
            "urlContains",
            "showOnInit",
            "impressions",
            "showDelay",
            "render",
        ]
    )


def test_every_change_is_told(shop: Shop) -> None:
    shop.show(displayConditions={"showDelay": 1, "hideAfter": 1})
    shop.tick(2500)
    told = shop.run("decisions.map((entry) => [entry.id, entry.verdict])")
    assert told == [["w", "waiting"], ["w", "shown"], ["w", "closed"]]


def test_what_was_told_does_not_change_afterwards(shop: Shop) -> None:
    shop.show(displayConditions={"showDelay": 1})
    before = shop.run("window.kept = pathfora.explain('w'); kept.gates.length")
    shop.tick(1000)
    assert shop.run("kept.gates.length") == before
    assert shop.run("[kept.verdict, decisions[0].verdict]") == ["waiting", "waiting"]


def test_a_listener_that_throws_stops_nothing(shop: Shop) -> None:
    shop.run("addEventListener('pathfora:decision', () => { throw new Error('listener'); }, {once: true})")
    shop.show()
    assert shop.there()
    assert shop.run("errors.splice(0)") == ["Uncaught Error: listener"]


def test_explain_answers_all_or_one(shop: Shop) -> None:
    shop.show(id="a")
    shop.show(id="b", displayConditions={"pageVisits": 7})
    assert shop.run("pathfora.explain().map((entry) => entry.id)") == ["a", "b"]
    assert shop.explain("b")["verdict"] == "hidden"
    assert shop.explain("c") is None


def test_a_duplicate_has_an_entry_of_its_own(shop: Shop) -> None:
    shop.show(msg="first")
    shop.run("() => { try { pathfora.initializeWidgets([pathfora.Message({id: 'w'})]); } catch {} }")
    found = shop.run("pathfora.explain().map((entry) => [entry.id, entry.verdict, entry.gates.at(-1).gate])")
    assert found == [["w", "shown", "render"], ["w (again)", "failed", "duplicate"]]
    assert shop.explain()["verdict"] == "shown"


def test_showing_again_starts_afresh(shop: Shop) -> None:
    for _ in range(2):
        shop.show(displayConditions={"impressions": {"session": 1}})
        shop.run("pathfora.clearById(['w'])")
    assert shop.explain()["verdict"] == "hidden"
    assert "render" not in [gate["gate"] for gate in shop.explain()["gates"]]
