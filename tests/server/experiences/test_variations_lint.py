"""What lint says of variations across the files of a workspace."""

from pathlib import Path

from understudy.server.workspaces.workspace import load_workspace


def test_a_variation_cannot_take_anothers_id_or_recommend_from_nowhere(root: Path) -> None:
    (root / "widgets" / "tested.yaml").write_text(
        "widget: {type: message, variant: 3, recommend: {collection: nowhere}}\n"
        "variations:\n"
        "  - {widget: {headline: a}}\n"
        "  - widget:\n"
        "      recommend: {collection: elsewhere}\n"
    )
    (root / "widgets" / "second.yaml").write_text("id: tested-a\nwidget: {type: message}\n")
    found = [(one.path, one.line, one.message) for one in load_workspace(root).problems]
    assert found == [
        ("widgets/second.yaml", 1, "the id 'tested-a' is taken by widgets/tested.yaml"),
        ("widgets/tested.yaml", 1, "there is no collection 'nowhere', so nothing is recommended"),
        ("widgets/tested.yaml", 5, "there is no collection 'elsewhere', so nothing is recommended"),
    ]


def test_audiences_may_include_those_that_come_with_experiences(root: Path) -> None:
    path = root / "audiences" / "reached.fql"
    path.write_text("FILTER INCLUDE `orc_experience_vip-offer_reach` ALIAS reached\n")
    assert load_workspace(root).problems == ()
    path.write_text("FILTER INCLUDE `orc_experience_nobody_reach` ALIAS reached\n")
    (problem,) = load_workspace(root).problems
    assert "there is no audience 'orc_experience_nobody_reach'" in problem.message
