import pytest

from understudy.server.personas import Persona, read_persona

ADA = """
label: Ada
description: Our best customer
identities: {email: ada@example.com}
fields:
  visitct: 31
  score: 0.5
  subscribed: true
  lastvisit_ts: 2026-01-01T00:00:00Z
  utm_mediums: [email, social]
  ly_impressions: {vip-offer: 2}
"""


def read(text: str) -> Persona:
    persona, problems = read_persona(text.encode(), "personas/ada.yaml")
    assert [str(problem) for problem in problems] == []
    assert persona is not None
    return persona


def problem(text: str) -> str:
    persona, (found,) = read_persona(text.encode(), "personas/ada.yaml")
    assert persona is None
    return str(found)


def test_fields_keep_their_types() -> None:
    assert read(ADA).fields == {
        "visitct": 31,
        "score": 0.5,
        "subscribed": True,
        "lastvisit_ts": "2026-01-01T00:00:00Z",
        "utm_mediums": ["email", "social"],
        "ly_impressions": {"vip-offer": 2},
    }


def test_name_and_visitor_id_come_from_the_file() -> None:
    ada = read(ADA)
    assert (ada.id, ada.label, ada.uid, ada.file) == ("ada", "Ada", "persona-ada", "personas/ada.yaml")
    assert ada.all_identities == {"_uid": "persona-ada", "email": "ada@example.com"}
    assert read("fields: {visitct: 1}").label == "ada"


def test_a_persona_can_state_its_visitor_id() -> None:
    assert read("identities: {_uid: u1}").all_identities == {"_uid": "u1"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("fields: {a: [[1]]}", "1:13: 'fields.a': a list cannot be part of a profile field"),
        ("fields: {a: {b: {c: 1}}}", "1:13: 'fields.a': a mapping cannot be part of a profile field"),
        ("fields: {segments: [vip]}", "1:9: 'fields': 'segments' is worked out from the other fields"),
        ("fields: {visitct: many}", "1:19: visitct must be a whole number, but is 'many'. Change the value"),
        ("fields: {_num_aliases: 3}", "1:24: _num_aliases cannot be stated"),
        ("identities: {phone: '123'}", "1:21: phone '123' does not identify a profile"),
        ("identities: {email: nobody}", "1:21: email 'nobody' does not identify a profile"),
        ("fields: {'a b': 1}", "not a field's name, in 'a b'"),
        ("identities: {email: 5}", "1:21: 'identities.email' must be text, not 5 — put quotes around it"),
        ("identities: {email: ''}", "1:21: 'identities.email' must not be empty, not ''"),
        ("feilds: {}", "1:1: unknown key 'feilds' — did you mean 'fields'?"),
        ("fields: {a: }", "'fields.a' has no value"),
        ("- a", "must hold `key: value` lines"),
    ],
)
def test_bad_personas(text: str, message: str) -> None:
    assert message in problem(text)
