"""Measures the factory: how long a build takes beside the stock tool, how it grows, how large the client is.

Each build is a fresh process. The documents are made here, of constructs that both tools take.
"""

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from .processes import ROOT, Failed, run

ROUNDS = 5
FEW, MANY = 50, 500
CLIENT = ROOT / "generated_client" / "eigen_generate"
BAR_TIME, BAR_GROWTH, BAR_SIZE = 1.5, 1.0, 250_000


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
    _print_size()


def _print_times(folder: Path) -> None:
    rounds = [(time_of_build(ours, FEW, folder), time_of_build(stock, FEW, folder)) for _ in range(ROUNDS)]
    mine, theirs = [one for one, _ in rounds], [other for _, other in rounds]
    print(f"one build of {FEW} operations, seconds, median (least to most) of {ROUNDS}, side by side")
    print(f"  generator               {_spread(mine)}")
    print(f"  openapi-python-client   {_spread(theirs)}")
    ratio = median(one / other for one, other in rounds)
    print(f"  ratio {ratio:.2f} (bar: at most {BAR_TIME}){_verdict(ratio <= BAR_TIME)}")
    many = [time_of_build(ours, MANY, folder) for _ in range(2)]
    growth = (median(many) / MANY) / (median(mine) / FEW)
    print(
        f"{MANY} operations: {_spread(many)} seconds; an operation costs {growth:.2f} of one of {FEW}", end=""
    )
    print(f" (bar: at most {BAR_GROWTH}, linear){_verdict(growth <= BAR_GROWTH)}")


def _spread(seconds: list[float]) -> str:
    return f"{median(seconds):.2f} ({min(seconds):.2f} to {max(seconds):.2f})"


def _verdict(met: bool) -> str:
    return "" if met else " MISSED"


def _print_size() -> None:
    sizes: dict[str, int] = {}
    for path in CLIENT.rglob("*.py"):
        parts = path.relative_to(CLIENT).parts
        room = parts[0] if len(parts) > 1 else "its own modules"
        sizes[room] = sizes.get(room, 0) + path.stat().st_size
    total = sum(sizes.values())
    bar = f"(bar: less than {BAR_SIZE / 1000:.0f}){_verdict(total < BAR_SIZE)}"
    print(f"source of the built client: {total / 1000:.0f} kB {bar}")
    for room, size in sorted(sizes.items(), key=lambda item: -item[1]):
        print(f"  {room:<16} {size / 1000:6.1f} kB")


if __name__ == "__main__":
    main()
