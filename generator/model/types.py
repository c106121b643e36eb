"""Types of values that the contract describes, and the Python annotations that state them.

`rendering.opc_types` makes them of what openapi-python-client parsed. Annotations are put together from
alternatives, never by cutting strings: a constant of the contract may hold any text.
"""

from collections.abc import Iterable, Iterator

from attrs import frozen


@frozen
class NamedType:
    """A type that Python or the runtime has a name for, such as `str` or `datetime.date`."""

    name: str


@frozen
class ConstantType:
    """One value: a string, an integer or a boolean."""

    value: str | int | bool


@frozen
class FileType:
    """Raw bytes."""


@frozen
class ListType:
    """A list whose items have one type."""

    item: "ValueType"


@frozen
class ModelType:
    """An object that has its own class in the client."""

    class_name: str


@frozen
class ChoiceType:
    """A choice between constants that has its own name in the client."""

    name: str


@frozen
class UnionType:
    """A value that has one of several types."""

    branches: "tuple[ValueType, ...]"


ValueType = NamedType | ConstantType | FileType | ListType | ModelType | ChoiceType | UnionType
# A part of an annotation: source, or a constant that is joined with others into one Literal.
Alternative = str | ConstantType


def value_annotation(value_type: ValueType) -> str:
    """Return the annotation of a value as models hold it."""
    return join_alternatives(list_alternatives(value_type))


def argument_annotation(value_type: ValueType) -> str:
    """Return the annotation of a method's argument, which admits more than the property of a model.

    It also admits a mapping for a model, any sequence for a list, and every kind of file that the runtime
    reads.
    """
    return join_alternatives(list_alternatives(value_type, is_argument=True))


def list_alternatives(
    value_type: ValueType, *, is_argument: bool = False, list_name: str = "list"
) -> Iterator[Alternative]:
    """Yield the alternatives of a type in the contract's order, for an argument or for a model.

    `list_name` is the name of the builtin `list` where the annotation stands: a method may have its name.
    """
    match value_type:
        case FileType():
            yield "FileInput" if is_argument else "File"
        case ListType(item):
            item_annotation = join_alternatives(
                list_alternatives(item, is_argument=is_argument, list_name=list_name)
            )
            yield f"{'Sequence' if is_argument else list_name}[{item_annotation}]"
        case ModelType(class_name):
            yield class_name
            if is_argument:
                yield "Mapping[str, Any]"
        case UnionType(branches):
            for branch in branches:
                yield from list_alternatives(branch, is_argument=is_argument, list_name=list_name)
        case ConstantType():
            yield value_type
        case NamedType(name) | ChoiceType(name):
            yield name


def find_class_names(value_type: ValueType) -> set[str]:
    """Return the names of the models and choices that a type uses."""
    match value_type:
        case ListType(item):
            return find_class_names(item)
        case ModelType(name) | ChoiceType(name):
            return {name}
        case UnionType(branches):
            return set[str]().union(*map(find_class_names, branches))
        case _:
            return set()


def join_alternatives(alternatives: Iterable[Alternative]) -> str:
    """Return a union without repeats, in order.

    Constants are joined at the place of the first one; None is last.
    """
    unique = list(dict.fromkeys(_with_constant_type(alternative) for alternative in alternatives))
    constants = [alternative for _, alternative in unique if isinstance(alternative, ConstantType)]
    literal = f"Literal[{', '.join(repr(constant.value) for constant in constants)}]"
    annotations = dict.fromkeys(
        literal if isinstance(alternative, ConstantType) else alternative for _, alternative in unique
    )
    return " | ".join(sorted(annotations, key=lambda annotation: annotation == "None"))


def _with_constant_type(alternative: Alternative) -> tuple[str, Alternative]:
    """Return an alternative together with the type of its value, because 1 equals True in Python."""
    type_name = type(alternative.value).__name__ if isinstance(alternative, ConstantType) else ""
    return type_name, alternative
