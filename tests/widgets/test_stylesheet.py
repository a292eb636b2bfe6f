from understudy import __version__
from understudy.widgets.stylesheet import render_stylesheet


def test_parts_are_joined_in_order_under_a_header() -> None:
    text = render_stylesheet({"base.css": ".b{}\n", "bar.css": "\n.a{}"})
    assert text == (
        f"/*! Understudy {__version__}: widget styles, compatible with Pathfora's */\n"
        "\n/* base.css */\n.b{}\n\n/* bar.css */\n.a{}\n"
    )


def test_template_marks_in_the_styles_are_text() -> None:
    styles = "a::after{content:'{{x}} {% y %} {# z #}'} /*{ x }*/ /*% y %*/ &"
    assert styles in render_stylesheet({"a": styles})


def test_a_name_cannot_end_its_comment() -> None:
    assert "/* a* /b */" in render_stylesheet({"a*/b": ""})
