"""`understudy explain`: the tree of conditions, where each INCLUDE comes from, and the nearest flip."""

import json
from argparse import ArgumentParser
from pathlib import Path

import pytest

from understudy.dev_tools import explain

AT = "2026-12-27T10:00Z"


def run(*arguments: str) -> int:
    parser = ArgumentParser()
    explain.add_arguments(parser)
    return explain.run(parser.parse_args(arguments))


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    files = {
        "understudy.toml": 'account = "shop"\n',
        "audiences/keen.fql": '-- Here this week.\nFILTER AND (\n  lastvisit_ts > "now-1w"\n  NOT INCLUDE buyers\n'
        '  tolower(city) = "paris"\n  INCLUDE gone_away\n)\n',
        "audiences/fresh.fql": 'FILTER AND (lastvisit_ts > "now-1w", NOT INCLUDE buyers, EXISTS email)',
        "audiences/buyers.fql": "FILTER order_count BETWEEN 0 AND 99",
        "audiences/round.fql": "FILTER OR (visitct = 1, INCLUDE round)",
        "audiences/broken.fql": "FILTER AND (",
        "personas/ada.yaml": "identities:\n  email: ada@example.com\n"
        "fields:\n  order_count: 0\n  city: Paris\n  lastvisit_ts: 2026-12-27T10:00:00Z\n",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return tmp_path


def test_3_6_the_tree_with_values_includes_and_the_nearest_flip(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(str(shop), "--audience", "fresh", "--persona", "ada", "--at", AT) == 0
    assert capsys.readouterr().out == (
        f"persona ada is in fresh (audiences/fresh.fql) at {AT}\n"
        "  pass: AND\n"
        '    pass: lastvisit_ts > "now-1w"  (lastvisit_ts is 2026-12-27T10:00Z, "now-1w" is 2026-12-20T10:00Z)\n'
        "    pass: NOT\n"
        "      fail: INCLUDE buyers  (audiences/fresh.fql:1, from audiences/buyers.fql)\n"
        "        fail: order_count BETWEEN 0 AND 99  (order_count is 0)\n"
        "    pass: EXISTS email  (email is 'ada@example.com')\n"
        "leaves at 2027-01-03T10:00Z\n"
    )
    assert run(str(shop), "--audience", "fresh", "--persona", "ada", "--at", "2027-01-03T10:00Z") == 1
    out = capsys.readouterr().out
    assert "persona ada is not in fresh" in out
    assert out.endswith("time alone changes nothing\n")


def test_3_6_conditions_after_the_one_that_settles_it_are_told_too(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(str(shop), "--audience", "keen", "--at", AT) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"a new visitor is not in keen (audiences/keen.fql) at {AT}",
        "  fail: AND",
        '    fail: lastvisit_ts > "now-1w"  (lastvisit_ts is missing, "now-1w" is 2026-12-20T10:00Z)',
        "    pass: NOT",
        "      unknown: INCLUDE buyers  (audiences/keen.fql:4, from audiences/buyers.fql)",
        "        unknown: order_count BETWEEN 0 AND 99  (order_count is missing)",
        '    fail: tolower(city) = "paris"  (city is missing, tolower(city) is missing)',
        "    unknown: INCLUDE gone_away  (audiences/keen.fql:6, there is no such audience)",
        "time alone changes nothing",
    ]
    assert run(str(shop), "--audience", "round", "--at", AT) == 1
    assert (
        "  unknown: INCLUDE round  (audiences/round.fql:1, it includes itself by way of this)"
        in capsys.readouterr().out
    )
    assert run(str(shop), "--audience", "known_profiles", "--at", AT) == 1
    assert "fail: NOT\n" in capsys.readouterr().out


def test_3_6_as_json(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(str(shop), "--audience", "FRESH", "--persona", "ada", "--at", AT, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["audience"], told["inside"], told["at"]) == ("fresh", True, AT)
    assert told["flip"] == {"at": "2027-01-03T10:00Z", "inside": False}
    first, second, third = told["reason"]["parts"]
    assert first["seen"] == {"lastvisit_ts": "2026-12-27T10:00:00.000Z", '"now-1w"': "2026-12-20T10:00:00.000Z"}
    assert second["parts"][0]["place"] == "audiences/fresh.fql:1"
    assert third == {
        "text": "EXISTS email",
        "result": "pass",
        "seen": {"email": "ada@example.com"},
        "parts": [],
    }


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("p.yaml", "order_count: 5\nlastvisit_ts: 2026-12-27\nsegments: [x]\n"),
        ("p.json", '{"data": {"order_count": 5, "lastvisit_ts": 1798329600000, "nothing": null}, "status": 200}'),
        ("q.json", '{"identities": {"_uid": "a"}, "fields": {"order_count": 5}}'),
    ],
)
def test_a_profile_from_a_file(name: str, text: str, shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (shop / name).write_text(text)
    assert run(str(shop), "--audience", "buyers", "--profile-file", str(shop / name)) == 0
    assert "pass: order_count BETWEEN 0 AND 99  (order_count is 5)" in capsys.readouterr().out


def test_entering_is_told_as_well(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (shop / "p.json").write_text('{"_num_aliases": 1, "_uids": ["a"], "_modified": "2026-12-01T00:00:30Z"}')
    arguments = ("--audience", "anonymous_profiles_30_days", "--profile-file", str(shop / "p.json"), "--at", AT)
    assert run(str(shop), *arguments) == 1
    assert capsys.readouterr().out.endswith("enters at 2026-12-31T00:00:30Z\n")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--audience", "freshh"], "There is no audience 'freshh'. Did you mean 'fresh'?"),
        (["--audience", "broken"], "The audience 'broken' cannot be read: audiences/broken.fql:1:13"),
        (["--audience", "zzzzzzzz"], "There is no audience 'zzzzzzzz'.\n"),
        (["--audience", "fresh", "--persona", "bob"], "There is no persona 'bob' in the workspace. There is: ada."),
        (["--audience", "fresh", "--at", "noon"], "--at 'noon' is no time. Write one such as 2027-01-31T12:00Z"),
        (["--audience", "fresh", "--at", "now-3x"], "--at cannot be understood: 'now-3x' is no relative date"),
        (["--audience", "fresh", "--profile-file", "gone.yaml"], "gone.yaml cannot be read: No such file"),
        (["--audience", "fresh", "--profile-file", "LIST"], "the file must hold `key: value` lines"),
        (["--audience", "fresh", "--profile-file", "BAD"], "bad.json:1:"),
        (["--audience", "fresh", "--profile-file", "WRONG"], "visitct must be a whole number, but is 'many'"),
        (["--audience", "fresh", "--profile-file", "HUGE"], "is over 1,048,576 bytes"),
        (["--audience", "fresh", "--profile-file", "OTHER"], "Name it one of .yaml, .yml, .json"),
    ],
)
def test_what_is_not_there_is_said(
    arguments: list[str], words: str, shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = {
        "LIST": ("list.json", "[]"),
        "BAD": ("bad.json", "{"),
        "WRONG": ("wrong.json", '{"visitct": "many"}'),
        "HUGE": ("huge.json", " " * 1_048_577),
        "OTHER": ("other.txt", "visitct: 3"),
    }
    for name, text in made.values():
        (shop / name).write_text(text)
    given = [str(shop / made[word][0]) if word in made else word for word in arguments]
    assert run(str(shop), *given) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert words in captured.err


def test_no_workspace_and_two_profiles_at_once(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(str(shop / "audiences"), "--audience", "all") == 2
    assert "understudy.toml" in capsys.readouterr().err
    with pytest.raises(SystemExit) as stopped:
        run(str(shop), "--audience", "all", "--persona", "ada", "--profile-file", "x")
    assert stopped.value.code == 2


def test_3_6_what_is_no_date_is_said_and_not_missing(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (shop / "audiences" / "odd.fql").write_text('FILTER AND (visitct > "now-3x", lastvisit_ts > "now-3d") ALIAS odd')
    assert run(str(shop), "--audience", "odd", "--json") == 1
    wrong, right = json.loads(capsys.readouterr().out)["reason"]["parts"]
    assert (list(wrong["seen"]), "'now-3x' is no relative date: write now" in wrong["note"]) == (["visitct"], True)
    assert (list(right["seen"]), "note" in right) == (["lastvisit_ts", '"now-3d"'], False)
