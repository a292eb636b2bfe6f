"""SQLite's errors in words that say what to change."""

import errno
import sqlite3

from understudy.server.platform.errors import StoreError

_ADVICE: dict[int | None, str] = {
    sqlite3.SQLITE_FULL: "The disk is full, or the file at its size limit. Free some space; nothing stored is lost.",
    sqlite3.SQLITE_IOERR: "The disk could not be read or written. Check that it is healthy and has space left.",
    sqlite3.SQLITE_BUSY: "Another process is writing to the file. Stop it, or give this server a store of its own.",
    sqlite3.SQLITE_LOCKED: "Another process is writing to the file. Stop it, or give this server a store of its own.",
    sqlite3.SQLITE_CORRUPT: "The file is damaged. Move it away to begin anew; `sqlite3 FILE .recover` may save parts.",
    sqlite3.SQLITE_NOTADB: "The file is no SQLite database. Choose another path for the store, or move the file away.",
    sqlite3.SQLITE_READONLY: "The file or its folder is read-only. Make both writable for this user.",
    sqlite3.SQLITE_PERM: "The file may not be used by this user. Make it and its folder writable.",
    sqlite3.SQLITE_CANTOPEN: "The file cannot be opened. Check that its folder exists and is writable for this user.",
}
_SYSTEM_ADVICE: dict[int | None, str] = {
    errno.EROFS: "The folder is on a read-only disk. Set [store] path in understudy.toml to one that can be written.",
    errno.EACCES: "This user may not write there. Make the folder writable, or set [store] path in understudy.toml.",
    errno.ENOTDIR: "A file stands where a folder is wanted. Move it away, or set [store] path in understudy.toml.",
    errno.EEXIST: "A file stands where a folder is wanted. Move it away, or set [store] path in understudy.toml.",
    errno.ENOSPC: "The disk is full. Free some space; nothing stored is lost.",
}
_PRIMARY = 0xFF  # SQLite's extended codes keep the primary one in the low byte


def explain(path: str, doing: str, error: Exception) -> StoreError:
    """A `StoreError` for what SQLite (or the system) said while `doing` something with the store at `path`."""
    if isinstance(error, OSError):
        said, advice = error.strerror or str(error), _SYSTEM_ADVICE.get(error.errno, "")
    else:
        said, advice = str(error), _ADVICE.get(_code(error), "")
    return StoreError(f"Cannot {doing} the store {path}: {said}. {advice}".rstrip())


def is_busy(error: Exception) -> bool:
    """Whether another process has the file."""
    return _code(error) == sqlite3.SQLITE_BUSY


def _code(error: Exception) -> int | None:
    code = getattr(error, "sqlite_errorcode", None)
    return code & _PRIMARY if isinstance(code, int) else None
