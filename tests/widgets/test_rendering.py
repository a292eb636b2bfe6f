import pytest
from jinja2 import UndefinedError

from understudy.widgets.rendering import template


def test_a_value_that_is_not_given_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        template("stylesheet.css.jinja").render(parts=[])
