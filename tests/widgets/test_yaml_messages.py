from ruamel.yaml.error import MarkedYAMLError, StringMark

from understudy.widgets.yaml_messages import explain


def test_unknown_complaints_keep_the_parsers_words() -> None:
    error = MarkedYAMLError(problem="something new", problem_mark=StringMark("a", 0, 4, 2, "", 0))
    assert explain(error) == ("not valid YAML: something new", "", 5, 3)


def test_complaint_without_a_place_is_at_the_top() -> None:
    assert explain(MarkedYAMLError(context="odd"))[2:] == (1, 1)


def test_open_bracket_points_at_where_it_opens() -> None:
    opened, end = StringMark("a", 0, 1, 2, "", 0), StringMark("a", 0, 8, 0, "", 0)
    error = MarkedYAMLError("while parsing a flow sequence", opened, "expected ',' or ']', but got x", end)
    assert explain(error)[2:] == (2, 3)
