"""The contract as the server reads it: the request bodies of `openapi.yaml`, with validators."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol, cast

import yaml
from attrs import frozen
from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError, ValidationError

Schema = Mapping[str, Any]
NEEDED = (
    ("/api/v1/generate", "post", "application/json"),
    ("/api/v1/generate", "post", "multipart/form-data"),
    ("/api/v1/generate/upload", "post", "multipart/form-data"),
)
"""The request bodies that the server cannot do without."""
READ = ("application/json", "multipart/form-data")
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


class ContractError(Exception):
    """The contract cannot be read, or lacks what the server needs. The message says where."""


class Validator(Protocol):
    """The part of a jsonschema validator that is used; its own types are not complete."""

    def is_valid(self, instance: Any) -> bool:
        """Return whether the instance is valid."""
        ...

    def iter_errors(self, instance: Any) -> Iterator[ValidationError]:
        """Yield what is wrong."""
        ...


@frozen
class Member:
    """How the contract types a member of a form: its JSON types, and whether it is a file, or several."""

    types: frozenset[str] = frozenset({"string"})
    is_file: bool = False
    is_list: bool = False


@frozen
class RequestBody:
    """One request body of one media type: validators by the names of its variants, and its members' types."""

    variants: Mapping[str, Validator]
    members: Mapping[str, Member]


class Contract:
    """A loaded contract. Immutable, and safe to share between threads."""

    def __init__(self, document: Schema) -> None:
        self._document = document
        self._components = _components(document)
        self._validators = {name: self._compiled(name) for name in self._components}
        self._bodies = {key: self._body(*key) for key in NEEDED}
        self._bodies |= {key: self._body(*key) for key in self._other_bodies()}

    @property
    def document(self) -> Schema:
        """The contract as it was read."""
        return self._document

    def body(self, path: str, media_type: str, method: str = "post") -> RequestBody:
        """Return a request body."""
        return self._bodies[(path, method.lower(), media_type)]

    def operations(self) -> Iterator[tuple[str, str, Schema]]:
        """Yield path, method and content of every operation."""
        for path, item in self._document["paths"].items():
            for method in METHODS:
                if method in item:
                    yield path, method.upper(), item[method]

    def resolve(self, node: Schema) -> Schema:
        """Return a node, or what its `$ref` names."""
        while "$ref" in node:
            target: Any = self._document
            for token in str(node["$ref"]).removeprefix("#/").split("/"):
                target = target[token.replace("~1", "/").replace("~0", "~")]
            node = target
        return node

    def media_types(self, path: str, method: str) -> tuple[str, ...]:
        """Return the media types of the request bodies of an operation that the server can read."""
        return tuple(key[2] for key in self._bodies if key[:2] == (path, method.lower()))

    def component(self, name: str) -> Schema:
        """Return a component schema. Raises ContractError if there is none."""
        if name not in self._components:
            raise ContractError(f"/components/schemas/{name} is missing")
        return self._components[name]

    def _other_bodies(self) -> Iterator[tuple[str, str, str]]:
        for path, method, operation in self.operations():
            for media_type, content in operation.get("requestBody", {}).get("content", {}).items():
                key = (path, method.lower(), media_type)
                options = content["schema"].get("oneOf", [content["schema"]])
                if key not in NEEDED and media_type in READ and all("$ref" in option for option in options):
                    yield key

    def validator(self, component: str) -> Validator:
        """Return a validator for a component schema. Raises ContractError if there is none."""
        if component not in self._validators:
            raise ContractError(f"/components/schemas/{component} is missing")
        return self._validators[component]

    def _compiled(self, component: str) -> Validator:
        reference = {"$ref": f"#/components/schemas/{component}", "components": {"schemas": self._components}}
        return cast(Validator, Draft202012Validator(reference))

    def closed(self, component: str) -> frozenset[str]:
        """Return the members that a component refuses, spelt `text: false` in the contract."""
        schemas = self.flat(self._components[component])
        return frozenset(
            name for schema in schemas for name, part in schema.get("properties", {}).items() if part is False
        )

    def _body(self, path: str, method: str, media_type: str) -> RequestBody:
        keys = ("paths", path, method, "requestBody", "content", media_type, "schema")
        schema = self._document
        for depth, key in enumerate(keys):
            inner = _mapping(schema.get(key))
            if inner is None:
                where = "/".join(part.replace("/", "~1") for part in keys[: depth + 1])
                raise ContractError(f"/{where} is missing")
            schema = inner
        names = [_component_name(option) for option in schema.get("oneOf", [schema])]
        return RequestBody({name: self.validator(name) for name in names}, self._members(names))

    def _members(self, names: list[str]) -> dict[str, Member]:
        members: dict[str, Member] = {}
        for name in names:
            for schema in self.flat(self._components[name]):
                for member, declared in schema.get("properties", {}).items():
                    if declared is not False:
                        members.setdefault(member, self.member(declared))
        return members

    def member(self, declared: Schema) -> Member:
        """Return how the schema of a property types it."""
        parts = list(self.flat(declared))
        types = frozenset(kind for part in parts for kind in _types(part))
        items = [
            item
            for part in parts
            if isinstance(part.get("items"), Mapping)
            for item in self.flat(part["items"])
        ]
        is_file = any(
            "contentMediaType" in part and "contentEncoding" not in part for part in [*parts, *items]
        )
        if "array" in types:  # its parts are its items
            types = frozenset(kind for item in items for kind in _types(item))
            return Member(types or frozenset({"string"}), is_file, is_list=True)
        return Member(types or frozenset({"string"}), is_file)

    def flat(self, schema: Schema) -> Iterator[Schema]:
        """Yield a schema and what it is composed of."""
        yield schema
        if "$ref" in schema:
            yield from self.flat(self._components[_component_name(schema)])
        for keyword in ("allOf", "anyOf", "oneOf"):
            for part in schema.get(keyword, []):
                yield from self.flat(part)


