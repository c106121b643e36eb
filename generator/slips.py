"""Slips that real documents are full of, and whose meaning nobody doubts: no reason to refuse one."""

import copy
import json

from .loading.json_data import Json, is_list, is_object
from .loading.schemas import walk_schemas


def forgive(data: dict[str, Json]) -> dict[str, Json]:
    """A copy of a document for validators, without what they would mind and a client need not.

    `examples` that is no list changes nothing on the wire. `default: null` says that there is none. Values
    repeated in an `enum` are one value (JSON Schema 2020-12 only recommends that they differ: validation,
    6.1.2). `type: 'null'` is no word of OpenAPI 3.0, and says what it says in 3.1.
    """
    data = copy.deepcopy(data)
    for _, schema in walk_schemas(data):
        if is_object(schema.get("examples")):
            del schema["examples"]
        if schema.get("default", ...) is None:
            del schema["default"]
        if is_list(values := schema.get("enum")):
            schema["enum"] = list({json.dumps(value, sort_keys=True): value for value in values}.values())
        if schema.get("type") == "null" and str(data["openapi"]).startswith("3.0"):
            del schema["type"]
    return data
