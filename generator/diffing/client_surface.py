"""What a caller of a built client sees, read from its source: names, arguments, types, defaults, results.

The source is parsed and never imported, so that two clients with the same package name can be compared in
one process.
"""

import ast
from collections.abc import Mapping
from pathlib import Path

from attrs import field, frozen

from ..model.sdk import Sdk
from ..names import identifier
from .signatures import Signatures, read_class_signature, read_method_signatures, read_signature
from .surface_entries import (
    Entries,
    EntryKind,
    SurfaceEntry,
    functions_of,
    read_arguments,
    read_attribute,
    read_function,
    read_methods,
)

# A model has one of these bases. Which one follows from `additional_properties`, which is compared itself.
_MODEL_BASES = frozenset({"ClosedObject", "OpenObject"})


@frozen
class ClientSurface:
    """Every name that a caller may use: `client.images.edit(prompt=)`, `models.Video.seed`, `errors.X`.

    A name may end in a marker: `()` for the result of a function, `<>` for the bases of a class, and
    `[argument: type]` for an overload. `signatures` show the same to people.
    """

    entries: Entries = field(repr=False)
    signatures: Signatures = field(factory=dict[str, tuple[str, ...]], repr=False)


def read_client_surface(project: Path, sdk: Sdk) -> ClientSurface:
    """Return the surface of the client that is built in the folder `project`."""
    package = project / sdk.package
    reader = _SurfaceReader(package)
    entries = reader.client_classes(sdk)
    # Clients that were released before have their models in a package.
    for module in (package / "models" / "__init__.py", package / "models.py"):
        entries |= reader.public_classes(module, "models")
    entries |= reader.public_classes(package / "results.py", "results")
    entries |= reader.raw_modules(package / "api")
    entries |= reader.other_exports(entries)
    return ClientSurface(entries, reader.signatures(sdk))


