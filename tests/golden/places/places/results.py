# Built by `python -m generator build` from places.yaml: edits are lost.
"""What methods return."""

from ._runtime.results import Record


class Anything(Record):
    """What came of it."""
