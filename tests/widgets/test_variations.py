"""Variations of an experience, and what they are laid over."""

from understudy.widgets.experience import Experience, read_experience
from understudy.widgets.problems import Problem
from understudy.widgets.variations import written


def read(text: str) -> tuple[Experience | None, list[Problem]]:
    return read_experience(text.encode(), "widgets/offer.yaml")


def test_2_7_a_variation_is_the_common_widget_with_its_own_keys_over_it() -> None:
    found, problems = read(
        "widget: {type: message, msg: hi, onLoad: 'a => a', displayConditions: {showDelay: 3}}\n"
        "variations:\n"
        "  - widget: {headline: One}\n"
        "  - {id: second, label: Two, weight: 3, widget: {layout: slideout, displayConditions: {hideAfter: 9}}}\n"
    )
    assert problems == []
    assert found is not None
    one, two = (written(variation.widget) for variation in found.variations)
    assert {**one, "onLoad": one["onLoad"].source} == {
        "type": "message",
        "id": "offer-a",
        "msg": "hi",
        "headline": "One",
        "onLoad": "a => a",
        "displayConditions": {"showDelay": 3},
    }
    assert two["layout"] == "slideout"
    assert two["displayConditions"] == {"showDelay": 3, "hideAfter": 9}
    assert [(one.label, one.weight) for one in found.variations] == [("A", 1), ("Two", 3)]
    assert found.shown_ids == ("offer-a", "second")
    assert found.widget_ids == ("offer", "offer-a", "second")


def test_2_7_faults_of_variations_are_told_at_their_place_and_the_common_ones_once() -> None:
    _, problems = read(
        "label: Offer\n"
        "widget: {type: message, position: nowhere}\n"
        "variations:\n"
        "  - {widget: {layot: bar}}\n"
        "  - {id: x, widget: {layout: bar, position: sideways}}\n"
        "  - {id: x, weight: 0, widget: {id: y}}\n"
    )
    assert [(problem.line, problem.message.partition(";")[0]) for problem in problems] == [
        (2, "'nowhere' is not a position of a modal"),
        (4, "unknown key 'layot' in 'variations[0].widget'"),
        (5, "'sideways' is not a position of a bar"),
        (6, "the id 'x' is taken"),
        (6, "'variations[2].weight' must be more than 0, not 0"),
        (6, "a variation's id stands beside its widget"),
    ]


def test_2_7_an_id_that_is_no_text_is_a_problem_like_any_other() -> None:
    for wrong in ("[]", "[x]", "{a: 1}"):
        _, (problem,) = read(f"widget: {{type: message}}\nvariations: [{{id: {wrong}}}, {{id: b}}]\n")
        assert problem.message.startswith("'variations[0].id' must be text")


def test_one_variation_alone_is_a_mistake_and_so_are_too_many() -> None:
    for count, wanted in ((1, "one variation alone"), (27, "27 variations are too many")):
        _, (problem,) = read(f"widget: {{type: message}}\nvariations: [{', '.join(['{}'] * count)}]\n")
        assert problem.message.startswith(wanted)
