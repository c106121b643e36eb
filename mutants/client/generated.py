"""Faults in generated code: the properties that methods send, and the calls of the contract."""

import ast
from collections.abc import Callable, Iterator, Sequence
from typing import TypeGuard

from attrs import frozen

from mutants.client.planting import in_tree, modules, planted
from mutants.mutant import Mutant

SENDING = ("self._core.call", "self._core.open")
"""The functions of the core by which a method of a resource sends."""
Method = ast.FunctionDef | ast.AsyncFunctionDef


@frozen
class Sending:
    """A call by which a method sends: where it stands, what it sends by, and what it sends.

    `name` is the method's; `number` is the call's in its module; `constant` is the call of the contract that
    it sends by. `fields` are the names of what it sends; `place` is the argument that holds them: a position
    or a keyword.
    """

    name: str
    number: int
    constant: str
    fields: tuple[str, ...]
    place: int | str


def sendings(tree: ast.Module) -> Iterator[Sending]:
    """Yield the calls by which methods send.

    Raises:
        LookupError: a class sends nothing: what these faults change has moved.
    """
    numbers = {id(call): number for number, call in enumerate(calls_of(tree))}
    for resource in (node for node in tree.body if isinstance(node, ast.ClassDef)):
        found = list(sendings_of(resource, numbers))
        if not found:
            raise LookupError(f"{resource.name} sends nothing; plant its faults elsewhere")
        yield from found


def sendings_of(resource: ast.ClassDef, numbers: dict[int, int]) -> Iterator[Sending]:
    """Yield the calls by which the methods of a resource send."""
    for method in (node for node in resource.body if isinstance(node, Method)):
        for count, call in enumerate(filter(is_sending, calls_of(method)), 1):
            fields, place = sent_fields(call)
            constant = ast.unparse(call.args[0]).rpartition(".")[2]
            suffix = f" ({count})" if count > 1 else ""
            name = f"{resource.name}.{method.name}{suffix}"
            yield Sending(name, numbers[id(call)], constant, fields, place)


def calls_of(node: ast.AST) -> list[ast.Call]:
    return [inner for inner in ast.walk(node) if isinstance(inner, ast.Call)]


def is_sending(call: ast.Call) -> bool:
    return ast.unparse(call.func) in SENDING


def sent_fields(call: ast.Call) -> tuple[tuple[str, ...], int | str]:
    """Return the names of what a call sends, and the argument that holds them."""
    for keyword in call.keywords:
        if keyword.arg == "parameters" and isinstance(keyword.value, ast.Dict):
            return keys_of(keyword.value), "parameters"
    fields = call.args[1]
    assert isinstance(fields, ast.Dict)
    return keys_of(fields), 1


def keys_of(mapping: ast.Dict) -> tuple[str, ...]:
    return tuple(str(key.value) for key in mapping.keys if key is not None and is_text(key))


def texts_in(node: ast.AST) -> list[str]:
    """List the texts of a node, in the order of `ast.walk`."""
    return [str(inner.value) for inner in ast.walk(node) if is_text(inner)]


def is_text(node: ast.AST) -> TypeGuard[ast.Constant]:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


MEMBERS = {
    "dropped-member": "{{k: v for k, v in ({given}).items() if k != {name!r}}}",
    "renamed-member": "{{k + '_' if k == {name!r} else k: v for k, v in ({given}).items()}}",
    "mixed-up-members": (
        "{{{{{name!r}: {other!r}, {other!r}: {name!r}}}.get(k, k): v for k, v in ({given}).items()}}"
    ),
}
"""What can be done to one member of what is sent."""
INVENTED = {"debug": True, "n": 1}


def resource_faults() -> Iterator[Mutant]:
    """Drop, rename, mix up and invent members, at each member of each method, sync and async."""
    for module, tree in modules("resources"):
        for sending in sendings(tree):
            for operator, name, expression in member_changes(sending.fields):
                change = in_tree(sending.number, ast.Call, sending_instead(sending.place, expression))
                yield planted("field", operator, f"{sending.name}/{name}", module, change)


