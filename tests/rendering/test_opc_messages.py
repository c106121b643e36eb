"""What openapi-python-client says of a part it cannot build, in the words of this generator."""

from importlib.metadata import distribution

import pytest

from generator.rendering.opc_messages import explain_message, explain_misfit

# A message as openapi-python-client writes it, the words of its source that it comes from, and the error.
MESSAGES = [
    (
        'Unable to parse schema X Attempted to generate duplicate models with name "Pet"',
        "Attempted to generate duplicate models with name",
        "two schemas get the class name Pet (give one of them another `title`)",
    ),
    (
        "Found conflicting enums named Kind with incompatible values.",
        "Found conflicting enums named",
        "two lists of values get the class name Kind (give one of their schemas another `title`)",
    ),
    (
        "Conflicting property names Properties aB and a_b have the same python_name",
        "have the same python_name",
        "the properties aB and a_b have the same name in Python (rename one of them)",
    ),
    (
        "Parameters with same Python identifier a_b detected",
        "Parameters with same Python identifier",
        "two parameters have the name a_b in Python (rename one of them)",
    ),
    (
        "Could not find reference in parsed models or enums",
        "Could not find reference in parsed models or enums",
        "refers to a schema that cannot be built (see the error about that schema)",
    ),
    (
        "int can't be merged with list[str]",
        "can't be merged with",
        "parts of `allOf` contradict each other about a property (state it once)",
    ),
    (
        "Cannot take allOf a non-object",
        "Cannot take allOf a non-object",
        "a part of `allOf` is not an object (give it `type: object`)",
    ),
    (
        "Cannot convert x to a date",
        "to a date",
        "`default` is not a value of its schema (correct it, or leave it out)",
    ),
    (
        "Incorrect path templating for /a (Path parameters do not match with path)",
        "Incorrect path templating for",
        "the parameters in the path are not those that the operation declares (declare each one `in: path`)",
    ),
    (
        "cannot parse parameter of endpoint g: Model is not allowed in path",
        "is not allowed in",
        "a value of this schema cannot stand in a parameter `in: path` (use a string, a number or a list)",
    ),
]


@pytest.fixture(scope="module")
def parser_source() -> str:
    files = distribution("openapi-python-client").files or []
    return "".join(
        file.read_text("utf-8") for file in files if "/parser/" in str(file) and file.suffix == ".py"
    )


@pytest.mark.parametrize(("message", "source", "explained"), MESSAGES)
def test_a_message_says_what_to_write(message: str, source: str, explained: str, parser_source: str) -> None:
    assert source in parser_source, "the pinned version says it in other words"
    assert explain_message(message) == explained


def test_an_unknown_message_is_quoted_with_its_author() -> None:
    assert explain_message("A new one") == "cannot be built, because openapi-python-client says: A new one"


def test_a_misfit_is_about_the_document() -> None:
    explained = explain_misfit("Input should be a valid boolean")
    assert explained == "is not what OpenAPI allows here: input should be a valid boolean"
