"""What browsers may ask the account for: whether at all, and for how long an answer may take (platform.md 3.8).

Account settings: "Allow Public Personalization API?" and "Entity Timeout (ms)". Where the spec is silent: what is not
allowed is answered 403. When the time is over, the answer has what is there by then: the stored fields, and the public
audiences as they were decided with the visitor's last event.
"""

import asyncio
from collections.abc import Collection, Mapping
from functools import partial

from starlette.exceptions import HTTPException

from understudy.server.platform.profile import Decision
from understudy.server.site import Site

ALWAYS_PUBLIC = frozenset({"_uid"})


def require_public(site: Site, headers: Mapping[str, str] | None = None) -> None:
    """Raise a 403, with these headers, when browsers may ask for nothing."""
    if not site.settings.profile.public_api:
        message = (
            "This account does not allow public personalization. Set `public_api` in [profile] of understudy.toml."
        )
        raise HTTPException(403, message, headers=dict(headers or {}))


def public_fields(site: Site) -> frozenset[str]:
    """The fields of a profile that a browser may see."""
    return ALWAYS_PUBLIC.union(site.settings.profile.public_fields)


async def decided(
    site: Site, field: str, value: str, payload: Mapping[str, object], wanted: Collection[str]
) -> Decision:
    """What personalization knows of a visitor, within the account's time; raises `StoreError`."""
    work = partial(site.platform.personalize, field, value, payload, wanted)
    limit = site.settings.profile.timeout_ms
    if not limit:
        return work()
    task = asyncio.ensure_future(asyncio.to_thread(work))
    done, _ = await asyncio.wait({task}, timeout=limit / 1000)
    if done:
        return task.result()
    task.add_done_callback(lambda late: late.cancelled() or late.exception())  # nobody is left to hear of an error
    return site.platform.at_hand(field, value)
