"""No build outgrows its budget (tests/budgets.toml)."""

import pytest
from support.budgets import budgets
from support.builds import BUILDS, PLAIN_MODAL, compressed

from understudy.server.bundling.bundle import STATIC
from understudy.server.sdk.account_build import needed_parts
from understudy.server.sdk.parts import read_parts

BUDGETS = budgets()


def test_each_build_has_a_budget() -> None:
    assert set(BUDGETS) == set(BUILDS)


@pytest.mark.parametrize("name", BUILDS)
def test_a_build_keeps_its_budget(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    budget, size = BUDGETS[name], compressed(BUILDS[name]())
    if size > budget.goal:
        with capsys.disabled():
            print(f"\n{name}: {size} bytes gzip, {size - budget.goal} over the goal of {budget.goal}")
    assert size <= budget.limit, (
        f"{name} is {size} bytes gzip, {size - budget.limit} more than the {budget.limit} of tests/budgets.toml; "
        "`tests/benchmarks/run.py modules` says where they are"
    )


@pytest.mark.parametrize("name", [name for name, budget in BUDGETS.items() if budget.now is not None])
def test_a_provisional_limit_is_above_its_goal(name: str) -> None:
    budget = BUDGETS[name]
    assert budget.limit > budget.goal, f"{name} has met its goal: remove `now` from tests/budgets.toml"


def test_the_one_modal_build_leaves_out_the_other_types_and_layouts() -> None:
    parts = needed_parts(read_parts(STATIC / "sdk" / "pathfora.js"), [PLAIN_MODAL])
    assert parts.lists["types"] == ("message",)
    assert parts.lists["layouts"] == ("modal",)


def test_the_two_tags_are_the_smallest_and_the_largest_there_are() -> None:
    smallest, largest = (BUILDS[name]() for name in ("tag-core", "tag-everything"))
    for name in ("pathfora.publish", "facebook.ads.audiencePush"):
        assert f"`{name}`" not in smallest
        assert f"`{name}`" in largest
