"""Every `$ref` of a schema leads to a component: the tool follows no other references."""

from itertools import count
from typing import Any

from ..loading.json_data import ChangedPointers, escape, object_or_empty, resolve
from ..loading.origins import COMPONENT_ORIGINS
from ..loading.schemas import walk_schemas

COMPONENTS = "#/components/schemas/"


def move_reference_targets(document: dict[str, Any]) -> ChangedPointers:
    """Make components of the schemas that references lead to, and copy path items: the tool cannot follow."""
    for path, path_item in list(document.get("paths", {}).items()):
        if "$ref" in path_item:
            document["paths"][path] = {**resolve(document, path_item["$ref"][1:]), **path_item}
            del document["paths"][path]["$ref"]
            yield f"/paths/{escape(path)}/$ref"
    names_by_target: dict[str, str] = {}
    for pointer, schema in walk_schemas(document):
        target = schema.get("$ref")
        if isinstance(target, str) and not _is_component(target):
            if target not in names_by_target:
                names_by_target[target] = _name_component(document, target)
                make_component(document, target[1:], names_by_target[target])
            schema["$ref"] = COMPONENTS + names_by_target[target]
            yield f"{pointer}/$ref"


def make_component(document: dict[str, Any], pointer: str, name: str) -> None:
    """Move the schema at `pointer` to a component, and leave a reference in its place."""
    schema = resolve(document, pointer)
    document.setdefault("components", {}).setdefault("schemas", {})[name] = dict(schema)
    document.setdefault(COMPONENT_ORIGINS, {})[name] = pointer
    schema.clear()
    schema["$ref"] = COMPONENTS + name


def _is_component(target: str) -> bool:
    return target.startswith(COMPONENTS) and "/" not in target.removeprefix(COMPONENTS)


def _name_component(document: dict[str, Any], target: str) -> str:
    """Return a name that no component has, made of the words of a reference."""
    words = [
        word for word in target.split("/")[1:] if word not in ("components", "schemas", "properties", "$defs")
    ]
    name = "".join(word[0].upper() + word[1:] for word in words if word.isidentifier()) or "Inner"
    taken_names = object_or_empty(object_or_empty(document.get("components")).get("schemas"))
    if name not in taken_names:
        return name
    return next(f"{name}{number}" for number in count(2) if f"{name}{number}" not in taken_names)
