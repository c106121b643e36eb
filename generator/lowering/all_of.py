"""`allOf`, and what stands beside a `$ref`, is merged into one object: the tool loses all but the `$ref`.

A `$ref` with nothing but annotations beside it stays one, so that its class keeps its name.
"""

import copy
import json
from collections.abc import Iterator
from typing import Any

from ..errors import GeneratorError
from ..loading.json_data import as_object, is_list, is_object, resolve
from ..loading.schemas import ANNOTATIONS, walk_schemas
from .references import make_component

_SMALLER = frozenset({"maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"})
_LARGER = frozenset({"minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"})


def merge_all_of(document: dict[str, Any]) -> Iterator[str]:
    """Merge every `allOf` whose parts are objects or `$ref`s into the schema that holds it."""
    merged: dict[str, str] = {}
    parts = {schema["$ref"] for _, holder in walk_schemas(document) for schema in _references(holder)}
    for pointer, schema in walk_schemas(document):
        if _is_whole(schema):
            continue
        text = json.dumps(schema, sort_keys=True)
        outer = next((at for at in merged if pointer.startswith(f"{at}/") and merged[at] == text), None)
        found = _flat(document, schema, pointer, ()) if outer is None else _component(document, outer)
        merged[pointer] = text
        schema.clear()
        schema.update(found)
        yield pointer
    if merged:
        _drop(document, parts)


def _references(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    return (part for part in map(as_object, schema.get("allOf", ())) if "$ref" in part)


def _drop(document: dict[str, Any], parts: set[str]) -> None:
    """Take out the components that were nothing but parts of others: nobody could meet their classes."""
    named = set(_texts(document))
    for part in parts:
        folder, _, name = part.rpartition("/")
        if folder == "#/components/schemas" and part not in named and name not in named:
            document["components"]["schemas"].pop(name, None)


def _texts(value: Any) -> Iterator[str]:
    """Every string in a document: `$ref`s, mappings of discriminators, variants of methods."""
    if isinstance(value, str):
        yield value
    for item in value.values() if is_object(value) else value if is_list(value) else ():
        yield from _texts(item)


def _is_whole(schema: dict[str, Any]) -> bool:
    """Whether a schema has no `allOf`, and no `$ref` with more than annotations beside it."""
    parts = schema.get("allOf", [])
    if len(parts) == 1 and set(as_object(parts[0])) == {"$ref"} and schema.keys() <= ANNOTATIONS | {"allOf"}:
        schema["$ref"] = schema.pop("allOf")[0]["$ref"]
    return "allOf" not in schema and ("$ref" not in schema or schema.keys() <= ANNOTATIONS | {"$ref"})


def _component(document: dict[str, Any], pointer: str) -> dict[str, Any]:
    """A reference to what was merged at `pointer` already: it holds itself, and would be merged for ever."""
    found = resolve(document, pointer)
    if "$ref" not in found:
        words = [word for word in pointer.split("/")[3:] if word != "properties"]
        make_component(document, pointer, "".join(word[0].upper() + word[1:] for word in words if word))
    return {"$ref": found["$ref"]}


def flat(document: dict[str, Any], schema: Any, pointer: str) -> dict[str, Any]:
    """A schema with its `allOf` and `$ref` merged into it; GeneratorError if the parts contradict."""
    return copy.deepcopy(_flat(document, schema, pointer, ()))


def _flat(document: dict[str, Any], schema: Any, pointer: str, seen: tuple[str, ...]) -> dict[str, Any]:
    if schema is False:
        raise GeneratorError("`allOf` with `false` admits nothing", pointer=pointer, hint="remove the part")
    if schema is True:
        return {}
    schema = dict(schema)
    result: dict[str, Any] = {}
    target = schema.pop("$ref", None)
    if target is not None:
        if target in seen:
            raise GeneratorError(
                f"`allOf` leads back to `{target}`", pointer=pointer, hint="let one of them stand alone"
            )
        result = _flat(document, resolve(document, target[1:]), target[1:], (*seen, target))
    for index, part in enumerate(schema.pop("allOf", ())):
        _merge(result, _flat(document, part, f"{pointer}/allOf/{index}", seen), pointer)
    _merge(result, copy.deepcopy(schema), pointer)
    return result


def _merge(into: dict[str, Any], more: dict[str, Any], pointer: str) -> None:
    for key, value in more.items():
        into[key] = _merged(key, into[key], value, pointer) if key in into else value


def _merged(key: str, old: Any, new: Any, pointer: str) -> Any:
    if old == new or key in ANNOTATIONS or (key.startswith("x-") and not is_object(old)):
        return new
    if key == "properties":
        return _properties(old, new)
    if is_object(old) and key.startswith("x-"):
        return old | as_object(new)
    if key == "required":
        return [*old, *(name for name in new if name not in old)]
    if key in _SMALLER:
        return min(old, new)
    if key in _LARGER:
        return max(old, new)
    if key == "enum":
        return [value for value in old if value in new]
    if key == "type" and (kinds := _common_types(old, new)):
        return kinds[0] if len(kinds) == 1 else kinds
    if key == "additionalProperties" and (old is False or new is False):
        return False
    raise GeneratorError(
        f"`allOf` says `{key}` in two ways",
        pointer=pointer,
        hint="say it once, in the schema that holds the allOf",
    )


def _common_types(old: Any, new: Any) -> list[str]:
    """The types that both admit; an integer is a number, too."""
    first: list[str] = [old] if isinstance(old, str) else old
    second: list[str] = [new] if isinstance(new, str) else new
    found = [kind for kind in first if kind in second or (kind == "integer" and "number" in second)]
    if "number" in first and "integer" in second and "integer" not in found:
        found.append("integer")
    return found


def _properties(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    names = dict.fromkeys([*old, *new])
    return {name: _property(old.get(name, {}), new.get(name, {})) for name in names}


def _property(old: Any, new: Any) -> Any:
    """What a member must be when two parts speak of it."""
    if old is False or new is False:
        return False
    if not old or old is True or old == new:
        return new
    if not new or new is True:
        return old
    return {"allOf": [old, new]} if "$ref" in old or "$ref" in new else {**old, **new}
