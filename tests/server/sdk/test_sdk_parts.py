from pathlib import Path

import pytest

from understudy.server.bundling.bundle import STATIC, link
from understudy.server.bundling.modules import ModuleError, load_module, parse_module
from understudy.server.sdk.parts import read_parts

ENTRY = """import { installPathfora } from "./install.js";
import { bar, both } from "./layouts/bar.js";
import { message } from "../shared/message.js";

installPathfora({
  types: [message], // the one
  layouts: [
    bar,
    both,
  ],
  /* none yet */
  features: [],
});
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "pathfora.js"
    path.write_text(text)
    return path


def test_parts_are_read_from_the_entry(tmp_path: Path) -> None:
    parts = read_parts(written(tmp_path, ENTRY))
    assert parts.lists == {"types": ("message",), "layouts": ("bar", "both"), "features": ()}
    assert parts.homes["message"] == "../shared/message.js"
    assert parts.homes["both"] == "./layouts/bar.js"


def test_an_entry_with_fewer_imports_fewer(tmp_path: Path) -> None:
    parts = read_parts(written(tmp_path, ENTRY)).chosen(lambda key, name: key == "layouts" and name != "bar")
    assert parts.entry() == (
        'import { installPathfora } from "./install.js";\n'
        'import { both } from "./layouts/bar.js";\n'
        "installPathfora({types:[],layouts:[both],features:[]});\n"
    )


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("[message]", "all", "'types: all' is not a list of parts"),
        ("[message]", "[message()]", "is not a list of parts"),
        ("[message]", "[massage]", "massage in a list of parts is not imported"),
        ("installPathfora({", "install({", "no call"),
    ],
)
def test_an_entry_that_cannot_be_read_is_refused_with_its_file(
    tmp_path: Path, before: str, after: str, said: str
) -> None:
    with pytest.raises(ModuleError, match=r"pathfora\.js") as caught:
        read_parts(written(tmp_path, ENTRY.replace(before, after)))
    assert said in str(caught.value)


def test_an_entry_with_all_parts_makes_the_whole_sdk() -> None:
    path = STATIC / "sdk" / "pathfora.js"
    made = parse_module(path.with_name("(entry).js"), read_parts(path).entry())
    assert {module.path for module in link(made)} - {made.path} == {
        module.path for module in link(load_module(path))
    } - {path}
