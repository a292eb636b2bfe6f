from understudy.widgets.problems import Problem, one_of, shown


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
