"""Which event feeds which profile field (platform.md 3.2), as data: field, kind, merge operator, and what to take.

A key that no rule reads, and that begins with neither `_` nor `pf-`, becomes a field of its own name with its latest
value, as it was sent. The vendor drops such keys until somebody adds them to a schema; on one's own machine a field
that was just sent should just be there. It stays the text it is: ask `todate(field) < "now-3d"` when it is a date. A
key named like a field that a rule fills (`visitct`) feeds nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from understudy.server.platform import takes
from understudy.server.platform.errors import FieldError
from understudy.server.platform.facts import EMAIL_KEYS, Facts
from understudy.server.platform.kinds import Kind, coerce
from understudy.server.platform.scores import NAMES as SCORES

HIDDEN = "."  # fields that begin so are kept for computing others and never shown

CONFLICTS = "_num_conflicts"
FORMER = f"{HIDDEN}former"  # the audiences that a profile has left, at some time or other


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """`field` of `kind` takes what `take` reads from an event, by merge operator `operator`.

    Only events that have one of `keys` are asked; every event is when there are none.
    """

    field: str
    kind: Kind
    operator: str
    take: takes.Take
    keys: tuple[str, ...] = ()


def _same_name(*names: str) -> tuple[Rule, ...]:
    return tuple(Rule(name, "string", "latest", takes.text(name), (name,)) for name in names)


def _utm(*parts: str) -> Iterable[Rule]:
    for part in parts:
        key = f"utm_{part}"
        yield Rule(f"{key}_last", "string", "latest", takes.text(key), (key,))
        yield Rule(f"{key}s", "set", "set", takes.texts(key), (key,))


def _channels(facts: Facts) -> object:
    return [name] if (name := takes.channel(facts)) else None


def _channel_times(facts: Facts) -> object:
    return {name: facts.time} if (name := takes.channel(facts)) else None


def _whole(key: str) -> takes.Take:
    def take(facts: Facts) -> object:
        try:
            return coerce(key, "int", facts.text(key))
        except FieldError:
            return None

    return take


_WIDGET = ("pf-widget-event",)

IDENTITY = (
    Rule("_uid", "string", "latest", takes.text("_uid"), ("_uid",)),
    Rule("_uids", "set", "set", takes.cookie("_uid"), ("_uid",)),
    Rule("email", "string", "latest", takes.email, EMAIL_KEYS),
    Rule("uuid", "string", "latest", takes.text("uuid"), ("uuid",)),
)
PERSON = (
    *_same_name("name", "first_name", "last_name", "title", "phone", "cell", "origin", "gender", "status"),
    *_same_name("city", "country", "state"),
    Rule("companies", "set", "set", takes.texts("companies"), ("companies",)),
    Rule("language", "string", "latest", takes.text("_ul"), ("_ul",)),
    Rule("timezone", "string", "latest", takes.text("_tz"), ("_tz",)),
    Rule("user_attributes", "values", "maplatest", takes.inner_map("attr"), ("attr",)),
    Rule("form_data", "values", "maplatest", takes.with_prefix("formdata_")),
    Rule("forms_submitted", "set", "set", takes.texts("form_name"), ("form_name",)),
    Rule("consent_status", "values", "maplatest", takes.consent("consented"), ("consent",)),
    Rule("consent_ts", "times", "maplatest", takes.consent("time"), ("consent",)),
    Rule("consent_source", "values", "maplatest", takes.consent("location"), ("consent",)),
)
VISITS = (
    Rule("visitct", "int", "sum", takes.one_if("_sesstart"), ("_sesstart",)),
    Rule("pageviewct", "int", "sum", takes.one_if("_e", "pv"), ("_e",)),
    Rule("firstvisit_ts", "time", "min", takes.visit_time),
    Rule("lastvisit_ts", "time", "max", takes.visit_time),
    Rule("last_active_ts", "time", "max", takes.time),
    Rule("event_first_seen", "times", "mapmin", takes.timed("_e"), ("_e",)),
    Rule("event_last_seen", "times", "mapmax", takes.timed("_e"), ("_e",)),
    Rule("hourly", "counts", "mapsum", takes.hour_of_day),
    Rule("hourofweek", "counts", "mapsum", takes.hour_of_week),
    Rule("channels", "set", "set", _channels, ("_channel", "url")),
    Rule("last_channel_activities", "times", "mapmax", _channel_times, ("_channel", "url")),
    Rule("devices", "counts", "mapsum", takes.counted("_device"), ("_device",)),
    Rule("is_mobile", "string", "latest", takes.mobile, ("_uamob", "_mob")),
    Rule("user_agent", "string", "latest", takes.text("_ua"), ("_ua",)),
    Rule("is_bot", "string", "latest", takes.text("_uabot"), ("_uabot",)),
    Rule("domains", "set", "set", takes.domain("url"), ("url",)),
    Rule("refdomain", "set", "set", takes.domain("_ref"), ("_ref",)),
    Rule("hashedurls", "counts", "mapsum", takes.hashed_page, ("url",)),
    *_utm("campaign", "content", "medium", "source", "term"),
)
WIDGETS = (
    Rule("ly_impressions", "counts", "mapsum", takes.widget("show"), _WIDGET),
    Rule("ly_hover", "counts", "mapsum", takes.widget("hover"), _WIDGET),
    Rule("ly_closes", "counts", "mapsum", takes.widget("close"), _WIDGET),
    Rule("ly_cancels", "counts", "mapsum", takes.widget("cancel"), _WIDGET),
    Rule("ly_conversions", "counts", "mapsum", takes.conversion, _WIDGET),
    Rule("ly_milestones", "counts", "mapsum", takes.widget("milestone"), _WIDGET),
    Rule("ly_goals", "counts", "mapsum", takes.widget("goal"), _WIDGET),
)
BOOKKEEPING = (
    Rule("_created", "time", "min", takes.time),
    Rule("_modified", "time", "max", takes.time),
    # How often an identity was taken over from another profile; no key of an event feeds it.
    Rule("_num_conflicts", "int", "sum", lambda _facts: None, (CONFLICTS,)),
    Rule(FORMER, "set", "set", lambda _facts: None, (FORMER,)),
    Rule("_num_events", "int", "sum", lambda _facts: 1),
    Rule("_streamnames", "set", "set", lambda facts: [facts.stream]),
    Rule(f"{HIDDEN}days", "set", "set", lambda facts: [facts.time.date().isoformat()]),
)

# Worked out, unless an event or a persona states one.
SCORED = tuple(Rule(name, "int", "latest", _whole(name), (name,)) for name in SCORES)

RULES = IDENTITY + PERSON + VISITS + WIDGETS + SCORED + BOOKKEEPING
FIELDS: dict[str, Rule] = {rule.field: rule for rule in RULES}
_ALWAYS = tuple(rule for rule in RULES if not rule.keys)
_BY_KEY = {key: tuple(rule for rule in RULES if key in rule.keys) for rule in RULES for key in rule.keys}

# Keys that rules read under another name, so that they make no field of their own.
_READ = frozenset({"url", "attr", "form_name", "consent", "segments", "email"})
_READ_PREFIXES = ("_", "pf-", "formdata_", HIDDEN)
_UTM = frozenset(rule.field.removesuffix("_last") for rule in RULES if rule.field.endswith("_last"))


@lru_cache(maxsize=256)
def plan_for(keys: tuple[str, ...]) -> tuple[tuple[Rule, ...], tuple[str, ...]]:
    """For an event with these keys: the rules to ask, each once, and the keys that make fields of their own.

    Remembered, because the events of a page mostly have the same keys.
    """
    rules = dict.fromkeys((*(rule for key in keys for rule in _BY_KEY.get(key, ())), *_ALWAYS))
    return tuple(rules), tuple(key for key in keys if is_own_field(key))


def is_own_field(key: str) -> bool:
    """Whether a key of an event makes a profile field of its own name."""
    return (
        bool(key) and key not in FIELDS and key not in _READ and key not in _UTM and not key.startswith(_READ_PREFIXES)
    )


def kind_of(field: str) -> Kind:
    """The kind of a field; `any` for one that no rule fills."""
    rule = FIELDS.get(field)
    return "any" if rule is None else rule.kind
