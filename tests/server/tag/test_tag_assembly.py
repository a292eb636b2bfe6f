"""Which plugins an account's settings put into its tag, and what they may say about each (tag.md 2.2, 2.4, 7)."""

from pathlib import Path
from typing import Any

import pytest

import understudy.static
from understudy.server.settings import Settings
from understudy.server.tag.script import PARTS, PLUGINS, assembled, function_name, tag_script
from understudy.widgets.documents import parse_document
from understudy.widgets.validation import validate

FOLDER = Path(understudy.static.__file__).parent / "tag" / "plugins"
BY_DEFAULT = {part.name for part in PARTS if part.start in {"core", "on"}}


def read(text: str) -> tuple[dict[str, Any], list[str]]:
    document = parse_document(f'account = "shop"\n{text}'.encode(), "understudy.toml")
    settings, found = validate(Settings, document)
    return (settings.tag_config() if settings else {}), [str(one).removeprefix("understudy.toml:") for one in found]


def switch(path: str, disabled: bool) -> dict[str, Any]:
    tree: Any = {"disabled": disabled}
    for key in reversed(path.split(".")):
        tree = {key: tree}
    return dict(tree)


def test_every_plugin_has_a_file_and_every_file_is_a_plugin() -> None:
    assert sorted(path.name.removesuffix(".js") for path in FOLDER.glob("*.js")) == sorted(PLUGINS)
    for name in PLUGINS:
        assert f"export function {function_name(name)}(" in (FOLDER / f"{name}.js").read_text("utf-8")


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_2_4_each_plugin_is_in_the_tag_exactly_when_documented(part: Any) -> None:
    bare = set(assembled({}, minified=True))
    assert bare == BY_DEFAULT
    enabled = set(assembled(switch(part.path, disabled=False), minified=True))
    disabled = set(assembled(switch(part.path, disabled=True), minified=True))
    if part.start == "readable":
        assert part.name not in enabled
        assert part.name in assembled({}, minified=False)
        return
    assert part.name in enabled
    assert (part.name in disabled) == (part.start == "core")


@pytest.mark.parametrize("part", [part for part in PARTS if part.needs], ids=lambda part: part.name)
def test_a_plugin_brings_along_what_it_needs(part: Any) -> None:
    config = {**switch(part.path, disabled=False), part.needs: {"disabled": True}}
    names = assembled(config, minified=True)
    assert names.index(part.needs) < names.index(part.name)


def test_a_plugin_of_a_namespace_says_nothing_about_its_neighbours() -> None:
    config, problems = read("[tag.google.dfp.audiencePush]\ndisabled = false")
    assert problems == []
    assert set(assembled(config, minified=True)) == BY_DEFAULT | {"google.dfp.audiencePush"}
    text = tag_script(config, minified=False)
    assert "LyticsSegments" in text
    assert "lytics_segments" in text  # the audiences' own storage
    assert "__adroll" not in text


EVERYTHING = """
[tag.addThis.audiencePush]
disabled = false
cookie = "__attag"
global = "addthis"
[tag.adroll.audiencePush]
disabled = false
global = "__adroll"
[tag.amazon.dsp]
disabled = false
alpha2 = "DE"
language = "de"
pixelEu = "https://a.example/eu"
pixelRest = "//a.example/rest"
euWhitelist = ["DE"]
[tag.audit]
disabled = false
level = "carp"
topic = "lio.*"
[tag.contentstack.entitySync]
disabled = false
cookie = "uid"
segmentsCookie = "a"
flowsCookie = "f"
stateCookiesMaxAge = 60
cookieDomain = ".shop.example"
poll = {disabled = false, initialDelay = 10, maxAttempts = 2}
cache = {disabled = false, key = "k"}
[tag.contentstack.entityPush]
disabled = false
baseUrl = "https://edge.example"
personalizeProjectId = ["65a1", "65a2"]
audienceAttribute = "a"
flowAttribute = "f"
[tag.cookies.dataLayerPull]
customCookieKeys = ["plan"]
[tag.customGlobals]
disabled = false
globals = ["digitalData", "shop.cart"]
payloadNamespace = "mine"
[tag.facebook.ads.audiencePush]
disabled = false
eventName = "Mine"
[tag.google.analytics]
global = "ga"
properties = [{dimension = "dimension1"}, {property = "t0", dimension = "dimension12"}]
dimensionPush = {disabled = false, eventCategory = "mine"}
[tag.google.dfp]
global = "googletag"
audiencePush = {disabled = false, targeting = "mine"}
[tag.google.tagManager]
global = "dataLayer"
segmentsKey = "mine"
dataLayerPull = {disabled = false}
audiencePush = {disabled = false}
[tag.iframeTransport]
timeout = 900
[tag.jsonp]
disabled = false
[tag.legacyLiosetupCallback]
disabled = false
[tag.lio]
global = "liosetup"
performPullAndSend = false
polling = {"lio.push" = {retries = 3, interval = 4}, "lio.pull" = {retries = 1}}
[tag.lx]
disabled = false
[tag.pixel]
disabled = false
[tag.recommend]
disabled = false
[tag.spa]
disabled = false
[tag.pathfora.preview]
disabled = false
format = "x"
polling = {retries = 2}
variation = {previewKey = "v", id = "1", src = "{url}/v/{id}.js"}
experience = {previewKey = "e", id = "2", src = "/e/{id}.js"}
"""


