"""Merges the changes that the built clients show into the changes that the contracts show."""

from attrs import evolve

from ..loading.json_data import escape, object_or_empty
from ..names import class_name
from .kinds import KINDS
from .python_names import method_name, operations_of
from .recorder import ChangeKey, Recorder, Snapshot, locate_change
from .surface_changes import SurfaceChange, compare_surfaces, parent_name


def merge_surface_changes(recorder: Recorder) -> None:
    """Mark the recorded changes that the built clients show too, and add what only the clients show.

    A recorded change explains a surface change if it touches the same name, or something that contains
    that name, and is at least as severe.
    """
    keys_by_name: dict[str, list[ChangeKey]] = {}
    for key in recorder.changes_by_key:
        _index_by_name(keys_by_name, recorder, key)
    places = (_Places(recorder.old), _Places(recorder.new))
    surfaces = (recorder.old.surface, recorder.new.surface)
    for surface_change in compare_surfaces(*surfaces, recorder.model_directions):
        severity = KINDS[surface_change.kind].severity
        explaining_keys = {
            key
            for name in _name_and_ancestors(surface_change.name)
            for key in keys_by_name.get(name, ())
            if recorder.changes_by_key[key].severity.is_at_least(severity)
        }
        for key in explaining_keys:
            if not recorder.changes_by_key[key].seen_in_client:
                recorder.changes_by_key[key] = evolve(recorder.changes_by_key[key], seen_in_client=True)
        if not explaining_keys:
            key = _record_surface_change(recorder, surface_change, places)
            _index_by_name(keys_by_name, recorder, key)


def _index_by_name(keys_by_name: dict[str, list[ChangeKey]], recorder: Recorder, key: ChangeKey) -> None:
    for name in recorder.changes_by_key[key].covers:
        keys_by_name.setdefault(name, []).append(key)


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


class _Places:
    """Where a contract defines the Python names of the client that is built from it."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._pointers: dict[str, str] = {}
        for operation in operations_of(snapshot.document, snapshot.sdk):
            for index, method in enumerate(operation.methods):
                self._pointers.setdefault(method_name(method), f"{operation.pointer}/x-sdk/methods/{index}")
            self._pointers.setdefault(operation.raw_module, operation.pointer)
        schemas = object_or_empty(object_or_empty(snapshot.document.data.get("components")).get("schemas"))
        for component in schemas:
            pointer = f"/components/schemas/{escape(component)}"
            self._pointers[f"models.{class_name(component)}"] = pointer

    def pointer_to(self, name: str) -> str:
        """Return the JSON pointer to what defines a name; the root if the contract has no such place."""
        for candidate in sorted(_name_and_ancestors(name), key=len, reverse=True):
            if candidate in self._pointers:
                return self._pointers[candidate]
        if name.startswith("models."):
            # The class name of a nameless schema begins with the name of the outer class.
            for length in range(len(name), len("models."), -1):
                if name[:length] in self._pointers:
                    return self._pointers[name[:length]]
        return ""


def _record_surface_change(
    recorder: Recorder, surface_change: SurfaceChange, places: tuple[_Places, _Places]
) -> ChangeKey:
    old_places, new_places = places
    pointer = (old_places if surface_change.removed else new_places).pointer_to(
        _as_sync_name(surface_change.name)
    )
    return recorder.record(
        surface_change.kind,
        ((_without_markers(surface_change.name),),),
        before=surface_change.before,
        after=surface_change.after,
        seen_in_client=True,
        **locate_change(pointer, in_new=not surface_change.removed),
    )
