"""Which parts of the SDK an account's experiences need."""

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from understudy.server.bundling.bundle import STATIC
from understudy.server.bundling.modules import load_module
from understudy.server.sdk.account_build import (
    AUDIENCE_PARTS,
    PAGE_PARTS,
    RULES,
    STAND_INS,
    TEST_PARTS,
    UNAIMED,
    UNCONDITIONAL,
    account_sdk,
    needed_parts,
)
from understudy.server.sdk.parts import Parts, read_parts
from understudy.server.sdk.script import sdk_script
from understudy.server.workspaces.workspace import load_workspace
from understudy.widgets.callbacks import Function
from understudy.widgets.experience import Experience
from understudy.widgets.matrix import LAYOUTS, MATRIX

WHOLE = read_parts(STATIC / "sdk" / "pathfora.js")
PLAIN = {"type": "message", "id": "w", "headline": "Hello", "msg": "A plain modal."}


def experience(widget: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": "w", "audience": "*", "exclude": [], "inverse": None, "widget": {**PLAIN, **widget}, **more}


def flat(parts: Parts) -> list[str]:
    return [name for names in parts.lists.values() for name in names]


def ruled(*candidates: dict[str, Any]) -> set[str]:
    """The needed parts that have a rule; the others are always there."""
    known = {*WHOLE.lists["types"], *WHOLE.lists["layouts"], *(name for rules in RULES.values() for name in rules)}
    return set(flat(needed_parts(WHOLE, candidates))) & (known | AUDIENCE_PARTS | PAGE_PARTS | TEST_PARTS)


def test_a_plain_modal_needs_its_type_and_its_layout() -> None:
    assert ruled(experience({})) == {"message", "modal"}
    assert ruled(experience({}), experience({"layout": "bar", "type": "subscription"})) == {
        *("message", "modal"),
        *("subscription", "bar", "topLayer"),
    }


@pytest.mark.parametrize(
    ("widget", "more"),
    [
        ({"displayConditions": {"showDelay": 3, "urlContains": ["a"]}}, {"showDelay", "urlContains"}),
        ({"displayConditions": {"pageVisits": 3}}, {"pageVisits", "remembering"}),
        ({"displayConditions": {"manualTrigger": True}}, {"manualTrigger", "triggering"}),
        ({"censorTrackingKeys": ["pf-form-email"]}, {"telling"}),
        ({"displayConditions": {"showOnInit": False}}, {"showOnInit"}),
        ({"layout": "bar", "pushDown": "#top"}, {"bar", "pushDown", "topLayer"}),
        ({"msg": "<b>now</b>"}, {"markup"}),
        ({"formStates": {"success": {"msg": "R&amp;D"}}}, {"markup"}),
        ({"branding": True}, {"branding"}),
        ({"variant": 2, "image": "/a.png"}, {"image"}),
        ({"theme": "dark"}, {"themes"}),
        ({"theme": "none", "branding": False}, set()),
        ({"type": "sitegate"}, {"sitegate", "unlocked"}),
        ({"type": "form", "layout": "gate"}, {"form", "unlocked", "gate", "topLayer"}),
        (
            {"type": "form", "formElements": [{"type": "date"}, {"type": "radio-group"}]},
            {"form", "dateField", "radioGroup"},
        ),
        ({"onInit": Function("function () { if (a < b && c) track('pathfora.min.js'); }")}, set()),
        ({"headline": "Hello {{name}}"}, {"fields"}),
        ({"confirmAction": {"callback": Function("function () { go('{{name}}'); }")}}, {"fields"}),
        ({"recommend": {"collection": "c"}}, {"recommend", "recommending", "toolbox"}),
        ({"content": [{"default": True}]}, {"recommend", "recommending", "toolbox"}),
    ],
)
def test_each_setting_brings_its_part(widget: dict[str, Any], more: set[str]) -> None:
    base = {name for name in ("message", "modal") if widget.get({"message": "type", "modal": "layout"}[name]) is None}
    assert ruled(experience(widget)) == base | more


@pytest.mark.parametrize(
    "more", [{"audience": "vip"}, {"exclude": ["vip"]}, {"inverse": {**PLAIN, "layout": "modal", "id": "i"}}]
)
def test_an_audience_brings_targeting(more: dict[str, Any]) -> None:
    assert ruled(experience({}, **more)) == {"message", "modal"} | AUDIENCE_PARTS


def test_variations_bring_the_ab_test() -> None:
    assert ruled(experience({}, experience="offer")) == {"message", "modal"} | TEST_PARTS


def test_the_widget_for_the_others_is_looked_at_too() -> None:
    inverse = {**PLAIN, "layout": "bar", "theme": "light"}
    assert ruled(experience({}, audience="vip", inverse=inverse)) >= {"bar", "themes"}


def test_a_callback_that_mentions_the_sdk_brings_everything() -> None:
    action = {"callback": Function("function () { pathfora.utils.cookies; }")}
    assert needed_parts(WHOLE, [experience({"confirmAction": action})]) == WHOLE


@pytest.mark.parametrize(
    ("page", "more"),
    [
        ('<script src="/static/pathfora.min.js"></script>', set()),
        ('<p data-pfblock="a" data-pftrigger="new"></p>', {"inlineBlocks", "toolbox"}),
        ("<div data-pfrecommend='c'></div>", {"inlineBlocks", "toolbox"}),
    ],
)
def test_blocks_in_a_page_bring_inline_personalisation(page: str, more: set[str]) -> None:
    assert (
        set(flat(needed_parts(WHOLE, [experience({})], [page]))) - set(flat(needed_parts(WHOLE, [experience({})])))
        == more
    )


@pytest.mark.parametrize("use", ["pathfora.utils", "window.pathfora?.rules", "pathfora['ABTest']", "pathfora . x"])
def test_a_page_that_uses_the_sdk_itself_brings_everything(use: str) -> None:
    assert needed_parts(WHOLE, [experience({})], [f"<script>{use}</script>"]) == WHOLE


def test_no_key_of_an_experience_was_forgotten() -> None:
    """A new key of an experience may need a part of the SDK: say so in `account_build`, then add it here."""
    known = {"id", "label", "status", "dates", "audience", "exclude", "widget", "inverse", "variations"}
    about = {"campaign", "stage", "priority", "tactic"}  # who sees it and in which order: nothing of the SDK's
    assert set(Experience.model_fields) == known | about


CODE = Function("function () { alert(1); }")


@pytest.mark.parametrize(
    ("widget", "gone"),
    [
        ({}, set()),
        ({"displayConditions": {"showDelay": 3}}, {"conditions", "initialize_array"}),
        ({"layout": "gate"}, {"gates", "class_names", "message_controls", "conditions", "initialize_array"}),
        ({"confirmAction": {"callback": CODE}}, {"callbacks"}),
        ({"formStates": {"success": {"confirmAction": {"callback": CODE}}}}, {"callbacks"}),
        ({"positionSelector": "#host"}, {"host"}),
        ({"layout": "inline", "position": "#host"}, {"host", "class_names", "message_controls"}),
        ({"layout": "slideout", "type": "form"}, {"class_names"}),
        *(({name: "none"}, {"class_names"}) for name in ("position", "origin", "theme")),
        ({"branding": True}, {"class_names"}),
    ],
)
def test_a_widget_that_needs_more_has_no_stand_in(widget: dict[str, Any], gone: set[str]) -> None:
    every = {*STAND_INS, *UNCONDITIONAL, *UNAIMED}
    assert set(needed_parts(WHOLE, [experience({}), experience(widget)]).without) == every - gone
    assert WHOLE.without == ()


def test_every_stand_in_has_a_rule_and_exports_nothing_that_its_neighbour_does_not() -> None:
    folder = STATIC / "sdk" / "without"
    assert {path.stem for path in folder.iterdir()} == {*STAND_INS, *UNCONDITIONAL, *UNAIMED}
    for path in folder.iterdir():
        assert load_module(path).exports <= load_module(folder.parent / path.name).exports


def test_a_part_without_a_rule_is_always_there() -> None:
    parts = Parts({"features": ("themes", "newcomer"), "extras": ("other",)}, {})
    assert needed_parts(parts, []).lists == {"features": ("newcomer",), "extras": ("other",)}


def test_no_rule_is_about_a_part_that_does_not_exist() -> None:
    for key in ("features", "formElements"):
        assert set(RULES[key]) <= set(WHOLE.lists[key])
    assert {"unlocked", "pushDown", "fields", "recommend", "abTest"} <= set(WHOLE.lists["conditions"])
    assert set(MATRIX) <= set(WHOLE.lists["types"])
    assert set(LAYOUTS) <= set(WHOLE.lists["layouts"])
    assert set(WHOLE.lists["features"]) >= AUDIENCE_PARTS | PAGE_PARTS


def test_drafts_do_not_count_and_plain_scripts_bring_everything(root: Path) -> None:
    for path in (root / "widgets").iterdir():
        path.unlink()
    (root / "widgets" / "a.yaml").write_text("widget: {type: message, msg: Hi}\n")
    (root / "widgets" / "b.yaml").write_text("status: draft\nwidget: {type: form, layout: slideout, msg: Hi}\n")
    small = account_sdk(load_workspace(root), minified=True)
    (root / "widgets" / "b.yaml").unlink()
    assert account_sdk(load_workspace(root), minified=True) == small
    (root / "widgets" / "own.js").write_text("pathfora.initializeWidgets([]);\n")
    everything = account_sdk(load_workspace(root), minified=True)
    assert len(small) < 0.7 * len(everything)
    assert abs(len(everything) - len(sdk_script(minified=True))) < 100


def test_pages_in_folders_count_and_a_page_that_is_gone_does_not(root: Path) -> None:
    for path in (root / "widgets").iterdir():
        path.unlink()
    (root / "widgets" / "a.yaml").write_text("widget: {type: message, msg: Hi}\n")
    plain = account_sdk(load_workspace(root), minified=True)
    page = root / "pages" / "shop" / "tea.html"
    page.parent.mkdir(parents=True)
    page.write_text('<p data-pfgroup="g" data-pftrigger="default">')
    workspace = load_workspace(root)
    assert len(account_sdk(workspace, minified=True)) > len(plain)
    page.unlink()
    assert account_sdk(workspace, minified=True) == plain


def test_it_is_served_for_the_account_alone(client: TestClient, account: str) -> None:
    minified = client.get(f"/__understudy__/sdk/{account}.min.js")
    readable = client.get(f"/__understudy__/sdk/{account}.js")
    assert minified.headers["content-type"] == readable.headers["content-type"]
    assert minified.text.startswith("/*! Understudy widget SDK")
    assert len(minified.text) < len(readable.text)
    assert "installPathfora({types:" in readable.text
    for wrong in ("other.min.js", f"{account}.css", account):
        answer = client.get(f"/__understudy__/sdk/{wrong}")
        assert answer.status_code == 404
        assert f"{account}.min.js" in answer.json()["message"]
