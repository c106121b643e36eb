# By `python -m generator build`.
"""Types that models and operations share."""

from ._runtime.files import FileInput
from ._runtime.files import FileInput as File
from ._runtime.raw import Response
from ._runtime.unset import UNSET, Unset

__all__ = ["UNSET", "File", "FileInput", "Response", "Unset"]
