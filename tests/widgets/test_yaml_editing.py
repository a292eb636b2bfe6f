"""Changing a YAML text where it differs, and nowhere else."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.widgets.documents import parse_document
from understudy.widgets.experience import Experience
from understudy.widgets.yaml_editing import edited, written

ORDER = tuple(Experience.model_fields)
WIDGETS = Path(__file__).resolve().parents[2] / "examples" / "storefront" / "widgets"
TEXT = """\
# The offer.
label: Offer   # shown in lists
status: draft

widget:        # its box
  type: message
  headline: "Fifteen: percent"
  msg: 'it''s here'

  # when
  displayConditions:
    showDelay: 3
  confirmAction:
    callback: |
      function () {
        go();
      }

exclude:
  - a   # A
  - b   # B

variations:
  - label: one  # l1
    widget:
      msg: hi
  # two follows
  - {label: two, widget: {msg: b}}
"""


def data_of(text: str) -> dict[str, Any]:
    document = parse_document(text.encode(), "widgets/x.yaml")
    assert document.problems == (), text
    assert document.data is not None
    return document.data


def change(text: str, work: Callable[[dict[str, Any]], object]) -> list[str]:
    """The lines that a change of the values makes differ: `-` gone, `+` new."""
    before = data_of(text)
    after = copy.deepcopy(before)
    work(after)
    new = edited(text, before, after, ORDER)
    assert data_of(new) == after
    old_lines, new_lines = text.splitlines(), new.splitlines()
    gone = [f"-{line}" for line in old_lines if line not in new_lines]
    return [*gone, *(f"+{line}" for line in new_lines if line not in old_lines)]


def put(*path: str | int, value: Any) -> Callable[[dict[str, Any]], None]:
    def work(data: Any) -> None:
        for key in path[:-1]:
            data = data[key]
        data[path[-1]] = value

    return work


def drop(*path: str | int) -> Callable[[dict[str, Any]], None]:
    def work(data: Any) -> None:
        for key in path[:-1]:
            data = data[key]
        del data[path[-1]]

    return work


@pytest.mark.parametrize(
    ("work", "lines"),
    [
        (put("label", value="Sale"), ["-label: Offer   # shown in lists", "+label: Sale   # shown in lists"]),
        (put("widget", "headline", value="New"), ['-  headline: "Fifteen: percent"', '+  headline: "New"']),
        (put("widget", "msg", value="it's"), ["-  msg: 'it''s here'", "+  msg: 'it''s'"]),
        (put("widget", "displayConditions", "showDelay", value=5), ["-    showDelay: 3", "+    showDelay: 5"]),
        (put("campaign", value="spring"), ["+campaign: spring"]),
        (put("audience", value="*"), ["+audience: '*'"]),
        (put("id", value="x"), ["+id: x"]),
        (drop("status"), ["-status: draft"]),
        (drop("widget", "msg"), ["-  msg: 'it''s here'"]),
        (drop("widget", "displayConditions"), ["-  displayConditions:", "-    showDelay: 3"]),
        (put("exclude", 1, value="c"), ["-  - b   # B", "+  - c   # B"]),
        (lambda data: data["exclude"].append("z"), ["+  - z"]),
        (put("variations", 0, "weight", value=2), ["+    weight: 2"]),
        (
            put("variations", 1, "label", value="zwei"),
            ["-  - {label: two, widget: {msg: b}}", "+  - {label: zwei, widget: {msg: b}}"],
        ),
        (
            put("widget", "confirmAction", "callback", value="function () {\n  stop();\n}\n"),
            ["-        go();", "+        stop();"],
        ),
        (put("widget", "colors", value={"text": "#fff"}), ["+  colors:", "+    text: '#fff'"]),
    ],
)
def test_only_what_differs_is_written(work: Callable[[dict[str, Any]], object], lines: list[str]) -> None:
    assert change(TEXT, work) == lines


def test_new_keys_stand_where_they_belong() -> None:
    before = data_of(TEXT)
    new = edited(TEXT, before, {**before, "audience": "vip", "id": "x", "dates": {"end": "2026-01-01"}}, ORDER)
    assert new.startswith(
        "# The offer.\nid: x\nlabel: Offer   # shown in lists\nstatus: draft\n"
        "dates:\n  end: '2026-01-01'\naudience: vip\n\nwidget:        # its box\n"
    )


def test_flow_mappings_stay_in_their_braces() -> None:
    text = 'widget: {type: message, msg: "hi"} # all in one\n'
    assert change(text, put("widget", "msg", value="ho")) == [
        '-widget: {type: message, msg: "hi"} # all in one',
        "+widget: {type: message, msg: ho} # all in one",
    ]
    assert edited("{label: x}", {"label": "x"}, {"label": "y"}) == "label: y\n"


@pytest.mark.parametrize("path", sorted(WIDGETS.glob("*.yaml")), ids=lambda path: path.stem)
def test_unchanged_values_leave_the_bytes_as_they_are(path: Path) -> None:
    text = path.read_text()
    assert edited(text, data_of(text), data_of(text), ORDER) == text


def test_a_new_text_reads_as_people_write() -> None:
    data = {
        "label": "x",
        "widget": {"type": "message", "onLoad": "function () {\n  a();\n}", "formElements": [{"a": 1}]},
    }
    text = written(data)
    assert text == (
        "label: x\nwidget:\n  type: message\n  onLoad: |-\n    function () {\n      a();\n    }\n"
        "  formElements:\n    - a: 1\n"
    )
    assert data_of(text) == data


ODD = ["yes", "null", "1", "2026-01-01", "a: b", "# x", "- x", "'q'", '"', "x ", "{}", "&a", "*a", "~", "0x1"]
PLAIN = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"]), max_size=12)
TEXTS = PLAIN | st.sampled_from([*ODD, "a\nb", "a\n\n b\n", "a\n", "a\n\n", "a\r\nb", "\ta\n", " a\n b", "a \nb"])
LEAVES = st.booleans() | st.integers(-9, 99) | TEXTS
NAMES = st.sampled_from(["label", "status", "audience", "type", "msg", "headline", "x", "y"])
VALUES = st.recursive(
    LEAVES, lambda inner: st.dictionaries(NAMES, inner, max_size=3) | st.lists(inner, max_size=3), max_leaves=8
)
DATA = st.dictionaries(NAMES, VALUES, min_size=1, max_size=4)


@given(DATA, DATA)
def test_whatever_is_changed_the_text_says_it(before: dict[str, Any], after: dict[str, Any]) -> None:
    text = written(before)
    assert json.dumps(data_of(text)) == json.dumps(before)
    assert edited(text, before, before) == text
    assert json.dumps(data_of(edited(text, before, after)), sort_keys=True) == json.dumps(after, sort_keys=True)


@given(DATA)
def test_the_examples_text_takes_any_change(after: dict[str, Any]) -> None:
    before = data_of(TEXT)
    merged = {**before, **after}
    new = edited(TEXT, before, merged, ORDER if set(merged) <= set(ORDER) else ())
    assert data_of(new) == merged
    assert new.startswith("# The offer.\n")
