"""Write parameters into path, query, headers and cookies, in the styles of OpenAPI 3.1 (section 4.8.12)."""

from collections.abc import Callable, Iterator, Mapping
from typing import cast
from urllib.parse import quote

from ..contract import Fields, Operation, Parameter
from ..errors import ArgumentError
from ..unset import UNSET
from .scalars import encode_utf8, to_json_data, value_text

# The style examples of OpenAPI 3.1.1 show both delimiters percent-encoded.
_DELIMITERS = {"spaceDelimited": "%20", "pipeDelimited": "%7C"}


class RequestTarget:
    """Path and query of a request, and the headers that its parameters add."""

    def __init__(self, path: str) -> None:
        # Some contracts tell operations of one path apart by a fragment, which is never sent, or write a
        # part of the query into the path.
        self.path, _, query = path.partition("#")[0].partition("?")
        self.query: list[str] = [query] if query else []
        self.headers: dict[str, str] = {}

    @property
    def url(self) -> str:
        """The path with the query."""
        return self.path + "?" + "&".join(self.query) if self.query else self.path


def place_parameters(operation: Operation, values: Fields | None) -> RequestTarget:
    """Return path, query and headers with the values of the parameters in their places.

    Raises ArgumentError for a parameter that the operation does not have, and for a required one that is
    missing.
    """
    target, values = RequestTarget(operation.path), values or {}
    if not (operation.parameters or values):
        return target
    parameters = {parameter.key or parameter.name: parameter for parameter in operation.parameters}
    present = {key: value for key, value in values.items() if value is not None and value is not UNSET}
    for key in values:
        if key not in parameters:
            raise ArgumentError(f"{key}: {operation.id} has no such parameter")
    for key, value in present.items():
        _WRITERS[parameters[key].location](target, parameters[key], value)
    for key, parameter in parameters.items():
        if parameter.required and key not in present:
            raise ArgumentError(f"{key}: {operation.id} needs it")
    return target


def _write_path(target: RequestTarget, parameter: Parameter, value: object) -> None:
    target.path = target.path.replace("{" + parameter.name + "}", _path_segment(parameter, value))


def _write_query(target: RequestTarget, parameter: Parameter, value: object) -> None:
    target.query += query_pairs(parameter, value)


def query_pairs(parameter: Parameter, value: object) -> list[str]:
    """Return a parameter as percent-encoded `name=value` pairs of a query, or of a form.

    The style is form, deepObject, spaceDelimited or pipeDelimited.
    """
    name, properties, delimiter = parameter.name, _properties(value), _DELIMITERS.get(parameter.style)
    quoted_name = quote(name, safe="")
    if parameter.style == "deepObject" and (properties is not None or _items(value) is not None):
        return list(_deep_pairs(parameter, quoted_name, value))
    if delimiter and not parameter.explode:
        return [f"{quoted_name}={delimiter.join(_words(parameter, value, quoted=True))}"]
    return list(_name_value_pairs(parameter, value))


def _deep_pairs(parameter: Parameter, key: str, value: object, *, is_inner: bool = False) -> Iterator[str]:
    """Yield the pairs of the style deepObject, such as `filter[name]=value`.

    OpenAPI defines it for the properties of one object only (3.1.1, 4.8.12.4). Beyond that it is written as
    most servers read it: an inner object as `filter[a][b]=1`, and lists by the `list_form` of the parameter.
    """
    properties, items = _properties(value), _items(value)
    if properties is not None:
        for name, item in properties:
            inner_key = f"{key}[{quote(name, safe='')}]"
            yield from _deep_pairs(parameter, inner_key, item, is_inner=True)
    elif items is not None:
        form = parameter.list_form or ("repeated" if is_inner else "brackets")
        for index, item in enumerate(items):
            suffix = {"brackets": "[]", "indexed": f"[{index}]"}.get(form, "")
            yield from _deep_pairs(parameter, key + suffix, item, is_inner=True)
    else:
        yield f"{key}={_quote(parameter, value)}"


