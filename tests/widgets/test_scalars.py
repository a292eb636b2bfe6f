import pytest

from understudy.widgets.scalars import NumberError, resolve_plain


@pytest.mark.parametrize(
    ("text", "value"),
    [("", None), ("~", None), ("TRUE", True), ("no", "no"), ("-7", -7), ("0o17", 15), ("1_000", "1_000"), (".5", 0.5)],
)
def test_plain_scalars(text: str, value: object) -> None:
    assert resolve_plain(text) == value
    assert type(resolve_plain(text)) is type(value)


@pytest.mark.parametrize("text", [".nan", "-.Inf", "1e400", "9" * 5000, "0x" + "f" * 5000])
def test_numbers_that_cannot_be_sent(text: str) -> None:
    with pytest.raises(NumberError):
        resolve_plain(text)
