"""`diff` builds as `build` does: what cannot be built is left out and listed, or with --strict an error."""

import json
from pathlib import Path

import pytest

from generator.__main__ import main

CONTRACT = """
openapi: 3.1.0
info: {title: Small, version: "1"}
servers: [{url: "http://127.0.0.1:9"}]
paths:
  /good:
    get: {operationId: good, responses: {"204": {description: Done.}}}
  /odd:
    get:
      operationId: odd
      responses: {"200": {description: Done., content: {application/json: {schema: SCHEMA}}}}
"""
GOOD = "{type: string}"
# Nothing carries it: it is refused when the client is built.
REFUSED = "{$ref: 'https://elsewhere.example/schema.json'}"

X_SDK = "x-sdk: {distribution: small, package: small, client: Small, version: 0.1.0}\n"


@pytest.fixture
def contracts(tmp_path: Path) -> list[str]:
    """The paths of a contract that can be built, and of one of which an operation is refused."""
    paths = [tmp_path / "old.yaml", tmp_path / "new.yaml"]
    for path, schema in zip(paths, (GOOD, REFUSED), strict=True):
        path.write_text(CONTRACT.replace("SCHEMA", schema), encoding="utf-8")
    return list(map(str, paths))


def test_a_part_that_is_left_out_is_listed(contracts: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", *contracts, "--json"]) == 1
    captured = capsys.readouterr()
    report = json.loads(captured.out)
    assert [part["pointer"] for part in report["new"]["left_out"]] == ["/paths/~1odd/get"]
    assert report["old"]["left_out"] == []
    # The operation, and the resource that had only its method.
    kinds = [change["kind"] for change in report["changes"]]
    assert kinds == ["client-name-removed", "operation-removed"]
    assert captured.err.startswith(f"generator: left out {contracts[1]} #/paths/~1odd/get: ")
    assert captured.err.count("\n") == 1


def test_strict_refuses_it(contracts: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", *contracts, "--strict"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(f"generator: {contracts[1]}:")


def test_a_contract_with_x_sdk_needs_keep_going(contracts: list[str]) -> None:
    for contract in contracts:
        path = Path(contract)
        path.write_text(path.read_text(encoding="utf-8") + X_SDK, encoding="utf-8")
    assert main(["diff", *contracts]) == 2
    assert main(["diff", *contracts, "--keep-going"]) == 1


def test_keep_going_and_strict_contradict_each_other(
    contracts: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", *contracts, "--keep-going", "--strict"]) == 2
    assert "contradict each other" in capsys.readouterr().err
