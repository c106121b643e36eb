"""Which proxy a client uses, and where a key may travel unencrypted."""

import ipaddress
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from ..errors import ConfigurationError
from .secrets import Secret


def choose_proxy(argument: str | None, base_url: str, key: Secret) -> str | None:
    """Return the URL of the proxy, or None: the caller's, else the environment's by the rules of urllib.

    The choice is made once, when a client is made. An unencrypted request with a key goes to loopback only,
    and so through no proxy: raises ConfigurationError for a proxy given as an argument.
    """
    url = urlsplit(base_url)
    if url.scheme == "http" and key.reveal():
        if argument is not None:
            raise ConfigurationError(
                "proxy: would see the API key unencrypted, because base_url is not https",
                hint="Leave it out, or use https",
            )
        return None
    if argument is not None:
        return argument
    from_environment = getproxies()
    proxy = from_environment.get(url.scheme) or from_environment.get("all")
    if not proxy or proxy_bypass(url.netloc):
        return None
    return proxy if "://" in proxy else f"http://{proxy}"


def check_encrypted(url: str, key: Secret, *, is_proxied: bool = False) -> None:
    """Raise ConfigurationError if a key would travel to `url` unencrypted, even if only to a proxy."""
    parts = urlsplit(url)
    if key.reveal() and parts.scheme == "http" and (is_proxied or not is_loopback(parts.hostname or "")):
        raise ConfigurationError(
            f"base_url: {url} would send the API key unencrypted",
            hint="Use https, or a loopback address such as http://127.0.0.1:8080",
        )


def is_loopback(host: str) -> bool:
    """Tell whether `host` is this machine. RFC 6761, 6.3 reserves localhost and all names under it."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
