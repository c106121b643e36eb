"""Compares the `x-sdk` of two documents: names, resources, methods, overloads, waits, commands."""

from typing import Any

from attrs import asdict, frozen

from ..loading.json_data import escape, list_or_empty, object_or_empty
from ..model.sdk import MethodSpec, locate_command
from ..names import identifier
from .deprecations import record_deprecation
from .python_names import method_name, operations_of
from .recorder import Recorder, Snapshot, locate_change
from .results import compare_results

# Fields of a wait that are also arguments of its method.
_WAIT_ARGUMENTS = ("timeout", "interval")


@frozen
class _LocatedMethod:
    """A method of the SDK, and the JSON pointer to where `x-sdk` describes it."""

    method: MethodSpec
    pointer: str
    deprecated: bool


def compare_x_sdk(recorder: Recorder) -> None:
    """Record what differs between the SDKs that two documents describe."""
    _compare_sdk_names(recorder)
    _compare_environment(recorder)
    _compare_resources(recorder)
    compare_results(recorder)
    _compare_methods(recorder)
    _compare_waits(recorder)
    _compare_commands(recorder)


def _compare_sdk_names(recorder: Recorder) -> None:
    """Compare what the SDK is called: its package, its distribution, its client class; and its version."""
    old, new = recorder.old.sdk, recorder.new.sdk
    old_classes, new_classes = (
        _classes_named_after_client(old.client),
        _classes_named_after_client(new.client),
    )
    for change_kind, key, before, after, covers in (
        ("sdk-package-renamed", "package", old.package, new.package, set[str]()),
        ("sdk-distribution-renamed", "distribution", old.distribution, new.distribution, set[str]()),
        ("sdk-client-renamed", "client", old.client, new.client, old_classes | new_classes),
        ("sdk-version-changed", "version", old.version, new.version, set[str]()),
    ):
        if before != after:
            # Without `x-sdk` all of these follow from the title.
            has_x_sdk = "x-sdk" in recorder.new.document.data
            recorder.record(
                change_kind,
                ((new.client,),),
                new_pointer=f"/x-sdk/{key}" if has_x_sdk else "/info/title",
                before=before,
                after=after,
                covers=covers,
            )


def _classes_named_after_client(client: str) -> set[str]:
    return {client, f"Async{client}", f"{client}Error", f"errors.{client}Error"}


def _compare_environment(recorder: Recorder) -> None:
    """Compare the environment variables that set the client's options."""
    old, new = recorder.old.sdk, recorder.new.sdk
    for option, before, after in (
        ("api_key", old.key_variable, new.key_variable),
        ("base_url", old.base_url_variable, new.base_url_variable),
    ):
        # If one side has no variable, the security of the operations changed, which is reported.
        # In a renamed package the default names of the variables change too, which needs no report.
        if before and after and before != after and old.package == new.package:
            recorder.record(
                "sdk-environment-changed",
                ((f"{new.client}({option}=)",),),
                new_pointer=f"/x-sdk/environment/{option}",
                before=before,
                after=after,
            )

    for name, variable in old.option_variables.items():
        if new.option_variables.get(name) != variable and old.package == new.package:
            recorder.record(
                "sdk-environment-changed",
                ((f"{name}=",),),
                **locate_change(
                    f"/x-sdk/environment/options/{escape(name)}", in_new=name in new.option_variables
                ),
                before=variable,
                after=new.option_variables.get(name),
            )


def _compare_resources(recorder: Recorder) -> None:
    old, new = recorder.old.sdk.declared_resources, recorder.new.sdk.declared_resources
    for name in old.keys() | new.keys():
        name_tiers, pointer = ((f"client.{name}",),), f"/x-sdk/resources/{name}"
        if name not in old:
            recorder.record("sdk-resource-added", name_tiers, new_pointer=pointer)
        elif name not in new:
            recorder.record("sdk-resource-removed", name_tiers, old_pointer=pointer)
        elif old[name] != new[name]:
            recorder.record("sdk-text-changed", name_tiers, new_pointer=pointer)


