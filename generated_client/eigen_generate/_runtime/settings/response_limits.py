"""The size of the responses that a caller accepts."""

from typing import NamedTuple


class ResponseLimits(NamedTuple):
    """Limits on the body of a response; None is no limit.

    `max_size` is in bytes. `max_ratio` is how many times larger the content may be than what was transferred.
    """

    max_size: int | None = None
    # Ordinary JSON and text shrink 3 to 20 times under gzip; a decompression bomb shrinks about 1,000 times.
    max_ratio: float | None = 100.0
