"""Names of which files are made may be longer than the name of a file may be."""

import json
from pathlib import Path
from typing import Any

import pytest

from generator import pipeline
from generator.errors import GeneratorError
from generator.names import shortened

LONG = "x" * 300


def operation(name: str | None, tag: str) -> dict[str, Any]:
    said = {"tags": [tag], "responses": {"204": {"description": "Done."}}}
    return said if name is None else {"operationId": name, **said}


def document(title: str, *operations: dict[str, Any]) -> dict[str, Any]:
    paths = {f"/{LONG}/{index}": {"get": one} for index, one in enumerate(operations)}
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": "1"},
        "servers": [{"url": "https://long.example.com"}],
        "paths": paths,
    }


def build(folder: Path, data: dict[str, Any]) -> Path:
    (folder / "openapi.json").write_text(json.dumps(data), encoding="utf-8")
    pipeline.build(folder / "openapi.json", folder / "client")
    return folder / "client"


@pytest.mark.parametrize("letter", ["x", "é", "Aa"])
def test_long_operation_ids_and_tags_make_short_files(tmp_path: Path, letter: str) -> None:
    name = letter * 300
    several = (operation(f"{name}1", f"{name}1"), operation(f"{name}2", f"{name}2"), operation(None, "t"))
    client = build(tmp_path, document("Long", *several))
    folders = [path for path in (client / "long" / "api").iterdir() if path.is_dir()]
    modules = [path for folder in folders for path in folder.glob("[!_]*.py")]
    assert (len(folders), len(modules)) == (3, 3)
    assert max(len(path.name.encode()) for path in [*folders, *modules]) <= 153


def test_a_long_title_makes_a_short_package(tmp_path: Path) -> None:
    client = build(tmp_path, document(LONG, operation("a", "t")))
    (package,) = [path.parent for path in client.glob("*/py.typed")]
    assert len(package.name) <= 150


def test_a_long_package_is_refused(tmp_path: Path) -> None:
    data = document("Long", operation("a", "t"))
    data["x-sdk"] = {"distribution": "long", "package": LONG, "client": "Long", "version": "1.0.0"}
    with pytest.raises(GeneratorError, match=r"#/x-sdk/package: .* is too long") as error:
        build(tmp_path, data)
    assert "\n" not in str(error.value)
    assert [path.name for path in tmp_path.iterdir()] == ["openapi.json"]


def test_short_names_stay_and_long_ones_differ() -> None:
    assert shortened("createOrder") == "createOrder"
    assert shortened(LONG + "1") != shortened(LONG + "2")
    assert shortened(shortened(LONG)) == shortened(LONG)
