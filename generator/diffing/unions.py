"""Tells whether one annotation admits another, as far as that can be read from their text."""

import ast

from attrs import frozen

from .surface import types_of

Union = frozenset[str]


@frozen
class Types:
    """How unions relate. `gone` are classes whose removal is told elsewhere, `texts` those that are str."""

    gone: frozenset[str] = frozenset()
    texts: frozenset[str] = frozenset()

    def relation(self, before: Union, after: Union) -> str | None:
        """`widened`, `narrowed`, `changed`, or None if both admit the same."""
        wider = all(one in self.gone or self.admits(after, one) for one in before)
        narrower = all(self.admits(before, one) for one in after)
        if wider and narrower:
            return None
        return "widened" if wider else "narrowed" if narrower else "changed"

    def admits(self, union: Union, given: str) -> bool:
        """Whether a union admits every value of a type."""
        return any(self._is_in(given, member) for member in union)

    def _is_in(self, inner: str, outer: str) -> bool:
        if inner == outer or outer == "Any":
            return True
        if inner in self.texts or inner.startswith(("Literal['", 'Literal["')):
            return outer == "str"
        if outer == "float":
            return inner == "int"
        (head, items), (other_head, other_items) = _generic(inner), _generic(outer)
        return head == other_head and bool(items) and all(self.admits(other_items, one) for one in items)


def _generic(given: str) -> tuple[str, Union]:
    """A collection's name, and the types of its items; those of a mapping by value, as its keys are text.

    Lists count as sequences: callers write them down where they give them.
    """
    expression = ast.parse(given, mode="eval").body
    if not isinstance(expression, ast.Subscript):
        return given, frozenset()
    items = expression.slice.elts[-1] if isinstance(expression.slice, ast.Tuple) else expression.slice
    return ast.unparse(expression.value), types_of(items)
