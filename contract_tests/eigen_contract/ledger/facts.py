"""The statements of the spec, each with the evidence for it."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from eigen_contract.errors import CannotJudgeError
from eigen_contract.shapes import items, members
from eigen_contract.spec import Contract, escape

EVIDENCE = "x-evidence"
REQUIRED = "x-evidence-required"
DEFAULT = "x-evidence-default"
LABELS = ("page", "docs", "observed", "expected", "assumed")
"""From the strongest to the weakest."""
WEAK = frozenset({"expected", "assumed"})
"""Labels of what was never observed: when the live service contradicts it, the spec is what has to change."""


@frozen
class Fact:
    """One statement: where it stands, how it is known, and what it says in a few words."""

    pointer: str
    label: str
    says: str

    @property
    def strength(self) -> int:
        """Place in `LABELS`; the larger, the weaker."""
        return LABELS.index(self.label)


def facts_of(contract: Contract) -> dict[str, Fact]:
    """List the facts of a contract by their pointers, in the order of the spec.

    Raises:
        CannotJudgeError: a label is not in `LABELS`.
    """
    found = {fact.pointer: fact for fact in walked(contract.document, "#")}
    for fact in found.values():
        if fact.label not in LABELS:
            raise CannotJudgeError(
                f"the spec says x-evidence: {fact.label!r} at {fact.pointer}; take one of {', '.join(LABELS)}"
            )
    return found


def walked(node: Any, pointer: str) -> Iterator[Fact]:
    """Yield the facts at a node and below it."""
    known = members(node)
    if EVIDENCE in known:
        yield Fact(pointer, str(known[EVIDENCE]), said(known, pointer))
    if DEFAULT in known:
        default = json.dumps(known.get("default"))
        yield Fact(f"{pointer}/{DEFAULT}", str(known[DEFAULT]), f"The default is {default}.")
    for name, label in members(known.get(REQUIRED)).items():
        yield Fact(requirement(pointer, name), str(label), f"{name} is required, alone or as one of several.")
    for name, child in known.items():
        if name not in (EVIDENCE, REQUIRED, "value", "example"):
            yield from walked(child, f"{pointer}/{escape(str(name))}")
    for index, child in enumerate(items(node)):
        yield from walked(child, f"{pointer}/{index}")


def said(node: Mapping[str, Any], pointer: str) -> str:
    """Return what a node says of itself, on one line; a media type says nothing but its name."""
    text = node.get("description") or node.get("summary") or node.get("title")
    if not text:
        return f"An answer may be {pointer.rpartition('/')[2].replace('~1', '/')}."
    return " ".join(str(text).split())


def requirement(pointer: str, name: str) -> str:
    """Return the pointer of the statement that a variant requires a member."""
    return f"{pointer}/{REQUIRED}/{escape(name)}"
