from pathlib import Path

from understudy.server.workspaces.audience_files import build_book, read_audience
from understudy.widgets.problems import Problem


def test_audience_knows_its_name_and_file() -> None:
    audience, problems = read_audience(b'FILTER visitct > 1 WITH name = "Loyal" ALIAS loyal', "audiences/x.fql")
    assert problems == []
    assert audience is not None
    assert (audience.slug, audience.name, audience.public) == ("loyal", "Loyal", True)
    assert audience.source == Path("audiences/x.fql")


def test_slug_is_the_files_name_without_an_alias() -> None:
    audience, _ = read_audience(b"FILTER visitct > 1 WITH is_public = false", "audiences/x.fql")
    assert audience is not None
    assert (audience.slug, audience.public) == ("x", False)


def test_what_is_missing_is_missing_where_the_text_ends() -> None:
    _, (problem,) = read_audience(b"FILTER AND (\n  visitct > 1  -- often\n\n", "audiences/x.fql")
    assert (problem.line, problem.column) == (2, 14)


def test_syntax_error_has_its_place() -> None:
    audience, (problem,) = read_audience(b"FILTER AND (\n  visitct >\n)\n", "audiences/x.fql")
    assert audience is None
    assert problem.path == "audiences/x.fql"
    assert (problem.line, problem.column) == (3, 1)
    assert problem.message


def test_empty_and_wrongly_encoded_files() -> None:
    assert "the file is empty" in read_audience(b"  ", "audiences/x.fql")[1][0].message
    assert "not UTF-8" in read_audience(b"FILTER \xff", "audiences/x.fql")[1][0].message


def book(problems: list[Problem], **texts: str) -> list[str]:
    read = [read_audience(text.encode(), f"audiences/{name}.fql")[0] for name, text in texts.items()]
    return list(build_book([audience for audience in read if audience], problems))


def test_built_in_audiences_are_there() -> None:
    problems: list[Problem] = []
    assert {"mine", "all", "ly_repeat_visitor"} <= set(book(problems, mine="FILTER visitct > 1"))
    assert problems == []


def test_two_files_with_one_slug() -> None:
    problems: list[Problem] = []
    book(problems, a="FILTER x > 1 ALIAS vip", b="FILTER x > 2 ALIAS vip")
    assert [str(problem) for problem in problems] == [
        "audiences/b.fql:1:1: the audience 'vip' is in audiences/a.fql already "
        "— give this one another ALIAS; until then it is left out"
    ]


def test_include_of_nobody() -> None:
    problems: list[Problem] = []
    book(problems, a="FILTER INCLUDE nobody")
    (problem,) = problems
    assert (problem.path, problem.line) == ("audiences/a.fql", 1)
    assert "there is no audience 'nobody'" in problem.message


def test_a_date_that_means_nothing() -> None:
    problems: list[Problem] = []
    book(problems, a='FILTER AND (\n  EXISTS email,\n  lastvisit_ts > "now-3x"\n)')
    (problem,) = problems
    assert (problem.path, problem.line, problem.column) == ("audiences/a.fql", 3, 18)
    assert (problem.message, problem.hint[:28]) == ("'now-3x' is no relative date", "write now, or now-3d, now+2h")
