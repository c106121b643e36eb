"""What the other modules expect is what the running client takes: the contract and the code agree."""

import inspect

import pytest

from tests.editor.surfaces import CALLS, SURFACES, Call, Surface, running_resource


@pytest.mark.parametrize("call", CALLS, ids=str)
def test_the_running_method_takes_the_expected_keywords(call: Call) -> None:
    method = getattr(running_resource(call.surface, call.method.resource), call.method.name)
    taken = {
        parameter.name: None if parameter.default is parameter.empty else repr(parameter.default)
        for parameter in inspect.signature(method).parameters.values()
    }
    assert taken == {keyword.name: keyword.default for keyword in call.method.keywords}


@pytest.mark.parametrize("surface", SURFACES, ids=str)
def test_a_surface_has_the_expected_methods(surface: Surface) -> None:
    expected = {(method.resource, method.name) for method in surface.methods}
    resources = {method.resource for method in surface.methods}
    public = {
        (resource, name)
        for resource in resources
        for name, _ in inspect.getmembers(running_resource(surface, resource), callable)
        if not name.startswith("_")
    }
    assert public == expected


def test_every_method_has_a_definition_in_the_source() -> None:
    assert [str(call) for call in CALLS if not call.definitions] == []
