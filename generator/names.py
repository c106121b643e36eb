"""Names of the contract as Python names, as openapi-python-client makes them; none is one that is taken."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType

from openapi_python_client import strings

_LONGEST = 150  # in bytes
_DIGEST = 8
# Names that generated modules import, and that a class of the contract would hide.
_RESERVED_CLASSES = (
    *("Any", "AsyncCore", "BODIES", "Call", "Callable", "Core", "File", "FileInput", "Literal", "Mapping"),
    *(
        "OPERATION",
        "RAW",
        "RawResponse",
        "Response",
        "Self",
        "Sequence",
        "Successes",
        "TYPE_CHECKING",
        "Timeout",
    ),
    *("ClosedObject", "OpenObject", "TypeAlias", "UNSET", "UUID", "Unset", "Wait"),
    *("Answer", "Body", "MediaType"),
)
# What classes are called in place of names that are taken.
CLASS_OVERRIDES: Mapping[str, str] = MappingProxyType(
    {name: f"{name.title() if name.isupper() else name}Model" for name in _RESERVED_CLASSES}
)


def identifier(name: str) -> str:
    """A Python name for a name of the contract, as openapi-python-client makes it, and would make again."""
    found = str(strings.PythonIdentifier(name, "field_"))
    return found if found == name else identifier(found)


def shortened(name: str) -> str:
    """`name`, if a file can be called after it, else its beginning and a hash of all of it.

    A file's name has at most 255 bytes on nearly all systems, and more is written behind it than `.py`.
    """
    if len(identifier(name).encode()) <= _LONGEST:
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()[:_DIGEST]
    # Twice the digits: an identifier may get an underscore before each of them.
    beginning = identifier(name).encode()[: _LONGEST - 2 * _DIGEST - 1].decode(errors="ignore")
    return identifier(f"{beginning}_{digest}")


def modules(names: Iterable[str]) -> list[str]:
    """The name of a module for each operationId, no two alike."""
    return distinct(map(shortened, names))


def class_name(name: str) -> str:
    """A Python class name for a name of the contract, as openapi-python-client makes it."""
    return str(strings.ClassName(name, "field_"))


def model_name(name: str) -> str:
    """The class of a component: `class_name`, unless generated modules use that name for something else."""
    plain = class_name(name)
    return CLASS_OVERRIDES.get(plain, plain)


def distinct(names: Iterable[str], reserved: Collection[str] = ()) -> list[str]:
    """A Python name for each name of the contract, none of them `reserved`, no two alike."""
    found: dict[str, None] = {}
    for name in names:
        plain = identifier(name)
        free, number = f"{plain}_" if plain in reserved else plain, 2
        while free in found or free in reserved:
            free, number = f"{plain}_{number}", number + 1
        found[free] = None
    return list(found)
