import pytest

from understudy.server.bundling.compact import compact
from understudy.server.bundling.modules import ModuleError
from understudy.server.bundling.statements import Statement


def only(source: str, *top: str) -> Statement:
    (statement,) = compact(source, top, "m.js")
    return statement


def test_functions_become_arrow_functions_and_const_becomes_let() -> None:
    source = (
        "// why\nconst A = 1;\nfunction f(a, { b } = {}) {\n  return a + b + A;\n}\nasync function g() {}\nuse(f);\n"
    )
    assert compact(source, {"A", "f", "g"}, "m.js") == [
        Statement("A = 1", "let", ("A",), ("A",), pure=True),
        Statement("f = (a, { b } = {}) => {\n  return a + b + A;\n}", "function", ("f",), ("f", "A"), pure=True),
        Statement("g = async () => {}", "function", ("g",), ("g",), pure=True),
        Statement("use(f)", "other", (), ("f",), pure=False),
    ]


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
    assert only(function) == Statement(function, "other", ("f",), (), pure=True)


@pytest.mark.parametrize(
    "body",
    [
        "return function () { return this.a + arguments[0]; };",
        "return { m() { return this; } };",
        "return class { a = this; };",
    ],
)
def test_a_function_inside_has_a_this_for_itself(body: str) -> None:
    assert only(f"function f() {{ {body} }}").text == f"f = () => {{ {body} }}"


def test_the_word_const_in_a_text_stays() -> None:
    source = 'for (const a of b) { const c = "const d"; }'
    assert only(source).text == 'for (let a of b) { let c = "const d"; }'


@pytest.mark.parametrize(
    "value",
    [
        "-1 + 2",
        '["a", `b`, /c/g, null, undefined, true]',
        "{ a: 1, b: [f], c, ...d, e() { run(); }, g: () => run(), h: function () { run(); } }",
        "a ? (b && c) : !d",
        "new Map()",
        "new WeakSet",
    ],
)
def test_a_value_that_runs_nothing_may_go(value: str) -> None:
    assert only(f"const x = {value};").pure


@pytest.mark.parametrize(
    "value", ["f()", "[f()]", "new Map(f())", "new Thing()", "a.b", "`${a}`", "{ [f()]: 1 }", "a = 1", "(() => 1)()"]
)
def test_a_value_that_may_run_something_stays(value: str) -> None:
    assert not only(f"const x = {value};").pure


def test_a_class_may_go_unless_declaring_it_runs_something() -> None:
    assert only("class A { a = f(); m() {} }").names == ("A",)
    assert only("class A { a = f(); m() {} }").pure
    for source in ("class A extends f() {}", "class A { static a = f(); }", "class A { static { f(); } }"):
        assert not only(source).pure


def test_what_is_not_javascript_is_refused_with_its_file() -> None:
    with pytest.raises(ModuleError, match=r"m\.js: not JavaScript"):
        compact("const a = ;;)\n", (), "m.js")


@pytest.mark.parametrize(
    ("body", "arrows"),
    [
        ("g(); function g() { h(); }", "{let g = () => { h(); }; g();  }"),
        (
            "if (a) { function b() {} } async function c(d) { await d; }",
            "{let c = async (d) => { await d; }; if (a) {let b = () => {};  }  }",
        ),
        ("function b() { function c() {} }", "{let b = () => {let c = () => {};  };  }"),
        ("return { m() { function g() {} } };", "{ return { m() {let g = () => {};  } }; }"),
        ("function g() { return this; }", "{ function g() { return this; } }"),
        ("function* g() {}", "{ function* g() {} }"),
    ],
)
def test_functions_within_functions_become_arrow_functions_at_the_start_of_their_block(body: str, arrows: str) -> None:
    assert only(f"function f() {{ {body} }}").text == f"f = () => {arrows}"
