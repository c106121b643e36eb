"""Parameters on the wire, in the styles of OpenAPI 3.1 (section 4.8.12)."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple, cast
from urllib.parse import quote

from .errors import ArgumentError
from .plan import Members, Operation, Parameter
from .scalars import plain, text_of, utf8
from .unset import UNSET

_DELIMITERS = {"spaceDelimited": "%20", "pipeDelimited": "%7C"}


class Target(NamedTuple):
    """Where a request goes: the path with its query, and what parameters add to the headers."""

    path: str
    headers: tuple[tuple[str, str], ...] = ()


def place(operation: Operation, values: Members | None) -> Target:
    """Put every parameter in its place.

    Raises ArgumentError for an unknown parameter, and for a required one that is missing.
    """
    if not operation.parameters and not values:
        return Target(operation.path)
    values = values or {}
    known = {parameter.key or parameter.name: parameter for parameter in operation.parameters}
    path, query, headers, cookies = operation.path, list[str](), list[tuple[str, str]](), list[str]()
    for key, value in values.items():
        if key not in known:
            raise ArgumentError(f"{key}: {operation.id} has no such parameter")
        if value is None or value is UNSET:
            continue
        parameter = known[key]
        name = parameter.name
        if parameter.location == "path":
            path = path.replace("{" + name + "}", _path(parameter, value))
        elif parameter.location == "query":
            query += _pairs(parameter, value)
        elif parameter.location == "header":
            headers.append((name, _header(name, ",".join(_words(parameter, value, quoted=False)))))
        else:
            cookies += _pairs(parameter, value)
    _check_required(operation, values)
    if cookies:
        headers.append(("Cookie", "; ".join(cookies)))
    return Target(path + "?" + "&".join(query) if query else path, tuple(headers))


def _check_required(operation: Operation, values: Members) -> None:
    for parameter in operation.parameters:
        key, needed = parameter.key or parameter.name, parameter.required or parameter.location == "path"
        if needed and (values.get(key) is None or values[key] is UNSET):
            raise ArgumentError(f"{key}: {operation.id} cannot do without it")


def _path(parameter: Parameter, value: object) -> str:
    words = _words(parameter, value, quoted=True)
    # Dots have no escape: proxies and clients resolve `..`, escaped or not, to another address.
    if ",".join(words) in ("", ".", ".."):
        raise ArgumentError(f"{parameter.name}: {value!r} cannot stand in a path")
    if parameter.style == "label":
        return "." + ("." if parameter.explode else ",").join(words)
    if parameter.style == "matrix":
        name = quote(parameter.name, safe="")
        if not parameter.explode:
            return f";{name}=" + ",".join(words)
        own = "" if _members(value) is not None else f"{name}="
        return "".join(f";{own}{word}" for word in words)
    return ",".join(words)


def _header(name: str, text: str) -> str:
    if not (text.isascii() and (text.isprintable() or not text)):
        raise ArgumentError(f"{name}: a header takes printable ASCII characters only")
    return text


def _escape(name: str, value: object) -> str:
    return quote(utf8(name, text_of(name, value)), safe="")


def _members(value: object) -> list[tuple[str, object]] | None:
    """Give an object's members, or None for what is no object."""
    if isinstance(value, Mapping):
        return list(cast("Members", value).items())
    if hasattr(value, "to_dict"):
        return list(cast("Members", plain(value)).items())
    return None


def _items(value: object) -> list[object] | None:
    return list(cast("list[object]", value)) if isinstance(value, list | tuple) else None


def _words(parameter: Parameter, value: object, *, quoted: bool) -> list[str]:
    """Write a value as the words that each style joins in its own way."""

    def text(item: object) -> str:
        return _escape(parameter.name, item) if quoted else text_of(parameter.name, item)

    members, items = _members(value), _items(value)
    if members is not None and parameter.explode:
        return [f"{text(key)}={text(item)}" for key, item in members]
    if members is not None:
        return [text(part) for pair in members for part in pair]
    return [text(item) for item in items] if items is not None else [text(value)]


def _pairs(parameter: Parameter, value: object) -> Iterator[str]:
    """Write a query or cookie parameter as `name=value` pairs, escaped."""
    name = quote(parameter.name, safe="")
    members, items = _members(value), _items(value)
    if members is not None and (parameter.style == "deepObject" or parameter.explode):
        for key, item in members:
            label = (
                f"{name}[{quote(key, safe='')}]" if parameter.style == "deepObject" else quote(key, safe="")
            )
            yield f"{label}={_escape(parameter.name, item)}"
    elif items is not None and parameter.explode:
        for item in items:
            yield f"{name}={_escape(parameter.name, item)}"
    else:
        between = _DELIMITERS.get(parameter.style, ",")
        yield f"{name}=" + between.join(_words(parameter, value, quoted=True))
