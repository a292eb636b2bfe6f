"""Every built-in function by name: the ones that audiences in the field use most (platform.md 3.6, last part)."""

from understudy.server.platform.filterql import functions_logic, functions_time, functions_values, functions_web
from understudy.server.platform.filterql.registry import REGISTRY, Function

MODULES = (functions_logic, functions_time, functions_values, functions_web)


def find_function(name: str) -> Function | None:
    """The function of that name in any case, or None."""
    return REGISTRY.get(name.lower())


def function_names() -> list[str]:
    """All names, sorted."""
    return sorted(REGISTRY)
