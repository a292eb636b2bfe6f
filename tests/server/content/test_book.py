"""A workspace's content as a whole: what is there twice, and what leads nowhere."""

from pathlib import Path

from content_support import book_of

from understudy.server.workspaces.workspace import load_workspace

PICKS = "collections: {picks: {documents: [%s]}}"


def test_3_7_stock_collections_are_there_and_may_be_redefined() -> None:
    book, problems = book_of("collections: {all_documents: {label: Mine, filter: FILTER EXISTS author FROM content}}")
    assert problems == []
    assert sorted(book.collections) == ["all_documents", "content_with_images", "default_recommendation_collection"]
    assert (mine := book.collection("all_documents")) is not None
    assert mine.label == "Mine"


def test_5_6_a_collection_is_found_by_id_or_by_what_people_call_it() -> None:
    book, _ = book_of("collections: {mugs: {label: All mugs, documents: []}}")
    assert book.collection("mugs") is book.collection(" all MUGS ")
    assert book.collection("documents with images") is None
    assert book.collection("Content With Images") is book.collection("content_with_images")


def test_what_is_there_twice_counts_once() -> None:
    book, problems = book_of(
        "documents: [{url: /a, title: one}]\ncollections: {c: {documents: [/a]}}",
        "documents: [{url: '/a#x'}]\ncollections: {c: {filter: FILTER * FROM content}}",
    )
    assert problems == [
        "content/1.yaml:1:19: /a#x is in content/0.yaml already — merge the two; until then this one is left out",
        "content/1.yaml:2:18: the collection 'c' is in content/0.yaml already — "
        "give this one another id; until then it is left out",
    ]
    assert [entry.title for entry in book.documents] == ["one"]
    assert book.collections["c"].addresses == ("/a",)


def test_a_list_names_documents_that_exist(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "a.html").touch()
    (tmp_path / "in" / "index.html").touch()
    for url in ("/a.html", "/a", "/in/", "/in", "/in/index.html"):
        assert book_of(PICKS % url, pages=tmp_path)[1] == [], url
    assert book_of(PICKS % "/b.html, /a", pages=tmp_path)[1] == [
        "content/0.yaml:1:35: there is no document /b.html — describe it under `documents`, or put the page there"
    ]


def test_includes_must_lead_somewhere() -> None:
    _, problems = book_of(
        'collections:\n  a: {filter: "FILTER AND (INCLUDE b, INCLUDE nope) FROM content"}\n'
        '  b: {filter: "FILTER OR (INCLUDE a, INCLUDE all_documents) FROM content"}\n'
    )
    assert [problem.partition(" — ")[0] for problem in problems] == [
        "content/0.yaml:2:36: 'a' includes itself by way of this",
        "content/0.yaml:2:47: there is no collection 'nope'",
        "content/0.yaml:3:35: 'b' includes itself by way of this",
    ]


def test_a_widgets_collection_must_exist_where_there_is_content(root: Path) -> None:
    path = root / "widgets" / "reading.yaml"
    path.write_text(path.read_text().replace("collection: journal", "collection: jurnal "))
    (found,) = load_workspace(root).problems
    assert (found.path, found.value, found.hint) == ("widgets/reading.yaml", "jurnal", "did you mean 'journal'?")
    assert path.read_text().splitlines()[found.line - 1].strip().startswith("collection: jurnal")
    (root / "content" / "journal.yaml").unlink()
    assert load_workspace(root).problems == ()
