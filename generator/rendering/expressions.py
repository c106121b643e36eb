"""Python expressions and types that templates print: how arguments and bodies are passed to the runtime."""

import json
from collections.abc import Iterable, Iterator

from ..media_types import is_form, is_json
from ..model.arguments import Argument
from ..model.bodies import may_be_scalar
from ..model.operations import OperationSpec, Variant

# Annotations of values that JSON can hold as they are.
_JSON_ANNOTATIONS = frozenset({"str", "int", "float", "bool", "None"})


def argument_value(argument: Argument) -> str:
    """Return the value that a method passes on: its argument, or JSON text for a JSON media type."""
    name = argument.python_name
    return f"_codec.json_text({name})" if argument.as_json else name


def exact_argument_value(argument: Argument) -> str:
    """Return the value that the raw layer passes on: models and dates become JSON."""
    is_json_value = _JSON_ANNOTATIONS.issuperset(argument.annotation.split(" | "))
    if argument.as_json or is_json_value:
        return argument_value(argument)
    return f"_codec.to_json({argument.python_name})"


# By the forms that the bodies of an operation have: a call of one of the functions of `models/codec.py`.
_BODY_FUNCTIONS = {
    frozenset({"fields"}): "_codec.body_fields(body)",
    frozenset({"value"}): "_codec.body_value(body)",
    frozenset({"fields", "value"}): "_codec.body_fields_or_value(body)",
}


def body_values(operation: OperationSpec) -> str:
    """Return the expression for the argument `body`: the properties of an object, or the whole value."""
    if not operation.bodies:
        return "{}"
    forms = {
        form
        for media_type, variants in operation.bodies.items()
        for form in _list_body_forms(media_type, variants)
    }
    return _BODY_FUNCTIONS[frozenset(forms)]


def _list_body_forms(media_type: str, variants: Iterable[Variant]) -> Iterator[str]:
    """Yield `fields` if a body is passed by its properties, and `value` if as one value.

    A form may have variants of both.
    """
    if is_json(media_type):
        yield "value" if may_be_scalar(media_type, variants) else "fields"
    elif is_form(media_type):
        for variant in variants:
            yield "value" if may_be_scalar(media_type, [variant]) else "fields"
    else:
        yield "value"


def body_media_type_literal(operation: OperationSpec) -> str:
    """Return a Literal of the media types that a body may have."""
    return f"Literal[{', '.join(map(json.dumps, operation.bodies))}]"
