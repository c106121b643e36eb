"""Contracts that mean the same differ in nothing: the same contract, and one in another order."""

import random
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.diffing.diff import compare_snapshots, take_snapshot
from generator.diffing.recorder import Snapshot
from generator.loading.json_data import is_list, is_object

ROOT = Path(__file__).parents[2]
LIBRARY = Path(__file__).with_name("library.yaml")

# Lists whose order has a meaning: the first server is the default, the first tag names a package, and the
# last part of an `allOf` overrides the others. The class of a nameless variant is named after its place.
ORDERED_LISTS = {"servers", "tags", "allOf", "variants", "results", "waits", "methods", "base64"}


@cache
def cached_snapshot(spec: Path) -> Snapshot:
    """Return the snapshot of a contract that no test edits."""
    return take_snapshot(spec)


def in_random_order(value: Any, generator: random.Random, key: str = "") -> Any:
    """Return a value with its keys, and its lists whose order has no meaning, in random order."""
    if is_object(value):
        keys = list(value)
        generator.shuffle(keys)
        return {name: in_random_order(value[name], generator, name) for name in keys}
    if is_list(value):
        items = [in_random_order(item, generator) for item in value]
        if key not in ORDERED_LISTS:
            generator.shuffle(items)
        return items
    return value


@pytest.mark.parametrize("spec", [ROOT / "openapi.yaml", LIBRARY], ids=["openapi", "library"])
def test_the_same_contract_has_no_changes(spec: Path) -> None:
    assert compare_snapshots(cached_snapshot(spec), cached_snapshot(spec)).changes == ()


@pytest.mark.parametrize("seed", range(3))
def test_another_order_has_no_changes(seed: int, tmp_path: Path) -> None:
    path = tmp_path / "library.yaml"
    reordered = in_random_order(yaml.safe_load(LIBRARY.read_text(encoding="utf-8")), random.Random(seed))
    path.write_text(yaml.safe_dump(reordered, sort_keys=False), encoding="utf-8")
    assert compare_snapshots(cached_snapshot(LIBRARY), take_snapshot(path)).changes == ()


def test_another_notation_of_the_same_is_documentation(tmp_path: Path) -> None:
    text = LIBRARY.read_text(encoding="utf-8")
    path = tmp_path / "library.yaml"
    path.write_text(
        text.replace("weight: {type: number}", "weight: {allOf: [{type: number}]}"), encoding="utf-8"
    )
    comparison = compare_snapshots(cached_snapshot(LIBRARY), take_snapshot(path))
    assert [change.kind for change in comparison.changes] == ["other-change"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("isbn: {type: string}", "isbn: {type: string, minLength: 0}"),
        ("tags: {type: array, items: {}}", "tags: {type: array, items: {}, minItems: 0}"),
        ("properties: {isbn", "minProperties: 0, properties: {isbn"),
        ("tags: {type: array", "tags: {uniqueItems: false, type: array"),
    ],
)
def test_a_rule_that_admits_everything_is_documentation(old: str, new: str, tmp_path: Path) -> None:
    severities = severities_by_kind(SMALL, SMALL.replace(old, new), tmp_path)
    assert severities == {"other-change": "documentation"}


def test_an_optional_key_breaks_nothing(tmp_path: Path) -> None:
    optional = SMALL.replace("operationId:", "security: [{key: []}, {}]\n      operationId:")
    assert severities_by_kind(SMALL, optional, tmp_path) == {"security-alternative-added": "additive"}
    required = SMALL.replace("operationId:", "security: [{key: []}]\n      operationId:")
    assert severities_by_kind(required, SMALL, tmp_path) == {"security-removed": "additive"}
    assert severities_by_kind(SMALL, required, tmp_path) == {"security-added": "breaking"}


def test_additional_properties_of_any_type_break_nothing(tmp_path: Path) -> None:
    typed = SMALL.replace("In: {type: object,", "In: {type: object, additionalProperties: {type: string},")
    assert severities_by_kind(typed, SMALL, tmp_path) == {"request-additional-properties-opened": "additive"}


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


def severities_by_kind(old: str, new: str, folder: Path) -> dict[str, str]:
    """Return the kind of each change between two contracts, with its severity."""
    assert new != old
    snapshots: list[Snapshot] = []
    for name, text in (("old", old), ("new", new)):
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
        snapshots.append(take_snapshot(folder / f"{name}.yaml"))
    changes = compare_snapshots(snapshots[0], snapshots[1]).changes
    return {change.kind: change.severity.value for change in changes}


EVENT = "contentSchema: {type: object, required: [a], properties: {a: {type: string}}}"
EVENTS_AS_TEXT = SMALL.replace(
    '"204": {description: Done.}',
    f'"200": {{description: Events., content: {{text/event-stream: {{schema: {{type: string, {EVENT}}}}}}}}}',
)
EVENTS_AS_OBJECTS = EVENTS_AS_TEXT.replace(
    f"type: string, {EVENT}", f"type: [string, object], properties: {{data: {{type: string, {EVENT}}}}}"
)


def test_another_notation_of_events_is_documentation(tmp_path: Path) -> None:
    """Both give the caller the text of the stream, and say the same of the data of an event."""
    severities = severities_by_kind(EVENTS_AS_TEXT, EVENTS_AS_OBJECTS, tmp_path)
    assert severities == {"other-change": "documentation"}


@pytest.mark.parametrize("events", [EVENTS_AS_TEXT, EVENTS_AS_OBJECTS], ids=["text", "objects"])
def test_the_data_of_an_event_are_compared(events: str, tmp_path: Path) -> None:
    optional = events.replace("required: [a]", "required: []")
    severities = severities_by_kind(events, optional, tmp_path)
    assert severities == {"response-property-became-optional": "breaking"}


def test_events_as_objects_in_place_of_a_text_break_callers(tmp_path: Path) -> None:
    as_list = EVENTS_AS_OBJECTS.replace("type: [string, object]", "type: object")
    assert "breaking" in severities_by_kind(EVENTS_AS_TEXT, as_list, tmp_path).values()


def test_the_built_clients_show_what_no_rule_covers(tmp_path: Path) -> None:
    text = LIBRARY.read_text(encoding="utf-8")
    inline = "{type: object, required: [number], properties: {number: {type: string}, pin: {type: integer}}}"
    assert text.count(inline) == 1
    with_component = text.replace(inline, "{$ref: '#/components/schemas/Card'}") + f"    Card: {inline}\n"
    path = tmp_path / "library.yaml"
    path.write_text(with_component, encoding="utf-8")
    changes = compare_snapshots(cached_snapshot(LIBRARY), take_snapshot(path)).changes
    assert [(change.kind, change.names) for change in changes if change.kind.startswith("client-name")] == [
        ("client-name-removed", ("models.OrderCard",)),
        ("client-name-added", ("models.Card",)),
    ]
