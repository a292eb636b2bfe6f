"""Times as the vendor's payloads write them."""

from datetime import UTC, datetime


def rfc3339(ms: float) -> str:
    """Unix milliseconds as RFC 3339 with the vendor's zero to nine digits of a second, so that zeros end none."""
    text = datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="milliseconds")[:-6]
    return text.rstrip("0").rstrip(".") + "Z"
