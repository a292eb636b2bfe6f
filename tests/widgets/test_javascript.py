import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from understudy.widgets.javascript import FunctionError, function_for_element, parse_function

GOOD = {
    "function (a) { return 1 }": "function (a) { return 1 }",
    "// before\nfunction () {}; // after": "function () {}",
    "async (a) => { await a }": "async (a) => { await a }",
    "a => a": "a => a",
    "function named() { é = '√' }": "function named() { é = '√' }",
}
BAD = {
    "": "not a function",
    "function* () {}": "not a function",
    "alert(1)": "not a function",
    "() => {}, 1": "not a function",
    "function () {}\n(1)": "not a function",
    "class A {}": "not a function",
    "() => 1; () => 2": "more than one function",
    "callback(event) { }": "a JavaScript syntax error",
    "function () { return }}": "a JavaScript syntax error",
    "function () { const = 1 }": "a JavaScript syntax error",
    "function () { return <b>x</b> }": "no browser runs this",
    "function () {\n--> x\n}": "no browser runs this",
}
PIECES = ["</script>", "<!--", "<SCRIPT", "\\", "x", " ", "é", "`", "$", "{", "}", "a<b", "-->"]


@pytest.mark.parametrize("text", GOOD)
def test_functions(text: str) -> None:
    assert parse_function(text) == GOOD[text]


@pytest.mark.parametrize("text", [text for text in BAD if text])
def test_other_texts(text: str) -> None:
    with pytest.raises(FunctionError, match=BAD[text]):
        parse_function(text)


def test_empty_text_is_no_function() -> None:
    with pytest.raises(FunctionError):
        parse_function("")


def test_error_has_line_and_column_in_the_text() -> None:
    with pytest.raises(FunctionError) as caught:
        parse_function("function () {\n  é = ;\n}")
    assert (caught.value.line, caught.value.column) == (2, 5)
    with pytest.raises(FunctionError) as caught:
        parse_function("alert(1)")
    assert (caught.value.line, caught.value.column) == (1, 1)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('() => "</script>"', '() => "\\x3c/script>"'),
        (r"() => '\</script>'", r"() => '\x3c/script>'"),
        (r"() => '\\</script>'", r"() => '\\\x3c/script>'"),
        ("() => `</ScRipt>${a <!--b}`", "() => `\\x3c/ScRipt>${a < !--b}`"),
        ("() => { /* </script> <!-- */ }", "() => { /*  /script>  !-- */ }"),
        (r"() => /<\/script><script/", r"() => /<\/script>\x3cscript/"),
        ("() => a </script>/.b", "() => a < /script>/.b"),
        ("() => a < b", "() => a < b"),
    ],
)
def test_text_for_a_script_element(before: str, after: str) -> None:
    assert function_for_element(before) == after
    assert parse_function(after)


@settings(deadline=None, derandomize=True)
@given(
    st.lists(st.sampled_from(PIECES)).map("".join), st.sampled_from(["() => '{}'", "() => {{ /*{}*/ }}", "() => {}"])
)
def test_no_function_can_leave_a_script_element(text: str, frame: str) -> None:
    try:
        source = parse_function(frame.format(text))
    except FunctionError:
        return
    shown = function_for_element(source).lower()
    assert "</script" not in shown
    assert "<!--" not in shown
    assert "<script" not in shown
