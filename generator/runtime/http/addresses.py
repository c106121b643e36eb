"""Which URLs name a host to connect to."""

from typing import Any

from ..errors import ConfigurationError
from .library import HttpLibrary

# DNS limits a label of a host name to 63 characters (RFC 1035, 2.3.4), TCP a port to 16 bits.
_LONGEST_LABEL = 63
_LARGEST_PORT = 65535


def check_url(url: str, library: HttpLibrary) -> None:
    """Raise ConfigurationError if `url` names no host to connect to."""
    try:
        is_valid = can_be_connected_to(library.module.URL(url))
    except library.module.InvalidURL:
        is_valid = False
    if not is_valid:
        raise ConfigurationError(
            f"base_url: {url[:100]!r} is not an address to connect to",
            hint="Give a URL such as https://api.example.com",
        )


def can_be_connected_to(url: Any) -> bool:
    """Tell whether a URL of the library has a host name and a port that can exist."""
    labels: list[bytes] = url.raw_host.removesuffix(b".").split(b".")
    return (url.port or 0) <= _LARGEST_PORT and all(0 < len(label) <= _LONGEST_LABEL for label in labels)
