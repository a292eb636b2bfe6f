"""What an account's own tag makes of its switches (tag.md 2.2, 2.4)."""

import json

from tag_page import TagPage

from understudy.server.tag.script import tag_script

ACCOUNT = {
    "cid": ["acct"],
    "spa": {"disabled": False},
    "amazon": {"dsp": {"disabled": True}},
    "google": {"dfp": {"audiencePush": {"disabled": False, "targeting": "mine"}}},
    "pathfora": {"publish": {"src": "/candidates.js"}},
}


def test_2_2_plugins_that_the_account_enables_are_on_unless_the_page_says_otherwise(tag: TagPage) -> None:
    for minified in (True, False):
        for page in ({}, {"spa": {"disabled": True}}):
            tag.open()
            tag.page.add_script_tag(content=tag_script(ACCOUNT, minified=minified))
            off = bool(page)
            tree = tag.run(f"jstag.init({json.dumps(page)}) && JSON.parse(JSON.stringify(jstag.config))")
            assert tree["spa"]["disabled"] is off
            assert ("[native code]" in tag.run("`${history.pushState}`")) is off
            assert tree["google"]["dfp"]["audiencePush"] == {"disabled": False, "targeting": "mine"}
            assert tree["amazon"]["dsp"] == {"disabled": True}
            assert tree["pathfora"]["publish"]["disabled"] is True
            assert tree["pathfora"]["install"]["disabled"] is True
    assert tag.errors == []
