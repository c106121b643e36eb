"""Compares the labels of evidence (`x-evidence` and its kin) of two documents, by their places."""

from attrs import frozen

from ..loading.document import Document
from ..loading.json_data import escape, is_object, walk_objects

_SINGLE_LABELS = ("x-evidence", "x-evidence-default")
_LABELS_BY_PROPERTY = "x-evidence-required"


@frozen
class EvidenceChange:
    """A label that was added, removed or replaced at a JSON pointer; None where there is no label."""

    pointer: str
    before: str | None
    after: str | None


def compare_evidence(old: Document, new: Document) -> list[EvidenceChange]:
    """Return each label that differs, in the order of the new document, then those that are gone."""
    before, after = _read_labels(old), _read_labels(new)
    return [
        EvidenceChange(pointer, before.get(pointer), after.get(pointer))
        for pointer in dict.fromkeys([*after, *before])
        if before.get(pointer) != after.get(pointer)
    ]


def _read_labels(document: Document) -> dict[str, str]:
    """Return every label by the JSON pointer to it."""
    labels: dict[str, str] = {}
    for pointer, value in walk_objects(document.data):
        for keyword in _SINGLE_LABELS:
            if keyword in value:
                labels[f"{pointer}/{keyword}"] = str(value[keyword])
        by_property = value.get(_LABELS_BY_PROPERTY)
        if is_object(by_property):
            for name, label in by_property.items():
                labels[f"{pointer}/{_LABELS_BY_PROPERTY}/{escape(name)}"] = str(label)
    return labels
