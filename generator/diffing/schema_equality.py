"""Decides whether two schemas of two documents say the same, apart from their texts."""

from typing import Any

from ..loading.document import Document
from ..loading.json_data import is_list, is_object, object_or_empty, resolve
from .schema_nodes import TEXT_KEYWORDS, SchemaNode, component_name, is_component

# Lists in which the order has no meaning.
_UNORDERED_LISTS = frozenset({"enum", "required", "type"})


def is_same_content(old: SchemaNode, new: SchemaNode) -> bool:
    """Whether two schemas have the same keywords and values, with each `$ref` followed.

    Two references to components of one name count as the same, because components are compared themselves.
    """
    comparison = _Comparison(old.document, new.document)
    return len(old.parts) == len(new.parts) and all(
        comparison.is_same(old_schema, new_schema)
        for (_, old_schema), (_, new_schema) in zip(old.parts, new.parts, strict=True)
    )


class _Comparison:
    """Walks through two schemas side by side, and stops at the first difference.

    Schemas may refer to themselves. A pair that is met again inside itself is taken to be the same: if it is
    not, the walk that met it first finds the difference.
    """

    def __init__(self, old: Document, new: Document) -> None:
        self._old_data = old.data
        self._new_data = new.data
        # Objects of the documents, which outlive the walk, so their ids stay theirs.
        self._met_pairs: set[tuple[int, int]] = set()

    def is_same(self, old: Any, new: Any, keyword: str = "") -> bool:
        if is_object(old) and is_object(new):
            return self._are_same_objects(old, new)
        if is_list(old) and is_list(new):
            if keyword in _UNORDERED_LISTS:
                old, new = sorted(old, key=repr), sorted(new, key=repr)
            return len(old) == len(new) and all(map(self.is_same, old, new))
        # In Python 1 == True; in JSON they are different values.
        return bool(old == new) and isinstance(old, bool) == isinstance(new, bool)

    def _are_same_objects(self, old: dict[str, Any], new: dict[str, Any]) -> bool:
        if (id(old), id(new)) in self._met_pairs:
            return True
        self._met_pairs.add((id(old), id(new)))
        if _component_reference(old) and _component_reference(old) == _component_reference(new):
            before, after = _without_texts(old), _without_texts(new)
        else:
            before, after = _follow(self._old_data, old), _follow(self._new_data, new)
        return before.keys() == after.keys() and all(
            self.is_same(value, after[key], key) for key, value in before.items()
        )


def _component_reference(schema: dict[str, Any]) -> str:
    """Return the name of the component that a schema refers to; empty if there is none."""
    target = str(schema.get("$ref", "#"))[1:]
    return component_name(target) if is_component(target) else ""


def _follow(data: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema with the keywords of what its `$ref` leads to; its own keywords override them."""
    keywords = _without_texts(schema)
    targets: set[str] = set()
    while isinstance(target := keywords.pop("$ref", None), str) and target not in targets:
        targets.add(target)
        referenced = resolve(data, target[1:])
        keywords = {**_without_texts(_as_object(referenced)), **keywords}
    return keywords


def _as_object(schema: Any) -> dict[str, Any]:
    """Return a schema as an object: `false` as what admits nothing, and `true` as what admits everything."""
    return {"not": {}} if schema is False else object_or_empty(schema)


def _without_texts(schema: dict[str, Any]) -> dict[str, Any]:
    # A property may be called `title`: then its value is a schema, not a text.
    return {
        key: value
        for key, value in schema.items()
        if key not in TEXT_KEYWORDS or not isinstance(value, str | list)
    }
