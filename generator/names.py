"""Python names for names of the contract, as openapi-python-client makes them, and without clashes."""

import hashlib
import keyword
import sys
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from types import MappingProxyType

from openapi_python_client import strings

# A file's name has at most 255 bytes on nearly all systems, and a suffix follows it.
_MAX_BYTES = 150
_DIGEST_DIGITS = 8
# Packages that the built client itself imports.
_DEPENDENCIES = ("anyio", "attr", "attrs", "httpx", "httpx2", "trio")
# Names that generated modules import, and that a class of the contract would hide.
_RESERVED_CLASSES = (
    *("Any", "AsyncCore", "BODIES", "Call", "Callable", "Core", "File", "FileInput", "Literal", "Mapping"),
    *("OPERATION", "RAW", "RawResponse", "Response", "Self", "Sequence", "Successes", "TYPE_CHECKING"),
    *("Timeout", "ClosedObject", "OpenObject", "TypeAlias", "UNSET", "UUID", "Unset", "Wait"),
    *("Answer", "Body", "MediaType"),
)
# The names of classes whose own names are reserved, by reserved name.
CLASS_OVERRIDES: Mapping[str, str] = MappingProxyType(
    {name: f"{name.title() if name.isupper() else name}Model" for name in _RESERVED_CLASSES}
)


def is_taken_package(package: str) -> bool:
    """Whether a package of this name would hide, or be hidden by, a package that the client imports."""
    return package in sys.stdlib_module_names or package in _DEPENDENCIES or keyword.iskeyword(package)


# Documents repeat names by the thousand, and openapi-python-client takes each name apart with regular
# expressions. So the functions with `cache` do that once for each name.
@cache
def identifier(name: str) -> str:
    """Return the Python name that openapi-python-client makes of a name. A second pass does not change it."""
    python_name = str(strings.PythonIdentifier(name, "field_"))
    return python_name if python_name == name else identifier(python_name)


def shortened(name: str) -> str:
    """Return `name` if a file can be named after it, else its beginning and a hash of all of it."""
    if len(identifier(name).encode()) <= _MAX_BYTES:
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()[:_DIGEST_DIGITS]
    # Twice the digits: an identifier may get an underscore before each of them.
    beginning = identifier(name).encode()[: _MAX_BYTES - 2 * _DIGEST_DIGITS - 1].decode(errors="ignore")
    return identifier(f"{beginning}_{digest}")


def modules(names: Iterable[str]) -> list[str]:
    """Return a distinct name of a module for each operationId."""
    return distinct(map(shortened, names))


@cache
def pascal_case(name: str) -> str:
    """Return the words of a name as openapi-python-client joins them in the names of classes."""
    return str(strings.pascal_case(name))


@cache
def class_name(name: str) -> str:
    """Return the Python class name that openapi-python-client makes of a name."""
    return str(strings.ClassName(name, "field_"))


def model_class_name(name: str) -> str:
    """Return the class name of a component: `class_name`, or another if generated modules use that."""
    plain_name = class_name(name)
    return CLASS_OVERRIDES.get(plain_name, plain_name)


def distinct(names: Iterable[str], reserved: Collection[str] = ()) -> list[str]:
    """Return a distinct Python name for each name of the contract; none is in `reserved`."""
    distinct_names: dict[str, None] = {}
    for name in names:
        plain_name = identifier(name)
        free_name, number = f"{plain_name}_" if plain_name in reserved else plain_name, 2
        while free_name in distinct_names or free_name in reserved:
            free_name, number = f"{plain_name}_{number}", number + 1
        distinct_names[free_name] = None
    return list(distinct_names)
