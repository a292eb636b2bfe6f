"""`understudy matrix`: what every persona sees, on a server that runs, compared with an earlier run."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from support.serving import Serving, copy_storefront


def main(*arguments: str) -> tuple[int, str, str]:
    """The command in a process of its own: this one has a browser's loop."""
    command = [sys.executable, "-m", "understudy.dev_tools", "matrix", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    with Serving(copy_storefront(tmp_path_factory.mktemp("matrix") / "shop")) as serving:
        yield serving


def test_7_2_15_every_persona_and_page_with_pictures_json_and_junit(serving: Serving, tmp_path: Path) -> None:
    out = tmp_path / "out"
    ask = [serving.url, "--persona", "nobody", "--persona", "high_value", "--out", str(out)]
    code, text, errors = main(*ask)
    assert (code, errors) == (0, "")
    assert "vip-offer" not in next(line for line in text.splitlines() if line.startswith("nobody on /"))
    assert "vip-offer" in next(line for line in text.splitlines() if line.startswith("high_value on /"))
    found = json.loads((out / "matrix.json").read_text("utf-8"))
    assert [cell["persona"] for cell in found["cells"]] == ["nobody", "high_value"]
    for cell in found["cells"]:
        assert (out / cell["picture"]).read_bytes().startswith(b"\x89PNG")
        assert cell["widgets"]["vip-offer"]["reason"]
    suite = ElementTree.fromstring((out / "junit.xml").read_text("utf-8"))
    assert (suite.get("tests"), suite.get("failures")) == ("2", "0")

    found["cells"][1]["widgets"]["vip-offer"]["state"] = "hidden"
    (tmp_path / "before.json").write_text(json.dumps(found), "utf-8")
    code, text, _ = main(*ask, "--baseline", str(tmp_path / "before.json"), "--json")
    assert code == 1
    assert json.loads(text)["changed"][0].startswith("high_value on /: vip-offer was hidden and is shown.")
    suite = ElementTree.fromstring((out / "junit.xml").read_text("utf-8"))
    assert suite.get("failures") == "1"


def test_7_2_15_what_cannot_be_looked_at_is_said(serving: Serving, tmp_path: Path) -> None:
    code, text, _ = main(serving.url, "--persona", "no_such")
    assert (code, "no_such on /" in text, "could not be put on" in text) == (1, True, True)
    code, _, errors = main("http://127.0.0.1:9/")
    assert (code, "Is it running there?" in errors) == (2, True)
    (tmp_path / "other.json").write_text("{}", "utf-8")
    code, _, errors = main(serving.url, "--baseline", str(tmp_path / "other.json"))
    assert (code, "is no matrix.json" in errors) == (2, True)
