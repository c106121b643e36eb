"""Compares the result classes that `x-sdk` describes."""

from typing import Any

from ..spec import as_object, escape
from .recorder import Recorder

# How a result reads its answer; callers see what comes out, not from where.
_READING = ("media_types", "base64", "text", "type", "chunk", "end", "error", "format", "keep")


def compare_results(recorder: Recorder) -> None:
    """Record what differs between the result classes of both documents."""
    old, new = recorder.old.sdk.results, recorder.new.sdk.results
    for name in new.keys() - old.keys():
        recorder.record(
            "sdk-result-added", (_names(name),), new=f"/x-sdk/results/{name}", covers=_covers(name)
        )
    for name in old.keys() - new.keys():
        recorder.record(
            "sdk-result-removed", (_names(name),), old=f"/x-sdk/results/{name}", covers=_covers(name)
        )
    for name in old.keys() & new.keys():
        _compare(recorder, name, old[name], new[name])


def _names(name: str) -> tuple[str, ...]:
    return (f"results.{name}",)


def _covers(name: str) -> set[str]:
    return {name, f"Async{name}", f"results.Async{name}"}


def _compare(recorder: Recorder, name: str, old: dict[str, Any], new: dict[str, Any]) -> None:
    pointer = f"/x-sdk/results/{name}"
    tiers = (_names(name),)
    if old["kind"] != new["kind"]:
        recorder.record(
            "sdk-result-kind-changed",
            tiers,
            new=f"{pointer}/kind",
            before=old["kind"],
            after=new["kind"],
            covers=_covers(name),
        )
        return
    if old["description"] != new["description"]:
        recorder.record("sdk-text-changed", tiers, new=f"{pointer}/description")
    for key in _READING:
        if old.get(key) != new.get(key):
            recorder.record(
                "sdk-result-reading-changed",
                tiers,
                new=f"{pointer}/{key}",
                before=old.get(key),
                after=new.get(key),
            )
    _compare_id(recorder, name, as_object(old.get("id")), as_object(new.get("id")))
    _compare_fields(recorder, name, as_object(old.get("fields")), as_object(new.get("fields")))


def _compare_id(recorder: Recorder, name: str, old: dict[str, Any], new: dict[str, Any]) -> None:
    at = f"/x-sdk/results/{name}/id"
    if old.get("name") != new.get("name"):
        names = (f"results.{name}.{old.get('name')}", f"results.{name}.{new.get('name')}")
        recorder.record(
            "sdk-result-field-removed",
            (names,),
            new=f"{at}/name",
            before=old.get("name"),
            after=new.get("name"),
        )
    if old.get("pointer") != new.get("pointer"):
        recorder.record("sdk-result-reading-changed", (_names(name),), new=f"{at}/pointer")


def _compare_fields(recorder: Recorder, name: str, old: dict[str, Any], new: dict[str, Any]) -> None:
    base = f"/x-sdk/results/{name}/fields"
    for field in dict.fromkeys([*old, *new]):
        tiers = (_names(name), (f"results.{name}.{field}",))
        pointer = f"{base}/{escape(field)}"
        if field not in old:
            recorder.record("sdk-result-field-added", tiers, new=pointer)
        elif field not in new:
            recorder.record("sdk-result-field-removed", tiers, old=pointer)
        else:
            _compare_field(recorder, tiers, pointer, old[field], new[field])


def _compare_field(
    recorder: Recorder, tiers: Any, pointer: str, old: dict[str, Any], new: dict[str, Any]
) -> None:
    if old["type"] != new["type"]:
        recorder.record(
            "sdk-result-field-type-changed",
            tiers,
            new=f"{pointer}/type",
            before=old["type"],
            after=new["type"],
        )
    if bool(old.get("required")) != bool(new.get("required")):
        kind = "became-required" if new.get("required") else "became-optional"
        recorder.record(f"sdk-result-field-{kind}", tiers, new=pointer)
    if old["pointer"] != new["pointer"]:
        recorder.record("sdk-result-reading-changed", tiers, new=f"{pointer}/pointer")