def member_changes(members: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Yield operator, member, and the expression that stands in the place of what is `given`."""
    for place, name in enumerate(members):
        other = members[(place + 1) % len(members)]
        for operator, expression in MEMBERS.items():
            yield operator, name, expression.format(given="{given}", name=name, other=other)
    for name, value in INVENTED.items():
        yield "invented-member", name, f"{{**{{given}}, {name!r}: {value!r}}}"


def sending_instead(place: int | str, expression: str) -> Callable[[ast.AST], None]:
    """Put an expression into a call, around the one that is there."""

    def change(call: ast.AST) -> None:
        assert isinstance(call, ast.Call)
        if isinstance(place, int):
            call.args[place] = around(call.args[place])
        else:
            keyword = next(keyword for keyword in call.keywords if keyword.arg == place)
            keyword.value = around(keyword.value)

    def around(given: ast.expr) -> ast.expr:
        return ast.parse(expression.replace("{given}", ast.unparse(given)), mode="eval").body

    return change


def call_faults() -> Iterator[Mutant]:
    """Spoil the calls of the contract: paths, methods, which body is chosen, where results stand."""
    for module, tree in modules("_calls"):
        owners = owners_of(tree)
        for number, call in enumerate(calls_of(tree)):
            made, owner = ast.unparse(call.func), owners.get(id(call), "")
            if owner == "RAW" or is_a_wish(call):
                continue
            owner = f"{module}:{owner}" if owner == "OPERATION" else owner
            for keyword in call.keywords:
                for family, operator, pointer, change in keyword_changes(made, keyword):
                    yield planted(
                        family, operator, f"{owner}/{pointer}", module, in_tree(number, ast.Call, change)
                    )


def is_a_wish(call: ast.Call) -> bool:
    """Say whether a need may go unmet: what it does not name is no request that the contract takes."""
    return ast.unparse(call.func) == "ArgumentGroup" and any(
        keyword.arg == "required" for keyword in call.keywords
    )


def choice_faults() -> Iterator[Mutant]:
    """Let the first body not take one of its fields, so that the call goes out in the other encoding."""
    sent = {
        sending.constant: sending.fields for _, tree in modules("resources") for sending in sendings(tree)
    }
    for module, tree in modules("_calls"):
        calls, owners = calls_of(tree), owners_of(tree)
        for bodies in (node for node in ast.walk(tree) if isinstance(node, ast.Tuple) and len(node.elts) > 1):
            first, owner = bodies.elts[0], owners.get(id(bodies), "")
            if isinstance(first, ast.Call) and ast.unparse(first.func) == "Body" and owner != "RAW":
                number = next(place for place, call in enumerate(calls) if call is first)
                for name in sent[owner.removesuffix("_BODIES")]:
                    if name not in set(texts_in(bodies)):  # a file goes into a form whatever else is said
                        change = in_tree(number, ast.Call, lacking(name))
                        yield planted("dispatch", "lost-field", f"{owner}/{name}", module, change)


def lacking(name: str) -> Callable[[ast.AST], None]:
    """Say of a body that it has no such field."""

    def lack(call: ast.AST) -> None:
        assert isinstance(call, ast.Call)
        was = next((keyword.value for keyword in call.keywords if keyword.arg == "unsupported"), None)
        names = {name, *(texts_in(was) if was else ())}
        kept = [keyword for keyword in call.keywords if keyword.arg != "unsupported"]
        value = ast.parse(f"frozenset({sorted(names)!r})", mode="eval").body
        call.keywords = [*kept, ast.keyword("unsupported", value)]

    return lack


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
    ("Parameter", "name"): ("dispatch", "other-parameter"),
}
LISTED = {
    ("Body", "files"): ("dispatch", "no-file"),
    ("MediaReading", "base64"): ("dispatch", "lost-pointer"),
    ("MediaReading", "media_types"): ("dispatch", "lost-media-type"),
    ("TextReading", "text"): ("dispatch", "lost-pointer"),
    ("Event", "types"): ("dispatch", "lost-event-type"),
    ("Event", "pointers"): ("dispatch", "lost-pointer"),
    ("ArgumentGroup", "choices"): ("dispatch", "lost-choice"),
    ("JobReading", "keep"): ("dispatch", "lost-context"),
    ("RecordReading", "required"): ("dispatch", "lost-pointer"),
    ("StreamReading", "event_type"): ("dispatch", "lost-pointer"),
    ("StreamReading", "sample_rate"): ("dispatch", "lost-pointer"),
}


def keyword_changes(made: str, keyword: ast.keyword) -> Iterator[Change]:
    name = keyword.arg or ""
    if (made, name) in SPOILT and isinstance(keyword.value, ast.Constant):
        family, operator = SPOILT[made, name]
        yield family, operator, f"{name}/{keyword.value.value!s}", spoiling(name)
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
