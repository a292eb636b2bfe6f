"""LQL by the API: what it says here, as text for understudy.toml (platform.md 3.3)."""

import tomllib
from typing import Any

import pytest
from starlette.testclient import TestClient

from understudy.server.site import Site
from understudy.server.workspaces.workspace import load_workspace

ORDERS = """
SELECT
    email(buyer) AS email SHORTDESC "who bought",
    city,
    count(_e) AS orders LONGDESC "all of them",
    sum(tonumber(amount)) AS total IF currency = "EUR" AND paid = "t" KIND number MERGEOP sum,
    set(sku) AS skus,
    todate(placed) AS placed_ts KIND date MERGEOP max,
    valuect(category) AS categories KIND map[string]int
FROM orders INTO user BY _uid OR email WHERE _bot = "f" OR NOT EXISTS _bot ALIAS shop_orders
"""


def validated(client: TestClient, text: str, status: int = 200) -> Any:
    answer = client.post("/api/query/_validate", content=text)
    assert (answer.status_code, answer.json()["status"]) == (status, status), answer.text
    return answer.json()["data"] if status == 200 else answer.json()["message"]


def test_3_3_a_mapping_is_read_and_works_as_the_text_it_gives(client: TestClient, site: Site) -> None:
    found = validated(client, ORDERS)
    assert (found["stream"], found["table"], found["by"], found["alias"]) == (
        "orders",
        "user",
        ["_uid", "email"],
        "shop_orders",
    )
    assert found["where"] == 'OR (_bot = "f", NOT EXISTS _bot)'
    assert found["fields"] == {
        "email": {"from": "email(buyer)"},
        "city": {"from": "city"},
        "orders": {"from": "_e", "kind": "int", "merge": "count"},
        "total": {
            "from": "tonumber(amount)",
            "kind": "number",
            "merge": "sum",
            "if": 'AND (currency = "EUR", paid = "t")',
        },
        "skus": {"from": "sku", "kind": "[]string"},
        "placed_ts": {"from": "todate(placed)", "kind": "date", "merge": "max"},
        "categories": {"from": "category", "kind": "map[string]int"},
    }
    stream = tomllib.loads(found["toml"])["streams"]["orders"]
    assert stream == {"where": found["where"], "fields": found["fields"]}
    with (site.workspace.root / "understudy.toml").open("a") as file:
        file.write(found["toml"])
    assert load_workspace(site.workspace.root, site.workspace).problems == ()


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "expected SELECT"),
        ("SELECT FROM x", "FROM"),
        ("SELECT a, FROM x", "FROM"),
        ("SELECT a", "FROM or ','"),
        ("SELECT a AS", "name after AS"),
        ("SELECT tolower(a) FROM x ALIAS y", "has no name"),
        ("SELECT a, b AS a FROM x ALIAS y", "selected twice"),
        ("SELECT nonsense(a) AS b FROM x", "nonsense"),
        ("SELECT a KIND blob FROM x ALIAS y", "'fields.a.kind': it must be string, int, number"),
        ("SELECT a KIND int MERGEOP merge FROM x ALIAS y", "merge"),
        ("SELECT a FROM x INTO account ALIAS y", "INTO account"),
        ("SELECT a FROM x INTO user BY shoe ALIAS y", "BY shoe"),
        ("SELECT a FROM x WHERE ALIAS y", "condition"),
        ("SELECT a AS visitct_ FROM x HAVING y", "INTO, BY, WHERE"),
        ("SELECT a AS score_quantity FROM x ALIAS y", "worked out"),
        ("SELECT a AS `b c` FROM x ALIAS y", "b c"),
        ("SELECT a [ FROM x", ""),
    ],
)
def test_3_3_what_is_no_mapping_is_said(client: TestClient, text: str, part: str) -> None:
    assert part in validated(client, text, 422)


def test_3_3_however_many_conditions_are_joined_there_is_an_answer(client: TestClient) -> None:
    long = " AND ".join(["a = 1"] * 3_000)
    assert validated(client, f"SELECT a FROM x WHERE {long} ALIAS y", 200)
    turns = " AND a = 1 OR ".join(["a = 1"] * 1_000)
    assert "take turns" in validated(client, f"SELECT a FROM x WHERE {turns} ALIAS y", 422)


def test_3_3_a_mapping_is_validated_for_the_api_alone(client: TestClient) -> None:
    foreign = {"origin": "https://evil.test", "sec-fetch-site": "cross-site"}
    assert client.post("/api/query/_validate", content=ORDERS, headers=foreign).status_code == 403
    assert "over the limit" in validated(client, "x" * 100_001, 413)
