"""What a caller of a built client sees, read from its source: names, arguments, types, defaults, results.

The source is parsed, never imported, so that two clients of one name can be compared in one process.
"""

import ast
from collections.abc import Iterator, Mapping
from enum import Enum
from pathlib import Path

from attrs import field, frozen

from ..model.sdk import Sdk

Class = ast.ClassDef
Function = ast.FunctionDef | ast.AsyncFunctionDef

# Which of the two a model has follows from its `additional_properties`, which are compared themselves.
_BASES_OF_MODELS = frozenset({"ClosedObject", "OpenObject"})


class What(Enum):
    """What a name of the surface is."""

    NAME = "name"  # a class, function, module or enum member: it is there, or it is not
    ARGUMENT = "argument"
    RESULT = "result"
    ATTRIBUTE = "attribute"
    BASES = "bases"


@frozen
class Entry:
    """One name. `types` are the members of its union; `default` is None for what must be given."""

    what: What
    types: frozenset[str] = frozenset()
    default: str | None = None


@frozen
class Surface:
    """Every name that a caller may write: `client.images.edit(prompt=)`, `models.Video.seed`, `errors.X`."""

    entries: dict[str, Entry] = field(repr=False)


def read_surface(project: Path, sdk: Sdk) -> Surface:
    """The surface of the client that was built in the folder `project`."""
    package = project / sdk.package
    reader = _Reader(package)
    entries = dict(reader.client(sdk))
    entries |= reader.classes(package / "models" / "__init__.py", "models")
    entries |= reader.classes(package / "results.py", "results")
    entries |= reader.raw(package / "api")
    entries |= reader.exports(entries)
    return Surface(entries)


def types_of(annotation: ast.expr | None, aliases: dict[str, ast.expr] | None = None) -> frozenset[str]:
    """The members of a union; of a Literal each value; of an alias what it stands for."""
    return frozenset(_members(annotation, aliases or {})) if annotation is not None else frozenset()


def _members(given: ast.expr, aliases: dict[str, ast.expr]) -> Iterator[str]:
    match given:
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            yield from _members(left, aliases)
            yield from _members(right, aliases)
        case ast.Constant(value=str(text)):
            yield from _members(ast.parse(text, mode="eval").body, aliases)
        case ast.Name(id=name) if name in aliases:
            yield from _members(aliases[name], aliases)
        case ast.Subscript(value=ast.Name(id="Literal"), slice=ast.Tuple(elts=values)):
            yield from (f"Literal[{ast.unparse(value)}]" for value in values)
        case ast.Subscript(value=ast.Name(id=outer), slice=ast.Name(id=name)) if name in aliases:
            yield from (f"{outer}[{one}]" for one in _members(aliases[name], aliases))
        case _:
            yield ast.unparse(given)


