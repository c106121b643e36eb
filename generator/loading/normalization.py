"""Removes faults that are common in real documents and change nothing for a client.

A document is not refused because of them, so they are removed before it is validated.
"""

import copy
import json

from .json_data import Json, is_list, is_object
from .schemas import walk_schemas


def normalize(data: dict[str, Json]) -> dict[str, Json]:
    """Return a copy of a document for validators, without faults that mean nothing to a client.

    - `examples` that is not a list is removed: it changes nothing on the wire.
    - `default: null` is removed: it says that there is no default.
    - Repeated values of an `enum` are removed. JSON Schema 2020-12 only recommends that they differ
      (validation, 6.1.2).
    - `type: 'null'` is removed from OpenAPI 3.0, which does not define it: it has the meaning of 3.1.
    """
    normalized = copy.deepcopy(data)
    is_openapi30 = str(data["openapi"]).startswith("3.0")
    for _, schema in walk_schemas(normalized):
        if is_object(schema.get("examples")):
            del schema["examples"]
        if schema.get("default", ...) is None:
            del schema["default"]
        if is_list(values := schema.get("enum")):
            values_by_json = {json.dumps(value, sort_keys=True): value for value in values}
            schema["enum"] = list(values_by_json.values())
        if schema.get("type") == "null" and is_openapi30:
            del schema["type"]
    return normalized
