"""The signatures of a built client as a caller reads them, and what of them differs between two clients."""

import ast
import difflib
from collections.abc import Iterator, Mapping

from .surface_entries import FunctionNode, functions_of

# By the name that a caller writes: the lines of a signature, or of a class with its fields.
Signatures = Mapping[str, tuple[str, ...]]


def read_method_signatures(class_node: ast.ClassDef, name: str) -> dict[str, tuple[str, ...]]:
    """Return the signature of each public method of a class that callers call `name`.

    Of a method with overloads it is that of the implementation, which has all arguments.
    """
    return {
        f"{name}.{function.name}": read_signature(function, f"{name}.{function.name}")
        for function in functions_of(class_node)
        if not function.name.startswith("_") and not _has_decorator(function, "overload", "property")
    }


def read_signature(function: FunctionNode, name: str) -> tuple[str, ...]:
    """Return the lines of the signature of a function that callers call `name`, an argument on each."""
    signature = function.args
    positional = [*signature.posonlyargs, *signature.args]
    defaults: list[ast.expr | None] = [None] * (len(positional) - len(signature.defaults))
    arguments = [
        *zip(positional, [*defaults, *signature.defaults], strict=True),
        *zip(signature.kwonlyargs, signature.kw_defaults, strict=True),
    ]
    lines = [
        f"    {_declare(argument, default)},"
        for argument, default in arguments
        if argument.arg not in ("self", "cls")
    ]
    result = f" -> {ast.unparse(function.returns)}" if function.returns else ""
    return (f"{name}(", *lines, f"){result}")


def _declare(argument: ast.arg, default: ast.expr | None) -> str:
    annotation = f": {ast.unparse(argument.annotation)}" if argument.annotation else ""
    return f"{argument.arg}{annotation}" + (f" = {ast.unparse(default)}" if default else "")


def read_class_signature(class_node: ast.ClassDef, name: str) -> tuple[str, ...]:
    """Return a class that callers call `name` as lines: its bases, then its fields or properties."""
    bases = ", ".join(map(ast.unparse, class_node.bases))
    return (f"class {name}({bases}):" if bases else f"class {name}:", *_class_lines(class_node))


def _class_lines(class_node: ast.ClassDef) -> Iterator[str]:
    for statement in class_node.body:
        match statement:
            case ast.AnnAssign(target=ast.Name(id=field_name), annotation=annotation):
                yield f"    {field_name}: {ast.unparse(annotation)}"
            case ast.Assign(targets=[ast.Name(id=value_name)], value=value) if value_name[0] != "_":
                yield f"    {value_name} = {ast.unparse(value)}"
            case ast.FunctionDef(name=property_name, returns=ast.expr() as result) if _is_field(statement):
                yield f"    {property_name}: {ast.unparse(result)}"
            case _:
                pass


def _is_field(function: ast.FunctionDef) -> bool:
    return not function.name.startswith("_") and _has_decorator(function, "property", "cached_property")


def _has_decorator(function: FunctionNode, *names: str) -> bool:
    return any(ast.unparse(decorator) in names for decorator in function.decorator_list)


def diff_signatures(old: Signatures, new: Signatures) -> list[str]:
    """Return the lines that differ as a unified diff, with the first line of each signature above them.

    A line begins with `+`, `-` or a space. What is the same in both is left out, and `…` stands for it.
    """
    lines: list[str] = []
    for name in dict.fromkeys([*old, *new]):
        before, after = old.get(name, ()), new.get(name, ())
        if before != after:
            lines += [*_diff_lines(before, after), ""]
    return lines[:-1]


def _diff_lines(before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[str]:
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    is_gap_shown = False
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag != "equal":
            yield from (f"-{line}" for line in before[start:end])
            yield from (f"+{line}" for line in after[new_start:new_end])
            is_gap_shown = False
            continue
        for index in range(start, end):
            # The first and the last line frame a signature: its name, and its result.
            if index == 0 or before[index].startswith(")"):
                yield f" {before[index]}"
            elif not is_gap_shown:
                yield "     …"
                is_gap_shown = True
