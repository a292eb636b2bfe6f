"""A place in a list of tokens, with the few moves and the one kind of error that the parsers need."""

from typing import NoReturn

from understudy.server.platform.filterql.errors import FilterQLError
from understudy.server.platform.filterql.lexer import Token, tokenize


class Cursor:
    """Walks over the tokens of a text; every complaint is a `FilterQLError` at the token it is about."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._tokens = tokenize(text)
        self._index = 0

    @property
    def token(self) -> Token:
        """The token that comes next."""
        return self._tokens[self._index]

    def ahead(self, distance: int = 1) -> Token:
        """A token further on; the end token when there are not that many."""
        return self._tokens[min(self._index + distance, len(self._tokens) - 1)]

    def take(self) -> Token:
        """Step over the next token and return it."""
        token = self.token
        if token.kind != "end":
            self._index += 1
        return token

    def take_word(self, *words: str) -> Token | None:
        """Step over the next token if it is one of these keywords."""
        return self.take() if self.token.is_word(*words) else None

    def take_text(self, text: str) -> Token | None:
        """Step over the next token if it is this mark or operator."""
        return self.take() if self.token.kind in ("mark", "op") and self.token.text == text else None

    def expect(self, text: str, after: str) -> Token:
        """Step over this mark or operator; `after` says what it should follow."""
        return self.take_text(text) or self.fail(f"'{text}' {after}")

    def name(self, expected: str) -> str:
        """Step over one name (plain, back-ticked or quoted) and return it."""
        if self.token.kind == "string" and self.token.value:
            return str(self.take().value)
        if self.token.kind != "name":
            self.fail(expected)
        parts = self.take().value
        return ".".join(parts) if isinstance(parts, tuple) else ""

    def fail(self, expected: str, hint: str = "", *, token: Token | None = None) -> NoReturn:
        """Complain that something else was expected here."""
        found = token or self.token
        seen = "the text ends" if found.kind == "end" else f"found {found.text!r}"
        self.reject(f"expected {expected}, but {seen}", hint, token=found, expected=expected)

    def reject(self, message: str, hint: str = "", *, token: Token | None = None, expected: str = "") -> NoReturn:
        """Complain in words of one's own."""
        found = token or self.token
        raise FilterQLError(
            found.line, found.column, message, hint, token=found.text, expected=expected, text=self.text
        )
