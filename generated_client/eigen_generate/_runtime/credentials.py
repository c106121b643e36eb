import base64
from urllib.parse import quote

from .plan import Operation
from .secret import Secret


class Credentials:
    __slots__ = ("headers", "query")

    def __init__(self, headers: tuple[tuple[str, str], ...] = (), query: str = "") -> None:
        self.headers = headers
        self.query = query


def present(operation: Operation, secret: Secret) -> Credentials:
    key = secret.reveal()
    if not operation.security or not key:
        return Credentials()
    scheme = operation.security[0]
    if scheme.kind == "bearer":
        return Credentials((("Authorization", "Bearer " + key),))
    if scheme.kind == "basic":
        return Credentials((("Authorization", "Basic " + base64.b64encode(key.encode()).decode()),))
    if scheme.location == "query":
        return Credentials(query=f"{quote(scheme.name, safe='')}={quote(key, safe='')}")
    if scheme.location == "cookie":
        return Credentials((("Cookie", f"{scheme.name}={key}"),))
    return Credentials(((scheme.name, key),))
