"""Every built-in function by name: those of the vendor's open evaluator, and two of its index (platform.md 3.6)."""

from understudy.server.platform.filterql import (
    functions_agent,
    functions_hash,
    functions_logic,
    functions_maps,
    functions_numbers,
    functions_place,
    functions_text,
    functions_time,
    functions_web,
    functions_window,
)
from understudy.server.platform.filterql.registry import REGISTRY, Function

MODULES = (
    functions_agent,
    functions_hash,
    functions_logic,
    functions_maps,
    functions_numbers,
    functions_place,
    functions_text,
    functions_time,
    functions_web,
    functions_window,
)


def find_function(name: str) -> Function | None:
    """The function of that name in any case, or None."""
    return REGISTRY.get(name.lower())


def function_names() -> list[str]:
    """All names, sorted."""
    return sorted(REGISTRY)
