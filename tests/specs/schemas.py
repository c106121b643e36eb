"""Random schemas of what the factory carries, each with a strategy for values that it allows."""

from collections.abc import Mapping
from typing import Any

from attrs import frozen
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

Json = Any

# Names that clash with Python, with what every model has, and with each other.
NAMES: tuple[str, ...] = (
    "id",
    "title",
    "class",
    "from",
    "self",
    "None",
    "to_dict",
    "additional_properties",
    "client",
    "a b",
    "a_b",
    "a-b",
    "aB",
    "1st",
    "größe",
    "$ref",
    "list",
    "datetime",
)
CLASSES = ("Order", "order-line", "List", "Any", "Client", "Error", "Unset", "date", "Literal", "Model_1")
WORDS = st.text(st.characters(codec="utf-8"), max_size=8)
LARGEST = 2**53  # what every reader of JSON keeps exactly


@frozen
class Drawn:
    """A schema, and the values that it allows."""

    schema: Json
    values: SearchStrategy[Json]


def scalars() -> SearchStrategy[Drawn]:
    """Schemas of one value."""
    text = Drawn({"type": "string"}, WORDS)
    short = Drawn({"type": "string", "minLength": 1, "maxLength": 8, "deprecated": True}, WORDS.filter(len))
    whole = Drawn({"type": "integer"}, st.integers(-LARGEST, LARGEST))
    small = Drawn({"type": "integer", "minimum": 0, "maximum": 9, "default": 3}, st.integers(0, 9))
    number = Drawn({"type": "number"}, st.integers(-99, 99) | st.floats(-1e9, 1e9))
    truth = Drawn({"type": "boolean"}, st.booleans())
    day = Drawn({"type": "string", "format": "date"}, st.dates().map(lambda one: one.isoformat()))
    key = Drawn({"type": "string", "format": "uuid"}, st.uuids().map(str))
    closed = Drawn({"type": "string", "enum": ["a", "b c", "class"]}, st.sampled_from(["a", "b c", "class"]))
    opened = Drawn({"anyOf": [{"type": "string", "enum": ["a", "b"]}, {"type": "string"}]}, WORDS)
    mixed = Drawn({"enum": ["a", 1, None]}, st.sampled_from(["a", 1, None]))
    constant = Drawn({"const": "on"}, st.just("on"))
    anything = Drawn({}, st.none() | st.booleans() | WORDS | st.lists(st.integers(0, 9), max_size=2))
    return st.sampled_from(
        (text, short, whole, small, number, truth, day, key, closed, opened, mixed, constant, anything)
    )


def nullable(inner: Drawn) -> Drawn:
    """The same, or null; in the words of a list of types where there is one type."""
    schema = inner.schema
    if isinstance(schema.get("type"), str) and "enum" not in schema:
        return Drawn({**schema, "type": [schema["type"], "null"]}, st.none() | inner.values)
    return Drawn({"anyOf": [schema, {"type": "null"}]}, st.none() | inner.values)


def listed(inner: Drawn) -> Drawn:
    """A list of it."""
    return Drawn({"type": "array", "items": inner.schema}, st.lists(inner.values, max_size=3))


def mapped(inner: Drawn) -> Drawn:
    """A map of it by any name."""
    keys = st.sampled_from(NAMES) | WORDS
    values = st.dictionaries(keys, inner.values, max_size=3)
    return Drawn({"type": "object", "additionalProperties": inner.schema}, values)


def either() -> SearchStrategy[Drawn]:
    """One of several types that no value shares."""
    kinds = (
        Drawn({"type": "string"}, WORDS),
        Drawn({"type": "integer"}, st.integers(0, 9)),
        Drawn({"type": "boolean"}, st.booleans()),
        Drawn({"type": "array", "items": {"type": "integer"}}, st.lists(st.integers(0, 9), max_size=2)),
    )
    chosen = st.lists(
        st.sampled_from(kinds), min_size=2, max_size=3, unique_by=lambda one: one.schema["type"]
    )
    return st.builds(union, st.sampled_from(("oneOf", "anyOf")), chosen)


