"""The tables, and opening a file that has them: made when it is new, refused when it is not ours."""

import sqlite3
import time
from pathlib import Path

from understudy.server.platform.errors import StoreError
from understudy.server.platform.sqlite_agenda import AGENDA
from understudy.server.platform.sqlite_checkpoints import LARGEST_LOG
from understudy.server.platform.sqlite_errors import explain, is_busy
from understudy.server.platform.sqlite_notes import NOTES
from understudy.server.platform.sqlite_outbox import OUTBOX

MEMORY = ":memory:"
VERSION = 6
APPLICATION_ID = 0x55445359  # "UDSY": marks a SQLite file as an Understudy store
BUSY_SECONDS = 2.0
_PAUSE_SECONDS = 0.01
SYNCHRONOUS = ("NORMAL", "FULL")

# Of an event that brings an id of its own: it is stored once, and not again after its visitor was forgotten. The ids of
# a page follow one another, so they are written side by side.
_DELIVERIES = """CREATE TABLE deliveries (
  id TEXT NOT NULL, account TEXT NOT NULL, PRIMARY KEY (id, account)
) WITHOUT ROWID"""

# AUTOINCREMENT: the number of a deleted event is not given again, or listeners would take two events for one.
_CREATE = (
    "CREATE TABLE profiles (id TEXT PRIMARY KEY, state BLOB NOT NULL)",  # rows too large to do without a rowid
    """CREATE TABLE identities (
      kind TEXT NOT NULL, value TEXT NOT NULL, profile TEXT NOT NULL, PRIMARY KEY (kind, value)
    ) WITHOUT ROWID""",
    "CREATE INDEX identities_of_profile ON identities (profile)",
    """CREATE TABLE events (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      profile TEXT, account TEXT NOT NULL, stream TEXT NOT NULL, uid TEXT,
      time REAL NOT NULL, received REAL NOT NULL, data TEXT NOT NULL, raw TEXT NOT NULL
    )""",
    "CREATE INDEX events_of_profile ON events (profile, id)",
    _DELIVERIES,
    *AGENDA,
    *OUTBOX,
    *NOTES,
    f"PRAGMA application_id={APPLICATION_ID}",
    f"PRAGMA user_version={VERSION}",
)
# What brings a store of an earlier format to the next one, by its format.
_UPGRADES = {
    1: (_DELIVERIES, "PRAGMA user_version=2"),
    2: (*AGENDA, "PRAGMA user_version=3"),
    3: (*OUTBOX, "PRAGMA user_version=4"),
    4: ("PRAGMA user_version=5",),  # profiles as JSON, which are read as before
    5: (*NOTES, "PRAGMA user_version=6"),
}


def open_database(path: str, synchronous: str) -> sqlite3.Connection:
    """A connection for writing to the store at `path`, made if need be; raises `StoreError`.

    `synchronous` NORMAL survives the death of the process whole, but a power cut may take the last commits; FULL keeps
    those too, at some cost for each commit.
    """
    if synchronous not in SYNCHRONOUS:
        raise StoreError(f"synchronous cannot be {synchronous!r}; choose one of {' and '.join(SYNCHRONOUS)}.")
    connection = connect(path)
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            _prepare(connection, path, synchronous)
            return connection
        except sqlite3.Error as error:
            # While another process makes or closes the file, SQLite refuses at once however long it was told to wait.
            if not is_busy(error) or time.monotonic() > deadline:
                connection.close()
                raise explain(path, "open", error) from error
            time.sleep(_PAUSE_SECONDS)
        except StoreError:
            connection.close()
            raise


def connect(path: str) -> sqlite3.Connection:
    """A bare connection that any one thread at a time may use; raises `StoreError`."""
    try:
        if path != MEMORY:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        return sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    except (sqlite3.Error, OSError) as error:
        raise explain(path, "open", error) from error


def _prepare(connection: sqlite3.Connection, path: str, synchronous: str) -> None:
    new = _is_new(connection, path)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute(f"PRAGMA synchronous={synchronous}")
    connection.execute("PRAGMA wal_autocheckpoint=0")  # see `sqlite_checkpoints`
    connection.execute(f"PRAGMA journal_size_limit={LARGEST_LOG}")
    connection.execute("PRAGMA secure_delete=ON")  # what is deleted is overwritten: it may be a person's
    if new:
        # One transaction: a process that dies here leaves an empty file, not half a store.
        connection.execute("BEGIN IMMEDIATE")
        for statement in _CREATE if _is_new(connection, path) else ():  # another process may have been first
            connection.execute(statement)
        connection.execute("COMMIT")
    _upgrade(connection)


def _upgrade(connection: sqlite3.Connection) -> None:
    if _number(connection, "user_version") == VERSION:
        return
    connection.execute("BEGIN IMMEDIATE")
    while statements := _UPGRADES.get(_number(connection, "user_version")):
        for statement in statements:
            connection.execute(statement)
    connection.execute("COMMIT")


def _is_new(connection: sqlite3.Connection, path: str) -> bool:
    """Whether the file has no tables yet; raises `StoreError` when it has, and they are not ours."""
    if _number(connection, "schema_version") == 0:
        return True
    version = _number(connection, "user_version")
    if _number(connection, "application_id") != APPLICATION_ID:
        raise StoreError(
            f"Cannot open the store {path}: it is a database of another program. "
            "Choose another path for the store, or move the file away."
        )
    if version != VERSION and version not in _UPGRADES:
        age = "a newer" if version > VERSION else "an older"
        raise StoreError(
            f"Cannot open the store {path}: {age} Understudy made it (format {version}, this one reads {VERSION}). "
            "Use that version, or move the file away to begin with an empty store."
        )
    return False


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])
