"""The error of the tree in `errors.py` that keeps an answer and can save it, which that module cannot."""

import os
from pathlib import Path

from ..errors import AnsweredError
from .saving import save


class UnexpectedResponseError(AnsweredError):
    """A success does not hold what it should. Nothing is lost: `body` is the whole answer."""

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the body as it came to `path`, whole or not at all, and return the path."""
        return save(path, self.body)
