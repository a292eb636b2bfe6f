"""FilterQL as JSON (platform.md 3.6)."""

import pytest

from understudy.server.content.trees import TreeError, statement_of

X, Y = {"ident": "x"}, {"val": "y"}


@pytest.mark.parametrize(
    ("tree", "text"),
    [
        ({"op": "and", "args": [{"op": "=", "args": [X, Y]}]}, 'AND (x = "y")'),
        ({"op": "and"}, "AND ()"),
        (
            {"op": "OR", "args": [{"op": "exists", "args": [X]}, {"op": "!=", "args": [X, Y]}]},
            'OR (EXISTS x, x != "y")',
        ),
        ({"op": "not", "args": [{"op": "contains", "args": [X, Y]}]}, 'NOT x CONTAINS "y"'),
        ({"op": "like", "args": [{"ident": "global.Mugs"}, Y]}, 'global.Mugs LIKE "y"'),
        ({"op": "in", "args": [X, Y, {"val": 2}]}, 'x IN ("y", 2)'),
        ({"op": "intersects", "args": [X, {"args": [Y]}]}, 'x INTERSECTS ("y")'),
        ({"op": "between", "args": [X, {"val": 1}, {"val": 2}]}, "x BETWEEN 1 AND 2"),
        ({"op": "include", "args": [{"seg": "mugs"}]}, "INCLUDE mugs"),
        ({"op": "include", "args": ["mugs"]}, "INCLUDE mugs"),
        ({"seg": "mugs"}, "INCLUDE mugs"),
        ({"seg": "*"}, "*"),
    ],
)
def test_3_6_trees(tree: object, text: str) -> None:
    assert str(statement_of(tree, "content")) == f"FILTER {text} FROM content"


def nested(depth: int) -> object:
    return {"op": "not", "args": [nested(depth - 1)]} if depth else {"seg": "a"}


@pytest.mark.parametrize(
    ("tree", "message"),
    [
        (None, "must be an object"),
        ([], "must be an object"),
        ({"op": "xor"}, "no `op` 'xor'"),
        ({"op": "="}, "'=' needs 2 arguments, and has 0"),
        ({"op": "exists", "args": [X, X]}, "'exists' needs 1 arguments, and has 2"),
        ({"op": "and", "args": {}}, "`args` of 'and' must be a list"),
        ({"op": "=", "args": [X, {"val": [1]}]}, "a value must be"),
        ({"op": "in", "args": [X, {"args": 5}]}, "values of 'in' must be a list"),
        ({"op": "exists", "args": [{"ident": 5}]}, "`ident` must be a name"),
        ({"seg": ""}, "`seg` must be a name"),
        (nested(60), "nested at most"),
    ],
)
def test_what_is_no_tree(tree: object, message: str) -> None:
    with pytest.raises(TreeError, match=message):
        statement_of(tree, "content")
