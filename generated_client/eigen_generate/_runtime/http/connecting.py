"""How a client of our own connects: proxy, TLS, pool and TCP keepalive.

A client that is given an `http_client` never imports this module, and httpx with it.
"""

import os
import socket
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

import httpx

from ..errors import ConfigurationError
from ..settings.options import ConnectionOptions, Keepalive
from .addresses import can_be_connected_to


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
    if proxy is None or not can_be_connected_to(proxy.url):
        # The URL may hold a password, so it is not shown.
        raise ConfigurationError(
            "proxy: is not the URL of an http, https or socks5 proxy",
            hint="Look at proxy=..., or at HTTPS_PROXY and ALL_PROXY in the environment",
        )
    if proxy.url.scheme.startswith("socks") and find_spec("socksio") is None:
        raise ConfigurationError("proxy: socksio is not installed", hint="pip install 'httpx[socks]'")
    return proxy
