"""What the markup alone tells about the installation: one check, one function, one kind of finding."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from understudy.dev_tools.diagnosis.consent import consent_gate
from understudy.dev_tools.diagnosis.findings import Finding
from understudy.dev_tools.diagnosis.markup import (
    ACCOUNT,
    CALL,
    GUARDED,
    INIT,
    INIT_TOO,
    STUB,
    Installation,
    Markup,
)
from understudy.dev_tools.snippet_text import Install, html_snippet

AD_TAGS = {
    "Google Ad Manager": r"/tag/js/gpt\.js|\bgoogletag\.(?:cmd|pubads)",
    "Google AdSense": r"pagead2\.googlesyndication\.com|\badsbygoogle\b",
    "Amazon Publisher Services": r"amazon-adsystem\.com/.*apstag|\bapstag\.init\b",
    "Prebid": r"\bprebid[\w.-]*\.js|\bpbjs\.que\b",
    "Criteo": r"static\.criteo\.net|\bcriteo_q\b",
    "Taboola": r"cdn\.taboola\.com|\b_taboola\b",
    "AdRoll": r"s\.adroll\.com|\badroll_adv_id\b",
}
TAG_MANAGER = re.compile(r"googletagmanager\.com/gtm\.js|\bGTM-[A-Z0-9]{4,}")
DEFAULT_SRC = "https://YOUR-HOST/api/tag/{}/latest.min.js"


@dataclass(frozen=True)
class Subject:
    """A page, and the account that it should have, if that is known."""

    markup: Markup
    account: str = ""

    @property
    def snippet(self) -> str:
        """Our own snippet for this page, with the address of the tag that it has already."""
        first = next(iter(self.markup.installations), None)
        account = self.account or (first.account if first else "") or "ACCOUNT"
        src = first.src if first and first.account == account and "lio.js" not in first.src else ""
        return html_snippet(Install(src or DEFAULT_SRC.format(account)))


def missing(subject: Subject) -> Iterator[Finding]:
    """No script of the page loads the tag."""
    if subject.markup.installations:
        return
    for script, outer in subject.markup.inert:
        yield Finding(
            "tag-missing",
            f"the tag's snippet stands in a <{outer}>, and there it never runs",
            f"Move it out of the <{outer}>, into the head.",
            line=script.line,
        )
        return
    if found := TAG_MANAGER.search(str(subject.markup.soup)):
        line = next((one.line for one in subject.markup.scripts if TAG_MANAGER.search(one.src + one.text)), 0)
        yield Finding(
            "tag-missing",
            f"no script in the markup loads the tag; there is Google Tag Manager ({found[0]}), which may add it",
            "Let the doctor run the page with --allow www.googletagmanager.com, or look for the tag in the container.",
            line=line,
        )
        return
    yield Finding(
        "tag-missing",
        f"no script of the page loads the tag; it has {len(subject.markup.scripts) or 'none'}",
        "Put the snippet into the head, before everything that uses the tag.",
        subject.snippet,
    )


def twice(subject: Subject) -> Iterator[Finding]:
    """More than one script loads the tag."""
    for other in subject.markup.installations[1:]:
        first = subject.markup.installations[0]
        yield Finding(
            "tag-twice",
            f"the tag is loaded a second time, from {other.src}; line {first.script.line} loads {first.src}",
            "Remove this one: the second snippet hides what the first one kept, and the script is loaded for nothing.",
            line=other.script.line,
        )


def wrong_account(subject: Subject) -> Iterator[Finding]:
    """Another account than the workspace's, or two that do not agree."""
    for one in subject.markup.installations:
        given = ACCOUNT.search(one.script.text)
        for account in dict.fromkeys(filter(None, (one.account, given[1] if given else ""))):
            expected = subject.account or one.account
            if expected and account != expected:
                yield Finding(
                    "wrong-account",
                    f"the account is {account!r}, and it should be {expected!r}",
                    "Write the account's id in the address of the script, and as `cid` if you name it there.",
                    one.src.replace(one.account, expected) if one.account else f'cid: "{expected}"',
                    line=one.script.line,
                )


def order_of_ads(subject: Subject) -> Iterator[Finding]:
    """An ad tag that stands before the tag misses the visitor's audiences (tag.md 1.4)."""
    first = next(iter(subject.markup.installations), None)
    for script in subject.markup.scripts[: first.script.index] if first else []:
        for name, pattern in AD_TAGS.items():
            if first and re.search(pattern, script.src + script.text):
                yield Finding(
                    "order-ads",
                    f"{name} stands before the tag, which is loaded in line {first.script.line}",
                    "Move the tag's snippet above it: an ad request that goes out first has no audiences.",
                    line=script.line,
                )


