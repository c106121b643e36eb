"""Merges the changes that the built clients show into the changes that the contracts show."""

from attrs import evolve

from ..loading.json_data import escape, object_or_empty
from ..names import class_name
from .change import Change
from .kinds import KINDS
from .python_names import method_name, operations_of
from .recorder import Recorder, Snapshot, locate_change
from .surface_changes import SurfaceChange, compare_surfaces, parent_name


def merge_surface_changes(recorder: Recorder) -> None:
    """Mark the recorded changes that the built clients show too, and add what only the clients show.

    A recorded change explains a surface change if it touches the same name, or something that contains
    that name, and is at least as severe.
    """
    old_surface, new_surface = recorder.old.surface, recorder.new.surface
    for surface_change in compare_surfaces(old_surface, new_surface, recorder.model_directions):
        explaining_keys = [
            key for key, change in recorder.changes_by_key.items() if _explains(change, surface_change)
        ]
        for key in explaining_keys:
            recorder.changes_by_key[key] = evolve(recorder.changes_by_key[key], seen_in_client=True)
        if not explaining_keys:
            _record_surface_change(recorder, surface_change)


def _explains(change: Change, surface_change: SurfaceChange) -> bool:
    is_severe_enough = change.severity.is_at_least(KINDS[surface_change.kind].severity)
    return is_severe_enough and bool(_name_and_ancestors(surface_change.name) & change.covers)


def _as_sync_name(name: str) -> str:
    """Return the name in the sync client for a name of the async client, as a caller writes it."""
    sync_name = name.replace("async_client", "client", 1).replace("results.Async", "results.", 1)
    return _without_markers(sync_name)


def _without_markers(name: str) -> str:
    """Return a surface name as a caller writes it, without the marker of a result, an overload or bases."""
    return name.removesuffix("()").partition("[")[0].removesuffix("<>")


def _name_and_ancestors(name: str) -> set[str]:
    """Return a surface name and the names of everything that contains it."""
    names = {name, _as_sync_name(name)}
    ancestor = parent_name(_as_sync_name(name))
    while ancestor:
        names.add(ancestor)
        ancestor = parent_name(ancestor)
    return names


def _record_surface_change(recorder: Recorder, surface_change: SurfaceChange) -> None:
    snapshot = recorder.old if surface_change.removed else recorder.new
    pointer = _pointer_to_name(snapshot, _as_sync_name(surface_change.name))
    recorder.record(
        surface_change.kind,
        ((_without_markers(surface_change.name),),),
        before=surface_change.before,
        after=surface_change.after,
        seen_in_client=True,
        **locate_change(pointer, in_new=not surface_change.removed),
    )


def _pointer_to_name(snapshot: Snapshot, name: str) -> str:
    """Return the JSON pointer to what defines a Python name; the root if the contract has no such place."""
    names = _name_and_ancestors(name)
    for operation in operations_of(snapshot.document, snapshot.sdk):
        for index, method in enumerate(operation.methods):
            if method_name(method) in names:
                return f"{operation.pointer}/x-sdk/methods/{index}"
        if operation.raw_module in names:
            return operation.pointer
    schemas = object_or_empty(object_or_empty(snapshot.document.data.get("components")).get("schemas"))
    components = {f"models.{class_name(component)}": component for component in schemas}
    # The class name of a nameless schema begins with the name of the outer class, so the longest match wins.
    matching_classes = [model for model in components if model in names or name.startswith(model)]
    if not matching_classes:
        return ""
    return f"/components/schemas/{escape(components[max(matching_classes, key=len)])}"
