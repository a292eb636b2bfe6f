"""What can be wrong with a FilterQL text, said so that it can be mended without a manual.

FilterQLError        the text is not FilterQL (raised by `parse`)
DateMathError        a relative date such as "now-3x" that means nothing
"""


class DateMathError(ValueError):
    """A relative date that cannot be worked out; the message shows it and the right shape."""


class FilterQLError(ValueError):
    """A text that is not FilterQL: where (1-based line and column), what was found, what was expected.

    `str(error)` is the whole story over several lines, with the source line and a caret under the offending token.
    """

    def __init__(
        self,
        line: int,
        column: int,
        message: str,
        hint: str = "",
        *,
        token: str = "",
        expected: str = "",
        text: str = "",
    ) -> None:
        self.line = line
        self.column = column
        self.message = message
        self.hint = hint
        self.token = token
        self.expected = expected
        self.text = text
        super().__init__(self._render())

    def caret(self) -> str:
        """The offending source line with a caret line below it; empty when the source is not known."""
        lines = self.text.splitlines()
        if not 1 <= self.line <= len(lines):
            return ""
        source = lines[self.line - 1]
        # Tabs are kept in the padding so that the caret stays under its token in any editor.
        padding = "".join("\t" if character == "\t" else " " for character in source[: self.column - 1])
        return f"  {source}\n  {padding}{'^' * max(1, min(len(self.token), len(source) - self.column + 1))}"

    def _render(self) -> str:
        parts = [f"line {self.line}, column {self.column}: {self.message}", self.caret()]
        if self.hint:
            parts.append(f"hint: {self.hint}")
        return "\n".join(part for part in parts if part)
