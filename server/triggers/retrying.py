"""What an answer means, and when to try again (platform.md 4.1).

How long the vendor waits between tries is UNKNOWN; here it is a second, then twice as long each time, up to a minute.
`Retry-After` goes before that, up to an hour. After ten tries the job has failed; the vendor would start it again by
the schedule of all its jobs, here that is for whoever mends it.
"""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Literal

from understudy.server.triggers.job import NEVER_RETRIED, WebhookJob

MOST_TRIES = 10
FIRST_WAIT_S, LONGEST_WAIT_S = 1.0, 60.0
LONGEST_ASKED_S = 3600.0
DELIVERED = 200

Verdict = Literal["delivered", "omitted", "again"]


def verdict_of(status: int | None, job: WebhookJob) -> Verdict:
    """What a status (None: no answer came) means for a request."""
    if status == DELIVERED:
        return "delivered"
    if status is not None and (status in NEVER_RETRIED or status in job.do_not_retry):
        return "omitted"
    return "again"


def wait_after(tries: int, retry_after: str, now: float) -> float:
    """Seconds to wait after so many tries, when the answer says that in `Retry-After`; `now` is in unix ms."""
    asked = seconds_of(retry_after, now)
    if asked is not None:
        return min(max(asked, 0.0), LONGEST_ASKED_S)
    return min(FIRST_WAIT_S * 2.0 ** (tries - 1), LONGEST_WAIT_S)


def seconds_of(retry_after: str, now: float) -> float | None:
    """What a `Retry-After` says: seconds, or a date; None when it says nothing."""
    text = retry_after.strip()
    if text.isascii() and text.isdecimal():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return (moment - datetime.fromtimestamp(now / 1000, UTC)).total_seconds()
