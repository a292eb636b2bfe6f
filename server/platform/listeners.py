"""Who is told of what has happened. One that fails at it is logged, and stops neither the others nor what happened."""

import logging
from collections.abc import Callable
from typing import Generic, TypeVar

N = TypeVar("N")

log = logging.getLogger("understudy")


class Listeners(Generic[N]):
    """Those who want one kind of news, in the order in which they came; `failed` says what one has failed for."""

    def __init__(self, failed: Callable[[N], str]) -> None:
        self._listeners: list[Callable[[N], None]] = []
        self._failed = failed

    def __len__(self) -> int:
        return len(self._listeners)

    def add(self, listener: Callable[[N], None]) -> Callable[[], None]:
        """Tell a listener from now on; returns a function that ends that, and may be called again."""
        self._listeners.append(listener)

        def remove() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return remove

    def tell(self, news: N) -> None:
        """Tell everyone."""
        for listener in tuple(self._listeners):
            try:
                listener(news)
            except Exception:
                log.exception("a listener failed for %s all the same", self._failed(news))
