"""Reading one file of a workspace: bytes, encoding, syntax. What the values mean is for `validation` to say."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from understudy.widgets.json_reader import read_json
from understudy.widgets.places import Places
from understudy.widgets.problems import Problem, shown
from understudy.widgets.toml_reader import read_toml
from understudy.widgets.yaml_reader import read_yaml

LARGEST = 256 * 1024
Reader = Callable[[str, str], tuple[object, Places, list[Problem]]]
READERS: dict[str, Reader] = {".yaml": read_yaml, ".yml": read_yaml, ".json": read_json, ".toml": read_toml}


@dataclass(frozen=True)
class Document:
    """A file's top-level mapping and where its parts stand. `data` is None when it could not be read.

    Documents that say the same are equal, wherever in their files they say it.
    """

    name: str
    data: dict[str, object] | None = None
    places: Places = field(default_factory=Places, compare=False)
    problems: tuple[Problem, ...] = ()


def read_bytes(path: Path, name: str) -> tuple[bytes, list[Problem]]:
    """A file's bytes, or the problem that keeps it from being read."""
    try:
        stat = path.stat()
        if not (S_ISREG(stat.st_mode) or S_ISDIR(stat.st_mode)):  # reading a pipe would wait for its other end
            return b"", [Problem(name, 0, 0, "", "not an ordinary file", "put a text file there, or remove it")]
        too_large = size_problems(stat.st_size, name)
        return (b"", too_large) if too_large else (path.read_bytes(), [])
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        return b"", [Problem(name, 0, 0, "", f"the file cannot be read: {reason}", "check the file and its rights")]


def size_problems(size: int, name: str) -> list[Problem]:
    """The problem of a file that is too large."""
    if size <= LARGEST:
        return []
    hint = f"a file of a workspace may have {LARGEST // 1024} KiB; split it"
    return [Problem(name, 0, 0, str(size), f"the file is too large ({size // 1024} KiB)", hint)]


def decode(raw: bytes, name: str) -> tuple[str, list[Problem]]:
    """The text of a UTF-8 file, with or without a byte order mark."""
    try:
        return raw.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line, column = before.count(b"\n") + 1, len(before) - before.rfind(b"\n")
        hint = "save the file as UTF-8"
        return "", [Problem(name, line, column, f"0x{raw[error.start]:02x}", "the file is not UTF-8 text", hint)]


def parse_document(raw: bytes, name: str) -> Document:
    """Read a file's bytes by the suffix of its name (`.yaml`, `.yml`, `.json`, `.toml`)."""
    text, problems = decode(raw, name)
    if problems:
        return Document(name, problems=tuple(problems))
    suffix = Path(name).suffix.lower()
    if not text.strip() and suffix != ".toml":
        return Document(name, problems=(_not_a_mapping(None, name),))
    value, places, problems = READERS[suffix](text, name)
    if isinstance(value, dict):
        return Document(name, value, places, tuple(problems))
    if not problems:
        problems = [_not_a_mapping(value, name)]
    return Document(name, problems=tuple(problems))


def _not_a_mapping(value: object, name: str) -> Problem:
    if value is None:
        return Problem(name, 1, 1, "", "the file is empty", "write `key: value` lines, or remove the file")
    return Problem(name, 1, 1, shown(value), f"the file must hold `key: value` lines, not {shown(value)}", "")
