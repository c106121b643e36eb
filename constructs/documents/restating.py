"""Restates a document for openapi-core, which does not read all that the standard allows."""

from collections.abc import Iterator

from generator.loading.json_data import (
    Json,
    follow_reference,
    is_list,
    is_object,
    list_or_empty,
    object_or_empty,
)

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


def restate_document(data: dict[str, Json]) -> None:
    """Change a document to what openapi-core reads, where that changes nothing of what it admits.

    - The requests went to one server, whatever servers the document names.
    - Parameters called like Accept are ignored (OpenAPI 3.1.0, 4.8.12.1).
    - openapi-core knows the type of a parameter by `type` alone, so a union of a schema and null is the
      schema: no style has a form for null.
    - It reads numbers of multipart bodies as text. As parts of JSON they have the same form.
    """
    data["servers"] = [{"url": "https://api.invalid"}]
    for holder in _list_holders(data):
        holder.pop("servers", None)
        if is_list(holder.get("parameters")):
            holder["parameters"] = [
                parameter
                for parameter in holder["parameters"]
                if not _is_ignored(follow_reference(data, parameter))
            ]
            for parameter in holder["parameters"]:
                _leave_out_null(data, follow_reference(data, parameter))
        body = follow_reference(data, holder.get("requestBody"))
        for media_type, content in object_or_empty(body.get("content")).items():
            if media_type.startswith("multipart/"):
                _make_parts_of_numbers(data, object_or_empty(content))


def _list_holders(data: dict[str, Json]) -> Iterator[dict[str, Json]]:
    """Yield the path items and the operations, which hold parameters and bodies."""
    for path_item in map(object_or_empty, object_or_empty(data.get("paths")).values()):
        yield path_item
        yield from (path_item[method] for method in _METHODS if method in path_item)


def _is_ignored(parameter: dict[str, Json]) -> bool:
    name = str(parameter.get("name")).lower()
    return parameter.get("in") == "header" and name in ("accept", "content-type", "authorization")


def _leave_out_null(data: dict[str, Json], parameter: dict[str, Json]) -> None:
    schema = follow_reference(data, parameter.get("schema"))
    for keyword in ("anyOf", "oneOf"):
        branches = [branch for branch in list_or_empty(schema.get(keyword)) if branch != {"type": "null"}]
        if len(branches) == 1:
            others = {key: value for key, value in schema.items() if key != keyword}
            parameter["schema"] = {**others, **follow_reference(data, branches[0])}


def _make_parts_of_numbers(data: dict[str, Json], content: dict[str, Json]) -> None:
    schema = follow_reference(data, content.get("schema"))
    for name, property_schema in object_or_empty(schema.get("properties")).items():
        if follow_reference(data, property_schema).get("type") in ("integer", "number", "boolean"):
            content.setdefault("encoding", {}).setdefault(name, {"contentType": "application/json"})


def replace_one_of(value: Json) -> None:
    """Make `oneOf` in a document `anyOf`, as the trial does where no plain value fits one branch alone."""
    if is_object(value):
        if is_list(value.get("oneOf")) and "anyOf" not in value:
            value["anyOf"] = value.pop("oneOf")
        for item in value.values():
            replace_one_of(item)
    elif is_list(value):
        for item in value:
            replace_one_of(item)
