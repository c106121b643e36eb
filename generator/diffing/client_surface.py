"""What a caller of a built client sees, read from its source: names, arguments, types, defaults, results.

The source is parsed and never imported, so that two clients with the same package name can be compared in
one process.
"""

import ast
from collections.abc import Iterator, Mapping
from enum import Enum
from pathlib import Path

from attrs import field, frozen

from ..surface.sdk import Sdk

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef
Aliases = Mapping[str, ast.expr]

# A model has one of these bases. Which one follows from `additional_properties`, which is compared itself.
_MODEL_BASES = frozenset({"ClosedObject", "OpenObject"})


class EntryKind(Enum):
    """What a name of the surface is."""

    NAME = "name"  # a class, a function, a module or a value of an enum: it exists, or it does not
    ARGUMENT = "argument"
    RESULT = "result"
    ATTRIBUTE = "attribute"
    BASES = "bases"


@frozen
class SurfaceEntry:
    """What is behind one name. `types` are the types of its union; without a `default` it is required."""

    kind: EntryKind
    types: frozenset[str] = frozenset()
    default: str | None = None


Entries = dict[str, SurfaceEntry]


@frozen
class ClientSurface:
    """Every name that a caller may use: `client.images.edit(prompt=)`, `models.Video.seed`, `errors.X`.

    Three markers stand behind a name: `()` for what a function returns, `<>` for the bases of a class, and
    `[argument: type]` for an overload.
    """

    entries: Entries = field(repr=False)


def read_client_surface(project: Path, sdk: Sdk) -> ClientSurface:
    """Return the surface of the client that is built in the folder `project`."""
    package = project / sdk.package
    reader = _SurfaceReader(package)
    entries = reader.client_classes(sdk)
    entries |= reader.public_classes(package / "models" / "__init__.py", "models")
    entries |= reader.public_classes(package / "results.py", "results")
    entries |= reader.raw_modules(package / "api")
    entries |= reader.other_exports(entries)
    return ClientSurface(entries)


def types_of(annotation: ast.expr | None, aliases: Aliases | None = None) -> frozenset[str]:
    """Return the types of a union: each value of a Literal, and what an alias stands for."""
    return frozenset(_union_members(annotation, aliases or {})) if annotation is not None else frozenset()


def _union_members(annotation: ast.expr, aliases: Aliases) -> Iterator[str]:
    match annotation:
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            yield from _union_members(left, aliases)
            yield from _union_members(right, aliases)
        case ast.Constant(value=str(text)):  # a forward reference
            yield from _union_members(ast.parse(text, mode="eval").body, aliases)
        case ast.Name(id=name) if name in aliases:
            yield from _union_members(aliases[name], aliases)
        case ast.Subscript(value=ast.Name(id="Literal"), slice=ast.Tuple(elts=values)):
            yield from (f"Literal[{ast.unparse(value)}]" for value in values)
        case ast.Subscript(value=ast.Name(id=outer), slice=ast.Name(id=name)) if name in aliases:
            yield from (f"{outer}[{inner}]" for inner in _union_members(aliases[name], aliases))
        case _:
            yield ast.unparse(annotation)


class _SurfaceReader:
    """Reads the modules of one package. Classes of the runtime are found by name, for what others inherit."""

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
                        entries |= _methods(class_node, f"{root}.{resource}")
        return entries

    def public_classes(self, module: Path, name: str) -> Entries:
        """Return the public classes of a module, which callers know as `name`, with what they inherit."""
        siblings = {class_node.name: class_node for class_node in self._classes(module)}
        entries: Entries = {}
        for class_node in siblings.values():
            if not class_node.name.startswith("_"):
                entries |= self._class(class_node, f"{name}.{class_node.name}", siblings)
        return entries

    def _class(
        self, class_node: ast.ClassDef, name: str, siblings: Mapping[str, ast.ClassDef] | None = None
    ) -> Entries:
        """Return what a class has and inherits, from the runtime or from a class of its own module."""
        bases = frozenset(ast.unparse(base) for base in class_node.bases) - _MODEL_BASES
        entries = {name: SurfaceEntry(EntryKind.NAME), f"{name}<>": SurfaceEntry(EntryKind.BASES, bases)}
        for base in class_node.bases:
            base_name = ast.unparse(base).partition("[")[0]  # without the arguments of a generic
            base_node = (siblings or {}).get(base_name) or self._runtime_classes.get(base_name)
            if base_node is not None and base_node is not class_node:
                inherited = self._class(base_node, name, siblings)
                entries |= {
                    key: entry for key, entry in inherited.items() if entry.kind is not EntryKind.BASES
                }
        entries |= _methods(class_node, name)
        for statement in class_node.body:
            entries |= _attribute(statement, name)
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
                    entries |= _function(statement, name, aliases)
        return entries

    def other_exports(self, read_before: Entries) -> Entries:
        """Return what the package exports besides clients, models and results, which were `read_before`."""
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
        """Return a class of the runtime that is not an error, with what callers construct it from."""
        entries = self._class(class_node, name)
        if self._is_constructed_from_fields(class_node):
            entries = dict(_as_argument(key, entry) for key, entry in entries.items())
        for function in _functions(class_node):
            if function.name == "__init__":
                entries |= _arguments(function, name)
        return entries

    def _is_constructed_from_fields(self, class_node: ast.ClassDef) -> bool:
        """Whether callers pass the fields: of a TypedDict, or of a tuple that has a default for each."""
        bases = [ast.unparse(base) for base in class_node.bases]
        if "NamedTuple" in bases:
            fields = [statement for statement in class_node.body if isinstance(statement, ast.AnnAssign)]
            return all(statement.value is not None for statement in fields)
        base_nodes = [self._runtime_classes[base] for base in bases if base in self._runtime_classes]
        return "TypedDict" in bases or any(map(self._is_constructed_from_fields, base_nodes))


