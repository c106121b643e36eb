"""A `$ref` leads to a component: the tool knows no other, and no path item that stands elsewhere."""

from collections.abc import Iterator
from typing import Any

from ..loading.json_data import as_object, escape, resolve
from ..loading.origins import COMPONENT_ORIGINS
from ..loading.schemas import walk_schemas

_COMPONENTS = "#/components/schemas/"


def lead_to_components(document: dict[str, Any]) -> Iterator[str]:
    """Name what references lead to inside of other schemas, and put path items where they are used."""
    for path, item in list(document.get("paths", {}).items()):
        if "$ref" in item:
            document["paths"][path] = {**resolve(document, item["$ref"][1:]), **item}
            del document["paths"][path]["$ref"]
            yield f"/paths/{escape(path)}/$ref"
    named: dict[str, str] = {}
    for pointer, schema in walk_schemas(document):
        target = schema.get("$ref")
        if isinstance(target, str) and not _is_component(target):
            if target not in named:
                named[target] = _name(document, target)
                make_component(document, target[1:], named[target])
            schema["$ref"] = _COMPONENTS + named[target]
            yield f"{pointer}/$ref"


def make_component(document: dict[str, Any], pointer: str, name: str) -> None:
    """Make a component of a schema, and a reference of what it was, so that both have one class."""
    found = resolve(document, pointer)
    document.setdefault("components", {}).setdefault("schemas", {})[name] = dict(found)
    document.setdefault(COMPONENT_ORIGINS, {})[name] = pointer
    found.clear()
    found["$ref"] = _COMPONENTS + name


def _is_component(target: str) -> bool:
    return target.startswith(_COMPONENTS) and "/" not in target.removeprefix(_COMPONENTS)


def _name(document: dict[str, Any], target: str) -> str:
    """A name that no component has, made of the last words of a pointer."""
    words = [
        word for word in target.split("/")[1:] if word not in ("components", "schemas", "properties", "$defs")
    ]
    name = "".join(word[0].upper() + word[1:] for word in words if word.isidentifier()) or "Inner"
    taken = as_object(as_object(document.get("components")).get("schemas"))
    return (
        name if name not in taken else next(f"{name}{n}" for n in range(2, 9999) if f"{name}{n}" not in taken)
    )
