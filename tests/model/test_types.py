"""Annotations of types: for models, which hold values, and for arguments, which take more."""

import pytest

from generator.model.types import (
    ChoiceType,
    ConstantType,
    FileType,
    ListType,
    ModelType,
    NamedType,
    UnionType,
    ValueType,
    argument_annotation,
    find_class_names,
    value_annotation,
)

NONE = NamedType("None")
TEXT = NamedType("str")


@pytest.mark.parametrize(
    ("value_type", "value", "argument"),
    [
        (TEXT, "str", "str"),
        (FileType(), "File", "FileInput"),
        (ModelType("Toy"), "Toy", "Toy | Mapping[str, Any]"),
        (ListType(ModelType("Toy")), "list[Toy]", "Sequence[Toy | Mapping[str, Any]]"),
        (ChoiceType("Colour"), "Colour", "Colour"),
        (UnionType((NONE, TEXT, FileType())), "str | File | None", "str | FileInput | None"),
    ],
)
def test_an_argument_takes_what_a_model_holds_and_more(
    value_type: ValueType, value: str, argument: str
) -> None:
    assert value_annotation(value_type) == value
    assert argument_annotation(value_type) == argument


@pytest.mark.parametrize(
    ("branches", "annotation"),
    [
        ((ConstantType("a"), TEXT, ConstantType("b")), "Literal['a', 'b'] | str"),
        ((ConstantType(1), ConstantType(True), ConstantType(1)), "Literal[1, True]"),
        ((ConstantType("a | None"), NONE, ConstantType("b")), "Literal['a | None', 'b'] | None"),
        ((UnionType((TEXT, NONE)), TEXT), "str | None"),
    ],
)
def test_constants_are_joined_and_nothing_is_repeated(
    branches: tuple[ValueType, ...], annotation: str
) -> None:
    assert value_annotation(UnionType(branches)) == annotation


def test_finds_the_classes_inside_of_lists_and_unions() -> None:
    value_type = ListType(UnionType((ModelType("Toy"), ChoiceType("Colour"), TEXT)))
    assert find_class_names(value_type) == {"Toy", "Colour"}
