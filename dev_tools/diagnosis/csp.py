"""What the page's content security policies do to the tag, and the directive to write instead."""

import re
from collections.abc import Iterator, Sequence

from bs4 import Tag

from understudy.dev_tools.diagnosis.checks import addresses
from understudy.dev_tools.diagnosis.findings import Finding
from understudy.dev_tools.diagnosis.markup import Installation, Markup
from understudy.dev_tools.diagnosis.policy import Policy, hash_of, origin_of, parse_policies

HANDS_NONCE_ON = re.compile(r"\.nonce\s*=")
POLICY_NAMES = ("jstag", "understudy")
# What each later request is for, by its kind.
LATER = {
    "style-src": ("css", "the widgets' stylesheet"),
    "connect-src": ("profile", "the visitor's profile"),
    "img-src": ("events", "events"),
}


def policies_of(markup: Markup, headers: Sequence[str]) -> list[Policy]:
    """All policies of a page: those of its headers, then those of its markup."""
    origin = origin_of(markup.address)
    found = [policy for header in headers for policy in parse_policies(header, origin)]
    for element in markup.soup.find_all("meta", content=True):
        if isinstance(element, Tag) and str(element.get("http-equiv") or "").lower() == "content-security-policy":
            found += parse_policies(str(element["content"]), origin, element.sourceline or 0)
    return found


def check_policies(markup: Markup, policies: Sequence[Policy]) -> list[Finding]:
    """Everything that the policies forbid the first installation."""
    one = next(iter(markup.installations), None)
    if one is None:
        return []
    return [finding for policy in policies for check in CHECKS for finding in check(one, policy)]


def blocked(code: str, what: str, policy: Policy, kind: str, *sources: str, note: bool = False) -> Finding:
    """A finding with the directive to write."""
    decided = policy.sources(kind)
    named = f"{decided[0]} {' '.join(decided[1])}".strip() if decided else kind
    where = "its meta element" if policy.line else "the Content-Security-Policy header"
    return Finding(
        code,
        f"the page's policy blocks {what}: {named!r}",
        f"Add {' '.join(sources)} to {kind}, in {where}.",
        policy.extended(kind, *sources),
        line=policy.line,
        note=note,
    )


def inline_script(one: Installation, policy: Policy) -> Iterator[Finding]:
    """The snippet itself."""
    script = one.script
    if not one.is_snippet or policy.allows_inline(script.text, script.nonce):
        return
    decided = policy.sources("script-src")
    if decided and any(source.startswith("'nonce-") for source in decided[1]):
        yield Finding(
            "csp-inline",
            f"the page's policy blocks the snippet, which has {'another' if script.nonce else 'no'} nonce",
            "Give the script element the nonce of the page's policy, as the page's other scripts have it.",
            '<script nonce="THE-PAGE\'S-NONCE">',
            line=script.line,
        )
        return
    yield blocked("csp-inline", f"the snippet in line {script.line}", policy, "script-src", hash_of(script.text))


def tag_scripts(one: Installation, policy: Policy) -> Iterator[Finding]:
    """The tag's script, and those that it adds itself."""
    script = one.script
    if one.is_snippet:
        allowed = policy.allows_inline(script.text, script.nonce)
        handed = script.nonce if HANDS_NONCE_ON.search(script.text) or one.generation == "own" else ""
        loads = policy.allows_made(one.url, nonce=handed if allowed else "")
    else:
        decided = policy.sources("script-src")
        strict = decided is not None and "'strict-dynamic'" in decided[1]
        nonce = f"'nonce-{script.nonce}'"
        loads = bool(script.nonce and decided and nonce in decided[1])
        loads = loads or (not strict and policy.allows_url("script-src", one.url))
    if not loads:
        yield blocked("csp-script", f"the tag's script, {one.url}", policy, "script-src", origin_of(one.url))
        return
    later = [addresses(one)[name] for name in ("sdk", "experiences")]
    refused = [url for url in later if not policy.allows_made(url, nonce=script.nonce)]
    if refused:
        what = f"scripts that the tag adds, {' and '.join(refused)}"
        yield blocked("csp-script", what, policy, "script-src", *dict.fromkeys(map(origin_of, refused)))


def requests(one: Installation, policy: Policy) -> Iterator[Finding]:
    """The stylesheet, the profile and the events; a stylesheet that may be fetched is adopted instead."""
    for kind, (name, what) in LATER.items():
        url = addresses(one)[name]
        if not policy.allows_url(kind, url):
            code = {"style-src": "csp-style", "connect-src": "csp-connect", "img-src": "csp-img"}[kind]
            adopted = kind == "style-src" and policy.allows_url("connect-src", url)
            shown = f"{what}, {url}" + ("; the SDK fetches and adopts it instead" if adopted else "")
            yield blocked(code, shown, policy, kind, origin_of(url), note=adopted)


def trusted_types(one: Installation, policy: Policy) -> Iterator[Finding]:
    """A policy that wants typed addresses of scripts: the snippet and the tag each make one, under these names."""
    if "'script'" not in policy.directives.get("require-trusted-types-for", ()):
        return
    allowed = policy.directives.get("trusted-types")
    lacking = [name for name in POLICY_NAMES if allowed is not None and name not in allowed and "*" not in allowed]
    if lacking:
        yield blocked(
            "csp-trusted-types", "the addresses of scripts that the tag adds", policy, "trusted-types", *lacking
        )
    if one.is_snippet and "createScriptURL" not in one.script.text:
        yield Finding(
            "csp-trusted-types",
            "the page's policy wants Trusted Types, and the snippet was made without",
            "Make it anew with the option.",
            "understudy snippet --trusted-types",
            line=one.script.line,
        )


CHECKS = (inline_script, tag_scripts, requests, trusted_types)
