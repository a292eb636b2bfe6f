import pytest

from understudy.widgets.widget import Colors, color_fault


@pytest.mark.parametrize(
    "color", ["#fff", "#8a1c3b", "#ffff", "white", "rgb(0 0 0 / 50%)", "var(--clay)", "color-mix(in srgb, red, blue)"]
)
def test_colors(color: str) -> None:
    assert color_fault(color) == ""


@pytest.mark.parametrize("color", ["#ff", "#ggg", "red; x", "1px", "rgb(0,0,0", "url(}"])
def test_no_colors(color: str) -> None:
    assert color_fault(color) == "not a CSS colour"


def test_keys_are_the_vendors() -> None:
    dumped = Colors.model_validate({"actionBackground": "red", "requiredText": "blue"}).model_dump(
        by_alias=True, exclude_unset=True
    )
    assert dumped == {"actionBackground": "red", "requiredText": "blue"}
