"""What helpers of templates do that their languages cannot."""

import hashlib
import hmac
from datetime import UTC, datetime
from zoneinfo import ZoneInfo


def sha256(text: str) -> str:
    """The digest of a text, in hex."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def sha1(text: str) -> str:
    """The digest of a text, in hex; what receivers ask for is not ours to choose."""
    return hashlib.sha1(text.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()


def hmac_sha256(message: str, key: str) -> str:
    """The signature of a message, in hex."""
    return hmac.new(key.encode("utf-8", "replace"), message.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def unix_seconds(moment: str, zone: str) -> float | None:
    """Whole unix seconds of a time in ISO 8601, in a zone such as Europe/Berlin unless it names one; None for no time.

    Not an int, which the engine would take for one of 32 bits.
    """
    try:
        found = datetime.fromisoformat(moment)
        return float(
            int((found if found.tzinfo else found.replace(tzinfo=ZoneInfo(zone) if zone else UTC)).timestamp())
        )
    except (ValueError, OSError, LookupError, OverflowError):
        return None


def phone_e164(phone: str, region: str) -> str:
    """A phone number as `+15551234567`; empty when it is none."""
    import phonenumbers

    try:
        number = phonenumbers.parse(phone, region)
    except phonenumbers.NumberParseException:
        return ""
    form: str = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return form if phonenumbers.is_possible_number(number) else ""
