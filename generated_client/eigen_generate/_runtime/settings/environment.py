"""Read the API key and the base URL when a client is made: from arguments, else from the environment."""

import os
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

from ..contract import SHARED_KEY, Settings
from ..errors import ConfigurationError
from .proxies import check_encrypted
from .secrets import KeyRing, Secret


class Configuration(NamedTuple):
    """The checked keys and base URL; `base_url` has no slash at its end."""

    base_url: str
    key: Secret


def read_configuration(
    settings: Settings, keys: Mapping[str, str | None], base_url: str | None
) -> Configuration:
    """Return the keys and the base URL, from the arguments or else from the environment.

    `keys` are the arguments that take keys, by name. `settings` names the variables of the environment.
    Raises ConfigurationError if one is missing or unusable, or if a key would travel unencrypted.
    """
    for argument, value in {**keys, "base_url": base_url}.items():
        _check_is_text(argument, value)
    key = _read_keys(settings, keys)
    url = _read_base_url(settings, base_url).geturl()
    check_encrypted(url, key)
    return Configuration(url.rstrip("/"), key)


def _check_is_text(argument: str, value: object) -> None:
    """Raise ConfigurationError for a value that is not a str, and name only its type: it may be a key."""
    if value is not None and not isinstance(value, str):
        raise ConfigurationError(f"{argument}: a value of type {type(value).__name__} is not a str")


def _read_keys(settings: Settings, keys: Mapping[str, str | None]) -> Secret:
    variables = {SHARED_KEY: settings.key_variable, **dict(settings.keys)}
    secrets = {name: _read_key(name, keys.get(name), variable) for name, variable in variables.items()}
    is_needed = bool(settings.key_variable) and not settings.is_key_optional
    if is_needed and not any(secret.reveal() for secret in secrets.values()):
        raise _no_key_error(settings, is_argument=keys.get(SHARED_KEY) is not None)
    if not settings.keys:
        return secrets[SHARED_KEY]
    own_keys = {argument: secrets[argument] for argument, _ in settings.keys}
    return KeyRing(own_keys, Secret("") if SHARED_KEY in own_keys else secrets[SHARED_KEY])


def _no_key_error(settings: Settings, *, is_argument: bool) -> ConfigurationError:
    """Return the error of a client without a key. `is_argument` if it was given an empty `api_key`."""
    if settings.keys:
        sources = [f"{name}=... or set {variable}" for name, variable in settings.keys]
        return ConfigurationError(
            "no API key: every one is missing or empty", hint="Pass " + ", ".join(sources)
        )
    source = SHARED_KEY if is_argument else f"the environment variable {settings.key_variable}"
    return ConfigurationError(
        f"no API key: {source} is missing or empty",
        hint=f"Pass api_key=... or set {settings.key_variable}",
    )


def _read_key(argument: str, value: str | None, variable: str) -> Secret:
    source = argument if value is not None else f"the environment variable {variable}"
    text = value if value is not None else os.environ.get(variable, "")
    text = text.strip()  # keys are pasted and read from files, with a newline at the end
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
