"""Second ring: rules between members, references of every kind, parameters as JSON, several kinds of JSON."""

import pytest

from tests.generator.projects import Projects
from tests.generator.wire import Api, Wire


@pytest.fixture
def api(built: Projects) -> Api:
    return Api(built.load("schemas", "orders"), "Orders", Wire())


def test_a_parameter_with_content_is_written_as_json(built: Projects, api: Api) -> None:
    api.wire.reply(200, [{"id": "a"}])
    wanted = built.load("schemas", "orders.models").Filter(min_=1, tags=["x"])
    [order] = api.call(built.load("schemas", "orders.api.orders.find_orders"), filter_=wanted)
    assert order.id == "a"
    assert api.wire.sent.query == [("filter", '{"min":1,"tags":["x"]}')]


def test_each_kind_of_json_has_its_own_type(built: Projects, api: Api) -> None:
    api.wire.reply(200, {"count": 3}, "application/vnd.count+json")
    assert api.call(built.load("schemas", "orders.api.orders.find_orders")).count == 3


def test_a_deprecated_parameter_warns_if_it_is_given(built: Projects, api: Api) -> None:
    api.wire.reply(200, [])
    find = built.load("schemas", "orders.api.orders.find_orders")
    find.sync(client=api.client)
    with pytest.warns(DeprecationWarning, match="old is deprecated"):
        find.sync(client=api.client, old="x")


def test_a_reference_into_a_schema_is_followed(built: Projects, api: Api) -> None:
    api.wire.reply(200, {"city": "B"})
    models = built.load("schemas", "orders.models")
    order = models.Order(id="a", next_=models.OrderNext(id="b", card="1"))
    place = api.call(built.load("schemas", "orders.api.orders.add_order"), body=order)
    assert place.city == "B"
    assert api.wire.sent.json == {"id": "a", "next": {"id": "b", "card": "1"}}


def test_what_stands_beside_a_reference_counts(built: Projects) -> None:
    order = built.load("schemas", "orders.models").Order
    with pytest.raises(ValueError, match="/next/card: is missing"):
        order.from_dict({"id": "a", "next": {"id": "b"}})


def test_members_by_pattern_have_their_types(built: Projects) -> None:
    order = built.load("schemas", "orders.models").Order
    labels = order.from_dict({"id": "a", "labels": {"x-a": "b", "n-a": 1}}).labels
    assert labels.additional_properties == {"x-a": "b", "n-a": 1}
    with pytest.raises(ValueError, match="/labels/x-a: expected a string, not a list; expected an integer"):
        order.from_dict({"id": "a", "labels": {"x-a": []}})


@pytest.mark.parametrize(
    "told",
    [
        "`card` is only taken with `holder`.",
        '`if: {"properties": {"card": {"const": "none"}}}`',
        '`not: {"required": ["card", "cash"]}`',
        "cash: A multiple of 0.05.",
    ],
)
def test_what_no_type_can_say_stands_in_the_docstring(built: Projects, told: str) -> None:
    doc = built.load("schemas", "orders.models").Order.__doc__
    assert told in " ".join(doc.split())


def test_members_of_inner_models_are_described_too(built: Projects) -> None:
    models = built.load("schemas", "orders.models")
    assert "city: At most 1 character." in " ".join(models.OrderPlace.__doc__.split())
