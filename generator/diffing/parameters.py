"""Compares the parameters of an operation: path, query, header and cookie."""

from typing import Any

from attrs import frozen

from ..names import identifier
from ..spec import Document, as_list, as_object, escape
from .names import Names, Operation, Place
from .nodes import canonical, followed, node
from .recorder import Recorder
from .schemas import compare_schemas
from .texts import record_text

_STYLE = ("style", "explode", "allowReserved", "allowEmptyValue")
_TEXTS = ("description", "example", "examples", "x-evidence")


@frozen
class Parameter:
    """A parameter and where it stands."""

    name: str
    location: str
    pointer: str
    data: dict[str, Any]
    document: Document

    @property
    def required(self) -> bool:
        """Whether calls must give it."""
        return bool(self.data.get("required"))

    def schema(self) -> tuple[str, Any]:
        """Its schema, which stands in it or in its one media type."""
        content = as_object(self.data.get("content"))
        for media, given in content.items():
            return f"{self.pointer}/content/{escape(media)}/schema", as_object(given).get("schema", True)
        return f"{self.pointer}/schema", self.data.get("schema", True)


def parameters_of(document: Document, given: Operation) -> dict[str, Parameter]:
    """Every parameter of an operation by its name, with those of its path."""
    path = given.pointer.rpartition("/")[0]
    shared = as_list(as_object(as_object(document.data["paths"])[given.path]).get("parameters"))
    found: dict[str, Parameter] = {}
    for base, listed in ((path, shared), (given.pointer, as_list(given.data.get("parameters")))):
        for index, one in enumerate(listed):
            pointer, data = followed(document, f"{base}/parameters/{index}", one)
            key = f"{data['in']} {data['name']}"
            found[key] = Parameter(data["name"], data["in"], pointer, data, document)
    return found


def compare_parameters(recorder: Recorder, old: Operation, new: Operation) -> None:
    """Record what differs between the parameters of an operation."""
    before = parameters_of(recorder.old.document, old)
    after = parameters_of(recorder.new.document, new)
    for one, other in _pairs(recorder, (old, new), before, after):
        _compare(recorder, (old, new), one, other)
    for one in before.values():
        recorder.record("parameter-removed", _tiers(old, one), old=one.pointer)
    for one in after.values():
        kind = "required-parameter-added" if one.required else "parameter-added"
        recorder.record(kind, _tiers(new, one), new=one.pointer)


def _tiers(operation: Operation, given: Parameter) -> tuple[Names, ...]:
    python_name = identifier(given.name)
    return (operation.names, tuple(f"{name}({python_name}=)" for name in operation.names))


def _pairs(
    recorder: Recorder,
    operations: tuple[Operation, Operation],
    before: dict[str, Parameter],
    after: dict[str, Parameter],
) -> list[tuple[Parameter, Parameter]]:
    """Take out of both the parameters that belong together: of one place, of one name, or renamed."""
    found = [(before.pop(key), after.pop(key)) for key in list(before) if key in after]
    for key, one in list(before.items()):
        moved = next((other for other in after if after[other].name == one.name), None)
        if moved is not None:
            found.append((before.pop(key), after.pop(moved)))
            recorder.record(
                "parameter-location-changed",
                _tiers(operations[1], found[-1][1]),
                new=found[-1][1].pointer,
                before=one.location,
                after=found[-1][1].location,
            )
    if len(before) == len(after) == 1 and _same(*before.values(), *after.values()):
        found.append((before.popitem()[1], after.popitem()[1]))
        one, other = found[-1]
        names = (*_tiers(operations[0], one)[-1], *_tiers(operations[1], other)[-1])
        recorder.record("parameter-renamed", (names,), new=other.pointer, before=one.name, after=other.name)
    return found


def _same(one: Parameter, other: Parameter) -> bool:
    schemas = [canonical(node(given.document, *given.schema())) for given in (one, other)]
    return one.location == other.location and schemas[0] == schemas[1]


def _compare(
    recorder: Recorder, operations: tuple[Operation, Operation], one: Parameter, other: Parameter
) -> None:
    tiers = _tiers(operations[1], other)
    if one.required != other.required:
        kind = "parameter-became-required" if other.required else "parameter-became-optional"
        recorder.record(kind, tiers, new=other.pointer)
    if [one.data.get(key) for key in _STYLE] != [other.data.get(key) for key in _STYLE]:
        recorder.record("parameter-style-changed", tiers, new=other.pointer)
    if bool(one.data.get("deprecated")) != bool(other.data.get("deprecated")):
        kind = "deprecated" if other.data.get("deprecated") else "no-longer-deprecated"
        recorder.record(f"request-{kind}", tiers, new=other.pointer)
    for key in _TEXTS:
        said = (one.data.get(key), other.data.get(key))
        record_text(recorder, tiers, one.pointer, other.pointer, key, said)
    place = Place("request", recorder.new.sdk, tiers, model=f"{operations[1].id}_{other.name}")
    compare_schemas(recorder, place, node(one.document, *one.schema()), node(other.document, *other.schema()))
