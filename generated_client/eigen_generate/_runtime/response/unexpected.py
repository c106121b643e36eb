"""The one error outside `errors.py`: it can save the response that it keeps, which needs `saving`."""

import os
from pathlib import Path

from ..errors import AnsweredError
from .saving import save


class UnexpectedResponseError(AnsweredError):
    """A successful response does not hold what it should. Nothing is lost: `body` is the whole response."""

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the body as it came to `path`, whole or not at all, and return the path."""
        return save(path, self.body)
