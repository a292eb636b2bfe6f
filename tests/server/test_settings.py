import pytest

from understudy.server.settings import FALLBACK_ACCOUNT, Settings, fallback_settings
from understudy.widgets.documents import parse_document
from understudy.widgets.validation import validate


def problems(text: str) -> list[str]:
    settings, found = validate(Settings, parse_document(text.encode(), "understudy.toml"))
    assert (settings is None) == bool(found)
    return [str(problem).removeprefix("understudy.toml:") for problem in found]


def read(text: str) -> Settings:
    settings, found = validate(Settings, parse_document(text.encode(), "understudy.toml"))
    assert [str(problem) for problem in found] == []
    assert settings is not None
    return settings


def test_an_account_is_enough() -> None:
    settings = read('account = "0123456789abcdef0123456789abcdef"')
    assert (settings.server.host, settings.server.port) == ("127.0.0.1", 8765)
    assert settings.profile.public_fields == settings.domains == settings.server.allowed_hosts == []
    assert (settings.store.path, settings.store.synchronous) == (".understudy/store.db", "NORMAL")


def test_everything_can_be_set() -> None:
    settings = read("""
account = "shop"
stream = "web"
domains = ["shop.example"]
[server]
host = "0.0.0.0"
port = 0
allowed_hosts = ["shop.example"]
[profile]
public_fields = ["first_name"]
[store]
path = "data/store.db"
synchronous = "FULL"
""")
    assert settings.tag_config()["stream"] == "web"


def test_tag_has_an_accounts_defaults() -> None:
    assert read('account = "shop"').tag_config() == {
        "cid": ["shop"],
        "blocked": False,
        "pageAnalysis": {"disabled": False},
        "entity": {"preload": True},
        "pathfora": {
            "install": {"disabled": False, "sdk": {"disabled": False}, "css": {"disabled": False}},
            "publish": {"disabled": False},
        },
    }


def test_tag_settings_keep_the_vendors_keys() -> None:
    config = read("""
account = "shop"
[tag]
sessecs = 60
byFieldKey = "email"
qsargs = ["ref"]
poll = {retries = 3, interval = 10}
[tag.cookies]
domain = "shop.example"
dataLayerPull = {disabled = false, customCookieKeys = ["plan"]}
[tag.getid]
useSimpleUid = true
[tag.send]
pageViewOnFirst = true
[tag.collect]
disabled = true
[tag.entity]
preload = false
byFieldKey = "email"
[tag.segments]
storageKey = "s"
defaultSegments = []
[tag.pathfora.install.sdk]
src = "/mine.js"
[tag.pathfora.publish]
priority = "ordered"
listenForProfileChange = true
urlFragmentWhitelist = ["a"]
polling = {retries = 5}
""").tag_config()
    assert config["cookies"] == {
        "domain": "shop.example",
        "dataLayerPull": {"disabled": False, "customCookieKeys": ["plan"]},
    }
    assert (config["sessecs"], config["byFieldKey"], config["poll"]) == (60, "email", {"retries": 3, "interval": 10})
    assert config["entity"] == {"preload": False, "byFieldKey": "email"}
    assert config["collect"] == {"disabled": True}
    assert config["segments"] == {"storageKey": "s", "defaultSegments": []}
    assert config["pathfora"]["install"]["sdk"] == {"disabled": False, "src": "/mine.js"}
    assert config["pathfora"]["publish"]["listenForProfileChange"] is True


BAD = {
    'acount = "x"': [
        "1:1: 'account' is missing — add it",
        "1:1: unknown key 'acount' — did you mean 'account'?",
    ],
    'account = "my shop"': [
        "1:11: 'account': not an account id, in 'my shop' "
        "— use the vendor's 32 hex digits, or letters, digits, '-' and '_' of your own"
    ],
    'account = "x"\n[server]\nport = "80"': ["3:8: 'server.port' must be a whole number, not '80' — remove the quotes"],
    'account = "x"\n[server]\nport = 70000': ["3:8: 'server.port' must be 65535 or less, not 70000"],
    'account = "x"\n[server]\nallowed_host = []': [
        "3:1: unknown key 'allowed_host' in 'server' — did you mean 'allowed_hosts'?"
    ],
    'account = "x"\ndomains = ["https://a.example"]': [
        "2:11: 'domains[0]': not a host name, in 'https://a.example' "
        "— write only the name, in lower case, without https:// and port: shop.example"
    ],
    'account = "x"\nstore = {synchronous = "OFF"}': ["2:9: 'store.synchronous' must be NORMAL or FULL, not 'OFF'"],
    'account = "x"\nstore = {synchronous = "on"}': ["2:9: 'store.synchronous' must be NORMAL or FULL, not 'on'"],
    'account = "x"\n[tag.entity]\npreloads = true': [
        "3:1: unknown key 'preloads' in 'tag.entity' — did you mean 'preload'?"
    ],
    'account = "x"\n[tag.entitty]\npreload = true': ["2:2: unknown key 'entitty' in 'tag' — did you mean 'entity'?"],
    'account = "x"\n[tag]\ncookie = "a b"': [
        "3:10: 'tag.cookie': not a cookie's name, in 'a b' — use letters, digits, '_' and '-'"
    ],
    "account = ": ['1:11: not valid TOML: invalid value — text needs quotes: key = "value"'],
}


@pytest.mark.parametrize("text", BAD)
def test_bad_settings(text: str) -> None:
    assert problems(text) == BAD[text]


@pytest.mark.parametrize(
    ("data", "account"),
    [({"account": "mine", "zebra": 1}, "mine"), ({"account": 5}, FALLBACK_ACCOUNT), (None, FALLBACK_ACCOUNT)],
)
def test_broken_settings_keep_the_account(data: dict[str, object] | None, account: str) -> None:
    assert fallback_settings(data) == Settings(account=account)


def test_a_key_of_the_top_level_in_a_table_is_told_where_it_belongs() -> None:
    assert problems('account = "shop"\n[profile]\ndomains = []') == [
        "3:1: unknown key 'domains' in 'profile' — it belongs at the top level of the file"
    ]
