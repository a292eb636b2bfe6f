import pytest

from understudy.server.compact import compact
from understudy.server.modules import ModuleError


def test_functions_become_arrow_functions_and_stand_apart() -> None:
    source = "const A = 1;\nfunction f(a, { b } = {}) {\n  return a + b;\n}\nasync function g() {}\nuse(f);\n"
    functions, rest, declares = compact(source, "m.js")
    assert functions == "f = (a, { b } = {}) => {\n  return a + b;\n},\ng = async () => {}"
    assert rest.split() == ["let", "A", "=", "1;", "use(f);"]
    assert not declares


@pytest.mark.parametrize(
    "function",
    [
        "function f() { return this; }",
        "function f() { return () => this.a; }",
        "function f() { return arguments.length; }",
        "function f() { return new.target; }",
        "function* f() {}",
        "async function* f() {}",
    ],
)
def test_what_an_arrow_function_cannot_do_stays(function: str) -> None:
    assert compact(function, "m.js") == ("", function, False)


@pytest.mark.parametrize(
    "body",
    [
        "return function () { return this.a + arguments[0]; };",
        "return { m() { return this; } };",
        "return class { a = this; };",
    ],
)
def test_a_function_inside_has_a_this_for_itself(body: str) -> None:
    assert compact(f"function f() {{ {body} }}", "m.js").functions == f"f = () => {{ {body} }}"


def test_the_word_const_in_a_text_stays() -> None:
    assert (
        compact('for (const a of b) { const c = "const d"; }', "m.js").rest == 'for (let a of b) { let c = "const d"; }'
    )


def test_what_is_not_javascript_is_refused_with_its_file() -> None:
    with pytest.raises(ModuleError, match=r"m\.js: not JavaScript"):
        compact("const a = ;;)\n", "m.js")
