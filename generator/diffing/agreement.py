"""Makes one list of what the contracts say and what the built clients show."""

from attrs import evolve

from ..names import class_name
from ..spec import as_object, escape
from .change import Change
from .clients import Sighting, compare_surfaces, parent
from .kinds import KINDS
from .names import method_name, operations_of
from .recorder import Edition, Recorder, where


def agree(recorder: Recorder) -> None:
    """Mark the changes that the built clients show too, and add what only they show.

    A sighting is told by a change if that touches the same name, or the whole of which it is a part, and
    weighs as much.
    """
    for sighting in compare_surfaces(recorder.old.surface, recorder.new.surface, recorder.roles):
        telling = [key for key, change in recorder.found.items() if _tells(change, sighting)]
        for key in telling:
            if _names_it(recorder.found[key], sighting):
                recorder.found[key] = evolve(recorder.found[key], seen_in_client=True)
        if not telling:
            _add(recorder, sighting)


def _bare(name: str) -> str:
    """A name of the plain client for one of the async one."""
    name = name.replace("async_client", "client", 1).replace("results.Async", "results.", 1)
    return _written(name)


def _written(name: str) -> str:
    """A name as a caller writes it, without what marks a result, an overload or the bases of a class."""
    return name.removesuffix("()").partition("[")[0].removesuffix("<>")


def _line(name: str) -> set[str]:
    """A name and all that it is a part of."""
    found = {name, _bare(name)}
    above = parent(_bare(name))
    while above:
        found.add(above)
        above = parent(above)
    return found


def _names_it(change: Change, sighting: Sighting) -> bool:
    return bool(_line(sighting.name) & change.covers)


def _tells(change: Change, sighting: Sighting) -> bool:
    return change.severity.covers(KINDS[sighting.kind].severity) and _names_it(change, sighting)


def _add(recorder: Recorder, sighting: Sighting) -> None:
    edition = recorder.old if sighting.removed else recorder.new
    pointer = _pointer(edition, _bare(sighting.name))
    name = _written(sighting.name)
    at = where(pointer, new=not sighting.removed)
    recorder.record(
        sighting.kind, ((name,),), before=sighting.before, after=sighting.after, seen_in_client=True, **at
    )


def _pointer(edition: Edition, name: str) -> str:
    """Where the contract speaks of a name; the root if it does not."""
    whole = _line(name)
    for operation in operations_of(edition.document, edition.sdk):
        for index, spec in enumerate(operation.methods):
            if method_name(spec) in whole:
                return f"{operation.pointer}/x-sdk/methods/{index}"
        if operation.raw in whole:
            return operation.pointer
    schemas = as_object(as_object(edition.document.data.get("components")).get("schemas"))
    classes = {f"models.{class_name(component)}": component for component in schemas}
    own = sorted((one for one in classes if one in whole or name.startswith(one)), key=len)
    return f"/components/schemas/{escape(classes[own[-1]])}" if own else ""
