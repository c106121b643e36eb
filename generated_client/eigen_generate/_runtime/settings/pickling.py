"""What a pickle of a client holds: its arguments, so that another process makes the same client anew.

A pickle is a file or travels to other machines, so it never holds a key or a password: the other process
reads them from its own environment. A client that was given one as an argument is refused. Every refusal is
a TypeError, as Python raises it for objects that cannot be pickled.
"""

from functools import partial
from typing import Any, NamedTuple

from ..contract import Settings
from .hooks import Hooks
from .options import CheckedOptions, ConnectionOptions
from .secrets import REDACTED

_ANEW = "make the client in the other process"


class ConstructorArguments(NamedTuple):
    """What a client was made with, besides its options; the connection is that of arguments alone.

    `key_arguments` are the names of the arguments that were given a key.
    """

    settings: Settings
    key_arguments: tuple[str, ...]
    base_url: str | None
    connection: ConnectionOptions


def picklable_state(
    arguments: ConstructorArguments, options: CheckedOptions, *, has_http_client: bool
) -> tuple[Settings, dict[str, Any]]:
    """Return the settings and the keyword arguments that make the client anew.

    Raises TypeError if a part cannot be pickled, or must not be.
    """
    for argument in arguments.key_arguments:
        variable = arguments.settings.variable_of(argument)
        remedy = f"leave it out and set {variable}, which the other process reads" if variable else ""
        raise _refusal(argument, "a pickle never holds the key", remedy)
    if has_http_client:
        raise _refusal("http_client", "its connections belong to this process")
    _check_hooks(options.hooks)
    connection = _connection_arguments(arguments.connection)
    return arguments.settings, {"base_url": arguments.base_url, **connection, **options._asdict()}


def _refusal(argument: str, reason: str, remedy: str = "") -> TypeError:
    remedies = ", or ".join(filter(None, (remedy, _ANEW)))
    return TypeError(f"{argument}: the client cannot be pickled with it: {reason}; {remedies}")


def _connection_arguments(connection: ConnectionOptions) -> dict[str, Any]:
    """Return the options of a connection as arguments again."""
    options = {name: value for name, value in connection._asdict().items() if value is not None}
    options["keepalive"] = connection.keepalive  # None has a meaning of its own here: no probes
    if connection.proxy is not None:
        if REDACTED in connection.proxy.shown_url:
            raise _refusal("proxy", "its URL holds a password", "leave it out and set HTTPS_PROXY")
        options["proxy"] = connection.proxy.url.reveal()
    if connection.verify is not None:
        if connection.verify.context is not None:
            raise _refusal("verify", "an ssl.SSLContext has no pickle", "give the path of a PEM file")
        options["verify"] = connection.verify.path
    if connection.cert is not None:
        if connection.cert.password.reveal():
            raise _refusal("cert", "it holds a password", "give a key that is not encrypted")
        paths = (connection.cert.path, connection.cert.key_path)
        options["cert"] = paths if connection.cert.key_path else connection.cert.path
    return options


def _check_hooks(hooks: Hooks) -> None:
    """Raise TypeError for a hook that pickle cannot find by its name; its own error names no hook."""
    for name in Hooks.__slots__:
        function = getattr(hooks, name)
        while isinstance(function, partial):
            function = function.func
        # A lambda is named `<lambda>`, and a function in another one `outer.<locals>.inner`.
        if "<" in getattr(function, "__qualname__", ""):
            remedy = f"give the function of a module instead of {function.__qualname__}"
            raise _refusal(f"hooks: {name}", "pickle finds functions by their name", remedy)
