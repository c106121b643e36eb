"""Each link of the contract leads to an operation, by parameters that it has and values that are there."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]


def _contract() -> dict[str, Any]:
    contract: dict[str, Any] = yaml.safe_load((ROOT / "openapi.yaml").read_text(encoding="utf-8"))
    return contract


def _follow(contract: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in node:
        return node
    target: Any = contract
    for key in node["$ref"].removeprefix("#/").split("/"):
        target = target[key]
    return _follow(contract, target)


def _properties(contract: dict[str, Any], schema: dict[str, Any]) -> set[str]:
    """Return the names of the properties that a schema declares, in itself or in a part of it."""
    node = _follow(contract, schema)
    names = set(node.get("properties", {}))
    for key in ("allOf", "anyOf", "oneOf"):
        for part in node.get(key, ()):
            names |= _properties(contract, part)
    return names


def _operations(contract: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for path_item in contract["paths"].values():
        yield from path_item.values()


def _links(contract: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str, dict[str, Any]]]:
    """Yield each link: the operation and the status that it starts at, and the link itself."""
    for operation in _operations(contract):
        for status, response in operation["responses"].items():
            for link in response.get("links", {}).values():
                yield operation, status, link


def faults_of_links(contract: dict[str, Any]) -> list[str]:
    """Return what is wrong with the links: an operation, a parameter or a property that does not exist."""
    by_id = {operation["operationId"]: operation for operation in _operations(contract)}
    faults: list[str] = []
    for source, status, link in _links(contract):
        target = by_id.get(link["operationId"])
        if target is None:
            faults.append(f"there is no operation {link['operationId']}")
            continue
        parameters = [_follow(contract, parameter) for parameter in target["parameters"]]
        required = {parameter["name"] for parameter in parameters if parameter["required"]}
        faults += [f"{link['operationId']} needs {name}" for name in required - set(link["parameters"])]
        names = {parameter["name"] for parameter in parameters}
        faults += [f"{link['operationId']} has no {name}" for name in set(link["parameters"]) - names]
        bodies = {
            "$response.body": source["responses"][status]["content"],
            "$request.body": source["requestBody"]["content"],
        }
        for expression in link["parameters"].values():
            place, _, name = expression.partition("#/")
            declared = [_properties(contract, media["schema"]) for media in bodies[place].values()]
            if not any(name in properties for properties in declared):
                faults.append(f"no body declares {expression}")
    return faults


def test_the_links_lead_somewhere() -> None:
    contract = _contract()
    assert {link["operationId"] for _, _, link in _links(contract)} == {"getStatus", "getResult"}
    assert faults_of_links(contract) == []


@pytest.mark.parametrize(
    ("key", "value", "fault"),
    [
        ("operationId", "getState", "there is no operation getState"),
        ("parameters", {"jobId": "$response.body#/task_id"}, "getStatus needs model"),
        (
            "parameters",
            {"jobId": "$response.body#/job", "model": "$request.body#/model"},
            "no body declares $response.body#/job",
        ),
        (
            "parameters",
            {
                "jobId": "$response.body#/task_id",
                "model": "$request.body#/model",
                "key": "$request.body#/model",
            },
            "getStatus has no key",
        ),
    ],
)
def test_a_link_that_leads_nowhere_is_found(key: str, value: Any, fault: str) -> None:
    contract = _contract()
    contract["paths"]["/api/v1/generate"]["post"]["responses"]["200"]["links"]["VideoState"][key] = value
    assert faults_of_links(contract) == [fault]