def _types(schema: Schema) -> list[str]:
    declared = schema.get("type", [])
    return [declared] if isinstance(declared, str) else list(declared)


def _component_name(schema: Schema) -> str:
    prefix, _, name = str(schema.get("$ref", "")).rpartition("/")
    if prefix != "#/components/schemas":
        raise ContractError(
            "a request body's schema must be a $ref, or a oneOf of $refs, into #/components/schemas"
        )
    return name


def _components(document: Schema) -> Mapping[str, Schema]:
    schemas = _mapping((_mapping(document.get("components")) or {}).get("schemas"))
    if schemas is None:
        raise ContractError("/components/schemas is missing")
    for name, schema in schemas.items():
        try:
            Draft202012Validator.check_schema(schema)
        except SchemaError as error:
            where = "/".join(["/components/schemas", name, *map(str, error.absolute_path)])
            raise ContractError(f"{where} is not a JSON Schema: {error.message}") from error
    return schemas


def _mapping(value: object) -> Schema | None:
    return cast(Schema, value) if isinstance(value, Mapping) else None


def find() -> Path:
    """Find the contract.

    A wheel has it in this package, an sdist beside the package, the repository one folder further up.

    Raises:
        ContractError: it is in none of them.
    """
    package = Path(__file__).resolve().parent
    # No search further up: it would take the openapi.yaml of a project that merely contains the environment.
    for folder in (package, *package.parents[:2]):
        if (folder / "openapi.yaml").is_file():
            return folder / "openapi.yaml"
    raise ContractError(
        f"no openapi.yaml in {package} or the two folders above it; "
        "install the package again, or name a file with --spec"
    )


def load(path: Path) -> Contract:
    """Read a contract. Raises ContractError, naming the file."""
    try:
        document = yaml.load(path.read_text("utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        reason = error.strerror if isinstance(error, OSError) else " ".join(str(error).split())
        raise ContractError(f"{path}: cannot be read: {reason}") from error
    if not isinstance(document, Mapping):
        raise ContractError(f"{path}: is not an OpenAPI document")
    try:
        return Contract(cast(Schema, document))
    except ContractError as error:
        raise ContractError(f"{path}: {error}") from error
