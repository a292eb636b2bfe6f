"""The kinds of payload that the vendor's pages show worked out, in our words, the same from both languages (4.3)."""

import json
from pathlib import Path
from typing import Any

import pytest
from triggers_support import NOW, job_text, serving

from understudy.server.segments.vendor_object import segment_id

UPSERT_JS = """
function template(data) {
  if (!isEnter()) {
    return { users: [{ identifiers: { email: get("email") }, custom: { partial: { audience: [segSlug()] } } }] };
  }
  const event = segEvents()[0];
  return {
    users: [{
      insider_id: get("insider_id", ""),
      identifiers: { email: get("email"), custom: { lytics_id: get("_id"), lytics_last_uid: get("_uid") } },
      attributes: { tier: get("tier"), custom: { audiences: get("segments_all", []).length > 0 } },
      not_append: true,
      events: [{
        event_name: "lytics_trigger",
        timestamp: event.enter,
        event_params: { custom: { id: event.id, audience: event.slug, trigger: event.event, origin: "Lytics" } },
      }],
    }],
  };
}
"""
UPSERT_JSONNET = """
local event = (import 'lytemplates.libsonnet');
assert event.has('email') : 'nobody to tell of';
local first = event.get('segment_events')[0];
{
  users: [
    if event.isEnter() then {
      insider_id: event.get('insider_id', ''),
      identifiers: {
        email: event.get('email'),
        custom: { lytics_id: event.get('_id'), lytics_last_uid: event.get('_uid') },
      },
      attributes: { tier: event.get('tier'), custom: { audiences: std.length(event.get('segments_all', [])) > 0 } },
      not_append: true,
      events: [{
        event_name: 'lytics_trigger',
        timestamp: first.enter,
        event_params: {
          custom: {
            id: event.idForEvent(first),
            audience: event.slugForEvent(first),
            trigger: first.event,
            origin: 'Lytics',
          },
        },
      }],
    } else {
      identifiers: { email: event.get('email') },
      custom: { partial: { audience: [event.segSlug()] } },
    },
  ],
}
"""
CONVERSION = """
function template(data) {
  const id = firstProfileFieldFromConfig("client_field");
  return {
    ly_template_url: "http://127.0.0.1:9/mp/collect?measurement_id=" + jobConfGet("measurement"),
    ly_template_headers: { "X-Signature": hmacSha256(id, authConfGet("webhook_request_params", "")) },
    ly_template_body: {
      client_id: id,
      user_id: hashedProfileFieldFromConfig("user_field"),
      timestamp_micros: unixTimestamp() * 1000000,
      events: segEvents().map((event) => ({ name: event.event + "_" + event.slug })),
    },
  };
}
"""


@pytest.mark.parametrize(("name", "source"), [("upsert.js", UPSERT_JS), ("upsert.jsonnet", UPSERT_JSONNET)])
def test_4_3_an_upsert_on_entering_and_a_deletion_on_leaving(tmp_path: Path, name: str, source: str) -> None:
    files = {"webhooks/insider.yaml": job_text(template_id=name, include_segs=True), f"webhooks/{name}": source}
    with serving(tmp_path, files) as stand:
        stand.send(tier="gold", email="ann@example.com")
        profile = stand.site.platform.profile("_uid", "ann")
        stand.send(tier="tin")
        entered, left = stand.payloads()
    assert profile is not None
    expected: dict[str, Any] = {
        "insider_id": "",
        "identifiers": {
            "email": "ann@example.com",
            "custom": {"lytics_id": profile.id, "lytics_last_uid": "ann"},
        },
        "attributes": {"tier": "gold", "custom": {"audiences": True}},
        "not_append": True,
        "events": [
            {
                "event_name": "lytics_trigger",
                "timestamp": "2026-11-23T12:00:00.12Z",
                "event_params": {
                    "custom": {
                        "id": segment_id("acc", "gold"),
                        "audience": "gold",
                        "trigger": "enter",
                        "origin": "Lytics",
                    }
                },
            }
        ],
    }
    assert entered == {"users": [expected]}
    partial = {"identifiers": {"email": "ann@example.com"}, "custom": {"partial": {"audience": ["gold"]}}}
    assert left == {"users": [partial]}


def test_4_3_a_measurement_that_is_signed_and_hashed(tmp_path: Path) -> None:
    config = {"client_field": "_uids", "user_field": "email", "measurement": "G-7"}
    text = job_text(
        template_id="ga.js", template_config=config, authorization={"webhook_request_params": "api_secret=${GA}"}
    )
    with serving(
        tmp_path, {"webhooks/ga.yaml": text, "webhooks/ga.js": CONVERSION}, environment={"GA": "s3cret"}
    ) as stand:
        stand.send(tier="gold", email="Ann@Example.com")
        (request,) = stand.requests()
        (delivery,) = stand.webhooks()["deliveries"]
    assert str(request.url) == "http://127.0.0.1:9/mp/collect?measurement_id=G-7&api_secret=s3cret"
    assert json.loads(request.content) == {
        "client_id": "ann",
        "user_id": "71d4f55f72fa128dfb468a1a3901507c804b74316488744d769d7f4b16696476",
        "timestamp_micros": int(NOW / 1000) * 1_000_000,
        "events": [{"name": "enter_gold"}],
    }
    assert len(request.headers["x-signature"]) == 64
    assert "s3cret" not in json.dumps(delivery)
