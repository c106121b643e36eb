"""Compares the heads of two documents: servers, words, credentials; and all that no rule names."""

import json
from collections.abc import Iterator
from typing import Any

from ..names import class_name
from ..spec import escape, is_list, is_object
from .nodes import component_name, is_component
from .recorder import Recorder, where
from .security import compare_schemes
from .texts import record_text

_TEXTS = ("openapi", "info", "tags", "externalDocs", "jsonSchemaDialect", "webhooks")


def compare_heads(recorder: Recorder) -> None:
    """Record what differs before the paths begin."""
    tiers = ((recorder.new.sdk.client,),)
    old, new = recorder.old.document.data, recorder.new.document.data
    for key in _TEXTS:
        for pointer, before, after in _differences(old.get(key), new.get(key), f"/{key}"):
            _record_text(recorder, tiers, pointer, before, after)
    _compare_servers(recorder)
    compare_schemes(recorder)


def _record_text(recorder: Recorder, tiers: Any, pointer: str, before: Any, after: Any) -> None:
    base, _, key = pointer.rpartition("/")
    record_text(recorder, tiers, base, base, key.replace("~1", "/").replace("~0", "~"), (before, after))


def _compare_servers(recorder: Recorder) -> None:
    old, new = recorder.old.sdk.servers, recorder.new.sdk.servers
    tiers = ((f"{recorder.new.sdk.client}(base_url=)",),)
    if old[:1] != new[:1]:
        at = where("/servers/0", new=bool(new))
        recorder.record(
            "server-default-changed",
            tiers,
            before=next(iter(old), None),
            after=next(iter(new), None),
            **at,
        )
    for index, url in enumerate(new):
        if index and url not in old:
            recorder.record("server-added", tiers, new=f"/servers/{index}", after=url)
    for index, url in enumerate(old):
        if index and url not in new:
            recorder.record("server-removed", tiers, old=f"/servers/{index}", before=url)


def _differences(old: Any, new: Any, pointer: str) -> Iterator[tuple[str, Any, Any]]:
    """The smallest differing values of two documents; the order of a list of scalars says nothing."""
    if is_object(old) and is_object(new):
        for key in dict.fromkeys([*old, *new]):
            yield from _differences(old.get(key), new.get(key), f"{pointer}/{escape(key)}")
    elif _unordered(old) != _unordered(new):
        if is_list(old) and is_list(new) and len(old) == len(new) and any(map(is_object, [*old, *new])):
            for index, pair in enumerate(zip(old, new, strict=True)):
                yield from _differences(*pair, f"{pointer}/{index}")
        else:
            yield pointer, old, new


def _unordered(value: Any) -> str:
    """A value as text that is the same in whatever order its lists stand, at any depth."""
    if is_object(value):
        return json.dumps({key: _unordered(item) for key, item in value.items()}, sort_keys=True)
    return json.dumps(sorted(_unordered(item) for item in value) if is_list(value) else value)


def record_the_rest(recorder: Recorder) -> None:
    """Record every difference that no rule has spoken of, so that nothing is passed over in silence."""
    spoken = {change.pointer for change in recorder.changes if change.pointer}
    covered = {name for change in recorder.changes for name in change.covers}
    old, new = recorder.old.document.data, recorder.new.document.data
    for pointer, before, after in list(_differences(old, new, "")):
        places = [pointer, *_targets([before, after])]
        if pointer in recorder.understood or any(_related(place, spoken) for place in places):
            continue
        if any(_class_at(place) in covered for place in places):
            continue
        at = where(pointer, new=after is not None)
        recorder.record("other-change", (), before=before, after=after, **at)


def _related(pointer: str, spoken: set[str]) -> bool:
    """Whether a change stands there, above or below."""
    return any(
        one == pointer or pointer.startswith(f"{one}/") or one.startswith(f"{pointer}/") for one in spoken
    )


def _targets(value: Any) -> Iterator[str]:
    """The pointers that a value refers to."""
    if isinstance(value, str) and value.startswith("#/"):
        yield value[1:]
    elif is_object(value):
        yield from _targets(list(value.values()))
    elif is_list(value):
        for one in value:
            yield from _targets(one)


def _class_at(pointer: str) -> str | None:
    return f"models.{class_name(component_name(pointer))}" if is_component(pointer) else None
