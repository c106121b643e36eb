"""Going through decoded JSON by pointers."""

import pytest

from generator.loading.json_data import escape, follow_reference, resolve, unescape, walk_objects


def test_pointers_are_escaped_as_rfc_6901_says() -> None:
    data = {"a/b": [{"c~d": 1}]}
    assert resolve(data, "/a~1b/0/c~0d") == 1
    assert [pointer for pointer, _ in walk_objects(data)] == ["", "/a~1b/0"]


@pytest.mark.parametrize("key", ["a/b", "c~d", "~1", "~0~", ""])
def test_unescape_undoes_escape(key: str) -> None:
    assert unescape(escape(key)) == key


@pytest.mark.parametrize("pointer", ["/a~1b/1", "/none", "/a~1b/x", "/a~1b/0/c~0d/e"])
def test_resolve_raises_key_error_where_nothing_stands(pointer: str) -> None:
    with pytest.raises(KeyError):
        resolve({"a/b": [{"c~d": 1}]}, pointer)


def test_references_are_followed_to_the_end() -> None:
    document = {"a": {"$ref": "#/b"}, "b": {"$ref": "#/c/0"}, "c": [{"type": "string"}]}
    assert follow_reference(document, document["a"]) == {"type": "string"}
    assert follow_reference(document, None) == {}
