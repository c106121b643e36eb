"""Faults in what the factory generates: the members that methods send, and the plans of calls."""

import ast
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TypeGuard

from mutants.client.planting import in_tree, modules, planted
from mutants.mutant import Mutant

OPENING = ("call", "open")
"""Methods of the core through which a resource sends."""


def sending(tree: ast.Module) -> Iterator[tuple[str, int, ast.Call]]:
    """Yield the calls by which methods send: the method's name, the call's number in the module, the call."""
    names = {
        id(node): f"{owner.name}.{method.name}"
        for owner in tree.body
        if isinstance(owner, ast.ClassDef)
        for method in owner.body
        if isinstance(method, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(method)
    }
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    seen: Counter[str] = Counter()
    for number, call in enumerate(calls):
        is_sent = isinstance(call.func, ast.Attribute) and call.func.attr in OPENING
        if is_sent and len(call.args) > 1 and isinstance(call.args[1], ast.Dict):
            name = names[id(call)]
            seen[name] += 1
            yield name if seen[name] == 1 else f"{name} ({seen[name]})", number, call


def texts_in(node: ast.AST) -> list[str]:
    """List the texts of a node, in the order of `ast.walk`."""
    return [str(inner.value) for inner in ast.walk(node) if is_text(inner)]


def is_text(node: ast.AST) -> TypeGuard[ast.Constant]:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def members_of(call: ast.AST) -> ast.Dict:
    assert isinstance(call, ast.Call)
    given = call.args[1]
    assert isinstance(given, ast.Dict)
    return given


def resource_faults() -> Iterator[Mutant]:
    """Drop, rename, mix up and invent members, at each member of each method, sync and async."""
    for module, tree in modules("resources"):
        for method, number, call in sending(tree):
            names = [str(key.value) for key in members_of(call).keys if isinstance(key, ast.Constant)]
            for place, name in enumerate(names):
                for operator, change in member_changes(place, len(names)).items():
                    yield planted(
                        "field", operator, f"{method}/{name}", module, in_tree(number, ast.Call, change)
                    )
            for name, value in {"debug": True, "n": 1}.items():
                change = inventing(name, value)
                yield planted(
                    "field", "invented-member", f"{method}/{name}", module, in_tree(number, ast.Call, change)
                )


def member_changes(place: int, count: int) -> dict[str, Callable[[ast.AST], None]]:
    """What can be done to one member."""

    def drop(call: ast.AST) -> None:
        given = members_of(call)
        del given.keys[place], given.values[place]

    def rename(call: ast.AST) -> None:
        key = members_of(call).keys[place]
        assert isinstance(key, ast.Constant)
        key.value = f"{key.value!s}_"

    def mix_up(call: ast.AST) -> None:
        values, other = members_of(call).values, (place + 1) % count
        values[place], values[other] = values[other], values[place]

    return {"dropped-member": drop, "renamed-member": rename, "mixed-up-members": mix_up}


def inventing(name: str, value: bool | int) -> Callable[[ast.AST], None]:
    def invent(call: ast.AST) -> None:
        given = members_of(call)
        given.keys.append(ast.Constant(name))
        given.values.append(ast.Constant(value))

    return invent


def plan_faults() -> Iterator[Mutant]:
    """Spoil plans: paths, methods, which body is chosen, where results stand."""
    for module, tree in modules("_plans"):
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
        owners = owners_of(tree)
        for number, call in enumerate(calls):
            made, owner = ast.unparse(call.func), owners.get(id(call), "")
            if owner in ("RAW", "BODIES"):
                continue
            owner = f"{module}:{owner}" if owner == "OPERATION" else owner
            for keyword in call.keywords:
                for family, operator, pointer, change in keyword_changes(made, keyword):
                    yield planted(
                        family, operator, f"{owner}/{pointer}", module, in_tree(number, ast.Call, change)
                    )


def choice_faults() -> Iterator[Mutant]:
    """Let the first body not know one of its fields, so that the call goes out in the other encoding."""
    for module, tree in modules("_plans"):
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
        owners = owners_of(tree)
        for bodies in (node for node in ast.walk(tree) if isinstance(node, ast.Tuple) and len(node.elts) > 1):
            first = bodies.elts[0]
            if (
                isinstance(first, ast.Call)
                and ast.unparse(first.func) == "Body"
                and owners[id(first)] != "BODIES"
            ):
                number = next(place for place, call in enumerate(calls) if call is first)
                names = texts_in(value_named(first, "fields"))
                for place, name in enumerate(names):
                    change = in_tree(number, ast.Call, losing("fields", place))
                    yield planted("dispatch", "lost-field", f"{owners[id(first)]}/{name}", module, change)


def owners_of(tree: ast.Module) -> dict[int, str]:
    """Return the name of the constant that each node stands in, by the id of the node."""
    owners: dict[int, str] = {}
    for statement in tree.body:
        if isinstance(statement, ast.Assign | ast.AnnAssign):
            target = statement.targets[0] if isinstance(statement, ast.Assign) else statement.target
            owners |= {id(node): ast.unparse(target) for node in ast.walk(statement)}
    return owners


Change = tuple[str, str, str, Callable[[ast.AST], None]]
SPOILT = {
    ("Operation", "path"): ("dispatch", "other-path"),
    ("Operation", "method"): ("dispatch", "other-method"),
    ("JobReading", "id"): ("dispatch", "other-pointer"),
}
LISTED = {
    ("Body", "files"): ("dispatch", "no-file"),
    ("MediaReading", "base64"): ("dispatch", "lost-pointer"),
    ("MediaReading", "media_types"): ("dispatch", "lost-media-type"),
    ("TextReading", "text"): ("dispatch", "lost-pointer"),
    ("Event", "types"): ("dispatch", "lost-event-type"),
    ("JobReading", "keep"): ("dispatch", "lost-context"),
    ("RecordReading", "required"): ("dispatch", "lost-pointer"),
    ("StreamReading", "type"): ("dispatch", "lost-pointer"),
    ("StreamReading", "sample_rate"): ("dispatch", "lost-pointer"),
}


def keyword_changes(made: str, keyword: ast.keyword) -> Iterator[Change]:
    name = keyword.arg or ""
    if (made, name) in SPOILT and isinstance(keyword.value, ast.Constant):
        family, operator = SPOILT[made, name]
        yield family, operator, name, spoiling(name)
    if (made, name) in LISTED:
        family, operator = LISTED[made, name]
        elements = texts_in(keyword.value)
        for place, element in enumerate(elements):
            yield family, operator, f"{name}/{element}", losing(name, place)
    if (
        made == "Call"
        and name == "readings"
        and isinstance(keyword.value, ast.Tuple)
        and len(keyword.value.elts) > 1
    ):
        for place in range(len(keyword.value.elts)):
            yield "dispatch", "lost-reading", f"readings/{place}", losing_reading(place)


def value_named(call: ast.AST, name: str) -> ast.expr:
    assert isinstance(call, ast.Call)
    return next(keyword.value for keyword in call.keywords if keyword.arg == name)


def spoiling(name: str) -> Callable[[ast.AST], None]:
    def spoil(call: ast.AST) -> None:
        value = value_named(call, name)
        assert isinstance(value, ast.Constant)
        value.value = {"POST": "PUT", "GET": "POST"}.get(str(value.value), f"{value.value!s}s")

    return spoil


def losing(name: str, place: int) -> Callable[[ast.AST], None]:
    """Put something that is never met in the place of one element of a tuple or a set."""

    def lose(call: ast.AST) -> None:
        constants = [node for node in ast.walk(value_named(call, name)) if is_text(node)]
        constants[place].value = f"{constants[place].value!s}__"

    return lose


def losing_reading(place: int) -> Callable[[ast.AST], None]:
    def lose(call: ast.AST) -> None:
        value = value_named(call, "readings")
        assert isinstance(value, ast.Tuple)
        del value.elts[place]

    return lose
