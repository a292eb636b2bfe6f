import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import UndefinedError

from understudy import __version__
from understudy.widgets.callbacks import Function
from understudy.widgets.rendering import render_stylesheet, script_json, script_value, template


def test_a_value_that_is_not_given_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        template("stylesheet.css.jinja").render(parts=[])


TEXTS = st.text() | st.sampled_from(
    ["</script>", "<!--<script>", "]]>", "\u2028", "\u2029", "&amp;", "\\u003c", '"', "\\"]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
    max_leaves=25,
)
UNSAFE = re.compile("[<>&\u2028\u2029]")


@settings(deadline=None, derandomize=True)
@given(VALUES)
def test_json_comes_back_and_cannot_leave_a_script_element(value: object) -> None:
    text = script_json(value)
    assert json.loads(text) == value
    assert not UNSAFE.search(text)
    assert "\n" not in text


@settings(deadline=None, derandomize=True)
@given(VALUES)
def test_configuration_comes_back_and_cannot_leave_a_script_element(value: object) -> None:
    text = script_value(value)
    assert not UNSAFE.search(text)
    assert json.loads(text.replace('["__proto__"]', '"__proto__"')) == value


def test_functions_stay_functions() -> None:
    assert script_value({"a": [Function("() => 1")], "b": {}, "c": []}, 2) == (
        '{\n    "a": [\n      () => 1\n    ],\n    "b": {},\n    "c": []\n  }'
    )


def test_a_key_cannot_set_the_prototype() -> None:
    assert script_value({"__proto__": 1}) == '{\n  ["__proto__"]: 1\n}'


def test_numbers_that_are_no_json_are_an_error() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        script_json(float("nan"))


def test_parts_are_joined_in_order_under_a_header() -> None:
    text = render_stylesheet({"base.css": ".b{}\n", "bar.css": "\n.a{}"})
    assert text == (f"/*! Understudy {__version__} */\n\n/* base.css */\n.b{{}}\n\n/* bar.css */\n.a{{}}\n")


def test_template_marks_in_the_styles_are_text() -> None:
    styles = "a::after{content:'{{x}} {% y %} {# z #}'} /*{ x }*/ /*% y %*/ &"
    assert styles in render_stylesheet({"a": styles})


def test_a_name_cannot_end_its_comment() -> None:
    assert "/* a* /b */" in render_stylesheet({"a*/b": ""})
