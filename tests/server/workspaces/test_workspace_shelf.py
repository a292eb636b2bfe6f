from pathlib import Path

from understudy.server.workspaces.files import Files
from understudy.server.workspaces.shelf import Loaded, Reading, Shelf
from understudy.widgets.problems import Problem


def reader(raw: bytes, name: str) -> tuple[list[str] | None, list[Problem]]:
    text = raw.decode()
    return (None, [Problem(name, 1, 1, text, "broken")]) if text == "broken" else ([text], [])


def again(shelf: Shelf) -> Shelf:
    return Shelf(Files(shelf.root), Reading(shelf.files, shelf.made))


def test_unchanged_file_keeps_its_very_object(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one")
    first = Shelf(Files(tmp_path))
    value = first.read(tmp_path / "a.txt", reader)
    assert again(first).read(tmp_path / "a.txt", reader) is value
    assert again(first).read(tmp_path / "a.txt", reader, lambda _: False) is not value
    (tmp_path / "a.txt").write_text("two")
    assert again(first).read(tmp_path / "a.txt", reader) == ["two"]


def test_broken_file_keeps_its_last_good_value_until_it_is_mended(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("good")
    shelf = Shelf(Files(tmp_path))
    shelf.read(path, reader)
    path.write_text("broken")
    for _ in range(2):
        shelf = again(shelf)
        assert shelf.read(path, reader) == ["good"]
        assert [problem.message for problem in shelf.problems] == ["broken"]
    path.unlink()
    shelf = again(shelf)
    assert shelf.read(path, reader) == ["good"]
    assert "cannot be read" in shelf.problems[0].message
    path.write_text("good")
    shelf = again(shelf)
    assert shelf.read(path, reader) == ["good"]
    assert shelf.problems == []


def test_never_good_file_has_no_value(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("broken")
    shelf = Shelf(Files(tmp_path))
    assert shelf.read_all([tmp_path / "a.txt"], reader) == []
    assert shelf.files == {"a.txt": Loaded("", None)}


def test_listing_is_by_name_and_suffix(tmp_path: Path) -> None:
    folder = tmp_path / "widgets"
    folder.mkdir()
    for name in ("b.yaml", "a.YML", ".hidden.yaml", "#a.yaml", "~a.yaml", "c.yaml~", "d.txt"):
        (folder / name).touch()
    shelf = Shelf(Files(tmp_path))
    assert [path.name for path in shelf.listing("widgets", ".yaml", ".yml")] == ["a.YML", "b.yaml"]
    assert shelf.listing("nowhere", ".yaml") == []
    assert shelf.name(folder / "b.yaml") == "widgets/b.yaml"


def test_link_out_of_the_workspace_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "shop" / "pages").mkdir(parents=True)
    (tmp_path / "secret.html").touch()
    (tmp_path / "shop" / "pages" / "a.html").symlink_to(tmp_path / "secret.html")
    shelf = Shelf(Files(tmp_path / "shop"))
    assert shelf.listing("pages", ".html") == []
    assert str(shelf.problems[0]).startswith("pages/a.html: a link to outside of the workspace")


def test_link_to_itself_is_a_problem_and_no_more(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    loop = tmp_path / "pages" / "a.html"
    loop.symlink_to("a.html")
    shelf = Shelf(Files(tmp_path))
    assert shelf.listing("pages", ".html") == [loop]
    assert shelf.read(loop, reader) is None
    assert "symbolic links" in shelf.problems[0].message


def test_what_is_made_of_the_same_values_is_not_made_again(tmp_path: Path) -> None:
    def make(shelf: Shelf, value: object, beside: int = 1) -> object:
        return shelf.make(
            "sum", lambda problems: problems.append(Problem("a", 1, 1, "", "odd", "")) or [1], [value], beside
        )

    one, equal = [1], [1]
    first = Shelf(Files(tmp_path))
    made = make(first, one)
    second = again(first)
    assert make(second, one) is made
    assert [problem.message for problem in second.problems] == ["odd"], "what was found then is told again"
    assert make(again(second), equal) is not made, "values from elsewhere may stand elsewhere"
    assert make(again(second), one, 2) is not made
