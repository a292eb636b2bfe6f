from pathlib import Path

import pytest
from support.serving import STOREFRONT

from understudy.server.experiences.segments import experience_audiences
from understudy.server.platform.audiences import default_audiences
from understudy.server.settings import FALLBACK_ACCOUNT
from understudy.server.workspaces.workspace import Workspace, WorkspaceError, load_workspace, read_settings, require

OFFER = "widget: {type: message, msg: hello}\n"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    for folder in ("widgets", "audiences", "personas", "styles", "pages"):
        (tmp_path / folder).mkdir()
    (tmp_path / "understudy.toml").write_text('account = "shop"\n')
    (tmp_path / "widgets" / "offer.yaml").write_text(OFFER)
    return tmp_path


def messages(workspace: Workspace) -> list[str]:
    return [str(problem) for problem in workspace.problems]


def test_no_folder_and_no_workspace(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match=r"There is no folder .*gone"):
        load_workspace(tmp_path / "gone")
    with pytest.raises(WorkspaceError, match=rf"'{tmp_path}' has no understudy\.toml\. .*create the file"):
        load_workspace(tmp_path)
    with pytest.raises(WorkspaceError, match="There is no folder"):
        require(Path(__file__))


def test_everything_is_found(shop: Path) -> None:
    (shop / "widgets" / "plain.js").touch()
    (shop / "audiences" / "vip.fql").write_text("FILTER visitct > 1")
    (shop / "personas" / "ada.yaml").write_text("fields: {visitct: 2}")
    (shop / "styles" / "brand.css").touch()
    (shop / "pages" / "index.html").touch()
    workspace = load_workspace(shop)
    assert messages(workspace) == []
    assert [one.id for one in workspace.experiences] == ["offer"]
    assert workspace.scripts == (shop / "widgets" / "plain.js",)
    assert (workspace.styles, workspace.pages) == ((shop / "styles/brand.css",), (shop / "pages/index.html",))
    theirs = {audience.slug for audience in experience_audiences(workspace.experiences)}
    assert set(workspace.audiences) == {"vip", *theirs, *(audience.slug for audience in default_audiences())}
    assert workspace.persona("ada") == workspace.personas[0]
    assert workspace.persona("nobody") is None
    assert workspace.store_path == shop / ".understudy" / "store.db"


def test_a_workspace_of_settings_alone_is_fine(tmp_path: Path) -> None:
    (tmp_path / "understudy.toml").write_text('account = "x"')
    workspace = load_workspace(tmp_path)
    assert (workspace.experiences, workspace.personas, workspace.pages, workspace.problems) == ((), (), (), ())


def test_problems_of_all_files_sorted(shop: Path) -> None:
    (shop / "widgets" / "z.yaml").write_text("widget: {type: popup}")
    (shop / "widgets" / "b.json").write_text("{")
    (shop / "audiences" / "vip.fql").write_text("FILTER (")
    (shop / "personas" / "ada.yaml").write_text("label: 5")
    (shop / "understudy.toml").write_text('account = "x"\nzebra = 1')
    assert [problem.path for problem in load_workspace(shop).problems] == [
        "audiences/vip.fql",
        "personas/ada.yaml",
        "understudy.toml",
        "widgets/b.json",
        "widgets/z.yaml",
    ]


def test_a_broken_file_keeps_what_it_was(shop: Path) -> None:
    (shop / "audiences" / "vip.fql").write_text("FILTER visitct > 1")
    (shop / "personas" / "ada.yaml").write_text("label: Ada")
    good = load_workspace(shop)
    (shop / "widgets" / "offer.yaml").write_text("widget: [")
    (shop / "audiences" / "vip.fql").write_text("FILTER (")
    (shop / "personas" / "ada.yaml").write_text("label: 5")
    (shop / "understudy.toml").write_text("account =")
    broken = load_workspace(shop, good)
    assert len(broken.problems) == 4
    assert (broken.experiences, broken.personas, broken.settings) == (good.experiences, good.personas, good.settings)
    assert broken.audiences["vip"] == good.audiences["vip"]
    (shop / "widgets" / "offer.yaml").write_text("widget: {type: message, msg: mended}\n")
    mended = load_workspace(shop, broken)
    assert mended.experiences[0].widget.msg == "mended"
    assert len(mended.problems) == 3


def test_a_removed_file_is_gone(shop: Path) -> None:
    before = load_workspace(shop)
    (shop / "widgets" / "offer.yaml").unlink()
    assert load_workspace(shop, before).experiences == ()


def test_broken_settings_from_the_start(shop: Path) -> None:
    (shop / "understudy.toml").write_text('account = "mine"\nzebra = 1')
    assert load_workspace(shop).settings.account == "mine"
    (shop / "understudy.toml").write_text("account = ")
    assert load_workspace(shop).settings.account == FALLBACK_ACCOUNT
    (shop / "understudy.toml").unlink()
    (shop / "understudy.toml").mkdir()
    workspace = load_workspace(shop)
    assert workspace.settings.account == FALLBACK_ACCOUNT
    assert "understudy.toml: the file cannot be read: is a directory" in messages(workspace)[0]


def test_settings_from_bytes() -> None:
    settings, problems = read_settings(b'account = "x"', "understudy.toml")
    assert (settings is not None, problems) == (True, [])


