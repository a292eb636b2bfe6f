"""The database's file while it is open: SQLite would go on writing to one that has been deleted, and lose it all."""

from pathlib import Path

from understudy.server.platform.errors import StoreError


class StoreFile:
    """Remembers which file the path led to when the store was opened."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._opened = self._now()

    def check(self) -> None:
        """Raise `StoreError` when the path leads to another file now, or to none."""
        if self._now() != self._opened:
            raise StoreError(
                f"The store {self.path} was deleted or replaced while it was in use, so nothing is stored any more. "
                "Start the server again to begin with the file that is there now, or with a new one."
            )

    def _now(self) -> tuple[int, int] | None:
        try:
            stat = Path(self.path).stat()
        except OSError:
            return None
        return stat.st_dev, stat.st_ino
