"""What says the same is no change: the same contract, and one that lists the same in another order."""

import random
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.diffing.diff import compare_snapshots, take_snapshot
from generator.diffing.recorder import Snapshot
from generator.spec import is_list, is_object

ROOT = Path(__file__).parents[2]
LIBRARY = Path(__file__).with_name("library.yaml")

# Lists whose order means something: the first server is the default, the first tag names a package, and
# which of two parts of an `allOf` has the last word, is theirs to say. A nameless member of a union is
# named by its place.
ORDERED = {"servers", "tags", "allOf", "variants", "results", "waits", "methods", "base64"}


@cache
def unchanged(spec: Path) -> Snapshot:
    return take_snapshot(spec)


def shuffled(value: Any, order: random.Random, key: str = "") -> Any:
    """The same in another order."""
    if is_object(value):
        keys = list(value)
        order.shuffle(keys)
        return {name: shuffled(value[name], order, name) for name in keys}
    if is_list(value):
        items = [shuffled(item, order) for item in value]
        if key not in ORDERED:
            order.shuffle(items)
        return items
    return value


@pytest.mark.parametrize("spec", [ROOT / "openapi.yaml", LIBRARY], ids=["openapi", "library"])
def test_the_same_contract_is_no_change(spec: Path) -> None:
    assert compare_snapshots(unchanged(spec), unchanged(spec)).changes == ()


@pytest.mark.parametrize("seed", range(3))
def test_another_order_is_no_change(seed: int, tmp_path: Path) -> None:
    given = yaml.safe_load(LIBRARY.read_text(encoding="utf-8"))
    path = tmp_path / "library.yaml"
    mixed = shuffled(given, random.Random(seed))
    path.write_text(yaml.safe_dump(mixed, sort_keys=False), encoding="utf-8")
    assert compare_snapshots(unchanged(LIBRARY), take_snapshot(path)).changes == ()


def test_the_same_by_another_way_is_no_change(tmp_path: Path) -> None:
    text = LIBRARY.read_text(encoding="utf-8")
    path = tmp_path / "library.yaml"
    path.write_text(
        text.replace("weight: {type: number}", "weight: {allOf: [{type: number}]}"), encoding="utf-8"
    )
    comparison = compare_snapshots(unchanged(LIBRARY), take_snapshot(path))
    assert [one.kind for one in comparison.changes] == ["other-change"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("isbn: {type: string}", "isbn: {type: string, minLength: 0}"),
        ("tags: {type: array, items: {}}", "tags: {type: array, items: {}, minItems: 0}"),
        ("properties: {isbn", "minProperties: 0, properties: {isbn"),
        ("tags: {type: array", "tags: {uniqueItems: false, type: array"),
    ],
)
def test_a_rule_that_allows_all_breaks_nothing(old: str, new: str, tmp_path: Path) -> None:
    kinds = changes_of(SMALL, SMALL.replace(old, new), tmp_path)
    assert kinds == {"other-change": "documentation"}


def test_a_key_that_nobody_must_give_breaks_nothing(tmp_path: Path) -> None:
    optional = SMALL.replace("operationId:", "security: [{key: []}, {}]\n      operationId:")
    assert changes_of(SMALL, optional, tmp_path) == {"security-alternative-added": "additive"}
    needed = SMALL.replace("operationId:", "security: [{key: []}]\n      operationId:")
    assert changes_of(needed, SMALL, tmp_path) == {"security-removed": "additive"}
    assert changes_of(SMALL, needed, tmp_path) == {"security-added": "breaking"}


def test_members_of_any_type_break_nothing(tmp_path: Path) -> None:
    typed = SMALL.replace("In: {type: object,", "In: {type: object, additionalProperties: {type: string},")
    assert changes_of(typed, SMALL, tmp_path) == {"request-additional-properties-opened": "additive"}


SMALL = """
openapi: 3.1.0
info: {title: Small, version: "1"}
servers: [{url: "http://127.0.0.1:9"}]
paths:
  /a:
    post:
      operationId: a
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/In"}}}}
      responses: {"204": {description: Done.}}
components:
  securitySchemes: {key: {type: http, scheme: bearer}}
  schemas:
    In: {type: object, properties: {isbn: {type: string}, tags: {type: array, items: {}}}}
"""


def changes_of(old: str, new: str, folder: Path) -> dict[str, str]:
    """The kinds of what changed, each with what it asks of callers."""
    assert new != old
    editions: list[Snapshot] = []
    for name, text in (("old", old), ("new", new)):
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
        editions.append(take_snapshot(folder / f"{name}.yaml"))
    return {one.kind: one.severity.value for one in compare_snapshots(editions[0], editions[1]).changes}


def test_the_built_clients_show_what_no_rule_foresees(tmp_path: Path) -> None:
    text = LIBRARY.read_text(encoding="utf-8")
    inline = "{type: object, required: [number], properties: {number: {type: string}, pin: {type: integer}}}"
    assert text.count(inline) == 1
    named = text.replace(inline, "{$ref: '#/components/schemas/Card'}") + f"    Card: {inline}\n"
    path = tmp_path / "library.yaml"
    path.write_text(named, encoding="utf-8")
    changes = compare_snapshots(unchanged(LIBRARY), take_snapshot(path)).changes
    assert [(one.kind, one.names) for one in changes if one.kind.startswith("client-name")] == [
        ("client-name-removed", ("models.OrderCard",)),
        ("client-name-added", ("models.Card",)),
    ]