class _SurfaceReader:
    """Reads the modules of one package.

    It finds classes of the runtime by name, to know what others inherit.
    """

    def __init__(self, package: Path) -> None:
        self._package = package
        self._trees: dict[Path, ast.Module] = {}
        self._runtime_classes = {
            class_node.name: class_node
            for module in sorted((package / "_runtime").rglob("*.py"))
            for class_node in self._classes(module)
        }

    def _tree(self, path: Path) -> ast.Module:
        if path not in self._trees:
            self._trees[path] = ast.parse(path.read_text(encoding="utf-8"))
        return self._trees[path]

    def _classes(self, path: Path) -> list[ast.ClassDef]:
        if not path.exists():
            return []
        return [statement for statement in self._tree(path).body if isinstance(statement, ast.ClassDef)]

    def client_classes(self, sdk: Sdk) -> Entries:
        """Return both client classes, their resources, and each resource's methods."""
        entries: Entries = {}
        for prefix, root in (("", "client"), ("Async", "async_client")):
            for class_node in self._classes(self._package / "client.py"):
                if class_node.name == f"{prefix}{sdk.client}":
                    entries |= _client_class(class_node, root, sdk)
            for resource in sdk.resources:
                for class_node in self._classes(self._package / "resources" / f"{resource}.py"):
                    if class_node.name.startswith("Async") == bool(prefix):
                        entries |= read_methods(class_node, f"{root}.{resource}")
        return entries

    def public_classes(self, module: Path, name: str) -> Entries:
        """Return the public classes of a module with inherited properties. Callers call the module `name`."""
        siblings = {class_node.name: class_node for class_node in self._classes(module)}
        entries: Entries = {}
        for class_node in siblings.values():
            if not class_node.name.startswith("_"):
                entries |= self._class(class_node, f"{name}.{class_node.name}", siblings)
        return entries

    def _class(
        self, class_node: ast.ClassDef, name: str, siblings: Mapping[str, ast.ClassDef] | None = None
    ) -> Entries:
        """Return the entries of a class, including those inherited from the runtime or from its module."""
        bases = frozenset(ast.unparse(base) for base in class_node.bases) - _MODEL_BASES
        entries = {name: SurfaceEntry(EntryKind.NAME), f"{name}<>": SurfaceEntry(EntryKind.BASES, bases)}
        for base in class_node.bases:
            base_name = ast.unparse(base).partition("[")[0]  # without the arguments of a generic
            base_node = (siblings or {}).get(base_name) or self._runtime_classes.get(base_name)
            if base_node is not None and base_node is not class_node:
                inherited = self._class(base_node, name, siblings)
                entries |= {
                    key: entry for key, entry in inherited.items() if entry.entry_kind is not EntryKind.BASES
                }
        entries |= read_methods(class_node, name)
        for statement in class_node.body:
            entries |= read_attribute(statement, name)
        return entries

    def raw_modules(self, api: Path) -> Entries:
        """Return the module of each operation, with the arguments and the result of its functions."""
        entries: Entries = {}
        for module in sorted(api.rglob("*.py")) if api.exists() else ():
            if module.stem == "__init__":
                continue
            name = f"api.{module.parent.name}.{module.stem}"
            statements = self._tree(module).body
            aliases = {
                statement.target.id: statement.value
                for statement in statements
                if isinstance(statement, ast.AnnAssign)
                and isinstance(statement.target, ast.Name)
                and statement.value
            }
            entries[name] = SurfaceEntry(EntryKind.NAME)
            for statement in statements:
                # All functions of a module have the same arguments; this one shows the result as well.
                if isinstance(statement, ast.FunctionDef) and statement.name == "sync_detailed":
                    entries |= read_function(statement, name, aliases)
        return entries

    def signatures(self, sdk: Sdk) -> Signatures:
        """Return the methods, results and models of the sync client, and functions that no method stands for.

        The async client has the same arguments, and a method has those of the function that it stands for.
        """
        signatures: dict[str, tuple[str, ...]] = {}
        for resource in sdk.resources:
            for class_node in self._classes(self._package / "resources" / f"{resource}.py"):
                if not class_node.name.startswith("Async"):
                    signatures |= read_method_signatures(class_node, f"client.{resource}")
        for name in ("results", "models"):
            for class_node in self._classes(self._package / f"{name}.py"):
                if not class_node.name.startswith(("_", "Async")):
                    full_name = f"{name}.{class_node.name}"
                    signatures[full_name] = read_class_signature(class_node, full_name)
        modules_of_methods = {identifier(method.operation_id) for method in sdk.methods}
        for module in sorted((self._package / "api").rglob("*.py")):
            if module.stem not in modules_of_methods:
                signatures |= self._raw_signature(module)
        return signatures

    def _raw_signature(self, module: Path) -> Signatures:
        """Return the signature of the function `sync` of a module of the raw layer, if it has one."""
        name = f"api.{module.parent.name}.{module.stem}.sync"
        for statement in self._tree(module).body:
            if isinstance(statement, ast.FunctionDef) and statement.name == "sync":
                return {name: read_signature(statement, name)}
        return {}

    def other_exports(self, read_before: Entries) -> Entries:
        """Return the exports of the package other than clients, models and results (`read_before`)."""
        entries: Entries = {}
        for name in _exported_names(self._tree(self._package / "__init__.py")):
            if name in read_before or f"results.{name}" in read_before:
                continue
            full_name = f"errors.{name}" if name.endswith("Error") else name
            class_node = self._runtime_classes.get(name)
            if class_node is None:
                entries[full_name] = SurfaceEntry(EntryKind.NAME)
            elif name.endswith("Error"):
                entries |= self._class(class_node, full_name)
            else:
                entries |= self._runtime_class(class_node, name)
        return entries

    def _runtime_class(self, class_node: ast.ClassDef, name: str) -> Entries:
        """Return a class of the runtime that is not an error, with the arguments of its constructor."""
        entries = self._class(class_node, name)
        if self._takes_fields_as_arguments(class_node):
            entries = dict(_as_argument(key, entry) for key, entry in entries.items())
        for function in functions_of(class_node):
            if function.name == "__init__":
                entries |= read_arguments(function, name)
        return entries

    def _takes_fields_as_arguments(self, class_node: ast.ClassDef) -> bool:
        """Whether callers pass the fields: of a TypedDict, or of a NamedTuple with a default for each."""
        bases = [ast.unparse(base) for base in class_node.bases]
        if "NamedTuple" in bases:
            fields = [statement for statement in class_node.body if isinstance(statement, ast.AnnAssign)]
            return all(statement.value is not None for statement in fields)
        base_nodes = [self._runtime_classes[base] for base in bases if base in self._runtime_classes]
        return "TypedDict" in bases or any(map(self._takes_fields_as_arguments, base_nodes))


def _client_class(class_node: ast.ClassDef, root: str, sdk: Sdk) -> Entries:
    """Return the constructor's arguments, the resources and the methods of a client class."""
    entries = {class_node.name: SurfaceEntry(EntryKind.NAME)}
    for statement in class_node.body:
        if isinstance(statement, ast.AnnAssign) and ast.unparse(statement.target) in sdk.resources:
            entries[f"{root}.{ast.unparse(statement.target)}"] = SurfaceEntry(EntryKind.NAME)
    for function in functions_of(class_node):
        if function.name == "__init__":
            entries |= read_arguments(function, class_node.name)
        elif function.name in sdk.resources:  # clients that were released before have properties
            entries[f"{root}.{function.name}"] = SurfaceEntry(EntryKind.NAME)
        elif not function.name.startswith("_") and function.name != "core":
            entries |= read_function(function, f"{root}.{function.name}")
    return entries


def _as_argument(name: str, entry: SurfaceEntry) -> tuple[str, SurfaceEntry]:
    """Return a field that callers pass as an argument; any other entry as it is."""
    if entry.entry_kind is not EntryKind.ATTRIBUTE:
        return name, entry
    owner, _, field_name = name.rpartition(".")
    default = "UNSET" if entry.default is None else entry.default
    return f"{owner}({field_name}=)", SurfaceEntry(EntryKind.ARGUMENT, entry.types, default)


def _exported_names(tree: ast.Module) -> list[str]:
    """Return the names in `__all__`."""
    for statement in tree.body:
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "__all__":
            return [str(name) for name in ast.literal_eval(statement.value)]
    return []
