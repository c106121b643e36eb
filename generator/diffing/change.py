"""One change, as `diff` reports it."""

from enum import Enum
from typing import Any

from attrs import field, frozen


class Severity(Enum):
    """What a change asks of a caller; the heavier ones first."""

    BREAKING = "breaking"  # a program that worked may fail
    ADDITIVE = "additive"  # it works as before; there is something new, or the wire differs unseen
    DOCUMENTATION = "documentation"  # only texts differ

    def covers(self, other: "Severity") -> bool:
        """Whether this one is at least as heavy as `other`."""
        order = list(Severity)
        return order.index(self) <= order.index(other)


@frozen
class Change:
    """A change with its place in the contract and in the SDK.

    `pointer` is a JSON pointer (RFC 6901) into the new document, or into the old one if `document` is "old";
    `names` are the Python names that it touches. `covers` are names of which nothing more need be said.
    """

    kind: str
    severity: Severity
    why: str
    document: str
    pointer: str
    line: int | None
    names: tuple[str, ...]
    before: Any = None
    after: Any = None
    seen_in_client: bool = False
    covers: frozenset[str] = field(default=frozenset(), repr=False)

    def as_json(self) -> dict[str, Any]:
        """The object that `diff --json` prints for it."""
        return {
            "kind": self.kind,
            "severity": self.severity.value,
            "why": self.why,
            "document": self.document,
            "pointer": self.pointer,
            "line": self.line,
            "names": list(self.names),
            "before": self.before,
            "after": self.after,
            "seen_in_client": self.seen_in_client,
        }
