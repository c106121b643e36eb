"""Put the API key into a header, the query or a cookie, as the security scheme says."""

import base64
from urllib.parse import quote

from ..contract import SecurityScheme
from ..settings.secrets import Secret
from .request import Headers, Request

# The schemes of the Authorization header: RFC 6750, section 2.1 and RFC 7617, section 2.
_SCHEME_PREFIXES = {"bearer": "Bearer ", "basic": "Basic "}


def with_secret(request: Request, secret: Secret) -> tuple[str, Headers]:
    """Return URL and headers with the key, by the first security scheme that the operation accepts.

    Without a key, or if the operation needs none, both are returned as they are.
    """
    key, schemes = secret.reveal(), request.operation.security
    if not schemes or not key:
        return request.url, request.headers
    if schemes[0].type == "basic":
        key = base64.b64encode(key.encode()).decode()
    return with_key(request, schemes[0], key)


def with_key(request: Request, scheme: SecurityScheme, key: str) -> tuple[str, Headers]:
    """Return URL and headers with `key`, or a placeholder for it, where the scheme puts it.

    For a scheme of type basic, `key` is already in base64.
    """
    if scheme.location == "query":
        separator = "&" if "?" in request.url else "?"
        return f"{request.url}{separator}{quote(scheme.name, safe='')}={quote(key, safe='')}", request.headers
    if scheme.location == "cookie":
        # All cookies go into one header (RFC 6265, section 5.4).
        cookies = [value for name, value in request.headers if name == "Cookie"]
        other_headers = tuple(header for header in request.headers if header[0] != "Cookie")
        return request.url, (*other_headers, ("Cookie", "; ".join([*cookies, f"{scheme.name}={key}"])))
    return request.url, (*request.headers, (scheme.name, _SCHEME_PREFIXES.get(scheme.type, "") + key))
