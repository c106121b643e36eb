"""Finds what a new contract changes for callers: `python -m generator diff OLD NEW`.

There are two sources of changes: the contracts, compared rule by rule, and the clients built from them,
compared name by name. A rule knows why a change matters. The built clients show changes for which there is no
rule.
"""

import tempfile
from pathlib import Path

from .. import pipeline
from ..rendering import packaging
from .change import Change, Severity
from .client_surface import read_client_surface
from .documents import compare_document_metadata, record_unexplained_differences
from .merging import merge_surface_changes
from .operations import compare_operations
from .recorder import Recorder, Snapshot
from .report import Comparison, format_json, format_text
from .signatures import diff_signatures
from .x_sdk import compare_x_sdk

__all__ = [
    "Comparison",
    "compare_snapshots",
    "format_json",
    "format_text",
    "take_snapshot",
]


def take_snapshot(spec: Path, *, keep_going: bool = False, is_strict: bool = False) -> Snapshot:
    """Build the client of the contract `spec` in a temporary folder, and read what callers see of it.

    Formatting and the test import are left out: they change nothing that a caller sees. `keep_going` and
    `is_strict` are those of `build`; raises GeneratorError as `build` does.
    """
    with tempfile.TemporaryDirectory(prefix="generator-diff-") as folder:
        project = Path(folder) / "client"
        work = pipeline.Work(spec, project, project, keep_going=keep_going, is_strict=is_strict)
        pipeline.run(work, last=pipeline.step_generate)
        assert work.document is not None
        assert work.sdk is not None
        packaging.copy_runtime(project, work.sdk)
        surface = read_client_surface(project, work.sdk)
        return Snapshot(work.document, work.sdk, surface, tuple(work.refused))


def compare_snapshots(old: Snapshot, new: Snapshot) -> Comparison:
    """Return everything that changes for a caller, breaking changes first, each fact once.

    Changes of one severity are in the order of the documents.
    """
    recorder = Recorder(old, new)
    compare_x_sdk(recorder)
    compare_operations(recorder)
    compare_document_metadata(recorder)
    merge_surface_changes(recorder)
    # Last, because it records only differences that no step before it has explained.
    record_unexplained_differences(recorder)
    return Comparison(
        old.document,
        new.document,
        tuple(sorted(recorder.changes, key=_sort_key)),
        old.sdk.version,
        new.sdk.version,
        tuple(diff_signatures(old.surface.signatures, new.surface.signatures)),
        old.left_out,
        new.left_out,
    )


def _sort_key(change: Change) -> tuple[object, ...]:
    """Return a key that is the same in every run: several rules find their changes in sets."""
    severity = list(Severity).index(change.severity)
    place = (change.line or 0, change.document, change.pointer)
    return (severity, *place, change.kind, repr(change.before), repr(change.after))
