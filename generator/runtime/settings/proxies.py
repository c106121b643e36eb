"""Choose the proxy of a client, and check where a key may travel unencrypted."""

import ipaddress
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from ..errors import ConfigurationError
from .secrets import Secret


def choose_proxy(argument: str | None, base_url: str, key: Secret) -> str | None:
    """Return the URL of the proxy: the caller's, else the environment's by the rules of urllib, else None.

    The choice is made once, when a client is made. A key may travel unencrypted only to this machine, and so
    through no proxy: raises ConfigurationError for a proxy that is given as an argument all the same.
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
    environment_proxies = getproxies()
    proxy = environment_proxies.get(url.scheme) or environment_proxies.get("all")
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
    """Tell whether `host` is this machine; RFC 6761, section 6.3 reserves localhost and its subdomains."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
