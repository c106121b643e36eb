"""Whose certificates a client trusts, and the certificate that it presents itself."""

import os
import ssl
from pathlib import Path
from typing import Literal, NamedTuple, cast

from ..errors import ConfigurationError
from .secrets import Secret

PathName = str | os.PathLike[str]
Verify = PathName | ssl.SSLContext | Literal[True] | None
Certificate = PathName | tuple[PathName, PathName] | tuple[PathName, PathName, str] | None


class Authorities(NamedTuple):
    """The authorities that may vouch for a server, and the argument or variable that named them.

    An empty `path` stands for those that httpx brings with it.
    """

    source: str = "verify"
    path: str = ""
    context: ssl.SSLContext | None = None


class ClientCertificate(NamedTuple):
    """The certificate that a client presents to servers that ask for one (mutual TLS).

    `key_path` is empty if the file of the certificate holds its key too.
    """

    path: str
    key_path: str = ""
    password: Secret = Secret("")


def read_verify(verify: object) -> Authorities | None:
    """Return the authorities that the argument names; None is those of the environment."""
    if verify is None or verify is True:
        return None
    if isinstance(verify, ssl.SSLContext):
        return Authorities(context=verify)
    if verify is False:
        raise ConfigurationError(
            "verify: False would let anyone between you and the server read the API key",
            hint="Give the file of the CA that signed the server's certificate: verify=PATH. To check "
            "nothing all the same, give an ssl.SSLContext that is set up so",
        )
    path = _absolute_path(verify)
    if path is None:
        raise ConfigurationError(
            f"verify: a value of type {type(verify).__name__} is not a path or an ssl.SSLContext",
            hint="Give the path of a file of PEM certificates",
        )
    return Authorities(path=path)


def choose_authorities(argument: Authorities | None) -> Authorities:
    """Return the caller's authorities, else those of SSL_CERT_FILE or SSL_CERT_DIR, else httpx's.

    OpenSSL defines both variables. As in httpx, the first that is set counts.
    """
    if argument is not None:
        return argument
    for variable in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        path = os.environ.get(variable)
        if path:
            # SSL_CERT_DIR may be a list of directories. Paths are made absolute because a process that is
            # forked later may have changed its directory.
            parts = path.split(os.pathsep) if variable == "SSL_CERT_DIR" else [path]
            return Authorities(
                variable, os.pathsep.join(str(Path(part).absolute()) for part in parts if part)
            )
    return Authorities()


def read_certificate(certificate: object) -> ClientCertificate | None:
    """Return the client certificate of the argument; no error shows its value, which may hold a password."""
    if certificate is None:
        return None
    is_tuple = isinstance(certificate, tuple)
    parts = cast("tuple[object, ...]", certificate) if is_tuple else (certificate,)
    paths = [_absolute_path(part) for part in parts[:2]]
    password = parts[2] if len(parts) > 2 else ""
    if not 1 <= len(parts) <= 3 or None in paths or not isinstance(password, str):
        raise ConfigurationError(
            "cert: the value is not a path, (certificate, key) or (certificate, key, password)",
            hint="Give paths of PEM files, and the password as a str",
        )
    path, key_path = (*(path or "" for path in paths), "")[:2]
    return ClientCertificate(path, key_path, Secret(password))


def _absolute_path(value: object) -> str | None:
    path: object = os.fspath(cast("PathName", value)) if isinstance(value, os.PathLike) else value
    return str(Path(path).absolute()) if isinstance(path, str) and path else None
