"""Second ring: choices. Which branch an answer is read as, and that no branch loses a member when sent."""

from typing import Any

import pytest

from tests.generator.projects import Projects
from tests.generator.small_documents import SmallDocuments
from tests.generator.wire import Api, Wire


@pytest.fixture
def api(built: Projects) -> Api:
    return Api(built.load("schemas", "orders"), "Orders", Wire())


@pytest.mark.parametrize(
    ("name", "members"),
    [
        ("Circle", {"name": "c", "kind": "circle", "radius": 1.5, "anything": {"x": [None]}}),
        ("Square", {"name": "s", "kind": "square", "side": 2}),
        ("FreeHand", {"points": [[1, 2.5], [3, 4]]}),
    ],
)
def test_every_branch_of_a_nested_union_is_sent(
    built: Projects, api: Api, name: str, members: dict[str, Any]
) -> None:
    api.wire.reply(200, {"id": 1})
    shape = getattr(built.load("schemas", "orders.models"), name)(**members)
    api.call(built.load("schemas", "orders.api.shapes.add_shape"), body=shape)
    assert api.wire.sent.json == members


def test_an_answer_is_the_branch_that_fits(built: Projects, api: Api) -> None:
    add = built.load("schemas", "orders.api.shapes.add_shape")
    circle = built.load("schemas", "orders.models").Circle(name="c", kind="circle", radius=1)
    api.wire.reply(200, {"id": 1})
    assert api.call(add, body=circle).id == 1
    api.wire.reply(200, {"reasons": ["round"]})
    assert api.call(add, body=circle).reasons == ["round"]


@pytest.mark.parametrize(("species", "name"), [("felis catus", "Cat"), ("canis", "Dog")])
def test_the_discriminator_tells_branches_apart(built: Projects, api: Api, species: str, name: str) -> None:
    api.wire.reply(200, {"species": species, "age": 3})
    animal = api.call(built.load("schemas", "orders.api.animals.any_animal"))
    assert type(animal).__name__ == name
    assert (animal.species, animal.age) == (species, 3)


def test_an_unmapped_value_of_a_discriminator_stays_as_it_came(built: Projects, api: Api) -> None:
    api.wire.reply(200, {"species": "Cat"})
    any_animal = built.load("schemas", "orders.api.animals.any_animal")
    answer = any_animal.sync_detailed(client=api.client)
    assert answer.parsed == {"species": "Cat"}
    assert "/species: expected 'felis catus'" in answer.drift[0]


@pytest.mark.parametrize("answer", [15, 1.5, "none", None])
def test_an_answer_of_several_types_keeps_its_own(built: Projects, api: Api, answer: Any) -> None:
    api.wire.reply(200, answer)
    found = api.call(built.load("schemas", "orders.api.numbers.add_numbers"))
    assert found == answer
    assert type(found) is type(answer)


def test_every_branch_has_the_members_beside_the_union(built: Projects) -> None:
    models = built.load("schemas", "orders.models")
    first = models.ChoiceType0(label="x", one=1, pair=["a", 2])
    assert first.to_dict() == {"label": "x", "one": 1, "pair": ["a", 2]}
    second = models.ChoiceType1.from_dict({"label": "x", "species": "felis catus"})
    assert (second.label, second.species) == ("x", "felis catus")
    with pytest.raises(ValueError, match="/label: is missing"):
        models.ChoiceType1.from_dict({"species": "felis catus"})


WITHOUT_PROPERTY = """
paths: {/a: {post: {operationId: a, tags: [x], requestBody: {content: {application/json: {schema: @Thing}}},
  responses: {'200': {content: {application/json: {schema: @Thing}}}}}}}
components:
  schemas:
    Thing:
      oneOf: [@Bare, @Map, @Known, @Inner]
      discriminator: {propertyName: kind, mapping: {m: Map, q: Gone}}
    Bare: {type: object}
    Map: {type: object, additionalProperties: {type: string}}
    Known: {type: object, required: [b], properties: {b: {type: integer}, kind: {type: string}}}
    Inner: {oneOf: [{type: object, required: [r], properties: {r: {type: integer}}}, {type: string}]}
    Gone: {type: object}
"""


@pytest.mark.parametrize(
    ("value", "class_name"),
    [
        ({"kind": "Bare", "x": 1}, "Bare"),
        ({"kind": "m", "x": "1"}, "Map"),
        ({"kind": "Known", "b": 1}, "Known"),
        ({"r": 1}, "InnerType0"),
        ("text", "str"),
    ],
)
def test_a_branch_need_not_declare_the_property_of_the_discriminator(
    small: SmallDocuments, value: Any, class_name: str
) -> None:
    client = small.build(WITHOUT_PROPERTY)
    assert not client.refusals
    api = client.api(api_key=None)
    api.wire.reply(200, value)
    thing = api.call(client.operation("a", "x"), body=value)
    assert api.wire.sent.json == value
    assert type(thing).__name__ == class_name
    assert getattr(thing, "to_dict", lambda: thing)() == value


def test_a_mapping_to_no_branch_is_a_note(small: SmallDocuments) -> None:
    client = small.build("""
paths: {/a: {get: {operationId: a, responses: {'200': {content: {application/json: {schema: @Thing}}}}}}}
components:
  schemas:
    Thing:
      oneOf: [{type: object, properties: {q: {type: string}}}, {type: array, items: {type: string}}]
      discriminator: {propertyName: kind, mapping: {a: Gone}}
    Gone: {type: object}
""")
    assert not client.refusals
    assert "remove_surplus_mappings" in client.notes
