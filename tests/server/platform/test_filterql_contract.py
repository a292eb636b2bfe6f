"""The contract vectors of FilterQL: what holds for a profile, and where a bad text is rejected."""

from datetime import datetime
from typing import Any

import pytest
from platform_vectors import read, typed

from understudy.server.platform.filterql import UNKNOWN, FilterQLError, evaluate, explain, parse

VECTORS = read("filterql.json")
ERRORS = read("filterql_errors.json")
NOW = datetime.fromisoformat(VECTORS["now"])
FIELDS = typed(VECTORS["fields"])


def include(slug: str) -> object:
    return VECTORS["audiences"].get(slug.lower(), UNKNOWN)


def case_id(case: dict[str, Any]) -> str:
    return case["ql"].removeprefix("FILTER ")


@pytest.mark.parametrize("case", VECTORS["cases"], ids=case_id)
def test_evaluation(case: dict[str, Any]) -> None:
    statement = parse(case["ql"])
    assert evaluate(statement, FIELDS, now=NOW, include=include) is case["matched"]
    # Explaining uses the same rules, so it cannot say otherwise.
    assert (explain(statement, FIELDS, now=NOW, include=include).result is True) is case["matched"]
    # The canonical text means the same.
    assert parse(str(statement)) == statement


@pytest.mark.parametrize("case", ERRORS["cases"], ids=lambda case: case["ql"] or "(empty)")
def test_rejection(case: dict[str, Any]) -> None:
    with pytest.raises(FilterQLError) as caught:
        parse(case["ql"])
    error = caught.value
    assert (error.line, error.column, error.token) == (case["line"], case["column"], case["token"])
    assert case["expected"] in error.expected
    assert f"line {case['line']}, column {case['column']}" in str(error)
