"""No document ends in a traceback: golden specs with a node deleted, retyped, repeated or moved."""

import copy
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator import pipeline
from generator.errors import GeneratorError
from generator.loading.json_data import is_list, is_object, object_or_empty

GOLDEN = Path(__file__).parents[1] / "golden"
SPECS = [
    yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in sorted(GOLDEN.glob("*.yaml"))
    if path.stat().st_size < 10_000  # what goes wrong in a large one does so in a small one
]
# What a node is replaced by: every JSON type, wrong lists, references that lead nowhere or elsewhere.
VALUES: list[Any] = [
    *(None, True, 0, -1, 1.5, "", "x", "#/", [], [None], [{}], {}, ["a", "a"], {"a": {"b": {}}}),
    *({"$ref": "#/nope"}, {"$ref": "#"}, {"$ref": "#/paths"}, {"$ref": 5}, {"type": 5}, {"type": "object"}),
]
KEYS = (
    "$ref",
    "type",
    "schema",
    "name",
    "in",
    "items",
    "oneOf",
    "allOf",
    "discriminator",
    "default",
    "security",
)
Place = tuple[str | int, ...]


def paths_of(value: Any, path: Place = ()) -> Iterator[Place]:
    if path:
        yield path
    for key, item in enumerate(value) if is_list(value) else object_or_empty(value).items():
        yield from paths_of(item, (*path, key))


def mutate(document: Any, source: random.Random) -> Any:
    """Return a copy of a document with one to three nodes changed."""
    document = copy.deepcopy(document)
    for _ in range(source.choice((1, 1, 1, 2, 3))):
        paths = list(paths_of(document))
        *place, key = source.choice(paths)
        holder: Any = find(document, place)
        match source.choice(("delete", "replace", "repeat", "move", "rename")):
            case "delete":
                del holder[key]
            case "replace":
                holder[key] = copy.deepcopy(source.choice(VALUES))
            case "repeat" if is_list(holder):
                holder.append(copy.deepcopy(holder[int(key)]))
            case "rename" if is_object(holder):
                holder[source.choice(KEYS)] = holder.pop(str(key))
            case _:
                holder[key] = copy.deepcopy(find(document, source.choice(paths)))
    return document


def find(document: Any, path: Any) -> Any:
    for key in path:
        document = document[key]
    return document


def explain(seed: int, folder: Path) -> str:
    """Explain one document, and return its fault; empty if it has none."""
    source = random.Random(seed)
    spec = folder / "mutated.json"
    spec.write_text(json.dumps(mutate(source.choice(SPECS), source)), encoding="utf-8")
    try:
        pipeline.explain(spec)
    except GeneratorError as error:
        return str(error)
    except Exception as error:
        error.add_note(f"seed {seed}")
        raise
    return ""


def check(seeds: range, folder: Path) -> None:
    """Check that each fault has one line, and does not blame the generator."""
    for seed in seeds:
        fault = explain(seed, folder)
        assert "\n" not in fault, f"seed {seed}"
        assert "fault of the generator" not in fault, f"seed {seed}"


@pytest.mark.parametrize("first_seed", range(0, 30, 10))
def test_a_mutated_document_ends_in_a_client_or_a_fault(first_seed: int, tmp_path: Path) -> None:
    check(range(first_seed, first_seed + 10), tmp_path)


@pytest.mark.deep
@pytest.mark.parametrize("first_seed", range(1000, 2000, 100))
def test_many_mutated_documents_end_in_a_client_or_a_fault(first_seed: int, tmp_path: Path) -> None:
    check(range(first_seed, first_seed + 100), tmp_path)