def union(word: str, forms: list[Drawn]) -> Drawn:
    """One of several forms, by `oneOf` or `anyOf`."""
    strategies: list[SearchStrategy[Json]] = [one.values for one in forms]
    return Drawn({word: [one.schema for one in forms]}, st.one_of(*strategies))


def members(inner: SearchStrategy[Drawn]) -> SearchStrategy[dict[str, Drawn]]:
    """Members of an object by their names."""
    return st.dictionaries(st.sampled_from(NAMES), inner, min_size=1, max_size=4)


@st.composite
def objects(draw: st.DrawFn, inner: SearchStrategy[Drawn]) -> Drawn:
    """An object, open or closed, with some members required."""
    given = draw(members(inner))
    required = draw(st.sets(st.sampled_from(sorted(given))))
    more = draw(st.sampled_from(({}, {"additionalProperties": False}, {"additionalProperties": True})))
    schema = {
        "type": "object",
        "properties": {name: one.schema for name, one in given.items()},
        **({"required": sorted(required)} if required else {}),
        **more,
    }
    values = st.fixed_dictionaries(
        {name: one.values for name, one in given.items() if name in required},
        optional={name: one.values for name, one in given.items() if name not in required},
    )
    return Drawn(schema, values)


def below(named: Mapping[str, Drawn]) -> SearchStrategy[Drawn]:
    """Any schema that may stand inside of another, given those that have names."""
    leaves = scalars() | either()
    if named:
        leaves |= st.sampled_from(
            [Drawn({"$ref": f"#/components/schemas/{name}"}, one.values) for name, one in named.items()]
        )
    return st.recursive(
        leaves,
        lambda inner: st.one_of(inner.map(nullable), inner.map(listed), inner.map(mapped), objects(inner)),
        max_leaves=4,
    )


@st.composite
def components(draw: st.DrawFn) -> dict[str, Drawn]:
    """Schemas with names: objects that refer to those before them, merges, unions, and one that recurs."""
    found: dict[str, Drawn] = {}
    for name in draw(st.lists(st.sampled_from(CLASSES), min_size=1, max_size=4, unique=True)):
        found[name] = draw(objects(below(found)))
    found["Merged"] = draw(merged())
    found |= pets()
    tree: SearchStrategy[Json] = st.deferred(
        lambda: st.fixed_dictionaries({"leaf": WORDS}, optional={"twigs": st.lists(tree, max_size=2)})
    )
    twigs = {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}}
    schema = {
        "type": "object",
        "required": ["leaf"],
        "properties": {"leaf": {"type": "string"}, "twigs": twigs},
    }
    found["Tree"] = Drawn(schema, tree)
    return found


@st.composite
def merged(draw: st.DrawFn) -> Drawn:
    """An `allOf` of two objects without a member in common."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=2, max_size=2, unique=True))
    inner = draw(scalars())
    parts = [
        {"type": "object", "required": [names[0]], "properties": {names[0]: inner.schema}},
        {"type": "object", "properties": {names[1]: {"type": "integer"}}},
    ]
    values = st.fixed_dictionaries({names[0]: inner.values}, optional={names[1]: st.integers(0, 9)})
    return Drawn({"allOf": parts}, values)


def pets() -> dict[str, Drawn]:
    """A union that is told apart by a discriminator, and its forms."""
    kinds = {"Cat": "purrs", "Dog": "barks"}
    found = {
        name: Drawn(
            {
                "type": "object",
                "required": ["kind"],
                "properties": {"kind": {"const": name.lower()}, member: {"type": "boolean"}},
            },
            st.fixed_dictionaries({"kind": st.just(name.lower())}, optional={member: st.booleans()}),
        )
        for name, member in kinds.items()
    }
    mapping = {name.lower(): f"#/components/schemas/{name}" for name in kinds}
    schema = {
        "oneOf": [{"$ref": target} for target in mapping.values()],
        "discriminator": {"propertyName": "kind", "mapping": mapping},
    }
    return {**found, "Pet": Drawn(schema, union("oneOf", list(found.values())).values)}
