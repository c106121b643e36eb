"""Parameters on the wire, in the styles of OpenAPI 3.1 (section 4.8.12)."""

from collections.abc import Callable, Iterator, Mapping
from typing import cast
from urllib.parse import quote

from ..contract import Fields, Operation, Parameter
from ..errors import ArgumentError
from ..unset import UNSET
from .scalars import plain, text_of, utf8

_DELIMITERS = {"spaceDelimited": "%20", "pipeDelimited": "%7C"}


class Target:
    """Where a request goes: its path and query, and what parameters add to the headers."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.query: list[str] = []
        self.headers: dict[str, str] = {}

    @property
    def url(self) -> str:
        """The path with the query."""
        return self.path + "?" + "&".join(self.query) if self.query else self.path


def place_parameters(operation: Operation, values: Fields | None) -> Target:
    """Put every parameter in its place.

    Raises ArgumentError for an unknown parameter, and for a required one that is missing.
    """
    target, values = Target(operation.path), values or {}
    parameters = {parameter.key or parameter.name: parameter for parameter in operation.parameters}
    given = {key: value for key, value in values.items() if value is not None and value is not UNSET}
    for key in values:
        if key not in parameters:
            raise ArgumentError(f"{key}: {operation.id} has no such parameter")
    for key, value in given.items():
        _WRITERS[parameters[key].location](target, parameters[key], value)
    for key, parameter in parameters.items():
        if parameter.required and key not in given:
            raise ArgumentError(f"{key}: {operation.id} needs it")
    return target


def _write_path(target: Target, parameter: Parameter, value: object) -> None:
    target.path = target.path.replace("{" + parameter.name + "}", _path(parameter, value))


def _write_query(target: Target, parameter: Parameter, value: object) -> None:
    """Add a parameter to the query, in the style form, deepObject, spaceDelimited or pipeDelimited."""
    name, properties, delimiter = parameter.name, _properties(value), _DELIMITERS.get(parameter.style)
    if parameter.style == "deepObject" and properties is not None:
        label = quote(name, safe="")
        target.query += [f"{label}[{quote(key, safe='')}]={_escape(name, item)}" for key, item in properties]
    elif delimiter and not parameter.explode:
        words = delimiter.join(_words(parameter, value, quoted=True))
        target.query.append(f"{quote(name, safe='')}={words}")
    else:
        target.query += _pairs(parameter, value)


def _write_header(target: Target, parameter: Parameter, value: object) -> None:
    text = ",".join(_words(parameter, value, quoted=False))
    if not (text.isascii() and (text.isprintable() or not text)):
        raise ArgumentError(f"{parameter.name}: a header takes printable ASCII characters only")
    target.headers[parameter.name] = text


def _write_cookie(target: Target, parameter: Parameter, value: object) -> None:
    """Add a cookie; all go into one header (RFC 6265, 5.4)."""
    earlier = [target.headers["Cookie"]] if "Cookie" in target.headers else []
    target.headers["Cookie"] = "; ".join([*earlier, *_pairs(parameter, value)])


_WRITERS: Mapping[str, Callable[[Target, Parameter, object], None]] = {
    "path": _write_path,
    "query": _write_query,
    "header": _write_header,
    "cookie": _write_cookie,
}


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
        own = "" if _properties(value) is not None else f"{name}="
        return "".join(f";{own}{word}" for word in words)
    return ",".join(words)


def _escape(name: str, value: object) -> str:
    return quote(utf8(name, text_of(name, value)), safe="")


def _properties(value: object) -> list[tuple[str, object]] | None:
    """Return an object's properties, or None for what is not an object."""
    if isinstance(value, Mapping):
        return list(cast("Fields", value).items())
    if hasattr(value, "to_dict"):
        return list(cast("Fields", plain(value)).items())
    return None


def _items(value: object) -> list[object] | None:
    return list(cast("list[object]", value)) if isinstance(value, list | tuple) else None


def _words(parameter: Parameter, value: object, *, quoted: bool) -> list[str]:
    """Write a value as the words that each style joins in its own way."""

    def text(item: object) -> str:
        return _escape(parameter.name, item) if quoted else text_of(parameter.name, item)

    properties, items = _properties(value), _items(value)
    if properties is not None and parameter.explode:
        return [f"{text(key)}={text(item)}" for key, item in properties]
    if properties is not None:
        return [text(part) for pair in properties for part in pair]
    return [text(item) for item in items] if items is not None else [text(value)]


def _pairs(parameter: Parameter, value: object) -> Iterator[str]:
    name = quote(parameter.name, safe="")
    properties, items = _properties(value), _items(value)
    if properties is not None and parameter.explode:
        for key, item in properties:
            yield f"{quote(key, safe='')}={_escape(parameter.name, item)}"
    elif items is not None and parameter.explode:
        for item in items:
            yield f"{name}={_escape(parameter.name, item)}"
    else:
        yield f"{name}=" + ",".join(_words(parameter, value, quoted=True))
