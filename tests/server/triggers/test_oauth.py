"""OAuth2 client credentials (platform.md 4.1): a token is fetched, kept, fetched anew, and never shown."""

import base64
import json
from pathlib import Path
from urllib.parse import parse_qs

import httpx2
import pytest
from triggers_support import HERE, job_text, serving

TOKENS = "http://127.0.0.1:9/token"
OAUTH = {"token_url": TOKENS, "client_id": "me", "client_secret": "${SECRET}", "scope": "write"}
SECRETS = {"SECRET": "s3cret"}


class Provider:
    """Gives out numbered tokens, and takes only the newest."""

    def __init__(self, life: object = 3600) -> None:
        self.life = life
        self.asked: list[httpx2.Request] = []
        self.got: list[httpx2.Request] = []
        self.valid = ""
        self.broken = 0

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        if str(request.url) != TOKENS:
            self.got.append(request)
            return httpx2.Response(200 if self.valid in str(request.headers.raw) + str(request.url) else 401)
        self.asked.append(request)
        if self.broken:
            self.broken -= 1
            return httpx2.Response(500, text="down")
        self.valid = f"token-{len(self.asked)}"
        return httpx2.Response(200, json={"access_token": self.valid, "expires_in": self.life})


def test_4_1_a_token_is_fetched_once_and_sent_as_bearer(tmp_path: Path) -> None:
    provider = Provider()
    text = job_text(authorization={"oauth2": OAUTH})
    with serving(tmp_path, {"webhooks/crm.yaml": text}, reply=provider, environment=SECRETS) as stand:
        for tier in ("gold", "tin"):
            stand.send(tier=tier)
        view = stand.webhooks()
    (asked,) = provider.asked
    assert parse_qs(asked.content.decode()) == {"grant_type": ["client_credentials"], "scope": ["write"]}
    assert asked.headers["authorization"] == "Basic " + base64.b64encode(b"me:s3cret").decode()
    assert [request.headers["authorization"] for request in provider.got] == ["Bearer token-1"] * 2
    assert "token-1" not in json.dumps(view)
    assert "s3cret" not in json.dumps(view)


@pytest.mark.parametrize(
    ("auth", "seen"),
    [
        ({"webhook_request_headers": "X-Token: t={token};"}, ("x-token", "t=token-1;")),
        ({"webhook_request_params": "t={token}"}, ("url", f"{HERE}?t=token-1")),
    ],
)
def test_4_1_the_token_goes_where_its_placeholder_is(
    tmp_path: Path, auth: dict[str, str], seen: tuple[str, str]
) -> None:
    provider = Provider()
    text = job_text(authorization={**auth, "oauth2": OAUTH})
    with serving(tmp_path, {"webhooks/crm.yaml": text}, reply=provider, environment=SECRETS) as stand:
        stand.send(tier="gold")
        stand.settle()
    (request,) = provider.got
    assert {"url": str(request.url), **request.headers}[seen[0]] == seen[1]
    assert "authorization" not in request.headers


def test_4_1_a_token_that_has_ended_or_is_refused_is_fetched_anew(tmp_path: Path) -> None:
    provider = Provider(life=1)
    text = job_text(authorization={"oauth2": OAUTH})
    with serving(tmp_path, {"webhooks/crm.yaml": text}, reply=provider, environment=SECRETS) as stand:
        stand.send(tier="gold")
        stand.settle()
        before = len(provider.asked)
        provider.life, provider.valid = 3600, "another"
        stand.send(tier="tin")
        stand.settle()
        assert len(provider.asked) > before
        provider.valid = "revoked"
        stand.send(tier="gold")
        (last, *_) = stand.webhooks()["deliveries"]
    assert [one["status"] for one in last["tries"]] == [401, 200]


def test_4_1_without_a_token_the_try_has_failed(tmp_path: Path) -> None:
    provider = Provider()
    provider.broken = 3
    text = job_text(authorization={"oauth2": OAUTH})
    with serving(tmp_path, {"webhooks/crm.yaml": text}, reply=provider, environment=SECRETS) as stand:
        stand.send(tier="gold")
        (delivery,) = stand.webhooks()["deliveries"]
    assert delivery["outcome"] == "delivered"
    assert delivery["tries"][0]["error"] == f"no token from {TOKENS}: it answered 500 without an access_token"
    assert len(provider.got) == 1


def test_4_1_templates_may_ask_for_the_token(tmp_path: Path) -> None:
    provider = Provider()
    files = {
        "webhooks/crm.yaml": job_text(authorization={"oauth2": OAUTH}, template_id="t.js"),
        "webhooks/t.js": "function template() { return { token: getOAuth2AccessToken() } }",
    }
    with serving(tmp_path, files, reply=provider, environment=SECRETS) as stand:
        stand.send(tier="gold")
        (delivery,) = stand.webhooks()["deliveries"]
    assert json.loads(provider.got[0].content) == {"token": "token-1"}
    assert delivery["payload"] == {"token": "***"}


def test_4_1_an_answer_that_is_no_token_is_only_a_failed_try(tmp_path: Path) -> None:
    provider = Provider()
    answers = [httpx2.Response(200, text="[" * 100_000), httpx2.Response(200, text="no JSON")]

    def reply(request: httpx2.Request) -> httpx2.Response:
        return answers.pop() if str(request.url) == TOKENS and answers else provider(request)

    text = job_text(authorization={"oauth2": OAUTH})
    with serving(tmp_path, {"webhooks/crm.yaml": text}, reply=reply, environment=SECRETS) as stand:
        stand.send(tier="gold")
        (delivery,) = stand.webhooks()["deliveries"]
    assert delivery["outcome"] == "delivered"
    assert delivery["tries"][0]["error"].startswith(f"no token from {TOKENS}: ")
