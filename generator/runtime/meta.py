"""What is known about a response besides its content."""

import re
from collections.abc import Mapping
from typing import NamedTuple

# The names in use: those of the IETF draft "RateLimit header fields for HTTP", their older `X-` forms, and
# Retry-After (RFC 9110, section 10.2.3).
# https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/
_RATE_LIMIT = r"(x-)?rate-?limit|retry-after"


class Meta(NamedTuple):
    """Status, headers, request id and timing of a response.

    `headers` are by lower-case name. `attempts` is the number of requests that were sent, and `elapsed` the
    seconds over all of them. `first_byte` is the number of seconds from the start of the last attempt to the
    head of its response. `drift` describes what differs from the contract without harming the result.
    `documented` are the lower-case names of the headers that the contract documents.
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
        """The headers of the response that the contract documents."""
        return {name: self.headers[name] for name in self.documented if name in self.headers}

    @property
    def rate_limit(self) -> Mapping[str, str]:
        """The headers that say how often a caller may send requests, under any of the usual names."""
        return {name: value for name, value in self.headers.items() if re.match(_RATE_LIMIT, name)}

    def headers_about(self, *words: str) -> Mapping[str, str]:
        """Return the headers whose names contain one of these words, which are in lower case."""
        return {name: value for name, value in self.headers.items() if any(word in name for word in words)}
