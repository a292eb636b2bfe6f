from understudy.widgets.suggestions import closest, did_you_mean


def test_closest_ignores_case_and_separators() -> None:
    assert closest("Show_Delay", ["showDelay", "hideAfter"]) == "showDelay"
    assert closest("headlin", ["headline", "msg"]) == "headline"
    assert closest("zebra", ["headline"]) == ""


def test_hint_lists_the_names_when_none_is_near() -> None:
    assert did_you_mean("headlin", ["headline"]) == "did you mean 'headline'?"
    assert did_you_mean("zebra", ["b", "a"]) == "known here: a, b"
    assert did_you_mean("zebra", []) == ""
