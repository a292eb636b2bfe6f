from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from understudy.widgets.fields import (
    AsList,
    Instant,
    Seconds,
    Slug,
    Strict,
    Vendor,
    WidgetId,
    checked,
    matching,
    parse_instant,
    refuse,
)


class Example(Vendor):
    slug: Slug = ""
    widget_id: WidgetId = ""
    at: Instant = ""
    wait: Seconds = 0


def fault(**values: object) -> str:
    with pytest.raises(ValidationError) as caught:
        Example.model_validate(values)
    return str(caught.value.errors()[0]["msg"])


def test_good_values() -> None:
    example = Example.model_validate({"slug": "*", "widgetId": "5f2d_a.b-c", "at": "2026-12-31", "wait": 3})
    assert example.widget_id == "5f2d_a.b-c"
    assert repr(example.wait) == "3"
    assert Example.model_validate({"slug": "", "at": ""}).at == ""


def test_faults_show_the_value() -> None:
    assert fault(slug="high value") == "not an audience's slug, in 'high value'"
    assert fault(widgetId="a b") == "not a widget id, in 'a b'"
    assert fault(at="soon") == "not a date, in 'soon'"
    assert "greater than or equal to 0" in fault(wait=-1)
    assert "finite" in fault(wait=float("inf"))


def test_types_are_not_guessed() -> None:
    assert "valid string" in fault(slug=5)
    assert "valid number" in fault(wait="5")


def test_unknown_keys_are_refused() -> None:
    assert "Extra inputs" in fault(widget_id="x")
    assert Strict.elsewhere == {}


def test_instants_are_utc_unless_they_say_otherwise() -> None:
    assert parse_instant("2026-12-31") == datetime(2026, 12, 31, tzinfo=UTC)
    assert parse_instant("2026-12-31T12:00:00+02:00") == datetime(2026, 12, 31, 10, tzinfo=UTC)
    assert parse_instant("12/31") is None


def test_a_mapping_in_place_of_a_list_gives_its_values() -> None:
    assert AsList.func({"0": "a", "1": "b"}) == ["a", "b"]  # type: ignore[call-arg]
    assert AsList.func(["a"]) == ["a"]  # type: ignore[call-arg]


def test_own_validators_let_an_empty_text_pass() -> None:
    assert checked(lambda _: "wrong", "").func("") == ""  # type: ignore[call-arg]
    assert matching("a", "no", "").func("a") == "a"  # type: ignore[call-arg]


def test_refusal_keeps_braces_and_position() -> None:
    error = refuse("{odd}", "mend it", line=3, column=4)
    assert error.message() == "{odd}"
    assert error.context == {"message": "{odd}", "hint": "mend it", "line": 3, "column": 4}
