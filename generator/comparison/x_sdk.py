"""Compares the `x-sdk` of two documents: names, resources, methods, overloads, waiting."""

from typing import Any

from ..loading.json_data import as_list, as_object, escape
from ..model.sdk import MethodSpec
from ..names import identifier
from .names import method_name, operations_of
from .recorder import Edition, Recorder, where
from .results import compare_results

_TIMES = ("timeout", "interval")


def compare_x_sdk(recorder: Recorder) -> None:
    """Record what differs between what two documents say about the SDK."""
    _compare_names(recorder)
    _compare_resources(recorder)
    compare_results(recorder)
    _compare_methods(recorder)
    _compare_waits(recorder)
    _compare_commands(recorder)


def _compare_names(recorder: Recorder) -> None:
    old, new = recorder.old.sdk, recorder.new.sdk
    document = recorder.new.document.data
    base = "/x-sdk" if "x-sdk" in document else "/info/title"
    tiers = ((new.client,),)
    renames = {
        "sdk-package-renamed": ("package", old.package, new.package),
        "sdk-distribution-renamed": ("distribution", old.distribution, new.distribution),
        "sdk-client-renamed": ("client", old.client, new.client),
        "sdk-version-changed": ("version", old.version, new.version),
    }
    for kind, (key, before, after) in renames.items():
        if before != after:
            names = (after, f"Async{after}", f"{after}Error", before, f"Async{before}", f"{before}Error")
            recorder.record(
                kind,
                tiers,
                new=f"{base}/{key}" if base == "/x-sdk" else base,
                before=before,
                after=after,
                covers={*names, f"errors.{after}Error", f"errors.{before}Error"}
                if key == "client"
                else set(),
            )
    variables = {
        "api_key": (old.key_variable, new.key_variable),
        "base_url": (old.base_url_variable, new.base_url_variable),
    }
    for key, (before, after) in variables.items():
        # None on one side: the operations' security tells of it, and no variable is passed over.
        if before and after and before != after and old.package == new.package:
            recorder.record(
                "sdk-environment-changed",
                ((f"{new.client}({key}=)",),),
                new=f"/x-sdk/environment/{key}",
                before=before,
                after=after,
            )


def _compare_resources(recorder: Recorder) -> None:
    old, new = recorder.old.sdk.resources, recorder.new.sdk.resources
    for name in new.keys() - old.keys():
        recorder.record("sdk-resource-added", ((f"client.{name}",),), new=f"/x-sdk/resources/{name}")
    for name in old.keys() - new.keys():
        recorder.record("sdk-resource-removed", ((f"client.{name}",),), old=f"/x-sdk/resources/{name}")
    for name in old.keys() & new.keys():
        if old[name] != new[name]:
            recorder.record("sdk-text-changed", ((f"client.{name}",),), new=f"/x-sdk/resources/{name}")


Place = dict[str, tuple[MethodSpec, str]]


def _methods(edition: Edition) -> Place:
    """Every method by its name, with where its `x-sdk` stands."""
    return {
        method_name(spec): (spec, f"{operation.pointer}/x-sdk/methods/{index}")
        for operation in operations_of(edition.document, edition.sdk)
        for index, spec in enumerate(operation.methods)
    }


def _compare_methods(recorder: Recorder) -> None:
    old, new = _methods(recorder.old), _methods(recorder.new)
    for name in list(old.keys() & new.keys()):
        _compare_method(recorder, (name,), old.pop(name)[0], *new.pop(name))
    for name, (spec, _) in list(old.items()):
        same = [other for other, (given, _) in new.items() if _one_thing(given) == _one_thing(spec)]
        if len(same) == 1:
            given, pointer = new.pop(same[0])
            recorder.record(
                "sdk-method-renamed", ((name, same[0]),), new=f"{pointer}/method", before=name, after=same[0]
            )
            _compare_method(recorder, (same[0],), old.pop(name)[0], given, pointer)
    for name, (_, pointer) in old.items():
        recorder.record("sdk-method-removed", ((name,),), old=pointer)
    for name, (_, pointer) in new.items():
        recorder.record("sdk-method-added", ((name,),), new=pointer)


def _one_thing(spec: MethodSpec) -> tuple[Any, ...]:
    return spec.operation_id, spec.variants, spec.results


