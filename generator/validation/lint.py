"""The list of rules for a document.

It is used in two ways: to stop at a fault, or to remove all faulty parts.
"""

from ..loading.document import Document
from .body_rules import check_bodies
from .deprecation_rules import check_deprecations
from .evidence_rules import check_evidence_labels, check_evidence_names
from .faults import Rule
from .keywords import check_refused_keywords
from .openapi_rules import check_has_paths_or_components, check_openapi, check_version
from .operation_rules import check_operations
from .pruning import RemovedPart, remove_faulty_parts
from .reference_rules import (
    check_reference_cycles,
    check_reference_kinds,
    check_reference_targets,
    check_schema_cycles,
)
from .x_sdk_rules import check_x_sdk_names, check_x_sdk_schema

# A rule may rely on those before it. References come before all that follows them, and what JSON Schema can
# check comes before the rules that read its values.
RULES: tuple[Rule, ...] = (
    check_version,
    check_has_paths_or_components,
    check_reference_targets,
    check_reference_cycles,
    check_schema_cycles,
    check_x_sdk_schema,
    check_evidence_labels,
    check_openapi,
    check_reference_kinds,
    check_operations,
    check_bodies,
    check_refused_keywords,
    check_x_sdk_names,
    check_deprecations,
    check_evidence_names,
)


def lint(document: Document) -> None:
    """Raise GeneratorError for the first fault of a document, with its pointer."""
    for rule in RULES:
        for fault in rule(document):
            raise fault


def lint_and_prune(document: Document) -> tuple[Document, list[RemovedPart]]:
    """Return a copy of `document` without its faulty parts, and the parts that were removed.

    Raises GeneratorError for a fault of the document as a whole.
    """
    removed_parts: list[RemovedPart] = []
    for rule in RULES:
        while faults := list(rule(document)):
            document, newly_removed_parts = remove_faulty_parts(document, faults)
            removed_parts += newly_removed_parts
    return document, removed_parts
