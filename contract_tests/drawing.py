"""Draws arguments for a variant from the spec, with Hypothesis: any valid value of every field."""

from typing import Any

from hypothesis import strategies as st

from eigen_contract.compose import Upload
from eigen_contract.media import mp3, png, wav
from eigen_contract.shapes import items, members
from eigen_contract.spec import Contract, Document, Variant
from eigen_contract.wire import is_binary

ODD_TEXTS = ("  padded  ", "line\r\nbreak", 'a "quoted\\" text', "grüße, 日本", "word " * 400)
"""Texts that careless encoders spoil, and that are seldom drawn by chance."""
TEXTS = st.one_of(st.text(st.characters(exclude_categories=["Cs"]), max_size=30), st.sampled_from(ODD_TEXTS))
"""Any text that UTF-8 can carry: line breaks, quotes, NUL and all."""
FLOATS = st.floats(allow_nan=False, allow_infinity=False)
NUMBERS = st.one_of(st.integers(-(2**53), 2**53), FLOATS)
LETTERS = "abcäß日 .-_'\";=%"
FILENAMES = st.text(LETTERS, min_size=1, max_size=12).map(lambda name: f"a{name}b")
CONTENTS = st.sampled_from([png(), wav(0.01), mp3(1), b"\r\n--+++\r\n"])
UPLOADS = st.builds(Upload, FILENAMES, st.just("application/octet-stream"), CONTENTS)


def values(contract: Contract, schema: Document) -> st.SearchStrategy[Any]:
    """Draw values that a schema admits; closed to keywords that no schema of a request uses."""
    node, _ = contract.follow(schema)
    if is_binary(node):
        return UPLOADS
    if "const" in node or "enum" in node:
        return st.sampled_from([node["const"]] if "const" in node else items(node["enum"]))
    choices = [*node.get("oneOf", ()), *node.get("anyOf", ())]
    if choices:
        # Where a form may carry an object or a text, a text that begins like an object is read as one.
        drawn = [values(contract, choice) for choice in choices]
        return st.one_of(drawn).filter(lambda value: not (isinstance(value, str) and value.startswith("{")))
    kinds = [node["type"]] if isinstance(node["type"], str) else items(node["type"])
    return st.one_of([of_kind(contract, node, kind) for kind in kinds])


def of_kind(contract: Contract, node: Document, kind: str) -> st.SearchStrategy[Any]:
    """Draw values of one JSON type within the bounds of a schema."""
    if kind == "string":
        return texts(node)
    if kind == "boolean":
        return st.booleans()
    if kind == "null":
        return st.none()
    if kind == "integer":
        return st.integers(*bounds(node, -(2**53), 2**53))
    if kind == "number":
        if {"minimum", "maximum"} & {*node}:
            return st.floats(*bounds(node, -1e9, 1e9))
        return NUMBERS
    if kind == "array":
        fewest, most = node.get("minItems", 1), min(3, node.get("maxItems", 3))
        return st.lists(values(contract, node["items"]), min_size=fewest, max_size=max(fewest, most))
    if kind == "object":
        known = {name: values(contract, schema) for name, schema in members(node.get("properties")).items()}
        required = {name: known.pop(name) for name in node.get("required", ())}
        return st.fixed_dictionaries(required, optional=known)
    raise LookupError(f"no values for the type {kind!r}")


def texts(node: Document) -> st.SearchStrategy[str]:
    """Draw texts that a schema of a string admits."""
    if "pattern" in node:
        return st.from_regex(str(node["pattern"]))
    if {"minLength", "maxLength"} & {*node}:
        letters = st.characters(exclude_categories=["Cs"])
        return st.text(letters, min_size=node.get("minLength", 0), max_size=node.get("maxLength"))
    return TEXTS


def bounds(node: Document, least: float, most: float) -> tuple[Any, Any]:
    return node.get("minimum", least), node.get("maximum", most)


def requests(contract: Contract, variant: Variant) -> st.SearchStrategy[dict[str, Any]]:
    """Draw valid members for a variant: what it requires, one of its alternatives, any of the rest."""
    fields = {
        name: values(contract, schema) for name, schema in variant.properties.items() if schema is not False
    }
    alternatives = [items(choice.get("required")) for choice in variant.schema.get("anyOf", ())] or [[]]

    def with_alternative(names: list[str]) -> st.SearchStrategy[dict[str, Any]]:
        required = {*variant.required, *names}
        return st.fixed_dictionaries(
            {name: fields[name] for name in sorted(required)},
            optional={name: fields[name] for name in fields if name not in required},
        )

    return st.sampled_from(alternatives).flatmap(with_alternative)
