import json

from understudy.widgets.candidates import candidate, render_candidates, widget_config
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
    both = candidate(experience(f"audience: x\n{dates}widget: {{type: message}}\ninverse: {{type: message}}"))
    for widget in (both["widget"], both["inverse"]):
        assert widget["displayConditions"] == {"date": {"start_at": "2026-01-01", "end_at": "2026-02-01"}}
    own = "widget: {type: message, displayConditions: {showDelay: 1, date: {end_at: 2027-01-01}}}"
    assert candidate(experience(dates + own))["widget"]["displayConditions"] == {
        "date": {"end_at": "2027-01-01"},
        "showDelay": 1,
    }
