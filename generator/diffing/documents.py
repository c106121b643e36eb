"""Compares documents outside of operations and schemas, and records differences that no rule explains."""

import json
from collections.abc import Iterator
from typing import Any

from attrs import frozen

from ..loading.json_data import escape, is_list, is_object
from ..names import class_name
from .python_names import NameTiers
from .recorder import Recorder, locate_change
from .schema_nodes import component_name, is_component, unescape
from .security import compare_security_schemes
from .servers import compare_servers
from .texts import record_text_values

_TEXT_KEYS = ("openapi", "info", "tags", "externalDocs", "jsonSchemaDialect", "webhooks")


@frozen
class _Difference:
    """A value that differs between two documents; None if a document lacks it."""

    pointer: str
    before: Any
    after: Any


def compare_document_metadata(recorder: Recorder) -> None:
    """Record what differs in the texts, the servers and the security schemes of two documents."""
    name_tiers = ((recorder.new.sdk.client,),)
    old, new = recorder.old.document.data, recorder.new.document.data
    for key in _TEXT_KEYS:
        for difference in _smallest_differences(old.get(key), new.get(key), f"/{key}"):
            _record_text_difference(recorder, name_tiers, difference)
    compare_servers(recorder)
    compare_security_schemes(recorder)


def _record_text_difference(recorder: Recorder, name_tiers: NameTiers, difference: _Difference) -> None:
    parent, _, token = difference.pointer.rpartition("/")
    record_text_values(
        recorder, name_tiers, (parent, parent), unescape(token), difference.before, difference.after
    )


def _smallest_differences(old: Any, new: Any, pointer: str) -> Iterator[_Difference]:
    """Yield the smallest values that differ between two documents; the order of scalars does not count."""
    if is_object(old) and is_object(new):
        for key in dict.fromkeys([*old, *new]):
            yield from _smallest_differences(old.get(key), new.get(key), f"{pointer}/{escape(key)}")
    elif _order_independent_text(old) != _order_independent_text(new):
        if is_list(old) and is_list(new) and len(old) == len(new) and any(map(is_object, [*old, *new])):
            for index, (old_item, new_item) in enumerate(zip(old, new, strict=True)):
                yield from _smallest_differences(old_item, new_item, f"{pointer}/{index}")
        else:
            yield _Difference(pointer, old, new)


def _order_independent_text(value: Any) -> str:
    """Return a value as text that is the same whatever the order of its lists, at any depth."""
    if is_object(value):
        texts = {key: _order_independent_text(item) for key, item in value.items()}
        return json.dumps(texts, sort_keys=True)
    return json.dumps(sorted(map(_order_independent_text, value)) if is_list(value) else value)


def record_unexplained_differences(recorder: Recorder) -> None:
    """Record every difference that no rule has explained, so that no change goes unreported."""
    changed_pointers = {change.pointer for change in recorder.changes if change.pointer}
    parents = {parent for pointer in changed_pointers for parent in _parents(pointer)}
    covered_names = {name for change in recorder.changes for name in change.covers}
    old, new = recorder.old.document.data, recorder.new.document.data
    for difference in list(_smallest_differences(old, new, "")):
        pointers = [difference.pointer, *_reference_targets([difference.before, difference.after])]
        if difference.pointer in recorder.explained_pointers:
            continue
        if recorder.explained_trees & _parents(difference.pointer):
            continue
        # A change at the pointer, below it or above it.
        if any(
            pointer in parents or pointer in changed_pointers or changed_pointers & _parents(pointer)
            for pointer in pointers
        ):
            continue
        if any(_class_of_component(pointer) in covered_names for pointer in pointers):
            continue
        recorder.record(
            "other-change",
            (),
            before=difference.before,
            after=difference.after,
            **locate_change(difference.pointer, in_new=difference.after is not None),
        )


def _parents(pointer: str) -> set[str]:
    """Return the pointers above a JSON pointer, without that of the whole document."""
    tokens = pointer.split("/")
    return {"/".join(tokens[:length]) for length in range(2, len(tokens))}


def _reference_targets(value: Any) -> Iterator[str]:
    """Yield the JSON pointers that a value refers to, at any depth."""
    if isinstance(value, str) and value.startswith("#/"):
        yield value[1:]
    elif is_object(value):
        yield from _reference_targets(list(value.values()))
    elif is_list(value):
        for item in value:
            yield from _reference_targets(item)


def _class_of_component(pointer: str) -> str | None:
    return f"models.{class_name(component_name(pointer))}" if is_component(pointer) else None
