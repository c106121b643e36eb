"""The names of methods for which `x-sdk` gives none."""

import pytest

from generator.model.operation_names import free_name, list_candidates, read_path, split_words


def name_of(operation_id: str, method: str, path: str, resource: str, *, is_replaced: bool = False) -> str:
    candidates = list_candidates(
        operation_id, method, read_path(path), split_words(resource), is_replaced=is_replaced
    )
    return free_name(candidates, ())


@pytest.mark.parametrize(
    ("operation_id", "method", "path", "resource", "name"),
    [
        # A namespace before a separator, and the author's own name after it.
        ("repos/list-commits", "get", "/repos/{owner}/{repo}/commits", "repos", "list_commits"),
        ("repos/get", "get", "/repos/{owner}/{repo}", "repos", "get"),
        ("code-scanning/get-alert", "get", "/repos/{repo}/alerts/{id}", "code scanning", "get_alert"),
        ("users.list", "get", "/users", "Users", "list"),
        ("petsCreate", "post", "/pets", "pets", "create"),
        # A verb and the noun of the resource.
        ("listPets", "get", "/pets", "pets", "list"),
        ("getPets", "get", "/pets", "pets", "list"),
        ("list_pet", "get", "/pets", "Pets", "list"),
        ("getPetById", "get", "/pets/{petId}", "pet", "get"),
        ("retrieve-a-pet", "get", "/pets/{id}", "Pets", "get"),
        ("addPet", "post", "/pets", "pets", "create"),
        ("editPet", "patch", "/pets/{id}", "pets", "update"),
        ("removePet", "delete", "/pets/{id}", "pets", "delete"),
        ("FetchCall", "get", "/2010-04-01/Calls/{Sid}.json", "call", "get"),
        ("listCategories", "get", "/categories", "category", "list"),
        ("listAddresses", "get", "/addresses", "address", "list"),
        # More words than verb and noun.
        ("getPetPhotos", "get", "/pets/{id}/photos", "pets", "get_photos"),
        ("findNearestVet", "get", "/vets/nearest", "pets", "find_nearest_vet"),
        ("savePetOwner", "put", "/pets/{id}/owner", "pets", "save_pet_owner"),
        ("listPetsByStatus", "get", "/pets/by-status", "pets", "list_by_status"),
        # The resource's name as a verb.
        ("inviteUser", "post", "/invites", "invites", "invite_user"),
        ("search", "get", "/search", "search", "search"),
        # An operationId that a framework made of method and path.
        ("GetPetsPet", "get", "/v1/pets/{pet}", "pets", "get"),
        ("PostPetsPetPhotos", "post", "/v1/pets/{pet}/photos", "pets", "create_photo"),
        ("PostPetsPet", "post", "/v1/pets/{pet}", "pets", "update"),
        ("read_pet_pets__pet_id__get", "get", "/pets/{pet_id}", "pets", "get"),
        ("get_v1_pets", "get", "/v1/pets", "pets", "list"),
        ("get_pets_mine", "get", "/pets/mine", "pets", "get_mine"),
        ("post_pets_id_feed", "post", "/pets/{id}/feed", "pets", "feed"),
        ("post_pets_id_photos_photo_hide", "post", "/pets/{id}/photos/{photo}/hide", "pets", "hide_photo"),
        ("delete_pets_id_photos_photo", "delete", "/pets/{id}/photos/{photo}", "pets", "delete_photo"),
        ("head_pets_id", "head", "/pets/{id}", "pets", "head"),
        ("get", "get", "/", "default", "get"),
        # Names that Python keeps for itself, and names that it does not.
        ("orders/import", "post", "/orders/import", "orders", "import_"),
        ("orders/filter", "post", "/orders/filter", "orders", "filter"),
    ],
)
def test_names_what_users_of_other_clients_expect(
    operation_id: str, method: str, path: str, resource: str, name: str
) -> None:
    assert name_of(operation_id, method, path, resource) == name


@pytest.mark.parametrize(
    ("method", "name"), [("put", "replace"), ("patch", "update"), ("post", "post"), ("delete", "delete")]
)
def test_of_several_ways_to_write_only_patch_is_an_update(method: str, name: str) -> None:
    assert name_of(f"{method}_pets_id", method, "/pets/{id}", "pets", is_replaced=True) == name


def test_a_name_that_is_taken_falls_back_to_the_operation_id_and_then_to_a_number() -> None:
    candidates = list(list_candidates("listPets", "get", read_path("/pets"), ("pets",), is_replaced=False))
    assert free_name(iter(candidates), {"list"}) == "list_pets"
    assert free_name(iter(candidates), {"list", "list_pets"}) == "list_pets_2"
    assert free_name(iter(candidates), {"list", "list_pets", "list_pets_2"}) == "list_pets_3"
