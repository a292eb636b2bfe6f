"""Short names for what a bundle declares outermost."""

import re

import pytest

from understudy.server.bundling.bundle import STATIC, link
from understudy.server.bundling.minified import statements_of
from understudy.server.bundling.modules import ModuleError, load_module
from understudy.server.bundling.scopes import Scopes
from understudy.server.bundling.short_names import candidates, shortened
from understudy.server.bundling.statements import joined
from understudy.server.bundling.syntax import tree_of

RESERVED_WORDS = re.findall(
    r"\w+",
    "await break case catch class const continue debugger default delete do else enum export extends false finally for"
    " function if implements import in instanceof interface let new null package private protected public return static"
    " super switch this throw true try typeof var void while with yield arguments eval as async from get of set",
)


def test_variables_are_renamed_and_properties_and_texts_are_not() -> None:
    source = (
        "let find=1;function show(widget,{find:own,other=show}={}){let text='find show';"
        "return{show,find:widget.find,['show']:find`show ${find}`,other,text,own}}"
        "class Trace{show=show;#show(){return this.#show}}"
    )
    assert shortened(source) == (
        "let i=1;function o(e,{find:t,other:n=o}={}){let s=`find show`;"
        "return{show:o,find:e.find,[`show`]:i`show ${i}`,other:n,text:s,own:t}}"
        "class e{show=o;#show(){return this.#show}}"
    )


def test_what_is_declared_outermost_is_the_shorter_the_more_it_is_used() -> None:
    assert shortened("let seldom=1,often=2;a(seldom,often,often)") == "let t=1,e=2;a(t,e,e)"


@pytest.mark.parametrize(
    ("source", "short"),
    [
        ("let long=1,f=x=>x+long;g(f,f)", "let t=1,e=e=>e+t;g(e,e)"),
        ("let long=1;{let a;{let b;long+a}}", "let n=1;{let e;{let t;n+e}}"),
        ("let long=1;for(let a of b)long+a", "let t=1;for(let e of b)t+e"),
        ("try{}catch({e:message}){g(()=>message)}", "try{}catch({e:e}){g(()=>e)}"),
        ("g(({a:b=long,...rest})=>b+rest);let long=1", "g(({a:e=n,...t})=>e+t);let n=1"),
        ("g(function run(){run},class Thing{a=Thing})", "g(function e(){e},class e{a=e})"),
        ("g(()=>{{var a=1}a})", "g(()=>{{var e=1}e})"),
        ("g(a=>{let b=1})", "g(e=>{let t=1})"),
        ("g(function(a){for(let b of c){let d}})", "g(function(e){for(let e of c){let e}})"),
        ("try{}catch(a){let b}", "try{}catch(e){let t}"),
        ("g((a,b)=>e(a,c=>b+c))", "g((t,n)=>e(t,e=>n+e))"),
    ],
)
def test_a_name_is_not_one_that_means_something_else_at_one_of_its_places(source: str, short: str) -> None:
    assert shortened(source) == short


def test_a_local_that_hides_an_outermost_name_is_another_variable() -> None:
    assert shortened("let open=1;g(({open})=>open,open)") == "let e=1;g(({open:e})=>e,e)"


def test_a_global_keeps_its_name_and_nothing_else_gets_it() -> None:
    assert shortened("let a=e();g(a,()=>t)") == "let n=e();g(n,()=>t)"


def test_an_assignment_to_a_pattern_renames_what_it_sets() -> None:
    assert shortened("let one,two;({one,b:two}=g)") == "let e,t;({one:e,b:t}=g)"
    assert shortened("g(a=>{let b;({b}=a);return b})") == "g(e=>{let t;({b:t}=e);return t})"


def test_texts_become_templates_where_they_may() -> None:
    source = """g('a',{"b":"c",d:'e\\n'},"`",'${f}');"h";class i{'j'="k"}"""
    assert shortened(source) == """g(`a`,{"b":`c`,d:'e\\n'},"`",'${f}');"h";class e{'j'=`k`}"""


def test_candidates_are_unique_and_none_is_reserved() -> None:
    names = [name for name, _ in zip(candidates(), range(20_000), strict=False)]
    assert len(set(names)) == len(names)
    assert set(names).isdisjoint(RESERVED_WORDS)
    assert [len(name) for name in names] == sorted(len(name) for name in names)


def test_what_is_not_javascript_is_refused() -> None:
    with pytest.raises(ModuleError, match="bundle: not JavaScript"):
        shortened("let a = ;;)")


@pytest.mark.parametrize("entry", ["sdk/pathfora.js", "tag/core.js", "debugger/start.js"])
def test_in_a_whole_bundle_every_variable_means_what_it_meant(entry: str) -> None:
    modules = link(load_module(STATIC / entry))
    source = joined(each for module in modules for each in statements_of(module, STATIC / "dist"))
    before, after = (Scopes(tree_of(text.encode(), "")) for text in (source, shortened(source)))
    uses, renamed = (sorted(scopes.uses, key=lambda use: use.node.start_byte) for scopes in (before, after))
    assert len(uses) == len(renamed)
    became: dict[tuple[object, str], tuple[object, str]] = {}
    for old, new in zip(uses, renamed, strict=True):
        was, is_now = (old.scope.owner(old.name), old.name), (new.scope.owner(new.name), new.name)
        if was[0] is None:
            assert is_now == was
        assert became.setdefault(was, is_now) == is_now
    assert len(set(became.values())) == len(became) > 100
