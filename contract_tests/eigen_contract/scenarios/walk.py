"""Walks the members of every request one at a time: each alone as it may be, each alone as it may not be.

Generated requests mostly hold several faults at once, and which of them was refused cannot be seen. Here a
request that is right otherwise differs in one place. Whether the answer is right is for the checks to say.
"""

from collections.abc import Iterator
from typing import Any

from eigen_contract.compose import FORM, Upload, compose
from eigen_contract.examples import upload
from eigen_contract.exchange import Request
from eigen_contract.media import known_kind
from eigen_contract.shapes import items
from eigen_contract.spec import Body, Contract, Document, Variant
from eigen_contract.wire import is_binary

SMALL = {"width": 512, "height": 512, "frame_num": 5}
"""Small pictures and short videos are made soonest; pixels are the fewest that the spec admits."""
FILES = {"image": "walked.png", "audio": "walked.wav"}


def requests_of(contract: Contract) -> Iterator[Request]:
    """Yield the requests of the walk, in the order of the spec."""
    for operation in contract.operations:
        for body in operation.bodies.values():
            for variant in body.variants:
                for value in values_of(contract, body, variant):
                    yield compose(operation, body.media_type, value)


def values_of(contract: Contract, body: Body, variant: Variant) -> Iterator[dict[str, Any]]:
    """Yield a request that holds what it must, and others that differ from it in one member."""
    base = smallest(contract, variant)
    yield base
    for name in base:
        yield {key: value for key, value in base.items() if key != name}
    for name, schema in variant.properties.items():
        # A model that is known for one job says which job is meant; what tells another is to say so alone.
        others = {"model": "a word"} if schema is False else {}
        for value in (*right(contract, variant, name), *wrong(contract, body, name, schema)):
            yield {**base, **others, name: value}


def smallest(contract: Contract, variant: Variant) -> dict[str, Any]:
    """Make a request of what a variant requires, of the first of its alternatives, and of little work."""
    alternatives = [items(choice.get("required")) for choice in variant.schema.get("anyOf", ())] or [[]]
    names = [*sorted(variant.required), *alternatives[0]]
    made = {name: right(contract, variant, name)[0] for name in names}
    return made | {name: value for name, value in SMALL.items() if variant.properties.get(name)}


def right(contract: Contract, variant: Variant, name: str) -> list[Any]:
    """Return values that a member of a variant may have; none if it may not be there."""
    schema: Any = variant.properties[name]
    return [] if schema is False else right_values(contract, name, contract.follow(schema)[0])


def right_values(contract: Contract, name: str, schema: Document) -> list[Any]:
    if is_binary(schema):
        return [file_for(name)]
    if choices := choices_of(contract, schema):
        return [value for choice in choices for value in right_values(contract, name, choice)]
    if "const" in schema or "enum" in schema:
        return [schema["const"]] if "const" in schema else [*schema["enum"]]
    kind = schema.get("type")
    if isinstance(kind, list):
        alternatives = [{**schema, "type": single} for single in items(schema["type"])]
        return [value for one in alternatives for value in right_values(contract, name, one)]
    if kind == "null":
        return [None]
    if kind == "string":
        return [*schema.get("examples", ())[:1], "a word"]
    if kind == "boolean":
        return [False, True]
    if kind in ("integer", "number"):
        bounds = [schema[bound] for bound in ("minimum", "maximum") if bound in schema]
        return [*bounds, schema.get("default", 9), *([1.5] if kind == "number" else [])]
    if kind == "array":
        item = right_values(contract, name, schema["items"])[0]
        return [[item] * count for count in {schema.get("minItems", 1), schema.get("maxItems", 2)}]
    nested = {
        key: right_values(contract, key, inner)[-1] for key, inner in schema.get("properties", {}).items()
    }
    return [{}, nested]


def wrong(contract: Contract, body: Body, name: str, schema: Any) -> list[Any]:
    """Return values that a member may not have; a member that tells another job may have none at all."""
    if schema is False:
        others = body.declared.get(name)
        return [right_values(contract, name, others[0])[0] if others else "a word"]
    return wrong_values(contract, body.media_type, name, contract.follow(schema)[0])


def wrong_values(contract: Contract, media_type: str, name: str, schema: Document) -> list[Any]:
    kind, in_form = schema.get("type"), media_type == FORM
    if isinstance(kind, list):
        return []  # what one type excludes, another may admit
    if is_binary(schema) or kind == "string":
        return [] if in_form else [5, None, ["a"]]
    if kind == "array":
        item = right_values(contract, name, schema["items"])[0]
        return [[item] * (schema["maxItems"] + 1)] if "maxItems" in schema else []
    if kind == "object":
        return ["no object", *wrong_members(contract, schema)]
    beyond = [schema[bound] + step for bound, step in (("minimum", -1), ("maximum", 1)) if bound in schema]
    halved = [600.5] if kind == "integer" else []
    if in_form:  # where an object is one of several choices, its text may be another
        return ["perhaps", *beyond, *halved]
    nested = [bad for choice in choices_of(contract, schema) for bad in wrong_members(contract, choice)]
    return ["perhaps", None, [1], *beyond, *halved, *nested]


def wrong_members(contract: Contract, schema: Document) -> list[dict[str, Any]]:
    """Return objects with one member that it may not have; none if the schema is of no object."""
    inner = schema.get("properties", {})
    return [{key: bad} for key in inner for bad in wrong_values(contract, "", key, inner[key])]


def choices_of(contract: Contract, schema: Document) -> list[Document]:
    return [contract.follow(choice)[0] for choice in (*schema.get("oneOf", ()), *schema.get("anyOf", ()))]


def file_for(name: str) -> Upload:
    return upload(FILES[known_kind(name) or "image"])
