"""Content security policies, as far as the tag is concerned: whether one allows a thing, and what to add when not."""

import base64
import hashlib
from dataclasses import dataclass
from urllib.parse import urlsplit

FALLBACKS = {
    "script-src": ("script-src-elem", "script-src", "default-src"),
    "style-src": ("style-src-elem", "style-src", "default-src"),
    "img-src": ("img-src", "default-src"),
    "connect-src": ("connect-src", "default-src"),
}
PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}
SAFER = {"http": {"http", "https"}, "ws": {"ws", "wss"}}


@dataclass(frozen=True)
class Policy:
    """One policy; all policies of a page must allow a thing. `line` is that of its meta element, 0 for a header."""

    directives: dict[str, tuple[str, ...]]
    origin: str
    line: int = 0

    def sources(self, kind: str) -> tuple[str, tuple[str, ...]] | None:
        """The directive that decides about a kind, with its sources; None when nothing restricts it."""
        found = (name for name in FALLBACKS.get(kind, (kind,)) if name in self.directives)
        return next(((name, self.directives[name]) for name in found), None)

    def allows_url(self, kind: str, url: str) -> bool:
        """Whether the sources of a kind match an address."""
        decided = self.sources(kind)
        return decided is None or any(matches(source, url, self.origin) for source in decided[1])

    def allows_inline(self, text: str, nonce: str) -> bool:
        """Whether an inline script may run."""
        decided = self.sources("script-src")
        if decided is None:
            return True
        sources = decided[1]
        if has_nonce(sources, nonce) or any(hash_of(text, kind) in sources for kind in ("sha256", "sha384", "sha512")):
            return True
        strict = any(source.startswith(("'nonce-", "'sha")) or source == "'strict-dynamic'" for source in sources)
        return "'unsafe-inline'" in sources and not strict

    def allows_made(self, url: str, *, nonce: str) -> bool:
        """Whether a script made by a script that was allowed may load, with that one's nonce if it hands it on."""
        decided = self.sources("script-src")
        if decided is None or has_nonce(decided[1], nonce) or "'strict-dynamic'" in decided[1]:
            return True
        return self.allows_url("script-src", url)

    def extended(self, kind: str, *added: str) -> str:
        """The directive to write instead, with these sources added."""
        decided = self.sources(kind)
        old = tuple(source for source in decided[1] if source != "'none'") if decided else ()
        name = decided[0] if decided and decided[0] != "default-src" else kind
        return " ".join([name, *old, *(source for source in added if source not in old)])


def parse_policies(text: str, origin: str, line: int = 0) -> list[Policy]:
    """The policies in one header or meta element; of a directive named twice the first counts."""
    policies = []
    for part in text.split(","):
        directives: dict[str, tuple[str, ...]] = {}
        for words in (directive.split() for directive in part.split(";")):
            if words:
                directives.setdefault(words[0].lower(), tuple(word_of(word) for word in words[1:]))
        if directives:
            policies.append(Policy(directives, origin, line))
    return policies


def word_of(word: str) -> str:
    """A source as it is compared: keywords in lower case, nonces and hashes as they are."""
    return word if word.startswith(("'nonce-", "'sha")) else word.lower() if word.startswith("'") else word


def has_nonce(sources: tuple[str, ...], nonce: str) -> bool:
    """Whether a nonce is among the sources."""
    return bool(nonce) and f"'nonce-{nonce}'" in sources


def hash_of(text: str, kind: str = "sha256") -> str:
    """The source that allows one inline script."""
    digest = hashlib.new(kind, text.encode()).digest()
    return f"'{kind}-{base64.b64encode(digest).decode()}'"


def origin_of(url: str) -> str:
    """Scheme and host of an address, as a source names them."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def matches(source: str, url: str, origin: str) -> bool:
    """Whether one source expression matches an address (CSP level 3, 6.7.2)."""
    target = urlsplit(url)
    if source == "'self'":
        return origin_of(url) == origin
    if source.startswith("'"):
        return False
    if source == "*":
        return target.scheme in PORTS or target.scheme == urlsplit(origin).scheme
    if source.endswith(":") and "/" not in source:
        return target.scheme in SAFER.get(source[:-1].lower(), {source[:-1].lower()})
    return host_matches(source, url, origin)


def host_matches(source: str, url: str, origin: str) -> bool:
    """Whether a source of the form `https://*.example.com:443/path` matches an address."""
    target = urlsplit(url)
    scheme, _, rest = source.rpartition("://")
    scheme = scheme.lower() or urlsplit(origin).scheme
    host, slash, path = rest.partition("/")
    name, _, port = host.lower().partition(":")
    if target.scheme not in SAFER.get(scheme, {scheme}):
        return False
    own = target.hostname or ""
    if not (own.endswith(name[1:]) and own != name[1:] if name.startswith("*.") else own == name):
        return False
    actual = target.port or PORTS.get(target.scheme, 0)
    if port != "*" and port != str(actual) and (port or actual != PORTS.get(target.scheme)):
        return False
    wanted = slash + path
    return not wanted.strip("/") or (target.path.startswith(wanted) if wanted.endswith("/") else target.path == wanted)
