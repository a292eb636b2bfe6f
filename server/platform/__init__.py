"""The platform behind the tag: events, identity, profiles, audiences, over one store."""

from understudy.server.platform.audiences import Audience, AudienceBook, parse_audience
from understudy.server.platform.errors import EventTooLarge, FieldError, PlatformError, StoreError
from understudy.server.platform.event import RawEvent, Receipt, StoredEvent
from understudy.server.platform.platform import Platform
from understudy.server.platform.profile import Decision, Profile, visible

__all__ = [
    "Audience",
    "AudienceBook",
    "Decision",
    "EventTooLarge",
    "FieldError",
    "Platform",
    "PlatformError",
    "Profile",
    "RawEvent",
    "Receipt",
    "StoreError",
    "StoredEvent",
    "parse_audience",
    "visible",
]
