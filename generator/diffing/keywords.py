"""Compares what two schemas say beside types, values and members: constraints, formats, defaults, texts."""

import json
from typing import Any

from attrs import frozen

from ..spec import as_object
from .names import Place
from .nodes import MAXIMA, MINIMA, canonical, node
from .recorder import Recorder
from .shapes import Said, Shape

# Formats that the client gives a Python type of their own; any other is a note to the reader.
_TYPED_FORMATS = frozenset({"date", "date-time", "uuid", "binary"})
_FLAGS = {
    "readOnly": ("became-read-only", "no-longer-read-only"),
    "writeOnly": ("became-write-only", "no-longer-write-only"),
    "deprecated": ("deprecated", "no-longer-deprecated"),
    "uniqueItems": ("constraint-tightened", "constraint-loosened"),
}
_COUNTS = frozenset({"minLength", "minItems", "minProperties"})  # 0 where nothing is said
_TEXTS = {
    "description": "description-changed",
    "title": "title-changed",
    "example": "example-changed",
    "examples": "example-changed",
    "x-evidence": "evidence-changed",
    "x-evidence-required": "evidence-changed",
}
# Conditions of JSON Schema that are compared as a whole: that one is wider than another cannot be told.
_RULES = frozenset(
    {
        "not",
        "if",
        "then",
        "else",
        "dependentRequired",
        "dependentSchemas",
        "dependencies",
        "patternProperties",
    }
    | {"propertyNames", "contains", "prefixItems", "unevaluatedProperties", "unevaluatedItems", "$dynamicRef"}
)


@frozen
class _Keyword:
    """A keyword on both sides; None where it is not said."""

    name: str
    old: Said | None
    new: Said | None

    @property
    def before(self) -> Any:
        return self.old[0] if self.old else None

    @property
    def after(self) -> Any:
        return self.new[0] if self.new else None

    def stage(self, noun: str) -> str:
        """Whether it was added, removed or changed."""
        return f"{noun}-{'added' if self.old is None else 'removed' if self.new is None else 'changed'}"


def compare_keywords(recorder: Recorder, place: Place, before: Shape, after: Shape) -> None:
    """Record each keyword that differs."""
    for name in dict.fromkeys([*before.keywords, *after.keywords]):
        keyword = _Keyword(name, before.keywords.get(name), after.keywords.get(name))
        if keyword.before != keyword.after or type(keyword.before) is not type(keyword.after):
            if name == "discriminator" and _telling(before, keyword.before) == _telling(after, keyword.after):
                continue
            kind = _kind(keyword)
            if kind is None:
                continue
            recorder.record(
                f"{place.direction}-{kind}",
                place.tiers,
                old=keyword.old[1] if keyword.old else None,
                new=keyword.new[1] if keyword.new else None,
                before=keyword.before,
                after=keyword.after,
            )


def _telling(shape: Shape, given: Any) -> list[Any]:
    """What a discriminator tells apart: a form that only has another name is the same form."""
    document = shape.node.document
    mapping = as_object(as_object(given).get("mapping"))
    forms = {
        value: canonical(node(document, str(target), {"$ref": target}))
        if str(target).startswith("#/")
        else target
        for value, target in mapping.items()
    }
    return [as_object(given).get("propertyName"), forms]


def _kind(keyword: _Keyword) -> str | None:
    name = keyword.name
    if name in _COUNTS and (keyword.before or 0) == (keyword.after or 0):
        return None
    if name in MAXIMA or name in MINIMA or name == "multipleOf":
        return "constraint-tightened" if _tighter(keyword) else "constraint-loosened"
    if name in _FLAGS:
        on, off = _FLAGS[name]
        return (on if keyword.after else off) if bool(keyword.before) != bool(keyword.after) else None
    if name in _TEXTS:
        return _TEXTS[name]
    if name == "pattern":
        stages = {"pattern-added": "constraint-tightened", "pattern-removed": "constraint-loosened"}
        return stages.get(keyword.stage("pattern"), "pattern-changed")
    if name == "format":
        return "format-changed" if {keyword.before, keyword.after} & _TYPED_FORMATS else "format-note-changed"
    if name in ("contentMediaType", "contentEncoding"):
        return "content-changed"
    if name == "default":
        return keyword.stage("default")
    if name == "discriminator":
        return "discriminator-changed"
    return keyword.stage("rule") if name in _RULES else "annotation-changed"


def _tighter(keyword: _Keyword) -> bool:
    old, new = keyword.before, keyword.after
    if old is None or new is None or isinstance(new, bool):
        return old is None if not isinstance(new, bool) else new
    if keyword.name == "multipleOf":
        return json.dumps(old % new) not in ("0", "0.0")
    return bool(new < old) if keyword.name in MAXIMA else bool(new > old)
