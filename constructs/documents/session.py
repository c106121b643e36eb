"""What `python -m constructs --documents` and `--types` do."""

import sys
import time

from ..generators import ROOT
from . import page
from .run import try_all
from .strict_types import check_types

# The share of the operations that ours must carry.
_BAR = 0.99


def try_documents(*, checks_types: bool, minutes: float) -> int:
    """Try all documents and write the page; return 1 if ours carries too few operations, or a check fails.

    No document is begun after so many minutes, and the page names those that were not.
    """
    results, untried = try_all(time.monotonic() + 60 * minutes)
    if checks_types:
        return int(not check_types(results))
    print(page.make_table(results))
    (ROOT / "docs" / "documents.md").write_text(page.render(results, untried), encoding="utf-8")
    operations = sum(result.operations for result in results)
    carried = sum(result.ours.carried for result in results)
    if carried < _BAR * operations:
        print(f"constructs: {carried} of {operations} operations are carried", file=sys.stderr)
        return 1
    return 0
