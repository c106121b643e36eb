"""The built client sends all fields of every job at once, with values that are easily spoilt."""

from typing import Any

import pytest

from calling import Method, arguments
from drawing import ODD_TEXTS
from eigen_contract.compose import Upload
from eigen_contract.media import png
from eigen_contract.oracle import Oracle
from eigen_contract.shapes import members
from eigen_contract.spec import Contract, Document, Variant
from eigen_contract.wire import is_binary, kinds_of
from test_client_sends import SERVED, assert_arrived, sent_by

CONTRACT = Contract.load()
ODD: dict[str, tuple[Any, ...]] = {
    "string": ("".join(ODD_TEXTS),),
    "number": (15, 0.1234567890123, -1e-7),
    "integer": (),
    "boolean": (True, False),
    "object": ({},),
}
"""Values by type: a text with all that is odd, and numbers that rounding or a float would change."""
ROUNDS = range(3)


def odd_value(schema: Document, turn: int) -> Any:
    """Make a value of a field, another one each turn."""
    node, _ = CONTRACT.follow(schema)
    if is_binary(node):
        return Upload("ä b.png", "image/png", png(8, 8) + b"\r\n\n")
    if "items" in node:
        return [odd_value(node["items"], turn)] * (turn + 1)
    (kind, *_) = sorted(kinds_of(node, CONTRACT))
    choices = ODD[kind] or (node.get("minimum", 1), node.get("maximum", 99))
    return choices[turn % len(choices)]


def all_fields(method: Method, variant: Variant, turn: int) -> dict[str, Any]:
    """Fill every field of a variant, except those that exclude a field that is there."""
    fields = {name: schema for name, schema in variant.properties.items() if schema is not False}
    groups: list[list[str]] = method.document.get("exclusive", [])
    for group in groups:
        present = [name for name in group if name in fields]
        kept = present[turn % len(present)] if present else ""
        fields = {name: schema for name, schema in fields.items() if name not in present or name == kept}
    return {name: odd_value(members(schema), turn) for name, schema in fields.items()}


@pytest.mark.parametrize("turn", ROUNDS)
@pytest.mark.parametrize(("method", "variant"), SERVED)
@pytest.mark.parametrize("asynchronous", [False, True], ids=["sync", "async"])
def test_odd_values_arrive_in_every_field(
    method: Method, variant: Variant, turn: int, asynchronous: bool, oracle: Oracle
) -> None:
    values = all_fields(method, variant, turn)
    wire = oracle.judge(sent_by(method, arguments(values), asynchronous=asynchronous)).wire
    assert wire is not None
    assert_arrived(values, wire)
