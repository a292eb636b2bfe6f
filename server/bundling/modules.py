"""Browser modules: reading the ES modules under `static/`.

A bundle is its modules, laid one after another inside one function scope. That asks three things of a module, all of
them checked here: imports are named and not renamed (`import { a } from "./b.js";`), exports are declarations
(`export function`, `const`, `let`, `class`), and a top-level name is used once in a bundle. In return a module can be
minified by itself when the wheel is built, and joined per account on machines without a minifier.

Only the standard library is imported, because the build hook loads this file before the package is installed.
"""

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

IMPORT = re.compile(r'^import (?:\{(?P<names>[^}]*)\} from )?"(?P<target>\.[^"\n]*)";\n?', re.MULTILINE)
DECLARATION = re.compile(
    r"^(?:export )?(?:async function\*?|function\*?|const|let|class) (?P<name>[\w$]+)", re.MULTILINE
)
EXPORT = re.compile(r"^export (?=(?:async function|function|const|let|class)\b)", re.MULTILINE)
UNSUPPORTED = re.compile(r"^(?:import\b|export\b|(?:const|let|var) [\[{]|var )[^\n]*", re.MULTILINE)


class ModuleError(Exception):
    """A module breaks a rule above; the message names the file, the line and what to write instead."""


@dataclass(frozen=True)
class Module:
    """One ES module: what it imports, the top-level names it declares, and its text without the module syntax."""

    path: Path
    imports: tuple[tuple[Path, tuple[str, ...]], ...]
    exports: frozenset[str]
    names: tuple[str, ...]
    body: str

    @property
    def digest(self) -> str:
        """Sixteen hex digits of a SHA-256 of what decides its minified form: the imported names and the body."""
        imported = sorted(name for _, names in self.imports for name in names)
        return hashlib.sha256("\n".join([*imported, self.body]).encode()).hexdigest()[:16]


def parse_module(path: Path, text: str) -> Module:
    """Read one module; raises `ModuleError` where it breaks a rule."""
    imports: list[tuple[Path, tuple[str, ...]]] = []
    for match in IMPORT.finditer(text):
        names = tuple(name.strip() for name in (match["names"] or "").split(",") if name.strip())
        if any(" " in name for name in names):
            raise ModuleError(f"{path}:{line_of(text, match)}: an import may not rename; found {match[0].strip()!r}")
        imports.append(((path.parent / match["target"]).resolve(), names))
    body = IMPORT.sub("", text)
    exports = frozenset(match["name"] for match in DECLARATION.finditer(body) if match[0].startswith("export"))
    plain = EXPORT.sub("", body)
    if stray := UNSUPPORTED.search(plain):
        raise ModuleError(
            f"{path}: {stray[0]!r} cannot be linked; "
            'write `import { a } from "./b.js";`, `export function a`, `export const a`, one name a declaration'
        )
    names = tuple(match["name"] for match in DECLARATION.finditer(plain))
    return Module(path, tuple(imports), exports, names, plain)


def own_names(module: Module) -> set[str]:
    """The top-level names that a module declares or imports."""
    return {*module.names, *(name for _, names in module.imports for name in names)}


def line_of(text: str, match: re.Match[str]) -> int:
    """The 1-based line where a match begins."""
    return text.count("\n", 0, match.start()) + 1


def load_module(path: Path) -> Module:
    """Read a module, again only when its file has changed; raises `ModuleError` when there is no such file."""
    try:
        return _parsed(path, path.stat().st_mtime_ns)
    except FileNotFoundError as error:
        raise ModuleError(f"{path}: no such module") from error


@lru_cache(maxsize=512)
def _parsed(path: Path, _changed: int) -> Module:
    return parse_module(path, path.read_text("utf-8"))
