"""Compares the operations of two documents: which exist, what they are called, and the parts of each."""

from attrs import frozen

from ..loading.document import Document
from ..names import class_name
from .deprecations import deprecation_of, explain_x_sdk_deprecation, record_deprecation
from .parameters import compare_parameters
from .python_names import DocumentOperation, NameTiers, operations_of
from .recorder import Recorder
from .request_bodies import compare_request_bodies
from .responses import compare_responses
from .schema_nodes import LocatedObject, components_below
from .security import compare_security
from .servers import compare_operation_servers
from .texts import record_text_change

_TEXT_KEYS = ("summary", "description", "externalDocs", "x-evidence", "callbacks")


@frozen
class OperationPair:
    """An operation as it was in the old document and as it is in the new one."""

    old: DocumentOperation
    new: DocumentOperation


def compare_operations(recorder: Recorder) -> None:
    """Record what differs between the operations of both documents."""
    old_operations = operations_of(recorder.old.document, recorder.old.sdk)
    new_operations = operations_of(recorder.new.document, recorder.new.sdk)
    pairs = _pair_operations(old_operations, new_operations)
    for pair in pairs:
        _compare_pair(recorder, pair)
    paired_old_pointers = {pair.old.pointer for pair in pairs}
    for operation in old_operations:
        if operation.pointer not in paired_old_pointers:
            covers = _names_covered_by_operation(recorder.old.document, operation)
            recorder.record(
                "operation-removed",
                (operation.names,),
                old_pointer=operation.pointer,
                covers=covers,
                unannounced=not operation.deprecated,
            )
    paired_new_pointers = {pair.new.pointer for pair in pairs}
    for operation in new_operations:
        if operation.pointer not in paired_new_pointers:
            covers = _names_covered_by_operation(recorder.new.document, operation)
            recorder.record(
                "operation-added", (operation.names,), new_pointer=operation.pointer, covers=covers
            )


def _names_covered_by_operation(document: Document, operation: DocumentOperation) -> set[str]:
    """Return the model classes and the package that may come or go together with an operation."""
    components = components_below(document, operation.data)
    return {operation.raw_package, *(f"models.{class_name(component)}" for component in components)}


def _pair_operations(
    old_operations: list[DocumentOperation], new_operations: list[DocumentOperation]
) -> list[OperationPair]:
    """Pair operations with the same operationId, and among the others those with the same path and method."""
    new_by_id = {operation.id: operation for operation in new_operations}
    new_by_pointer = {operation.pointer: operation for operation in new_operations}
    old_ids = {operation.id for operation in old_operations}
    pairs: list[OperationPair] = []
    for old in old_operations:
        new = new_by_id.get(old.id) or new_by_pointer.get(old.pointer)
        if new is not None and (new.id == old.id or new.id not in old_ids):
            pairs.append(OperationPair(old, new))
    return pairs


def _compare_pair(recorder: Recorder, pair: OperationPair) -> None:
    old, new = pair.old, pair.new
    name_tiers = ((new.raw_module,), new.names)
    if old.id != new.id:
        recorder.record(
            "operation-renamed",
            ((old.raw_module, new.raw_module),),
            new_pointer=f"{new.pointer}/operationId" if "operationId" in new.data else new.pointer,
            before=old.id,
            after=new.id,
        )
    elif old.raw_module != new.raw_module:
        recorder.record(
            "operation-tag-changed",
            ((old.raw_module, new.raw_module),),
            new_pointer=f"{new.pointer}/tags",
            before=old.tag,
            after=new.tag,
            covers={old.raw_package, new.raw_package},
        )
    if old.pointer != new.pointer:
        recorder.explained_pointers |= {old.pointer, old.pointer.rpartition("/")[0]}
        recorder.record(
            "operation-moved",
            name_tiers,
            new_pointer=new.pointer,
            before=f"{old.http_method.upper()} {old.path}",
            after=f"{new.http_method.upper()} {new.path}",
        )
    _compare_annotations(recorder, pair, name_tiers)
    if not compare_operation_servers(recorder, old, new, name_tiers):
        old_place, new_place = LocatedObject(old.pointer, old.data), LocatedObject(new.pointer, new.data)
        record_text_change(recorder, name_tiers, old_place, new_place, "servers")
    compare_parameters(recorder, old, new)
    compare_request_bodies(recorder, old, new)
    compare_responses(recorder, old, new)
    compare_security(recorder, old, new)


def _compare_annotations(recorder: Recorder, pair: OperationPair, name_tiers: NameTiers) -> None:
    """Record what differs in deprecation and in texts."""
    before, after = deprecation_of(pair.old.data), deprecation_of(pair.new.data)
    record_deprecation(recorder, "operation-", name_tiers, pair.new.pointer, before, after)
    explain_x_sdk_deprecation(recorder, f"{pair.old.pointer}/x-sdk", f"{pair.new.pointer}/x-sdk")
    old = LocatedObject(pair.old.pointer, pair.old.data)
    new = LocatedObject(pair.new.pointer, pair.new.data)
    for key in _TEXT_KEYS:
        record_text_change(recorder, name_tiers, old, new, key)
