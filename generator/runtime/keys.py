"""Where the key goes if not into a header. A security scheme names the one that it needs."""

from urllib.parse import quote

from .request import Headers, Request


def key_in_query(request: Request, name: str, key: str) -> tuple[str, Headers]:
    """Add it to the URL's query."""
    mark = "&" if "?" in request.url else "?"
    return f"{request.url}{mark}{quote(name, safe='')}={quote(key, safe='')}", request.headers


def key_in_cookie(request: Request, name: str, key: str) -> tuple[str, Headers]:
    """Add it to the cookies, which go into one header (RFC 6265, 5.4)."""
    cookies = [value for header, value in request.headers if header == "Cookie"]
    kept = tuple(pair for pair in request.headers if pair[0] != "Cookie")
    return request.url, (*kept, ("Cookie", "; ".join([*cookies, f"{name}={key}"])))
