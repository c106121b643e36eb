"""The fields of a form, made from the properties that the contract declares."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, cast

from attrs import evolve, frozen

from ..contract import Contract, Schema

Kind = Literal["text", "words", "number", "integer", "boolean", "choice", "file", "files", "list", "object"]
"""How a value is entered. `words` is a text that people write freely, `list` has a text on each line."""


@frozen
class Field:
    """One field. `value` is what the form holds at first; None leaves it empty."""

    name: str
    kind: Kind
    description: str
    is_required: bool = False
    value: Any = None
    default: Any = None
    examples: tuple[Any, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    fields: tuple["Field", ...] = ()
    """Of an object: the fields of its properties."""


def fields_of_variants(contract: Contract, variants: Sequence[str], example: Schema) -> list[Field]:
    """Return the fields of a job, those that it needs first.

    Args:
        contract: where the variants are declared.
        variants: names of component schemas that are this job, each a way to send it.
        example: a request of this job, from which the form is filled in.
    """
    declared: dict[str, Schema] = {}
    for variant in variants:
        for name, schema in properties_of(contract, contract.component(variant)):
            declared.setdefault(name, schema)
    required = [required_by(contract, contract.component(variant)) for variant in variants]
    always = [name for name in required[0] if all(name in names for names in required)]
    choices = choices_of(contract, variants)
    order = [*always, *choices, *declared]
    names = [name for name in dict.fromkeys(order) if name in declared]
    return [
        _filled(field_of(contract, name, declared[name], name in always), example.get(name)) for name in names
    ]


def field_of(contract: Contract, name: str, declared: Schema, is_required: bool = False) -> Field:
    """Return the field of one property."""
    resolved = {
        key: value for part in reversed([*contract.flat(declared)]) for key, value in part.items()
    } | dict(declared)
    examples = tuple(resolved.get("enum") or resolved.get("examples") or ())
    kind = _kind(contract, declared, resolved)
    if kind == "text" and is_required and not examples:
        kind = "words"  # nothing says what it should be, so it is for people to write, such as a prompt
    inner = (
        tuple(field_of(contract, *item) for item in properties_of(contract, declared))
        if kind == "object"
        else ()
    )
    return Field(
        name,
        kind,
        str(resolved.get("description", "")).strip(),
        is_required,
        default=resolved.get("default"),
        examples=examples,
        minimum=resolved.get("minimum"),
        maximum=resolved.get("maximum"),
        fields=inner,
    )


def choices_of(contract: Contract, variants: Sequence[str]) -> list[str]:
    """Return the properties of which a request needs at least one; empty if there are none."""
    options = [contract.component(variant).get("anyOf", ()) for variant in variants]
    names = [name for group in options for option in group for name in option.get("required", ())]
    return list(dict.fromkeys(names))


def properties_of(contract: Contract, schema: Schema) -> Iterator[tuple[str, Schema]]:
    """Yield the properties of a schema, with those that it is composed of."""
    for part in contract.flat(schema):
        for name, declared in part.get("properties", {}).items():
            if isinstance(declared, Mapping):  # `false` closes a property, `true` says nothing about it
                yield name, cast(Schema, declared)


def required_by(contract: Contract, schema: Schema) -> list[str]:
    """Return the names that a schema always requires: its own, and those of what it extends."""
    extended = [contract.resolve(part) for part in schema.get("allOf", ())]
    return [*schema.get("required", ()), *(name for part in extended for name in required_by(contract, part))]


def _kind(contract: Contract, declared: Schema, resolved: Schema) -> Kind:
    member = contract.member(declared)
    if member.is_file:
        return "files" if member.is_list else "file"
    if member.is_list:
        return "list"
    if "enum" in resolved:
        return "choice"
    # A number may be an integer as well; what may be an object or its JSON text is entered as an object.
    for kind in ("object", "boolean", "number", "integer"):
        if kind in member.types:
            return kind
    return "text"


def _filled(field: Field, value: Any) -> Field:
    """Fill in a field: by what the property names if it is required, else by the example of a request."""
    if field.kind in ("file", "files"):
        return field
    if field.kind == "object":
        inner: Schema = cast(Schema, value) if isinstance(value, Mapping) else {}
        return evolve(field, fields=tuple(_filled(part, inner.get(part.name)) for part in field.fields))
    named = field.examples[0] if field.is_required and field.examples else None
    return evolve(field, value=value if named is None else named)
