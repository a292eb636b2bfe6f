"""Files of worlds as they were read: a test suite makes many worlds of the same few texts."""

import hashlib
from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock

from understudy.server.workspaces.shelf import Loaded

MOST = 256  # files, those used last


class KnownFiles:
    """What files by those names and with those bytes were found to say; may be asked from any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._found: OrderedDict[tuple[str, str], Loaded] = OrderedDict()

    def of(self, texts: Mapping[str, bytes]) -> dict[str, Loaded]:
        """What is known of these, by their names."""
        keys = ((name, hashlib.sha256(text).hexdigest()) for name, text in texts.items())
        with self._lock:
            return {key[0]: self._found[key] for key in keys if key in self._found}

    def keep(self, texts: Mapping[str, bytes], read: Mapping[str, Loaded]) -> None:
        """Remember what was read without any problem."""
        with self._lock:
            for name in texts:
                if (loaded := read.get(name)) is not None and loaded.digest:
                    self._found[name, loaded.digest] = loaded
                    self._found.move_to_end((name, loaded.digest))
            while len(self._found) > MOST:
                self._found.popitem(last=False)
