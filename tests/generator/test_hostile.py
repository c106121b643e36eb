"""Bad input: strings that want to be code come back as strings, wherever they stand."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator import pipeline

PAYLOADS = (
    '"""\nimport os; os.system("touch pwned")\n"""',
    "'''; open('pwned', 'w') #",
    '"); open("pwned", "w"); ("',
    "\\\"\"\"\nopen('pwned', 'w')\n",
    "{{ 7 * 7 }}{% raw %}",
    "x\n    open('pwned', 'w')\n\u2028open('pwned', 'w')",
    "{open('pwned', 'w')}",
    "a\0b\x1b[31m\x0c\x85c\r\n\\",
)
NAMES = ("x(open('pwned', 'w'))", "__class__", "x: int = open('pwned', 'w')", "../../pwned")


def hostile(text: str, name: str) -> dict[str, Any]:
    """A document that says `text` wherever prose or a value may stand, and `name` wherever a name may."""
    schema: dict[str, Any] = {
        "type": "object",
        "title": text,
        "description": text,
        "examples": [{name: text}],
        "properties": {
            name: {"type": "string", "default": text, "title": text, "description": text, "pattern": ".*"},
            "one": {"const": text},
            "some": {"enum": [text, "plain"], "default": text},
            "inner": {"type": "object", "title": text, "properties": {name: {"type": "integer"}}},
        },
        "dependentRequired": {name: [text]},
        "not": {"const": text},
    }
    response = {"description": text, "headers": {"X-A": {"description": text, "schema": {"type": "string"}}}}
    operation: dict[str, Any] = {
        "operationId": name,
        "tags": [text],
        "summary": text,
        "description": text,
        "parameters": [
            {"name": name, "in": "query", "description": text, "schema": {"type": "string", "default": text}},
            {"name": text, "in": "header", "schema": {"enum": [text]}},
        ],
        "requestBody": {"description": text, "content": {"application/json": {"schema": schema}}},
        "responses": {"200": {**response, "content": {"application/json": {"schema": schema}}}},
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": f"Hostile {text}", "version": text, "description": text},
        "servers": [{"url": "https://hostile.example.com", "description": text}],
        "tags": [{"name": text, "description": text}],
        "paths": {"/a": {"post": operation}},
        "components": {"schemas": {"Choice": {"type": "string", "enum": [text, name], "description": text}}},
    }


def calls(project: Path) -> Iterator[str]:
    """What the modules that were made of the document call by a plain name."""
    for path in project.rglob("*.py"):
        if "_runtime" not in path.parts:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                    yield node.func.id


@pytest.mark.parametrize("text", PAYLOADS)
def test_no_string_becomes_code(text: str, tmp_path: Path) -> None:
    name = NAMES[PAYLOADS.index(text) % len(NAMES)]
    spec, out = tmp_path / "hostile.json", tmp_path / "client"
    spec.write_text(json.dumps(hostile(text, name)), encoding="utf-8")
    pipeline.build(spec, out)
    assert not {"open", "exec", "eval", "system", "__import__"} & {*calls(out)}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["client", "hostile.json"]
    assert not list(Path.cwd().glob("pwned"))
    [package] = [path.name for path in out.iterdir() if (path / "client.py").exists()]
    script = f"import {package}.models as m; print(m.Choice)"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=out, capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.strip() == f"typing.Literal[{text!r}, {name!r}]"
    assert not list(out.rglob("pwned"))
