from understudy.server.bundling.statements import Statement, joined, needed


def function(name: str, *uses: str) -> Statement:
    return Statement(f"{name}=()=>{'+'.join(uses) or 1}", "function", (name,), uses, pure=True)


def let(name: str, *uses: str, pure: bool = True) -> Statement:
    return Statement(f"{name}={'+'.join(uses) or 1}", "let", (name,), uses, pure)


def other(*uses: str) -> Statement:
    return Statement(f"run({','.join(uses)})", "other", (), uses, pure=False)


def test_what_nothing_uses_goes() -> None:
    kept = [let("b"), function("f", "b", "g"), function("g", "f"), let("i", "c", pure=False), let("c"), other("f")]
    gone = [function("h", "f", "k"), function("k", "h"), let("d")]
    assert needed([*gone, *kept]) == kept
    assert needed([*kept[:3], *gone]) == []


def test_functions_come_first_and_declarations_are_joined() -> None:
    statements = [let("a"), other("a"), function("f", "a"), let("b"), let("c"), function("g")]
    assert joined(statements) == "let f=()=>a,g=()=>1,a=1;run(a);let b=1,c=1"
    assert joined([other(), other()]) == "run();run()"
    assert joined([]) == ""


def test_functions_stand_in_the_order_that_is_asked_for_and_new_ones_behind() -> None:
    statements = [let("a"), function("new"), function("f"), other("a"), function("g"), function("last")]
    assert joined(statements, ["g", "gone", "f"]) == "let g=()=>1,f=()=>1,new=()=>1,last=()=>1,a=1;run(a)"
