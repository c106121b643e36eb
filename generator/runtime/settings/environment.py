"""Read the API key and the base URL when a client is made: from arguments, else from the environment."""

import os
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

from ..contract import Settings
from ..errors import ConfigurationError
from .proxies import check_encrypted
from .secrets import Secret


class Configuration(NamedTuple):
    """A checked key and base URL; `base_url` has no slash at its end."""

    base_url: str
    key: Secret


def read_configuration(settings: Settings, api_key: str | None, base_url: str | None) -> Configuration:
    """Return the key and the base URL, from the arguments or else from the environment.

    `settings` names the variables of the environment. Raises ConfigurationError if one is missing or
    unusable, or if the key would travel unencrypted.
    """
    _check_is_text("api_key", api_key)
    _check_is_text("base_url", base_url)
    key = _read_key(settings, api_key)
    url = _read_base_url(settings, base_url).geturl()
    check_encrypted(url, key)
    return Configuration(url.rstrip("/"), key)


def _check_is_text(argument: str, value: object) -> None:
    """Raise ConfigurationError for a value that is not a str, and name only its type: it may be a key."""
    if value is not None and not isinstance(value, str):
        raise ConfigurationError(f"{argument}: a value of type {type(value).__name__} is not a str")


def _read_key(settings: Settings, argument: str | None) -> Secret:
    source = "api_key" if argument is not None else f"the environment variable {settings.key_variable}"
    text = argument if argument is not None else os.environ.get(settings.key_variable, "")
    text = text.strip()  # keys are pasted and read from files, with a newline at the end
    if not text and not settings.key_variable:
        return Secret("")
    if not text:
        raise ConfigurationError(
            f"no API key: {source} is missing or empty",
            hint=f"Pass api_key=... or set {settings.key_variable}",
        )
    if not (text.isascii() and text.isprintable() and " " not in text):
        raise ConfigurationError(f"{source}: the key holds characters that an HTTP header cannot carry")
    return Secret(text)


def _read_base_url(settings: Settings, argument: str | None) -> SplitResult:
    variable = os.environ.get(settings.base_url_variable, "").strip()
    text = (argument if argument is not None else variable or next(iter(settings.servers), "")).strip()
    source = settings.base_url_variable if variable and argument is None else "base_url"
    hint = "Give a URL such as https://api.example.com"
    shown_text = "the value" if "@" in text else repr(text)  # a URL with a user may hold a password
    try:
        url = urlsplit(text)
        # Reading `port` raises ValueError for one that is not a number up to 65535.
        is_http = url.scheme in ("http", "https") and bool(url.hostname) and (url.port or 1) > 0
    except ValueError:
        raise ConfigurationError(f"{source}: {shown_text} is not a URL", hint=hint) from None
    if not is_http or not text.isprintable() or " " in text:
        raise ConfigurationError(f"{source}: {shown_text} is not an http or https URL", hint=hint)
    if url.query or url.fragment or url.username is not None:
        raise ConfigurationError(f"{source}: must hold no user, query or fragment", hint=hint)
    return url
