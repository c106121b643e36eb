"""Decides from the text of two annotations whether one admits every value of the other."""

import ast

from attrs import frozen

from .surface_entries import types_of

TypeUnion = frozenset[str]


@frozen
class UnionComparer:
    """Compares the unions of two annotations.

    Attributes:
        removed_classes: Classes that the new client lacks. Their removal is reported as its own change, so an
            annotation that loses one counts as unchanged.
        string_enums: Enum classes whose values are strings.
    """

    removed_classes: TypeUnion = frozenset()
    string_enums: TypeUnion = frozenset()

    def relation(self, before: TypeUnion, after: TypeUnion) -> str | None:
        """Return `widened`, `narrowed` or `changed`, or None if both unions admit the same values."""
        admits_all_old = all(
            old_type in self.removed_classes or self.admits(after, old_type) for old_type in before
        )
        admits_nothing_new = all(self.admits(before, new_type) for new_type in after)
        if admits_all_old and admits_nothing_new:
            return None
        return "widened" if admits_all_old else "narrowed" if admits_nothing_new else "changed"

    def admits(self, union: TypeUnion, type_text: str) -> bool:
        """Whether a union admits every value of a type."""
        return any(self._is_subtype(type_text, member) for member in union)

    def _is_subtype(self, inner: str, outer: str) -> bool:
        if inner == outer or outer == "Any":
            return True
        if inner in self.string_enums or inner.startswith(("Literal['", 'Literal["')):
            return outer == "str"
        if outer == "float":
            return inner == "int"  # type checkers accept an int for a float (PEP 484)
        inner_collection, inner_items = _split_collection(inner)
        outer_collection, outer_items = _split_collection(outer)
        return (
            inner_collection == outer_collection
            and bool(inner_items)
            and all(self.admits(outer_items, item) for item in inner_items)
        )


def _split_collection(type_text: str) -> tuple[str, TypeUnion]:
    """Return the name of a collection and the types of its items; no types if it is not a collection.

    A mapping is compared by its values: its keys are text. Lists are compared as if they were read-only,
    although `list` is invariant: callers mostly write them as literals, whose type the checker infers.
    """
    expression = ast.parse(type_text, mode="eval").body
    # The argument of a Literal is a value: it is no type, although a text looks like a forward reference.
    if not isinstance(expression, ast.Subscript) or ast.unparse(expression.value) == "Literal":
        return type_text, frozenset()
    items = expression.slice.elts[-1] if isinstance(expression.slice, ast.Tuple) else expression.slice
    return ast.unparse(expression.value), types_of(items)
