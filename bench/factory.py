"""Measures the factory: how long a build takes beside the stock tool, how it grows, how large the client is.

Each build is a fresh process. Most documents are made here, of constructs that both tools take; three are of
others, and come from npm.
"""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from constructs.documents.fetching import Source, fetch

from .bars import OURS, figures, load_rows
from .processes import ROOT, Failed, run
from .series import Series

ROUNDS, MANY_ROUNDS = 9, 3
FEW, MANY = 50, 500
CLIENT = ROOT / "generated_client" / "eigen_generate"
# Documents that the stock tool builds whole, small and large, of YAML and of JSON.
OTHERS_ROUNDS = 3
OTHERS = (
    Source("npm", "@figma/rest-api-spec@0.43.0", "openapi/openapi.yaml"),
    Source("npm", "@readme/oas-examples@8.2.2", "3.0/json/star-trek.json"),
    Source("npm", "@octokit/openapi@23.0.2", "generated/api.github.com.json"),
)


def made_document(operations: int) -> dict[str, Any]:
    """A document of that many operations, each with a body, a query parameter and two models of its own."""
    schemas: dict[str, Any] = {}
    paths: dict[str, Any] = {}
    for number in range(operations):
        schemas[f"Order{number}"] = _object("title", copies={"type": "integer"}, note={"type": "string"})
        schemas[f"Receipt{number}"] = _object("id", total={"type": "number"}, paid={"type": "boolean"})
        paths[f"/orders/{number}"] = {"post": _operation(number)}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Made", "version": "1"},
        "servers": [{"url": "http://127.0.0.1:9"}],
        "paths": paths,
        "components": {"schemas": schemas},
    }


def _object(required: str, **members: dict[str, str]) -> dict[str, Any]:
    return {"type": "object", "required": [required], "properties": {required: {"type": "string"}, **members}}


def _operation(number: int) -> dict[str, Any]:
    def content(name: str) -> dict[str, Any]:
        return {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}{number}"}}}

    return {
        "operationId": f"order{number}",
        "tags": [f"part{number % 10}"],
        "parameters": [{"name": "urgent", "in": "query", "schema": {"type": "boolean"}}],
        "requestBody": {"required": True, "content": content("Order")},
        "responses": {"200": {"description": "Done.", "content": content("Receipt")}},
    }


def ours(spec: Path, out: Path) -> None:
    """Build with the factory: format, smoke test and all."""
    run("-m", "generator", "build", "--spec", str(spec), "--out", str(out))


def stock(spec: Path, out: Path) -> None:
    """Build with openapi-python-client as it comes, its own formatting included."""
    run(
        "-m",
        "openapi_python_client",
        "generate",
        "--path",
        str(spec),
        "--output-path",
        str(out),
        "--overwrite",
    )


def time_of_build(build: Callable[[Path, Path], None], operations: int, folder: Path) -> float:
    """Seconds of one build of a made document."""
    spec = folder / f"made-{operations}.json"
    spec.write_text(json.dumps(made_document(operations)), encoding="utf-8")
    begin = perf_counter()
    build(spec, folder / f"{build.__name__}-{operations}")
    return perf_counter() - begin


def main() -> None:
    """Measure and print, each figure beside its bar. Raises Failed if a build fails."""
    try:
        run("-c", "import openapi_python_client, openapi_spec_validator, ruff")
    except Failed as reason:
        raise Failed(
            f"the factory's packages are not installed (dependency group `generator`): {reason}"
        ) from None
    with tempfile.TemporaryDirectory(prefix="bench-factory-") as folder:
        _print_times(Path(folder))
        _print_times_of_others(Path(folder))
    _print_size()


def _print_times(folder: Path) -> None:
    for build in (ours, stock):  # not counted: the first run of all writes bytecode
        time_of_build(build, FEW, folder)
    rounds = [(time_of_build(ours, FEW, folder), time_of_build(stock, FEW, folder)) for _ in range(ROUNDS)]
    mine, theirs = [one for one, _ in rounds], [other for _, other in rounds]
    print(f"one build of {FEW} operations, seconds, median (least to most) of {ROUNDS}, side by side")
    print(f"  generator               {_spread(mine)}")
    print(f"  openapi-python-client   {_spread(theirs)}")
    _judge("factory.build", [one / other for one, other in rounds])
    many = [time_of_build(ours, MANY, folder) for _ in range(MANY_ROUNDS)]
    print(f"one build of {MANY} operations: {_spread(many)} seconds")
    _judge("factory.growth", [(one / MANY) / (median(mine) / FEW) for one in many])


def _print_times_of_others(folder: Path) -> None:
    """Print how long an operation of each document takes both tools. Raises Failed without npm."""
    ratios: list[float] = []
    print("builds of documents of others, milliseconds an operation: generator, openapi-python-client")
    for source in OTHERS:
        try:
            spec = fetch(source)
        except (OSError, subprocess.SubprocessError) as reason:
            raise Failed(f"{source.package} cannot be fetched by npm: {reason}") from None
        rounds = [
            (time_of_operation(ours, spec, folder), time_of_operation(stock, spec, folder))
            for _ in range(OTHERS_ROUNDS)
        ]
        mine, theirs = [1000 * one for one, _ in rounds], [1000 * other for _, other in rounds]
        print(f"  {source.package:<34} {_spread(mine)}, {_spread(theirs)}")
        ratios += [one / other for one, other in rounds]
    _judge("factory.documents", ratios)


def time_of_operation(build: Callable[[Path, Path], None], spec: Path, folder: Path) -> float:
    """Seconds of one build of a document, for each operation that the client then has."""
    out = folder / f"{build.__name__}-{spec.parent.name}"
    shutil.rmtree(out, ignore_errors=True)
    begin = perf_counter()
    build(spec, out)
    seconds = perf_counter() - begin
    modules = [path for path in out.glob("*/api/*/*.py") if path.name != "__init__.py"]
    if not modules:
        raise Failed(f"{build.__name__} built no operation of {spec.name}")
    return seconds / len(modules)


def _spread(values: Sequence[float]) -> str:
    if len(values) == 1:
        return f"{values[0]:.1f}"
    return f"{median(values):.2f} ({min(values):.2f} to {max(values):.2f})"


def _judge(id_: str, values: Sequence[float]) -> None:
    """Print a figure beside the bar of its row."""
    row = next(row for row in load_rows() if row.id == id_)
    verdict = "" if figures([row], [Series(row.id, OURS, tuple(values))])[0].holds else " MISSED"
    print(f"  {row.title}: {_spread(values)} {row.unit} (bar: {row.bar}){verdict}")


def _print_size() -> None:
    sizes: dict[str, int] = {}
    for path in CLIENT.rglob("*.py"):
        parts = path.relative_to(CLIENT).parts
        room = parts[0] if len(parts) > 1 else "its own modules"
        sizes[room] = sizes.get(room, 0) + path.stat().st_size
    _judge("factory.size", [sum(sizes.values()) / 1000])
    for room, size in sorted(sizes.items(), key=lambda item: -item[1]):
        print(f"    {room:<16} {size / 1000:6.1f} kB")


if __name__ == "__main__":
    main()
