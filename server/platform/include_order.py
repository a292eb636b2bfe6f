"""In which order audiences are decided: those that others INCLUDE come before these."""

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter


def included_first(slugs: Iterable[str], included: Mapping[str, set[str]]) -> tuple[list[str], set[str]]:
    """All slugs with included ones first, and those that stand in a circle.

    `included` has the slugs that one includes, for those that include any.
    """
    plain = [slug for slug in slugs if slug not in included]
    graph = {slug: below.difference(plain) for slug, below in included.items()}
    circles: set[str] = set()
    while True:
        try:
            return [*plain, *TopologicalSorter(graph).static_order()], circles
        except CycleError as error:
            circle = set(error.args[1])
            circles |= circle
            for slug in circle:
                graph[slug] = graph[slug] - circle
