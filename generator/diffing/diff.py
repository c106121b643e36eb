"""What moving from one contract to another means for callers of the SDK: `python -m generator diff OLD NEW`.

Two witnesses are heard: the contracts, compared rule by rule, and the clients built from them, compared
name by name. This room holds both.
"""

import tempfile
from pathlib import Path

from .. import finish, pipeline
from .agreement import agree
from .change import Severity
from .documents import compare_heads, record_the_rest
from .operations import compare_operations
from .recorder import Edition, Recorder
from .report import Comparison, as_json, as_text
from .surface import read_surface
from .x_sdk import compare_x_sdk

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
        finish.copy_runtime(workshop, work.sdk)
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
