"""One change, as `diff` reports it."""

from enum import Enum
from typing import Any

from attrs import field, frozen


class Severity(Enum):
    """What a change asks of a caller, the most severe first."""

    BREAKING = "breaking"  # a program that worked may fail
    ADDITIVE = "additive"  # programs work as before; something is new, or only the request's bytes differ
    DOCUMENTATION = "documentation"  # only texts differ

    def is_at_least(self, threshold: "Severity") -> bool:
        """Whether this severity is `threshold` or a more severe one."""
        severities = list(Severity)
        return severities.index(self) <= severities.index(threshold)


@frozen
class Change:
    """A change with its place in the contract and in the SDK.

    `pointer` is a JSON pointer (RFC 6901) into the new document, or into the old one if `document` is "old".
    `line` is where that stands in the file. `names` are the Python names that the change touches. `covers`
    are the names whose changes follow from this one, so that they are not reported again. `unannounced` says
    that something is gone which the old contract did not mark as deprecated.
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
    unannounced: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return the object that `diff --json` prints for it."""
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
            "unannounced": self.unannounced,
        }
