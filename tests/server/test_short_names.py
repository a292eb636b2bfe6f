"""Short names, and that renaming with them is sound for every module there is."""

import re
from pathlib import Path

import pytest

from understudy.server.bundle import STATIC
from understudy.server.minified import load_room
from understudy.server.modules import Module, ModuleError, load_module, parse_module
from understudy.server.short_names import candidates, name_table, own_names, shorten
from understudy.server.syntax import tree_of

RESERVED_WORDS = re.findall(
    r"\w+",
    "await break case catch class const continue debugger default delete do else enum export extends false finally for"
    " function if implements import in instanceof interface let new null package private protected public return static"
    " super switch this throw true try typeof var void while with yield arguments eval",
)
VARIABLES = ("identifier", "shorthand_property_identifier", "shorthand_property_identifier_pattern")


def module(text: str, name: str = "m.js") -> Module:
    return parse_module(Path("/s/room") / name, text)


def leaves(text: str) -> list[tuple[str, str]]:
    found, waiting = [], [tree_of(text.encode(), "")]
    while waiting:
        node = waiting.pop()
        waiting.extend(reversed(node.children))
        if not node.children and node.type != "comment":
            found.append((node.type, (node.text or b"").decode()))
    return found


def test_variables_are_renamed_and_properties_and_texts_are_not() -> None:
    source = module(
        'import { find } from "./b.js";\n'
        "export function show(widget, { find: own, other = show } = {}) {\n"
        '  const text = "find show";\n'
        "  return { show, find: widget.find, ['show']: find`show ${find}`, other, text, own };\n"
        "}\n"
        "export class Trace { show = show; #show() { return this.#show; } }\n"
    )
    assert shorten(source, {"find": "e", "show": "t", "Trace": "n"}) == (
        "function t(widget, { find: own, other = t } = {}) {\n"
        '  const text = "find show";\n'
        "  return { show:t, find: widget.find, ['show']: e`show ${e}`, other, text, own };\n"
        "}\n"
        "class n { show = t; #show() { return this.#show; } }\n"
    )


def test_a_local_that_hides_a_top_level_name_goes_on_hiding_it() -> None:
    source = module("export const open = 1;\nexport const f = ({ open }, g = () => open) => { let open = 2; g(); };\n")
    assert shorten(source, {"open": "e", "f": "t"}) == (
        "const e = 1;\nconst t = ({ open:e }, g = () => e) => { let e = 2; g(); };\n"
    )


def test_a_global_is_left_alone_where_another_module_has_its_name() -> None:
    assert shorten(module("export const a = find();\n"), {"a": "e", "find": "t"}) == "const e = find();\n"


def test_the_most_used_name_is_the_shortest_and_no_name_of_any_module_is_taken() -> None:
    first = module("export const seldom = (e, t) => e + t;\nexport const often = 1;\n", "a.js")
    second = module('import { often } from "./a.js";\nexport const last = n ? often : often;\n', "b.js")
    assert name_table([first, second]) == {"often": "s", "last": "o", "seldom": "i"}
    assert name_table([second, first]) == name_table([first, second])


def test_candidates_are_unique_and_none_is_reserved() -> None:
    names = [name for name, _ in zip(candidates(), range(20_000), strict=False)]
    assert len(set(names)) == len(names)
    assert set(names).isdisjoint(RESERVED_WORDS)
    assert [len(name) for name in names] == sorted(len(name) for name in names)


def test_a_generated_module_may_not_use_a_name_that_was_given_away() -> None:
    with pytest.raises(ModuleError, match=r"\(entry\)\.js: 'e' is the short name of another variable"):
        shorten(module('import { a } from "./a.js";\na((e) => e);\n', "(entry).js"), {"a": "e"})


def test_what_is_not_javascript_is_refused_with_its_file() -> None:
    with pytest.raises(ModuleError, match=r"m\.js: not JavaScript"):
        name_table([module("export const a = ;;)\n")])


@pytest.mark.parametrize("name", ["sdk", "tag", "debugger"])
def test_in_every_module_one_name_becomes_one_name_and_nothing_else_changes(name: str) -> None:
    table = load_room(STATIC, name).names
    used: set[str] = set()
    for path in (STATIC / name).rglob("*.js"):
        each = load_module(path)
        expanded = [
            leaf
            for kind, text in leaves(each.body)
            for leaf in (
                [("property_identifier", text), (":", ":"), ("identifier", text)]
                if kind in VARIABLES[1:] and text in own_names(each)
                else [(kind, text)]
            )
        ]
        after = leaves(shorten(each, table))
        assert len(expanded) == len(after), path
        became: dict[str, str] = {}
        for (kind, old), (_, new) in zip(expanded, after, strict=True):
            if kind in VARIABLES:
                assert became.setdefault(old, new) == new, path
            else:
                assert old == new, path
        assert len(set(became.values())) == len(became), path
        used.update(old for old, new in became.items() if old == new)
    assert used.isdisjoint(table.values())
