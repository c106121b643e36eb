"""A body is one variant's or nobody's: the members of each content type's `oneOf` do not overlap.

The proof of decision 4 in `docs/decisions/`: every combination of the fields that tell jobs apart is tried.
"""

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema_rs import Draft202012Validator

SPEC: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parents[2] / "openapi.yaml").read_text(encoding="utf-8")
)
BODIES: dict[str, dict[str, Any]] = SPEC["paths"]["/api/v1/generate"]["post"]["requestBody"]["content"]

SCHEMAS: dict[str, dict[str, Any]] = SPEC["components"]["schemas"]


def telling() -> dict[str, Any]:
    """Give the fields that tell jobs apart, those to which any variant is closed, each with a valid value."""
    fields = [pair for schema in SCHEMAS.values() for pair in schema.get("properties", {}).items()]
    closed = {name for name, declared in fields if declared is False}
    return {name: valid(next(one for key, one in fields if key == name and one)) for name in sorted(closed)}


def valid(declared: dict[str, Any]) -> Any:
    """Give a value that a declared field may have."""
    if declared["type"] == "array":
        return [valid(declared["items"])]
    return {"string": "a word", "boolean": True}.get(declared["type"], declared.get("minimum", 9))


OPTIONAL: dict[str, Any] = {"prompt": "A cat.", **telling(), "nobody_knows_this_yet": "x"}


def combinations() -> Iterator[dict[str, Any]]:
    """Yield a body for every combination of presence of the prompt, the telling fields and an unknown one."""
    for chosen in product([False, True], repeat=len(OPTIONAL)):
        fields = {name: value for (name, value), here in zip(OPTIONAL.items(), chosen, strict=True) if here}
        yield {"model": "YOUR_MODEL", **fields}


def members(media_type: str) -> dict[str, Draft202012Validator]:
    """Give a validator for each member of the `oneOf` under a media type, by its reference."""
    references = [member["$ref"] for member in BODIES[media_type]["schema"]["oneOf"]]
    return {
        name: Draft202012Validator({"$ref": name, "components": SPEC["components"]}) for name in references
    }


def matches(body: dict[str, Any], validators: dict[str, Draft202012Validator]) -> list[str]:
    """Name the members that a body is valid for."""
    return [name for name, validator in validators.items() if validator.is_valid(body)]


@pytest.mark.parametrize("media_type", sorted(BODIES))
def test_no_body_matches_two_members(media_type: str) -> None:
    validators = members(media_type)
    counts = [(body, matches(body, validators)) for body in combinations()]
    assert [found for found in counts if len(found[1]) > 1] == []
    assert {name for _, found in counts for name in found} == set(validators)


@pytest.mark.parametrize("media_type", sorted(BODIES))
def test_every_example_matches_one_member(media_type: str) -> None:
    validators = members(media_type)
    examples: dict[str, dict[str, Any]] = BODIES[media_type]["examples"]
    counts = {name: len(matches(example["value"], validators)) for name, example in examples.items()}
    assert set(counts.values()) == {1}, counts
