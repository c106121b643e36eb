"""Before the first call, an editor shows where everything is."""

import pytest

import eigen_generate
from tests.editor.conftest import ShowSurface
from tests.editor.documents import NamesDocument
from tests.editor.editors import Editor
from tests.editor.expected import ATTRIBUTES, CLIENT, RESOURCES, STREAMS
from tests.editor.surfaces import SURFACES, Surface

# README.md and docs/configuration.md name them.
CLIENT_ATTRIBUTES = frozenset({*RESOURCES, "prepare", "streaming", "with_options", "close"})
CONSTRUCTOR = frozenset({"api_key=", "base_url=", "timeout=", "max_retries=", "http_client="})

every_surface = pytest.mark.parametrize("surface", SURFACES, ids=str)


@every_surface
def test_completion_offers_what_the_client_has(
    surface: Surface, editor: Editor, show_surface: ShowSurface
) -> None:
    document = show_surface(surface)
    expected = frozenset(RESOURCES) if surface.group else CLIENT_ATTRIBUTES
    assert expected - editor.completions(document, document.group) == set()


@pytest.mark.parametrize("resource", RESOURCES)
@every_surface
def test_completion_offers_the_methods_of_a_resource(
    surface: Surface, resource: str, editor: Editor, show_surface: ShowSurface
) -> None:
    document = show_surface(surface)
    methods = {method.name for method in surface.methods if method.resource == resource}
    assert methods - editor.completions(document, document.resources[resource]) == set()


def test_completion_offers_the_names_of_the_package(editor: Editor, names: NamesDocument) -> None:
    offered = editor.completions(names, names.root)
    results = {*ATTRIBUTES, *(f"Async{stream}" for stream in STREAMS)}
    assert {CLIENT, f"Async{CLIENT}", f"{CLIENT}Error"} - offered == set()
    assert results - offered == set()
    assert set(eigen_generate.__all__) - offered == set()


@pytest.mark.parametrize("client", [CLIENT, f"Async{CLIENT}"])
def test_completion_offers_the_arguments_of_the_client(
    client: str, editor: Editor, names: NamesDocument
) -> None:
    assert CONSTRUCTOR - editor.completions(names, names.constructors[client]) == set()
