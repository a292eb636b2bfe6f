"""CSS selectors and JavaScript regular expressions, checked for faults that every browser refuses.

Selectors are only looked at loosely. For patterns Python's `re` cannot stand in: `[]`, `[^]`, named groups and
look-behind differ. So the pattern's own structure is read, which finds what is opened and not closed, repeated without
anything to repeat, and syntax of other languages.
"""

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


TOKEN = re.compile(
    r"\\.|\[(?:\\.|[^\]\\])*\]"  # an escape; a character set, which may be empty
    r"|\((?:\?(?:[:=!]|<[=!]|<[A-Za-z_$][\w$]*>|[ims]*(?:-[ims]+)?:))?"  # the opening of any group
    r"|[*+?]\??|\{\d+(?:,\d*)?\}\??|.",  # a quantifier; anything else
    re.DOTALL,
)
QUANTIFIER = re.compile(r"[*+?]\??|\{(\d+)(?:,(\d*))?\}\??")
RANGE = re.compile(r"(?<!\\)([A-Za-z0-9])-([A-Za-z0-9])")


def pattern_fault(pattern: str) -> str:
    """What is wrong with a pattern, or an empty string."""
    depth = 0
    repeatable = False
    for token in TOKEN.findall(pattern):
        if fault := _token_fault(token, depth, repeatable):
            return fault
        depth += token.startswith("(") - (token == ")")
        repeatable = not (token.startswith("(") or token in {"|", "^", "$"} or QUANTIFIER.fullmatch(token))
    return "a '(' that is never closed" if depth else ""


def _token_fault(token: str, depth: int, repeatable: bool) -> str:
    quantifier = QUANTIFIER.fullmatch(token)
    if quantifier and not repeatable:
        return f"nothing to repeat before {token!r}"
    if quantifier and quantifier[2] and int(quantifier[1]) > int(quantifier[2]):
        return f"the numbers in {token!r} are the wrong way round"
    if token == ")" and not depth:
        return "a ')' that nothing opens"
    if token in {"[", "\\"}:
        return "a '[' that is never closed" if token == "[" else "nothing after the last '\\'"
    if token.startswith("["):
        return next((f"the range {a}-{b} is the wrong way round" for a, b in RANGE.findall(token) if a > b), "")
    return ""
