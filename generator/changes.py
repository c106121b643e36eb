"""What moving from one contract to another means for callers of the SDK: `python -m generator diff OLD NEW`.

Two witnesses are heard: the contracts, compared rule by rule, and the clients built from them, compared
name by name. `comparison/` holds both.
"""

import tempfile
from pathlib import Path

from . import pipeline
from .comparison.agreement import agree
from .comparison.change import Severity
from .comparison.documents import compare_heads, record_the_rest
from .comparison.operations import compare_operations
from .comparison.recorder import Edition, Recorder
from .comparison.report import Comparison, as_json, as_text
from .comparison.surface import read_surface
from .comparison.x_sdk import compare_x_sdk
from .rendering import packaging

__all__ = ["Comparison", "as_json", "as_text", "compare", "diff", "edition"]


def edition(spec: Path) -> Edition:
    """Build the client of `spec` in a folder that is gone afterwards, and read what it shows.

    Formatting and the test import are left out: they change nothing that a caller sees. Raises GeneratorError
    as `build` does.
    """
    with tempfile.TemporaryDirectory(prefix="generator-diff-") as folder:
        workshop = Path(folder) / "client"
        work = pipeline.Work(spec, workshop, workshop)
        pipeline.run(work, last=pipeline.step_generate)
        assert work.document is not None
        assert work.sdk is not None
        packaging.copy_runtime(workshop, work.sdk)
        return Edition(work.document, work.sdk, read_surface(workshop, work.sdk))


def compare(old: Edition, new: Edition) -> Comparison:
    """Everything that changes for a caller, the heaviest first, each fact once."""
    recorder = Recorder(old, new)
    compare_x_sdk(recorder)
    compare_operations(recorder)
    compare_heads(recorder)
    agree(recorder)
    record_the_rest(recorder)
    order = list(Severity)
    changes = sorted(recorder.changes, key=lambda change: order.index(change.severity))
    return Comparison(old.document, new.document, tuple(changes), old.sdk.version, new.sdk.version)


def diff(old: Path, new: Path) -> Comparison:
    """Compare the contracts at two paths, and the clients built from them. Raises GeneratorError."""
    return compare(edition(old), edition(new))