def _client_class(class_node: ast.ClassDef, root: str, sdk: Sdk) -> Entries:
    """Return the constructor's arguments, the resources and the methods of a client class."""
    entries = {class_node.name: SurfaceEntry(EntryKind.NAME)}
    for function in _functions(class_node):
        if function.name == "__init__":
            entries |= _arguments(function, class_node.name)
        elif function.name in sdk.resources:
            entries[f"{root}.{function.name}"] = SurfaceEntry(EntryKind.NAME)
        elif not function.name.startswith("_"):
            entries |= _function(function, f"{root}.{function.name}")
    return entries


def _methods(class_node: ast.ClassDef, name: str) -> Entries:
    """Return the public methods and properties of a class that callers know as `name`."""
    entries: Entries = {}
    overloads: dict[str, list[FunctionNode]] = {}
    for function in _functions(class_node):
        if function.name.startswith("_"):
            continue
        if _has_decorator(function, "overload"):
            overloads.setdefault(function.name, []).append(function)
        elif _has_decorator(function, "property") or _has_decorator(function, "cached_property"):
            # A property is read only, so it has a default in the sense that no caller must pass it.
            entry = SurfaceEntry(EntryKind.ATTRIBUTE, types_of(function.returns), "")
            entries[f"{name}.{function.name}"] = entry
        else:
            entries |= _function(function, f"{name}.{function.name}")
    for method, functions in overloads.items():
        if f"{name}.{method}" in entries:
            entries |= _overloads(functions, f"{name}.{method}")
    return entries


def _as_argument(name: str, entry: SurfaceEntry) -> tuple[str, SurfaceEntry]:
    """Return a field that callers pass as an argument; any other entry as it is."""
    if entry.kind is not EntryKind.ATTRIBUTE:
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


def _functions(class_node: ast.ClassDef) -> list[FunctionNode]:
    return [
        statement
        for statement in class_node.body
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def _has_decorator(function: FunctionNode, name: str) -> bool:
    return any(ast.unparse(decorator) == name for decorator in function.decorator_list)


def _function(function: FunctionNode, name: str, aliases: Aliases | None = None) -> Entries:
    """Return a function, its result and its arguments."""
    result = SurfaceEntry(EntryKind.RESULT, types_of(function.returns, aliases))
    entries = {name: SurfaceEntry(EntryKind.NAME), f"{name}()": result}
    return entries | _arguments(function, name, aliases)


def _arguments(function: FunctionNode, name: str, aliases: Aliases | None = None) -> Entries:
    signature = function.args
    positional = [*signature.posonlyargs, *signature.args]
    # The AST lists the defaults of the last positional arguments alone.
    required_count = len(positional) - len(signature.defaults)
    defaults: list[ast.expr | None] = [*([None] * required_count), *signature.defaults]
    arguments = [
        *zip(positional, defaults, strict=True),
        *zip(signature.kwonlyargs, signature.kw_defaults, strict=True),
    ]
    return {
        f"{name}({argument.arg}=)": SurfaceEntry(
            EntryKind.ARGUMENT,
            types_of(argument.annotation, aliases),
            ast.unparse(default) if default else None,
        )
        for argument, default in arguments
        if argument.arg not in ("self", "cls", "client")
    }


def _overloads(functions: list[FunctionNode], name: str) -> Entries:
    """Return the result of each overload, under the arguments whose types differ between the overloads."""
    annotations = [
        {
            argument.arg: ast.unparse(argument.annotation)
            for argument in function.args.kwonlyargs
            if argument.annotation
        }
        for function in functions
    ]
    entries: Entries = {}
    for function, annotation_by_argument in zip(functions, annotations, strict=True):
        selectors = ", ".join(
            f"{argument}: {annotation}"
            for argument, annotation in annotation_by_argument.items()
            if len({by_argument.get(argument) for by_argument in annotations}) > 1
        )
        entries[f"{name}[{selectors}]"] = SurfaceEntry(EntryKind.RESULT, types_of(function.returns))
    return entries


def _attribute(statement: ast.stmt, class_name: str) -> Entries:
    """Return a field of a class, or a value of an enum; nothing for any other statement."""
    match statement:
        case ast.AnnAssign(target=ast.Name(id=attribute), annotation=annotation, value=value):
            # Models import `field` under a private name, because a property may be called `field`. The
            # runtime does not; both are compared as one.
            default = None if value is None else ast.unparse(value).replace("_field(", "field(", 1)
            entry = SurfaceEntry(EntryKind.ATTRIBUTE, types_of(annotation), default)
            return {f"{class_name}.{attribute}": entry}
        case ast.Assign(targets=[ast.Name(id=value_name)], value=value) if not value_name.startswith("_"):
            entry = SurfaceEntry(EntryKind.NAME, frozenset({ast.unparse(value)}))
            return {f"{class_name}.{value_name}": entry}
        case _:
            return {}