def _methods_by_name(snapshot: Snapshot) -> dict[str, _LocatedMethod]:
    return {
        method_name(method): _LocatedMethod(
            method,
            f"{operation.pointer}/x-sdk/methods/{index}",
            operation.deprecated or method.deprecation is not None,
        )
        for operation in operations_of(snapshot.document, snapshot.sdk)
        for index, method in enumerate(operation.methods)
        # The others follow from tag, operationId and path; the built clients show how they differ.
        if not method.is_default
    }


def _compare_methods(recorder: Recorder) -> None:
    """Compare the methods of one name, then find those that were renamed, and record what is left."""
    old_methods, new_methods = _methods_by_name(recorder.old), _methods_by_name(recorder.new)
    for name in list(old_methods.keys() & new_methods.keys()):
        _compare_method(recorder, name, old_methods.pop(name).method, new_methods.pop(name))
    for old_name, old in list(old_methods.items()):
        candidates = [
            name for name, new in new_methods.items() if _purpose(new.method) == _purpose(old.method)
        ]
        if len(candidates) == 1:
            new_name = candidates[0]
            new = new_methods.pop(new_name)
            recorder.record(
                "sdk-method-renamed",
                ((old_name, new_name),),
                new_pointer=f"{new.pointer}/method",
                before=old_name,
                after=new_name,
                unannounced=not old.deprecated,
            )
            _compare_method(recorder, new_name, old_methods.pop(old_name).method, new)
    for name, old in old_methods.items():
        recorder.record(
            "sdk-method-removed", ((name,),), old_pointer=old.pointer, unannounced=not old.deprecated
        )
    for name, new in new_methods.items():
        recorder.record("sdk-method-added", ((name,),), new_pointer=new.pointer)


def _purpose(method: MethodSpec) -> tuple[Any, ...]:
    """Return the parts of a method that stay the same if it is only renamed: what it sends and returns."""
    return method.operation_id, method.variants, method.results


def _compare_method(recorder: Recorder, name: str, old: MethodSpec, new_located: _LocatedMethod) -> None:
    """Record what differs between two descriptions of a method, which is called `name` now."""
    new, pointer = new_located.method, new_located.pointer

    def record(change_kind: str, key: str, before: Any = None, after: Any = None) -> None:
        recorder.record(change_kind, ((name,),), new_pointer=f"{pointer}/{key}", before=before, after=after)

    _compare_method_operation(recorder, name, old, new_located)
    for noun, key, before, after in (
        ("method-variant", "variants", {*old.variants}, {*new.variants}),
        ("method-result", "results", {*old.results}, {*new.results}),
        ("exclusive", "exclusive", _exclusive_groups(old), _exclusive_groups(new)),
    ):
        for item in sorted(after - before):
            record(f"sdk-{noun}-added", key, after=item)
        for item in sorted(before - after):
            record(f"sdk-{noun}-removed", key, before=item)
    if old.encoding != new.encoding:
        record("sdk-method-encoding-changed", "encoding", old.encoding, new.encoding)
    if old.timeout != new.timeout:
        recorder.record(
            "sdk-timeout-shortened" if new.timeout < old.timeout else "sdk-timeout-lengthened",
            ((name,), (f"{name}(timeout=)",)),
            new_pointer=f"{pointer}/timeout",
            before=old.timeout,
            after=new.timeout,
        )
    if old.summary != new.summary:
        record("sdk-text-changed", "summary", old.summary, new.summary)
    place = f"{pointer}/deprecated"
    old_deprecation, new_deprecation = _deprecation_data(old), _deprecation_data(new)
    record_deprecation(recorder, "sdk-method-", ((name,),), place, old_deprecation, new_deprecation)
    _compare_overloads(recorder, name, old, new_located)


def _deprecation_data(method: MethodSpec) -> dict[str, str] | None:
    """Return what `x-sdk` says of a deprecated method; None if it is not deprecated itself."""
    if method.deprecation is None:
        return None
    return {key: text for key, text in asdict(method.deprecation).items() if text}


def _exclusive_groups(method: MethodSpec) -> set[str]:
    """Return each group of arguments that exclude each other, as text."""
    return {", ".join(sorted(group)) for group in method.exclusive}


