"""Which keys a client takes, and which of them each operation presents, and how."""

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from ..loading.document import Document
from ..loading.json_data import follow_reference, is_object, list_or_empty, object_or_empty
from ..loading.operations import list_operations
from ..names import distinct
from ..runtime.contract import SHARED_KEY, SecurityScheme
from ..runtime.settings.options import ClientOptions

# What else a client takes when it is made, or uses while it is made, so that no key has such a name.
_TAKEN_ARGUMENTS = (
    *ClientOptions.__annotations__,
    *("self", "base_url", "timeout", "max_retries", "http_client", "error", "without_unset"),
)
_Combination = tuple[SecurityScheme, ...]


@frozen
class KeyArgument:
    """An argument of the client that takes the key of one security scheme.

    `variable` is the environment variable that is read if the argument is missing.
    """

    argument: str
    variable: str
    scheme: str
    is_basic: bool = False


def list_key_arguments(data: dict[str, Any], package: str, shared_variable: str) -> tuple[KeyArgument, ...]:
    """Return the arguments for keys, one for each scheme that an operation uses, if these are several.

    A client whose operations use one scheme takes its key as `api_key`, and the result is empty. Other
    variables than `shared_variable`, that of `api_key`, begin with the name of the package.
    """
    used_schemes = {
        name: scheme
        for requirement in _list_requirements(data)
        for name in requirement
        for scheme in _describe_scheme(_find_scheme(data, name), "") or ()
    }
    names = [name for name in _schemes_of(data) if name in used_schemes]
    if len(names) < 2:
        return ()
    return tuple(
        KeyArgument(
            argument,
            shared_variable if argument == SHARED_KEY else f"{package}_{argument}".upper(),
            name,
            is_basic=used_schemes[name].type == "basic",
        )
        for name, argument in zip(names, distinct(names, _TAKEN_ARGUMENTS), strict=True)
    )


def needs_key(data: dict[str, Any]) -> bool:
    """Whether an operation presents a key at all."""
    return any(
        _describe_scheme(_find_scheme(data, name), "")
        for requirement in _list_requirements(data)
        for name in requirement
    )


def is_key_optional(data: dict[str, Any]) -> bool:
    """Whether there is an operation that may be called without a key."""
    root_security = data.get("security", [])
    for _, _, operation in list_operations(data):
        requirements = list_or_empty(operation.get("security", root_security))
        if not requirements or {} in requirements:
            return True
    return False


def list_combinations(
    document: Document, operation: dict[str, Any], pointer: str, keys: tuple[KeyArgument, ...]
) -> list[_Combination]:
    """Return the combinations of schemes that an operation accepts; an empty one is a call without a key.

    The empty one comes last. `pointer` is that of the operation. Raises GeneratorError if there are
    requirements and the client can meet none of them.
    """
    arguments = {key.scheme: key.argument for key in keys}
    requirements = [object_or_empty(item) for item in list_or_empty(operation.get("security"))]
    combinations = [
        combination
        for requirement in requirements
        if (combination := _combine(document.data, requirement, arguments)) is not None
    ]
    if requirements and not combinations:
        required_schemes = " or ".join(" with ".join(requirement) for requirement in requirements)
        raise document.error(
            f"{pointer}/security",
            f"no keys that a client could send meet `{required_schemes}`",
            "name schemes of type apiKey, http (bearer or basic), oauth2 or openIdConnect, of which no two "
            "are sent in the same place",
        )
    return sorted(dict.fromkeys(combinations), key=lambda combination: not combination)


def _combine(
    data: dict[str, Any], requirement: dict[str, Any], arguments: Mapping[str, str]
) -> _Combination | None:
    """Return the schemes of a requirement, which are presented together; None if that is impossible."""
    combination: list[SecurityScheme] = []
    for name in requirement:
        schemes = _describe_scheme(_find_scheme(data, name), arguments.get(name, SHARED_KEY))
        if schemes is None:
            return None
        combination += schemes
    places = {(scheme.location, scheme.name.lower()) for scheme in combination}
    return tuple(combination) if len(places) == len(combination) else None


def _describe_scheme(scheme: dict[str, Any], argument: str) -> _Combination | None:
    """Return how the key of `argument` is presented under a scheme; None if a client cannot do that.

    The result is empty for a client's certificate, which is an option of the connection.
    """
    match scheme.get("type"), str(scheme.get("scheme", "")).lower():
        case "apiKey", _:
            return (SecurityScheme("apiKey", scheme["name"], scheme["in"], argument),)
        case "http", "basic":
            return (SecurityScheme("basic", argument=argument),)
        case ("http", "bearer") | ("oauth2" | "openIdConnect", _):
            return (SecurityScheme("bearer", argument=argument),)
        case "mutualTLS", _:
            return ()
        case _:
            return None


def _list_requirements(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    root_security = data.get("security", [])
    for _, _, operation in list_operations(data):
        for requirement in list_or_empty(operation.get("security", root_security)):
            if is_object(requirement):
                yield requirement


def _schemes_of(data: dict[str, Any]) -> dict[str, Any]:
    return object_or_empty(object_or_empty(data.get("components")).get("securitySchemes"))


def _find_scheme(data: dict[str, Any], name: str) -> dict[str, Any]:
    return follow_reference(data, _schemes_of(data).get(name))