def test_2_2_every_documented_key_can_be_set_and_comes_out_as_it_went_in() -> None:
    config, problems = read(EVERYTHING)
    assert problems == []
    data = parse_document(EVERYTHING.encode(), "understudy.toml").data
    assert data is not None
    for name, options in data["tag"].items():
        if name != "pathfora":
            assert config[name] == options, name
    assert config["pathfora"]["preview"] == data["tag"]["pathfora"]["preview"]
    assert set(assembled(config, minified=False)) == set(PLUGINS)
    text = tag_script(config, minified=True)
    assert text == tag_script(config, minified=True)


BAD = {
    "[tag.google.dfp.audiencePush]\ntargeting = 'x'": (
        "2:2: 'tag.google.dfp.audiencePush.disabled' is missing — add it"
    ),
    "[tag.google.dfp.audiencePush]\ntargetting = 'x'\ndisabled = false": (
        "3:1: unknown key 'targetting' in 'tag.google.dfp.audiencePush' — did you mean 'targeting'?"
    ),
    "[tag.google]\nadmanager = 1": "3:1: unknown key 'admanager' in 'tag.google' — did you mean 'tagManager'?",
    "[tag.adroll.audiencePush]\nglobal = 'a b'\ndisabled = false": (
        "3:10: 'tag.adroll.audiencePush.global': not a global variable's name, in 'a b' "
        "— write it as it is on `window`: dataLayer"
    ),
    "[tag.customGlobals]\nglobals = ['a()']\ndisabled = false": (
        "3:11: 'tag.customGlobals.globals[0]': not a global variable, in 'a()' "
        "— write it as it is on `window`: digitalData, or digitalData.user for a part of it"
    ),
    "[tag.amazon.dsp]\nalpha2 = 'de'\ndisabled = false": (
        "3:10: 'tag.amazon.dsp.alpha2': not a country's code, in 'de' "
        "— write its two capital letters: DE, or UK for Britain"
    ),
    "[tag.amazon.dsp]\npixelEu = 'a.example'\ndisabled = false": (
        "3:11: 'tag.amazon.dsp.pixelEu': not a web address, in 'a.example' "
        "— begin it with https://, with a slash, or with {url} for the tag's own server"
    ),
    "[tag.audit]\nlevel = 'loud'": "3:9: 'tag.audit.level' must be silent, carp or verbose, not 'loud'",
    "[tag.google.analytics]\nproperties = [{property = 'UA-1-1', dimension = 'dimension1'}]": (
        "3:14: 'tag.google.analytics.properties[0].property': not a tracker's name, in 'UA-1-1' "
        "— write the name that the page gave it in ga('create', …), not the property's UA-…; none for the default one"
    ),
    "[tag.google.analytics]\nproperties = [{dimension = '5'}]": (
        "3:14: 'tag.google.analytics.properties[0].dimension': not a custom dimension, in '5' "
        "— write it with its number: dimension1"
    ),
    "[tag.lx]\ndisabled = 'no'": (
        "3:12: 'tag.lx.disabled' must be true or false, not 'no' — write false, without quotes"
    ),
    "[tag.contentstack.entityPush]\npersonalizeProjectId = 'a b'\ndisabled = false": (
        "3:24: 'tag.contentstack.entityPush.personalizeProjectId': not a Personalize project's id, in 'a b' "
        "— copy it from the project's settings: 65a1f0…"
    ),
    "[tag.contentstack.entitySync]\ncookieDomain = 'https://shop.example'\ndisabled = false": (
        "3:16: 'tag.contentstack.entitySync.cookieDomain': not a cookie's domain, in 'https://shop.example' "
        "— write the name alone, in lower case, without https:// and port: shop.example"
    ),
    "[tag.contentStack.entitySync]\ndisabled = false": (
        "1:1: unknown key 'contentStack' in 'tag' — did you mean 'contentstack'?"
    ),
}


@pytest.mark.parametrize("text", BAD)
def test_bad_settings_say_where_and_what_to_write(text: str) -> None:
    assert read(text)[1] == [BAD[text]]
