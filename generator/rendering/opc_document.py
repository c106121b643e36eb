"""What openapi-python-client is shown: a document of nothing but types.

Each operation stands under a path of its own, with all its parameters in the query, and JSON answers alone.
Where a parameter goes, how it is written, and what else an answer may hold is said to the runtime
(`model.calls`), so none of the tool's limits on these applies.
"""

import copy
from collections.abc import Iterator
from typing import Any

from ..loading.json_data import as_object
from ..loading.schemas import walk_schemas
from ..media_types import is_events, is_json
from ..model.operations import Endpoint, parameter_key
from ..names import distinct, identifier, shortened
from . import docstrings

# A status has one type for the tool; further ones are shown under numbers that are no status.
_FURTHER = 1000
# Where a shown schema keeps the names of members that it shows under others.
MEMBERS = "x-lowered-members"


def view(data: dict[str, Any], endpoints: list[Endpoint]) -> dict[str, Any]:
    """The document that the tool parses; `data` is not changed."""
    paths = {f"/{endpoint.module}": {endpoint.method: _operation(endpoint)} for endpoint in endpoints}
    components = {"schemas": data.get("components", {}).get("schemas", {})}
    shown: dict[str, Any] = copy.deepcopy(
        {**data, "openapi": "3.1.0", "components": components, "paths": paths}
    )
    for _, schema in walk_schemas(shown):
        # Of a schema inside another the tool keeps the description alone, so all of its meaning goes there.
        meaning = " ".join([docstrings.describe(schema), *docstrings.groups(schema)]).strip()
        if meaning:
            schema["description"] = meaning
        _tell_members_apart(schema)
    return shown


def _tell_members_apart(schema: dict[str, Any]) -> None:
    """Show members whose Python names are one (`+1` and `-1`) under others: the tool gives the schema up."""
    members = as_object(schema.get("properties"))
    if len({identifier(name) for name in members}) == len(members):
        return
    shown = dict(zip(members, distinct(members), strict=True))
    schema["properties"] = {shown[name]: member for name, member in members.items()}
    schema["required"] = [shown.get(name, name) for name in schema.get("required", ())]
    schema[MEMBERS] = {other: name for name, other in shown.items()}


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    shown = {key: value for key, value in endpoint.data.items() if key in ("tags", "summary", "description")}
    shown["operationId"] = endpoint.module
    shown["tags"] = [shortened(tag) for tag in shown.get("tags", ())]
    names = distinct(map(parameter_key, endpoint.parameters))
    shown["parameters"] = [
        {
            "name": name,
            "in": "query",
            "required": given.get("required", False),
            "schema": parameter_schema(given),
        }
        for name, given in zip(names, endpoint.parameters, strict=True)
    ]
    if endpoint.body:
        shown["requestBody"] = endpoint.body
    shown["responses"] = {
        key: {"description": "", "content": {"application/json": {"schema": schema}}}
        for key, _, _, schema in answers(endpoint)
    }
    return shown


def parameter_schema(given: dict[str, Any]) -> dict[str, Any]:
    """The schema of a parameter, which may stand under a media type."""
    content = given.get("content")
    found: dict[str, Any] = (
        next(iter(content.values())).get("schema", {}) if content else given.get("schema", {})
    )
    return found


def answers(endpoint: Endpoint) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Each answer of JSON, or of events that hold it: its key in the view, status, media type, schema."""
    further = _FURTHER
    for status, response in endpoint.responses.items():
        seen: list[tuple[str, Any]] = []
        for media_type, given in response.get("content", {}).items():
            schema = given.get("schema", {})
            if is_json(media_type) or (is_events(media_type) and schema.get("type") == "array"):
                key = next((key for key, known in seen if known == schema), None)
                if key is None:
                    further += bool(seen)
                    key = str(further) if seen else status
                    seen.append((key, schema))
                yield key, status, media_type, schema
