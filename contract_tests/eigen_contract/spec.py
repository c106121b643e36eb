"""Reads `openapi.yaml` into the few notions that judging needs: operations, media types, variants, fields."""

import hashlib
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from attrs import field, frozen

from eigen_contract.cycles import find_cycle
from eigen_contract.errors import CannotJudgeError
from eigen_contract.shapes import members

Document = Mapping[str, Any]
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
COMPOSITIONS = ("oneOf", "anyOf")


def escape(token: str) -> str:
    """Escape one token of a JSON pointer (RFC 6901, section 3)."""
    return token.replace("~", "~0").replace("/", "~1")


@frozen
class Variant:
    """One job's request: the leaf of a `oneOf`, with the properties of its `allOf` merged in."""

    name: str
    pointer: str
    schema: Document
    properties: Document
    required: frozenset[str]


@frozen
class Body:
    """A body as the spec declares it for one media type."""

    media_type: str
    pointer: str
    schema: Document
    variants: tuple[Variant, ...]
    examples: Document

    @cached_property
    def declared(self) -> dict[str, tuple[Document, ...]]:
        """Every schema under which any variant declares a field; `false` declares nothing."""
        found: dict[str, tuple[Document, ...]] = {}
        for variant in self.variants:
            for name, schema in variant.properties.items():
                if isinstance(schema, Mapping):
                    found[name] = (*found.get(name, ()), schema)
        return found


@frozen
class Operation:
    """One method of one path."""

    id: str
    method: str
    path: str
    pointer: str
    document: Document
    bodies: Mapping[str, Body] = field(repr=False)
    responses: Mapping[str, Document] = field(repr=False)
    parameters: tuple[Document, ...] = field(repr=False)

    @property
    def methods(self) -> tuple[Document, ...]:
        """What `x-sdk` says of the SDK methods over this operation."""
        return tuple(self.document.get("x-sdk", {}).get("methods", ()))


