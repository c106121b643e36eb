"""Choose the proxy of a client, and check where a key may travel unencrypted."""

import ipaddress
import os
import re
from typing import NamedTuple
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from ..errors import ConfigurationError
from .secrets import REDACTED, Secret

# In characters. What is longer than the URL of a proxy is a mistake, and fills the message.
_LONGEST_SHOWN = 100


class ProxyAddress(NamedTuple):
    """The URL of a proxy, which may hold a password, and the argument or variable that named it."""

    source: str
    url: Secret

    @property
    def shown_url(self) -> str:
        """The URL without its user and password."""
        # Up to the last "@", because a password that was not percent-encoded may hold any character.
        shown = re.sub(r"(?s)^([^/]*//)?.*@", rf"\g<1>{REDACTED}@", self.url.reveal())
        return ascii(shown)[1:-1][:_LONGEST_SHOWN]

    def __str__(self) -> str:
        return self.shown_url if self.source == "proxy" else f"{self.shown_url} of {self.source}"


def read_proxy(proxy: object) -> ProxyAddress | None:
    """Return the proxy that the argument names; None is that of the environment."""
    if proxy is None:
        return None
    if not isinstance(proxy, str):
        raise ConfigurationError(
            f"proxy: a value of type {type(proxy).__name__} is not a str",
            hint="Give a URL such as http://proxy.example.com:3128",
        )
    return ProxyAddress("proxy", Secret(proxy.strip()))


def choose_proxy(argument: ProxyAddress | None, base_url: str, key: Secret) -> ProxyAddress | None:
    """Return the proxy: the caller's, else the environment's by the rules of urllib, else None.

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
    proxies = getproxies()
    name = url.scheme if proxies.get(url.scheme) else "all"
    proxy = proxies.get(name, "").strip()
    if not proxy or proxy_bypass(url.netloc):
        return None
    return ProxyAddress(_proxy_source(name), Secret(proxy if "://" in proxy else f"http://{proxy}"))


def _proxy_source(name: str) -> str:
    """Return the variable that urllib took a proxy from; it prefers those in lower case."""
    variables = [variable for variable in os.environ if variable.lower() == f"{name}_proxy"]
    # macOS and Windows have settings of the system, which count where no variable is set.
    return max(variables, key=str.islower, default="the system's settings")


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
