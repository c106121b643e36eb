"""Says in plainer words, in memory, what openapi-python-client cannot take. The spec itself is never bent.

A lowering changes a copy of the document and gives the pointer of each place it touched. What it takes away
stays behind as an `x-lowered-*` member, so that the surface (arguments, docstrings) still has it.
"""

import copy
from collections.abc import Callable, Iterator
from typing import Any

from attrs import frozen

from . import all_of, arrays, boolean_schemas, content, defaults, required_groups, security, titles


@frozen
class Note:
    """One lowering at one place, for `explain`."""

    pointer: str
    lowering: str
    reason: str


Lowering = Callable[[dict[str, Any]], Iterator[str]]

# In this order: flattening first, so that the rest sees each object whole.
LOWERINGS: tuple[tuple[Lowering, str], ...] = (
    (all_of.merge_all_of, all_of.__doc__ or ""),
    (boolean_schemas.strip_boolean_schemas, boolean_schemas.__doc__ or ""),
    (required_groups.strip_required_groups, required_groups.__doc__ or ""),
    (arrays.open_items, arrays.__doc__ or ""),
    (content.mark_binary, content.__doc__ or ""),
    (content.put_json_first, content.put_json_first.__doc__ or ""),
    (defaults.document_defaults, defaults.__doc__ or ""),
    (titles.drop_titles, titles.__doc__ or ""),
    (security.inherit_security, security.__doc__ or ""),
)


def lower(data: dict[str, Any]) -> tuple[dict[str, Any], list[Note]]:
    """A lowered copy of `data`, and what was done to it."""
    lowered = copy.deepcopy(data)
    notes: list[Note] = []
    for lowering, doc in LOWERINGS:
        reason = doc.strip().splitlines()[0]
        notes += [Note(pointer, lowering.__name__, reason) for pointer in lowering(lowered)]
    return lowered, notes
