"""The built client sends a file whole and under a name, however the caller hands it over."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from calling import Method, methods
from eigen_contract.media import png
from eigen_contract.oracle import Oracle
from eigen_contract.scenarios.walk import smallest
from eigen_contract.shapes import members
from eigen_contract.spec import Contract, Variant
from eigen_contract.wire import is_binary
from test_client_sends import sent_by

CONTRACT = Contract.load()
NAME = "source.png"
WAYS = ("a path", "a path as text", "bytes", "a stream")


def takes_files(schema: Any) -> bool:
    declared = members(schema)
    return is_binary(declared) or is_binary(members(declared.get("items")))


FIELDS = [
    pytest.param(method, variant, field, id=f"{method}-{field}")
    for method in methods(CONTRACT)
    for body in method.operation.bodies.values()
    for variant in body.variants
    if variant in method.variants
    for field, schema in variant.properties.items()
    if takes_files(schema)
]


def handed(way: str, path: Path) -> Any:
    """Hand a file over in one of the ways in which callers have it."""
    if way == "a path":
        return path
    if way == "a path as text":
        return str(path)
    return path.read_bytes() if way == "bytes" else BytesIO(path.read_bytes())


def texts_of(variant: Variant) -> dict[str, Any]:
    """Return what a variant requires beside files."""
    texts = smallest(CONTRACT, variant)
    return {name: value for name, value in texts.items() if not takes_files(variant.properties[name])}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("method", "variant", "field"), FIELDS)
def test_a_file_arrives_however_it_is_handed_over(
    method: Method, variant: Variant, field: str, way: str, tmp_path: Path, oracle: Oracle
) -> None:
    path = tmp_path / NAME
    path.write_bytes(png(8, 8))
    file = handed(way, path)
    several = not is_binary(variant.properties[field])
    needed = {name for name in variant.required - {field} if takes_files(variant.properties[name])}
    values = {**texts_of(variant), **dict.fromkeys(needed, path), field: [file] if several else file}
    wire = oracle.judge(sent_by(method, values)).wire
    assert wire is not None
    (part,) = wire.files[field]
    assert part.data == path.read_bytes()
    assert part.filename == NAME if way.startswith("a path") else part.filename
