"""Every statement of the contract says how it is known; nothing claims the page by silence."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
LABELS = {"page", "docs", "observed", "expected", "assumed"}


def _contract() -> dict[str, Any]:
    contract: dict[str, Any] = yaml.safe_load((ROOT / "openapi.yaml").read_text(encoding="utf-8"))
    return contract


def _properties(schema: dict[str, Any], pointer: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every member of a schema, nested ones too; `false` members say what is not, and need no label."""
    for name, member in schema.get("properties", {}).items():
        if member is not False:
            yield f"{pointer}/properties/{name}", member
            yield from _properties(member, f"{pointer}/properties/{name}")
    for key in ("allOf", "anyOf", "oneOf"):
        for index, branch in enumerate(schema.get(key, ())):
            yield from _properties(branch, f"{pointer}/{key}/{index}")


def unlabelled(contract: dict[str, Any]) -> list[str]:
    """Pointers of statements without a label, from members of schemas to media types and examples."""
    found: list[tuple[str, dict[str, Any], bool]] = []
    components = contract["components"]
    for name, schema in components["schemas"].items():
        found += [(at, member, False) for at, member in _properties(schema, f"/components/schemas/{name}")]
    for room in ("parameters", "headers", "responses", "securitySchemes"):
        found += [(f"/components/{room}/{name}", value, False) for name, value in components[room].items()]
    found += [(f"/servers/{index}", server, False) for index, server in enumerate(contract["servers"])]
    for path, item in contract["paths"].items():
        for method, operation in item.items():
            at = f"/paths/{path}/{method}"
            for media, content in operation.get("requestBody", {}).get("content", {}).items():
                found += [(f"{at}/{media}/{name}", one, False) for name, one in content["examples"].items()]
            for status, response in operation["responses"].items():
                if "$ref" not in response:
                    covered = "x-evidence" in response
                    found += [
                        (f"{at}/responses/{status}/{media}", content, covered)
                        for media, content in response["content"].items()
                    ]
    return [at for at, value, covered in found if not covered and value.get("x-evidence") not in LABELS]


def test_every_statement_is_labelled() -> None:
    assert unlabelled(_contract()) == []


@pytest.mark.parametrize("path", [("schemas", "Video", "properties", "image"), ("responses", "Forbidden")])
def test_a_missing_label_is_found(path: tuple[str, ...]) -> None:
    contract = _contract()
    value = contract["components"]
    for key in path:
        value = value[key]
    del value["x-evidence"]
    assert unlabelled(contract) == ["/components/" + "/".join(path)]
