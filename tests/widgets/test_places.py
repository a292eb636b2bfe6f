from understudy.widgets.places import Place, Places


def test_position_inside_of_a_block_text() -> None:
    block = Place(2, 7, text_line=3, text_column=5, indent=4)
    assert block.inside(1, 1) == (3, 5)
    assert block.inside(2, 3) == (4, 7)


def test_position_inside_of_a_quoted_text() -> None:
    quoted = Place(2, 7, text_line=2, text_column=8)
    assert quoted.inside(1, 3) == (2, 10)
    assert quoted.inside(2, 1) == (2, 7)


def test_position_inside_of_a_folded_text_is_its_own() -> None:
    assert Place(2, 7).inside(3, 3) == (2, 7)


def test_unknown_path_is_found_at_its_parent() -> None:
    places = Places(keys={("a",): Place(4, 1)}, values={("a",): Place(4, 4)})
    assert places.key(("a", "b", 0)) == Place(4, 1)
    assert places.value(("a", "b", 0)) == Place(4, 4)
    assert places.value(("z",)) == Place(1, 1)


def test_list_item_is_found_by_its_value() -> None:
    assert Places(values={("a", 0): Place(5, 3)}).key(("a", 0)) == Place(5, 3)
