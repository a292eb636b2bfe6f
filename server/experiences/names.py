"""What experiences and their groups are called by the API: ids of 32 hex digits, as the vendor has, made of our names.

They follow from the account and the name, so that they are the same in every run. Wherever the API takes such an id it
takes the name as well.
"""

import hashlib
import re
import unicodedata
from collections.abc import Container
from functools import lru_cache

LONGEST = 60


@lru_cache(maxsize=4096)  # each answer of personalization has some
def api_id(account: str, kind: str, *names: str) -> str:
    """The id of an `experience`, a `variation` or a `group`."""
    return hashlib.sha256("\0".join((account, kind, *names)).encode("utf-8", "replace")).hexdigest()[:32]


def slug_of(label: str, taken: Container[str], separator: str = "-") -> str:
    """A name made of what people call something, that is not taken; letters lose their accents, not their place."""
    letters = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"[^a-z0-9]+", separator, letters).strip(separator)[:LONGEST] or "experience"
    name, number = plain, 2
    while name in taken:
        name, number = f"{plain}{separator}{number}", number + 1
    return name