class _Reader:
    """Reads modules of one package; classes of the runtime are known by name, for what they hand down."""

    def __init__(self, package: Path) -> None:
        self._package = package
        self._trees: dict[Path, ast.Module] = {}
        modules = sorted((package / "_runtime").glob("*.py"))
        found = [statement for module in modules for statement in self._tree(module).body]
        self._runtime = {one.name: one for one in found if isinstance(one, Class)}

    def _tree(self, path: Path) -> ast.Module:
        if path not in self._trees:
            self._trees[path] = ast.parse(path.read_text(encoding="utf-8"))
        return self._trees[path]

    def client(self, sdk: Sdk) -> dict[str, Entry]:
        """Both client classes, their resources, and each resource's methods."""
        found: dict[str, Entry] = {}
        for prefix, root in (("", "client"), ("Async", "async_client")):
            for one in self._classes(self._package / "client.py"):
                if one.name == f"{prefix}{sdk.client}":
                    found |= self._client_class(one, root, sdk)
            for resource in sdk.resources:
                for one in self._classes(self._package / "resources" / f"{resource}.py"):
                    if one.name.startswith("Async") == bool(prefix):
                        found |= self._methods(one, f"{root}.{resource}")
        return found

    def _client_class(self, given: Class, root: str, sdk: Sdk) -> dict[str, Entry]:
        found = {given.name: Entry(What.NAME)}
        for function in _functions(given):
            if function.name == "__init__":
                found |= _arguments(function, given.name)
            elif function.name in sdk.resources:
                found[f"{root}.{function.name}"] = Entry(What.NAME)
            elif not function.name.startswith("_"):
                found |= _function(function, f"{root}.{function.name}")
        return found

    def _classes(self, path: Path) -> list[Class]:
        return [one for one in self._tree(path).body if isinstance(one, Class)] if path.exists() else []

    def _methods(self, given: Class, name: str) -> dict[str, Entry]:
        found: dict[str, Entry] = {}
        overloads: dict[str, list[Function]] = {}
        for function in _functions(given):
            if function.name.startswith("_"):
                continue
            if _decorated(function, "overload"):
                overloads.setdefault(function.name, []).append(function)
            elif _decorated(function, "property"):
                found[f"{name}.{function.name}"] = Entry(What.ATTRIBUTE, types_of(function.returns), "")
            else:
                found |= _function(function, f"{name}.{function.name}")
        for method, functions in overloads.items():
            if f"{name}.{method}" in found:
                found |= _overloads(functions, f"{name}.{method}")
        return found

    def classes(self, module: Path, name: str) -> dict[str, Entry]:
        """The public classes of a module, with what they inherit from the runtime."""
        found: dict[str, Entry] = {}
        beside = {one.name: one for one in self._classes(module)}
        for one in beside.values():
            if not one.name.startswith("_"):
                found |= self._class(one, f"{name}.{one.name}", beside)
        return found

    def _class(self, given: Class, name: str, beside: Mapping[str, Class] | None = None) -> dict[str, Entry]:
        """What a class has and inherits, from the runtime or from a class `beside` it."""
        found = {name: Entry(What.NAME)}
        bases = frozenset(ast.unparse(base) for base in given.bases) - _BASES_OF_MODELS
        found[f"{name}<>"] = Entry(What.BASES, bases)
        for base in given.bases:
            known = ast.unparse(base).partition("[")[0]
            inherited = (beside or {}).get(known) or self._runtime.get(known)
            if inherited is not None and inherited is not given:
                found |= {
                    key: entry
                    for key, entry in self._class(inherited, name, beside).items()
                    if entry.what != What.BASES
                }
        found |= self._methods(given, name)
        for statement in given.body:
            found |= _attribute(statement, name)
        return found

    def raw(self, api: Path) -> dict[str, Entry]:
        """The module of each operation, with the arguments and the result of its functions."""
        found: dict[str, Entry] = {}
        for module in sorted(api.rglob("*.py")) if api.exists() else ():
            if module.stem == "__init__":
                continue
            name = f"api.{module.parent.name}.{module.stem}"
            tree = self._tree(module)
            aliases = {
                one.target.id: one.value
                for one in tree.body
                if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name) and one.value
            }
            found[name] = Entry(What.NAME)
            for function in tree.body:
                if isinstance(function, ast.FunctionDef) and function.name == "sync_detailed":
                    found |= _function(function, name, aliases)
        return found

    def exports(self, known: dict[str, Entry]) -> dict[str, Entry]:
        """What the package itself offers, where it is not a client, a model or a result."""
        found: dict[str, Entry] = {}
        for name in _all(self._tree(self._package / "__init__.py")):
            if name in known or f"results.{name}" in known:
                continue
            given = self._runtime.get(name)
            if name.endswith("Error"):
                found |= (
                    self._class(given, f"errors.{name}") if given else {f"errors.{name}": Entry(What.NAME)}
                )
            else:
                found |= self._offered(given, name) if given else {name: Entry(What.NAME)}
        return found

    def _offered(self, given: Class, name: str) -> dict[str, Entry]:
        """A class of the runtime; what callers make it of are arguments, whatever else they see of it."""
        found = self._class(given, name)
        if self._is_made_of_fields(given):
            found = {_as_argument(key, entry): _given(entry) for key, entry in found.items()}
        for function in _functions(given):
            if function.name == "__init__":
                found |= _arguments(function, name)
        return found

    def _is_made_of_fields(self, given: Class) -> bool:
        """Whether callers make it by its fields: a TypedDict, or a tuple that has a default for each."""
        bases = [ast.unparse(base) for base in given.bases]
        if "NamedTuple" in bases:
            return all(one.value is not None for one in given.body if isinstance(one, ast.AnnAssign))
        inherited = [self._runtime[base] for base in bases if base in self._runtime]
        return "TypedDict" in bases or any(map(self._is_made_of_fields, inherited))


