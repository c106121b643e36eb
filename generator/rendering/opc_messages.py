"""Says in this generator's words what openapi-python-client says of a part that it cannot build.

Most of these never come, because validation refuses and lowering changes what would lead to them. The
patterns are the messages of the pinned version. A message that is not among them is quoted, with the name of
who says it.
"""

import re
from collections.abc import Sequence

# The pattern of a message, and the error with what to write instead.
_MEANINGS: Sequence[tuple[str, str]] = (
    (
        r'Attempted to generate duplicate models with name "(?P<name>[^"]+)"',
        "two schemas get the class name {name} (give one of them another `title`)",
    ),
    (
        r"Found conflicting enums named (?P<name>\w+)",
        "two lists of values get the class name {name} (give one of their schemas another `title`)",
    ),
    (
        r"Properties (?P<first>\S+) and (?P<second>\S+) have the same python_name",
        "the properties {first} and {second} have the same name in Python (rename one of them)",
    ),
    (
        r"Parameters with same Python identifier (?P<name>\w+) detected",
        "two parameters have the name {name} in Python (rename one of them)",
    ),
    (
        r"(Could not find reference in parsed models|Reference \S+ (not found|in allOf was not processed))",
        "refers to a schema that cannot be built (see the error about that schema)",
    ),
    (
        r"(can't be merged with|can't combine|can't redefine|can't merge)",
        "parts of `allOf` contradict each other about a property (state it once)",
    ),
    (r"Cannot take allOf a non-object", "a part of `allOf` is not an object (give it `type: object`)"),
    (
        r"Circular schema references found",
        "the schema only leads back to itself (make one of the schemas in the cycle a real one)",
    ),
    (
        r"(Cannot convert .* to an? |Invalid (int|float|boolean|UUID) value|Invalid (date|datetime):|"
        r"Invalid default)",
        "`default` is not a value of its schema (correct it, or leave it out)",
    ),
    (
        r"Incorrect path templating",
        "the parameters in the path are not those that the operation declares (declare each one `in: path`)",
    ),
    (
        r"is not allowed in (?P<place>path|query|header|cookie)",
        "a value of this schema cannot stand in a parameter `in: {place}` (use a string, a number or a list)",
    ),
)


def explain_message(message: str) -> str:
    """Return a message of openapi-python-client as an error with what to write instead."""
    for pattern, meaning in _MEANINGS:
        if match := re.search(pattern, message):
            return meaning.format(**match.groupdict())
    return f"cannot be built, because openapi-python-client says: {message}"


def explain_misfit(message: str) -> str:
    """Return a message of pydantic, about a value that OpenAPI does not allow in its place."""
    return f"is not what OpenAPI allows here: {message[:1].lower()}{message[1:]}"
