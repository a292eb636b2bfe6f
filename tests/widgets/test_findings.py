from understudy.widgets.findings import section, text


def test_section_is_empty_where_there_is_none() -> None:
    data = {"a": {"b": {"c": 1}}, "x": 5}
    assert section(data, "a", "b") == {"c": 1}
    assert section(data, "x") == section(data, "a", "z", "y") == {}


def test_text_has_a_default() -> None:
    assert text({"a": "x"}, "a", "d") == "x"
    assert text({"a": 5}, "a", "d") == text({}, "a", "d") == "d"
