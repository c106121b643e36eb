"""Restates a document, in memory, where openapi-python-client cannot take it. The spec stays as it is.

A lowering changes a copy of the document and yields the pointer of each place that it changed. Removed values
stay in the copy under an `x-lowered-*` key, because arguments and docstrings need them. "The tool" is
openapi-python-client; each module says what it does without the lowering. Retire a lowering when its cause is
gone.
"""

from collections.abc import Callable
from typing import Any

from attrs import evolve

from ..errors import GeneratorError
from ..loading.json_data import ChangedPointers, copy_json
from ..loading.notes import Note
from ..loading.openapi30 import upgrade_openapi30
from ..loading.origins import original_pointer
from .all_of import merge_all_of
from .arrays import add_missing_items
from .boolean_schemas import replace_inner_booleans, replace_outer_booleans
from .class_names import rename_clashing_components
from .content import (
    add_missing_content_schemas,
    mark_binary_content,
    name_json_in_ranges,
    remove_unwritable_contents,
    wrap_event_schemas,
)
from .defaults import move_defaults, remove_wrong_defaults
from .discriminators import pin_discriminators, replace_bases_by_unions
from .enums import replace_enums_by_constants
from .inner_objects import move_inner_objects
from .operation_ids import add_operation_ids
from .pattern_properties import allow_pattern_properties
from .read_only import relax_one_sided_properties
from .recursive_aliases import cut_recursive_aliases
from .references import move_reference_targets
from .required_groups import remove_required_groups
from .security import copy_root_security
from .shared_properties import copy_shared_properties
from .titles import move_titles

Lowering = Callable[[dict[str, Any]], ChangedPointers]

# The order matters: first the dialect, then whole objects, then the parts of objects, and classes last. The
# first line of a lowering's docstring is its reason.
LOWERINGS: tuple[Lowering, ...] = (
    upgrade_openapi30,
    replace_outer_booleans,
    remove_unwritable_contents,
    name_json_in_ranges,
    move_reference_targets,
    add_operation_ids,
    copy_shared_properties,
    replace_bases_by_unions,
    merge_all_of,
    allow_pattern_properties,
    replace_inner_booleans,
    remove_required_groups,
    relax_one_sided_properties,
    pin_discriminators,
    add_missing_items,
    add_missing_content_schemas,
    mark_binary_content,
    wrap_event_schemas,
    replace_enums_by_constants,
    remove_wrong_defaults,
    move_defaults,
    move_titles,
    copy_root_security,
    rename_clashing_components,
    move_inner_objects,
    cut_recursive_aliases,
)


def lower(data: dict[str, Any]) -> tuple[dict[str, Any], list[Note]]:
    """Return a lowered copy of `data`, and a note for each change, at its place in `data`.

    Raises GeneratorError, with a pointer into `data`, for what no lowering can express.
    """
    lowered = copy_json(data)
    notes: list[Note] = []
    try:
        for lowering in LOWERINGS:
            reason = (lowering.__doc__ or "").splitlines()[0]
            notes += [Note(pointer, lowering.__name__, reason) for pointer in lowering(lowered)]
    except GeneratorError as error:
        pointer = original_pointer(error.pointer or "", lowered, data)
        raise GeneratorError(error.problem, pointer=pointer, hint=error.hint) from error
    # Pointers into the source can be found only now: a later lowering may have moved or renamed their
    # components.
    placed_notes = [evolve(note, pointer=original_pointer(note.pointer, lowered, data)) for note in notes]
    return lowered, list(dict.fromkeys(placed_notes))
