"""What is known about an answer besides its content."""

import re
from collections.abc import Mapping
from typing import NamedTuple

# The names in use: the IETF draft "RateLimit header fields for HTTP", its older `X-` forms, and RFC 9110,
# 10.2.3.
_RATE_LIMIT = r"(x-)?rate-?limit|retry-after"


class Meta(NamedTuple):
    """About an answer: `headers` by lower-case name, `elapsed` in seconds over all `attempts`.

    `first_byte` is the number of seconds from the start of the last attempt to the head of its answer.
    `drift` says in words what differs from the contract without harming the result. `documented` are the
    headers that the contract documents.
    """

    status_code: int
    headers: Mapping[str, str]
    request_id: str | None
    attempts: int
    elapsed: float
    media_type: str
    first_byte: float = 0.0
    drift: tuple[str, ...] = ()
    documented: tuple[str, ...] = ()

    @property
    def promised(self) -> Mapping[str, str]:
        """The headers that the contract documents, as far as they came."""
        return {name: self.headers[name] for name in self.documented if name in self.headers}

    @property
    def rate_limit(self) -> Mapping[str, str]:
        """The headers that say how often a caller may call, under any of the usual names."""
        return {name: value for name, value in self.headers.items() if re.match(_RATE_LIMIT, name)}

    def headers_about(self, *words: str) -> Mapping[str, str]:
        """Return the headers whose names hold any of these words."""
        return {name: value for name, value in self.headers.items() if any(word in name for word in words)}
