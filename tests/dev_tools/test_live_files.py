"""The files of a workspace, compared by content."""

import os
from pathlib import Path

import pytest

from understudy.dev_tools.live_files import File, compare, folders, is_passing, read_files


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in {
        "understudy.toml": "account = 'shop'",
        "widgets/a.yaml": "a",
        "styles/brand.css": "p {}",
        "styles/deep/more.css": "q {}",
        "pages/index.html": "<p>",
        "tests/test_mine.py": "not ours",
        "notes.txt": "not ours",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def test_the_rooms_and_the_settings_are_read_and_nothing_else(root: Path) -> None:
    names = {"pages/index.html", "styles/brand.css", "styles/deep/more.css", "understudy.toml", "widgets/a.yaml"}
    assert set(read_files(root)) == names


@pytest.mark.parametrize(
    "name",
    [
        ".hidden",
        ".a.yaml.swp",
        "a.yaml~",
        "#a.yaml#",
        ".#a.yaml",
        "4913",
        "a.yaml___jb_tmp___",
        "a.swx",
        "x.tmp",
        "node_modules",
    ],
)
def test_what_editors_leave_beside_a_file_is_passed_over(root: Path, name: str) -> None:
    before = read_files(root)
    (root / "widgets" / name).write_text("noise")
    assert is_passing(name)
    assert read_files(root) == before


@pytest.mark.parametrize("name", ["a.yaml", "brand.css", "index.html", "4913.html", "a#b.css", "temp.yaml"])
def test_ordinary_names_are_not_passed_over(name: str) -> None:
    assert not is_passing(name)


def test_each_way_of_saving_is_the_same_difference(root: Path) -> None:
    path, before = root / "widgets/a.yaml", read_files(root)
    path.write_text("b")
    in_place = compare(before, read_files(root, before))
    path.write_text("a")
    spare = root / "widgets/.a.new"
    spare.write_text("b")
    spare.replace(path)
    renamed = compare(before, read_files(root, before))
    assert in_place == renamed
    assert renamed.written == ("widgets/a.yaml",)
    assert not renamed.added


def test_the_same_content_written_again_is_no_difference(root: Path) -> None:
    before = read_files(root)
    (root / "widgets/a.yaml").write_text("a")
    os.utime(root / "styles/brand.css", (1, 1))
    assert not compare(before, read_files(root, before))


def test_a_touched_file_is_read_although_its_stamp_is_the_same(root: Path) -> None:
    path, before = root / "widgets/a.yaml", read_files(root)
    stamp = before["widgets/a.yaml"].stamp
    lying = {**before, "widgets/a.yaml": File(stamp, "other content")}
    assert read_files(root, lying)["widgets/a.yaml"].digest == "other content"
    assert read_files(root, lying, {path}) == before


def test_new_and_deleted_files_and_folders(root: Path) -> None:
    before = read_files(root)
    (root / "personas").mkdir()
    (root / "personas/vip.yaml").write_text("label: VIP")
    (root / "styles/deep/more.css").unlink()
    (root / "styles/deep").rmdir()
    found = compare(before, read_files(root, before))
    assert found.written == ("personas/vip.yaml",)
    assert found.added == {"personas/vip.yaml"}
    assert found.removed == ("styles/deep/more.css",)


def test_the_folders_to_watch(root: Path) -> None:
    (root / "pages/node_modules").mkdir()
    assert folders(root) == [root, root / "pages", root / "styles", root / "styles/deep", root / "widgets"]
    assert folders(root / "nowhere") == []


def test_a_file_that_cannot_be_read_differs(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError("no")

    before = read_files(root)
    (root / "widgets/a.yaml").write_text("c")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert compare(before, read_files(root, before)).written == ("widgets/a.yaml",)
