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
from ..settings.certificates import Authorities
from ..settings.options import ConnectionOptions, Keepalive
from ..settings.proxies import ProxyAddress
from .addresses import can_be_connected_to
from .tls import make_context


class Connector:
    """Makes httpx clients that connect as the options say; raises ConfigurationError when it is made."""

    def __init__(self, connection: ConnectionOptions) -> None:
        if connection.http2 and find_spec("h2") is None:
            raise ConfigurationError("http2: h2 is not installed", hint="pip install 'httpx[http2]'")
        # httpcore 1.0 does not set socket options on connections to a proxy.
        self._arguments: dict[str, Any] = {
            "limits": httpx.Limits(**connection.limits._asdict()),
            "http2": connection.http2,
            "socket_options": list(_socket_options(connection.keepalive)),
        }
        self._proxy = _proxy(connection.proxy)
        self._authorities = connection.verify or Authorities()
        self._certificate = connection.cert
        # One for each process, by process id. A context takes some 20 ms, and the connections of every event
        # loop can share it; after a fork a thread that is gone may hold OpenSSL's locks of the parent's.
        self._tls_arguments = {os.getpid(): self._new_tls_arguments()}

    def client(self) -> httpx.Client:
        """Return a client for threads."""
        return httpx.Client(transport=httpx.HTTPTransport(**self._transport_arguments()), trust_env=False)

    def async_client(self) -> httpx.AsyncClient:
        """Return a client for event loops."""
        transport = httpx.AsyncHTTPTransport(**self._transport_arguments())
        return httpx.AsyncClient(transport=transport, trust_env=False)

    def _transport_arguments(self) -> dict[str, Any]:
        process = os.getpid()
        tls_arguments = self._tls_arguments.get(process)
        if tls_arguments is None:
            tls_arguments = self._tls_arguments.setdefault(process, self._new_tls_arguments())
        # `settings` has read the environment: the proxy, SSL_CERT_FILE and SSL_CERT_DIR.
        return {**self._arguments, **tls_arguments, "trust_env": False}

    def _new_tls_arguments(self) -> dict[str, Any]:
        """Return the context for servers, and the proxy with its own."""
        proxy = self._proxy
        if proxy is not None and proxy.url.scheme == "https":
            # A context of its own, because httpcore sets the protocols to offer (ALPN) on the context, and
            # those for a proxy differ. It presents no certificate, which is meant for the server.
            context = make_context(self._authorities, None)
            proxy = httpx.Proxy(proxy.url, ssl_context=context, auth=proxy.auth, headers=proxy.headers)
        return {"verify": make_context(self._authorities, self._certificate), "proxy": proxy}


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


def _proxy(address: ProxyAddress | None) -> httpx.Proxy | None:
    if address is None:
        return None
    try:
        proxy: httpx.Proxy | None = httpx.Proxy(address.url.reveal())
    except (TypeError, ValueError, httpx.InvalidURL):
        proxy = None
    is_argument = address.source == "proxy"
    name = "" if is_argument else f"{address.source}: "
    if proxy is None or not can_be_connected_to(proxy.url):
        raise ConfigurationError(
            f"proxy: {name}{address.shown_url!r} is not the URL of an http, https or socks5 proxy",
            hint=f"Set {address.source} to a URL such as http://proxy.example.com:3128, or "
            + ("leave it out" if is_argument else "unset it"),
        )
    if proxy.url.scheme.startswith("socks") and find_spec("socksio") is None:
        raise ConfigurationError(
            f"proxy: {name}{address.shown_url!r} needs socksio, and socksio is not installed",
            hint="pip install 'httpx[socks]'",
        )
    return proxy
