"""What the contract has and no engine does is answered from the contract: a new job, a new path."""

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from eigen_reference.app import create_app
from eigen_reference.engines.engines import Engines
from tests.contract_changes.changes import CHANGES, load
from tests.reference.decoders import wave
from tests.reference.serving import GENERATE, KEY, Server


@pytest.fixture(scope="module")
def contract(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The contract with a new variant and new companions."""
    text = (Path(__file__).parents[2] / "openapi.yaml").read_text(encoding="utf-8")
    for change in CHANGES:
        if change.name in ("a new variant with its method", "a new companion operation"):
            text = change.apply(text)
    path = tmp_path_factory.mktemp("contract") / "openapi.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def server(contract: Path, engines: Engines) -> Server:
    return Server(create_app(contract, engines=engines))


def assert_is(contract: Path, schema: str, instance: Any) -> None:
    components = load(contract.read_text(encoding="utf-8"))["components"]
    validator: Any = Draft202012Validator(
        {"$ref": f"#/components/schemas/{schema}", "components": components}
    )
    validator.validate(instance)


def test_a_new_variant_gets_what_its_method_reads(server: Server) -> None:
    answer = server.json(model="m", melody="do re mi")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "audio/wav")
    assert wave(answer.content)
    assert "no engine does this" in answer.headers["x-reference-note"]


def test_a_new_variant_is_judged_as_every_other(server: Server) -> None:
    answer = server.json(model="m", melody="do re mi", bars=65)
    assert answer.status_code == 400


def test_what_an_engine_does_carries_no_note(server: Server) -> None:
    answer = server.json(model="m", prompt="p", width=512, height=512)
    assert answer.status_code == 200
    assert "x-reference-note" not in answer.headers


def test_a_new_path_by_query_is_answered_with_its_schema(server: Server, contract: Path) -> None:
    answer = server.ask("GET", f"{GENERATE}/voices", params={"voiceId": "v"})
    assert answer.status_code == 200
    assert_is(contract, "VoiceDescription", answer.json())


def test_a_new_path_by_body_is_answered_with_its_schema(server: Server, contract: Path) -> None:
    answer = server.ask("POST", f"{GENERATE}/estimate", json={"model": "m", "characters": 3})
    assert answer.status_code == 200
    assert_is(contract, "PriceAnswer", answer.json())


@pytest.mark.parametrize(
    ("method", "path", "options", "status"),
    [
        ("GET", "/voices", {"params": {"voiceId": "v"}, "headers": {"authorization": "Bearer other"}}, 401),
        ("GET", "/voices", {}, 400),
        ("POST", "/voices", {}, 405),
        ("POST", "/estimate", {"json": {"model": "m"}}, 400),
        ("POST", "/estimate", {"json": {"model": "m", "characters": 0}}, 400),
        ("POST", "/estimate", {"content": b"a", "headers": {**KEY, "content-type": "text/plain"}}, 400),
    ],
)
def test_a_new_path_refuses_as_every_other(
    server: Server, method: str, path: str, options: dict[str, Any], status: int
) -> None:
    assert server.ask(method, f"{GENERATE}{path}", **options).status_code == status
