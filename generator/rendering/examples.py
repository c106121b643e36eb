"""Examples for the README, made from the named examples of the contract itself."""

import json
import re
import shlex
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from attrs import frozen

from ..loading.document import Document
from ..loading.json_data import follow_reference, is_list, object_or_empty
from ..model.client_model import ClientModel
from ..model.operations import OperationSpec
from ..model.sdk import MethodSpec, Sdk
from ..names import identifier
from ..runtime.response.media_types import kind_of, type_of_filename
from ..validation.json_schema import validator

# The lines that show how to use a result, by its kind.
_RESULT_LINES = {
    "media": 'print(result.media_type, result.save("{stem}"))',
    "text": "print(result.text)",
    "record": "print(result.data)",
}
# How authors of contracts write what a reader has to fill in: YOUR_MODEL, <model>, {model}.
_PLACEHOLDER = re.compile(r"YOUR[_ -].+|<[^<>]+>|\{[^{}]+\}")


@frozen
class Example:
    """One working call of a method, as lines of Python below `client = Client()`.

    `call` is only the call, `code` also uses the result. `command_line` is the same call for
    the console script; it is empty if the script does not have the method or the call takes a file.
    """

    title: str
    call: str
    code: str
    command_line: str
    is_media: bool
    takes_files: bool


def make_examples(document: Document, client_model: ClientModel) -> list[Example]:
    """Return an example of each method for which the contract has one. `document` is not lowered.

    Examples that take a file come last, so that they can take what an example above them saves.
    """
    file_names_by_operation = client_model.file_properties_by_operation()
    bodies: list[tuple[MethodSpec, dict[str, Any], dict[str, Any]]] = []
    for spec in client_model.sdk.methods:
        if not spec.variants:
            continue
        body = _find_value(document, spec, client_model.operations[spec.operation_id])
        if body is not None:
            names = file_names_by_operation[spec.operation_id]
            bodies.append((spec, body, {name: body[name] for name in body if name in names}))
    bodies.sort(key=lambda example: bool(example[2]))
    needed_kinds = {
        _kind_of_file(path)
        for _, _, files in bodies
        for value in files.values()
        for path in _list_paths(value)
    }
    saved_kinds: set[str] = set()
    examples: list[Example] = []
    for spec, body, files in bodies:
        sources = {name: _files_source(value, saved_kinds) for name, value in files.items()}
        media_kind = "" if files else _saved_kind(client_model.sdk, spec) or ""
        is_needed = media_kind in needed_kinds - saved_kinds
        examples.append(_make_example(client_model, spec, body, sources, media_kind if is_needed else ""))
        saved_kinds |= {media_kind} if is_needed else set()
    return examples


def find_example_bodies(document: Document, client_model: ClientModel) -> dict[str, dict[str, Any]]:
    """Return the body of an example for each method that has one, by the method's full name."""
    bodies: dict[str, dict[str, Any]] = {}
    for spec in client_model.sdk.methods:
        body = _find_value(document, spec, client_model.operations[spec.operation_id])
        if body is not None:
            bodies[f"{spec.resource}.{spec.method}"] = body
    return bodies


def _make_example(
    client_model: ClientModel,
    spec: MethodSpec,
    body: Mapping[str, Any],
    file_sources: Mapping[str, str],
    saved_kind: str,
) -> Example:
    """Return the example of a method; its result is saved for later examples if there is a `saved_kind`."""
    sdk = client_model.sdk
    wait = client_model.wait_after(client_model.describe_method_of(spec))
    call_lines = _call_lines(f"{spec.method}_and_wait" if wait else spec.method, spec, body, file_sources)
    if saved_kind:
        result_lines = _saving_lines(spec, saved_kind)
    elif wait:
        result_name = client_model.result_of(wait.result).split(" | ")[0]
        result_lines = [_result_line(sdk, spec, result_name)]
    else:
        result_lines = _result_lines(sdk, spec)
    return Example(
        title=spec.summary.rstrip("."),
        call="\n".join(call_lines),
        code="\n".join([f"result = {call_lines[0]}", *call_lines[1:], *result_lines]),
        command_line="" if file_sources else _command_line(sdk, spec, body),
        is_media=_saved_kind(sdk, spec) is not None,
        takes_files=bool(file_sources),
    )


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
                    return _fill_in(document, follow_reference(document.data, schema), example["value"])
    return None


