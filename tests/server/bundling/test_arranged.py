"""Functions of a bundle in an order in which they compress."""

import zlib

from understudy.server.bundling.arranged import arranged

ALIKE = "{name}=e=>{{let t=document.querySelector(`#{name}`);return t&&t.getAttribute(`data-value`)}}"
OTHER = "{name}=(e,t)=>e.reduce((n,s)=>n+s*{number},t)"


def test_functions_that_resemble_each_other_stand_together() -> None:
    functions = [ALIKE.format(name="a"), OTHER.format(name="b", number=7), ALIKE.format(name="c")]
    found = arranged(f"let {','.join(functions)};a(b)")
    assert found == f"let {functions[0]},{functions[2]},{functions[1]};a(b)"


def test_what_comes_after_the_functions_keeps_its_place() -> None:
    rest = "x=a(),d=e=>x+e,y=[b];class C{}y.push(d)"
    found = arranged(f"let a=()=>1,b=(e,t)=>e(t),c=()=>2,{rest}")
    assert found == f"let a=()=>1,c=()=>2,b=(e,t)=>e(t),{rest}"


def test_a_script_that_begins_otherwise_stays_as_it_is() -> None:
    for source in ("", "a()", "const a=()=>1;a()", "let x=1,a=()=>x,b=(e)=>e", "class A{}let b=()=>1"):
        assert arranged(source) == source


def test_the_new_order_loses_nothing_and_compresses_better() -> None:
    functions = [
        (ALIKE if number % 2 else OTHER).format(name=f"f{number}", number=number * 7919 % 1000) for number in range(40)
    ]
    source = f"let {','.join(functions)};f0()"
    found = arranged(source)
    assert arranged(source) == found
    assert sorted(found) == sorted(source)
    assert len(zlib.compress(found.encode(), 9)) < len(zlib.compress(source.encode(), 9))
