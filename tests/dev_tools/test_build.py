"""`understudy build`: what is written, what is not, and when nothing is (tag.md 8.2, 8.3)."""

import base64
import gzip
import hashlib
import json
import os
import shutil
from pathlib import Path

import pytest
from support.serving import copy_storefront

from understudy.dev_tools.cli import main

LAYOUT = {
    "api/tag/storefront/latest.js",
    "api/tag/storefront/latest.min.js",
    "static/pathfora.js",
    "static/pathfora.min.js",
    "static/pathfora.css",
    "static/pathfora.min.css",
    "api/experience/candidate/storefront/config.js",
    "manifest.json",
    "snippet.html",
}


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return copy_storefront(tmp_path / "shop")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def tree(folder: Path) -> dict[str, bytes]:
    """All files of a folder, hidden ones too."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def build(shop: Path, out: Path, *options: str) -> dict[str, bytes]:
    assert main(["build", str(shop), "--out", str(out), *options]) == 0
    return tree(out)


def sha384(body: bytes) -> str:
    return "sha384-" + base64.b64encode(hashlib.sha384(body).digest()).decode()


def test_8_2_the_vendor_s_layout_and_a_hashed_copy_of_each_asset(shop: Path, out: Path) -> None:
    files = build(shop, out)
    manifest = json.loads(files["manifest.json"])
    hashed = {asset["path"] for asset in manifest["assets"].values()}
    assert set(files) == LAYOUT | hashed
    assert list(manifest["assets"]) == ["sdk", "css", "experiences", "tag"]
    plain = {
        "sdk": "static/pathfora.min.js",
        "css": "static/pathfora.min.css",
        "experiences": "api/experience/candidate/storefront/config.js",
        "tag": "api/tag/storefront/latest.min.js",
    }
    for name, asset in manifest["assets"].items():
        body = files[asset["path"]]
        assert body == files[plain[name]]
        assert hashlib.sha256(body).hexdigest()[:16] in asset["path"]
        assert asset["integrity"] == sha384(body)


def test_the_manifest_has_every_file_with_its_sizes_hash_and_caching(shop: Path, out: Path) -> None:
    files = build(shop, out)
    manifest = json.loads(files["manifest.json"])
    assert (manifest["generator"], manifest["account"], manifest["base"]) == ("understudy", "storefront", "/")
    assert set(manifest["files"]) == set(files) - {"manifest.json"}
    immutable = {path for path, told in manifest["files"].items() if "immutable" in told["cache"]}
    assert immutable == {asset["path"] for asset in manifest["assets"].values()}
    for path, told in manifest["files"].items():
        assert told["bytes"] == len(files[path])
        assert told["integrity"] == sha384(files[path])
        assert told["gzip"] == len(gzip.compress(files[path], 6, mtime=0))
        assert 0 < told["brotli"] < told["bytes"]


def test_8_3_the_snippet_and_the_tag_carry_the_hashes_of_what_they_load(shop: Path, out: Path) -> None:
    files = build(shop, out, "--base-url", "https://cdn.example/u/", "--server-side-host", "https://c.example")
    manifest = json.loads(files["manifest.json"])
    snippet = files["snippet.html"].decode()
    tag = files["api/tag/storefront/latest.min.js"].decode()
    for name, asset in manifest["assets"].items():
        address = f"https://cdn.example/u/{asset['path']}"
        assert f'"src": "{address}", "integrity": "{asset["integrity"]}"' in snippet
        assert name == "tag" or (address in tag and asset["integrity"] in tag)
    assert "https://c.example" in tag
    assert (manifest["base"], manifest["events"]) == ("https://cdn.example/u", "https://c.example")


def test_an_sdk_of_one_s_own_is_smaller_pinned_and_in_the_vendor_s_place(shop: Path, out: Path) -> None:
    shutil.rmtree(shop / "pages")  # what calls the SDK itself wants all of it
    for path in (shop / "widgets").glob("*.js"):
        path.unlink()
    whole = build(shop, out)
    own = build(shop, out, "--own-sdk")
    assert set(LAYOUT) <= set(own)
    for name in ("static/pathfora.js", "static/pathfora.min.js"):
        assert len(own[name]) < len(whole[name])
        assert b"window" in own[name]
    pinned = json.loads(own["manifest.json"])["assets"]["sdk"]
    assert own[pinned["path"]] == own["static/pathfora.min.js"]
    assert pinned["integrity"] == sha384(own["static/pathfora.min.js"])
    assert pinned["integrity"].encode() in own["snippet.html"]
    assert (
        own["api/experience/candidate/storefront/config.js"] == whole["api/experience/candidate/storefront/config.js"]
    )


def test_plain_scripts_and_the_brand_s_sheet_are_hosted_and_pinned_too(shop: Path, out: Path) -> None:
    (shop / "widgets" / "own.js").write_text("window.own = true;\n")
    settings = shop / "understudy.toml"
    settings.write_text(settings.read_text() + '\n[tag.pathfora.install.css]\nsrc = "{url}/styles/brand.css"\n')
    files = build(shop, out)
    [own] = [path for path in files if path.startswith("widgets/")]
    [brand] = [path for path in files if path.startswith("styles/")]
    assert f'"src": "/{own}"' in files["api/experience/candidate/storefront/config.js"].decode()
    assert sha384(files[own]) in files["api/experience/candidate/storefront/config.js"].decode()
    assert f"/{brand}" in files["snippet.html"].decode()
    assert sha384(files[brand]) in files["snippet.html"].decode()


def test_the_same_workspace_gives_the_same_bytes(
    shop: Path, out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = build(shop, out)
    again = build(copy_storefront(tmp_path / "elsewhere"), tmp_path / "second")
    assert first == again
    times = {path: (out / path).stat().st_mtime_ns for path in first}
    capsys.readouterr()
    assert build(shop, out) == first
    assert times == {path: (out / path).stat().st_mtime_ns for path in first}
    assert f"0 files written to {out}, 13 were there already." in capsys.readouterr().out


def test_no_secret_path_persona_audience_or_draft_gets_out(shop: Path, out: Path) -> None:
    settings = (shop / "understudy.toml").read_text()
    (shop / "understudy.toml").write_text(
        settings.replace('account = "storefront"', 'account = "storefront"\ndomains = ["canary-domain.example"]')
        + '\n[server]\nallowed_hosts = ["canary-host.example"]\n[store]\npath = "canary-store.db"\n'
    )
    (shop / "widgets" / "draft.yaml").write_text(
        "label: canary-label\nstatus: draft\nwidget: {type: message, layout: modal, headline: canary-draft}\n"
    )
    (shop / "audiences" / "canary_audience.fql").write_text('FILTER AND (email = "canary-fql@x.example") FROM user\n')
    (shop / "personas" / "canary.yaml").write_text("label: canary-persona\nfields: {first_name: canary-name}\n")
    (shop / "pages" / "canary.html").write_text("canary-page")
    (shop / ".understudy").mkdir()
    (shop / ".understudy" / "store.db").write_text("canary-profile")
    everything = b"\n".join(build(shop, out).values())
    assert b"canary" not in everything
    assert b"vip-offer" in everything
    for secret in (str(shop), str(Path.home()), "sourceMappingURL", "first_name"):
        assert secret.encode() not in everything


def test_what_lint_refuses_is_not_built(shop: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build(shop, out)
    before = tree(out)
    (shop / "widgets" / "broken.yaml").write_text("label: Broken\nwidget: {type: mesage, layout: modal}\n")
    capsys.readouterr()
    assert main(["build", str(shop), "--out", str(out)]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "widgets/broken.yaml:2" in printed.err
    assert "Nothing was written" in printed.err
    assert main(["build", str(shop), "--out", str(out), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["problems"][0]["path"] == "widgets/broken.yaml"
    assert tree(out) == before


def test_a_file_of_somebody_else_is_left_alone(shop: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (out / "static").mkdir(parents=True)
    (out / "static" / "pathfora.css").write_text("/* the site's own */")
    (out / "robots.txt").write_text("mine")
    before = tree(out)
    assert main(["build", str(shop), "--out", str(out)]) == 2
    assert "static/pathfora.css" in capsys.readouterr().err
    assert tree(out) == before
    (out / "static" / "pathfora.css").unlink()
    assert build(shop, out)["robots.txt"] == b"mine"


def test_a_manifest_of_somebody_else_owns_nothing(shop: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out.mkdir()
    for text in ('{"files": {"snippet.html": {}}}', "[]", "no json"):
        (out / "manifest.json").write_text(text)
        assert main(["build", str(shop), "--out", str(out)]) == 2
        assert "manifest.json" in capsys.readouterr().err
        assert tree(out) == {"manifest.json": text.encode()}


def test_hashed_files_of_earlier_builds_stay(shop: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = json.loads(build(shop, out)["manifest.json"])
    offer = shop / "widgets" / "vip-offer.yaml"
    offer.write_text(offer.read_text().replace("headline:", "headline: New —", 1))
    capsys.readouterr()
    files = build(shop, out, "--json")
    told = json.loads(capsys.readouterr().out)
    assert set(told["earlier"]) == {old["assets"][name]["path"] for name in ("experiences", "tag")}
    assert set(told["earlier"]) <= set(files)
    assert set(told["written"]) >= {"manifest.json", "snippet.html", told["assets"]["tag"]["path"]}
    assert told["assets"]["sdk"] == old["assets"]["sdk"]


def test_a_build_that_fails_half_way_leaves_what_was_there(
    shop: Path, out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = build(shop, out)
    offer = shop / "widgets" / "vip-offer.yaml"
    offer.write_text(offer.read_text().replace("headline:", "headline: New —", 1))
    calls: list[int] = []

    def full(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) == 4:
            raise OSError(28, "No space left on device", str(out / "snippet.html"))

    monkeypatch.setattr(os, "fsync", full)
    capsys.readouterr()
    assert main(["build", str(shop), "--out", str(out)]) == 2
    assert "No space left on device" in capsys.readouterr().err
    assert tree(out) == before


@pytest.mark.parametrize("place", [".", "widgets", "pages/built", ".understudy"])
def test_a_build_does_not_lie_among_the_workspace_s_own_files(
    shop: Path, place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tree(shop)
    assert main(["build", str(shop), "--out", str(shop / place)]) == 2
    assert "shop/dist" in capsys.readouterr().err
    assert tree(shop) == before
    build(shop, shop / "dist")


def test_a_place_that_is_no_folder_is_an_error(shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    assert main(["build", str(shop), "--out", str(tmp_path / "file")]) == 2
    assert "--out" in capsys.readouterr().err
    # A variable that is not set names nothing: least of all the folder that one happens to be in.
    with pytest.raises(SystemExit):
        main(["build", str(shop), "--out", ""])
    assert "names no folder" in capsys.readouterr().err
    assert main(["build", str(tmp_path / "nowhere"), "--out", str(tmp_path / "out")]) == 2
    assert "nowhere" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("base", "message"),
    [
        ("cdn.example", "https://tags.example.com"),
        ("/u?x", "no folder"),
        ("https://cdn.example/#x", "every visitor"),
        ("/a b", "' '"),
    ],
)
def test_a_wrong_base_says_what_to_write(
    shop: Path, out: Path, base: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["build", str(shop), "--out", str(out), "--base-url", base])
    assert stopped.value.code == 2
    assert message in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ((), "Events go to the page's own host."),
        (("--base-url", "https://cdn.example/u"), "Events go to https://cdn.example."),
        (
            ("--base-url", "//cdn.example", "--server-side-host", "https://c.example/m"),
            "Events go to https://c.example/m.",
        ),
    ],
)
def test_the_summary_says_where_events_go(
    shop: Path, out: Path, options: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    build(shop, out, *options)
    printed = capsys.readouterr().out
    assert told in printed
    assert ("Access-Control-Allow-Origin" in printed) == bool(options)
