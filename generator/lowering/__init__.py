"""Says in plainer words, in memory, what openapi-python-client cannot take. The spec itself is never bent.

A lowering changes a copy of the document and gives the pointer of each place it touched. What it takes away
stays behind as an `x-lowered-*` member, so that the surface (arguments, docstrings) still has it.
"""

import copy
from collections.abc import Callable, Iterator
from typing import Any

from attrs import evolve, frozen

from ..errors import GeneratorError
from ..loading import openapi30
from ..loading.origins import original_pointer
from . import (
    access,
    all_of,
    arrays,
    boolean_schemas,
    closed,
    content,
    defaults,
    discriminators,
    enums,
    objects,
    operation_ids,
    references,
    required_groups,
    security,
    shared_members,
    titles,
)


@frozen
class Note:
    """One lowering at one place, for `explain`."""

    pointer: str
    lowering: str
    reason: str


Lowering = Callable[[dict[str, Any]], Iterator[str]]

# In this order: one dialect first, then each object whole, then the rest.
LOWERINGS: tuple[tuple[Lowering, str | None], ...] = (
    (openapi30.upgrade_openapi30, openapi30.__doc__),
    (boolean_schemas.open_boolean_contents, boolean_schemas.open_boolean_contents.__doc__),
    (references.lead_to_components, references.__doc__),
    (operation_ids.name_operations, operation_ids.__doc__),
    (shared_members.share_members, shared_members.__doc__),
    (all_of.merge_all_of, all_of.__doc__),
    (closed.open_patterns, closed.__doc__),
    (boolean_schemas.strip_boolean_schemas, boolean_schemas.__doc__),
    (required_groups.strip_required_groups, required_groups.__doc__),
    (access.loosen_one_sided, access.__doc__),
    (discriminators.pin_discriminators, discriminators.__doc__),
    (arrays.open_items, arrays.__doc__),
    (content.open_content, content.open_content.__doc__),
    (content.mark_binary, content.__doc__),
    (content.list_events, content.list_events.__doc__),
    (enums.spell_out_enums, enums.__doc__),
    (defaults.document_defaults, defaults.__doc__),
    (titles.drop_titles, titles.__doc__),
    (security.inherit_security, security.__doc__),
    (objects.tell_classes_apart, objects.tell_classes_apart.__doc__),
    (objects.name_objects, objects.__doc__),
)


def lower(data: dict[str, Any]) -> tuple[dict[str, Any], list[Note]]:
    """A lowered copy of `data`, and what was done to it, each at its place in `data`.

    Raises GeneratorError, with a pointer into `data`, for what no lowering can say.
    """
    lowered = copy.deepcopy(data)
    notes: list[Note] = []
    try:
        for lowering, doc in LOWERINGS:
            reason = (doc or "").strip().splitlines()[0]
            notes += [Note(pointer, lowering.__name__, reason) for pointer in lowering(lowered)]
    except GeneratorError as error:
        pointer = original_pointer(error.pointer or "", lowered, data)
        raise GeneratorError(error.what, pointer=pointer, hint=error.hint) from error
    told = [evolve(note, pointer=original_pointer(note.pointer, lowered, data)) for note in notes]
    return lowered, list(dict.fromkeys(told))
