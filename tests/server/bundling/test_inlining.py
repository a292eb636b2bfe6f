"""What a bundle uses once, at its place."""

import pytest

from understudy.server.bundling.inlining import inlined


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("let f=a=>a+1,x=f(2);g(x,x)", "let x=(a=>a+1)(2);g(x,x)"),
        ("let f=()=>1,h=()=>{f()};g(h,h)", "let h=()=>{(()=>1)()};g(h,h)"),
        ("let f=async()=>1;g(async()=>{await f()})", "g(async()=>{await(async()=>1)()})"),
        ("let f=()=>1;g([f],{a:f2});let f2=()=>2", "g([()=>1],{a:()=>2})"),
        ("let A='x',n=5;g(()=>A+n)", "g(()=>'x'+5)"),
        ("let a=()=>b(),b=()=>c(),c=()=>1;g(a)", "g(()=>(()=>(()=>1)())())"),
    ],
)
def test_what_is_used_once_goes_to_its_place(source: str, text: str) -> None:
    assert inlined(source) == text


@pytest.mark.parametrize(
    "source",
    [
        "let f=()=>1;g(f,f)",
        "let f=()=>f();g(1)",
        # Another function each time, which somebody may compare.
        "let f=()=>1;g(()=>{on(f)})",
        "let f=()=>1;g(()=>[f])",
        # Its own variables would be others there.
        "let f=()=>x,x=[];g(x=>f()+x);g(x)",
        # Shared state, something that runs, something that changes.
        "let o={};g(()=>o)",
        "let v=run();g(v)",
        "let n=5;g(()=>{n=6})",
        "let n=5;g(()=>{n++})",
        "let n=5;g(n.a)",
        "let f=()=>1;new f",
        "let f=()=>1;g({f})",
    ],
)
def test_what_would_change_its_meaning_stays(source: str) -> None:
    assert inlined(source) == source


def test_a_function_that_goes_into_another_is_not_hidden_where_that_one_goes() -> None:
    source = "let y=[],f=()=>y,h=()=>[f(),2];{let z=1;h()}g(y)"
    assert inlined(source) == "let y=[];{let z=1;(()=>[(()=>y)(),2])()};g(y)"


def test_it_stays_where_it_would_be_hidden_in_the_place_that_the_other_goes_to() -> None:
    source = "let y=[],f=()=>y,h=()=>f();{let y=1;h()}g(y)"
    assert inlined(source) == "let y=[],f=()=>y;{let y=1;(()=>f())()};g(y)"
