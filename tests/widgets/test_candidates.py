import json

from understudy.widgets.candidates import by_priority, candidates_of, render_candidates, render_preview, widget_config
from understudy.widgets.experience import Dates, Experience, read_experience


def experience(text: str, name: str = "widgets/offer.yaml") -> Experience:
    found, problems = read_experience(text.encode(), name)
    assert problems == []
    assert found is not None
    return found


def test_script_is_one_assignment_with_real_functions() -> None:
    text = render_candidates(
        [experience("audience: vip\nwidget: {type: message, layout: bar, onInit: 'a => a'}")], ["/widgets/x.js"]
    )
    assert text == (
        "window._pfacfg = {\n"
        "  experiences: [\n"
        "    {\n"
        '      "id": "offer",\n'
        '      "type": "message",\n'
        '      "label": "offer",\n'
        '      "audience": "vip",\n'
        '      "exclude": [],\n'
        '      "widget": {\n'
        '        "type": "message",\n'
        '        "id": "offer",\n'
        '        "layout": "bar",\n'
        '        "onInit": a => a\n'
        "      },\n"
        '      "inverse": null\n'
        "    }\n"
        "  ],\n"
        '  scripts: ["/widgets/x.js"]\n'
        "};\n"
    )


def test_only_published_experiences_reach_a_browser() -> None:
    states = ["draft", "published", "paused", "archived"]
    text = render_candidates([experience(f"id: {s}\nstatus: {s}\nwidget: {{type: message}}") for s in states])
    assert [state for state in states if f'"id": "{state}"' in text] == ["published"]


def test_empty_workspace() -> None:
    assert render_candidates([]) == "window._pfacfg = {\n  experiences: [],\n  scripts: []\n};\n"


def test_texts_cannot_end_the_script() -> None:
    nasty = "</script><!-- & \u2028"
    text = render_candidates([experience(json.dumps({"widget": {"type": "message", "msg": nasty}}))], [nasty])
    assert "<" not in text
    assert "\u2028" not in text
    assert json.dumps(nasty, ensure_ascii=False)[1:10].replace("<", "\\u003c").replace(">", "\\u003e") in text


def test_defaults_are_left_to_the_sdk() -> None:
    assert widget_config(experience("widget: {type: message}").widget, Dates()) == {"type": "message", "id": "offer"}


def test_dates_become_the_date_condition_unless_there_is_one() -> None:
    dates = "dates: {start: 2026-01-01, end: 2026-02-01}\n"
    (both,) = candidates_of(experience(f"audience: x\n{dates}widget: {{type: message}}\ninverse: {{type: message}}"))
    for widget in (both["widget"], both["inverse"]):
        assert widget["displayConditions"] == {"date": {"start_at": "2026-01-01", "end_at": "2026-02-01"}}
    own = "widget: {type: message, displayConditions: {showDelay: 1, date: {end_at: 2027-01-01}}}"
    assert next(candidates_of(experience(dates + own)))["widget"]["displayConditions"] == {
        "date": {"end_at": "2027-01-01"},
        "showDelay": 1,
    }


TESTED = """
audience: vip
dates: {start: 2026-01-01}
widget: {type: message, msg: Hi, onLoad: 'a => a'}
inverse: {type: message}
variations:
  - widget: {headline: One}
  - {label: Second, weight: 3, widget: {layout: slideout}}
"""


def test_2_7_each_variation_is_an_entry_and_the_first_has_the_widget_for_the_others() -> None:
    one, two = candidates_of(experience(TESTED))
    assert [(each["id"], each["label"], each["experience"]) for each in (one, two)] == [
        ("offer-a", "offer, A", "offer"),
        ("offer-b", "offer, Second", "offer"),
    ]
    assert one["inverse"]["id"] == "offer-inverse"
    assert two["inverse"] is None
    assert two["widget"]["displayConditions"] == {"date": {"start_at": "2026-01-01"}}
    assert two["widget"]["layout"] == "slideout"


def test_2_7_the_script_draws_variations_only_where_there_are_any() -> None:
    text = render_candidates([experience(TESTED)])
    assert '"weights": [0.25, 0.75], "widgets": ["offer-a", "offer-b"]' in text
    assert "prepare" not in render_candidates([experience("widget: {type: message}")])


def test_2_7_a_previewed_variation_is_alone() -> None:
    alone = render_preview(experience(TESTED), "offer-b")
    assert "offer-b" in alone
    assert "offer-a" not in alone
    assert "inverse" in alone
    assert "prepare" not in alone
    assert "prepare" in render_preview(experience(TESTED), "offer")


def test_2_6_in_a_campaign_an_experience_is_aimed_at_those_who_have_not_converted() -> None:
    (entry,) = candidates_of(experience("audience: vip\nexclude: [staff]\ncampaign: spring\nwidget: {type: message}"))
    assert (entry["audience"], entry["exclude"]) == ("orc_experience_offer_target", [])


def test_priorities_come_first_and_in_order() -> None:
    every = [
        experience(f"id: e{n}\n{more}\nwidget: {{type: message}}")
        for n, more in enumerate(("", "priority: 2", "", "priority: 1"))
    ]
    assert [one.id for one in by_priority(every)] == ["e3", "e1", "e0", "e2"]
    text = render_candidates(every)
    assert text.index('"e3"') < text.index('"e1"') < text.index('"e0"')