def order_of_calls(subject: Subject) -> Iterator[Finding]:
    """A call that stands before the snippet, or that nothing keeps until the script is there."""
    first = next(iter(subject.markup.installations), None)
    if first is None:
        return
    kept = any(one.is_snippet for one in subject.markup.installations) or any(
        STUB.search(script.text) for script in subject.markup.scripts[: first.script.index + 1]
    )
    late = first.script.element.has_attr("async") or first.script.element.has_attr("defer")
    for script, method in subject.markup.calls(INIT_TOO if late else CALL):
        if method != "init" and script.index < first.script.index and not GUARDED.search(script.text):
            yield Finding(
                "order-calls",
                f"jstag.{method}() is called before line {first.script.line}, where the tag is installed",
                "Move the snippet above this script, or this script below it.",
                line=script.line,
            )
        elif not kept and late and script.index > first.script.index and not GUARDED.search(script.text):
            yield Finding(
                "calls-lost",
                f"jstag.{method}() may run before the script of line {first.script.line}, and nothing keeps the call",
                "Install the tag with the snippet instead of a bare script element.",
                subject.snippet,
                line=script.line,
            )
            return


def not_started(subject: Subject) -> Iterator[Finding]:
    """Nothing calls `init`, and without it the tag does nothing."""
    first = next(iter(subject.markup.installations), None)
    if first and first.generation != "legacy" and not INIT.search(subject.markup.text):
        yield Finding(
            "init-missing",
            "nothing in the page's markup calls jstag.init(), and until then the tag only waits",
            "Call it once, after the script or in the snippet.",
            f'jstag.init({{"cid": "{first.account or subject.account or "ACCOUNT"}"}});',
            line=first.script.line,
        )


def old_generation(subject: Subject) -> Iterator[Finding]:
    """A snippet of the tag's versions 1 and 2; or one of version 3 that keeps a failed download to itself."""
    for one in subject.markup.installations:
        if one.generation == "legacy" or "lio.js" in one.src:
            yield Finding(
                "old-generation",
                f"this is a snippet of the tag's version 1 or 2, and it loads {one.src}",
                "Replace it by a snippet of version 3; its methods `bind`, `ready` and `block` are gone.",
                subject.snippet,
                line=one.script.line,
            )
        elif one.generation in {"1", "2"}:
            named = "first" if one.generation == "1" else "second or third"
            yield Finding(
                "generation",
                f"this is the vendor's snippet of the {named} generation; a script that does not load is told nobody",
                "It works. `understudy snippet` prints one that says so and tries again.",
                line=one.script.line,
                note=True,
            )


def mixed_content(subject: Subject) -> Iterator[Finding]:
    """A script over http on a page over https, which browsers block."""
    for one in subject.markup.installations:
        if urlsplit(subject.markup.address).scheme == "https" and one.url.startswith("http://"):
            yield Finding(
                "mixed-content",
                f"the page is https, and {one.src} is not; browsers block it",
                "Write the address with https.",
                one.src.replace("http://", "https://", 1),
                line=one.script.line,
            )


def integrity_without_cors(subject: Subject) -> Iterator[Finding]:
    """A hash on a script of another origin, which a browser can only check on a CORS request."""
    page = urlsplit(subject.markup.address).netloc
    for one in subject.markup.installations:
        element = one.script.element
        if element.has_attr("integrity") and not element.has_attr("crossorigin") and urlsplit(one.url).netloc != page:
            yield Finding(
                "integrity-crossorigin",
                f"the script has an integrity and another origin, {one.src}: browsers refuse it without crossorigin",
                "Add the attribute.",
                'crossorigin="anonymous"',
                line=one.script.line,
            )


CHECKS: tuple[Callable[[Subject], Iterator[Finding]], ...] = (
    missing,
    twice,
    wrong_account,
    order_of_ads,
    order_of_calls,
    not_started,
    old_generation,
    mixed_content,
    integrity_without_cors,
    lambda subject: consent_gate(subject.markup),
)


def check_markup(subject: Subject) -> list[Finding]:
    """Everything that the markup tells."""
    return [finding for check in CHECKS for finding in check(subject)]


def addresses(one: Installation) -> dict[str, str]:
    """What the tag will ask for, by kind, under the vendor's layout (tag.md 5.1)."""
    root = one.url.partition("/api/tag/")[0] if "/api/tag/" in one.url else one.url.rsplit("/", 1)[0]
    return {
        "sdk": f"{root}/static/pathfora.min.js",
        "css": f"{root}/static/pathfora.min.css",
        "experiences": f"{root}/api/experience/candidate/{one.account or 'ACCOUNT'}/config.js",
        "profile": f"{root}/api/personalize/{one.account or 'ACCOUNT'}/",
        "events": f"{root}/c/{one.account or 'ACCOUNT'}",
    }
