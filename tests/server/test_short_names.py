"""Short names for what a bundle declares outermost."""

import re

import pytest

from understudy.server.bundle import STATIC, link
from understudy.server.minified import statements_of
from understudy.server.modules import ModuleError, load_module
from understudy.server.scopes import Scopes
from understudy.server.short_names import candidates, shortened
from understudy.server.statements import joined
from understudy.server.syntax import tree_of

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
        "let t=1;function e(widget,{find:own,other=e}={}){let text='find show';"
        "return{show:e,find:widget.find,['show']:t`show ${t}`,other,text,own}}"
        "class n{show=e;#show(){return this.#show}}"
    )


def test_the_most_used_is_the_shortest() -> None:
    assert shortened("let seldom=1,often=2;a(seldom,often,often)") == "let t=1,e=2;a(t,e,e)"


@pytest.mark.parametrize(
    ("source", "short"),
    [
        ("let long=1,f=e=>e+long;g(f,f)", "let t=1,e=e=>e+t;g(e,e)"),
        ("let long=1;{let e;{let t;long}}", "let n=1;{let e;{let t;n}}"),
        ("let long=1;for(let e of a)long", "let t=1;for(let e of a)t"),
        ("let long=1;try{}catch({e}){long}", "let t=1;try{}catch({e}){t}"),
        ("let long=1;g(({e:t=long,...n})=>e)", "let s=1;g(({e:t=s,...n})=>e)"),
        ("let long=1;g(function e(){long},class t{a=long})", "let n=1;g(function e(){n},class t{a=n})"),
        ("let long=1;g(()=>{{var e}long})", "let t=1;g(()=>{{var e}t})"),
    ],
)
def test_a_name_is_not_one_that_a_scope_around_a_use_declares(source: str, short: str) -> None:
    assert shortened(source) == short


def test_a_local_that_hides_an_outermost_name_is_another_variable() -> None:
    assert shortened("let open=1;g(({open})=>open,open)") == "let e=1;g(({open})=>open,e)"


def test_a_global_keeps_its_name_and_nothing_else_gets_it() -> None:
    assert shortened("let a=e();g(a,()=>t)") == "let n=e();g(n,()=>t)"


def test_an_assignment_to_a_pattern_renames_what_it_sets() -> None:
    assert shortened("let one,two;({one,b:two}=g)") == "let e,t;({one:e,b:t}=g)"


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
    became: dict[str, str] = {}
    for old, new in zip(uses, renamed, strict=True):
        homes = old.scope.owner(old.name), new.scope.owner(new.name)
        if homes[0] is before.top:
            assert homes[1] is after.top
            assert became.setdefault(old.name, new.name) == new.name
        else:
            assert old.name == new.name
            assert (homes[0] is None) == (homes[1] is None)
    assert len(set(became.values())) == len(became) > 40
