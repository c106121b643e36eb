"""Second ring: what the client of `pets.yaml` sends and reads: parameters, models, what may be absent."""

import datetime as dt
import uuid
from typing import Any

import pytest

from tests.generator.projects import Projects
from tests.generator.wire import Api, Wire

ID = uuid.UUID("12345678-1234-5678-1234-567812345678")


@pytest.fixture(scope="module")
def pets(built: Projects) -> Projects:
    built.build("pets")
    return built


@pytest.fixture
def api(pets: Projects) -> Api:
    return Api(pets.load("pets", "pet_shelter"), "PetShelter", Wire())


def operation(pets: Projects, name: str) -> Any:
    return pets.load("pets", f"pet_shelter.api.{name}")


def model(pets: Projects, name: str) -> Any:
    return getattr(pets.load("pets", "pet_shelter.models"), name)


def test_sends_every_style_of_parameter(pets: Projects, api: Api) -> None:
    api.wire.reply(200, [])
    where = model(pets, "ListPetsWhere")(city="Bern & Thun", floor=2)
    api.call(
        operation(pets, "pets.list_pets"),
        kind="guinea pig",
        tags=["a b", "c,d"],
        ids=[1, 2],
        colours=["red", "blue"],
        where=where,
        limit=5,
        born_after=dt.date(2024, 2, 29),
        session="s1",
        x_trace="t-1",
    )
    sent = api.wire.sent
    assert sent.target == (
        "/v2/pets?kind=guinea%20pig&tags=a%20b&tags=c%2Cd&ids=1,2&colours=red%7Cblue"
        "&where[city]=Bern%20%26%20Thun&where[floor]=2&limit=5&born-after=2024-02-29"
    )
    assert sent.headers["cookie"] == "session=s1"
    assert sent.headers["x-trace"] == "t-1"


def test_sends_nothing_that_was_not_given(pets: Projects, api: Api) -> None:
    api.wire.reply(200, [])
    api.call(operation(pets, "pets.list_pets"))
    assert api.wire.sent.target == "/v2/pets"
    assert "cookie" not in api.wire.sent.headers
    assert "authorization" not in api.wire.sent.headers


def test_sends_labels_and_matrices_in_the_path(pets: Projects, api: Api) -> None:
    api.wire.reply(200, {"Mia": 3})
    visits = api.call(operation(pets, "rooms.pets_in_room"), floor=3, room=["a", "b/c"])
    assert api.wire.sent.target == "/v2/rooms/.3/;room=a,b%2Fc/pets"
    assert visits.additional_properties == {"Mia": 3}


def test_a_model_goes_out_and_comes_back(pets: Projects, api: Api) -> None:
    pet = model(pets, "Pet")
    arrived = dt.datetime(2024, 5, 6, 7, 8, 9, tzinfo=dt.UTC)
    friend = pet(name="Tom", kind="cat", level=None)
    api.wire.reply(
        201, {"id": str(ID), "name": "Rex", "kind": "dog", "mother": {"name": "Ada", "kind": "dog"}}
    )
    found = api.call(
        operation(pets, "pets.add_pet"),
        body=pet(name="Rex", kind="dog", age=None, weight=15, arrived=arrived, friends=[friend], size=2),
    )
    assert api.wire.sent.json == {
        "name": "Rex",
        "kind": "dog",
        "weight": 15,
        "age": None,
        "arrived": "2024-05-06T07:08:09+00:00",
        "friends": [{"name": "Tom", "kind": "cat", "level": None}],
        "size": 2,
    }
    assert b'"weight":15,' in api.wire.sent.content
    assert found.id == ID
    assert found.mother == pet(name="Ada", kind="dog")


@pytest.mark.parametrize(
    ("pet", "complaint"),
    [
        ({"name": "Rex"}, "/kind: is missing"),
        ({"name": "Rex", "kind": 1}, "/kind: expected 'cat' or 'dog' or 'guinea pig', not 1"),
        (
            {"name": "Rex", "kind": "dog", "friends": [{"name": 1, "kind": "dog"}]},
            "/friends/0/name: expected",
        ),
        ({"name": "Rex", "kind": "dog", "level": True}, "/level: "),
    ],
)
def test_refuses_an_answer_that_does_not_fit(
    pets: Projects, api: Api, pet: dict[str, Any], complaint: str
) -> None:
    api.wire.reply(200, pet)
    error = pets.load("pets", "pet_shelter").UnexpectedResponseError
    with pytest.raises(error, match=complaint):
        api.call(operation(pets, "pets.get_pet"), pet_id=ID)


def test_a_choice_that_is_not_known_stays_as_it_came(pets: Projects, api: Api) -> None:
    api.wire.reply(200, {"name": "Rex", "kind": "cow"})
    answer = operation(pets, "pets.get_pet").sync_detailed(client=api.client, pet_id=ID)
    assert answer.parsed.kind == "cow"
    assert answer.drift == ("/kind: expected 'cat' or 'dog' or 'guinea pig', not 'cow'",)


def test_additional_members_have_their_type(pets: Projects) -> None:
    person = model(pets, "Person")
    assert person.from_dict({"name": "Ann", "phone": "1"}).additional_properties == {"phone": "1"}
    with pytest.raises(ValueError, match="/phone: expected a string"):
        person.from_dict({"name": "Ann", "phone": 1})


def test_a_form_is_urlencoded(pets: Projects, api: Api) -> None:
    api.wire.reply(200, 7)
    form = model(pets, "BookVisitBody")(name="Ann & Bo", wishes=["a", "b"], quiet=True)
    assert api.call(operation(pets, "rooms.book_visit"), body=form) == 7
    assert api.wire.sent.headers["content-type"] == "application/x-www-form-urlencoded"
    assert api.wire.sent.content == b"name=Ann+%26+Bo&wishes=a&wishes=b&quiet=true"


def test_a_deprecated_operation_warns_where_it_is_called(pets: Projects, api: Api) -> None:
    with pytest.warns(DeprecationWarning, match=r"DELETE /pets/\{petId\} is deprecated") as warned:
        operation(pets, "pets.remove_pet").sync(client=api.client, pet_id=ID)
    assert warned[0].filename == __file__
    assert api.wire.sent.method == "DELETE"


def test_an_api_without_security_needs_no_key(pets: Projects, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PET_SHELTER_API_KEY", raising=False)
    assert "https://eu.pets.example.com/v2" in repr(pets.load("pets", "pet_shelter").PetShelter())


def test_headers_of_an_answer_are_at_hand(pets: Projects, api: Api) -> None:
    api.wire.reply(200, [], **{"X-Total": "12"})
    response = operation(pets, "pets.list_pets").sync_detailed(client=api.client)
    assert response.headers["x-total"] == "12"
