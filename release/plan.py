"""Works out what a release would be: what changed for callers, the version that follows, the entry."""

import tempfile
from pathlib import Path

from attrs import evolve, frozen

from generator import pipeline
from generator.diffing.client_surface import read_client_surface
from generator.diffing.diff import Comparison, compare_snapshots, take_snapshot
from generator.diffing.recorder import Snapshot
from generator.diffing.report import VERSION_CHANGED
from generator.diffing.version import next_patch
from generator.loading.reading import load_document
from generator.model.sdk import read_sdk

from .changelog import entry
from .repository import RefusedError, Repository

# What callers install, except for what changes with each byte of the contract, such as a comment.
_CLIENT = ("generated_client", ":!generated_client/.generated.json", ":!generated_client/*/_version.py")


@frozen
class Plan:
    """A release that could be made; the first one is compared with nothing."""

    against: str | None
    comparison: Comparison | None
    version: str
    entry: str


def make_plan(repository: Repository, against: str | None) -> Plan:
    """Compare what callers have since `against` with what they would get.

    Raises RefusedError if that is the same.
    """
    if against is None:
        return Plan(None, None, read_sdk(load_document(repository.root / "openapi.yaml")).version, "")
    with tempfile.TemporaryDirectory(prefix="release-") as folder:
        repository.export(against, Path(folder))
        released = _released_snapshot(Path(folder), against)
        comparison = compare_snapshots(released, take_snapshot(repository.root / "openapi.yaml"))
    changes = tuple(change for change in comparison.changes if change.kind != VERSION_CHANGED)
    comparison = evolve(comparison, changes=changes)
    if changes:
        version = comparison.next_version
    elif repository.differs(against, *_CLIENT):
        version = next_patch(comparison.version)
    else:
        raise RefusedError(f"nothing to release: callers have had everything since {against}")
    return Plan(against, comparison, version, entry(comparison))


def _released_snapshot(tree: Path, against: str) -> Snapshot:
    """Return what callers have: the contract and the client that the revision `against` holds."""
    spec = tree / "openapi.yaml"
    if not spec.exists() or not (tree / "generated_client").is_dir():
        raise RefusedError(f"{against} holds no openapi.yaml with a client beside it; name a later commit")
    work = pipeline.explain(spec)
    assert work.document is not None
    assert work.sdk is not None
    return Snapshot(work.document, work.sdk, read_client_surface(tree / "generated_client", work.sdk))
