"""Reads names, arguments, types and defaults from the syntax tree of a class or a function."""

import ast
from collections.abc import Iterator, Mapping
from enum import Enum

from attrs import frozen

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef
Aliases = Mapping[str, ast.expr]


class EntryKind(Enum):
    """The kinds of names of the surface."""

    NAME = "name"  # a class, a function, a module or a value of an enum: it exists, or it does not
    ARGUMENT = "argument"
    RESULT = "result"
    ATTRIBUTE = "attribute"
    BASES = "bases"


@frozen
class SurfaceEntry:
    """What a name of the surface stands for.

    `types` are the types of its union; without a `default` it is required.
    """

    entry_kind: EntryKind
    types: frozenset[str] = frozenset()
    default: str | None = None


Entries = dict[str, SurfaceEntry]


def types_of(annotation: ast.expr | None, aliases: Aliases | None = None) -> frozenset[str]:
    """Return the types of a union: one for each value of a Literal; aliases are replaced by their types."""
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


def read_methods(class_node: ast.ClassDef, name: str) -> Entries:
    """Return the public methods and properties of a class that callers call `name`."""
    entries: Entries = {}
    overloads: dict[str, list[FunctionNode]] = {}
    for function in functions_of(class_node):
        if function.name.startswith("_"):
            continue
        if _has_decorator(function, "overload"):
            overloads.setdefault(function.name, []).append(function)
        elif _has_decorator(function, "property") or _has_decorator(function, "cached_property"):
            # A property is read-only. It gets a default here, because callers need not pass it.
            entry = SurfaceEntry(EntryKind.ATTRIBUTE, types_of(function.returns), "")
            entries[f"{name}.{function.name}"] = entry
        else:
            entries |= read_function(function, f"{name}.{function.name}")
    for method, functions in overloads.items():
        if f"{name}.{method}" in entries:
            entries |= _overloads(functions, f"{name}.{method}")
    return entries


def functions_of(class_node: ast.ClassDef) -> list[FunctionNode]:
    """Return the functions that a class defines itself, in the order of its source."""
    return [
        statement
        for statement in class_node.body
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def _has_decorator(function: FunctionNode, name: str) -> bool:
    return any(ast.unparse(decorator) == name for decorator in function.decorator_list)


def read_function(function: FunctionNode, name: str, aliases: Aliases | None = None) -> Entries:
    """Return a function, its result and its arguments."""
    result = SurfaceEntry(EntryKind.RESULT, types_of(function.returns, aliases))
    entries = {name: SurfaceEntry(EntryKind.NAME), f"{name}()": result}
    return entries | read_arguments(function, name, aliases)


def read_arguments(function: FunctionNode, name: str, aliases: Aliases | None = None) -> Entries:
    """Return the arguments of a function, except for the object or client that it is called on."""
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


def read_attribute(statement: ast.stmt, class_name: str) -> Entries:
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
