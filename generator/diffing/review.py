"""All that a maintainer should know before a change of the contract is merged, and what stands against it."""

from collections.abc import Collection
from pathlib import Path

from attrs import evolve, field, frozen

from .. import pipeline
from .change import Change
from .diff import compare_snapshots
from .evidence_labels import EvidenceChange, compare_evidence
from .recorder import Snapshot
from .report import Comparison
from .request_examples import RequestExample, list_request_examples
from .version import is_at_least


@frozen
class Review:
    """What changes, and what belongs to the change.

    Attributes:
        comparison: What the change itself does.
        since_release: What callers get who have the last release; None if there is none.
        drift: How the client in the folder `client` differs from what the new contract makes, a text for each
            file; None if there is no such folder to look at.
        client: The folder of that client.
        unrecorded: The named examples of the new contract for which there is no recorded answer; None if it
            is not known what is recorded.
        allow_breaking: Whether someone has agreed that callers break.
    """

    comparison: Comparison
    since_release: Comparison | None = None
    drift: tuple[str, ...] | None = None
    client: Path | None = None
    unrecorded: tuple[RequestExample, ...] | None = None
    allow_breaking: bool = False
    evidence: tuple[EvidenceChange, ...] = field(init=False)

    def __attrs_post_init__(self) -> None:
        evidence = compare_evidence(self.comparison.old, self.comparison.new)
        object.__setattr__(self, "evidence", tuple(evidence))

    @property
    def counted(self) -> Comparison:
        """The comparison from which the next version is counted."""
        return self.since_release or self.comparison

    @property
    def declares_next_version(self) -> bool:
        """Whether the new contract declares the version that follows, or a higher one."""
        return is_at_least(self.counted.declared_version, self.counted.next_version)

    @property
    def needs_version(self) -> bool:
        """Whether the change breaks callers, and neither its version nor a person says so."""
        return self.comparison.is_breaking and not (self.declares_next_version or self.allow_breaking)

    @property
    def is_refused(self) -> bool:
        """Whether the change must not be merged as it is."""
        return self.needs_version or bool(self.drift)


def review_change(
    old: Snapshot,
    new: Snapshot,
    *,
    released: Snapshot | None = None,
    client: Path | None = None,
    recorded_examples: Collection[str] | None = None,
    allow_breaking: bool = False,
) -> Review:
    """Compare two contracts, and look at what belongs to the change.

    Args:
        old: What is there now.
        new: What would replace it.
        released: What callers have. A removal is announced if it is deprecated there.
        client: A folder with the client that should be what `new` makes; `new` must be a file then.
        recorded_examples: The names of the examples of requests that have a recorded answer.
        allow_breaking: Whether someone has agreed that callers break.

    Raises:
        GeneratorError: the client cannot be built.
    """
    comparison = compare_snapshots(old, new)
    since_release = None
    if released is not None:
        since_release = compare_snapshots(released, new)
        announced = tuple(_judge_by_release(change, since_release) for change in comparison.changes)
        comparison = evolve(comparison, changes=announced)
    drift = None if client is None else tuple(pipeline.check(new.document.path, client).differences)
    unrecorded = None
    if recorded_examples is not None:
        examples = list_request_examples(new.document)
        unrecorded = tuple(example for example in examples if example.name not in recorded_examples)
    return Review(comparison, since_release, drift, client, unrecorded, allow_breaking)


def _judge_by_release(change: Change, since_release: Comparison) -> Change:
    """Return a change that is unannounced only if it is one for the callers of the last release.

    They had a release in which it was deprecated, or they had not. What was marked since then, they have not
    seen; and what came since then, they cannot miss.
    """
    unannounced = any(
        other.unannounced and other.kind == change.kind and set(other.names) & set(change.names)
        for other in since_release.changes
    )
    return evolve(change, unannounced=unannounced)
