"""A fault of a document is reported with its pointer, and no file is written."""

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.__main__ import main
from tests.generator.projects import GOLDEN

TOYS = yaml.safe_load((GOLDEN / "sdk.yaml").read_text(encoding="utf-8"))
Change = Callable[[dict[str, Any]], object]


def getter(*path: str | int) -> Callable[[dict[str, Any]], Any]:
    """Return a function that gets the value at a path of keys."""

    def find(data: Any) -> Any:
        for key in path:
            data = data[key]
        return data

    return find


SCHEMAS = getter("components", "schemas")
MAKE = getter("paths", "/toys", "post")
PRINT = getter("paths", "/labels", "post")
METHOD = getter("paths", "/toys", "post", "x-sdk", "methods", 0)

FAULTS: dict[str, tuple[Change, str, str]] = {
    "swagger": (lambda data: data.pop("openapi"), "#/openapi", "the version of OpenAPI is missing"),
    "3.2": (
        lambda data: data.update(openapi="3.2.0"),
        "#/openapi",
        "OpenAPI version `3.2.0` is not supported",
    ),
    "nothing": (
        lambda data: [data.pop(key) for key in ("paths", "components")],
        "#: ",
        "describes nothing: it has no `paths`",
    ),
    "3.0 without paths": (
        lambda data: [data.update(openapi="3.0.3"), data.pop("paths")],
        "#: ",
        "describes nothing: it has no `paths`",
    ),
    "long name": (
        lambda data: SCHEMAS(data)["Frame"].update(type="x" * 900),
        "#/components/schemas/Frame/type",
        "is not valid under any of the given schemas",
    ),
    "no server": (lambda data: data.update(servers="here"), "#/servers", "here"),
    "wrong type": (lambda data: SCHEMAS(data)["Toy"].update(type="text"), "#/components/schemas/Toy", "text"),
    "ref to nowhere": (
        lambda data: SCHEMAS(data)["Frame"].update(properties={"a": {"$ref": "#/components/schemas/Nil"}}),
        "#/components/schemas/Frame/properties/a/$ref",
        "leads to nothing in this document",
    ),
    "remote ref": (
        lambda data: SCHEMAS(data).update(Far={"$ref": "https://example.com/a.yaml#/b"}),
        "#/components/schemas/Far/$ref",
        "is outside of the document",
    ),
    "file ref": (
        lambda data: SCHEMAS(data).update(Far={"$ref": "other.yaml"}),
        "#/components/schemas/Far/$ref",
        "is outside of the document",
    ),
    "cycle of references": (
        lambda data: SCHEMAS(data).update(
            A={"$ref": "#/components/schemas/B"}, B={"$ref": "#/components/schemas/A"}
        ),
        "#/components/schemas/A/$ref",
        "only leads back to itself",
    ),
    "unknown x-sdk key": (
        lambda data: data["x-sdk"].update(colour="red"),
        "#/x-sdk",
        "'colour' was unexpected",
    ),
    "unknown method key": (
        lambda data: METHOD(data).update(colour="red"),
        "#/paths/~1toys/post/x-sdk/methods/0",
        "'colour' was unexpected",
    ),
    "unknown resource": (
        lambda data: METHOD(data).update(resource="boxes"),
        "#/paths/~1toys/post/x-sdk/methods/0/resource",
        "`boxes` is not a resource",
    ),
    "unknown result": (
        lambda data: METHOD(data).update(results=["Box"]),
        "#/paths/~1toys/post/x-sdk/methods/0/results",
        "`Box` is not a result",
    ),
    "unknown variant": (
        lambda data: METHOD(data).update(variants=["Box"]),
        "#/paths/~1toys/post/x-sdk/methods/0/variants",
        "`Box` is not a component schema",
    ),
    "variant of no body": (
        lambda data: PRINT(data)["x-sdk"]["methods"][0].update(variants=["Frame"]),
        "#/paths/~1labels/post/requestBody",
        "no body may hold it",
    ),
    "method twice": (
        lambda data: METHOD(data).update(method="status"),
        "/x-sdk/methods/0",
        "`toys.status` is there already",
    ),
    "wait for an unknown operation": (
        lambda data: data["x-sdk"]["waits"][0].update(status="ask"),
        "#/x-sdk/waits/0",
        "`ask` is not an operationId",
    ),
    "unknown evidence": (
        lambda data: SCHEMAS(data)["Frame"].update({"x-evidence": "rumour"}),
        "#/components/schemas/Frame/x-evidence",
        "`rumour` is not a label of evidence",
    ),
    "unknown evidence of a property": (
        lambda data: SCHEMAS(data)["Toy"].update({"x-evidence-required": {"name": "rumour"}}),
        "#/components/schemas/Toy/x-evidence-required/name",
        "`rumour` is not a label",
    ),
    "unknown evidence of a default": (
        lambda data: SCHEMAS(data)["Toy"].update({"x-evidence-default": "rumour"}),
        "#/components/schemas/Toy/x-evidence-default",
        "`rumour` is not a label",
    ),
    "allOf that contradicts itself": (
        lambda data: SCHEMAS(data)["Plan"].update(allOf=[{"const": "a"}, {"const": "b"}]),
        "#/components/schemas/Plan",
        "parts of `allOf` contradict each other: `const` has two values",
    ),
    "variant without properties": (
        lambda data: SCHEMAS(data)["Plan"].update(allOf=[{"pattern": "a"}, {"pattern": "b"}]),
        "#/components/schemas/Plan",
        "`Plan` is a variant of a method, and has no properties to be arguments",
    ),
    "allOf leads back": (
        lambda data: SCHEMAS(data).update(
            A={"allOf": [{"$ref": "#/components/schemas/B"}], "type": "object"},
            B={"allOf": [{"$ref": "#/components/schemas/A"}], "type": "object"},
        ),
        "#/components/schemas/A/allOf",
        "leads back to itself",
    ),
    "allOf false": (
        lambda data: SCHEMAS(data)["Plan"].update(allOf=[False]),
        "#/components/schemas/Plan",
        "`allOf` with `false` admits no value",
    ),
    "two keys in one place": (
        lambda data: (
            data["components"]["securitySchemes"].update(other={"type": "http", "scheme": "basic"}),
            data.update(security=[{"bearer": [], "other": []}]),
        ),
        "#/paths/~1toys/post",
        "no keys that a client could send meet `bearer with other`",
    ),
    "challenged key": (
        lambda data: data["components"]["securitySchemes"].update(
            bearer={"type": "http", "scheme": "digest"}
        ),
        "#/paths/~1toys/post",
        "no keys that a client could send meet `bearer`",
    ),
    "parts without names": (
        lambda data: (
            PRINT(data)["x-sdk"]["methods"][0].pop("variants"),
            PRINT(data)["requestBody"].update(content={"multipart/form-data": {"schema": {"type": "array"}}}),
        ),
        "#/paths/~1labels/post/requestBody/content/multipart~1form-data/schema",
        "a part needs a name",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_reported_and_nothing_is_written(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change, pointer, complaint = FAULTS[name]
    data = copy.deepcopy(TOYS)
    change(data)
    spec, out = tmp_path / "api.yaml", tmp_path / "client"
    spec.write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
    assert main(["build", "--spec", str(spec), "--out", str(out)]) == 2
    message = capsys.readouterr().err
    assert message.count("\n") == 1
    assert message.startswith(f"generator: {spec}")
    assert pointer in message
    assert complaint in message
    assert list(tmp_path.iterdir()) == [spec]


def test_the_spec_that_the_faults_are_planted_in_is_sound(tmp_path: Path) -> None:
    spec = tmp_path / "api.yaml"
    spec.write_text(yaml.safe_dump(TOYS, sort_keys=False), encoding="utf-8")
    assert main(["explain", "--spec", str(spec)]) == 0


@pytest.mark.parametrize("command", ["build", "check", "explain"])
def test_a_missing_spec_is_one_clear_line(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "none.yaml"
    assert main([command, "--spec", str(missing)]) == 2
    assert capsys.readouterr().err == (
        f"generator: {missing}: cannot be read: No such file or directory"
        " (name an OpenAPI document with --spec)\n"
    )
