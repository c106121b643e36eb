"""What a document says of its operations, read without the model of the generator that is tried."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jsonschema_rs
import yaml
from attrs import frozen

from generator.loading.json_data import (
    Json,
    copy_json,
    escape,
    is_list,
    is_object,
    object_or_empty,
    resolve,
)
from generator.loading.openapi30 import upgrade_openapi30
from generator.loading.operations import list_operations
from generator.loading.schemas import walk_schemas

# By this name the schemas of the document know each other.
_BASE = "urn:document"


@frozen
class Parameter:
    """A parameter: its name, where it is, and the pointer of its schema.

    It is written in a style, or as a media type if `has_media_type`.
    """

    name: str
    location: str
    schema_pointer: str
    is_required: bool
    has_media_type: bool


@frozen
class Content:
    """What a body or an answer may hold: its media type, the pointer of its schema, and its examples.

    The pointer is empty if there is no schema.
    """

    media_type: str
    schema_pointer: str
    examples: list[Json]


@frozen
class Operation:
    """An operation: its method and path, its parameters, its bodies, and its answers by status."""

    method: str
    path: str
    parameters: list[Parameter]
    bodies: list[Content]
    answers: dict[str, list[Content]]

    @property
    def route(self) -> str:
        """Method and path without the names in it; no two operations of a document have one route."""
        return route_of(self.method, self.path)


def route_of(method: str, path: str) -> str:
    """Return method and path, with the names in the path left out."""
    return f"{method.upper()} {re.sub('{[^{}]*}', '{}', path)}"


class _TextLoader(yaml.CSafeLoader):
    """Reads timestamps as the texts that they are in OpenAPI (YAML 1.2, 10.3)."""


_TextLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def read_document(path: Path) -> dict[str, Any]:
    """Return the document in a file of YAML or JSON."""
    text = path.read_text(encoding="utf-8-sig")  # some begin with a byte order mark
    data: Any = json.loads(text) if path.suffix == ".json" else yaml.load(text, Loader=_TextLoader)
    return object_or_empty(data)


class Contract:
    """A document, restated as OpenAPI 3.1, and the validators of its schemas."""

    def __init__(self, path: Path) -> None:
        self.data: dict[str, Json] = copy_json(read_document(path))
        for _ in upgrade_openapi30(self.data):
            pass  # it changes the document while it lists what it changed
        for _, schema in walk_schemas(self.data):
            # References of OpenAPI documents lead from the root, whatever a schema calls itself.
            schema.pop("$id", None)
        self._registries = {
            (is_answer, takes_any_of): jsonschema_rs.Registry(
                [(_BASE, _restate(_leave_out_of_required(self.data, keyword), takes_any_of))],
                draft=jsonschema_rs.Draft202012,
            )
            for is_answer, keyword in ((False, "readOnly"), (True, "writeOnly"))
            for takes_any_of in (False, True)
        }

    def list_operations(self) -> list[Operation]:
        """Return every operation of the document."""
        return [self._read_operation(path, method) for path, method, _ in list_operations(self.data)]

    def schema_at(self, pointer: str) -> Json:
        """Return the schema at a pointer, or the one that its `$ref` leads to."""
        _, schema = self._follow(pointer)
        return schema

    def follow(self, schema: dict[str, Json]) -> dict[str, Json]:
        """Return the schema that the `$ref` of a schema leads to, or the schema itself."""
        while isinstance(reference := schema.get("$ref"), str) and reference[:1] == "#":
            schema = object_or_empty(resolve(self.data, reference[1:]))
        return schema

    def is_valid(
        self, pointer: str, value: Json, *, is_answer: bool = False, takes_any_of: bool = False
    ) -> bool:
        """Whether the schema at a pointer admits a value. False also for a schema that cannot be read.

        A request may leave out what only answers have (`readOnly`), whether it is required or not, and the
        reverse (OpenAPI 3.0.3, 4.7.24.2). With `takes_any_of` a value may fit several branches of `oneOf`.
        """
        schema = {"$ref": f"#{quote(pointer, safe='/~')}"}
        return self.admits(schema, value, is_answer=is_answer, takes_any_of=takes_any_of)

    def admits(self, schema: Json, value: Json, *, is_answer: bool, takes_any_of: bool) -> bool:
        """Whether a schema, whose references lead from the root of the document, admits a value."""
        registry = self._registries[is_answer, takes_any_of]
        try:
            validator = jsonschema_rs.Draft202012Validator(
                _lead_to_document(_restate(schema, takes_any_of)), registry=registry
            )
        except (ValueError, jsonschema_rs.ReferencingError):
            return False
        return validator.is_valid(value)

    def _read_operation(self, path: str, method: str) -> Operation:
        place = f"/paths/{escape(path)}"
        operation = self.data["paths"][path][method]
        parameters: dict[tuple[str, str], Parameter] = {}
        for pointer, holder in ((place, self.data["paths"][path]), (f"{place}/{method}", operation)):
            for index in range(len(holder.get("parameters") or ())):
                parameter = self._read_parameter(f"{pointer}/parameters/{index}")
                parameters[parameter.name, parameter.location] = parameter
        answers = {
            str(status): self._list_contents(f"{place}/{method}/responses/{escape(status)}")
            for status in operation.get("responses", {})
            if not str(status).startswith("x-")
        }
        bodies = self._list_contents(f"{place}/{method}/requestBody") if "requestBody" in operation else []
        sent = [parameter for parameter in parameters.values() if not _is_ignored(parameter)]
        return Operation(method, path, sent, bodies, answers)

    def _read_parameter(self, pointer: str) -> Parameter:
        pointer, data = self._follow(pointer)
        for media_type in object_or_empty(data.get("content")):
            pointer = f"{pointer}/content/{escape(media_type)}"
        is_required = bool(data.get("required")) or data.get("in") == "path"
        return Parameter(
            str(data.get("name")), str(data.get("in")), f"{pointer}/schema", is_required, "content" in data
        )

    def _list_contents(self, pointer: str) -> list[Content]:
        pointer, holder = self._follow(pointer)
        contents: list[Content] = []
        for media_type, data in object_or_empty(holder.get("content")).items():
            place = f"{pointer}/content/{escape(media_type)}"
            has_schema = object_or_empty(data).get("schema") is not None
            schema_pointer = f"{place}/schema" if has_schema else ""
            contents.append(Content(media_type, schema_pointer, list(self._list_examples(place, data))))
        return contents

    def _list_examples(self, pointer: str, media_type_object: dict[str, Json]) -> Iterator[Json]:
        if "example" in media_type_object:
            yield media_type_object["example"]
        for name in object_or_empty(media_type_object.get("examples")):
            _, example = self._follow(f"{pointer}/examples/{escape(name)}")
            if "value" in example:
                yield example["value"]

    def _follow(self, pointer: str) -> tuple[str, dict[str, Json]]:
        """Return the pointer and the object that a pointer, or the `$ref` at it, leads to."""
        value = resolve(self.data, pointer)
        while is_object(value) and isinstance(reference := value.get("$ref"), str) and reference[:1] == "#":
            pointer = reference[1:]
            value = resolve(self.data, pointer)
        return pointer, object_or_empty(value)


def _leave_out_of_required(document: dict[str, Json], keyword: str) -> dict[str, Json]:
    """Return a copy of a document in which no property that has a keyword is required."""
    copied: dict[str, Json] = copy_json(document)
    for _, schema in walk_schemas(copied):
        properties = object_or_empty(schema.get("properties"))
        if is_list(schema.get("required")) and properties:
            schema["required"] = [
                name
                for name in schema["required"]
                if not _has_keyword(document, object_or_empty(properties.get(name)), keyword)
            ]
    return copied


def _has_keyword(document: dict[str, Json], schema: dict[str, Json], keyword: str) -> bool:
    if keyword in schema:
        return schema[keyword] is True
    reference = schema.get("$ref")
    if not isinstance(reference, str) or reference[:1] != "#":
        return False
    return object_or_empty(resolve(document, reference[1:])).get(keyword) is True


def _restate(value: Json, takes_any_of: bool) -> Json:
    """Return a value in which `oneOf` is `anyOf` everywhere, if a value may fit several branches."""
    if not takes_any_of:
        return value
    if is_list(value):
        return [_restate(item, takes_any_of) for item in value]
    if not is_object(value):
        return value
    restated = {key: _restate(item, takes_any_of) for key, item in value.items()}
    if is_list(restated.get("oneOf")) and "anyOf" not in restated:
        restated["anyOf"] = restated.pop("oneOf")
    return restated


def _lead_to_document(schema: Json) -> Json:
    """Return a schema whose references name the document that they lead into."""
    if is_list(schema):
        return [_lead_to_document(part) for part in schema]
    if not is_object(schema):
        return schema
    led: dict[str, Json] = {}
    for key, value in schema.items():
        is_reference = key == "$ref" and isinstance(value, str) and value[:1] == "#"
        led[key] = f"{_BASE}{value}" if is_reference else _lead_to_document(value)
    return led


def _is_ignored(parameter: Parameter) -> bool:
    """Whether the standard says that a parameter is ignored (OpenAPI 3.1.0, 4.8.12.1)."""
    names = ("accept", "content-type", "authorization")
    return parameter.location == "header" and parameter.name.lower() in names