def _write_header(target: RequestTarget, parameter: Parameter, value: object) -> None:
    text = ",".join(_words(parameter, value, quoted=False))
    # A line break would start another header. Beyond ASCII, RFC 9110, section 5.5 leaves the meaning open.
    if not (text.isascii() and (text.isprintable() or not text)):
        raise ArgumentError(f"{parameter.name}: a header takes printable ASCII characters only")
    target.headers[parameter.name] = text


def _write_cookie(target: RequestTarget, parameter: Parameter, value: object) -> None:
    """Add a cookie; all cookies go into one header (RFC 6265, section 5.4)."""
    earlier_cookies = [target.headers["Cookie"]] if "Cookie" in target.headers else []
    target.headers["Cookie"] = "; ".join([*earlier_cookies, *_name_value_pairs(parameter, value)])


_WRITERS: Mapping[str, Callable[[RequestTarget, Parameter, object], None]] = {
    "path": _write_path,
    "query": _write_query,
    "header": _write_header,
    "cookie": _write_cookie,
}


def _path_segment(parameter: Parameter, value: object) -> str:
    """Return a parameter in the style simple, label or matrix."""
    words = _words(parameter, value, quoted=True)
    # Dots cannot be escaped: proxies and clients resolve `..`, percent-encoded or not, to another address.
    if ",".join(words) in ("", ".", ".."):
        raise ArgumentError(f"{parameter.name}: {value!r} cannot stand in a path")
    if parameter.style == "label":
        return "." + ("." if parameter.explode else ",").join(words)
    if parameter.style == "matrix":
        name = quote(parameter.name, safe="")
        if not parameter.explode:
            return f";{name}=" + ",".join(words)
        # The words of an object already hold the names of its properties.
        prefix = "" if _properties(value) is not None else f"{name}="
        return "".join(f";{prefix}{word}" for word in words)
    return ",".join(words)


def _quote(parameter: Parameter, value: object) -> str:
    """Return a value as percent-encoded text."""
    # What would end the query or a pair is encoded also where the contract allows reserved characters
    # (RFC 3986, section 3.4).
    safe = "/?:@!$'()*,;" if parameter.allow_reserved else ""
    return quote(encode_utf8(parameter.name, value_text(parameter.name, value)), safe=safe)


def _properties(value: object) -> list[tuple[str, object]] | None:
    """Return the names and values of an object's properties; None for a value that is not an object."""
    if isinstance(value, Mapping):
        return list(cast("Fields", value).items())
    if hasattr(value, "to_dict"):
        return list(cast("Fields", to_json_data(value)).items())
    return None


def _items(value: object) -> list[object] | None:
    """Return the items of a list; None for a value that is not a list."""
    return list(cast("list[object]", value)) if isinstance(value, list | tuple) else None


def _words(parameter: Parameter, value: object, *, quoted: bool) -> list[str]:
    """Return the words that each style joins in its own way.

    They are the items of a list, `name=value` pairs of an exploded object, names and values in turn of any
    other object, or the value itself.
    """

    def word(item: object) -> str:
        return _quote(parameter, item) if quoted else value_text(parameter.name, item)

    properties, items = _properties(value), _items(value)
    if properties is not None and parameter.explode:
        return [f"{word(key)}={word(item)}" for key, item in properties]
    if properties is not None:
        return [word(key_or_item) for pair in properties for key_or_item in pair]
    return [word(item) for item in items] if items is not None else [word(value)]


def _name_value_pairs(parameter: Parameter, value: object) -> Iterator[str]:
    """Yield a parameter in the style form, as `name=value`; an exploded list or object gives several."""
    name = quote(parameter.name, safe="")
    properties, items = _properties(value), _items(value)
    if properties is not None and parameter.explode:
        for key, item in properties:
            yield f"{quote(key, safe='')}={_quote(parameter, item)}"
    elif items is not None and parameter.explode:
        for item in items:
            yield f"{name}={_quote(parameter, item)}"
    else:
        yield f"{name}=" + ",".join(_words(parameter, value, quoted=True))
