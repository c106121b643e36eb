"""Resources and methods of operations without `x-sdk`."""

from pathlib import Path
from typing import Any

from generator.loading.document import Document
from generator.model.default_methods import add_default_methods
from generator.model.sdk import Sdk, read_sdk


def operation(operation_id: str, *tags: str, **fields: Any) -> dict[str, Any]:
    return {"operationId": operation_id, "tags": list(tags), "responses": {}, **fields}


def sdk_of(paths: dict[str, Any], **fields: Any) -> Sdk:
    data = {"openapi": "3.1.0", "info": {"title": "Pets", "version": "1"}, "paths": paths, **fields}
    document = Document(Path("api.yaml"), data, {})
    return add_default_methods(read_sdk(document), document)[0]


def names_of(paths: dict[str, Any], **fields: Any) -> list[str]:
    return [f"{spec.resource}.{spec.method}" for spec in sdk_of(paths, **fields).methods]


def test_the_first_tag_is_the_resource_and_its_description_its_docstring() -> None:
    tags = [{"name": "Pet Shop", "description": "What is for sale. Nothing else."}]
    sdk = sdk_of({"/a": {"get": operation("look", "Pet Shop", "other")}}, tags=tags)
    assert sdk.resources == {"pet_shop": "What is for sale."}


def test_tags_that_differ_in_writing_alone_are_one_resource() -> None:
    paths = {"/a": {"get": operation("a", "Pet Shop")}, "/b": {"get": operation("b", "pet-shop")}}
    assert names_of(paths) == ["pet_shop.a", "pet_shop.b"]


def test_without_tags_the_path_names_the_resource() -> None:
    paths = {
        "/": {"get": operation("look")},
        "/api/v2/cats/{id}": {"get": operation("get_api_v2_cats_id")},
        "/2010-04-01/{id}/Dogs.json": {"get": operation("ListDog")},
    }
    assert names_of(paths) == ["default.look", "cats.get", "dogs.list"]


def test_no_resource_hides_an_attribute_of_the_client_or_a_class() -> None:
    tags = ("close", "prepare", "import", "v12", "v1_2", "person")
    paths = {f"/{index}": {"get": operation(f"look{index}", tag)} for index, tag in enumerate(tags)}
    components = {"schemas": {"PersonResource": {"type": "object"}}}
    assert list(sdk_of(paths, components=components).resources) == [
        *("close_", "prepare_", "import_", "v12", "v1_2_2", "person_2"),
    ]


def test_no_method_hides_a_type_of_an_annotation() -> None:
    paths = {"/a": {"get": operation("str", "x")}, "/b": {"get": operation("datetime", "x")}}
    assert names_of(paths) == ["x.str_2", "x.datetime_2"]


def test_the_shorter_path_keeps_a_name_whatever_comes_first() -> None:
    paths = {
        "/owners/{id}/pets": {
            "get": operation("getPetsOfOwner", "pets"),
            "post": operation("createPets", "pets"),
        },
        "/pets": {"post": operation("addPet", "pets")},
    }
    assert names_of(paths) == ["pets.get_of_owner", "pets.create_pets", "pets.create"]


def test_what_x_sdk_names_has_no_other_method_and_comes_first() -> None:
    method = {"resource": "pets", "method": "list", "summary": "Show all pets."}
    paths = {
        "/shown": {"get": operation("showPets", "pets", **{"x-sdk": {"methods": [method]}})},
        "/pets": {"get": operation("listPets", "pets")},
    }
    assert names_of(paths) == ["pets.list", "pets.list_pets"]


def test_x_sdk_may_want_no_default_methods() -> None:
    x_sdk = {
        "distribution": "pets",
        "package": "pets",
        "client": "Pets",
        "version": "1.0.0",
        "default_methods": False,
    }
    assert names_of({"/pets": {"get": operation("listPets", "pets")}}, **{"x-sdk": x_sdk}) == []
