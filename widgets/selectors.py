"""CSS selectors, checked loosely: what no browser could read as one."""

import re

STRING = re.compile(r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'")
PAIRS = {")": "(", "]": "["}


def selector_fault(selector: str) -> str:
    """What is wrong with a selector, or an empty string."""
    text = STRING.sub("s", re.sub(r"\\.", "x", selector)).strip()
    if not text:
        return "an empty selector"
    if stray := re.search(r"[{};@\"']|^[>+~,]|,\s*(,|$)|[>+~]$|[.#](?![\w-]|[^\x00-\x7f])", text):
        return f"{stray[0].strip()!r} does not belong there"
    opened: list[str] = []
    for character in text:
        if character in "([":
            opened.append(character)
        elif character in PAIRS and (not opened or opened.pop() != PAIRS[character]):
            return f"{character!r} closes nothing"
    return f"{opened[-1]!r} is never closed" if opened else ""