def test_two_widgets_with_one_id_name_both_files(shop: Path) -> None:
    (shop / "widgets" / "copy.yaml").write_text(f"label: x\nid: offer\n{OFFER}")
    workspace = load_workspace(shop)
    assert messages(workspace) == [
        "widgets/copy.yaml:2:1: the id 'offer' is taken by widgets/offer.yaml "
        "— give this one another `id:`; until then it is left out"
    ]
    assert [one.file for one in workspace.experiences] == ["widgets/offer.yaml"]


def test_of_two_that_neither_is_named_after_the_first_by_name_has_the_id(shop: Path) -> None:
    for name in ("b", "a"):
        (shop / "widgets" / f"{name}.yaml").write_text(f"label: x\nid: same\n{OFFER}")
    workspace = load_workspace(shop)
    assert messages(workspace)[0].startswith("widgets/b.yaml:2:1: the id 'same' is taken by widgets/a.yaml")


def test_a_copied_file_takes_nothing_from_the_first(shop: Path) -> None:
    before = load_workspace(shop)
    (shop / "widgets" / "copy.yaml").write_text(f"label: x\nid: offer\n{OFFER}")
    workspace = load_workspace(shop, before)
    assert messages(workspace)[0].startswith("widgets/copy.yaml:2:1: the id 'offer' is taken by widgets/offer.yaml")
    assert [one.file for one in workspace.experiences] == ["widgets/offer.yaml"]


def test_an_inverse_takes_an_id_too(shop: Path) -> None:
    (shop / "widgets" / "b.yaml").write_text(
        f"audience: ly_repeat_visitor\n{OFFER}inverse: {{type: message, id: offer}}\n"
    )
    assert "the id 'offer' is taken by widgets/b.yaml" in messages(load_workspace(shop))[0]


def test_unknown_audiences(shop: Path) -> None:
    (shop / "audiences" / "high_value.fql").write_text("FILTER visitct > 1")
    (shop / "widgets" / "offer.yaml").write_text(f"audience: hihg_value\nexclude: [all, zebra]\n{OFFER}")
    assert messages(load_workspace(shop)) == [
        "widgets/offer.yaml:1:1: there is no audience 'hihg_value', so nobody is in it — did you mean 'high_value'?",
        "widgets/offer.yaml:2:16: there is no audience 'zebra', so nobody is in it — add audiences/zebra.fql",
    ]


def test_a_broken_audience_is_reported_once(shop: Path) -> None:
    (shop / "audiences" / "vip.fql").write_text("FILTER (")
    (shop / "widgets" / "offer.yaml").write_text(f"audience: vip\n{OFFER}")
    assert [problem.path for problem in load_workspace(shop).problems] == ["audiences/vip.fql"]


def test_a_persona_s_fields_are_of_the_kinds_that_streams_give_them(shop: Path) -> None:
    settings = shop / "understudy.toml"
    text = settings.read_text("utf-8")
    (shop / "personas" / "odd.yaml").write_text("fields: {tier: many}")
    before = load_workspace(shop)
    assert not before.problems
    settings.write_text(text + '\n[streams.web.fields]\ntier = { from = "tier", kind = "int" }\n', "utf-8")
    after = load_workspace(shop, before)
    assert [str(one) for one in after.problems] == [
        "personas/odd.yaml:1:16: tier must be a whole number, but is 'many'. Change the value"
    ]
    settings.write_text(text, "utf-8")
    assert not load_workspace(shop, after).problems


def test_two_personas_of_one_name(shop: Path) -> None:
    (shop / "personas" / "ada.json").write_text("{}")
    (shop / "personas" / "ada.yaml").write_text("label: Ada")
    workspace = load_workspace(shop)
    assert messages(workspace)[0].startswith("personas/ada.yaml:1:1: the persona 'ada' is in personas/ada.json already")
    assert len(workspace.personas) == 1


def test_callback_files_are_read_again_and_are_no_plain_scripts(shop: Path) -> None:
    (shop / "widgets" / "claimed.js").write_text("() => 1")
    (shop / "widgets" / "offer.yaml").write_text("widget: {type: message, onInit: claimed.js}")
    before = load_workspace(shop)
    assert before.scripts == ()
    (shop / "widgets" / "claimed.js").write_text("() => 2")
    (experience,) = load_workspace(shop, before).experiences
    assert experience.widget.on_init is not None
    assert experience.widget.on_init.source == "() => 2"
    (shop / "widgets" / "claimed.js").write_text("() => (")
    broken = load_workspace(shop, before)
    assert [problem.path for problem in broken.problems] == ["widgets/claimed.js"]
    assert broken.experiences == before.experiences


def test_an_unchanged_file_is_not_read_again(shop: Path) -> None:
    before = load_workspace(shop)
    assert load_workspace(shop, before).experiences[0] is before.experiences[0]


def test_storefront_is_a_good_workspace() -> None:
    workspace = load_workspace(STOREFRONT)
    assert messages(workspace) == []
    assert [(one.id, one.audience, one.status) for one in workspace.experiences] == [
        ("reading", "*", "published"),
        ("studio-sale", "*", "draft"),
        ("vip-offer", "high_value", "published"),
        ("welcome-back", "returning", "published"),
    ]
    assert [persona.id for persona in workspace.personas] == ["first_time", "high_value", "returning"]
    assert [page.relative_to(workspace.root / "pages").as_posix() for page in workspace.pages] == [
        "index.html",
        "journal/bread-bowl.html",
        "journal/iron-blue.html",
        "product.html",
    ]
