"""Examples for the README, made from the named examples of the contract itself."""

import json
from pathlib import PurePosixPath
from typing import Any

from attrs import frozen

from ..loading.document import Document
from ..model.operations import Endpoint
from ..model.sdk import MethodSpec, Sdk
from ..names import identifier
from ..validation.json_schema import validator

_SHOW = {
    "media": 'print(result.media_type, result.save("{stem}"))',
    "text": "print(result.text)",
    "record": "print(result.data)",
}


@frozen
class Example:
    """One working call: a title, and lines of Python inside `with Client() as client:`."""

    title: str
    code: str


def examples(
    document: Document, sdk: Sdk, endpoints: dict[str, Endpoint], files: dict[str, set[str]]
) -> list[Example]:
    """One example for each method of which the contract has one.

    `files` are the file members of each operation.
    """
    found: list[Example] = []
    for spec in sdk.methods:
        value = _value(document, spec, endpoints[spec.operation_id])
        if value is not None:
            found.append(Example(spec.summary.rstrip("."), _code(sdk, spec, value, files[spec.operation_id])))
    return found


def _value(document: Document, spec: MethodSpec, endpoint: Endpoint) -> dict[str, Any] | None:
    """The first example that a variant of the method accepts, in the preferred media type first."""
    operation = document.data["paths"][endpoint.path][endpoint.method]
    content = operation.get("requestBody", {}).get("content", {})
    components = document.data.get("components", {})
    for media in sorted(content, key=lambda media: media != spec.encoding):
        for example in content[media].get("examples", {}).values():
            for name in spec.variants:
                schema = {"$ref": f"#/components/schemas/{name}", "components": components}
                if validator(schema).is_valid(example.get("value")):
                    return dict(example["value"])
    return None


def _code(sdk: Sdk, spec: MethodSpec, value: dict[str, Any], files: set[str]) -> str:
    lines = [f"result = client.{spec.resource}.{spec.method}("]
    for name, item in value.items():
        text = f"Path({json.dumps(PurePosixPath(item).name)})" if name in files else _literal(item)
        lines.append(f"    {identifier(name)}={text},")
    lines.append(")")
    return "\n".join([*lines, *_show(sdk, spec)])


def _literal(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)


def _show(sdk: Sdk, spec: MethodSpec) -> list[str]:
    """What one does with the result."""
    kinds = {name: sdk.results[name]["kind"] for name in spec.results}
    job = next((name for name, kind in kinds.items() if kind == "job"), None)
    if job is not None:
        wait = next((wait for wait in sdk.waits if wait.job == job), None)
        if wait is not None:
            return [
                f"if isinstance(result, {job}):",
                f"    result = client.{wait.resource}.{wait.method}(result)",
                f'print(result.save("{spec.resource}"))',
            ]
        return ["print(result.id)"]
    kind = next(iter(kinds.values()))
    return [_SHOW[kind].format(stem=f"{spec.resource}-{spec.method}")]
