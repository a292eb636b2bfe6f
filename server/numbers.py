"""Whole numbers in addresses: Python reads digits of any script, and raises for thousands of them."""

MOST_DIGITS = 15


def whole_number(text: str, least: int, most: int) -> int | None:
    """The whole number that a text is, when it lies between these; None for any other text."""
    if not (text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS):
        return None
    value = int(text)
    return value if least <= value <= most else None
