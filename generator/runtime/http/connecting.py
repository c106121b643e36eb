"""How a client connects: proxy, TLS, pool and TCP keepalive, and which process its connections belong to."""

import os
import socket
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any
from weakref import WeakKeyDictionary

import httpx

from ..errors import ConfigurationError
from ..settings.options import ConnectionOptions, Keepalive

# DNS limits a label of a host name to 63 characters (RFC 1035, 2.3.4), TCP a port to 16 bits.
_LONGEST_LABEL = 63
_LARGEST_PORT = 65535

# The process that first used each client of a caller's, by process id.
_using_processes: WeakKeyDictionary[httpx.Client | httpx.AsyncClient, int] = WeakKeyDictionary()


def check_url(url: str) -> None:
    """Raise ConfigurationError if `url` names no host to connect to."""
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


def check_process(client: httpx.Client | httpx.AsyncClient) -> None:
    """Raise ConfigurationError if a caller's client was used before this process was forked.

    Its connections are shared with the parent, so that either process may read the answers of the other. A
    client that was not used yet has none.
    """
    process = os.getpid()
    if _using_processes.setdefault(client, process) != process:
        raise ConfigurationError(
            "http_client: was used before this process was forked, whose parent shares its connections",
            hint="Make an http_client in each process, or leave it out: then each process has connections "
            "of its own",
        )


class Connector:
    """Makes httpx clients that connect as the options say; raises ConfigurationError when it is made."""

    def __init__(self, connection: ConnectionOptions) -> None:
        if connection.http2 and find_spec("h2") is None:
            raise ConfigurationError("http2: h2 is not installed", hint="pip install 'httpx[http2]'")
        # httpcore 1.0 does not set socket options on connections to a proxy.
        self._arguments: dict[str, Any] = {
            "limits": httpx.Limits(**connection.limits._asdict()),
            "proxy": _proxy(connection.proxy),
            "http2": connection.http2,
            "socket_options": list(_socket_options(connection.keepalive)),
        }
        # One for each process, by process id. A context takes some 20 ms, and the connections of every event
        # loop can share it; after a fork a thread that is gone may hold OpenSSL's locks of the parent's.
        self._tls_contexts = {os.getpid(): httpx.create_ssl_context()}

    def client(self) -> httpx.Client:
        """Return a client for threads."""
        return httpx.Client(transport=httpx.HTTPTransport(**self._transport_arguments()), trust_env=False)

    def async_client(self) -> httpx.AsyncClient:
        """Return a client for event loops."""
        transport = httpx.AsyncHTTPTransport(**self._transport_arguments())
        return httpx.AsyncClient(transport=transport, trust_env=False)

    def _transport_arguments(self) -> dict[str, Any]:
        process = os.getpid()
        context = self._tls_contexts.get(process)
        if context is None:
            context = self._tls_contexts.setdefault(process, httpx.create_ssl_context())
        # `settings.proxies` chooses the proxy; `create_ssl_context` reads SSL_CERT_FILE and SSL_CERT_DIR.
        return {**self._arguments, "verify": context, "trust_env": False}


def _socket_options(keepalive: Keepalive | None) -> Iterator[tuple[int, int, int]]:
    """Yield the arguments of `setsockopt` for what the platform has."""
    if keepalive is None:
        return
    yield socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1
    # macOS calls the idle time TCP_KEEPALIVE.
    idle_option = "TCP_KEEPIDLE" if hasattr(socket, "TCP_KEEPIDLE") else "TCP_KEEPALIVE"
    names = (idle_option, "TCP_KEEPINTVL", "TCP_KEEPCNT")
    for name, value in zip(names, keepalive, strict=True):
        option: int | None = getattr(socket, name, None)
        if option is not None:
            yield socket.IPPROTO_TCP, option, value


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
