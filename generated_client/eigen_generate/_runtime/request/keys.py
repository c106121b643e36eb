"""Put the keys of the caller into headers, the query or cookies, as the security schemes say."""

import base64
from urllib.parse import quote

from ..contract import SHARED_KEY, Operation, SecurityScheme, Settings
from ..errors import ConfigurationError
from ..settings.secrets import Secret
from .request import Headers, Request

# The schemes of the Authorization header: RFC 6750, section 2.1 and RFC 7617, section 2.
_SCHEME_PREFIXES = {"bearer": "Bearer ", "basic": "Basic "}


def choose_security(operation: Operation, secret: Secret, settings: Settings) -> Operation:
    """Return the operation with the one combination of schemes whose keys are sent.

    It is the first whose keys the caller gave, then the first that the shared key serves, and then a call
    without a key. Raises ConfigurationError that names the missing arguments.
    """
    combinations = (operation.security, *operation.alternatives)
    for schemes in combinations:
        if schemes and all(secret.key_of(scheme.argument) for scheme in schemes):
            return _with_security(operation, schemes)
    if secret.shared_key():
        for schemes in combinations:
            if len(schemes) == 1:
                return _with_security(operation, (schemes[0]._replace(argument=SHARED_KEY),))
    if () in combinations:
        return _with_security(operation, ())
    missing = [
        [scheme.argument for scheme in schemes if not secret.key_of(scheme.argument)]
        for schemes in combinations
    ]
    raise ConfigurationError(
        f"{operation.route}: no key: {' or '.join(map(' and '.join, missing))} is missing",
        hint=", or ".join(
            " and ".join(_name_sources(argument, settings) for argument in arguments) for arguments in missing
        ),
    )


def _with_security(operation: Operation, schemes: tuple[SecurityScheme, ...]) -> Operation:
    if schemes is operation.security:
        return operation
    return operation._replace(security=schemes, alternatives=())


def _name_sources(argument: str, settings: Settings) -> str:
    return f"Pass {argument}=... or set {settings.variable_of(argument)}"


def with_secret(request: Request, secret: Secret) -> tuple[str, Headers]:
    """Return URL and headers with the keys, by the security schemes of the operation.

    Without a key, or if the operation needs none, both are returned as they are.
    """
    url, headers = request.url, request.headers
    for scheme in request.operation.security:
        key = secret.key_of(scheme.argument)
        if key:
            if scheme.type == "basic":
                key = base64.b64encode(key.encode()).decode()
            url, headers = with_key(url, headers, scheme, key)
    return url, headers


def with_key(url: str, headers: Headers, scheme: SecurityScheme, key: str) -> tuple[str, Headers]:
    """Return URL and headers with `key`, or a placeholder for it, where the scheme puts it.

    For a scheme of type basic, `key` is already in base64.
    """
    if scheme.location == "query":
        separator = "&" if "?" in url else "?"
        return f"{url}{separator}{quote(scheme.name, safe='')}={quote(key, safe='')}", headers
    if scheme.location == "cookie":
        # All cookies go into one header (RFC 6265, section 5.4).
        cookies = [value for name, value in headers if name == "Cookie"]
        other_headers = tuple(header for header in headers if header[0] != "Cookie")
        return url, (*other_headers, ("Cookie", "; ".join([*cookies, f"{scheme.name}={key}"])))
    return url, (*headers, (scheme.name, _SCHEME_PREFIXES.get(scheme.type, "") + key))