def _compare_method(
    recorder: Recorder, names: tuple[str, ...], old: MethodSpec, new: MethodSpec, pointer: str
) -> None:
    tiers = (names,)

    def record(kind: str, key: str, before: Any = None, after: Any = None) -> None:
        recorder.record(kind, tiers, new=f"{pointer}/{key}", before=before, after=after)

    if old.operation_id != new.operation_id and not _only_renamed(recorder, old, new):
        for place in _places(recorder, old, new):
            recorder.understood |= {f"{place}/x-sdk", f"{place}/x-sdk/methods"}
        record("sdk-method-operation-changed", "method", old.operation_id, new.operation_id)
    for noun, key, before, after in (
        ("method-variant", "variants", {*old.variants}, {*new.variants}),
        ("method-result", "results", {*old.results}, {*new.results}),
        ("exclusive", "exclusive", _groups(old), _groups(new)),
    ):
        for one in sorted(after - before):
            record(f"sdk-{noun}-added", key, after=one)
        for one in sorted(before - after):
            record(f"sdk-{noun}-removed", key, before=one)
    if old.encoding != new.encoding:
        record("sdk-method-encoding-changed", "encoding", old.encoding, new.encoding)
    if old.timeout != new.timeout:
        shorter = "shortened" if new.timeout < old.timeout else "lengthened"
        recorder.record(
            f"sdk-timeout-{shorter}",
            (names, tuple(f"{name}(timeout=)" for name in names)),
            new=f"{pointer}/timeout",
            before=old.timeout,
            after=new.timeout,
        )
    if old.summary != new.summary:
        record("sdk-text-changed", "summary", old.summary, new.summary)
    _compare_overloads(recorder, names, old, new, pointer)


def _groups(spec: MethodSpec) -> set[str]:
    """Arguments of which only one may be given, each group as text."""
    return {", ".join(sorted(group)) for group in spec.exclusive}


def _only_renamed(recorder: Recorder, old: MethodSpec, new: MethodSpec) -> bool:
    """Whether it is the same operation under another id."""
    before, after = _places(recorder, old, new)
    return before == after


def _places(recorder: Recorder, old: MethodSpec, new: MethodSpec) -> list[str]:
    """Where the operations of a method stand, as it was and as it is."""
    return [
        next(
            one.pointer for one in operations_of(edition.document, edition.sdk) if one.id == spec.operation_id
        )
        for edition, spec in ((recorder.old, old), (recorder.new, new))
    ]


def _compare_overloads(
    recorder: Recorder, names: tuple[str, ...], old: MethodSpec, new: MethodSpec, pointer: str
) -> None:
    before = {(one.field, one.equals): one.result for one in old.overloads}
    after = {(one.field, one.equals): one.result for one in new.overloads}
    for key in dict.fromkeys([*before, *after]):
        one, other = before.get(key), after.get(key)
        if one == other:
            continue
        stage = "added" if one is None else "removed" if other is None else "changed"
        tiers = (names, tuple(f"{name}({identifier(key[0])}=)" for name in names))
        recorder.record(
            f"sdk-overload-{stage}",
            tiers,
            new=f"{pointer}/overloads",
            before=one,
            after=other,
            covers={*names},
        )


def _compare_waits(recorder: Recorder) -> None:
    old, new = (
        {
            f"client.{one['resource']}.{one['method']}": (one, f"/x-sdk/waits/{index}")
            for index, one in enumerate(as_list(as_object(edition.document.data.get("x-sdk")).get("waits")))
        }
        for edition in (recorder.old, recorder.new)
    )
    for name in old.keys() - new.keys():
        recorder.record("sdk-wait-removed", ((name,),), old=old[name][1])
    for name in new.keys() - old.keys():
        recorder.record("sdk-wait-added", ((name,),), new=new[name][1])
    for name in old.keys() & new.keys():
        one, (other, pointer) = old[name][0], new[name]
        for key in dict.fromkeys([*one, *other]):
            if one.get(key) != other.get(key):
                _record_wait(recorder, name, f"{pointer}/{escape(key)}", key, (one.get(key), other.get(key)))


def _record_wait(recorder: Recorder, name: str, pointer: str, key: str, said: tuple[Any, Any]) -> None:
    before, after = said
    kind = {"description": "sdk-text-changed", "interval": "sdk-interval-changed"}.get(
        key, "sdk-wait-changed"
    )
    if key == "timeout" and before is not None and after is not None:
        kind = "sdk-timeout-shortened" if after < before else "sdk-timeout-lengthened"
    tiers = ((name,), (f"{name}({key}=)",)) if key in _TIMES else ((name,),)
    recorder.record(kind, tiers, new=pointer, before=before, after=after)


def _compare_commands(recorder: Recorder) -> None:
    """The console script: each command by its name, under the name of the method that it calls."""
    old, new = recorder.old.sdk.commands, recorder.new.sdk.commands

    def record(stage: str, name: str, method: str, *, in_new: bool) -> None:
        at = where(f"/x-sdk/commands/{name}", new=in_new)
        recorder.record(f"sdk-command-{stage}", ((f"client.{method}",),), before=name, **at)

    for name, one in old.items():
        if name not in new:
            record("removed", name, one.method, in_new=False)
        elif new[name] != one:
            record("changed", name, new[name].method, in_new=True)
    for name, one in new.items():
        if name not in old:
            record("added", name, one.method, in_new=True)
