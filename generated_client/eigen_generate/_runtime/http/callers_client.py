"""Checks of the `http_client` that a caller gives."""

import os
from typing import Literal
from weakref import WeakKeyDictionary

from ..errors import ConfigurationError
from .library import AsyncHttpClient, HttpClient, library_of

# The process that first used each client of a caller's, by process id.
_using_processes: WeakKeyDictionary[HttpClient | AsyncHttpClient, int] = WeakKeyDictionary()


def check_client(http_client: object, class_name: Literal["Client", "AsyncClient"]) -> None:
    """Raise ConfigurationError if the caller's client is not of the class that is needed."""
    client_type: type = getattr(library_of(http_client).module, class_name)
    if http_client is None or isinstance(http_client, client_type):
        return
    given_type = type(http_client)
    raise ConfigurationError(
        f"http_client: a value of type {given_type.__module__}.{given_type.__qualname__} "
        f"is not an httpx.{class_name}",
        hint=f"Give an httpx.{class_name} or an httpx2.{class_name}, or leave it out",
    )


def check_process(client: HttpClient | AsyncHttpClient) -> None:
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