def _as_argument(name: str, entry: Entry) -> str:
    if entry.what is not What.ATTRIBUTE:
        return name
    owner, _, field_name = name.rpartition(".")
    return f"{owner}({field_name}=)"


def _given(entry: Entry) -> Entry:
    if entry.what is not What.ATTRIBUTE:
        return entry
    return Entry(What.ARGUMENT, entry.types, "UNSET" if entry.default is None else entry.default)


def _all(tree: ast.Module) -> list[str]:
    for statement in tree.body:
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "__all__":
            return [str(name) for name in ast.literal_eval(statement.value)]
    return []


def _functions(given: Class) -> list[Function]:
    return [one for one in given.body if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)]


def _decorated(function: Function, name: str) -> bool:
    return any(ast.unparse(one) in (name, f"cached_{name}") for one in function.decorator_list)


def _function(function: Function, name: str, aliases: dict[str, ast.expr] | None = None) -> dict[str, Entry]:
    found = {name: Entry(What.NAME), f"{name}()": Entry(What.RESULT, types_of(function.returns, aliases))}
    return found | _arguments(function, name, aliases)


def _arguments(function: Function, name: str, aliases: dict[str, ast.expr] | None = None) -> dict[str, Entry]:
    given = function.args
    named = [*given.posonlyargs, *given.args]
    defaults: list[ast.expr | None] = [*([None] * (len(named) - len(given.defaults))), *given.defaults]
    pairs = [*zip(named, defaults, strict=True), *zip(given.kwonlyargs, given.kw_defaults, strict=True)]
    return {
        f"{name}({argument.arg}=)": Entry(
            What.ARGUMENT, types_of(argument.annotation, aliases), ast.unparse(default) if default else None
        )
        for argument, default in pairs
        if argument.arg not in ("self", "cls", "client")
    }


def _overloads(functions: list[Function], name: str) -> dict[str, Entry]:
    """The result of each overload, under the arguments in whose types the overloads differ."""
    given = [
        {one.arg: ast.unparse(one.annotation) for one in function.args.kwonlyargs if one.annotation}
        for function in functions
    ]
    found: dict[str, Entry] = {}
    for own, function in zip(given, functions, strict=True):
        selecting = ", ".join(f"{one}: {types}" for one, types in own.items() if _differs(one, given))
        found[f"{name}[{selecting}]"] = Entry(What.RESULT, types_of(function.returns))
    return found


def _differs(argument: str, overloads: list[dict[str, str]]) -> bool:
    return len({one.get(argument) for one in overloads}) > 1


def _attribute(statement: ast.stmt, name: str) -> dict[str, Entry]:
    """A field of a model, or a member of an enum."""
    match statement:
        case ast.AnnAssign(target=ast.Name(id=attribute), annotation=annotation, value=value):
            # Models import `field` by a private name: a member may be called so, but none of the runtime's.
            default = None if value is None else ast.unparse(value).replace("_field(", "field(", 1)
            return {f"{name}.{attribute}": Entry(What.ATTRIBUTE, types_of(annotation), default)}
        case ast.Assign(targets=[ast.Name(id=member)], value=value) if not member.startswith("_"):
            return {f"{name}.{member}": Entry(What.NAME, frozenset({ast.unparse(value)}))}
        case _:
            return {}
