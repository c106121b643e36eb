"""Examples for the README, made from the named examples of the contract itself."""

import json
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from attrs import frozen

from ..loading.document import Document
from ..model.client_model import ClientModel
from ..model.operations import OperationSpec
from ..model.sdk import MethodSpec, Sdk
from ..names import identifier
from ..validation.json_schema import validator

# The lines that show how to use a result, by its kind.
_RESULT_LINES = {
    "media": 'print(result.media_type, result.save("{stem}"))',
    "text": "print(result.text)",
    "record": "print(result.data)",
}


@frozen
class Example:
    """One working call: a title, and lines of Python below `client = Client()`."""

    title: str
    code: str


def make_examples(document: Document, client_model: ClientModel) -> Iterator[Example]:
    """Yield an example of each method for which the contract has one. `document` is not lowered."""
    file_properties_by_operation = client_model.file_properties_by_operation()
    for spec in client_model.sdk.methods:
        value = _find_value(document, spec, client_model.operations[spec.operation_id])
        if value is not None:
            lines = _call_lines(spec, value, file_properties_by_operation[spec.operation_id])
            lines += _result_lines(client_model.sdk, spec)
            yield Example(spec.summary.rstrip("."), "\n".join(lines))


def _find_value(document: Document, spec: MethodSpec, operation_spec: OperationSpec) -> dict[str, Any] | None:
    """Return the first example that a variant of the method accepts, of the preferred media type first."""
    operation = document.data["paths"][operation_spec.path][operation_spec.method]
    content = operation.get("requestBody", {}).get("content", {})
    components = document.data.get("components", {})
    for media_type in sorted(content, key=lambda media_type: media_type != spec.encoding):
        for example in content[media_type].get("examples", {}).values():
            for name in spec.variants:
                schema = {"$ref": f"#/components/schemas/{name}", "components": components}
                if validator(schema).is_valid(example.get("value")):
                    return dict(example["value"])
    return None


def _call_lines(spec: MethodSpec, value: Mapping[str, Any], file_names: set[str]) -> list[str]:
    """Return the call of a method. `value` is the body, `file_names` are its properties that are files."""
    argument_lines = [
        f"    {identifier(name)}={_path_source(item) if name in file_names else _value_source(item)},"
        for name, item in value.items()
    ]
    return [f"result = client.{spec.resource}.{spec.method}(", *argument_lines, ")"]


def _path_source(path: str) -> str:
    """Return an expression for a file in the working folder, with the name from the contract's example."""
    return f"Path({json.dumps(PurePosixPath(path).name)})"


def _value_source(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)


def _result_lines(sdk: Sdk, spec: MethodSpec) -> list[str]:
    """Return the lines that show how to use the result."""
    kinds = {name: sdk.results[name]["kind"] for name in spec.results}
    job = next((name for name, result_kind in kinds.items() if result_kind == "job"), None)
    if job is None:
        result_kind = next(iter(kinds.values()))
        return [_RESULT_LINES[result_kind].format(stem=f"{spec.resource}-{spec.method}")]
    wait = next((wait for wait in sdk.waits if wait.job == job), None)
    if wait is None:
        return ["print(result.id)"]
    return [
        f"if isinstance(result, {job}):",
        f"    result = client.{wait.resource}.{wait.method}(result)",
        f'print(result.save("{spec.resource}"))',
    ]
