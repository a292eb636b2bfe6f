"""Experience files as a whole: every property is taken, and everything wrong is said, with its place."""

from pathlib import Path

import pytest

from understudy.widgets.callbacks import Folder
from understudy.widgets.experience import Experience, read_experience

EVERYTHING = """
id: vip
label: VIP
status: paused
dates: {start: 2026-01-01T00:00:00Z, end: 2026-12-31}
audience: high_value
exclude: [employees]
widget:
  type: message
  id: vip
  layout: slideout
  position: top-left
  positionSelector: "#offers"
  origin: bottom
  variant: 2
  headline: <b>Hello</b>
  msg: A message
  footerText: Small print
  image: /a.png
  okShow: true
  okMessage: Yes
  cancelShow: false
  cancelMessage: No
  theme: custom
  themes: {brand: {text: "#fff"}}
  colors: {background: "#333", actionBackground: white, requiredText: rgb(0 0 0)}
  className: pathfora mine
  branding: false
  responsive: false
  displayConditions:
    showOnInit: true
    showDelay: 1.5
    hideAfter: 10
    date: {start_at: 2026-01-01}
    pageVisits: 3
    impressions: {session: 2, total: 5, buffer: 60, widget: {session: 1}, global: {total: 3, duration: 3600}}
    hideAfterAction: {confirm: {hideCount: 1}, cancel: {duration: 60}, closed: {hideCount: 3, duration: 5}}
    urlContains: [/shop, {match: regex, value: "a/[^]+"}, {match: simple, value: a.example, exclude: true}]
    metaContains: [{property: "og:type", content: product}]
    manualTrigger: true
    displayWhenElementVisible: ""
    scrollPercentageToDisplay: 0
    showOnExitIntent: false
    showOnMissingFields: false
  confirmAction: {name: yes, close: false, callback: "() => 1"}
  cancelAction: {name: no}
  closeAction: {callback: "function () {}"}
  onInit: "() => 1"
  onLoad: "() => 1"
  onModalOpen: "() => 1"
  onModalClose: "() => 1"
  onClick: "() => 1"
  censorTrackingKeys: [email]
inverse: {type: message, layout: bar}
"""


def read(text: str, name: str = "widgets/offer.yaml") -> Experience:
    experience, problems = read_experience(text.encode(), name)
    assert [str(problem) for problem in problems] == []
    assert experience is not None
    return experience


def problems(text: str, name: str = "widgets/offer.yaml") -> list[str]:
    experience, found = read_experience(text.encode(), name)
    assert experience is None
    return [str(problem).removeprefix(f"{name}:") for problem in found]


def test_every_property_is_taken() -> None:
    experience = read(EVERYTHING)
    conditions = experience.widget.display_conditions
    assert (experience.status, experience.published, experience.exclude) == ("paused", False, ["employees"])
    assert conditions.impressions.global_.duration == 3600
    assert conditions.hide_after_action.closed.hide_count == 3
    assert experience.widget.confirm_action.close is False


def test_shortest_file_is_live_for_everyone_under_the_files_name() -> None:
    experience = read("widget: {type: message}")
    assert (experience.id, experience.label, experience.widget.id) == ("offer", "offer", "offer")
    assert (experience.published, experience.audience, experience.inverse) == (True, "*", None)
    assert (experience.file, experience.widget_ids) == ("widgets/offer.yaml", ("offer",))


def test_ids_come_from_the_experience_then_the_widget() -> None:
    assert read("id: a\nwidget: {type: message}").widget.id == "a"
    assert read("widget: {type: message, id: b}").id == "b"
    inverse = read("audience: x\nwidget: {type: message}\ninverse: {type: message}")
    assert inverse.widget_ids == ("offer", "offer-inverse")
    assert read("audience: x\nwidget: {type: message}\ninverse: {type: message, id: i}").widget_ids == ("offer", "i")


def test_a_file_whose_name_is_no_id() -> None:
    (found,) = problems("widget: {type: message}", "widgets/my offer.yaml")
    assert found.startswith("1:1: the file's name gives the id 'my offer' — add `id:`")


def test_json_is_read_as_well() -> None:
    assert read('{"widget": {"type": "message", "msg": "hi"}}', "widgets/a.json").widget.msg == "hi"


def test_place_of_a_key() -> None:
    assert read("label: x\naudience: a\nwidget: {type: message}").place("audience").line == 2


def test_experiences_that_say_the_same_are_equal() -> None:
    assert read("widget: {type: message}") == read("# why\nwidget:\n  type: message\n")
    assert read("widget: {type: message}") != read("widget: {type: message, msg: x}")
    one, other = (read(f"widget: {{type: message, onInit: '() => {n}'}}") for n in (1, 2))
    assert one != other


