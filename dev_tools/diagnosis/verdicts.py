"""What the run in the browser tells about the installation, as findings."""

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from understudy.dev_tools.diagnosis.browser import Seen
from understudy.dev_tools.diagnosis.checks import Subject
from understudy.dev_tools.diagnosis.findings import Finding
from understudy.dev_tools.diagnosis.markup import TAG_URL
from understudy.dev_tools.diagnosis.policy import Policy, origin_of

BAD_STATUS = 400
CODES = {
    "script-src-elem": ("csp-script", "script-src"),
    "script-src": ("csp-script", "script-src"),
    "style-src-elem": ("csp-style", "style-src"),
    "connect-src": ("csp-connect", "connect-src"),
    "img-src": ("csp-img", "img-src"),
    "trusted-types": ("csp-trusted-types", "trusted-types"),
    "require-trusted-types-for": ("csp-trusted-types", "trusted-types"),
}
PARTS = {
    "pathfora.min.css": ("stylesheet-blocked", "the widgets' stylesheet"),
    "pathfora.css": ("stylesheet-blocked", "the widgets' stylesheet"),
    "pathfora.min.js": ("sdk-failed", "the widget SDK"),
    "pathfora.js": ("sdk-failed", "the widget SDK"),
    "config.js": ("experiences-failed", "the published experiences"),
}


def judge(subject: Subject, policies: Sequence[Policy], seen: Seen, known: Sequence[Finding]) -> list[Finding]:
    """The findings of a run, without those that the markup told already."""
    found = [*violations(subject, policies, seen), *files(subject, seen), *state(subject, seen)]
    codes = {finding.code for finding in known if not finding.note}
    told = {finding.message: finding for finding in found if finding.code not in codes}
    return list(told.values())


def violations(subject: Subject, policies: Sequence[Policy], seen: Seen) -> Iterator[Finding]:
    """What the page's policies really blocked, of what belongs to the tag."""
    hosts = {urlsplit(one.url).netloc for one in subject.markup.installations}
    for violation in seen.state.get("violations", []):
        code, kind = CODES.get(violation["directive"], ("", ""))
        blocked = str(violation["blocked"])
        if not code or violation["disposition"] != "enforce":
            continue
        if "://" in blocked and urlsplit(blocked).netloc not in hosts:
            continue
        if blocked == "inline" and not any(
            one.script.line == violation["line"] for one in subject.markup.installations
        ):
            continue
        source = origin_of(blocked) if "://" in blocked else ""
        if code == "csp-trusted-types":
            source = "jstag understudy"
        if not source:
            continue
        policy = next((one for one in policies if not one.allows_url(kind, blocked)), None)
        yield Finding(
            code,
            f"the browser blocked {blocked}, because of {violation['directive']} in the page's policy",
            f"Add {source} to {kind}.",
            policy.extended(kind, *source.split()) if policy else f"{kind} {source}",
            line=policy.line if policy else 0,
        )


def files(subject: Subject, seen: Seen) -> Iterator[Finding]:
    """What became of the tag's script and of the files that it loads."""
    for url in dict.fromkeys([*seen.statuses, *seen.failures, *seen.state.get("failed", [])]):
        name = url.partition("?")[0].rsplit("/", 1)[-1]
        code, what = PARTS.get(name, ("", ""))
        if any(url == one.url for one in subject.markup.installations) or TAG_URL.search(url):
            code, what = "script-failed", "the tag's script"
        reason = why_failed(url, seen) if code else ""
        if reason:
            line = next((one.script.line for one in subject.markup.installations if one.url == url), 0)
            yield Finding(code, f"{what} did not load: {url} {reason[0]}", reason[1], line=line)


