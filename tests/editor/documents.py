"""The documents that a user writes: every call of a surface, with cursors where an editor is asked."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tests.editor.editors import Cursor, Document
from tests.editor.expected import CLIENT, PACKAGE, RESOURCES, STREAMS, Overload
from tests.editor.surfaces import Call, Surface


class CallCursors(NamedTuple):
    """Where editors are asked about a call."""

    parentheses: Cursor
    """Inside the parentheses, where nothing is typed yet."""
    half_typed: Mapping[str, Cursor]
    """By keyword, behind the first half of its name; the first, a middle and the last keyword."""
    name: Cursor
    """On the name of the method."""
    result_attribute: Cursor
    """Behind the dot that follows a result."""
    overloaded: Mapping[Overload, Cursor]
    """On a variable that holds the result of an overload."""


class SurfaceDocument(Document):
    """Calls every method of a surface, as the README does: in the client's own `with` block."""

    def __init__(self, surface: Surface) -> None:
        super().__init__(f"{str(surface).replace('.', '_').lower()}.py")
        self._indent = "        "
        self.add(f"from {PACKAGE} import {surface.client}")
        self.add(f"{'async ' if surface.is_async else ''}def main() -> None:")
        self.add(f"    {'async ' if surface.is_async else ''}with {surface.client}() as client:")
        self.calls: Mapping[Call, CallCursors] = {
            call: self._write(call) for call in (Call(surface, method) for method in surface.methods)
        }
        self.resources = {
            resource: self.mark(f"{self._indent}{surface.path}.{resource}.|") for resource in RESOURCES
        }
        self.group = self.mark(f"{self._indent}{surface.path}.|")
        self.opened: Mapping[str, Cursor] = dict(self._write_opened(surface))

    def _write(self, call: Call) -> CallCursors:
        parentheses = self.mark(self._indent + call.source("|"))
        keywords = call.method.keywords
        # A completion costs the language server tens of milliseconds, so three keywords stand for all.
        sample = {keyword.name for keyword in (keywords[0], keywords[len(keywords) // 2], keywords[-1])}
        half_typed = {
            name: self.mark(self._indent + call.source(f"{name[: len(name) // 2]}|"))
            for name in sorted(sample)
        }
        before, _, name = call.source(call.method.arguments).rpartition(f".{call.method.name}(")
        on_name = self.mark(f"{self._indent}{before}.|{call.method.name}({name}")
        overloads = () if call.surface.group else call.method.overloads
        overloaded = {overload: self._write_overloaded(call, overload) for overload in overloads}
        attribute = self.mark(f"{self._indent}({call.source(call.method.arguments)}).|")
        return CallCursors(parentheses, half_typed, on_name, attribute, overloaded)

    def _write_opened(self, surface: Surface) -> Iterator[tuple[str, Cursor]]:
        """Write a `with` block around each stream that a method of the surface returns."""
        for call in self.calls:
            arguments = call.method.arguments
            if not surface.group and any(overload.result in STREAMS for overload in call.method.overloads):
                arguments = f"{arguments}, {call.method.overloads[-1]}"
            elif surface.group != "streaming":
                continue
            opening = "async with" if surface.is_async else "with"
            self.add(f"{self._indent}{opening} {call.source(arguments)} as opened:")
            yield str(call), self.mark(f"{self._indent}    opened.|")

    def _write_overloaded(self, call: Call, overload: Overload) -> Cursor:
        arguments = f"{call.method.arguments}, {overload}"
        return self.mark(f"{self._indent}|result = {call.source(arguments)}")


class NamesDocument(Document):
    """What a user writes before the first call."""

    def __init__(self) -> None:
        super().__init__("names.py")
        self.add(f"from {PACKAGE} import {CLIENT}, Async{CLIENT}")
        self.constructors = {client: self.mark(f"{client}(|)") for client in (CLIENT, f"Async{CLIENT}")}
        self.root = self.mark(f"from {PACKAGE} import |")
