"""Build hook: makes four top-level folders one package, and ships the minified browser code.

A wheel gets every folder under `understudy/`. An editable install gets `.ns/understudy/`, whose `__path__` is the
checkout itself, so that tracebacks and coverage show real files; the links beside it are for type checkers only.
"""

import importlib
import os
import shutil
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PARTS = ("server", "widgets", "static", "dev_tools")
EDITABLE_PATH = "\nfrom pathlib import Path as _Path\n\n__path__ = [str(_Path(__file__).resolve().parents[2])]\n"


class NamespaceLinks(BuildHookInterface):  # type: ignore[type-arg]
    """Joins the folders for an editable install, or fills `static/dist/` for a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Prepare one build of the wheel target; `version` is `editable` or `standard`."""
        root = Path(self.root)
        if version == "editable":
            link_namespace(root)
            return
        # A forced file leaves its own place, so the marker of `static/`, which has nothing to type, goes to the top.
        build_data["force_include"][str(root / "dev_tools" / "_package_init.py")] = "__init__.py"
        build_data["force_include"][str(root / "static" / "py.typed")] = "py.typed"
        load_minified(root).write_dist(root / "static")

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Leave no `static/dist/` in a checkout: it would go stale."""
        shutil.rmtree(Path(self.root) / "static" / "dist", ignore_errors=True)


def link_namespace(root: Path) -> None:
    """Write `.ns/understudy/`, the one path that an editable install adds."""
    namespace = root / ".ns" / "understudy"
    namespace.mkdir(parents=True, exist_ok=True)
    init = (root / "dev_tools" / "_package_init.py").read_text("utf-8")
    (namespace / "__init__.py").write_text(init + EDITABLE_PATH, "utf-8")
    (namespace / "py.typed").touch()
    for part in PARTS:
        link = namespace / part
        if link.exists():
            continue
        if link.is_symlink():
            link.unlink()
        if sys.platform == "win32":
            import _winapi

            _winapi.CreateJunction(str(root / part), str(link))
        else:
            link.symlink_to(os.path.join("..", "..", part), target_is_directory=True)  # noqa: PTH118


def load_minified(root: Path) -> ModuleType:
    """`understudy.server.bundling.minified` of the checkout: its folders are one package only once installed."""
    package = ModuleType("understudy")
    package.__path__ = [str(root)]
    sys.modules.setdefault("understudy", package)
    return importlib.import_module("understudy.server.bundling.minified")
