"""An operation that is sent to another host breaks callers, wherever its server is named."""

import copy
from typing import Any

import pytest

from tests.diffing.schema_pairs import severities_by_kind

DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Small", "version": "1"},
    "servers": [{"url": "https://one.example/v1"}],
    "paths": {"/a": {"get": {"operationId": "a", "responses": {"204": {"description": "Done."}}}}},
}
OTHER_HOST = {"url": "https://two.example/v1"}


def with_servers(*, operation: Any = None, path: Any = None, root: Any = None) -> dict[str, Any]:
    """Return the document with servers at the operation, at its path and at the root."""
    document = copy.deepcopy(DOCUMENT)
    for holder, server in (
        (document["paths"]["/a"]["get"], operation),
        (document["paths"]["/a"], path),
        (document, root),
    ):
        if server is not None:
            holder["servers"] = [server]
    return document


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (with_servers(), with_servers(operation=OTHER_HOST)),
        (with_servers(), with_servers(path=OTHER_HOST)),
        (with_servers(path={"url": "/v1"}), with_servers(path={"url": "https://two.example"})),
        (with_servers(operation=OTHER_HOST), with_servers(path={"url": "https://three.example"})),
        (
            with_servers(path=OTHER_HOST),
            with_servers(path=OTHER_HOST, operation={"url": "http://one.example"}),
        ),
        (
            with_servers(operation={"url": "https://{r}.example", "variables": {"r": {"default": "eu"}}}),
            with_servers(operation={"url": "https://{r}.example", "variables": {"r": {"default": "us"}}}),
        ),
    ],
)
def test_another_host_is_breaking_both_ways(old: dict[str, Any], new: dict[str, Any]) -> None:
    assert severities_by_kind(old, new) == {"operation-server-changed": "breaking"}
    assert severities_by_kind(new, old) == {"operation-server-changed": "breaking"}


def test_another_path_on_the_same_host_is_another_address() -> None:
    new = with_servers(operation={"url": "https://one.example/v2"})
    assert severities_by_kind(with_servers(), new) == {"operation-moved": "additive"}
    assert severities_by_kind(with_servers(), with_servers(path={"url": "/v2"})) == {
        "operation-moved": "additive"
    }


@pytest.mark.parametrize("server", [{"url": "https://one.example/v1/"}, {"url": "/v1"}])
def test_the_same_address_at_another_place_is_documentation(server: dict[str, Any]) -> None:
    for new in (with_servers(operation=server), with_servers(path=server)):
        assert set(severities_by_kind(with_servers(), new).values()) == {"documentation"}


def test_a_new_server_of_the_document_is_one_change() -> None:
    new = with_servers(root=OTHER_HOST)
    assert severities_by_kind(with_servers(), new) == {"server-default-changed": "breaking"}
    own = {"operation": {"url": "https://three.example"}}
    assert severities_by_kind(with_servers(**own), with_servers(**own, root=OTHER_HOST)) == {
        "server-default-changed": "breaking"
    }


def test_relative_servers_are_compared() -> None:
    old, new = with_servers(root={"url": "/v1"}), with_servers(root={"url": "/v2"})
    assert severities_by_kind(old, new) == {"server-default-changed": "breaking"}
