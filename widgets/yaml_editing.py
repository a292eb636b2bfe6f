"""Changing a YAML text in the places that differ and nowhere else, so that comments, order and style stay.

The text's nodes say where each key and value stands. What is to change is written anew there; a key that is new comes
after the one it belongs behind. Nothing is read from the text that is not compared with what it is to become: whoever
calls this reads the result and compares.
"""

import io
import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeGuard

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString, SingleQuotedScalarString

QUOTES = {"'": SingleQuotedScalarString, '"': DoubleQuotedScalarString}
WIDE = 1_000_000  # long lines stay whole: a break inside of a text shows in every later difference


def edited(text: str, before: Mapping[str, Any], after: Mapping[str, Any], order: Sequence[str] = ()) -> str:
    """The text of a block mapping with the values `before`, changed to have those of `after`.

    `order` is where new keys at the top belong; others come last.
    """
    if _same(before, after):
        return text
    text += "" if text.endswith("\n") else "\n"
    root = YAML(typ="safe", pure=True).compose(text)
    if not isinstance(root, MappingNode) or root.flow_style:
        return written(after)
    editor = _Editor(text)
    editor.mapping(root, before, after, order)
    return editor.result()


def written(data: Mapping[str, Any]) -> str:
    """A new text with these values."""
    return _dump(dict(data)) + "\n"


class _Editor:
    """Collects replacements of parts of a text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.edits: list[tuple[int, int, str]] = []

    def result(self) -> str:
        """The text with all replacements made; those at one place in the order they came in."""
        text = self.text
        numbered = [(start, end, number, new) for number, (start, end, new) in enumerate(self.edits)]
        for start, end, _, new in sorted(numbered, reverse=True):
            text = text[:start] + new + text[end:]
        return text

    def mapping(
        self, node: MappingNode, before: Mapping[str, Any], after: Mapping[str, Any], order: Sequence[str] = ()
    ) -> None:
        """Bring a block mapping to other values, key by key."""
        pairs = {str(key.value): (key, value) for key, value in node.value}
        for name, (key, value) in pairs.items():
            if name not in after:
                self.edits.append((self._line_start(_start(key)), self._next_line(self._end(value)), ""))
            else:
                self._pair(key, value, before[name], after[name])
        new = [name for name in after if name not in before]
        for name in sorted(new, key=order.index) if set(new) <= set(order) else new:
            self._insert(node, name, after[name], [one for one in pairs if one in after], order)

    def _pair(self, key: Node, node: Node, before: Any, after: Any) -> None:
        if _same(before, after):
            return
        if _maps(node) and isinstance(after, Mapping) and after and self._lines_of_own(node):
            self.mapping(node, before, after)
        elif _lists(node) and isinstance(after, list) and len(after) >= len(before):
            self._items(node, before, after)
        else:
            self._replace(_start(key), self._end(node), self._value(key, node, after), key.start_mark.column)

    def _replace(self, start: int, end: int, new: str, column: int) -> None:
        """Write a part anew. A comment behind it goes above it when it gets several lines, lest it be part of them."""
        line_end = self._line_end(end)
        comment = self.text[end:line_end].strip()
        if "\n" in new and comment.startswith("#"):
            self.edits.append((start, line_end, f"{comment}\n{' ' * column}{new}"))
        else:
            self.edits.append((start, end, new))

    def _value(self, key: Node, node: Node, value: Any) -> str:
        """A key and its new value: between braces or brackets where the old one was."""
        if _flow(node) and isinstance(value, Mapping | list):
            return f"{self.text[_start(key) : key.end_mark.index]}: {_dump(value, flow=True)}"
        return _indented(_dump({str(key.value): _styled(node, value)}), key.start_mark.column)

    def _items(self, node: SequenceNode, before: list[Any], after: list[Any]) -> None:
        for item, old, new in zip(node.value, before, after, strict=False):
            if _same(old, new):
                continue
            if _maps(item) and isinstance(new, Mapping) and set(new) >= set(old):
                self.mapping(item, old, new)
            else:
                column = item.start_mark.column
                self._replace(_start(item), self._end(item), _item(new, item, column), column)
        end, column = self._line_end(self._end(node)), node.start_mark.column
        for new in after[len(before) :]:
            self.edits.append((end, end, f"\n{' ' * column}- {_item(new, None, column + 2)}"))

    def _insert(self, node: MappingNode, name: str, value: Any, there: list[str], order: Sequence[str]) -> None:
        column = node.start_mark.column
        new = _indented(_dump({name: value}), column)
        keys = {str(key.value): (key, one) for key, one in node.value}
        before = [one for one in there if name not in order or one not in order or order.index(one) < order.index(name)]
        if before:
            end = self._line_end(self._end(keys[before[-1]][1]))
            self.edits.append((end, end, f"\n{' ' * column}{new}"))
        else:
            first = self._line_start(_start(node.value[0][0]))
            self.edits.append((first, first, f"{' ' * column}{new}\n"))

    def _lines_of_own(self, node: MappingNode) -> bool:
        """Whether each key begins its line, so that a line can go with its key."""
        return all(not self.text[self._line_start(_start(key)) : _start(key)].strip() for key, _ in node.value)

    def _end(self, node: Node) -> int:
        """Where a node's last text ends; of a block scalar, without the line breaks after it."""
        if isinstance(node, MappingNode | SequenceNode) and not node.flow_style and node.value:
            last = node.value[-1]
            return self._end(last[1] if isinstance(node, MappingNode) else last)
        end = int(node.end_mark.index)
        while end > node.start_mark.index and self.text[end - 1] in "\r\n":
            end -= 1
        return end

    def _line_start(self, index: int) -> int:
        return self.text.rfind("\n", 0, index) + 1

    def _line_end(self, index: int) -> int:
        found = self.text.find("\n", index)
        return len(self.text) if found < 0 else found

    def _next_line(self, index: int) -> int:
        return min(self._line_end(index) + 1, len(self.text))


