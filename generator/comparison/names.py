"""The Python names under which a caller meets a place of the contract.

Names are guesses until they are held against the built clients: `Recorder` keeps those that one of them has.
"""

from collections.abc import Iterator
from typing import Any

from attrs import evolve, field, frozen

from ..loading.document import Document
from ..loading.json_data import as_list, as_object, escape
from ..model.sdk import MethodSpec, Sdk
from ..names import class_name, identifier
from .nodes import Node, components_below

Names = tuple[str, ...]


@frozen
class Operation:
    """An operation of a document as the SDK has it."""

    id: str
    path: str
    method: str
    pointer: str
    data: dict[str, Any] = field(eq=False)
    methods: tuple[MethodSpec, ...] = field(eq=False)

    @property
    def tag(self) -> str:
        """The tag after which the package of its module is named."""
        tags = as_list(self.data.get("tags"))
        return str(tags[0]) if tags else "default"

    @property
    def raw(self) -> str:
        """Its module of the raw layer."""
        return f"api.{identifier(self.tag)}.{identifier(self.id)}"

    @property
    def names(self) -> Names:
        """The methods that call it, and its module."""
        return (*(method_name(spec) for spec in self.methods), self.raw)


def method_name(spec: MethodSpec) -> str:
    """A method as a caller writes it."""
    return f"client.{spec.resource}.{spec.method}"


def operations_of(document: Document, sdk: Sdk) -> list[Operation]:
    """Every operation of a document."""
    return list(_operations(document.data, sdk))


def _operations(data: dict[str, Any], sdk: Sdk) -> Iterator[Operation]:
    for path, item in as_object(data.get("paths")).items():
        for method, given in as_object(item).items():
            if method not in ("get", "put", "post", "delete", "options", "head", "patch", "trace"):
                continue
            fallback = f"{method}_{path.strip('/').replace('{', '').replace('}', '').replace('/', '_')}"
            name = given.get("operationId") or fallback
            methods = tuple(spec for spec in sdk.methods if spec.operation_id == name)
            yield Operation(name, path, method, f"/paths/{escape(path)}/{method}", as_object(given), methods)


@frozen
class Place:
    """Where a comparison stands: in which direction values go, and what a caller calls that.

    `tiers` are candidates for names, the innermost last. `model` is the name that the tool makes a class
    from; `bound` are the methods whose arguments the members of this schema are, `results` the result
    classes whose properties they may be.
    """

    direction: str
    sdk: Sdk = field(eq=False)
    tiers: tuple[Names, ...]
    model: str = ""
    methods: tuple[MethodSpec, ...] = field(default=(), eq=False)
    bound: Names = ()
    results: Names = ()

    def inner(self, names: Names, model: str) -> "Place":
        """A place inside this one that has names of its own."""
        return evolve(self, tiers=(*self.tiers, names), model=model)

    def component(self, name: str) -> "Place":
        """The component schema that stands here; as a variant it binds the methods that take it."""
        bound = tuple(method_name(spec) for spec in self.methods if name in spec.variants)
        return evolve(self.inner((*bound, f"models.{class_name(name)}"), name), bound=bound)

    def member(self, name: str) -> "Place":
        """A property of the object that stands here."""
        python_name = identifier(name)
        names = (
            *(f"{method}({python_name}=)" for method in self.bound),
            *(f"results.{result}.{one}" for result in self.results for one in self._read_at(result, name)),
            f"models.{class_name(self.model)}.{python_name}",
        )
        return evolve(self.inner(names, f"{self.model}_{name}"), methods=(), bound=(), results=())

    def part(self, suffix: str) -> "Place":
        """A nameless schema inside this one; the tool names its class after where it stands."""
        model = f"{self.model}_{suffix}"
        return self.inner((f"models.{class_name(model)}",), model)

    def _read_at(self, result: str, name: str) -> Iterator[str]:
        given = self.sdk.results[result]
        for one, read in as_object(given.get("fields")).items():
            if read["pointer"] == f"/{name}":
                yield one
        if as_object(given.get("id")).get("pointer") == f"/{name}":
            yield given["id"]["name"]


def classes_below(given: Node, model: str) -> set[str]:
    """The classes that a schema brings along: its components', and those of objects without a name."""
    found = {
        f"models.{class_name(name)}"
        for _, part in given.parts
        for name in components_below(given.document, part)
    }
    if given.component:
        found.add(f"models.{class_name(given.component)}")
    for _, part in given.parts:
        found |= set(_nameless(part, model))
    return found


def _nameless(schema: Any, model: str) -> Iterator[str]:
    given = as_object(schema)
    if model and "$ref" not in given:
        yield f"models.{class_name(model)}"
    for name, member in as_object(given.get("properties")).items():
        yield from _nameless(member, f"{model}_{name}")
    for keyword in ("anyOf", "oneOf", "allOf"):
        for index, branch in enumerate(as_list(given.get(keyword))):
            yield from _nameless(branch, f"{model}_type_{index}")
    if "items" in given:
        yield from _nameless(given["items"], f"{model}_item")
