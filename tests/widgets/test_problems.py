from understudy.widgets.problems import Problem, closest, did_you_mean, one_of, section, shown, text


def test_text_has_place_message_and_hint() -> None:
    problem = Problem("widgets/offer.yaml", 7, 3, "headlin", "unknown key 'headlin'", "did you mean 'headline'?")
    assert str(problem) == "widgets/offer.yaml:7:3: unknown key 'headlin' — did you mean 'headline'?"


def test_text_without_place_or_hint() -> None:
    assert str(Problem("a.yaml", 0, 0, "", "cannot be read")) == "a.yaml: cannot be read"


def test_json_has_all_parts() -> None:
    assert Problem("a", 1, 2, "v", "m", "h").as_json() == {
        "path": "a",
        "line": 1,
        "column": 2,
        "value": "v",
        "message": "m",
        "hint": "h",
    }


def test_problems_sort_by_file_then_line() -> None:
    last, first = Problem("b", 1, 1, "", "x"), Problem("a", 9, 1, "", "x")
    assert sorted([last, first, Problem("a", 10, 1, "", "x")])[0] is first


def test_shown_values_are_short() -> None:
    assert shown("x" * 100).endswith("…")
    assert len(shown("x" * 100)) == 60
    assert [shown(value) for value in ({}, [], True, 1.5)] == ["a mapping", "a list", "true", "1.5"]


def test_one_of_reads_like_a_sentence() -> None:
    assert one_of(["a"]) == "a"
    assert one_of(["a", "b", "c"]) == "a, b or c"


def test_section_is_empty_where_there_is_none() -> None:
    data = {"a": {"b": {"c": 1}}, "x": 5}
    assert section(data, "a", "b") == {"c": 1}
    assert section(data, "x") == section(data, "a", "z", "y") == {}


def test_text_has_a_default() -> None:
    assert text({"a": "x"}, "a", "d") == "x"
    assert text({"a": 5}, "a", "d") == text({}, "a", "d") == "d"


def test_closest_ignores_case_and_separators() -> None:
    assert closest("Show_Delay", ["showDelay", "hideAfter"]) == "showDelay"
    assert closest("headlin", ["headline", "msg"]) == "headline"
    assert closest("zebra", ["headline"]) == ""


def test_hint_lists_the_names_when_none_is_near() -> None:
    assert did_you_mean("headlin", ["headline"]) == "did you mean 'headline'?"
    assert did_you_mean("zebra", ["b", "a"]) == "known here: a, b"
    assert did_you_mean("zebra", []) == ""
