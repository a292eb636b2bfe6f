"""Plain words for the YAML parser's complaints: what is wrong and what to change."""

import re

from ruamel.yaml.error import MarkedYAMLError

# The parser's words (a regular expression), what we say, what to change, and whether to point at where it began.
MESSAGES: tuple[tuple[str, str, str, bool], ...] = (
    (r"'\\t' that cannot start", "a tab where YAML wants spaces", "indent with spaces", False),
    (
        r"mapping values are not allowed",
        "a ':' where no key can stand",
        "check the indentation of this line; text that contains ': ' needs quotes around it",
        False,
    ),
    (r"expected <block end>", "this line does not line up with the lines around it", "check its indentation", False),
    (r"while scanning a .*quoted.* end of stream", "a quote is opened here and never closed", "close it", True),
    (r"expected ',' or '\]'", "a '[' is opened here and never closed", "add the missing ']' or ','", True),
    (r"expected ',' or '}'", "a '{' is opened here and never closed", "add the missing '}' or ','", True),
    (r"could not find expected ':'", "a key without a ':'", "write `key: value`", True),
    (r"cannot start any token", "text may not begin with this character", "put quotes around the text", False),
    (r"unknown escape character", "an unknown escape after '\\'", "use single quotes, or write '\\\\'", False),
    (r"expected a single document", "a second document begins here", "keep one document in a file", False),
)


def explain(error: MarkedYAMLError) -> tuple[str, str, int, int]:
    """Message, hint, line and column (from 1) for a parser error."""
    words = f"{error.context or ''} {error.problem or ''}"
    mark = error.problem_mark or error.context_mark
    message, hint = f"not valid YAML: {(error.problem or error.context or 'unknown').strip()}", ""
    for pattern, ours, change, at_start in MESSAGES:
        if re.search(pattern, words):
            message, hint = ours, change
            mark = (error.context_mark if at_start else None) or mark
            break
    return (message, hint, mark.line + 1, mark.column + 1) if mark else (message, hint, 1, 1)
