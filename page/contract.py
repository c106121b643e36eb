"""Reads from `openapi.yaml` what the page could say as well: fields of the variants, hosts, examples."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

import yaml
from attrs import frozen

from .errors import UnreadableError
from .vendor_page import Fact

Schema = dict[str, Any]
# How OpenAPI writes a fact of a description.
_KEYWORDS = {
    "minimum": "minimum",
    "maximum": "maximum",
    "maxLength": "max_length",
    "deprecated": "deprecated",
}


@frozen
class ContractField:
    """One property of a request, and where it is defined. `facts` are those that the page could state too."""

    pointer: str
    types: frozenset[str]
    facts: Mapping[str, Fact]
    is_from_page: bool
    is_default_from_page: bool


@frozen
class ContractVariant:
    """One schema of a request. `excused` are required fields of which the contract says on whose word."""

    fields: Mapping[str, ContractField]
    required: frozenset[str]
    excused: frozenset[str]


@frozen
class ContractExample:
    """A request among the examples, and whether it claims to be on the page."""

    media_type: str
    name: str
    value: Any
    is_from_page: bool


@frozen
class Contract:
    """What the contract has of the page's endpoint and beside it."""

    endpoints: frozenset[str]
    base_urls: tuple[str, ...]
    authorization: str | None
    media_types: frozenset[str]
    variants: Mapping[str, ContractVariant]
    examples: tuple[ContractExample, ...]


def read_contract(path: Path, method: str, endpoint: str) -> Contract:
    """Return what the contract says of an operation, such as `POST` and `/api/v1/generate`.

    Raises UnreadableError.
    """
    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        return _Document(document).read(method, endpoint)
    except OSError as error:
        raise UnreadableError(f"{path}: {error.strerror}; name the contract: --spec FILE") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise UnreadableError(f"{path}: is not YAML: {' '.join(str(error).split())}") from error
    except (KeyError, TypeError, AttributeError) as error:
        raise UnreadableError(
            f"{path}: cannot read {method} {endpoint} ({error}); `./dev -s lint` says what is wrong with it"
        ) from error


@frozen
class _Document:
    data: Schema

    def read(self, method: str, endpoint: str) -> Contract:
        operation = self.data["paths"][endpoint][method.casefold()]
        bodies: Schema = self._follow(operation["requestBody"])["content"]
        return Contract(
            endpoints=frozenset(
                f"{verb.upper()} {path}" for path, item in self.data["paths"].items() for verb in item
            ),
            base_urls=tuple(server["url"] for server in self.data["servers"]),
            authorization=self._scheme(operation),
            media_types=frozenset(bodies),
            variants={
                name: self._variant(pointer, schema)
                for body in bodies.values()
                for name, pointer, schema in self._variants(body["schema"])
            },
            examples=tuple(
                ContractExample(
                    media_type, name, example["value"], self._follow(example).get("x-evidence") == "page"
                )
                for media_type, body in bodies.items()
                for name, example in body.get("examples", {}).items()
            ),
        )

    def _scheme(self, operation: Schema) -> str | None:
        alternatives = operation.get("security", self.data.get("security", ()))
        for name in alternatives[0] if alternatives else ():
            scheme: Schema = self.data["components"]["securitySchemes"][name]
            return str(scheme.get("scheme", scheme["type"]))
        return None

    def _follow(self, node: Schema) -> Schema:
        while "$ref" in node:
            node = self._at(node["$ref"]) | {key: value for key, value in node.items() if key != "$ref"}
        return node

    def _at(self, reference: str) -> Schema:
        node: Any = self.data
        for step in reference.removeprefix("#/").split("/"):
            node = node[step.replace("~1", "/").replace("~0", "~")]
        return cast("Schema", node)

    def _variants(self, schema: Schema) -> Iterator[tuple[str, str, Schema]]:
        """Yield name, place and schema of each request that a body reaches, through groups of them too."""
        for branch in [*schema.get("oneOf", ()), *schema.get("anyOf", ())]:
            if "$ref" not in branch:
                continue
            target = self._at(branch["$ref"])
            if "properties" in target or "allOf" in target:
                yield branch["$ref"].rpartition("/")[2], branch["$ref"], target
            else:
                yield from self._variants(target)

    def _variant(self, pointer: str, schema: Schema) -> ContractVariant:
        fields: dict[str, ContractField] = {}
        required: set[str] = set()
        excused: set[str] = set()
        for place, part in self._parts(pointer, schema):
            for name, declared in part.get("properties", {}).items():
                # `false` closes a variant to a property that another variant has.
                if isinstance(declared, dict):
                    fields[name] = self._field(f"{place}/properties/{name}", cast("Schema", declared))
            for alternative in (part, *part.get("anyOf", ()), *part.get("oneOf", ())):
                required.update(alternative.get("required", ()))
            excused.update(part.get("x-evidence-required", {}))
        return ContractVariant(fields, frozenset(required), frozenset(excused))

    def _parts(self, pointer: str, schema: Schema) -> Iterator[tuple[str, Schema]]:
        """Yield the schemas that a variant is made of; the later one wins."""
        if "$ref" in schema:
            yield from self._parts(schema["$ref"], self._at(schema["$ref"]))
        for number, part in enumerate(schema.get("allOf", ())):
            yield from self._parts(f"{pointer}/allOf/{number}", part)
        yield pointer, schema

    def _field(self, pointer: str, declared: Schema) -> ContractField:
        if set(declared) == {"$ref"}:
            pointer = declared["$ref"]
        schema = self._follow(declared)
        facts: dict[str, Fact] = {
            fact: schema[keyword] for keyword, fact in _KEYWORDS.items() if keyword in schema
        }
        if "default" in schema:
            facts["default"] = schema["default"]
        if values := sorted(set(self._values(schema))):
            facts["values"] = tuple(values)
        return ContractField(
            pointer,
            frozenset(self._types(schema)),
            facts,
            schema.get("x-evidence") == "page",
            schema.get("x-evidence-default") == "page",
        )

    def _types(self, schema: Schema) -> Iterator[str]:
        """Yield the types that a field takes, in the page's words; bytes are a file."""
        schema = self._follow(schema)
        branches = [*schema.get("anyOf", ()), *schema.get("oneOf", ()), *schema.get("allOf", ())]
        if "contentMediaType" in schema or schema.get("format") == "binary":
            yield "file"
        elif branches:
            for branch in branches:
                yield from self._types(branch)
        elif "type" in schema:
            yield from [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
        else:
            values = [*schema.get("enum", ()), *([schema["const"]] if "const" in schema else ())]
            yield from {_json_type(value) for value in values}

    def _values(self, schema: Schema) -> Iterator[str]:
        schema = self._follow(schema)
        yield from map(str, schema.get("enum", ()))
        for branch in (*schema.get("anyOf", ()), *schema.get("oneOf", ())):
            yield from self._values(branch)


def _json_type(value: object) -> str:
    names = {"str": "string", "bool": "boolean", "int": "number", "float": "number", "list": "array"}
    return names.get(type(value).__name__, "object" if isinstance(value, dict) else "null")