def _fill_in(document: Document, schema: Mapping[str, Any], body: Mapping[str, Any]) -> dict[str, Any]:
    """Return a body with each placeholder replaced by the first example of its property, if there is one."""
    filled_in = dict(body)
    for name, value in body.items():
        if isinstance(value, str) and _PLACEHOLDER.fullmatch(value):
            filled_in[name] = next(iter(_find_property(document, schema, name).get("examples", ())), value)
    return filled_in


def _find_property(document: Document, schema: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Return the schema of a property of an object or of a part of its `allOf`; empty if there is none."""
    properties = object_or_empty(schema.get("properties", {}))
    if name in properties:
        return follow_reference(document.data, properties[name])
    for part in schema.get("allOf", ()):
        if schema_of_property := _find_property(document, follow_reference(document.data, part), name):
            return schema_of_property
    return {}


def _call_lines(
    name: str, spec: MethodSpec, body: Mapping[str, Any], file_sources: Mapping[str, str]
) -> list[str]:
    """Return the call of a method. `file_sources` are the expressions of the arguments that are files."""
    argument_lines = [
        f"    {identifier(name)}={file_sources.get(name) or _value_source(value)},"
        for name, value in body.items()
    ]
    return [f"client.{spec.resource}.{name}(", *argument_lines, ")"]


def _list_paths(value: Any) -> list[str]:
    """Return the paths in the example of a property that takes a file or several."""
    return [str(path) for path in value] if is_list(value) else [str(value)]


def _files_source(value: Any, saved_kinds: set[str]) -> str:
    """Return the expression of an argument that is a file or several."""
    sources = [_path_source(path, saved_kinds) for path in _list_paths(value)]
    return f"[{', '.join(sources)}]" if is_list(value) else sources[0]


def _path_source(path: str, saved_kinds: set[str]) -> str:
    """Return the path that an example above has saved, or a path with the name from the contract."""
    media_kind = _kind_of_file(path)
    return (
        f"{media_kind}_path" if media_kind in saved_kinds else f"Path({json.dumps(PurePosixPath(path).name)})"
    )


def _kind_of_file(path: str) -> str | None:
    """Return the kind of media in a file, such as `audio`, by its name."""
    media_type = type_of_filename(PurePosixPath(path).name)
    return kind_of(media_type) if media_type else None


def _saved_kind(sdk: Sdk, spec: MethodSpec) -> str | None:
    """Return the kind of media in a method's result, such as `audio`, if there is exactly one."""
    results = [sdk.results[name] for name in spec.results]
    if any(result["kind"] != "media" for result in results):
        return None
    kinds = {kind_of(media_type) for result in results for media_type in result["media_types"]}
    return kinds.pop() if len(kinds) == 1 else None


def _command_line(sdk: Sdk, spec: MethodSpec, body: Mapping[str, Any]) -> str:
    """Return the call as a command of the console script; empty if the script cannot express it."""
    method = f"{spec.resource}.{spec.method}"
    for command_name, command in sdk.commands.items():
        if command.method == method and command.argument in body and all(map(_is_one_word, body.values())):
            words = [sdk.distribution, command_name, str(body[command.argument])]
            for name, value in body.items():
                if name != command.argument:
                    words += [f"--{identifier(name).replace('_', '-')}", str(value)]
            return shlex.join(words)
    return ""


def _is_one_word(value: Any) -> bool:
    """Whether the command line takes a value as one word. It does not for lists, objects and flags."""
    return isinstance(value, str | int | float) and not isinstance(value, bool)


def _value_source(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)


def _saving_lines(spec: MethodSpec, media_kind: str) -> list[str]:
    """Return lines that save the result for a later example, which finds its path in a variable."""
    return [f'{media_kind}_path = result.save("{spec.resource}-{spec.method}")', f"print({media_kind}_path)"]


def _result_lines(sdk: Sdk, spec: MethodSpec) -> list[str]:
    """Return the lines that show how to use the result."""
    kinds = {name: sdk.results[name]["kind"] for name in spec.results}
    job = next((name for name, result_kind in kinds.items() if result_kind == "job"), None)
    if job is None:
        return [_result_line(sdk, spec, spec.results[0])]
    wait = sdk.wait_for_job_of(spec)
    if wait is None:
        return ["print(result.id)"]
    return [
        f"if isinstance(result, {job}):",
        f"    result = client.{wait.resource}.{wait.method}(result)",
        f'print(result.save("{spec.resource}"))',
    ]


def _result_line(sdk: Sdk, spec: MethodSpec, result_name: str) -> str:
    return _RESULT_LINES[sdk.results[result_name]["kind"]].format(stem=f"{spec.resource}-{spec.method}")
