"""How a client connects: the arguments of httpx clients."""

from importlib.util import find_spec
from typing import Any

import httpx

from ..errors import ConfigurationError
from ..settings.options import ConnectionOptions

# DNS limits a label of a host name to 63 characters (RFC 1035, 2.3.4), TCP a port to 16 bits.
_LONGEST_LABEL = 63
_LARGEST_PORT = 65535


def check_url(url: str) -> None:
    """Raise ConfigurationError for a base URL that cannot be connected to."""
    try:
        is_valid = _can_be_connected_to(httpx.URL(url))
    except httpx.InvalidURL:
        is_valid = False
    if not is_valid:
        raise ConfigurationError(
            f"base_url: {url[:100]!r} is not an address to connect to",
            hint="Give a URL such as https://api.example.com",
        )


def _can_be_connected_to(url: httpx.URL) -> bool:
    labels = url.raw_host.removesuffix(b".").split(b".")
    return (url.port or 0) <= _LARGEST_PORT and all(0 < len(label) <= _LONGEST_LABEL for label in labels)


def client_arguments(connection: ConnectionOptions) -> dict[str, Any]:
    """Return the arguments of an httpx client that connects so; raises ConfigurationError."""
    if connection.http2 and find_spec("h2") is None:
        raise ConfigurationError("http2: h2 is not installed", hint="pip install 'httpx[http2]'")
    return {
        "limits": httpx.Limits(**connection.limits._asdict()),
        "proxy": _proxy(connection.proxy),
        "http2": connection.http2,
        # Made once, because it takes some 20 ms, and the connections of every event loop can share it.
        "verify": httpx.create_ssl_context(),
        # The proxy is chosen by `settings.proxies`; `create_ssl_context` reads SSL_CERT_FILE and
        # SSL_CERT_DIR.
        "trust_env": False,
    }


def _proxy(url: str | None) -> httpx.Proxy | None:
    if url is None:
        return None
    try:
        proxy: httpx.Proxy | None = httpx.Proxy(url)
    except (TypeError, ValueError, httpx.InvalidURL):
        proxy = None
    if proxy is None or not _can_be_connected_to(proxy.url):
        # The URL may hold a password, so it is not shown.
        raise ConfigurationError(
            "proxy: is not the URL of an http, https or socks5 proxy",
            hint="Look at proxy=..., or at HTTPS_PROXY and ALL_PROXY in the environment",
        )
    if proxy.url.scheme.startswith("socks") and find_spec("socksio") is None:
        raise ConfigurationError("proxy: socksio is not installed", hint="pip install 'httpx[socks]'")
    return proxy
