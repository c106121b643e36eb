"""Which classes inherit: those that add optional properties to the one schema of their `allOf`."""

import pytest
from attrs import evolve

from generator.model.model_classes import ModelClass, ModelProperty, declare_models
from generator.model.types import NamedType

TEXT = NamedType("str")
ANY = NamedType("Any")
NAME = ModelProperty("name", "name", TEXT, "")
SIZE = ModelProperty("size", "size", TEXT, "")
BASE = ModelClass("Toy", (NAME,), (), ANY, "")
CAR = ModelClass("Car", (NAME,), (SIZE,), ANY, "")
SCHEMAS = {"Car": {"allOf": [{"$ref": "#/components/schemas/Toy"}]}}


def test_a_subclass_comes_after_its_base_and_adds_its_own_properties() -> None:
    base, car = declare_models([CAR, BASE], SCHEMAS)
    assert (base.model, base.base, base.required) == (BASE, None, (NAME,))
    assert (car.model, car.base, car.required, car.optional) == (CAR, BASE, (), (SIZE,))


@pytest.mark.parametrize(
    ("base", "car"),
    [
        pytest.param(BASE, evolve(CAR, required=(NAME, SIZE), optional=()), id="a further required property"),
        pytest.param(evolve(BASE, additional=None), CAR, id="a base without further properties"),
        pytest.param(BASE, evolve(CAR, additional=TEXT), id="further properties of one type"),
        pytest.param(
            evolve(BASE, required=(evolve(NAME, type=NamedType("int")),)),
            CAR,
            id="a property of another type",
        ),
    ],
)
def test_does_not_inherit_what_a_class_cannot_say(base: ModelClass, car: ModelClass) -> None:
    assert [declaration.base for declaration in declare_models([base, car], SCHEMAS)] == [None, None]
