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
    _compare_servers(recorder)
    compare_security_schemes(recorder)


def _record_text_difference(recorder: Recorder, name_tiers: NameTiers, difference: _Difference) -> None:
    parent, _, token = difference.pointer.rpartition("/")
    record_text_values(
        recorder, name_tiers, (parent, parent), unescape(token), difference.before, difference.after
    )


def _compare_servers(recorder: Recorder) -> None:
    """Compare the server URLs; the first one is the client's default, the others are documentation."""
    old, new = recorder.old.sdk.servers, recorder.new.sdk.servers
    name_tiers = ((f"{recorder.new.sdk.client}(base_url=)",),)
    if old[:1] != new[:1]:
        recorder.record(
            "server-default-changed",
            name_tiers,
            before=next(iter(old), None),
            after=next(iter(new), None),
            **locate_change("/servers/0", in_new=bool(new)),
        )
    for index, url in enumerate(new):
        if index and url not in old:
            recorder.record("server-added", name_tiers, new_pointer=f"/servers/{index}", after=url)
    for index, url in enumerate(old):
        if index and url not in new:
            recorder.record("server-removed", name_tiers, old_pointer=f"/servers/{index}", before=url)


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
    covered_names = {name for change in recorder.changes for name in change.covers}
    old, new = recorder.old.document.data, recorder.new.document.data
    for difference in list(_smallest_differences(old, new, "")):
        pointers = [difference.pointer, *_reference_targets([difference.before, difference.after])]
        if difference.pointer in recorder.explained_pointers:
            continue
        if any(_has_change_nearby(pointer, changed_pointers) for pointer in pointers):
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


def _has_change_nearby(pointer: str, changed_pointers: set[str]) -> bool:
    """Whether a change is recorded at a pointer, above it or below it."""
    return any(
        changed == pointer or pointer.startswith(f"{changed}/") or changed.startswith(f"{pointer}/")
        for changed in changed_pointers
    )


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