def _start(node: Node) -> int:
    return int(node.start_mark.index)


def _maps(node: Node) -> TypeGuard[MappingNode]:
    return isinstance(node, MappingNode) and not node.flow_style and bool(node.value)


def _lists(node: Node) -> TypeGuard[SequenceNode]:
    return isinstance(node, SequenceNode) and not node.flow_style and bool(node.value)


def _flow(node: Node | None) -> bool:
    return bool(getattr(node, "flow_style", False))


def _item(value: Any, old: Node | None, column: int) -> str:
    """A value as a list's item, behind the dash; with the style of the one it replaces."""
    if isinstance(value, Mapping | list) and value and not _flow(old):
        return _indented(_dump(value), column)
    return _dump([_styled(old, value)], flow=True)[1:-1]


def _same(before: Any, after: Any) -> bool:
    # `1 == True` in Python, not in a file.
    return before == after and json.dumps(before) == json.dumps(after)


def _styled(node: Node | None, value: Any) -> Any:
    """A value with the quotes of the one it replaces."""
    quote = QUOTES.get(getattr(node, "style", None) or "")
    return quote(value) if quote and isinstance(value, str) and "\n" not in value else value


def _dump(value: Any, *, flow: bool = False) -> str:
    yaml = YAML()
    yaml.default_flow_style = flow
    yaml.width = WIDE
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = io.StringIO()
    yaml.dump(_literal(value), stream)
    return stream.getvalue().rstrip("\n")


def _literal(value: Any) -> Any:
    """The same with texts of several lines as they are read best."""
    if isinstance(value, Mapping):
        return {key: _literal(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_literal(item) for item in value]
    return LiteralScalarString(value) if isinstance(value, str) and _is_prose(value) else value


def _is_prose(text: str) -> bool:
    """Whether a text has lines that can stand in a file as they are."""
    odd = text[0] in " \t\n" or text.endswith("\n\n") if text else True
    return "\n" in text and not odd and text.replace("\n", "").replace("\t", "").isprintable()


def _indented(text: str, column: int) -> str:
    first, *rest = text.split("\n")
    return "\n".join([first, *(" " * column + line if line else line for line in rest)])
