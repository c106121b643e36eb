"""Compares the result classes that `x-sdk` describes."""

from typing import Any

from ..loading.json_data import escape, object_or_empty
from .python_names import NameTiers
from .recorder import Recorder

# How a result is read from an answer. Callers see the values, and not the places in the answer.
_READING_KEYS = ("media_types", "base64", "text", "type", "chunk", "end", "error", "format", "keep")


def compare_results(recorder: Recorder) -> None:
    """Record what differs between the result classes of both documents."""
    old_results, new_results = recorder.old.sdk.results, recorder.new.sdk.results
    for name in new_results.keys() - old_results.keys():
        recorder.record(
            "sdk-result-added", _name_tiers(name), new_pointer=_pointer(name), covers=_all_names(name)
        )
    for name in old_results.keys() - new_results.keys():
        recorder.record(
            "sdk-result-removed", _name_tiers(name), old_pointer=_pointer(name), covers=_all_names(name)
        )
    for name in old_results.keys() & new_results.keys():
        _compare_result(recorder, name, old_results[name], new_results[name])


def _pointer(name: str) -> str:
    return f"/x-sdk/results/{name}"


def _name_tiers(name: str) -> NameTiers:
    return ((f"results.{name}",),)


def _all_names(name: str) -> set[str]:
    """Return the names under which a result class and its async counterpart are exported."""
    return {name, f"Async{name}", f"results.Async{name}"}


def _compare_result(recorder: Recorder, name: str, old: dict[str, Any], new: dict[str, Any]) -> None:
    if old["kind"] != new["kind"]:
        recorder.record(
            "sdk-result-kind-changed",
            _name_tiers(name),
            new_pointer=f"{_pointer(name)}/kind",
            before=old["kind"],
            after=new["kind"],
            covers=_all_names(name),
        )
        return  # a class of another kind has no properties to compare
    if old["description"] != new["description"]:
        pointer = f"{_pointer(name)}/description"
        recorder.record("sdk-text-changed", _name_tiers(name), new_pointer=pointer)
    for key in _READING_KEYS:
        if old.get(key) != new.get(key):
            recorder.record(
                "sdk-result-reading-changed",
                _name_tiers(name),
                new_pointer=f"{_pointer(name)}/{key}",
                before=old.get(key),
                after=new.get(key),
            )
    _compare_id(recorder, name, object_or_empty(old.get("id")), object_or_empty(new.get("id")))
    _compare_fields(recorder, name, object_or_empty(old.get("fields")), object_or_empty(new.get("fields")))


def _compare_id(recorder: Recorder, name: str, old: dict[str, Any], new: dict[str, Any]) -> None:
    """Compare the property that holds the id of a job."""
    pointer = f"{_pointer(name)}/id"
    if old.get("name") != new.get("name"):
        names = (f"results.{name}.{old.get('name')}", f"results.{name}.{new.get('name')}")
        recorder.record(
            "sdk-result-field-removed",
            (names,),
            new_pointer=f"{pointer}/name",
            before=old.get("name"),
            after=new.get("name"),
        )
    if old.get("pointer") != new.get("pointer"):
        recorder.record("sdk-result-reading-changed", _name_tiers(name), new_pointer=f"{pointer}/pointer")


def _compare_fields(
    recorder: Recorder, name: str, old_fields: dict[str, Any], new_fields: dict[str, Any]
) -> None:
    for field_name in dict.fromkeys([*old_fields, *new_fields]):
        name_tiers = (*_name_tiers(name), (f"results.{name}.{field_name}",))
        pointer = f"{_pointer(name)}/fields/{escape(field_name)}"
        if field_name not in old_fields:
            recorder.record("sdk-result-field-added", name_tiers, new_pointer=pointer)
        elif field_name not in new_fields:
            recorder.record("sdk-result-field-removed", name_tiers, old_pointer=pointer)
        else:
            _compare_field(recorder, name_tiers, pointer, old_fields[field_name], new_fields[field_name])


def _compare_field(
    recorder: Recorder, name_tiers: NameTiers, pointer: str, old: dict[str, Any], new: dict[str, Any]
) -> None:
    if old["type"] != new["type"]:
        recorder.record(
            "sdk-result-field-type-changed",
            name_tiers,
            new_pointer=f"{pointer}/type",
            before=old["type"],
            after=new["type"],
        )
    if bool(old.get("required")) != bool(new.get("required")):
        became = "became-required" if new.get("required") else "became-optional"
        recorder.record(f"sdk-result-field-{became}", name_tiers, new_pointer=pointer)
    if old["pointer"] != new["pointer"]:
        recorder.record("sdk-result-reading-changed", name_tiers, new_pointer=f"{pointer}/pointer")
