"""At every method of every surface, an editor shows what the contract says about it.

`pytest --collect-only tests/editor` lists the methods and the checks.
"""

import re

import pytest

from tests.editor.conftest import ShowSurface
from tests.editor.editors import Editor, Parameter
from tests.editor.expected import ATTRIBUTES, STREAMS, Keyword, Overload
from tests.editor.surfaces import CALLS, SURFACES, Call, Surface

every_call = pytest.mark.parametrize("call", CALLS, ids=str)
OVERLOADED = [
    (call, overload) for call in CALLS if not call.surface.group for overload in call.method.overloads
]


def _result_name(call: Call, result: str) -> str:
    return f"Async{result}" if call.surface.is_async and result in STREAMS else result


@every_call
def test_completion_offers_every_keyword(call: Call, editor: Editor, show_surface: ShowSurface) -> None:
    document = show_surface(call.surface)
    offered = editor.completions(document, document.calls[call].parentheses)
    assert {f"{keyword.name}=" for keyword in call.method.keywords} - offered == set()


@every_call
def test_completion_offers_a_half_typed_keyword(
    call: Call, editor: Editor, show_surface: ShowSurface
) -> None:
    document = show_surface(call.surface)
    cursors = document.calls[call].half_typed
    missing = {
        keyword
        for keyword, cursor in cursors.items()
        if f"{keyword}=" not in editor.completions(document, cursor)
    }
    assert missing == set()


@every_call
def test_signature_help_shows_annotations_and_defaults(
    call: Call, editor: Editor, show_surface: ShowSurface
) -> None:
    document = show_surface(call.surface)
    signatures = editor.signatures(document, document.calls[call].parentheses)
    # Prepared and streamed calls have one result, so they need no overloads.
    selecting = set[str]() if call.surface.group else {overload.keyword for overload in call.method.overloads}
    shows_overloads = editor.shows_async_overloads or not call.surface.is_async
    assert len(signatures) >= (2 if selecting and shows_overloads else 1)
    for signature in signatures:
        parameters = {parameter.name: parameter for parameter in signature}
        assert {keyword.name for keyword in call.method.keywords} - parameters.keys() == set()
        faults = [
            fault
            for keyword in call.method.keywords
            for fault in _faults(parameters[keyword.name], keyword, selects=keyword.name in selecting)
        ]
        assert faults == []


def _faults(parameter: Parameter, keyword: Keyword, *, selects: bool) -> list[str]:
    """Say what is wrong with a shown parameter; one that selects an overload is narrower in each of them."""
    words = set(re.findall(r"\w+", parameter.annotation or ""))
    if selects and (words & {"Literal", "bool"}):
        return []
    missing = sorted(keyword.types - words)
    faults = [f"{keyword.name}: no {word} in {parameter.annotation}" for word in missing]
    if parameter.annotation in (None, "Any", "Unknown"):
        faults.append(f"{keyword.name}: {parameter.annotation} in place of a type")
    if parameter.default != keyword.default:
        faults.append(f"{keyword.name}: default {parameter.default} in place of {keyword.default}")
    return faults


@every_call
def test_hover_documents_every_argument(call: Call, editor: Editor, show_surface: ShowSurface) -> None:
    document = show_surface(call.surface)
    lines = [line.strip() for line in editor.documentation(document, document.calls[call].name)]
    undocumented = {
        keyword.name
        for keyword in call.method.keywords
        if not any(line.startswith(f"{keyword.name}: ") for line in lines)
    }
    assert undocumented == set()
    text = " ".join(" ".join(lines).split())
    misdescribed = {
        keyword.name
        for keyword in call.method.keywords
        if keyword.descriptions
        and not any(f"{keyword.name}: {description}" in text for description in keyword.descriptions)
    }
    assert misdescribed == set()


@every_call
def test_definition_is_the_method_of_the_resource(
    call: Call, editor: Editor, show_surface: ShowSurface
) -> None:
    document = show_surface(call.surface)
    definitions = editor.definitions(document, document.calls[call].name)
    assert definitions
    assert definitions <= call.definitions


@every_call
def test_completion_offers_attributes_of_the_result(
    call: Call, editor: Editor, show_surface: ShowSurface
) -> None:
    document = show_surface(call.surface)
    attributes = call.common_attributes or frozenset[str]().union(
        *(ATTRIBUTES[result] for result in call.method.results)
    )
    assert attributes - editor.completions(document, document.calls[call].result_attribute) == set()


@pytest.mark.parametrize(("call", "overload"), OVERLOADED, ids=str)
def test_an_overload_has_its_own_result(
    call: Call, overload: Overload, editor: Editor, show_surface: ShowSurface
) -> None:
    document = show_surface(call.surface)
    types = editor.types(document, document.calls[call].overloaded[overload])
    result = _result_name(call, overload.result)
    if editor.evaluates_literals:
        assert types == {result}
    else:
        assert types == {result, *call.method.results}


@pytest.mark.parametrize("surface", SURFACES, ids=str)
def test_completion_offers_what_an_opened_stream_has(
    surface: Surface, editor: Editor, show_surface: ShowSurface
) -> None:
    document = show_surface(surface)
    expected = {"save", "close", "result"} if surface.group else {"save", "close", "as_wav", "events"}
    missing = {
        call: expected - editor.completions(document, cursor) for call, cursor in document.opened.items()
    }
    assert missing == {call: set[str]() for call in missing}
    assert bool(missing) == (surface.group in ("", "streaming"))
