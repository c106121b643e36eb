"""A document without `x-sdk`: what is refused is left out and reported, and the rest is built."""

from pathlib import Path
from typing import Any

import pytest

from generator.__main__ import main
from generator.errors import GeneratorError
from generator.loading.document import Document
from generator.loading.json_data import resolve
from generator.loading.reading import load_document
from generator.validation.pruning import part_of, remove_faulty_parts

HEAD = """
openapi: 3.1.0
info: {title: Half, version: '1'}
paths:
  /good: {get: {operationId: good, tags: [all], responses: {'204': {description: Fine.}}}}
"""
BAD = {
    "lint": "/bad: {get: {operationId: bad, parameters: [{name: a, in: query, schema: {$dynamicRef: '#a'}}], "
    "responses: {}}}",
    "lowering": "/bad: {get: {operationId: bad, parameters: [{name: a, in: query, schema: "
    "{allOf: [{type: string}, {type: integer}]}}], responses: {}}}",
    "generating": "/bad: {get: {operationId: bad, requestBody: {content: {multipart/form-data: "
    "{schema: {type: string}}}}, responses: {}}}",
}


@pytest.mark.parametrize("step", BAD)
def test_builds_the_rest_and_lists_what_is_left_out(
    step: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spec, out = tmp_path / "half.yaml", tmp_path / "client"
    spec.write_text(f"{HEAD}  {BAD[step]}\n")
    assert main(["build", "--strict", "--spec", str(spec), "--out", str(out)]) == 2
    assert not out.exists()
    capsys.readouterr()
    assert main(["build", "--spec", str(spec), "--out", str(out)]) == 0
    told = capsys.readouterr().err.splitlines()
    assert told[0].startswith(f"generator: left out #/paths/~1bad/get: {spec}:6")
    assert told[1:] == [f"generator: 1 operations are not in {out}"]
    assert list((out / "half" / "api").rglob("good.py"))
    assert not list(out.rglob("bad.py"))


def test_keeping_on_and_being_strict_at_once_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", "--keep-going", "--strict", "--out", str(tmp_path / "client")]) == 2
    assert "--keep-going and --strict contradict each other" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["explain", "diff"])
def test_other_commands_leave_the_same_parts_out(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = tmp_path / "half.yaml"
    spec.write_text(f"{HEAD}  {BAD['lowering']}\n")
    monkeypatch.chdir(tmp_path)  # a command that empties its folder would empty this one
    arguments = ["explain", "--spec", str(spec)] if command == "explain" else ["diff", str(spec), str(spec)]
    assert main(arguments) == 0
    if command == "explain":
        assert "#/paths/~1bad/get\n    left out: " in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == [spec]


def test_a_fault_of_the_whole_document_builds_nothing(tmp_path: Path) -> None:
    spec = tmp_path / "half.yaml"
    spec.write_text(HEAD.replace("3.1.0", "3.2.0"))
    assert main(["build", "--keep-going", "--spec", str(spec), "--out", str(tmp_path / "client")]) == 2
    assert list(tmp_path.iterdir()) == [spec]


def pruned(*pointers: str) -> tuple[Document, list[str]]:
    data: dict[str, Any] = {
        "paths": {
            "/a": {"get": {"x": {"$ref": "#/components/schemas/Outer"}}, "put": {"security": [{"Key": []}]}},
            "/b": {"parameters": [], "get": {}, "put": {}},
        },
        "components": {
            "schemas": {
                "Outer": {"x": {"$ref": "#/components/schemas/Inner/properties/i"}},
                "Inner": {},
                "Alone": {},
            },
            "securitySchemes": {"Key": {}},
        },
    }
    faults = [GeneratorError("no", pointer=pointer) for pointer in pointers]
    document, removed_parts = remove_faulty_parts(Document(Path("a"), data, {}), faults)
    return document, [part.pointer for part in removed_parts]


@pytest.mark.parametrize(
    ("fault", "refused"),
    [
        ("/components/schemas/Inner/properties/i", ["/paths/~1a/get"]),
        ("/components/securitySchemes/Key", ["/paths/~1a/put"]),
        ("/components/schemas/Alone", ["/components/schemas/Alone"]),
        ("/paths/~1b/parameters/0", ["/paths/~1b/get", "/paths/~1b/put"]),
    ],
)
def test_operations_that_need_a_faulty_part_are_removed_with_it(fault: str, refused: list[str]) -> None:
    document, removed_pointers = pruned(fault)
    assert removed_pointers == refused
    parent, _, token = part_of(fault).rpartition("/")
    assert token.replace("~1", "/") not in resolve(document.data, parent) or fault.startswith("/paths")


def test_a_fault_outside_of_all_parts_is_raised() -> None:
    with pytest.raises(GeneratorError, match="no"):
        pruned("/info/title")


def test_admits_faults_that_change_nothing(tmp_path: Path) -> None:
    spec = tmp_path / "harmless.yaml"
    spec.write_text(
        HEAD.replace("3.1.0", "3.0.3")
        + "components: {schemas: {A: {enum: [a, a]}, B: {anyOf: [{type: 'null'}, {type: string}]}}}\n"
    )
    assert main(["explain", "--spec", str(spec)]) == 0
    assert load_document(spec).data["components"]["schemas"]["A"] == {"enum": ["a", "a"]}