def why_failed(url: str, seen: Seen) -> tuple[str, str] | None:
    """How a file failed and what to do; None when it did not, or was not asked for at all."""
    if seen.statuses.get(url, 0) >= BAD_STATUS:
        return (
            f"answered {seen.statuses[url]}",
            "Correct the address: host, account id and file name; or publish the file there.",
        )
    if any(url in text for text in seen.digests):
        return (
            "is not the file that its integrity names",
            "Take the hash from the manifest of the build that is hosted.",
        )
    if url in seen.withheld:
        return None
    if any(str(one["blocked"]) == url for one in seen.state.get("violations", [])):
        return None
    failure = seen.failures.get(url, "")
    if "BLOCKED_BY_CLIENT" in failure:
        return ("was blocked by an extension or an ad blocker", "Serve the tag from the site's own host.")
    if failure and "ERR_ABORTED" not in failure:
        return (f"failed with {failure}", "Check the host's name, its certificate, and that it answers.")
    return None


def state(subject: Subject, seen: Seen) -> Iterator[Finding]:
    """What `window.jstag` and its companions are in the end."""
    now: dict[str, Any] = seen.state
    line = next((one.script.line for one in subject.markup.installations), 0)
    unasked = [one for one in subject.markup.installations if one.url in seen.withheld]
    if seen.stuck:
        yield Finding(
            "page-stuck",
            "the page never came to rest: its scripts kept the browser busy until the time was over",
            "Look for an endless loop in the page's scripts, or give a slow page more --timeout. What running the page "
            "tells of the tag is not known.",
        )
    elif unasked:
        yield Finding(
            "not-checked",
            f"the tag's script was not asked for: {unasked[0].src} is relative, and the page is a file",
            "Give the page's address, or --workspace.",
            line=line,
            note=True,
        )
    elif not now["present"]:
        if not subject.markup.installations:
            yield Finding("tag-missing", "there is no window.jstag after the page has loaded", "Install the tag.")
    elif now["waits"] and not now["isLoaded"]:
        yield Finding(
            "consent-gate",
            "the tag is there and waits for consent: nothing on the page has called jstag.consent(true) yet",
            "Nothing, if that is meant: until the visitor agrees it sends and keeps nothing.",
            line=line,
            note=True,
        )
        yield from other_account(subject, now, line)
    elif not now["isLoaded"]:
        yield Finding(
            "not-loaded",
            "jstag.isLoaded is not true: there is a snippet or a script, and the tag has not started",
            "Put right what is told above; if nothing is, look whether jstag.init() is called, and for errors: "
            + ("; ".join(seen.errors[:3]) or "none"),
            line=line,
        )
    else:
        yield from running(subject, now, seen, line)


def running(subject: Subject, now: dict[str, Any], seen: Seen, line: int) -> Iterator[Finding]:
    """What is said of a tag that runs."""
    yield Finding(
        "loaded",
        f"jstag.isLoaded is true: version {now['version'] or 'unknown'}, account {named(now) or 'unknown'}",
        "",
        note=True,
    )
    yield from other_account(subject, now, line)
    if now["install"] and not now["sdk"]:
        yield Finding(
            "sdk-missing",
            "the tag runs and window.pathfora is not there, so no widget can show",
            "See that the SDK's address answers, and that the page's script-src allows it.",
            line=line,
        )
    refused = [url for url, status in seen.statuses.items() if "/api/personalize/" in url and status >= BAD_STATUS]
    if refused:
        yield Finding(
            "profile-failed",
            f"the visitor's profile was refused: {refused[0].partition('?')[0]} answered {seen.statuses[refused[0]]}",
            "Allow the page's host: `domains` in understudy.toml, or the account's list of domains.",
            line=line,
        )
    elif now["preload"] and now["hasHistory"] and not now["profile"]:
        yield Finding(
            "profile-late",
            "the visitor's profile has not come in time, so widgets for audiences do not show",
            "See that the tag's host answers /api/personalize/, and that the page's connect-src allows it.",
            line=line,
        )


def other_account(subject: Subject, now: dict[str, Any], line: int) -> Iterator[Finding]:
    """Whether the tag that is there is another account's."""
    if subject.account and now["accounts"] and subject.account not in now["accounts"]:
        yield Finding(
            "wrong-account",
            f"the running tag has the account {named(now)!r}, and it should be {subject.account!r}",
            "Write the account's id in the address of the script.",
            line=line,
        )


def named(now: dict[str, Any]) -> str:
    """The accounts of the tag that is there."""
    return ", ".join(now["accounts"])