def test_callback_files_are_known(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text("() => 1")
    text = "widget: {type: message, onInit: a.js, confirmAction: {callback: '() => 2'}}"
    experience, _ = read_experience(text.encode(), "widgets/x.yaml", Folder(tmp_path, tmp_path))
    assert experience is not None
    assert experience.callback_files == {(tmp_path / "a.js").resolve()}


@pytest.mark.parametrize(
    "condition",
    [
        "showOnExitIntent: true",
        "displayWhenElementVisible: '#a'",
        "scrollPercentageToDisplay: 50",
        "showOnMissingFields: true",
    ],
)
def test_conditions_of_the_page_are_taken(condition: str) -> None:
    assert read(f"widget: {{type: message, displayConditions: {{{condition}}}}}")


def test_properties_of_other_types_say_so() -> None:
    (found,) = problems("widget: {type: message, formElements: []}")
    assert found == (
        "1:25: 'formElements' means nothing to a message; it belongs to a form or sitegate "
        "— remove it, or change the type"
    )
    (found,) = problems("widget: {type: message, confirmAction: {waitForAsyncResponse: true}}")
    assert "a message has no form that could wait for an answer" in found


def test_recommendations() -> None:
    head = "widget: {type: message, recommend: {collection: a, rank: popular, display: {author: true}}, content: "
    assert read(head + "[{title: a, url: /a, default: true}]}").widget.content[0].url == "/a"
    (found,) = problems(head + "[{title: a, url: 'javascript:1', default: true}]}")
    assert "a URL that runs a script" in found
    (found,) = problems("widget: {type: message, recommend: {colection: a}}")
    assert "did you mean 'collection'?" in found


BAD = {
    "type: messge": "'widget.type': 'messge' is not a widget type — did you mean 'message'?",
    "type: message, layout: modl": "'widget.layout' must be modal, slideout, bar, button, inline or gate, not 'modl' "
    "— did you mean 'modal'?",
    "type: message, headlin: x": "unknown key 'headlin' in 'widget' — did you mean 'headline'?",
    "type: message, impressions: {}": "unknown key 'impressions' in 'widget' "
    "— it belongs in 'widget.displayConditions'",
    "type: message, variant: 4": "'widget.variant' must be 1, 2 or 3, not 4",
    "type: message, variant: true": "'widget.variant': must be 1, 2 or 3, not true",
    "type: message, image: 'javascript:alert(1)'": "'widget.image': a URL that runs a script, in "
    "'javascript:alert(1)' — give the address of an image",
    "type: message, className: a.b": "'widget.className': a character that no class name has, in 'a.b' "
    "— write class names, separated by spaces",
    "type: message, colors: {text: '#ff'}": "'widget.colors.text': not a CSS colour, in '#ff' "
    "— write it as '#8a1c3b' (with quotes), 'white' or 'rgb(0 0 0 / 50%)'",
    "type: message, displayConditions: {urlContains: [{match: regex, value: 'a('}]}": "'widget.displayConditions."
    "urlContains[0].value': a '(' that is never closed, in 'a(' — write a JavaScript regular expression, "
    "without slashes around it",
    "type: message, displayConditions: {urlContains: [{value: a}]}": "'widget.displayConditions.urlContains[0].match' "
    "is missing — add it",
    "type: message, displayConditions: {urlContains: [{match: contains, value: a}]}": "'widget.displayConditions."
    "urlContains[0].match' must be simple, exact, regex, string or substring, not 'contains'",
    "type: message, displayConditions: {impressions: {session: -1}}": "'widget.displayConditions.impressions.session' "
    "must be 0 or more, not -1",
    "type: message, displayConditions: {date: {start_at: soon}}": "'widget.displayConditions.date.start_at': "
    "not a date, in 'soon' — write it as 2026-12-31 or 2026-12-31T23:59:59Z",
    "type: message, positionSelector: 'a >'": "'widget.positionSelector': '>' does not belong there, in 'a >' "
    "— write a CSS selector such as '#offers .first'",
}


@pytest.mark.parametrize("widget", BAD)
def test_bad_widgets(widget: str) -> None:
    (found,) = problems(f"widget: {{{widget}}}")
    assert found.split(": ", 1)[1] == BAD[widget]


def test_all_problems_of_a_file_at_once() -> None:
    text = """\
labl: x
status: live
widget:
  type: popup
  layout: inline
  okShow: yes
  headline:
  confirmAction:
    callback: |
      function () {
        oops(;
      }
dates: {start: 2026-02-01, end: 2026-01-01}
variants: []
"""
    places = [found.split(": ")[0] for found in problems(text)]
    assert places == ["1:1", "2:9", "4:9", "5:11", "6:11", "7:3", "11:14", "13:33", "14:1"]
