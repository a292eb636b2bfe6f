"""debugger.md 7.1: every gate of the SDK's trace as a sentence, with what would make it pass."""

from typing import Any

from panel_stage import ORIGIN, Stage

ADVISED = "Reset the visitor, under Lab, to "
CASES: list[tuple[str, bool | None, Any, Any, str]] = [
    (
        "audience",
        False,
        ["all"],
        "high_value",
        'The visitor is not in "high_value". Become a persona that is in it, under Lab.',
    ),
    ("audience", True, ["all"], "all", 'The visitor is in "all".'),
    (
        "audience",
        False,
        False,
        "isMember",
        "The rule isMember does not hold. Become a persona that is in it, under Lab.",
    ),
    (
        "exclude",
        False,
        ["x"],
        "not x",
        'The visitor is in "x", which is excluded. Become a persona that is not in it, under Lab.',
    ),
    ("inverse", False, ["a"], [], "A targeted widget applies to this visitor: a."),
    ("profile", None, "not known yet", None, "The visitor is not known yet."),
    ("priority", False, "b", "c", '"b" comes first, and only one of them may show.'),
    ("pageVisits", False, 1, 2, "1 of 2 page views on this site."),
    ("date", False, "2030-01-01T00:00:00Z", {"start_at": "2031-01-01"}, "It starts at 2031-01-01."),
    ("date", False, "2030-01-01T00:00:00Z", {"end_at": "2029-01-01"}, "It ended at 2029-01-01."),
    ("urlContains", False, "http://x/", ["/y"], "The address does not match: http://x/."),
    ("showOnInit", False, False, True, "Only pathfora.showWidget() shows it (showOnInit is off)."),
    (
        "impressions",
        False,
        {"limit": "widget.session", "found": 2},
        2,
        f"Shown 2 of 2 times in this session. {ADVISED}count from zero.",
    ),
    (
        "impressions",
        False,
        {"limit": "widget.buffer", "found": 1},
        7200,
        f"Shown less than 2 hours ago. {ADVISED}count from zero.",
    ),
    (
        "impressions",
        False,
        {"limit": "global.total", "found": 9},
        9,
        f"All widgets together were shown 9 of 9 times. {ADVISED}count from zero.",
    ),
    (
        "hideAfterAction",
        False,
        {"closed": {"count": 2, "last": 1}},
        {"closed": {"hideCount": 2}},
        f"The visitor closed it 2 of 2 times. {ADVISED}forget what was pressed.",
    ),
    (
        "hideAfterAction",
        False,
        {"confirm": {"count": 1, "last": 1}},
        {"confirm": {"duration": 60}},
        f"The visitor confirmed it less than 60 s ago. {ADVISED}forget what was pressed.",
    ),
    (
        "displayWhenElementVisible",
        None,
        "missing",
        "#end",
        "Waits until the visitor scrolls to #end, which is missing so far.",
    ),
    ("scrollPercentageToDisplay", None, None, 50, "Waits until the visitor has scrolled through 50 % of the page."),
    ("showOnExitIntent", None, None, True, "Waits until the pointer leaves the page at its top."),
    (
        "manualTrigger",
        None,
        None,
        True,
        "Waits for pathfora.triggerWidgets(). Call it in the console, or with the widget's id in a list.",
    ),
    ("host", None, "missing", "#here", "Waits for #here, which is not in the page."),
    ("data-pftrigger", True, ["vip"], "vip", 'The visitor is in "vip", which this block is for.'),
    ("data-pftrigger", False, ["all"], "vip", 'The visitor is not in "vip", which this block is for.'),
    ("data-pftrigger", None, ["vip"], "vip", 'The visitor is in "vip", but another block of its group comes first.'),
    ("data-pftrigger", True, ["all"], "default", "No other block of its group is for this visitor."),
    ("data-pftrigger", False, ["vip"], "default", "Another block of its group is shown in its place."),
    ("data-pfrecommend", True, None, "news", 'It shows a recommendation from "news".'),
    ("data-pfrecommend", False, None, "news", 'There is no recommendation from "news" left for it.'),
    ("data-pfrecommend", True, None, "default", "There was no recommendation to show in its place."),
    ("data-pfrecommend", False, None, "default", "A recommendation is shown in its place."),
    ("impressions", None, None, {"session": 1}, "Not asked: something before it decided."),
    ("moonshine", None, "unknown", 5, "moonshine is not in this build of the SDK."),
    ("moonrise", False, 1, 2, "moonrise does not hold: 1, needs 2."),
]


def entry(number: int, gate: str, passes: bool | None, actual: Any, required: Any, **more: Any) -> dict[str, Any]:
    gates = [{"gate": gate, "pass": passes, "actual": actual, "required": required, **more}]
    inline = gate.startswith("data-pf")
    verdict = {None: "hidden" if inline else "waiting", True: "shown", False: "hidden"}[passes]
    return {
        "id": f"g{number}",
        "type": "inline" if inline else "message",
        "layout": "inline" if inline else "bar",
        "verdict": verdict,
        "reason": "?",
        "gates": gates,
        "time": 1,
    }


def test_7_1_every_gate_is_a_sentence(stage: Stage) -> None:
    stage.page.context.add_cookies([{"name": "seerid", "value": "own-1", "url": ORIGIN}])
    stage.open()
    stage.show("Personalization")
    entries = [entry(number, *case[:4]) for number, case in enumerate(CASES)]
    entries.append(entry(len(CASES), "showDelay", None, None, 3))
    stage.page.evaluate(
        """(entries) => { const delay = entries.at(-1); delay.gates[0].until = Date.now() + 3600e3;
          entries.forEach((one) => decide(one)); }""",
        entries,
    )
    body = stage.page.get_by_role("tabpanel", name="Personalization")
    last = body.locator(f'[data-id="g{len(CASES)}"]')
    last.wait_for()
    body.locator("[data-part=gates]").evaluate_all("(parts) => parts.forEach((part) => (part.open = true))")
    said = {number: body.locator(f'[data-id="g{number}"] td span').first.text_content() for number in range(len(CASES))}
    assert said == {number: case[4] for number, case in enumerate(CASES)}
    for number, (gate, *_, sentence) in enumerate(CASES):
        if gate.startswith("data-pf"):
            assert body.locator(f'[data-id="g{number}"] .reason').first.text_content() == sentence
    assert last.locator(".reason").text_content() == "Waits 3 s before it opens. Opens in 60 minutes."
    failing = body.locator('[data-id="g7"]')
    assert failing.locator(".reason").text_content() == "1 of 2 page views on this site."
    assert failing.locator("td .values").first.text_content() == "found 1; needs 2"
