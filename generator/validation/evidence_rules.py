"""Rules for `x-evidence` and its kin, which say how we know what the contract states.

`x-evidence` is about a part of the contract, `x-evidence-default` about the default of a property, and
`x-evidence-required` about each property that a schema requires.
"""

from ..loading.document import Document
from ..loading.json_data import escape, is_object, object_or_empty, walk_objects
from .faults import Faults, check_name
from .schema_properties import find_properties

# Extensions that hold one label; `x-evidence-required` holds one for each name.
_SINGLE_LABELS: tuple[str, ...] = ("x-evidence", "x-evidence-default")
LABELS = ("page", "docs", "observed", "expected", "assumed")


def check_evidence_labels(document: Document) -> Faults:
    """Check that each label is one of `LABELS`."""
    for pointer, value in walk_objects(document.data):
        labels = {key: value[key] for key in _SINGLE_LABELS if key in value}
        required_labels = value.get("x-evidence-required", {})
        if is_object(required_labels):
            labels |= {
                f"x-evidence-required/{escape(name)}": label for name, label in required_labels.items()
            }
        else:
            labels["x-evidence-required"] = required_labels
        for place, label in labels.items():
            if label not in LABELS:
                problem = f"`{label}` is not a label of evidence"
                yield document.error(f"{pointer}/{place}", problem, f"write one of {', '.join(LABELS)}")


def check_evidence_names(document: Document) -> Faults:
    """Check that `x-evidence-required` names properties of the schema that holds it."""
    for pointer, schema in walk_objects(document.data):
        labels = object_or_empty(schema.get("x-evidence-required"))
        properties = find_properties(document, schema) if labels else {}
        for name in labels:
            place = f"{pointer}/x-evidence-required/{escape(name)}"
            yield from check_name(document, name, properties, place, "a property of this schema")
