"""How much of an answer a caller accepts."""

from typing import NamedTuple


class ResponseLimits(NamedTuple):
    """Limits on an answer's body.

    `max_size` is in bytes; `max_ratio` is how many times larger the content may be than what was transferred.
    None is no limit.
    """

    max_size: int | None = None
    # Ordinary JSON and text shrink 3 to 20 times under gzip; a decompression bomb shrinks about 1,000 times.
    max_ratio: float | None = 100.0
