"""Repairs slips of a document that change nothing on the wire, before it is validated. Each one is a note.

A document is not refused because of a slip that no request and no answer shows. What is repaired is what a
reader would repair without a question; anything else stays, and validation reports it. `explain` lists the
notes; with `--strict` each of them is an error.
"""

from collections.abc import Callable
from typing import Any

from ..loading.document import Document
from ..loading.json_data import ChangedPointers, copy_json
from ..loading.notes import Note
from .anchors import remove_unused_anchors
from .object_fields import (
    add_missing_descriptions,
    remove_default_dialect,
    remove_null_fields,
    remove_unknown_fields,
    remove_wrong_media_types,
)
from .operation_ids import distinguish_repeated_ids
from .parameters import (
    add_undeclared_parameters,
    remove_repeated_parameters,
    remove_reserved_headers,
    remove_surplus_parameters,
)
from .schema_keywords import (
    read_openapi30_spellings,
    remove_empty_lists,
    remove_null_defaults,
    remove_other_examples,
    remove_repeated_values,
    remove_surplus_mappings,
    remove_wrong_required,
    replace_recursive_references,
)
from .texts import add_missing_texts, read_numbers_as_texts, remove_wrong_texts

Normalization = Callable[[dict[str, Any]], ChangedPointers]

# The first line of a function's docstring is the reason that a note gives.
NORMALIZATIONS: tuple[Normalization, ...] = (
    remove_null_fields,
    remove_wrong_media_types,
    remove_unknown_fields,
    remove_default_dialect,
    read_numbers_as_texts,
    remove_wrong_texts,
    add_missing_texts,
    add_missing_descriptions,
    remove_unused_anchors,
    remove_other_examples,
    remove_null_defaults,
    remove_repeated_values,
    remove_empty_lists,
    remove_surplus_mappings,
    remove_wrong_required,
    replace_recursive_references,
    read_openapi30_spellings,
    remove_repeated_parameters,
    remove_reserved_headers,
    remove_surplus_parameters,
    add_undeclared_parameters,
    distinguish_repeated_ids,
)


def normalize(document: Document) -> tuple[Document, list[Note]]:
    """Return a copy of a document without such slips, and a note for each.

    The document may have any other fault.
    """
    data = copy_json(document.data)
    notes = [
        Note(pointer, normalization.__name__, (normalization.__doc__ or "").splitlines()[0])
        for normalization in NORMALIZATIONS
        for pointer in normalization(data)
    ]
    return Document(document.path, data, document.lines), notes