@frozen
class Contract:
    """The whole contract, with its hash."""

    document: Document = field(repr=False)
    sha256: str
    source: str
    data: bytes = field(default=b"", repr=False, eq=False)
    """The file as it is, by which reports find lines; empty for a document that is in memory."""
    _known: dict[str, Document] = field(factory=dict[str, Document], init=False, repr=False, eq=False)
    """Nodes that were looked up, by their pointers."""

    @classmethod
    def load(cls, path: Path | None = None) -> "Contract":
        """Read a spec; without a path the one that `find_spec` finds.

        Raises:
            CannotJudgeError: there is no such file, or it is no OpenAPI document, or refers to itself.
        """
        source = path or find_spec()
        try:
            data = source.read_bytes()
            document = yaml.load(data, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        except (OSError, UnicodeError, yaml.YAMLError) as error:
            raise CannotJudgeError(f"cannot read the spec {source}: {str(error).splitlines()[0]}") from error
        if not isinstance(document, dict) or "paths" not in document:
            raise CannotJudgeError(f"{source} is no OpenAPI document: it has no 'paths'")
        if (pointer := find_cycle(members(document))) is not None:
            raise CannotJudgeError(f"{source}: {pointer} refers to itself, and cannot be judged; unroll it")
        return cls(members(document), hashlib.sha256(data).hexdigest(), source.name, data)

    @classmethod
    def of(cls, document: Document) -> "Contract":
        """Take a document that is in memory already."""
        return cls(document, hashlib.sha256(repr(document).encode()).hexdigest(), "memory")

    @property
    def components(self) -> Document:
        return dict(self.document.get("components", {}))

    def follow(self, node: Document, pointer: str = "#") -> tuple[Document, str]:
        """Follow `$ref` to the node that it names, and to that node's pointer."""
        while "$ref" in node:
            pointer = str(node["$ref"])
            node = self.at(pointer)
        return node, pointer

    def at(self, pointer: str) -> Document:
        """Return the node at a JSON pointer of this document.

        Raises:
            CannotJudgeError: there is no such node.
        """
        known = self._known.get(pointer)
        if known is None:
            known = self._known[pointer] = self._at(pointer)
        return known

    def _at(self, pointer: str) -> Document:
        node: Any = self.document
        for token in pointer.removeprefix("#/").split("/"):
            try:
                node = node[token.replace("~1", "/").replace("~0", "~")]
            except (KeyError, TypeError) as error:
                raise CannotJudgeError(f"the spec has nothing at {pointer}") from error
        return dict(node)

    @cached_property
    def operations(self) -> tuple[Operation, ...]:
        return tuple(self._operations())

    def _operations(self) -> Iterator[Operation]:
        for path, item in self.document["paths"].items():
            for method in METHODS:
                if method in item:
                    yield self._operation(path, method, item)

    def _operation(self, path: str, method: str, item: Document) -> Operation:
        document = item[method]
        pointer = f"#/paths/{escape(path)}/{method}"
        parameters = [*item.get("parameters", ()), *document.get("parameters", ())]
        responses = {str(status): self.follow(node)[0] for status, node in document["responses"].items()}
        return Operation(
            id=document.get("operationId", f"{method} {path}"),
            method=method.upper(),
            path=path,
            pointer=pointer,
            document=document,
            bodies=self._bodies(document, pointer),
            responses=responses,
            parameters=tuple(self.follow(parameter)[0] for parameter in parameters),
        )

    def _bodies(self, document: Document, pointer: str) -> dict[str, Body]:
        content = document.get("requestBody", {}).get("content", {})
        return {
            name: self._body(name, node, f"{pointer}/requestBody/content") for name, node in content.items()
        }

    def _body(self, name: str, node: Document, pointer: str) -> Body:
        place = f"{pointer}/{escape(name)}/schema"
        variants = tuple(self._variants(node["schema"], place))
        return Body(name, place, node["schema"], variants, node.get("examples", {}))

    def _variants(self, schema: Document, pointer: str) -> Iterator[Variant]:
        node, place = self.follow(schema, pointer)
        choices = [(key, choice) for key in COMPOSITIONS for choice in node.get(key, ())]
        if choices and all("$ref" in choice for _, choice in choices):
            for _, choice in choices:
                yield from self._variants(choice, place)
            return
        properties, required = self.merged(node)
        yield Variant(place.rsplit("/", 1)[-1], place, node, properties, required)

    def merged(self, schema: Document) -> tuple[dict[str, Any], frozenset[str]]:
        """Return the properties and the required members of a schema with those of its `allOf`."""
        node, _ = self.follow(schema)
        properties: dict[str, Any] = {}
        required: frozenset[str] = frozenset()
        for part in node.get("allOf", ()):
            inherited, more = self.merged(part)
            properties |= inherited
            required |= more
        return properties | dict(node.get("properties", {})), required | frozenset(node.get("required", ()))

    def operation(self, method: str, path: str) -> Operation | None:
        """Return the operation that a request names, or None."""
        return next((op for op in self.operations if (op.method, op.path) == (method.upper(), path)), None)

    def methods_of(self, path: str) -> tuple[str, ...]:
        """Return the methods that a path takes; none if the path is unknown."""
        return tuple(operation.method for operation in self.operations if operation.path == path)


def find_spec() -> Path:
    """Find the spec.

    A wheel has it in this package, an sdist beside the package, the repository one folder further up.

    Raises:
        CannotJudgeError: it is in none of them.
    """
    package = Path(__file__).resolve().parent
    # No search further up: it would take the openapi.yaml of a project that merely contains the environment.
    for folder in (package, *package.parents[:2]):
        if (folder / "openapi.yaml").is_file():
            return folder / "openapi.yaml"
    raise CannotJudgeError(
        f"no openapi.yaml in {package} or the two folders above it; "
        "install the package again, or name a file with --spec"
    )
