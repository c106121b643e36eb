"""What only one side sends cannot be required of both: a model serves requests and answers.

`readOnly` is for answers and `writeOnly` for requests (OpenAPI 3.1 takes both from JSON Schema 2020-12,
validation 9.4); the tool knows neither.
"""

from collections.abc import Iterator
from typing import Any

from ..loading.json_data import as_object, resolve
from ..loading.schemas import walk_schemas


def loosen_one_sided(document: dict[str, Any]) -> Iterator[str]:
    """Take `readOnly` and `writeOnly` members off `required`; `x-lowered-required` keeps the latter."""
    for pointer, schema in walk_schemas(document):
        members = {name: as_object(value) for name, value in as_object(schema.get("properties")).items()}
        found = [name for name in schema.get("required", ()) if _one_sided(document, members.get(name, {}))]
        if found:
            schema["x-lowered-required"] = [
                name for name in found if not _says(document, members[name], "readOnly")
            ]
            schema["required"] = [name for name in schema["required"] if name not in found]
            yield f"{pointer}/required"


def _one_sided(document: dict[str, Any], schema: dict[str, Any]) -> bool:
    return _says(document, schema, "readOnly") or _says(document, schema, "writeOnly")


def _says(document: dict[str, Any], schema: dict[str, Any], keyword: str) -> bool:
    """Whether a schema, or what its `$ref` leads to, has a keyword that is true."""
    if keyword in schema:
        return bool(schema[keyword])
    return "$ref" in schema and _says(document, as_object(resolve(document, schema["$ref"][1:])), keyword)
