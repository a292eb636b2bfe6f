"""Each intended difference from the vendor's SDK is said in full, and its test exists."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
DIFFERENCES = tomllib.loads((ROOT / "tests/contract/sdk_differences.toml").read_text("utf-8"))["difference"]


@pytest.mark.parametrize(
    "difference", DIFFERENCES, ids=lambda one: f"{one['section']} {one['test'].rpartition('::')[2]}"
)
def test_11_a_difference_is_pinned(difference: dict[str, str]) -> None:
    assert set(difference) == {"section", "vendor", "ours", "test"}
    assert all(text.strip() for text in difference.values())
    assert re.fullmatch(r"\d+(\.\d+)*(, \d+(\.\d+)*)*", difference["section"])
    path, _, name = difference["test"].partition("::")
    source = (ROOT / path).read_text("utf-8")
    assert re.search(rf"^def {re.escape(name)}\(", source, re.MULTILINE), f"{path} has no {name}"


def test_no_difference_is_listed_twice() -> None:
    said = [difference["vendor"] for difference in DIFFERENCES]
    assert len(set(said)) == len(said)
