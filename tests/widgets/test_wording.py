import pytest

from understudy.widgets.wording import demand, hint_for


@pytest.mark.parametrize(
    ("kind", "context", "text"),
    [
        ("bool_type", {}, "must be true or false"),
        ("greater_than_equal", {"ge": 0.0}, "must be 0 or more"),
        ("less_than_equal", {"le": 100}, "must be 100 or less"),
        ("literal_error", {"expected": "'a', 'b' or 'c'"}, "must be a, b or c"),
        ("literal_error", {"expected": "1, 2, '1' or '2'"}, "must be 1 or 2"),
        ("new_kind", {}, "is not right: something new"),
    ],
)
def test_demands(kind: str, context: dict[str, object], text: str) -> None:
    assert demand(kind, context, "Something new") == text


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("string_type", 5, "put quotes around it"),
        ("bool_type", "yes", "write true, without quotes"),
        ("bool_type", "off", "write false, without quotes"),
        ("float_type", " 3 ", "remove the quotes"),
        ("literal_error", "modl", "did you mean 'modal'?"),
        ("literal_error", "zebra", ""),
        ("list_type", {}, ""),
    ],
)
def test_hints(kind: str, value: object, text: str) -> None:
    assert hint_for(kind, {"expected": "'modal' or 'bar'"}, value) == text
