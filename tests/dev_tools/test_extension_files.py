"""`understudy extension`: the folder that it writes, and what the browser is asked for."""

import argparse
import json
import re
from pathlib import Path

import pytest

from understudy.dev_tools.cli import main
from understudy.dev_tools.extension import web_origin

COMMENTS = re.compile(r"/\*.*?\*/", re.DOTALL)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("somewhere") / "a folder" / "that is not there"
    assert main(["extension", "--out", str(folder)]) == 0
    return folder


def test_7_2_27_it_may_do_nothing_before_it_is_asked(written: Path) -> None:
    manifest = json.loads((written / "manifest.json").read_text())
    assert manifest["permissions"] == ["activeTab", "scripting", "sidePanel", "storage"]
    assert manifest["host_permissions"] == []
    assert manifest["optional_host_permissions"] == ["http://*/*", "https://*/*"]
    assert not {"content_scripts", "web_accessible_resources", "externally_connectable"} & manifest.keys()


def test_7_0_4_no_script_evaluates_text_and_the_page_s_own_knows_no_extension(written: Path) -> None:
    scripts = {path.name: COMMENTS.sub("", path.read_text()) for path in written.glob("*.js")}
    assert set(scripts) == {"page.js", "bridge.js", "worker.js", "panel.js", "devtools.js"}
    assert not [name for name, text in scripts.items() if re.search(r"(?<!\.)\beval\(|new Function|innerHTML", text)]
    assert "chrome." not in scripts["page.js"]
    assert {name for name, text in scripts.items() if "storage.local" in text} == {"panel.js", "worker.js"}


def test_2_0_its_button_is_grey_until_a_site_is_watched(written: Path) -> None:
    manifest = json.loads((written / "manifest.json").read_text())
    assert set(manifest["icons"]) == {"16", "32", "48", "128"}
    action = manifest["action"]
    assert action["default_icon"] == {"16": "icons/16-off.png", "32": "icons/32-off.png"}
    assert "does not watch this site" in action["default_title"]
    pictures = [*manifest["icons"].items(), *action["default_icon"].items()]
    for size, icon in pictures:
        picture = (written / icon).read_bytes()
        assert (picture[:4], int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])) == (
            b"\x89PNG",
            int(size),
            int(size),
        )
    assert len({(written / icon).read_bytes() for _, icon in pictures}) == len(pictures)


def test_every_page_that_it_names_is_there(written: Path) -> None:
    for page in written.glob("*.html"):
        for name in re.findall(r'(?:src|href)="([^"#:]+)', page.read_text()):
            assert (written / name).is_file(), name
    assert "http" not in re.sub(r"https://shop\.example\.com/", "", (written / "help.html").read_text())


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = tmp_path / "manifest.json"
    own.write_text('{"name": "my site"}')
    assert main(["extension", "--out", str(tmp_path)]) == 2
    assert own.read_text() == '{"name": "my site"}'
    said = capsys.readouterr().err
    assert str(tmp_path) in said
    assert "name an empty folder" in said
    assert [path.name for path in tmp_path.iterdir()] == ["manifest.json"]


@pytest.mark.parametrize("found", ["[1]", "{", ""])
def test_a_manifest_that_cannot_be_read_is_not_ours(tmp_path: Path, found: str) -> None:
    (tmp_path / "manifest.json").write_text(found)
    assert main(["extension", "--out", str(tmp_path)]) == 2


def test_an_extension_is_written_anew_over_an_earlier_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    assert main(["extension", "--out", str(folder)]) == 0
    assert main(["extension", "--out", str(folder), "--origin", "http://localhost:3000"]) == 0
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["host_permissions"] == ["http://localhost:3000/*"]
    assert str(folder.resolve()) in capsys.readouterr().out


def test_a_file_in_the_folder_s_place_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    taken = tmp_path / "taken"
    taken.write_text("")
    assert main(["extension", "--out", str(taken)]) == 2
    assert f"understudy: {taken}: File exists" in capsys.readouterr().err


def test_what_is_no_origin_is_refused() -> None:
    for wrong in ("shop.example.com", "https://shop.example.com/path", "ftp://shop.example.com"):
        with pytest.raises(argparse.ArgumentTypeError, match="is no origin"):
            web_origin(wrong)