def _compare_method_operation(
    recorder: Recorder, name: str, old: MethodSpec, new_located: _LocatedMethod
) -> None:
    """Record that a method calls another operation.

    A new operationId alone does not make another operation.
    """
    new = new_located.method
    if old.operation_id == new.operation_id:
        return
    old_pointer = _operation_pointer(recorder.old, old)
    new_pointer = _operation_pointer(recorder.new, new)
    if old_pointer == new_pointer:
        return
    for operation_pointer in (old_pointer, new_pointer):
        recorder.explained_pointers |= {
            f"{operation_pointer}/x-sdk",
            f"{operation_pointer}/x-sdk/methods",
        }
    recorder.record(
        "sdk-method-operation-changed",
        ((name,),),
        new_pointer=f"{new_located.pointer}/method",
        before=old.operation_id,
        after=new.operation_id,
    )


def _operation_pointer(snapshot: Snapshot, method: MethodSpec) -> str:
    operations = operations_of(snapshot.document, snapshot.sdk)
    return next(operation.pointer for operation in operations if operation.id == method.operation_id)


def _compare_overloads(recorder: Recorder, name: str, old: MethodSpec, new_located: _LocatedMethod) -> None:
    """Compare which value of which argument selects which result class."""
    old_results, new_results = (
        {(overload.field, overload.equals): overload.result for overload in method.overloads}
        for method in (old, new_located.method)
    )
    for selector in dict.fromkeys([*old_results, *new_results]):
        before, after = old_results.get(selector), new_results.get(selector)
        if before == after:
            continue
        stage = "added" if before is None else "removed" if after is None else "changed"
        recorder.record(
            f"sdk-overload-{stage}",
            ((name,), (f"{name}({identifier(selector[0])}=)",)),
            new_pointer=f"{new_located.pointer}/overloads",
            before=before,
            after=after,
            covers={name},
        )


def _waits_by_name(snapshot: Snapshot) -> dict[str, tuple[dict[str, Any], str]]:
    """Return the description of each method that waits for a job, and the JSON pointer to it."""
    waits = list_or_empty(object_or_empty(snapshot.document.data.get("x-sdk")).get("waits"))
    return {
        f"client.{wait['resource']}.{wait['method']}": (wait, f"/x-sdk/waits/{index}")
        for index, wait in enumerate(waits)
    }


def _compare_waits(recorder: Recorder) -> None:
    old_waits, new_waits = _waits_by_name(recorder.old), _waits_by_name(recorder.new)
    for name in old_waits.keys() - new_waits.keys():
        recorder.record("sdk-wait-removed", ((name,),), old_pointer=old_waits[name][1])
    for name in new_waits.keys() - old_waits.keys():
        recorder.record("sdk-wait-added", ((name,),), new_pointer=new_waits[name][1])
    for name in old_waits.keys() & new_waits.keys():
        old, (new, pointer) = old_waits[name][0], new_waits[name]
        for key in dict.fromkeys([*old, *new]):
            if old.get(key) != new.get(key):
                recorder.record(
                    _wait_change_kind(key, old.get(key), new.get(key)),
                    ((name,), (f"{name}({key}=)",)) if key in _WAIT_ARGUMENTS else ((name,),),
                    new_pointer=f"{pointer}/{escape(key)}",
                    before=old.get(key),
                    after=new.get(key),
                )


def _wait_change_kind(key: str, before: Any, after: Any) -> str:
    if key == "timeout" and before is not None and after is not None:
        return "sdk-timeout-shortened" if after < before else "sdk-timeout-lengthened"
    kinds = {"description": "sdk-text-changed", "interval": "sdk-interval-changed"}
    return kinds.get(key, "sdk-wait-changed")


def _compare_commands(recorder: Recorder) -> None:
    """Compare the commands of the console script; each touches the method that it calls."""
    old, new = recorder.old.sdk.commands, recorder.new.sdk.commands

    def record(stage: str, name: str, method: str) -> None:
        location = locate_change(locate_command(name), in_new=stage != "removed")
        recorder.record(f"sdk-command-{stage}", ((f"client.{method}",),), before=name, **location)

    for name, command in old.items():
        if name not in new:
            record("removed", name, command.method)
        elif new[name] != command:
            record("changed", name, new[name].method)
    for name, command in new.items():
        if name not in old:
            record("added", name, command.method)
