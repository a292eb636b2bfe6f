"""Why a template gives no value."""


class Refused(Exception):  # noqa: N818  (named for what it says of the template)
    """A template that fails; the message is what its author reads."""

    kind = "runtime"


class Omitted(Refused):
    """A template that asserts something of its event which is not so: the event is left out, which is no error."""

    kind = "assert"


class Missing(Refused):
    """A template whose language is not installed."""

    kind = "missing"
