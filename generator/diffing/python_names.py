"""The Python names under which callers know a place of the contract.

The names are candidates: `Recorder` keeps those that exist in a built client.
"""

from collections.abc import Iterator
from typing import Any

from attrs import evolve, field, frozen

from ..loading.document import Document
from ..loading.json_data import escape, list_or_empty, object_or_empty, unescape
from ..loading.operations import list_operations
from ..lowering.operation_ids import operation_ids
from ..model.sdk import MethodSpec, Sdk
from ..names import class_name, identifier, modules
from .schema_nodes import SchemaNode, components_below

Names = tuple[str, ...]
# Candidates for the names of a place, from the operation to the innermost schema; the last are the most
# exact.
NameTiers = tuple[Names, ...]


@frozen
class DocumentOperation:
    """An operation of a document, with the SDK methods that call it."""

    id: str
    module: str
    path: str
    http_method: str
    pointer: str
    data: dict[str, Any] = field(eq=False)
    methods: tuple[MethodSpec, ...] = field(eq=False)

    @property
    def deprecated(self) -> bool:
        """Whether the document marks the whole operation as deprecated."""
        return bool(self.data.get("deprecated"))

    @property
    def tag(self) -> str:
        """The first tag, after which openapi-python-client names the package of the operation's module."""
        tags = list_or_empty(self.data.get("tags"))
        return str(tags[0]) if tags else "default"

    @property
    def raw_package(self) -> str:
        """The package of the raw layer that holds the operation's module."""
        return f"api.{identifier(self.tag)}"

    @property
    def raw_module(self) -> str:
        """The operation's module in the raw layer."""
        return f"{self.raw_package}.{self.module}"

    @property
    def names(self) -> Names:
        """The methods that call the operation, and its module."""
        return (*(method_name(method) for method in self.methods), self.raw_module)


def method_name(method: MethodSpec) -> str:
    """Return a method as a caller writes it, such as `client.images.generate`."""
    return f"client.{method.resource}.{method.method}"


def operations_of(document: Document, sdk: Sdk) -> list[DocumentOperation]:
    """Return every operation of a document, in the document's order of paths."""
    ids = operation_ids(document.data)
    return [
        DocumentOperation(
            id=operation_id,
            module=module,
            path=path,
            http_method=http_method,
            pointer=f"/paths/{escape(path)}/{http_method}",
            data=operation,
            methods=tuple(method for method in sdk.methods if method.operation_id == operation_id),
        )
        for (path, http_method, operation), operation_id, module in zip(
            list_operations(document.data), ids, modules(ids), strict=True
        )
    ]


# What the class of a nameless schema in a shared component is called after the component's name.
_SHARED_SUFFIXES = {"parameters": "parameter", "requestBodies": "body", "responses": "response"}


def shared_model_name(pointer: str) -> str | None:
    """Return the name of which the class of a nameless schema in a shared component is made.

    `pointer` leads to a parameter, a body or a response. Returns None if that belongs to one operation.
    """
    match pointer.split("/"):
        case ["", "components", section, name] if section in _SHARED_SUFFIXES:
            return f"{unescape(name)}_{_SHARED_SUFFIXES[section]}"
        case _:
            return None


@frozen
class ComparisonContext:
    """Where two schemas are compared: whether the value is sent or received, and what a caller calls it.

    Attributes:
        direction: "request" for a value that is sent, "response" for one that is received.
        sdk: The SDK of the new contract.
        name_tiers: Candidates for the Python names of the place, the innermost last.
        model_name: The name from which openapi-python-client makes the class of the schema.
        methods: The methods that send a body of this schema, or of a union that has this schema as a variant.
        argument_methods: The methods whose arguments are the properties of this schema.
        results: The result classes that may read the properties of this schema.
    """

    direction: str
    sdk: Sdk = field(eq=False)
    name_tiers: NameTiers
    model_name: str = ""
    methods: tuple[MethodSpec, ...] = field(default=(), eq=False)
    argument_methods: Names = ()
    results: Names = ()

    def nested(self, names: Names, model_name: str) -> "ComparisonContext":
        """Return the context of a schema inside this one that has its own names."""
        return evolve(self, name_tiers=(*self.name_tiers, names), model_name=model_name)

    def for_component(self, component: str) -> "ComparisonContext":
        """Return the context of the component schema here; the methods that take it get its properties."""
        methods = tuple(method_name(method) for method in self.methods if component in method.variants)
        names = (*methods, f"models.{class_name(component)}")
        return evolve(self.nested(names, component), argument_methods=methods)

    def for_property(self, name: str) -> "ComparisonContext":
        """Return the context of a property of the object schema here."""
        python_name = identifier(name)
        names = (
            *(f"{method}({python_name}=)" for method in self.argument_methods),
            *(
                f"results.{result}.{field_name}"
                for result in self.results
                for field_name in self._result_fields(result, name)
            ),
            f"models.{class_name(self.model_name)}.{python_name}",
        )
        context = self.nested(names, f"{self.model_name}_{name}")
        # Arguments and result fields belong to the properties of a whole body, not to what is inside them.
        return evolve(context, methods=(), argument_methods=(), results=())

    def for_nameless_schema(self, suffix: str) -> "ComparisonContext":
        """Return the context of a nameless schema inside this one; its class is named after its place."""
        model_name = f"{self.model_name}_{suffix}"
        return self.nested((f"models.{class_name(model_name)}",), model_name)

    def _result_fields(self, result: str, property_name: str) -> Iterator[str]:
        """Yield the fields of a result class that are read from a property of the answer."""
        description = self.sdk.results[result]
        for field_name, source in object_or_empty(description.get("fields")).items():
            if source["pointer"] == f"/{property_name}":
                yield field_name
        if object_or_empty(description.get("id")).get("pointer") == f"/{property_name}":
            yield description["id"]["name"]


def classes_below(node: SchemaNode, model_name: str) -> set[str]:
    """Return the model classes that a schema needs, of components and of nameless objects.

    `model_name` is the name from which openapi-python-client makes the class of the schema itself.
    """
    classes = {
        f"models.{class_name(component)}"
        for _, schema in node.parts
        for component in components_below(node.document, schema)
    }
    if node.component:
        classes.add(f"models.{class_name(node.component)}")
    for _, schema in node.parts:
        classes |= set(_nameless_classes(schema, model_name))
    return classes


def _nameless_classes(schema: Any, model_name: str) -> Iterator[str]:
    """Yield the classes of nameless schemas, named as openapi-python-client does: after their places."""
    keywords = object_or_empty(schema)
    if model_name and "$ref" not in keywords:
        yield f"models.{class_name(model_name)}"
    for name, property_schema in object_or_empty(keywords.get("properties")).items():
        yield from _nameless_classes(property_schema, f"{model_name}_{name}")
    for keyword in ("anyOf", "oneOf", "allOf"):
        for index, branch in enumerate(list_or_empty(keywords.get(keyword))):
            yield from _nameless_classes(branch, f"{model_name}_type_{index}")
    if "items" in keywords:
        yield from _nameless_classes(keywords["items"], f"{model_name}_item")
