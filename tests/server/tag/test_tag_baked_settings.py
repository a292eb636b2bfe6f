"""An account's tag says once that the plugins in it are enabled (tag.md 2.4)."""

import pytest

from understudy.server.tag.script import tag_script


@pytest.mark.parametrize(
    ("config", "settings"),
    [
        ({"lx": {"disabled": False}, "spa": {"disabled": False}}, "{disabled:!1,version:`"),
        (
            {"google": {"dfp": {"audiencePush": {"disabled": False, "targeting": "t"}}}},
            "{google:{dfp:{audiencePush:{targeting:`t`}}},disabled:!1",
        ),
        ({"lx": {"disabled": True}}, "{lx:{disabled:!0},version:`"),
        ({"lio": {"disabled": False}, "poll": {"retries": 3}}, "{poll:{retries:3},version:`"),
        ({"audit": {"disabled": False}}, "{audit:{disabled:!1},version:`"),
        ({"pathfora": {"install": {"disabled": False}}}, "{pathfora:{install:{disabled:!1}},version:`"),
        ({"pageAnalysis": {"disabled": False}}, "{pageAnalysis:{disabled:!1},version:`"),
        (
            {"cookies": {"dataLayerPull": {"disabled": False, "customCookieKeys": ["a"]}}},
            "{cookies:{dataLayerPull:{customCookieKeys:[`a`]}},version:`",
        ),
    ],
)
def test_2_4_switches_that_the_plugins_in_the_tag_answer_are_left_out(config: dict[str, object], settings: str) -> None:
    given = repr(config)
    assert f"],{settings}" in tag_script(config, minified=True)
    assert repr(config) == given
