"""Compares the parameters of an operation: path, query, header and cookie."""

from typing import Any

from attrs import frozen

from ..loading.document import Document
from ..loading.json_data import escape, list_or_empty, object_or_empty
from ..names import identifier
from .deprecations import deprecation_of, explain_x_sdk_deprecation, record_deprecation
from .python_names import ComparisonContext, DocumentOperation, NameTiers, shared_model_name
from .recorder import Recorder
from .schema_equality import is_same_content
from .schema_nodes import LocatedObject, SchemaNode, follow_reference, is_deprecated, schema_node
from .schemas import compare_schemas
from .texts import record_text_change

# How a value is written into the request (OpenAPI 3.1, Parameter Object).
_STYLE_KEYS = ("style", "explode", "allowReserved", "allowEmptyValue")
_TEXT_KEYS = ("description", "example", "examples", "x-evidence")


@frozen
class DocumentParameter:
    """A parameter of an operation and where it stands; `location` is path, query, header or cookie."""

    name: str
    location: str
    pointer: str
    data: dict[str, Any]
    document: Document

    @property
    def required(self) -> bool:
        """Whether every call must pass it."""
        return bool(self.data.get("required"))

    @property
    def deprecated(self) -> bool:
        """Whether callers were told to stop passing it."""
        return bool(self.data.get("deprecated")) or is_deprecated(self.schema)

    @property
    def schema(self) -> SchemaNode:
        """Its schema, which stands in it or in its one media type."""
        for media_type, content in object_or_empty(self.data.get("content")).items():
            pointer = f"{self.pointer}/content/{escape(media_type)}/schema"
            return schema_node(self.document, pointer, object_or_empty(content).get("schema", True))
        return schema_node(self.document, f"{self.pointer}/schema", self.data.get("schema", True))


def parameters_of(document: Document, operation: DocumentOperation) -> dict[str, DocumentParameter]:
    """Return every parameter of an operation by location and name.

    Its parameters override those of its path.
    """
    path_pointer = operation.pointer.rpartition("/")[0]
    path_item = object_or_empty(object_or_empty(document.data["paths"])[operation.path])
    parameters: dict[str, DocumentParameter] = {}
    for owner_pointer, owner in ((path_pointer, path_item), (operation.pointer, operation.data)):
        for index, value in enumerate(list_or_empty(owner.get("parameters"))):
            parameter = follow_reference(document, f"{owner_pointer}/parameters/{index}", value)
            name, location = parameter.data["name"], parameter.data["in"]
            parameters[f"{location} {name}"] = DocumentParameter(
                name, location, parameter.pointer, parameter.data, document
            )
    return parameters


def compare_parameters(recorder: Recorder, old: DocumentOperation, new: DocumentOperation) -> None:
    """Record what differs between the parameters of an operation."""
    unpaired_old = parameters_of(recorder.old.document, old)
    unpaired_new = parameters_of(recorder.new.document, new)
    for old_parameter, new_parameter in _take_pairs(recorder, (old, new), unpaired_old, unpaired_new):
        _compare_pair(recorder, new, old_parameter, new_parameter)
    for parameter in unpaired_old.values():
        recorder.record(
            "parameter-removed",
            _name_tiers(old, parameter),
            old_pointer=parameter.pointer,
            unannounced=not (parameter.deprecated or old.deprecated),
        )
    for parameter in unpaired_new.values():
        change_kind = "required-parameter-added" if parameter.required else "parameter-added"
        recorder.record(change_kind, _name_tiers(new, parameter), new_pointer=parameter.pointer)


def _name_tiers(operation: DocumentOperation, parameter: DocumentParameter) -> NameTiers:
    python_name = identifier(parameter.name)
    return (operation.names, tuple(f"{name}({python_name}=)" for name in operation.names))


def _take_pairs(
    recorder: Recorder,
    operations: tuple[DocumentOperation, DocumentOperation],
    unpaired_old: dict[str, DocumentParameter],
    unpaired_new: dict[str, DocumentParameter],
) -> list[tuple[DocumentParameter, DocumentParameter]]:
    """Take the parameters that belong together out of both dictionaries, and record moves and renames.

    A pair has the same location and name, or else the same name. If one parameter is left on each side, and
    they differ only in name, it was renamed.
    """
    pairs = [
        (unpaired_old.pop(key), unpaired_new.pop(key)) for key in list(unpaired_old) if key in unpaired_new
    ]
    for old_key, old in list(unpaired_old.items()):
        new_key = next((key for key, new in unpaired_new.items() if new.name == old.name), None)
        if new_key is not None:
            new = unpaired_new.pop(new_key)
            pairs.append((unpaired_old.pop(old_key), new))
            recorder.record(
                "parameter-location-changed",
                _name_tiers(operations[1], new),
                new_pointer=new.pointer,
                before=old.location,
                after=new.location,
            )
    if len(unpaired_old) == len(unpaired_new) == 1:
        (old,), (new,) = unpaired_old.values(), unpaired_new.values()
        if _is_same_but_for_name(old, new):
            unpaired_old.clear()
            unpaired_new.clear()
            pairs.append((old, new))
            names = (*_name_tiers(operations[0], old)[-1], *_name_tiers(operations[1], new)[-1])
            recorder.record(
                "parameter-renamed",
                (names,),
                new_pointer=new.pointer,
                before=old.name,
                after=new.name,
                unannounced=not (old.deprecated or operations[0].deprecated),
            )
    return pairs


def _is_same_but_for_name(old: DocumentParameter, new: DocumentParameter) -> bool:
    return old.location == new.location and is_same_content(old.schema, new.schema)


def _compare_pair(
    recorder: Recorder, new_operation: DocumentOperation, old: DocumentParameter, new: DocumentParameter
) -> None:
    name_tiers = _name_tiers(new_operation, new)
    if old.required != new.required:
        change_kind = "parameter-became-required" if new.required else "parameter-became-optional"
        recorder.record(change_kind, name_tiers, new_pointer=new.pointer)
    if any(old.data.get(key) != new.data.get(key) for key in _STYLE_KEYS):
        recorder.record("parameter-style-changed", name_tiers, new_pointer=new.pointer)
    before, after = deprecation_of(old.data), deprecation_of(new.data)
    record_deprecation(recorder, "request-", name_tiers, new.pointer, before, after)
    explain_x_sdk_deprecation(recorder, f"{old.pointer}/x-sdk", f"{new.pointer}/x-sdk")
    recorder.explained_pointers |= {f"{old.pointer}/x-sdk", f"{new.pointer}/x-sdk"}
    for key in _TEXT_KEYS:
        record_text_change(
            recorder,
            name_tiers,
            LocatedObject(old.pointer, old.data),
            LocatedObject(new.pointer, new.data),
            key,
        )
    shared = shared_model_name(new.pointer)
    model_name = f"{new_operation.module}_{new.name}" if shared is None else shared
    context = ComparisonContext("request", recorder.new.sdk, name_tiers, model_name=model_name)
    compare_schemas(recorder, context, old.schema, new.schema)
