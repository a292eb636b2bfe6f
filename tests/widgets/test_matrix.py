import re
from pathlib import Path
from typing import get_args

import pytest

import understudy.static
from understudy.widgets.conditions import DisplayConditions
from understudy.widgets.forms import ElementType
from understudy.widgets.matrix import (
    LAYOUTS,
    MATRIX,
    POSITIONS,
    layout_fault,
    position_fault,
    type_fault,
)
from understudy.widgets.validation import keys_of

SDK = Path(str(understudy.static.__file__)).parent / "sdk"


def test_supported_types_have_known_layouts() -> None:
    assert {layout for layouts in MATRIX.values() for layout in layouts} <= set(LAYOUTS) == set(POSITIONS)


def test_types() -> None:
    assert type_fault("message") == ""
    assert type_fault("form") == ""
    assert type_fault("popup") == "not a widget type"


def test_layouts() -> None:
    assert layout_fault("message", "modal") == ""
    assert layout_fault("message", "gate") == ""
    assert layout_fault("sitegate", "gate") == "a sitegate cannot be a gate; it can be modal"


def test_positions() -> None:
    assert position_fault("modal", "") == position_fault("inline", "#anything") == ""
    assert position_fault("button", "top-left") == ""
    assert position_fault("bar", "top") == (
        "not a position of a bar; it has top-absolute, top-fixed, bottom-fixed, top-center or bottom-center"
    )


def listed(name: str) -> list[str]:
    """The names in one of the lists that the SDK's entry hands over."""
    entry = (SDK / "pathfora.js").read_text("utf-8")
    found = re.search(rf"^\s*{name}: \[([^\]]*)\]", entry, re.MULTILINE)
    assert found
    return [part.strip() for part in found[1].split(",") if part.strip()]


def test_table_is_what_the_sdk_has() -> None:
    assert listed("types") == list(MATRIX)
    assert listed("layouts") == list(LAYOUTS)
    sources = [path.read_text("utf-8") for path in sorted((SDK / "form_elements").glob("*.js"))]
    names = {name for source in sources for name in re.findall(r'name: "([^"]*)"', source)}
    groups = {f"{kind}-group" for source in sources for kind in re.findall(r'group\("(\w+)"', source)}
    assert names | groups == set(get_args(ElementType))
    assert len(listed("formElements")) == len(get_args(ElementType))
    # These look at other properties of a widget.
    elsewhere = {"unlocked", "abTest", "pushDown", "fields", "recommend"}
    assert set(listed("conditions")) - elsewhere == set(keys_of(DisplayConditions))


@pytest.mark.parametrize("kind", MATRIX)
def test_layouts_are_those_of_the_sdk(kind: str) -> None:
    name = "message_controls.js" if kind == "message" else f"types/{kind}.js"
    found = re.search(r"[cC]ontrols(?:: | = )\{(.*?)\n? *\}[,;]\n", (SDK / name).read_text("utf-8"), re.DOTALL)
    assert found
    assert sorted(re.findall(r"(\w+): (?:\(|\w*[cC]ontrols)", found[1])) == sorted(MATRIX[kind])


@pytest.mark.parametrize("layout", LAYOUTS)
def test_positions_are_those_of_the_sdk(layout: str) -> None:
    # A gate stands where a modal does. The empty position is the default, which the SDK does not ask about.
    source = (SDK / "layouts" / f"{'modal' if layout == 'gate' else layout}.js").read_text("utf-8")
    found = re.search(r"positions: /(.*)/,", source)
    ours = POSITIONS[layout]
    assert (found is None) == (ours is None)
    every = {position for positions in POSITIONS.values() for position in positions or ()} - {""}
    if found and ours:
        assert {position for position in every if re.search(found[1], position)} == set(ours) - {""}
