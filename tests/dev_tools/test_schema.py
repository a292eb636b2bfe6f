"""The schemas say what the models take; the example's copies are current."""

import json
from argparse import ArgumentParser
from pathlib import Path

import pytest
from support.serving import STOREFRONT

from understudy.dev_tools import schema
from understudy.widgets.documents import parse_document


def run(*arguments: str) -> int:
    parser = ArgumentParser()
    schema.add_arguments(parser)
    return schema.run(parser.parse_args(arguments))


def test_each_kind_has_a_described_closed_schema() -> None:
    found = schema.schemas()
    assert sorted(found) == ["content", "experience", "persona", "webhook", "workspace"]
    for one in found.values():
        assert one["description"]
        assert one["additionalProperties"] is False
        for model in (one, *one.get("$defs", {}).values()):
            assert model["description"]
            assert all({"description", "$ref"} & property.keys() for property in model.get("properties", {}).values())


def test_schema_knows_types_layouts_and_vendor_keys() -> None:
    widget = schema.schemas()["experience"]["$defs"]["Widget"]
    assert widget["properties"]["type"]["enum"] == ["message", "subscription", "form", "sitegate"]
    assert widget["properties"]["layout"]["enum"] == ["modal", "slideout", "bar", "button", "inline", "gate"]
    assert {"displayConditions", "okMessage", "positionSelector"} <= set(widget["properties"])
    assert widget["required"] == ["type"]
    assert "null" not in schema.schema_text(schema.schemas())


@pytest.mark.parametrize("kind", ["workspace", "experience", "persona", "content", "webhook"])
def test_the_examples_schemas_are_current(kind: str) -> None:
    committed = (STOREFRONT / "schema" / f"{kind}.json").read_text("utf-8")
    assert committed == schema.schema_text(schema.schemas()[kind]), (
        "run: understudy schema --out examples/storefront/schema"
    )


def test_the_examples_files_use_only_keys_of_the_schemas() -> None:
    files = {"experience": "widgets/*.yaml", "persona": "personas/*.yaml", "workspace": "understudy.toml"}
    files |= {"content": "content/*.yaml", "webhook": "webhooks/*.yaml"}
    for kind, pattern in files.items():
        properties = schema.schemas()[kind]["properties"]
        for path in STOREFRONT.glob(pattern):
            text = path.read_text("utf-8")
            assert f"schema/{kind}.json" in text.splitlines()[0]
            assert set(parse_document(path.read_bytes(), path.name).data or {}) <= set(properties)


def test_one_schema_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("persona") == 0
    assert json.loads(capsys.readouterr().out) == schema.schemas()["persona"]


def test_all_schemas_are_printed_by_kind(capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == 0
    assert json.loads(capsys.readouterr().out) == schema.schemas()


def test_schemas_are_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--out", str(tmp_path / "new" / "schema")) == 0
    assert sorted(path.name for path in (tmp_path / "new" / "schema").iterdir()) == [
        "content.json",
        "experience.json",
        "persona.json",
        "webhook.json",
        "workspace.json",
    ]
    assert "persona.json" in capsys.readouterr().out


def test_folder_that_cannot_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()
    assert run("--out", str(tmp_path / "file")) == 2
    assert "cannot be written" in capsys.readouterr().err
