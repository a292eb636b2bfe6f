"""What the platform can refuse to do.

PlatformError
├── StoreError       the database cannot be opened, read or written; nothing that was stored before is lost
├── EventTooLarge    an event over `MAX_EVENT_BYTES`; it is not stored
└── FieldError       a value that a profile field cannot hold
"""

# The vendor documents 4 KB for an event (platform.md 3.3). Sixteen times that lets a developer see an oversized event
# in the debugger rather than lose it, and still keeps a runaway page from filling the disk.
MAX_EVENT_BYTES = 65_536


class PlatformError(Exception):
    """Anything the platform refuses; the message says what failed, the value seen, and what to change."""


class StoreError(PlatformError):
    """The database cannot do what was asked; the message names the file and what to change."""


class EventTooLarge(PlatformError):  # noqa: N818  (named for what it says of the event)
    """An event is larger than `MAX_EVENT_BYTES`; `size` is its bytes, or how many had come when it was refused."""

    def __init__(self, size: int) -> None:
        self.size = size
        super().__init__(
            f"The event is {size:,} bytes, over the limit of {MAX_EVENT_BYTES:,}; it was not stored. "
            "Send fewer or shorter values: the vendor itself takes 4 KB an event."
        )


class FieldError(PlatformError, ValueError):
    """A value that a profile field cannot hold; the message names field, value and the type wanted."""
